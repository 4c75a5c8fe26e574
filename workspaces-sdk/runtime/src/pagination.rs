//! Pagination: a stream of pages for every paginated operation, and a stream of items where pages are parts of a list.

mod macros;
mod repeats;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use crate::operation::{Operation, Service};
use crate::request::Request;
use crate::retry;
use crate::user_agent::feature;

pub(crate) use repeats::{Following, MAX_PAGES, Repeats, repeated_token, too_many_pages};

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
