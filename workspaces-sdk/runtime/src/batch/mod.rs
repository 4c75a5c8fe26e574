//! Batches: operations that take a bounded list and return a result for each of its items, called for any number of items.
//!
//! The items are sent in chunks, one after the other. An item that fails does not keep others from being sent, and items that fail
//! because the service is too busy are sent again. The result contains the outcome of each item.

use std::fmt;
use std::future::{pending, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::operation::Operation;
use crate::pagination::{Following, MAX_PAGES, Repeats, repeated_token, too_many_pages};
use crate::request::Request;
use crate::retry;

pub use outcome::{BatchError, BatchFailure, BatchOutcome};
pub use settle::{ListField, Settled, changed, created, listed};

mod macros;
mod outcome;
mod settle;

/// An operation that takes a bounded list and returns a result for each of its items.
#[doc(hidden)]
pub trait Batched: Operation + Clone {
    /// An item of the list.
    type Item: Clone + Send;

    /// What the outcome contains for an item that succeeded.
    type Success: Send;

    /// The maximum number of items in a request, at least 1.
    const MAX_ITEMS: usize;

    /// The list of the request.
    fn items(&mut self) -> &mut Option<Vec<Self::Item>>;

    /// The identifier of an item, if it has one.
    fn id(item: &Self::Item) -> Option<&str>;

    /// Says which of the items that were sent have succeeded, according to the pages of the response.
    fn settle(
        sent: Vec<Self::Item>,
        pages: Vec<Self::Output>,
    ) -> Settled<Self::Success, Self::Item>;

    /// Requests the page after `page` and returns its token, unless `page` is the last one.
    fn next_page(&mut self, _page: &Self::Output) -> Option<String> {
        None
    }
}

/// An operation whose items are identifiers, or consist of one.
#[doc(hidden)]
pub trait BatchedIds: Batched {
    /// The item with this identifier.
    fn item(id: String) -> Self::Item;
}

/// Calls an operation for any number of items.
///
/// The method `into_batch` of a request returns it, with the items of the request. All other members of the request apply to each
/// call.
///
/// - Items are sent in chunks of the size that the service accepts, one call after the other. With a
///   [`request_rate`](crate::settings::RequestRate), the calls keep to the rate.
/// - If a call fails, its items have failed with the code and the message of its error, and the next chunk is sent.
/// - Items that fail because of throttling are sent again, after a delay, up to the maximum number of attempts of the retry
///   configuration.
#[must_use = "a batch does nothing until it is sent"]
pub struct Batch<I: Batched> {
    request: Request<I>,
    items: Vec<I::Item>,
}

impl<I: Batched> Batch<I> {
    #[doc(hidden)]
    pub fn new(mut request: Request<I>) -> Self {
        let items = request.input.items().take().unwrap_or_default();
        Self { request, items }
    }

    /// Adds items.
    pub fn items(mut self, items: impl IntoIterator<Item = I::Item>) -> Self {
        self.items.extend(items);
        self
    }

    /// Adds an item for each of these identifiers.
    pub fn ids<S: Into<String>>(self, ids: impl IntoIterator<Item = S>) -> Self
    where
        I: BatchedIds,
    {
        self.items(ids.into_iter().map(|id| I::item(id.into())))
    }

    /// Sends all items. The result contains the outcome of each; failures are data, not an error.
    pub async fn send(self) -> BatchOutcome<I::Success, I::Item> {
        self.send_until(pending()).await
    }

    /// Sends all items, like [`send`](Self::send), on the current thread.
    ///
    /// # Errors
    /// In an asynchronous task. Nothing was sent then.
    #[cfg(feature = "blocking")]
    #[inline]
    pub fn send_blocking(
        self,
    ) -> Result<BatchOutcome<I::Success, I::Item>, crate::blocking::BlockOnError> {
        crate::blocking::block_on(self.send())
    }

    /// Sends items until `canceled` is ready. The outcome has the items that were not sent by then.
    ///
    /// A call that has begun is completed. To be able to continue, cancel in this way rather than by dropping the future.
    pub async fn send_until(
        self,
        canceled: impl Future<Output = ()>,
    ) -> BatchOutcome<I::Success, I::Item> {
        let mut cancellation = Cancellation {
            canceled: pin!(canceled),
            is_canceled: false,
        };
        let handle = self.request.handle.clone();
        let mut outcome = BatchOutcome::default();
        let mut due = self.items;
        for attempt in 1.. {
            let is_last = attempt >= handle.retry.max_attempts();
            let mut again = Vec::new();
            let mut rest = due.into_iter();
            loop {
                let chunk: Vec<I::Item> = rest.by_ref().take(I::MAX_ITEMS.max(1)).collect();
                if chunk.is_empty() {
                    break;
                }
                if cancellation.is_canceled().await {
                    outcome.not_sent.extend(chunk);
                    continue;
                }
                let settled = send_chunk(&self.request, chunk).await;
                outcome.succeeded.extend(settled.succeeded);
                let (throttled, failed): (Vec<_>, Vec<_>) =
                    (settled.failed.into_iter()).partition(|it| it.is_throttled && !is_last);
                outcome.failed.extend(failed);
                again.extend(throttled);
            }
            if again.is_empty() {
                break;
            }
            cancellation.or(handle.back_off(attempt)).await;
            if cancellation.is_canceled {
                // They were sent, and rejected.
                outcome.failed.extend(again);
                break;
            }
            due = again.into_iter().map(BatchFailure::into_item).collect();
        }
        outcome
    }
}

impl<I: Batched> Clone for Batch<I> {
    fn clone(&self) -> Self {
        Self {
            request: self.request.clone(),
            items: self.items.clone(),
        }
    }
}

impl<I: Batched> fmt::Debug for Batch<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("operation", &I::NAME)
            .field("items", &self.items.len())
            .finish_non_exhaustive()
    }
}

