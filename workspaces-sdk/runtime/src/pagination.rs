//! Pagination: a stream of pages for every paginated operation, and a stream of items where pages are parts of a list.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use crate::operation::{Operation, Service};
use crate::request::Request;
use crate::retry;
use crate::user_agent::feature;

/// The number of rejections of a page, one after the other, that ends a stream.
///
/// It keeps programs that ignore errors from requesting a page forever.
const MAX_REJECTIONS: u32 = 10;

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
pub trait PageToken: Clone + PartialEq + Send + 'static {
    /// Whether the token identifies no page.
    fn is_empty(&self) -> bool;
}

impl PageToken for String {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<T: PartialEq + Clone + Send + 'static> PageToken for HashMap<String, T> {
    fn is_empty(&self) -> bool {
        self.is_empty()
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

/// How far a stream has got. Clones show the same stream.
///
/// The method `position` of a paginator returns it. A program that stores the token can go on later, even in another process, with
/// `starting_token`.
#[derive(Clone, Debug)]
pub struct PagePosition<T>(Arc<Mutex<Option<T>>>);

impl<T: Clone> PagePosition<T> {
    #[doc(hidden)]
    pub fn new(token: Option<T>) -> Self {
        Self(Arc::new(Mutex::new(token)))
    }

    /// The token of the page with which another stream has to start to return all that this stream has not returned yet.
    ///
    /// It is the token of the page that was returned last, which the other stream returns again, until this stream is polled for what
    /// follows that page. So none is lost if the wait for a page is canceled. A program that takes a single page stores the token that
    /// the page contains. The token is `None` for the first page and after the end of the stream.
    pub fn token(&self) -> Option<T> {
        let token = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        token.clone()
    }

    fn set(&self, token: Option<T>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }
}

/// The error of a page whose token is that of an earlier page, so that the stream would never end.
#[derive(Debug)]
struct RepeatedToken {
    operation: &'static str,
}

/// The error of pages whose tokens repeat.
pub(crate) fn repeated_token<I: Operation>() -> SdkError<I::Error, HttpResponse> {
    SdkError::construction_failure(RepeatedToken { operation: I::NAME })
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

/// What a paginator requests.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Pages<I: Paginated> {
    pub request: Request<I>,
    pub stop_on_repeat: bool,
    pub position: Option<PagePosition<I::Token>>,
}

impl<I: Paginated> Pages<I> {
    pub fn new(request: Request<I>) -> Self {
        Self {
            request,
            stop_on_repeat: true,
            position: None,
        }
    }

    /// See [`PagePosition`].
    pub fn position(&mut self) -> PagePosition<I::Token> {
        let token = self.request.input.token();
        let position = self
            .position
            .get_or_insert_with(|| PagePosition::new(token.cloned()));
        position.clone()
    }
}

/// The state of a stream.
struct Pager<I: Paginated> {
    pages: Pages<I>,
    repeats: Repeats<I::Token>,
    following: Following,
    /// The numbers of errors and of rejections since the last page.
    errors: u32,
    rejections: u32,
}

impl<I: Paginated> Pager<I> {
    fn new(mut pages: Pages<I>) -> Self {
        pages.request.customization.feature = Some(feature::PAGINATOR);
        let pager = Self {
            repeats: Repeats::new(pages.request.input.token().cloned()),
            pages,
            following: Following::Page,
            errors: 0,
            rejections: 0,
        };
        pager.report();
        pager
    }

    /// Reports the token of the page that is to be requested.
    fn report(&self) {
        if let Some(position) = &self.pages.position {
            let token = self.pages.request.input.token();
            position.set(token.filter(|_| self.following != Following::End).cloned());
        }
    }

    /// Requests the next page, or the same page again after an error.
    async fn next(&mut self) -> Option<Yield<I::Output, I>> {
        match self.following {
            Following::Page => {}
            Following::End => return None,
            Following::Repeated => {
                self.following = Following::End;
                return Some(Err(repeated_token::<I>()));
            }
        }
        let request = &self.pages.request;
        if self.errors > 1 {
            request.handle.back_off(self.errors - 1).await;
        }
        let page = request.clone().send().await;
        match &page {
            Ok(page) => self.advance(I::next_token(page)),
            Err(error) => {
                self.errors = self.errors.saturating_add(1);
                self.rejections = match retry::may_pass(error, I::Service::RETRYABLE) {
                    true => 0,
                    false => self.rejections + 1,
                };
                if self.rejections >= MAX_REJECTIONS {
                    self.following = Following::End;
                }
            }
        }
        Some(page)
    }

    /// Goes to the page that `token` identifies.
    fn advance(&mut self, token: Option<&I::Token>) {
        (self.errors, self.rejections) = (0, 0);
        let input = &mut self.pages.request.input;
        let token = token.filter(|token| !token.is_empty());
        self.following = match token {
            Some(_) if !self.pages.stop_on_repeat => Following::Page,
            token => self.repeats.following(input.token(), token),
        };
        if self.following != Following::End {
            input.set_token(token.cloned());
        }
    }
}

/// What follows a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Following {
    /// The page that the token identifies.
    Page,
    /// No page: this was the last one.
    End,
    /// A page that was requested before, so that there would be no end. See [`repeated_token`].
    Repeated,
}

/// Finds tokens that repeat, in constant memory.
///
/// The algorithm is Brent's: each token is compared with one that was seen earlier, which is replaced after 1, 2, 4, 8 … tokens. So a
/// cycle is found at the latest when it has been passed three times.
pub(crate) struct Repeats<T> {
    earlier: Option<T>,
    since: u32,
    limit: u32,
}

impl<T: PageToken> Repeats<T> {
    pub(crate) fn new(first: Option<T>) -> Self {
        Self {
            earlier: first,
            since: 0,
            limit: 1,
        }
    }

