//! Waiters: an operation is polled until its responses show that a goal is reached or cannot be reached.
//!
//! One *poll* consists of all requests that are necessary to cover every resource: identifiers beyond the limit of one
//! request go into further requests, and all pages are read. The responses are merged into one, to which the acceptors
//! apply.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::waiters::FinalPoll;
use aws_smithy_runtime_api::client::waiters::error::WaiterError;
use tracing::{Instrument, debug, debug_span};

use crate::handle::Handle;
use crate::operation::Operation;
use crate::pagination::{Following, MAX_PAGES, Paginated, Repeats, repeated_token, too_many_pages};
use crate::request::Request;
use crate::retry;
use crate::user_agent::feature;
use timing::Timing;

pub use error::{
    ExceededMaxWait, FailureState, NotFound, OperationFailed, ResourceStatus, WaitError,
};
pub use expression::{Number, all, number};
pub use resources::{Resource, look_for};

mod error;
mod expression;
mod resources;
mod timing;

/// The meaning of a response for a waiter.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptorState {
    /// The goal is reached.
    Success,
    /// The goal cannot be reached.
    Failure,
    /// The goal is not reached yet.
    Retry,
}

/// The result of a poll.
#[doc(hidden)]
pub type PollResult<'a, I> =
    Result<&'a <I as Operation>::Output, &'a SdkError<<I as Operation>::Error, HttpResponse>>;

/// The output of the operation that a waiter polls.
type Output<W> = <<W as Waiter>::Input as Operation>::Output;

/// The error of the operation that a waiter polls.
type Error<W> = <<W as Waiter>::Input as Operation>::Error;

/// An operation that waiters poll.
#[doc(hidden)]
pub trait Polled: Operation + Clone {
    /// The maximum number of requests per second after the first [`BURST`](Self::BURST); 0 for no limit.
    const PER_SECOND: u32 = 0;

    /// The number of requests that may be sent at once.
    const BURST: u32 = 1;

    /// The maximum number of identifiers in one request, at least 1.
    const MAX_IDS: usize = usize::MAX;

    /// The identifiers of the requested resources, if there are any.
    fn ids(&mut self) -> Option<&mut Vec<String>> {
        None
    }

    /// The plural of the kind of the resources, such as `volumes`.
    const RESOURCES: &'static str = "resources";

    /// The resources in a response.
    fn resources(_output: &Self::Output) -> Vec<Resource<'_>> {
        Vec::new()
    }

    /// The output for no resources, if there can be one.
    fn none() -> Option<Self::Output> {
        None
    }

    /// The identifiers of the resources in a response.
    fn listed(output: &Self::Output) -> Vec<&str> {
        let resources = Self::resources(output).into_iter();
        resources.filter_map(|it| it.id).collect()
    }

    /// Returns an error if the request is restricted to a container of resources that does not exist, such as a directory.
    fn look_for_container(
        &self,
        _handle: &Arc<Handle>,
    ) -> impl Future<Output = Option<NotFound>> + Send {
        std::future::ready(None)
    }

    /// Requests the page after `page` and returns its token, unless `page` is the last one.
    fn next_page(&mut self, _page: &Self::Output) -> Option<String> {
        None
    }

    /// Puts the resources of an earlier response before those of `page`.
    fn join(_earlier: Self::Output, _page: &mut Self::Output) {}
}

/// The goal of a waiter.
#[doc(hidden)]
pub trait Waiter: Sized {
    /// The operation that is polled.
    type Input: Polled;

    /// The minimum delay between two polls, in seconds.
    const MIN_DELAY: u64;

    /// The maximum delay between two polls, in seconds.
    const MAX_DELAY: u64;

    /// The meaning of a response that lacks a requested resource. With [`AcceptorState::Retry`], such a response is never a
    /// success.
    const ABSENT: AcceptorState = AcceptorState::Retry;

    /// The states that count as success.
    const GOAL: &'static [&'static str] = &[];

    /// The states from which success is impossible.
    const FAILURE: &'static [&'static str] = &[];

    /// The codes of errors after which the wait continues.
    const RETRIED: &'static [&'static str] = &[];

    /// The meaning of a response; `None` if no acceptor matches. Without acceptors, the states of the resources decide.
    fn accept(result: PollResult<'_, Self::Input>) -> Option<AcceptorState> {
        resources::accept::<Self>(result)
    }
}

/// The result of a wait.
type Waited<W, E> = Result<FinalPoll<Output<W>, SdkError<Error<W>, HttpResponse>>, E>;

