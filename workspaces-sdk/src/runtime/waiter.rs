//! Waiting: an operation is asked again and again until its answers say that it is done, or cannot be.
//!
//! One *poll* is all the requests that it takes to see everything that was asked for: ids beyond what one
//! request may hold go into further requests, pages are followed to the last, and the answers become
//! one, which is judged.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::waiters::FinalPoll;
use aws_smithy_runtime_api::client::waiters::error::{FailureState, OperationFailed, WaiterError};
use tracing::{Instrument, debug, debug_span};

use super::operation::{Operation, Request};
use super::pagination::{PageToken, Paginated, RepeatedToken};
use super::retry;
#[allow(unused_imports, reason = "a model may have no such waiter")]
pub(crate) use expression::number;
use timing::Timing;

mod expression;
mod timing;

/// What an answer means for a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the waiters of a model may not need all")]
pub(crate) enum AcceptorState {
    /// What was waited for is there.
    Success,
    /// It will never be there.
    Failure,
    /// It may yet come.
    Retry,
}

/// What a poll gave, to be judged.
pub(crate) type Answer<'a, I> =
    Result<&'a <I as Operation>::Output, &'a SdkError<<I as Operation>::Error, HttpResponse>>;

/// The output of the operation that a waiter asks.
type Output<W> = <<W as Waiter>::Input as Operation>::Output;

/// The error of the operation that a waiter asks.
type Error<W> = <<W as Waiter>::Input as Operation>::Error;

/// An operation that can be asked again and again.
pub(crate) trait Polled: Operation + Clone {
    /// How many requests of a wait may be sent in a second, beyond the first [`BURST`](Self::BURST);
    /// 0 for no limit.
    const PER_SECOND: u32 = 0;

    /// How many requests of a wait may be sent at once.
    const BURST: u32 = 1;

    /// How many ids one request may hold, at least 1.
    const MAX_IDS: usize = usize::MAX;

    /// What is asked for by name, if anything is.
    fn ids(&mut self) -> Option<&mut Vec<String>> {
        None
    }

    /// The names of what an answer lists.
    fn listed(_output: &Self::Output) -> Vec<&str> {
        Vec::new()
    }

    /// Asks for the page behind `page` and gives the mark of its token, unless `page` is the last.
    fn next_page(&mut self, _page: &Self::Output) -> Option<String> {
        None
    }

    /// Puts what an earlier answer listed before what `page` lists.
    fn join(_earlier: Self::Output, _page: &mut Self::Output) {}
}

/// What is waited for.
pub(crate) trait Waiter {
    /// The operation that is asked.
    type Input: Polled;

    /// The shortest wait between two polls, in seconds.
    const MIN_DELAY: u64;

    /// The longest wait between two polls, in seconds.
    const MAX_DELAY: u64;

    /// What it means that something that was asked for by name is not listed: with
    /// [`AcceptorState::Retry`] no answer without it is a success.
    const ABSENT: AcceptorState = AcceptorState::Retry;