    /// Returns what follows the page with the token `requested` if its response contains the token `next`.
    pub(crate) fn following(&mut self, requested: Option<&T>, next: Option<&T>) -> Following {
        match next {
            None => Following::End,
            // At the end of a list, some services return the token of the page itself.
            Some(token) if requested == Some(token) => Following::End,
            Some(token) if self.contains(token) => Following::Repeated,
            Some(_) => Following::Page,
        }
    }

    /// Whether the token was seen earlier. Otherwise, it is one of those that later tokens can repeat.
    fn contains(&mut self, token: &T) -> bool {
        if self.earlier.as_ref() == Some(token) {
            return true;
        }
        self.since += 1;
        if self.since >= self.limit {
            self.earlier = Some(token.clone());
            self.limit = self.limit.saturating_mul(2);
            self.since = 0;
        }
        false
    }
}

/// A stream of all pages. Each page is requested when the previous one has been taken.
#[doc(hidden)]
pub fn pages<I: Paginated>(pages: Pages<I>) -> PaginationStream<Yield<I::Output, I>> {
    PaginationStream::new(FnStream::new(move |sender| {
        Box::pin(async move {
            let mut pager = Pager::new(pages);
            while let Some(page) = pager.next().await {
                if sender.send(page).await.is_err() {
                    return;
                }
                pager.report();
            }
        })
    }))
}

/// A stream of the items of all pages.
#[doc(hidden)]
pub fn items<I: PagedItems>(pages: Pages<I>) -> PaginationStream<Yield<I::Item, I>> {
    PaginationStream::new(FnStream::new(move |sender| {
        Box::pin(async move {
            let mut pager = Pager::new(pages);
            while let Some(page) = pager.next().await {
                let (items, error) = match page {
                    Ok(page) => (I::items(page), None),
                    Err(error) => (Vec::new(), Some(Err(error))),
                };
                for element in items.into_iter().map(Ok).chain(error) {
                    if sender.send(element).await.is_err() {
                        return;
                    }
                }
                pager.report();
            }
        })
    }))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_of_any_length_is_found_wherever_it_begins() {
        for (before, length) in [(0, 1), (0, 2), (3, 1), (5, 7), (100, 33), (1, 1000)] {
            let mut repeats = Repeats::new(None);
            let token = |i: usize| match i {
                i if i < before => i,
                i => before + (i - before) % length,
            };
            let passed = (0..).position(|i| repeats.contains(&token(i).to_string()));
            let passed = passed.unwrap_or_default();
            assert!(passed >= before + length, "{before} {length} {passed}");
            assert!(
                passed <= 3 * (before + length),
                "{before} {length} {passed}"
            );
        }
    }
}
