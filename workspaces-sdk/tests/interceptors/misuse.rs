//! Interceptors that remove or replace what the next step needs. Each is an error of the call, and no panic.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeTransmitInterceptorContextMut, Error,
    FinalizerInterceptorContextMut, Input, InterceptorContext, Output,
};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use workspaces_sdk::Client;
use workspaces_sdk::error::{DisplayErrorContext, SdkError};

use super::config;
use crate::server::{Server, response};

/// Changes the context in the hook with that name.
#[derive(Clone, Copy)]
struct Misuse(&'static str, Change);

type Change = fn(&mut InterceptorContext);

impl std::fmt::Debug for Misuse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! hooks {
    ($($hook:ident($context:ty);)*) => {
        impl Intercept for Misuse {
            fn name(&self) -> &'static str {
                "Misuse"
            }

            $(fn $hook(
                &self,
                context: &mut $context,
                _: &RuntimeComponents,
                _: &mut ConfigBag,
            ) -> Result<(), BoxError> {
                if self.0 == stringify!($hook) {
                    (self.1)(context.inner_mut());
                }
                Ok(())
            })*
        }
    };
}

hooks! {
    modify_before_serialization(BeforeSerializationInterceptorContextMut<'_>);
    modify_before_retry_loop(BeforeTransmitInterceptorContextMut<'_>);
    modify_before_signing(BeforeTransmitInterceptorContextMut<'_>);
    modify_before_transmit(BeforeTransmitInterceptorContextMut<'_>);
    modify_before_attempt_completion(FinalizerInterceptorContextMut<'_>);
    modify_before_completion(FinalizerInterceptorContextMut<'_>);
}

fn take_input(context: &mut InterceptorContext) {
    context.take_input();
}

fn replace_input(context: &mut InterceptorContext) {
    *context.input_mut().unwrap() = Input::erase("another type");
}

fn take_request(context: &mut InterceptorContext) {
    context.take_request();
}

fn take_output(context: &mut InterceptorContext) {
    context.take_output_or_error();
}

fn replace_output(context: &mut InterceptorContext) {
    context.set_output_or_error(Ok(Output::erase("another type")));
}

fn replace_error(context: &mut InterceptorContext) {
    let error = OrchestratorError::operation(Error::erase(std::fmt::Error));
    context.set_output_or_error(Err(error));
}

/// The text of [`std::fmt::Error`].
const FORMATTING: &str = "an error occurred when formatting an argument";

#[tokio::test]
async fn what_an_interceptor_breaks_is_an_error() {
    let table: [(&str, Change, &str, usize); 10] = [
        (
            "modify_before_serialization",
            take_input,
            "removed the input",
            0,
        ),
        (
            "modify_before_serialization",
            replace_input,
            "removed the input",
            0,
        ),
        (
            "modify_before_retry_loop",
            take_request,
            "removed the request",
            0,
        ),
        (
            "modify_before_signing",
            take_request,
            "removed the request",
            0,
        ),
        (
            "modify_before_transmit",
            take_request,
            "removed the request",
            0,
        ),
        (
            "modify_before_attempt_completion",
            take_output,
            "removed the output",
            1,
        ),
        (
            "modify_before_completion",
            take_output,
            "removed the output",
            1,
        ),
        (
            "modify_before_completion",
            replace_output,
            "replaced the output",
            1,
        ),
        ("modify_before_completion", replace_error, FORMATTING, 1),
        (
            "modify_before_attempt_completion",
            replace_error,
            FORMATTING,
            1,
        ),
    ];
    for (hook, change, expected, requests) in table {
        let server = Server::always(response(200, &[], "{}")).await;
        let client = config(&server).interceptor(Misuse(hook, change)).build();
        let call = Client::from_conf(client).describe_workspaces().send();
        let error = call.await.unwrap_err();
        let shown = DisplayErrorContext(&error).to_string();
        assert!(shown.contains(expected), "{hook}: {shown}");
        let is_service_error = matches!(error, SdkError::ServiceError(_));
        assert_eq!(is_service_error, expected == FORMATTING, "{hook}");
        assert_eq!(server.requests().len(), requests, "{hook}");
    }
}

/// An error of the operation without a response. The official types require one.
#[tokio::test]
async fn an_error_can_be_made_before_there_is_a_response() {
    #[derive(Debug)]
    struct FailEarly;

    impl Intercept for FailEarly {
        fn name(&self) -> &'static str {
            "FailEarly"
        }

        fn modify_before_signing(
            &self,
            _: &mut BeforeTransmitInterceptorContextMut<'_>,
            _: &RuntimeComponents,
            _: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            Err("stop".into())
        }

        fn modify_before_completion(
            &self,
            context: &mut FinalizerInterceptorContextMut<'_>,
            _: &RuntimeComponents,
            _: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            replace_error(context.inner_mut());
            Ok(())
        }
    }

    let server = Server::always(response(200, &[], "{}")).await;
    let client = Client::from_conf(config(&server).interceptor(FailEarly).build());
    let error = client.describe_workspaces().send().await.unwrap_err();
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 500);
    assert_eq!(server.requests().len(), 0);
}

/// The official crate panics without the parameters.
#[tokio::test]
async fn without_the_parameters_of_the_endpoint_there_is_none() {
    #[derive(Debug)]
    struct Replace(fn() -> Option<EndpointResolverParams>);

    impl Intercept for Replace {
        fn name(&self) -> &'static str {
            "Replace"
        }

        fn modify_before_retry_loop(
            &self,
            _: &mut BeforeTransmitInterceptorContextMut<'_>,
            _: &RuntimeComponents,
            cfg: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            cfg.interceptor_state().store_or_unset((self.0)());
            Ok(())
        }
    }

    let server = Server::always(response(200, &[], "{}")).await;
    let another: fn() -> _ = || Some(EndpointResolverParams::new(()));
    for params in [|| None, another] {
        let client = Client::from_conf(config(&server).interceptor(Replace(params)).build());
        let error = client.describe_workspaces().send().await.unwrap_err();
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        let shown = DisplayErrorContext(&error).to_string();
        assert!(
            shown.contains("removed the parameters of the endpoint"),
            "{shown}"
        );
    }
    assert_eq!(server.requests().len(), 0);
}
