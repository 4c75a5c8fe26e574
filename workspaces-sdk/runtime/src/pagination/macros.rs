//! The macro that declares the paginators of an operation.

/// Declares the paginator of an operation, and the one of its items if pages are parts of one list.
///
/// The paginator is followed by the input, in parentheses, and by the result of a request. `items` is followed by the paginator
/// of the items and their type.
#[doc(hidden)]
#[macro_export]
macro_rules! __paginator {
    (
        $paginator:ident($input:ident) -> Result<$output:ident, $error:ident>;
        $(items $items:ident of $item:ty;)?
    ) => {
        /// A stream of all pages, created by `into_paginator` of a request. [`send`](Self::send) starts it.
        #[derive(Clone, Debug)]
        pub struct $paginator($crate::codegen::Pages<$input>);

        impl $paginator {
            #[inline]
            pub(crate) fn new(request: $crate::codegen::Request<$input>) -> Self {
                Self($crate::codegen::Pages::new(request))
            }

            $(
                /// Turns the stream of pages into a stream of items.
                #[inline]
                pub fn items(self) -> $items {
                    $items(self)
                }
            )?

            /// Sets the token of the first page to request, such as the one that a [`position`](Self::position) showed. The default is
            /// the token of the request, which is normally absent: the stream starts with the first page of all.
            ///
            /// The other members of the request must be those of the stream that the token is from. Tokens expire; the service decides
            /// when.
            #[inline]
            pub fn starting_token(
                self,
                token: impl Into<<$input as $crate::codegen::Paginated>::Token>,
            ) -> Self {
                self.set_starting_token(Some(token.into()))
            }

            /// Sets the token of the first page to request. With `None`, this is the first page of all.
            #[inline]
            pub fn set_starting_token(
                mut self,
                token: Option<<$input as $crate::codegen::Paginated>::Token>,
            ) -> Self {
                $crate::codegen::Paginated::set_token(&mut self.0.request.input, token);
                self
            }

            /// Returns how far the stream has got. It moves on when the stream is polled for what follows a page, after an error as well.
            #[inline]
            pub fn position(
                &mut self,
            ) -> $crate::codegen::PagePosition<<$input as $crate::codegen::Paginated>::Token> {
                self.0.position()
            }

            /// Sets whether a repeated page token ends the stream. The default is `true`: the stream ends without an error if a page
            /// has its own token as the next one, and with an error if it has that of an earlier page.
            ///
            /// With `false`, a faulty service can make the stream endless.
            #[inline]
            pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                self.0.stop_on_repeat = stop_on_duplicate_token;
                self
            }

            /// Starts the stream, which requests a page when the previous one has been taken.
            ///
            /// After an error, it requests the same page again. From the second error of a page on, it waits before that, as the retries
            /// of a call do. It ends after the last page, after a repeated page token, and when the service has rejected the request for
            /// a page ten times in a row.
            #[inline]
            pub fn send(
                self,
            ) -> $crate::codegen::PaginationStream<
                Result<
                    $output,
                    $crate::error::SdkError<$error, $crate::codegen::HttpResponse>,
                >,
            > {
                $crate::codegen::pages(self.0)
            }
        }

        $crate::__blocking! { pages $paginator of Result<$output, $error> }

        $(
            /// A stream of the items of all pages.
            #[derive(Clone, Debug)]
            pub struct $items($paginator);

            impl $items {
                /// Starts the stream, which requests a page when the items of the previous one have been taken.
                ///
                /// Errors and the end are those of the stream of pages.
                #[inline]
                pub fn send(
                    self,
                ) -> $crate::codegen::PaginationStream<
                    Result<$item, $crate::error::SdkError<$error, $crate::codegen::HttpResponse>>,
                > {
                    $crate::codegen::items(self.0.0)
                }
            }

            $crate::__blocking! { pages $items of Result<$item, $error> }
        )?
    };
}
