//! What hooks can see and change.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextMut,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut, Error,
    FinalizerInterceptorContextMut, Output,
};
use aws_smithy_runtime_api::client::orchestrator::{Metadata, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::region::Region;
use workspaces_sdk::Client;
use workspaces_sdk::operation::describe_workspaces::{
    DescribeWorkspacesError, DescribeWorkspacesInput, DescribeWorkspacesOutput,
};
use workspaces_sdk::types::error::InvalidParameterValuesException;

use super::{config, flaky};
use crate::server::{Server, response};

/// Declares an interceptor with one hook.
macro_rules! interceptor {
    ($name:ident, $hook:ident($context:ident: $type:ty, $cfg:ident) $body:block) => {
        #[derive(Debug)]
        struct $name;

        impl Intercept for $name {
            fn name(&self) -> &'static str {
                stringify!($name)
            }

            fn $hook(
                &self,
                $context: &mut $type,
                _: &RuntimeComponents,
                $cfg: &mut ConfigBag,
            ) -> Result<(), BoxError> {
                $body
                Ok(())
            }
        }
    };
}

/// A server that returns one directory for each workspace.
async fn server() -> Server {
    Server::always(response(
        200,
        &[],
        r#"{"Workspaces":[{"WorkspaceId":"ws-1"}]}"#,
    ))
    .await
}

fn client(server: &Server, interceptor: impl Intercept + 'static) -> Client {
    Client::from_conf(config(server).interceptor(interceptor).build())
}

interceptor!(
    ChangeInput,
    modify_before_serialization(context: BeforeSerializationInterceptorContextMut<'_>, _cfg) {
        let input = context.input_mut().downcast_mut::<DescribeWorkspacesInput>();
        input.unwrap().directory_id = Some("d-changed".to_owned());
    }
);

