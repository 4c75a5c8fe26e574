//! The state of a call that hooks see, and running the hooks.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    Error, Input, InterceptorContext, Output,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, InterceptorError, SharedInterceptor,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryReason,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ErrorMetadata;

use super::Extensions;
use super::bag::{Before, OperationFacts};
use super::failure::{self, Outcome};
use crate::endpoint::{Endpoint, Query, check_region};
use crate::error::Failure;
use crate::handle::Handle;
use crate::operation::EndpointParams;
use crate::retry::RetryClassification;

/// Deserializes the error of an operation.
pub(crate) type ErrorReader = fn(ErrorMetadata, &mut HttpResponse) -> Result<Error, BoxError>;

/// A call with hooks.
#[derive(Debug)]
pub(crate) struct Execution {
    pub(crate) context: InterceptorContext,
    pub(crate) bag: ConfigBag,
    pub(crate) components: RuntimeComponents,
    interceptors: Vec<SharedInterceptor>,
    /// Whether an attempt has started whose last hooks have not run yet.
    pub(crate) is_attempting: bool,
    read_error: ErrorReader,
    endpoint_params: Option<EndpointParams>,
}

/// The current step ended with an error, which the context contains. The steps up to the next finalizer are skipped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Halted;

/// Declares the methods that run a hook of all interceptors.
///
/// An interceptor is skipped if the bag disables it. All others run, even if one fails; the last error is that of the step.
macro_rules! hooks {
    ($($(#[$doc:meta])* $hook:ident($($mutable:ident)?);)*) => {
        $(
            $(#[$doc])*
            #[inline]
            pub(crate) fn $hook(&mut self) -> Result<(), Halted> {
                let context = & $($mutable)? self.context;
                #[allow(unused_mut, reason = "only hooks that modify the context need this")]
                let mut context = context.into();
                let mut failed = None;
                for interceptor in &self.interceptors {
                    if !interceptor.enabled(&self.bag) {
                        continue;
                    }
                    let context = & $($mutable)? context;
                    if let Err(error) = interceptor.$hook(context, &self.components, &mut self.bag) {
                        replace(&mut failed, interceptor.name(), error);
                    }
                }
                self.check_hook(failed, |name, error| InterceptorError::$hook(name, error))
            }
        )*
    };
}

impl Execution {
    #[inline]
    fn new(
        context: InterceptorContext,
        bag: ConfigBag,
        components: RuntimeComponents,
        read_error: ErrorReader,
        endpoint_params: Option<EndpointParams>,
    ) -> Self {
        Self {
            context,
            bag,
            interceptors: components.interceptors().collect(),
            components,
            is_attempting: false,
            read_error,
            endpoint_params,
        }
    }

    hooks! {
        modify_before_serialization(mut);
        read_before_serialization();
        read_after_serialization();
        modify_before_retry_loop(mut);
        read_before_attempt();
        modify_before_signing(mut);
        read_before_signing();
        read_after_signing();
        modify_before_transmit(mut);
        read_before_transmit();
        read_after_transmit();
        modify_before_deserialization(mut);
        read_before_deserialization();
        read_after_deserialization();
        modify_before_attempt_completion(mut);
        read_after_attempt();
        modify_before_completion(mut);
        read_after_execution();
    }

    /// Runs the first hook, which does not get the components.
    #[inline]
    pub(crate) fn read_before_execution(&mut self) -> Result<(), Halted> {
        let context = (&self.context).into();
        let mut failed = None;
        for interceptor in &self.interceptors {
            if interceptor.enabled(&self.bag)
                && let Err(error) = interceptor.read_before_execution(&context, &mut self.bag)
            {
                replace(&mut failed, interceptor.name(), error);
            }
        }
        self.check_hook(failed, |name, error| {
            InterceptorError::read_before_execution(name, error)
        })
    }

    #[inline]
    fn check_hook(
        &mut self,
        failed: Option<HookError>,
        hook: fn(&str, BoxError) -> InterceptorError,
    ) -> Result<(), Halted> {
        let Some((name, error)) = failed else {
            return Ok(());
        };
        self.context
            .fail(OrchestratorError::interceptor(hook(name, error)));
        Err(Halted)
    }

    /// Returns the value of a step of the runtime, or stores its failure.
    #[inline]
    pub(crate) fn check<T>(&mut self, outcome: Result<T, Failure>) -> Result<T, Halted> {
        outcome.map_err(|failure| {
            self.fail(failure);
            Halted
        })
    }

    /// Stores the failure of a step of the runtime.
    #[inline]
    pub(crate) fn fail(&mut self, failure: Failure) {
        failure::store(&mut self.context, failure, self.read_error);
    }

    /// The request that is being built.
    #[inline]
    pub(crate) fn request(&mut self) -> Result<&mut HttpRequest, Halted> {
        self.request_and_bag().map(|(request, _)| request)
    }

    /// The request that is being built, and the bag.
    #[inline]
    pub(crate) fn request_and_bag(&mut self) -> Result<(&mut HttpRequest, &ConfigBag), Halted> {
        if self.context.request().is_none() {
            return Err(self.lost("request"));
        }
        let request = self.context.request_mut().ok_or(Halted)?;
        Ok((request, &self.bag))
    }

    /// Resolves the endpoint of an attempt, and puts it into the bag.
    #[inline]
    pub(crate) async fn endpoint(
        &mut self,
        handle: &Handle,
        query: Query<'_>,
    ) -> Result<Endpoint, Halted> {
        let endpoint = Endpoint::of_bag(handle, query, self.endpoint_params, &mut self.bag);
        let endpoint = endpoint.await;
        let endpoint = self.check(endpoint)?;
        self.bag.interceptor_state().store_put(endpoint.to_public());
        Ok(endpoint)
    }

    /// Takes the request, to send it.
    #[inline]
    pub(crate) fn take_request(&mut self) -> Result<HttpRequest, Halted> {
        self.context
            .take_request()
            .ok_or_else(|| self.lost("request"))
    }

    /// Fails because an interceptor removed or replaced something.
    #[inline]
    pub(crate) fn lost(&mut self, what: &str) -> Halted {
        let message = format!("an interceptor removed the {what} or replaced it by another type");
        self.context.fail(OrchestratorError::other(message));
        Halted
    }

    /// Stores the output that was read from a response, or the reason why it cannot be read.
    #[inline]
    pub(crate) fn store_output(&mut self, output: Result<Output, BoxError>) {
        let output = output.map_err(OrchestratorError::response);
        self.context.set_output_or_error(output);
    }

    /// The reason to retry after the last attempt, if there is one.
    #[inline]
    pub(crate) fn classify(&self) -> Option<RetryClassification> {
        let mut action = RetryAction::NoActionIndicated;
        for classifier in self.components.retry_classifiers() {
            match classifier.classify_retry_v2(&self.context, &action) {
                RetryAction::NoActionIndicated => {}
                RetryAction::RetryForbidden => return None,
                indicated => action = indicated,
            }
        }
        match action {
            RetryAction::RetryIndicated(RetryReason::RetryableError { kind, retry_after }) => {
                Some(RetryClassification::new(kind, retry_after))
            }
            _ => None,
        }
    }

    /// Runs the hooks before serialization, and takes the input to serialize it. `serialize` returns `None` if the input has another
    /// type.
    #[inline]
    pub(crate) fn serialize<T>(
        &mut self,
        serialize: impl FnOnce(Input) -> Option<Result<T, BoxError>>,
    ) -> Result<T, Halted> {
        self.modify_before_serialization()?;
        self.read_before_serialization()?;
        self.context.enter_serialization_phase();
        let serialized = self.context.take_input().and_then(serialize);
        let serialized = serialized.ok_or_else(|| self.lost("input"))?;
        self.check(serialized.map_err(SdkError::construction_failure))
    }

    /// Stores the serialized request, and runs the hooks up to the first attempt.
    #[inline]
    pub(crate) fn store_request(&mut self, request: HttpRequest) -> Result<(), Halted> {
        self.context.set_request(request);
        self.context.enter_before_transmit_phase();
        self.read_after_serialization()?;
        self.modify_before_retry_loop()
    }

    /// Runs the hooks at the end of an attempt, if there is one.
    #[inline]
    pub(crate) fn finish_attempt(&mut self) {
        if std::mem::take(&mut self.is_attempting) {
            _ = self.modify_before_attempt_completion();
            _ = self.read_after_attempt();
        }
    }

    /// Runs the hooks at the end of the call.
    #[inline]
    pub(crate) fn finish_call(&mut self) {
        _ = self.modify_before_completion();
        _ = self.read_after_execution();
    }

    /// Returns the outcome of the call.
    #[inline]
    pub(crate) fn finish(self) -> Outcome {
        failure::outcome_of(self.context)
    }
}

/// Creates the state of a call and runs the first hooks. Returns the state of the client for this call as well, if plugins or
/// hooks have changed settings.
///
/// # Errors
/// When a plugin fails, or a component rejects the settings.
#[inline]
pub(crate) fn start(
    handle: &Handle,
    operation: OperationFacts,
    input: Input,
    extensions: &Extensions,
    read_error: ErrorReader,
) -> Result<(Execution, Option<Handle>), BoxError> {
    let (before, bag, components) = Before::new(handle, operation, &input, extensions)?;
    let context = InterceptorContext::new(input);
    let params = extensions.endpoint_params();
    let mut execution = Execution::new(context, bag, components, read_error, params);
    _ = execution.read_before_execution();
    let changes = before.changes(&execution.bag);
    let changed = changes.map(|settings| handle.with(settings));
    if let (Some(changed), Some(input)) = (&changed, execution.context.input()) {
        operation.put_endpoint_params(params, changed, input, &mut execution.bag);
    }
    if let Some(region) = &changed.as_ref().unwrap_or(handle).settings.region {
        _ = execution.check(check_region(region));
    }
    Ok((execution, changed))
}

/// The name of an interceptor, and the error of its hook.
type HookError = (&'static str, BoxError);

/// Keeps the last error of a hook, and logs the one before.
#[inline]
fn replace(failed: &mut Option<HookError>, name: &'static str, error: BoxError) {
    if let Some((name, error)) = failed.replace((name, error)) {
        tracing::debug!(
            interceptor = name,
            error = %DisplayErrorContext(&*error),
            "a later interceptor failed, too; its error replaces this one"
        );
    }
}
