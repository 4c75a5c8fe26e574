//! Every operation of the model has a response.

use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::body::SdkBody;
use workspaces_sdk::fake::Fake;

use super::seeded;

/// Sends a request in awsJson with an empty input, and returns the error of the call.
async fn error(fake: &Fake, operation: &str) -> Option<String> {
    let components = RuntimeComponentsBuilder::for_tests().build().unwrap();
    let connector = fake.http_connector(&HttpConnectorSettings::default(), &components);
    let mut request = HttpRequest::new(SdkBody::from("{}"));
    request.set_method("POST").unwrap();
    request.set_uri("https://x/").unwrap();
    let target = format!("WorkspacesService.{operation}");
    request.headers_mut().insert("x-amz-target", target);
    connector.call(request).await.unwrap();
    fake.calls().pop().unwrap().error
}

#[tokio::test]
async fn no_operation_of_the_model_is_unknown() {
    // Relative to the folder of the package, in which Cargo runs tests.
    let model = "../models/workspaces/2015-04-08/service-2.json";
    let model: serde_json::Value = serde_json::from_slice(&std::fs::read(model).unwrap()).unwrap();
    let operations = model["operations"].as_object().unwrap();
    assert_eq!(operations.len(), 91);
    let fake = seeded().build();
    for operation in operations.keys() {
        let error = error(&fake, operation).await;
        // An empty input is valid, or lacks required members.
        let expected = [
            None,
            Some("ValidationException"),
            Some("InvalidParameterValuesException"),
            Some("AccessDeniedException"),
        ];
        assert!(
            expected.contains(&error.as_deref()),
            "{operation}: {error:?}"
        );
    }
    let unknown = error(&fake, "DescribeEverything").await;
    assert_eq!(unknown.as_deref(), Some("UnknownOperationException"));
}
