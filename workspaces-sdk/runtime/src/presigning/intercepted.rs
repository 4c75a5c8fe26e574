//! Presigning a request with interceptors: the hooks run as for a call, up to the one before the request would be sent, and those
//! at the end.

use std::pin::Pin;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::RequestAttempts;

use super::{
    Presign, PresignedRequest, PresigningConfig, Signable, add_signature, build, signable,
};
use crate::auth::AuthScheme;
use crate::customize::Customization;
use crate::endpoint::{Query, SIGV4};
use crate::error::not_sent;
use crate::handle::Handle;
use crate::interceptor::bag::OperationFacts;
use crate::interceptor::execution::{Execution, Halted, start};
use crate::interceptor::failure::Outcome;
use crate::orchestrator::add_endpoint;
use crate::orchestrator::intercepted::{self, facts_of};

/// Presigns a request with hooks. See [`run`].
pub(crate) type Run = for<'a> fn(&'a Handle, Request, &'a PresigningConfig) -> PresignFuture<'a>;

/// The future of a request that is presigned with hooks.
pub(crate) type PresignFuture<'a> =
    Pin<Box<dyn Future<Output = Result<PresignedRequest, Outcome>> + Send + 'a>>;

/// A request without the types of its operation.
#[derive(Debug)]
pub(crate) struct Request {
    input: Input,
    customization: Customization,
    operation: OperationFacts,
    /// Checks and serializes the input. `None` if it has another type.
    prepare: fn(&Handle, Input) -> Option<Result<Signable, BoxError>>,
}

impl Request {
    #[inline]
    pub(super) fn new<I: Presign>(input: I, customization: Customization) -> Self {
        Self {
            input: Input::erase(input),
            customization,
            operation: facts_of::<I>(),
            prepare: |handle, input| Some(signable(handle, input.downcast::<I>().ok()?)),
        }
    }
}

/// Restores the types of an operation. An output is an error, because there is no presigned request.
#[inline]
pub(super) fn restore<I: Presign>(outcome: Outcome) -> SdkError<I::Error, HttpResponse> {
    match intercepted::restore::<I>(outcome) {
        Ok(_) => SdkError::construction_failure("an interceptor replaced the request by an output"),
        Err(error) => error,
    }
}

/// Presigns a request with hooks.
#[inline]
pub(crate) fn run<'a>(
    handle: &'a Handle,
    request: Request,
    config: &'a PresigningConfig,
) -> PresignFuture<'a> {
    Box::pin(async move {
        let Request {
            input,
            customization,
            operation,
            prepare,
        } = request;
        let failed = |error| Outcome::Failure(SdkError::construction_failure(error));
        let extensions = customization.extensions_over(handle);
        let no_response = |_, _: &mut _| Err("there is no response".into());
        let started = start(handle, operation, input, &extensions, no_response);
        let (mut execution, changed) = started.map_err(failed)?;
        let handle = changed.as_ref().unwrap_or(handle);
        if !execution.context.is_failed() {
            let execution = &mut execution;
            _ = steps(handle, prepare, &customization, config, execution).await;
            execution.finish_attempt();
        }
        execution.finish_call();
        if execution.context.output_or_error().is_some() {
            return Err(execution.finish());
        }
        match execution.take_request() {
            Ok(request) => PresignedRequest::new(request).map_err(failed),
            Err(Halted) => Err(execution.finish()),
        }
    })
}

/// Serializes the input and signs the request, which the context contains afterwards.
#[inline]
async fn steps(
    handle: &Handle,
    prepare: fn(&Handle, Input) -> Option<Result<Signable, BoxError>>,
    customization: &Customization,
    config: &PresigningConfig,
    execution: &mut Execution,
) -> Result<(), Halted> {
    let call = execution.serialize(|input| prepare(handle, input))?;
    let request = execution.check(build("/", &call.message))?;
    execution.store_request(request)?;

    execution.is_attempting = true;
    let state = execution.bag.interceptor_state();
    state.store_put(RequestAttempts::new(1));
    execution.read_before_attempt()?;
    let identity = execution.check(handle.credentials().await)?;
    let account_id = handle.account_id(AuthScheme::SigV4, Some(&identity));
    let query = Query {
        settings: &handle.settings,
        context: &call.endpoint_context,
        host_prefix: call.host_prefix.as_deref(),
        account_id: account_id.as_deref(),
        scheme: SIGV4,
    };
    let endpoint = execution.endpoint(handle, query).await?;
    let directed = add_endpoint(execution.request()?, &endpoint);
    execution.check(directed)?;
    execution.modify_before_signing()?;
    let edited = customization.apply(execution.request()?);
    execution.check(edited.map_err(not_sent))?;
    execution.read_before_signing()?;
    let request = execution.request()?;
    let signed = add_signature(handle, &call, &identity, &endpoint, config, request);
    execution.check(signed)?;
    execution.read_after_signing()?;
    execution.modify_before_transmit()?;
    execution.read_before_transmit()
}