#[tokio::test]
async fn the_input_can_be_changed() {
    let server = server().await;
    let call = client(&server, ChangeInput).describe_workspaces().limit(3);
    call.send().await.unwrap();
    let body = server.request().body;
    assert!(
        body.contains(r#""DirectoryId":"d-changed""#) && body.contains(r#""Limit":3"#),
        "{body}"
    );
}

interceptor!(
    ChangeRequest,
    modify_before_signing(context: BeforeTransmitInterceptorContextMut<'_>, _cfg) {
        let request = context.request_mut();
        request.headers_mut().insert("x-signed", "1");
        request.set_uri(format!("{}extra?x=y", request.uri())).unwrap();
    }
);

interceptor!(
    ChangeSignedRequest,
    modify_before_transmit(context: BeforeTransmitInterceptorContextMut<'_>, _cfg) {
        context.request_mut().headers_mut().insert("x-not-signed", "1");
    }
);

#[tokio::test]
async fn the_request_can_be_changed_before_and_after_it_is_signed() {
    let server = server().await;
    let call = client(&server, ChangeRequest).describe_workspaces();
    let call = call.customize().interceptor(ChangeSignedRequest);
    call.send().await.unwrap();
    let request = server.request();
    assert_eq!(request.line, "POST /extra?x=y HTTP/1.1");
    let signed = request.header("authorization").unwrap();
    assert!(
        signed.contains("x-signed") && !signed.contains("x-not-signed"),
        "{signed}"
    );
    assert_eq!(request.header("x-signed"), Some("1"));
    assert_eq!(request.header("x-not-signed"), Some("1"));
}

interceptor!(
    ChangeBody,
    modify_before_retry_loop(context: BeforeTransmitInterceptorContextMut<'_>, _cfg) {
        let request = context.request_mut();
        *request.body_mut() = SdkBody::from("{\"Limit\":1}");
        request.headers_mut().insert("content-length", "11");
    }
);

#[tokio::test]
async fn a_change_before_the_retry_loop_is_in_all_attempts() {
    let server = flaky().await;
    let call = client(&server, ChangeBody).describe_workspaces();
    call.send().await.unwrap();
    let bodies: Vec<_> = server.requests().into_iter().map(|it| it.body).collect();
    assert_eq!(bodies, ["{\"Limit\":1}", "{\"Limit\":1}"]);
}

// Adds a header in each attempt, which counts those that are there.
interceptor!(
    CountHeaders,
    modify_before_transmit(context: BeforeTransmitInterceptorContextMut<'_>, _cfg) {
        let headers = context.request_mut().headers_mut();
        let count = headers.get_all("x-count").count();
        headers.append("x-count", count.to_string());
    }
);

#[tokio::test]
async fn an_attempt_does_not_see_the_changes_of_the_one_before() {
    let server = flaky().await;
    client(&server, CountHeaders)
        .describe_workspaces()
        .send()
        .await
        .unwrap();
    for request in server.requests() {
        assert_eq!(request.header("x-count"), Some("0"));
    }
}

interceptor!(
    ChangeResponse,
    modify_before_deserialization(context: BeforeDeserializationInterceptorContextMut<'_>, _cfg) {
        let response = context.response_mut();
        *response.body_mut() = SdkBody::from(r#"{"Workspaces":[{"WorkspaceId":"ws-changed"}]}"#);
        response.headers_mut().remove("content-length");
    }
);

interceptor!(
    ChangeOutput,
    modify_before_completion(context: FinalizerInterceptorContextMut<'_>, _cfg) {
        let output = context.output_or_error_mut().unwrap().as_mut().unwrap();
        let output = output.downcast_mut::<DescribeWorkspacesOutput>().unwrap();
        output.next_token = Some("changed".to_owned());
    }
);

#[tokio::test]
async fn the_response_and_the_output_can_be_changed() {
    let server = server().await;
    let call = client(&server, ChangeResponse).describe_workspaces();
    let output = call
        .customize()
        .interceptor(ChangeOutput)
        .send()
        .await
        .unwrap();
    assert_eq!(output.workspaces()[0].workspace_id(), Some("ws-changed"));
    assert_eq!(output.next_token(), Some("changed"));
}

// Replaces the output by an error, as mocks do.
interceptor!(
    Fail,
    modify_before_attempt_completion(context: FinalizerInterceptorContextMut<'_>, _cfg) {
        let error = InvalidParameterValuesException::builder().message("no").build();
        let error = DescribeWorkspacesError::InvalidParameterValuesException(error);
        let error = OrchestratorError::operation(Error::erase(error));
        context.inner_mut().set_output_or_error(Err(error));
    }
);

// Replaces an error by an output.
interceptor!(
    Recover,
    modify_before_attempt_completion(context: FinalizerInterceptorContextMut<'_>, _cfg) {
        let output = DescribeWorkspacesOutput::builder().next_token("recovered").build();
        context.inner_mut().set_output_or_error(Ok(Output::erase(output)));
    }
);

#[tokio::test]
async fn outputs_and_errors_can_replace_each_other() {
    let server = server().await;
    let error = client(&server, Fail)
        .describe_workspaces()
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 200);
    let error = error.into_service_error();
    let DescribeWorkspacesError::InvalidParameterValuesException(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.message(), Some("no"));
    assert_eq!(server.requests().len(), 1);

    let flaky = flaky().await;
    let output = client(&flaky, Recover)
        .describe_workspaces()
        .send()
        .await
        .unwrap();
    assert_eq!(output.next_token(), Some("recovered"));
    // The status is that of a response that is retried, even so.
    assert_eq!(flaky.requests().len(), 2);
}

/// The entries of the bag.
#[derive(Clone, Debug, Default)]
struct Bag(Arc<Mutex<String>>);

impl Intercept for Bag {
    fn name(&self) -> &'static str {
        "Bag"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let metadata = cfg.load::<Metadata>().unwrap();
        let retries = cfg.load::<RetryConfig>().map(RetryConfig::max_attempts);
        let timeout = cfg.load::<TimeoutConfig>().unwrap().connect_timeout();
        let stalls = cfg.load::<StalledStreamProtectionConfig>().unwrap();
        let region = cfg.load::<Region>().map(|region| region.as_ref().len() > 5);
        *self.0.lock().unwrap() = format!(
            "{} {} {retries:?} {timeout:?} {:?} {region:?}",
            metadata.service(),
            metadata.name(),
            stalls.grace_period(),
        );
        Ok(())
    }
}

#[tokio::test]
async fn the_bag_has_the_settings() {
    let (server, bag) = (server().await, Bag::default());
    client(&server, bag.clone())
        .describe_workspaces()
        .send()
        .await
        .unwrap();
    assert_eq!(
        *bag.0.lock().unwrap(),
        "WorkSpaces DescribeWorkspaces Some(2) Some(3.1s) 5s Some(true)"
    );
}
