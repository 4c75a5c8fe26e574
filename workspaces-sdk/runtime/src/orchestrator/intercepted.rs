//! The lifecycle of a call with interceptors or retry classifiers.
//!
//! The steps are those of [`orchestrator`](super). Between them, the hooks of the interceptors run, in this order:
//!
//! ```text
//! run ── read_before_execution
//!     ├─ operation: modify_before_serialization, read_before_serialization ── serialize
//!     │  ├─ read_after_serialization, modify_before_retry_loop
//!     │  └─ for each attempt
//!     │     ├─ attempt: read_before_attempt ── identity, endpoint
//!     │     │  ├─ modify_before_signing, read_before_signing ── sign
//!     │     │  ├─ read_after_signing, modify_before_transmit, read_before_transmit ── transmit
//!     │     │  ├─ read_after_transmit, modify_before_deserialization, read_before_deserialization ── receive, deserialize
//!     │     │  └─ read_after_deserialization
//!     │     ├─ modify_before_attempt_completion, read_after_attempt
//!     │     └─ classify, delay
//!     └─ modify_before_completion, read_after_execution
//! ```
//!
//! A step that fails, and a hook that returns an error, skip all others up to the completion of the attempt, or to that of the
//! call if there is no attempt yet. The documentation of
//! [`Intercept`](aws_smithy_runtime_api::client::interceptors::Intercept) specifies this.

use std::borrow::Cow;
use std::pin::{Pin, pin};

use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output, RewindResult};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{CreateUnhandledError, SdkError};
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use tracing::Instrument;

use super::attempt::{Attempt, add_attempt, receive, sign, sign_by_custom_scheme, transmit};
use super::request::{Base, add_endpoint, add_user_agent, http_request};
use super::response::{hide_body, learn_skew};
use super::spans::{attempt_span, call_span, record};
#[cfg(feature = "streams")]
use super::stream::check_prepared;
use super::stream::prepare_stream;
use super::{
    ALL_ATTEMPTS, Call, ONE_ATTEMPT, Route, acquire_send_token, choose, context_of, deserialize,
    log_delay, poison, prepare, resolve,
};
use crate::auth::{AuthScheme, Skew};
use crate::customize::Customization;
use crate::endpoint::Query;
use crate::error::modeled::OperationError;
use crate::error::not_sent;
use crate::handle::Handle;
use crate::interceptor::bag::OperationFacts;
use crate::interceptor::execution::{ErrorReader, Execution, Halted, start};
use crate::interceptor::failure::Outcome;
use crate::operation::{Operation, Service};
use crate::timeout::within;

/// Makes a call with hooks. See [`run`].
pub(crate) type Run = for<'a> fn(&'a Handle, Request) -> CallFuture<'a>;

/// The future of a call with hooks.
pub(crate) type CallFuture<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// A request without the types of its operation.
#[derive(Debug)]
pub(crate) struct Request {
    input: Input,
    customization: Customization,
    operation: &'static ErasedOperation,
}

/// The steps of an operation, without its types.
#[derive(Debug)]
pub(crate) struct ErasedOperation {
    facts: OperationFacts,
    /// Checks and serializes the input. `None` if it has another type.
    prepare: fn(&Handle, Input, Customization) -> Option<Result<Call, BoxError>>,
    deserialize: fn(&mut HttpResponse) -> Result<Output, BoxError>,
    deserialize_error: ErrorReader,
}

impl ErasedOperation {
    #[inline]
    const fn of<I: Operation>() -> Self {
        Self {
            facts: facts_of::<I>(),
            prepare: |handle, input, customization| {
                let input = input.downcast::<I>().ok()?;
                Some(prepare(handle, input, customization))
            },
            deserialize: |response| deserialize::<I>(response).map(Output::erase),
            deserialize_error: |meta, response| I::read_error(meta, response).map(Error::erase),
        }
    }
}

/// What hooks and classifiers need to know about an operation.
#[inline]
pub(crate) const fn facts_of<I: Operation>() -> OperationFacts {
    OperationFacts {
        name: I::NAME,
        code: |error| error.downcast_ref::<I::Error>()?.code(),
        endpoint_context: |handle, input| Some(context_of(handle, input.downcast_ref::<I>()?)),
        retryable: I::Service::RETRYABLE,
    }
}

