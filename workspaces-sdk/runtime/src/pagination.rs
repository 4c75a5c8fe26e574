//! Pagination: a stream of pages for every paginated operation, and a stream of items where pages are parts of a list.

use std::collections::{HashMap, HashSet};
use std::fmt;

use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use aws_smithy_async::future::pagination_stream::{PaginationStream, TryFlatMap};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use crate::operation::Operation;
use crate::request::Request;
use crate::user_agent::feature;

/// A paginated operation.
#[doc(hidden)]
pub trait Paginated: Operation + Clone + 'static {
    /// The type of the token that identifies a page.
    type Token: PageToken;

    /// The token of the requested page. The first page has none.
    fn token(&self) -> Option<&Self::Token>;

    /// Requests the page that `token` identifies.
    fn set_token(&mut self, token: Option<Self::Token>);

    /// The token of the next page. It is absent or empty on the last page.
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;
}

/// The token of a page: a string, or a map for services that identify a page by an item.
#[doc(hidden)]
pub trait PageToken: Clone + Send {
    /// A collection of tokens.
    type Seen: Default + Send;

    /// Whether the token identifies no page.
    fn is_empty(&self) -> bool;

    /// Adds the token to `seen`. Returns whether it is new.
    fn insert_into(&self, seen: &mut Self::Seen) -> bool;
}

impl PageToken for String {
    type Seen = HashSet<String>;

    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn insert_into(&self, seen: &mut Self::Seen) -> bool {
        seen.insert(self.clone())
    }
}

impl<T: PartialEq + Clone + Send> PageToken for HashMap<String, T> {
    type Seen = Vec<Self>;

    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn insert_into(&self, seen: &mut Self::Seen) -> bool {
        let is_new = !seen.contains(self);
        if is_new {
            seen.push(self.clone());
        }
        is_new
    }
}

/// A paginated operation whose pages are parts of one list.
#[doc(hidden)]
pub trait PagedItems: Paginated {
    /// The type of the items.
    type Item: Send + 'static;

    /// The items of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// An element of a stream.
type Yield<T, I> = Result<T, SdkError<<I as Operation>::Error, HttpResponse>>;

/// The error of a page whose token is that of an earlier page, so that the stream would never end.
#[derive(Debug)]
pub(crate) struct RepeatedToken {
    operation: &'static str,
}

impl RepeatedToken {
    pub(crate) fn new(operation: &'static str) -> Self {
        Self { operation }
    }
}

impl fmt::Display for RepeatedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} returned the token of a page that was requested before",
            self.operation
        )
    }
}

impl std::error::Error for RepeatedToken {}

/// A stream of all pages. Each page is requested when the previous one has been taken.
///
/// The stream ends after the last page and after the first error. A repeated token is an error after its page, unless
/// `stop_on_repeat` is `false`.
#[doc(hidden)]
pub fn pages<I: Paginated>(
    mut request: Request<I>,
    stop_on_repeat: bool,
) -> PaginationStream<Yield<I::Output, I>> {
    request.customization.feature = Some(feature::PAGINATOR);
    PaginationStream::new(FnStream::new(move |sender| {
        Box::pin(async move {
            let mut seen = <I::Token as PageToken>::Seen::default();
            if let Some(token) = request.input.token() {
                token.insert_into(&mut seen);
            }
            loop {
                let page = request.clone().send().await;
                let token = page
                    .as_ref()
                    .ok()
                    .and_then(I::next_token)
                    .filter(|token| !token.is_empty());
                let token = token.cloned();
                if sender.send(page).await.is_err() {
                    return;
                }
                let Some(token) = token else { return };
                if stop_on_repeat && !token.insert_into(&mut seen) {
                    let error = RepeatedToken::new(I::NAME);
                    // If this fails, the receiver of the stream is gone.
                    let _ = sender
                        .send(Err(SdkError::construction_failure(error)))
                        .await;
                    return;
                }
                request.input.set_token(Some(token));
            }
        })
    }))
}

/// A stream of the items of all pages.
#[doc(hidden)]
pub fn items<I: PagedItems>(
    request: Request<I>,
    stop_on_repeat: bool,
) -> PaginationStream<Yield<I::Item, I>> {
    TryFlatMap::new(pages(request, stop_on_repeat)).flat_map(I::items)
}

/// Declares the paginator of an operation, and the one of its items if pages are parts of one list.
#[doc(hidden)]
#[macro_export]
macro_rules! __paginator {
    (
        $paginator:ident($input:ident) -> Result<$output:ident, $error:ident>;
        $(items $items:ident of $item:ty;)?
    ) => {
        /// A stream of all pages.
        #[derive(Clone, Debug)]
        pub struct $paginator {
            request: $crate::codegen::Request<$input>,
            stop_on_duplicate_token: bool,
        }

        impl $paginator {
            #[inline]
            pub(crate) fn new(request: $crate::codegen::Request<$input>) -> Self {
                Self {
                    request,
                    stop_on_duplicate_token: true,
                }
            }

            $(
                /// Turns the stream of pages into a stream of items.
                #[inline]
                pub fn items(self) -> $items {
                    $items(self)
                }
            )?

            /// Sets whether a repeated page token ends the stream with an error. The default is `true`.
            ///
            /// With `false`, a faulty service can make the stream endless.
            #[inline]
            pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                self.stop_on_duplicate_token = stop_on_duplicate_token;
                self
            }

            /// Starts the stream, which requests a page when the previous one has been taken.
            ///
            /// It ends after the first error.
            #[inline]
            pub fn send(
                self,
            ) -> $crate::codegen::PaginationStream<
                Result<
                    $output,
                    $crate::error::SdkError<$error, $crate::codegen::HttpResponse>,
                >,
            > {
                $crate::codegen::pages(self.request, self.stop_on_duplicate_token)
            }
        }

        $(
            /// A stream of the items of all pages.
            #[derive(Clone, Debug)]
            pub struct $items($paginator);

            impl $items {
                /// Starts the stream, which requests a page when the items of the previous one have been taken.
                ///
                /// It ends after the first error.
                #[inline]
                pub fn send(
                    self,
                ) -> $crate::codegen::PaginationStream<
                    Result<$item, $crate::error::SdkError<$error, $crate::codegen::HttpResponse>>,
                > {
                    $crate::codegen::items(self.0.request, self.0.stop_on_duplicate_token)
                }
            }
        )?
    };
}