/// Calls the operation for one chunk.
async fn send_chunk<I: Batched>(
    request: &Request<I>,
    chunk: Vec<I::Item>,
) -> Settled<I::Success, I::Item> {
    match call(request, chunk.clone()).await {
        Ok(pages) => I::settle(chunk, pages),
        Err(error) => {
            let code = error.code().map(str::to_owned);
            let message = error.message().map(str::to_owned);
            let is_throttled = retry::is_throttling(&error);
            let cause: Arc<dyn std::error::Error + Send + Sync> = Arc::new(error);
            let failed = chunk.into_iter().map(|item| BatchFailure {
                id: I::id(&item).map(str::to_owned),
                item,
                code: code.clone(),
                message: message.clone(),
                is_throttled,
                cause: Some(cause.clone()),
            });
            Settled {
                succeeded: Vec::new(),
                failed: failed.collect(),
            }
        }
    }
}

/// Returns all pages of the response for one chunk.
async fn call<I: Batched>(
    request: &Request<I>,
    chunk: Vec<I::Item>,
) -> Result<Vec<I::Output>, SdkError<I::Error, HttpResponse>> {
    let mut request = request.clone();
    *request.input.items() = Some(chunk);
    let mut pages = Vec::new();
    let (mut requested, mut repeats) = (None, Repeats::new(None));
    loop {
        let page = request.clone().send().await?;
        let token = request.input.next_page(&page);
        pages.push(page);
        match repeats.following(requested.as_ref(), token.as_ref()) {
            Following::Page if pages.len() == MAX_PAGES => return Err(too_many_pages::<I>()),
            Following::Page => requested = token,
            Following::Repeated => return Err(repeated_token::<I>()),
            Following::End => return Ok(pages),
        }
    }
}

/// Whether a batch is canceled.
struct Cancellation<'a, F> {
    canceled: Pin<&'a mut F>,
    is_canceled: bool,
}

impl<F: Future<Output = ()>> Cancellation<'_, F> {
    async fn is_canceled(&mut self) -> bool {
        self.or(async {}).await;
        self.is_canceled
    }

    /// Waits until `other` is ready or the batch is canceled.
    async fn or(&mut self, other: impl Future<Output = ()>) {
        let mut other = pin!(other);
        poll_fn(|context| {
            self.is_canceled = self.is_canceled || self.canceled.as_mut().poll(context).is_ready();
            match self.is_canceled {
                true => Poll::Ready(()),
                false => other.as_mut().poll(context),
            }
        })
        .await;
    }
}