impl Request {
    #[inline]
    pub(super) fn new<I: Operation>(input: I, customization: Customization) -> Self {
        Self {
            input: Input::erase(input),
            customization,
            operation: const { &ErasedOperation::of::<I>() },
        }
    }
}

/// Restores the types of an operation.
#[inline]
pub(crate) fn restore<I: Operation>(
    outcome: Outcome,
) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
    match outcome {
        Outcome::Output(output) => output.downcast().map_err(|_| {
            SdkError::construction_failure("an interceptor replaced the output by another type")
        }),
        Outcome::ServiceError(error, response) => {
            let error = error
                .downcast()
                .unwrap_or_else(|other| I::Error::create_unhandled_error(Box::new(other), None));
            Err(SdkError::service_error(error, response))
        }
        Outcome::Failure(failure) => Err(failure.map_service_error(I::Error::generic)),
    }
}

/// Makes a call with hooks.
#[inline]
pub(crate) fn run(handle: &Handle, request: Request) -> CallFuture<'_> {
    Box::pin(async move {
        let Request {
            input,
            customization,
            operation,
        } = request;
        let span = call_span(handle, operation.facts.name);
        let extensions = customization.extensions_over(handle);
        let read_error = operation.deserialize_error;
        let started = start(handle, operation.facts, input, &extensions, read_error);
        let (mut execution, changed) = match started {
            Ok(started) => started,
            Err(error) => return Outcome::Failure(SdkError::construction_failure(error)),
        };
        let handle = changed.as_ref().unwrap_or(handle);
        if !execution.context.is_failed() {
            let call = call(handle, operation, customization, &mut execution);
            call.instrument(span.clone()).await;
            record(&span, execution.context.response());
        }
        execution.finish_call();
        execution.finish()
    })
}

/// Makes the attempts of a call within its timeout.
#[inline]
async fn call(
    handle: &Handle,
    operation: &ErasedOperation,
    customization: Customization,
    execution: &mut Execution,
) {
    let Ok(sleep) = execution.check(handle.sleep()) else {
        return;
    };
    let limit = handle.timeouts.operation_timeout();
    let outcome = {
        let attempts = pin!(async {
            _ = attempts(handle, operation, customization, execution).await;
            Ok(())
        });
        within(limit, ALL_ATTEMPTS, sleep, attempts).await
    };
    _ = execution.check(outcome);
    // The timeout may have ended an attempt.
    execution.finish_attempt();
}

/// Serializes the input, and makes attempts until one succeeds or no retry is allowed.
#[inline]
async fn attempts(
    handle: &Handle,
    operation: &ErasedOperation,
    customization: Customization,
    execution: &mut Execution,
) -> Result<(), Halted> {
    let prepare = |input| (operation.prepare)(handle, input, customization);
    let mut call = execution.serialize(prepare)?;
    // The request needs this before the hooks of the first attempt. A failure is that of the attempt.
    if call.needs_preparation()
        && let Ok(route) = resolve(handle, &call).await
    {
        execution.check(prepare_stream(&mut call, &route).await)?;
    }
    let call_id = execution.check(handle.invocation_id())?;
    let request = execution.check(http_request(handle, &call, Base::Root))?;
    execution.store_request(request)?;
    let is_repeatable = execution.request()?.try_clone().is_some();
    execution.context.save_checkpoint();

    let sleep = execution.check(handle.sleep())?;
    let mut retries = handle.retry.start(call.long_polling);
    let mut last_skew = None;
    loop {
        let number = retries.attempt();
        let rewound = execution.context.rewind(&mut execution.bag);
        if rewound == RewindResult::Impossible {
            return Ok(());
        }
        let state = execution.bag.interceptor_state();
        state.store_put(RequestAttempts::new(number));
        execution.check(acquire_send_token(handle, number).await)?;
        let span = attempt_span(number);
        let limit = handle.timeouts.operation_attempt_timeout();
        let connection = CaptureSmithyConnection::new();
        let details = Attempt {
            number,
            call_id: call_id.as_deref(),
            connection: &connection,
            last_skew,
        };
        execution.is_attempting = true;
        let outcome = {
            let attempt = pin!(async {
                let attempt = attempt(handle, operation, &call, details, execution, &mut last_skew);
                _ = attempt.await;
                Ok(())
            });
            let attempt = within(limit, ONE_ATTEMPT, sleep, attempt);
            attempt.instrument(span.clone()).await
        };
        record(&span, execution.context.response());
        _ = execution.check(outcome);
        execution.finish_attempt();

        let classification = execution.classify();
        if classification.is_none() && !execution.context.is_failed() {
            retries.succeeded(|| handle.now());
            return Ok(());
        }
        poison(handle, classification.as_ref(), &connection);
        let delay = retries.failed(classification.as_ref(), is_repeatable, handle.now());
        let Some(delay) = delay else {
            return Ok(());
        };
        log_delay(number, classification.as_ref(), delay);
        sleep.sleep(delay).await;
        if retries.attempt() == number {
            return Ok(());
        }
    }
}