    /// Judges an answer; none when nothing is known of such an answer.
    fn accept(answer: Answer<'_, Self::Input>) -> Option<AcceptorState>;
}

/// Waits for at most `max_wait`, or until a poll ends that was begun before.
///
/// # Errors
/// [`WaiterError`]: the goal was not reached in time or cannot be reached, or a poll failed.
pub(crate) async fn wait<W: Waiter>(
    request: Request<W::Input>,
    max_wait: Duration,
) -> Result<FinalPoll<Output<W>, SdkError<Error<W>, HttpResponse>>, WaiterError<Output<W>, Error<W>>>
{
    let operation = <W::Input as Operation>::NAME;
    let waiting = async {
        let mut input = request.input.clone();
        let ids = input.ids();
        let handle = request.handle.clone();
        let sleep = handle.sleep().map_err(WaiterError::construction_failure)?;
        let mut timing = Timing::new(&handle, sleep, max_wait);
        loop {
            let answer = poll(&request, &mut timing).await;
            let state = judge::<W>(answer.as_ref(), ids.as_deref().map_or(&[], Vec::as_slice));
            debug!(?state, "an answer was judged");
            match (state, answer) {
                (Some(AcceptorState::Success), answer) => return Ok(FinalPoll::new(answer)),
                (Some(AcceptorState::Failure), answer) => {
                    let last = FinalPoll::new(answer.map_err(SdkError::into_service_error));
                    return Err(WaiterError::FailureState(FailureState::new(last)));
                }
                (None, Err(error)) => return Err(failed(error)),
                (Some(AcceptorState::Retry) | None, _) => {
                    let next = timing.next_poll(W::MIN_DELAY, W::MAX_DELAY).await;
                    next.map_err(WaiterError::ExceededMaxWait)?;
                }
            }
        }
    };
    waiting
        .instrument(debug_span!("wait", rpc.method = operation))
        .await
}

/// What an answer means, with what the acceptors do not say: about what is absent, and about throttling.
fn judge<W: Waiter>(answer: Answer<'_, W::Input>, ids: &[String]) -> Option<AcceptorState> {
    match (W::accept(answer), answer) {
        (Some(AcceptorState::Success), Ok(output))
            if W::ABSENT == AcceptorState::Retry && lacks::<W::Input>(output, ids) =>
        {
            Some(AcceptorState::Retry)
        }
        (None, Err(error)) if retry::is_throttling(error) => Some(AcceptorState::Retry),
        (state, _) => state,
    }
}

/// Whether an answer does not list all that was asked for.
fn lacks<I: Polled>(output: &I::Output, ids: &[String]) -> bool {
    let listed: HashSet<&str> = I::listed(output).into_iter().collect();
    ids.iter().any(|id| !listed.contains(id.as_str()))
}

/// The end of a wait by an error that says nothing of its goal.
fn failed<O, E>(error: SdkError<E, HttpResponse>) -> WaiterError<O, E>
where
    E: std::error::Error + Send + Sync + 'static,
{
    match error {
        SdkError::ConstructionFailure(_) => match error.into_source() {
            Ok(source) => WaiterError::construction_failure(source),
            Err(error) => WaiterError::OperationFailed(OperationFailed::new(error)),
        },
        error => WaiterError::OperationFailed(OperationFailed::new(error)),
    }
}

/// Sends all requests of a poll, one after the other, and makes one answer of theirs.
async fn poll<I: Polled>(
    request: &Request<I>,
    timing: &mut Timing<'_>,
) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
    let mut next = request.clone();
    let ids = next.input.ids().map(std::mem::take).unwrap_or_default();
    let chunks = ids.chunks(I::MAX_IDS.max(1)).map(<[String]>::to_vec);
    let mut chunks: VecDeque<Vec<String>> = chunks.collect();
    ask_for(&mut next.input, chunks.pop_front());
    let mut earlier = None;
    let mut tokens = HashSet::new();
    loop {
        timing.pace(I::PER_SECOND, I::BURST).await;
        let mut page = next.clone().send().await?;
        let token = next.input.next_page(&page);
        if let Some(earlier) = earlier.take() {
            I::join(earlier, &mut page);
        }
        match token {
            Some(token) if tokens.insert(token.clone()) => {}
            Some(_) => {
                let error = RepeatedToken::new(I::NAME);
                return Err(SdkError::construction_failure(error));
            }
            None if chunks.is_empty() => return Ok(page),
            None => {
                next = request.clone();
                ask_for(&mut next.input, chunks.pop_front());
                tokens.clear();
            }
        }
        earlier = Some(page);
    }
}

fn ask_for<I: Polled>(input: &mut I, ids: Option<Vec<String>>) {
    if let (Some(asked), Some(ids)) = (input.ids(), ids) {
        *asked = ids;
    }
}