/// Waits as [`wait`] does, with the error type of the official crates.
///
/// # Errors
/// Those of [`wait`].
#[doc(hidden)]
pub async fn wait_until<W: Waiter>(
    request: Request<W::Input>,
    max_wait: Duration,
) -> Waited<W, WaiterError<Output<W>, Error<W>>> {
    let waited = wait::<W>(request, max_wait).await;
    waited.map_err(WaitError::into_smithy)
}

/// Waits for at most `max_wait`. A poll that is in progress then is completed.
///
/// # Errors
/// Returns a [`WaitError`] when the goal was not reached in time or cannot be reached, or when a poll failed.
#[doc(hidden)]
pub async fn wait<W: Waiter>(
    mut request: Request<W::Input>,
    max_wait: Duration,
) -> Waited<W, WaitError<Output<W>, Error<W>>> {
    let operation = <W::Input as Operation>::NAME;
    request.customization.feature = Some(feature::WAITER);
    let waiting = async {
        let mut input = request.input.clone();
        let requested = input.ids().map(std::mem::take);
        if requested.as_ref().is_some_and(Vec::is_empty)
            && let Some(none) = W::Input::none()
        {
            return Ok(FinalPoll::new(Ok(none)));
        }
        let ids = requested.unwrap_or_default();
        let handle = request.handle.clone();
        let sleep = handle.sleep();
        let sleep = sleep.map_err(|error| WaitError::ConstructionFailure(error.into()))?;
        let mut timing = Timing::new(&handle, sleep, max_wait);
        // The output of the last poll that had one.
        let mut last: Option<Output<W>> = None;
        loop {
            let result = poll(&request, &mut timing).await;
            if last.is_none()
                && let Ok(output) = &result
                && W::Input::listed(output).is_empty()
                && let Some(missing) = request.input.look_for_container(&handle).await
            {
                return Err(WaitError::NotFound(missing));
            }
            let state = state_of::<W>(result.as_ref(), &ids);
            debug!(?state, "polled");
            match (state, result) {
                (Some(AcceptorState::Success), result) => return Ok(FinalPoll::new(result)),
                (Some(AcceptorState::Failure), result) => {
                    let progress = resources::progress::<W>(result.as_ref().ok(), &ids);
                    let final_poll = FinalPoll::new(result.map_err(SdkError::into_service_error));
                    return Err(WaitError::FailureState(FailureState {
                        final_poll,
                        progress,
                    }));
                }
                (None, Err(error)) => {
                    let progress = resources::progress::<W>(last.as_ref(), &ids);
                    return Err(failed(error, progress, last));
                }
                (Some(AcceptorState::Retry) | None, result) => {
                    last = result.ok().or(last);
                    if let Err(cause) = timing.next_poll(W::MIN_DELAY, W::MAX_DELAY).await {
                        return Err(WaitError::ExceededMaxWait(ExceededMaxWait {
                            cause,
                            progress: resources::progress::<W>(last.as_ref(), &ids),
                            output: last,
                        }));
                    }
                }
            }
        }
    };
    waiting
        .instrument(debug_span!("wait", rpc.method = operation))
        .await
}

/// Returns the meaning of a response, according to the acceptors and the rules for absent resources and throttling.
fn state_of<W: Waiter>(result: PollResult<'_, W::Input>, ids: &[String]) -> Option<AcceptorState> {
    match (W::accept(result), result) {
        (Some(AcceptorState::Success), Ok(output))
            if W::ABSENT == AcceptorState::Retry && lacks_resource::<W::Input>(output, ids) =>
        {
            Some(AcceptorState::Retry)
        }
        (None, Err(error)) if retry::is_throttling(error) => Some(AcceptorState::Retry),
        (state, _) => state,
    }
}

/// Whether a response lacks a requested resource.
fn lacks_resource<I: Polled>(output: &I::Output, ids: &[String]) -> bool {
    let listed: HashSet<&str> = I::listed(output).into_iter().collect();
    ids.iter().any(|id| !listed.contains(id.as_str()))
}

/// The error of a wait that ends because of a failed poll.
fn failed<O, E>(
    error: SdkError<E, HttpResponse>,
    progress: error::Progress,
    output: Option<O>,
) -> WaitError<O, E>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let failed = |source| {
        WaitError::OperationFailed(OperationFailed {
            source: Box::new(source),
            progress,
            output,
        })
    };
    match error {
        SdkError::ConstructionFailure(_) => match error.into_source() {
            Ok(source) => WaitError::ConstructionFailure(source),
            Err(error) => failed(error),
        },
        error => failed(error),
    }
}