/// Chooses the scheme, the identity and the endpoint of an attempt, by what hooks have put into the bag.
#[inline]
async fn route<'a>(
    handle: &'a Handle,
    call: &Call,
    execution: &mut Execution,
) -> Result<(Route<'a>, Option<Identity>), Halted> {
    let chosen = choose(handle, call, Some(&execution.bag)).await;
    let (scheme, chosen) = execution.check(chosen)?;
    if let Some(properties) = chosen.as_ref().and_then(|it| it.properties.clone()) {
        execution.bag.push_shared_layer(properties);
    }
    let identity = execution.check(handle.identity(scheme).await)?;
    let account_id = handle.account_id(scheme, identity.as_ref());
    let query = Query {
        settings: &handle.settings,
        context: &call.endpoint_context,
        host_prefix: call.host_prefix.as_deref(),
        account_id: account_id.as_deref(),
        scheme: chosen.as_ref().map_or(scheme.name(), |it| it.id.inner()),
    };
    let endpoint = execution.endpoint(handle, query).await?;
    let route = Route {
        scheme,
        chosen,
        endpoint: Cow::Owned(endpoint),
    };
    Ok((route, identity))
}

/// Makes one attempt, and stores its output or its error in the execution.
#[inline]
async fn attempt(
    handle: &Handle,
    operation: &ErasedOperation,
    call: &Call,
    attempt: Attempt<'_>,
    execution: &mut Execution,
    last_skew: &mut Option<Skew>,
) -> Result<(), Halted> {
    execution.read_before_attempt()?;
    let (route, identity) = route(handle, call, execution).await?;
    #[cfg(feature = "streams")]
    execution.check(check_prepared(call, &route))?;
    let request = execution.request()?;
    let directed = add_endpoint(request, &route.endpoint);
    execution.check(directed)?;
    let headers = execution.request()?.headers_mut();
    add_user_agent(handle, call, identity.as_ref(), headers);
    execution.modify_before_signing()?;
    let edited = call.customization.apply(execution.request()?);
    execution.check(edited.map_err(not_sent))?;
    execution.read_before_signing()?;
    let identity = identity.as_ref();
    let signed = sign(handle, call, &route, identity, execution.request()?);
    let signed = execution.check(signed)?;
    if route.scheme == AuthScheme::Custom {
        let (request, bag) = execution.request_and_bag()?;
        let signed = sign_by_custom_scheme(handle, call, &route, request, Some(bag)).await;
        execution.check(signed)?;
    }
    execution.read_after_signing()?;
    let added = add_attempt(handle, &attempt, execution.request()?.headers_mut());
    execution.check(added)?;
    execution.modify_before_transmit()?;
    execution.read_before_transmit()?;

    execution.context.enter_transmit_phase();
    let request = execution.take_request()?;
    let response = transmit(handle, route.scheme, &attempt, request, signed);
    let response = execution.check(response)?.await;
    let response = execution.check(response)?;
    execution.context.set_response(response);
    execution.context.enter_before_deserialization_phase();
    execution.read_after_transmit()?;
    execution.modify_before_deserialization()?;
    execution.read_before_deserialization()?;

    execution.context.enter_deserialization_phase();
    let Some(response) = execution.context.response_mut() else {
        return Err(execution.lost("response"));
    };
    // It stays in the context, so that hooks see its headers if a timeout interrupts its body.
    let received = receive(handle, call, response).await;
    let outcome = received.as_ref().map(|()| &*response);
    *last_skew = learn_skew(handle, outcome).or(*last_skew);
    match received {
        Ok(()) => {
            let output = (operation.deserialize)(response);
            hide_body(response);
            execution.store_output(output);
        }
        Err(failure) => execution.fail(failure),
    }
    execution.context.enter_after_deserialization_phase();
    execution.read_after_deserialization()
}