/// Asks for the page behind `page` and gives the mark of its token, unless `page` is the last.
#[allow(dead_code, reason = "a model may have no such waiter")]
pub(crate) fn next_page<I: Paginated>(input: &mut I, page: &I::Output) -> Option<String> {
    let token = I::next_token(page).filter(|token| !token.is_empty())?;
    input.set_token(Some(token.clone()));
    Some(token.mark())
}

/// Puts `earlier` before what a list holds.
#[allow(dead_code, reason = "a model may have no such waiter")]
pub(crate) fn prepend<T>(list: &mut Vec<T>, earlier: Vec<T>) {
    let later = std::mem::replace(list, earlier);
    list.extend(later);
}

/// Whether there is something, and `is` holds for all of it.
#[allow(dead_code, reason = "a model may have no such waiter")]
pub(crate) fn all<T>(items: impl IntoIterator<Item = T>, is: impl FnMut(T) -> bool) -> bool {
    let mut items = items.into_iter().peekable();
    items.peek().is_some() && items.all(is)
}

/// The HTTP status of an error, if a response came.
#[allow(dead_code, reason = "a model may have no such waiter")]
pub(crate) fn status<E>(error: &SdkError<E, HttpResponse>) -> Option<u16> {
    error.raw_response().map(|it| it.status().as_u16())
}

/// Makes the builder of a waiter, without its setters, and the types of how a wait ends.
macro_rules! waiter {
    (
        $(#[$doc:meta])*
        $builder:ident($input:ident) -> Result<$final_poll:ident, $wait_error:ident>;
        polls Result<$output:ident, $error:ident>;
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $builder {
            request: $crate::runtime::operation::Request<$input>,
        }

        impl $builder {
            #[inline]
            pub(crate) fn new(handle: std::sync::Arc<$crate::runtime::handle::Handle>) -> Self {
                Self {
                    request: $crate::runtime::operation::Request::new(handle),
                }
            }

            /// The input as it has been built so far.
            #[inline]
            pub fn as_input(&self) -> &$input {
                &self.request.input
            }

            /// Asks again and again until what is waited for is there, for at most `max_wait`; requests
            /// that are under way then are not cut short.
            ///
            /// All that was asked for is looked at together, however many pages that takes, or requests for
            /// more names than one may hold, and comes as one output. Throttling that outlasts the retries
            /// does not end the wait.
            ///
            /// # Errors
            /// [`WaiterError`](aws_smithy_runtime_api::client::waiters::error::WaiterError): the time is
            /// over; an answer shows that it will never be there, and is in the error; or a request failed.
            #[inline]
            pub async fn wait(
                self,
                max_wait: std::time::Duration,
            ) -> Result<$final_poll, $wait_error> {
                $crate::runtime::waiter::wait::<Self>(self.request, max_wait).await
            }
        }

        /// The last answer of a wait that reached its goal.
        pub type $final_poll = aws_smithy_runtime_api::client::waiters::FinalPoll<
            $output,
            $crate::error::SdkError<$error>,
        >;

        /// Why a wait did not reach its goal.
        pub type $wait_error =
            aws_smithy_runtime_api::client::waiters::error::WaiterError<$output, $error>;
    };
}
#[allow(unused_imports, reason = "a model may have no waiters")]
pub(crate) use waiter;

/// Makes the trait by which a client starts its waiters: a row is a method and the builder that it gives.
macro_rules! waiters {
    (
        $(#[$doc:meta])*
        $waiters:ident for $client:ident {
            $($(#[$method_doc:meta])* $method:ident: $module:ident::$builder:ident;)*
        }
    ) => {
        $(#[$doc])*
        pub trait $waiters {
            $(
                $(#[$method_doc])*
                fn $method(&self) -> $module::$builder;
            )*
        }

        impl $waiters for $client {
            $(
                #[inline]
                fn $method(&self) -> $module::$builder {
                    $module::$builder::new(self.handle.clone())
                }
            )*
        }
    };
}
pub(crate) use waiters;