/// Sends all requests of a poll, one after the other, and merges their responses.
async fn poll<I: Polled>(
    request: &Request<I>,
    timing: &mut Timing<'_>,
) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
    let mut next = request.clone();
    let ids = next.input.ids().map(std::mem::take).unwrap_or_default();
    let chunks = ids.chunks(I::MAX_IDS.max(1)).map(<[String]>::to_vec);
    let mut chunks: VecDeque<Vec<String>> = chunks.collect();
    set_ids(&mut next.input, chunks.pop_front());
    let mut earlier = None;
    let (mut requested, mut repeats) = (None, Repeats::new(None));
    let mut pages = 0;
    loop {
        timing.pace(I::PER_SECOND, I::BURST).await;
        let mut page = next.clone().send().await?;
        let token = next.input.next_page(&page);
        if let Some(earlier) = earlier.take() {
            I::join(earlier, &mut page);
        }
        match repeats.following(requested.as_ref(), token.as_ref()) {
            Following::Page if pages == MAX_PAGES => return Err(too_many_pages::<I>()),
            Following::Page => requested = token,
            Following::Repeated => return Err(repeated_token::<I>()),
            Following::End if chunks.is_empty() => return Ok(page),
            Following::End => {
                next = request.clone();
                set_ids(&mut next.input, chunks.pop_front());
                (requested, repeats) = (None, Repeats::new(None));
            }
        }
        pages += 1;
        earlier = Some(page);
    }
}

fn set_ids<I: Polled>(input: &mut I, ids: Option<Vec<String>>) {
    if let (Some(requested), Some(ids)) = (input.ids(), ids) {
        *requested = ids;
    }
}

/// Requests the page after `page` and returns its token, unless `page` is the last one.
#[doc(hidden)]
pub fn next_page<I: Paginated<Token = String>>(input: &mut I, page: &I::Output) -> Option<String> {
    let token = I::next_token(page).filter(|token| !token.is_empty())?;
    input.set_token(Some(token.clone()));
    Some(token.clone())
}

/// Puts the elements of `earlier` before those of `list`.
#[doc(hidden)]
pub fn prepend<T>(list: &mut Vec<T>, earlier: Vec<T>) {
    let later = std::mem::replace(list, earlier);
    list.extend(later);
}

/// The HTTP status of an error with a response.
#[doc(hidden)]
pub fn status<E>(error: &SdkError<E, HttpResponse>) -> Option<u16> {
    error.raw_response().map(|it| it.status().as_u16())
}

/// Declares the builder of a waiter, without its setters, and the types of its results.
///
/// The builder is followed by the builder of the input of the polled operation, in parentheses, and by the aliases of the results:
/// the last poll, and the error with its generic type. The function of [`codegen`](crate::codegen) after `by` runs the
/// waiter. `polls` is followed by the result of a poll.
#[doc(hidden)]
#[macro_export]
macro_rules! __waiter {
    (
        $(#[$doc:meta])*
        $builder:ident($input_builder:ident) -> Result<$final_poll:ident, $wait_error:ident: $error_type:ident by $wait:ident>;
        polls Result<$output:ident, $error:ident>;
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $builder {
            handle: ::std::sync::Arc<$crate::codegen::Handle>,
            inner: $input_builder,
        }

        impl $builder {
            #[inline]
            pub(crate) fn new(handle: ::std::sync::Arc<$crate::codegen::Handle>) -> Self {
                Self {
                    handle,
                    inner: $input_builder::default(),
                }
            }

            /// The builder of the input, which holds what has been set so far.
            #[inline]
            pub fn as_input(&self) -> &$input_builder {
                &self.inner
            }

            /// Polls until the goal is reached, for at most `max_wait`. Requests that are in progress then are completed.
            ///
            /// The waiter looks at all resources together and returns them as one output. It reads all pages, and splits
            /// the identifiers into several requests if one cannot hold them. Throttling that outlasts the retries does
            /// not end the wait.
            ///
            /// # Errors
            /// Returns an error when `max_wait` has passed, when a response shows that the goal cannot be reached (the error contains
            /// the response), or when a request failed.
            #[inline]
            pub async fn wait(
                self,
                max_wait: ::std::time::Duration,
            ) -> Result<$final_poll, $wait_error> {
                let request = $crate::codegen::Request::new(self.handle, self.inner.into_input());
                $crate::codegen::$wait::<Self>(request, max_wait).await
            }
        }

        $crate::__blocking! { wait $builder -> Result<$final_poll, $wait_error> }

        /// The last poll of a waiter that reached its goal.
        pub type $final_poll = $crate::codegen::FinalPoll<
            $output,
            $crate::error::SdkError<$error, $crate::codegen::HttpResponse>,
        >;

        /// The error of a waiter that did not reach its goal.
        pub type $wait_error = $crate::codegen::$error_type<$output, $error>;
    };
}
