//! Paging: one stream of pages, one of items, for every operation that pages.

use std::collections::{HashMap, HashSet};
use std::fmt;

use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use aws_smithy_async::future::pagination_stream::{PaginationStream, TryFlatMap};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use super::json::{self, Encode};
use super::operation::{Operation, Request};

/// An operation that answers in pages.
pub(crate) trait Paginated: Operation + Clone + 'static {
    /// By what a page is asked for.
    type Token: PageToken;

    /// The token of the page that is asked for, absent for the first.
    fn token(&self) -> Option<&Self::Token>;

    /// Asks for the page behind `token`.
    fn set_token(&mut self, token: Option<Self::Token>);

    /// The token of the next page, absent or empty on the last.
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;
}

/// What asks for a page: a text, or where the service tells an element of its list, a map.
pub(crate) trait PageToken: Clone + Send {
    /// Whether it asks for nothing.
    fn is_empty(&self) -> bool;

    /// A text that is the same for the same token alone.
    fn mark(&self) -> String;
}

impl PageToken for String {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn mark(&self) -> String {
        self.clone()
    }
}

impl<T: Encode + Clone + Send> PageToken for HashMap<String, T> {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn mark(&self) -> String {
        let entry = |(key, value): (&String, &T)| {
            let value = String::from_utf8_lossy(&json::encode(value)).into_owned();
            format!("{key:?}: {value}")
        };
        let mut entries: Vec<String> = self.iter().map(entry).collect();
        entries.sort_unstable();
        entries.join(", ")
    }
}

/// An operation whose pages are pieces of one list.
pub(crate) trait PagedItems: Paginated {
    /// An element of the list.
    type Item: Send + 'static;

    /// The elements of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// What a stream yields.
type Yield<T, I> = Result<T, SdkError<<I as Operation>::Error, HttpResponse>>;

/// The token of a page was that of an earlier page, so asking on would never end.
#[derive(Debug)]
pub(super) struct RepeatedToken {
    operation: &'static str,
}

impl RepeatedToken {
    pub(super) fn new(operation: &'static str) -> Self {
        Self { operation }
    }
}

impl fmt::Display for RepeatedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} gave the token of a page that was asked for before",
            self.operation
        )
    }
}

impl std::error::Error for RepeatedToken {}

/// All pages, each asked for when the one before has been taken.
///
/// The stream ends with the first page that has no next one, and after the first error. A token that
/// comes again is an error behind its page, unless `stop_on_repeat` is off.
pub(crate) fn pages<I: Paginated>(
    mut request: Request<I>,
    stop_on_repeat: bool,
) -> PaginationStream<Yield<I::Output, I>> {
    PaginationStream::new(FnStream::new(move |sender| {
        Box::pin(async move {
            let token = request.input.token();
            let mut seen: HashSet<String> = token.map(PageToken::mark).into_iter().collect();
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
                if stop_on_repeat && !seen.insert(token.mark()) {
                    let error = RepeatedToken::new(I::NAME);
                    // Nobody is left to tell if this fails.
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

/// The elements of all pages.
pub(crate) fn items<I: PagedItems>(
    request: Request<I>,
    stop_on_repeat: bool,
) -> PaginationStream<Yield<I::Item, I>> {
    TryFlatMap::new(pages(request, stop_on_repeat)).flat_map(I::items)
}

/// Makes the paginator of an operation, and the one of the elements where its pages are pieces of a list.
macro_rules! paginator {
    (
        $paginator:ident($input:ident) -> Result<$output:ident, $error:ident>;
        $(items $items:ident of $item:ty;)?
    ) => {
        /// A stream over all pages.
        #[derive(Clone, Debug)]
        pub struct $paginator {
            request: $crate::runtime::operation::Request<$input>,
            stop_on_duplicate_token: bool,
        }

        impl $paginator {
            #[inline]
            pub(crate) fn new(request: $crate::runtime::operation::Request<$input>) -> Self {
                Self {
                    request,
                    stop_on_duplicate_token: true,
                }
            }

            $(
                /// Goes over the elements instead of the pages.
                #[inline]
                pub fn items(self) -> $items {
                    $items(self)
                }
            )?

            /// Whether a token that comes a second time ends the stream with an error, as it does
            /// unless told otherwise. Without that a confused service makes the stream endless.
            #[inline]
            pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                self.stop_on_duplicate_token = stop_on_duplicate_token;
                self
            }

            /// Starts the stream; it asks for a page when the one before has been taken.
            ///
            /// It ends after the first error.
            #[inline]
            pub fn send(
                self,
            ) -> aws_smithy_async::future::pagination_stream::PaginationStream<
                Result<
                    $output,
                    $crate::error::SdkError<$error, $crate::config::http::HttpResponse>,
                >,
            > {
                $crate::runtime::pagination::pages(self.request, self.stop_on_duplicate_token)
            }
        }

        $(
            /// A stream over the elements of all pages.
            #[derive(Clone, Debug)]
            pub struct $items($paginator);

            impl $items {
                /// Starts the stream; it asks for a page when the elements of the one before have been taken.
                ///
                /// It ends after the first error.
                #[inline]
                pub fn send(
                    self,
                ) -> aws_smithy_async::future::pagination_stream::PaginationStream<
                    Result<$item, $crate::error::SdkError<$error, $crate::config::http::HttpResponse>>,
                > {
                    $crate::runtime::pagination::items(self.0.request, self.0.stop_on_duplicate_token)
                }
            }
        )?
    };
}
pub(crate) use paginator;
