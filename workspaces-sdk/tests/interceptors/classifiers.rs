//! Retry classifiers.

use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority,
};
use workspaces_sdk::Client;
use workspaces_sdk::error::ProvideErrorMetadata;
use workspaces_sdk::operation::describe_workspaces::DescribeWorkspacesError;

use super::config;
use crate::server::{Server, response};

/// Decides by the code of an error.
#[derive(Clone, Debug)]
struct ByCode {
    code: &'static str,
    action: RetryAction,
    priority: RetryClassifierPriority,
}

impl ClassifyRetry for ByCode {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let error = context.output_or_error().and_then(Result::err);
        let error = error.and_then(|error| error.as_operation_error());
        let error = error.and_then(|error| error.downcast_ref::<DescribeWorkspacesError>());
        match error.and_then(ProvideErrorMetadata::code) {
            Some(code) if code == self.code => self.action.clone(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "ByCode"
    }

    fn priority(&self) -> RetryClassifierPriority {
        self.priority
    }
}

/// The number of attempts of a call whose response is always this error.
async fn attempts(status: u16, code: &'static str, classifiers: &[ByCode]) -> usize {
    let body = format!(r#"{{"__type":"{code}"}}"#);
    let server = Server::always(response(status, &[], &body)).await;
    let mut config = config(&server);
    for classifier in classifiers {
        config = config.retry_classifier(classifier.clone());
    }
    let client = Client::from_conf(config.build());
    client.describe_workspaces().send().await.unwrap_err();
    server.requests().len()
}

#[tokio::test]
async fn classifiers_add_retries_and_forbid_them() {
    let rule = |code, action| ByCode {
        code,
        action,
        priority: RetryClassifierPriority::default(),
    };
    let busy = rule("Busy", RetryAction::server_error());
    let never = |code| rule(code, RetryAction::RetryForbidden);
    let last = |rule: ByCode| ByCode {
        priority: RetryClassifierPriority::run_after(
            RetryClassifierPriority::transient_error_classifier(),
        ),
        ..rule
    };
    let none = &[][..];
    for (status, code, classifiers, expected) in [
        (400, "Busy", none, 1),
        (400, "Busy", std::slice::from_ref(&busy), 2),
        (400, "Other", std::slice::from_ref(&busy), 1),
        (503, "Busy", none, 2),
        (503, "Busy", &[never("Busy")], 1),
        (503, "Other", &[never("Busy")], 2),
        (400, "Throttling", none, 2),
        (400, "Throttling", &[never("Throttling")], 1),
        (400, "Throttling", &[last(never("Throttling"))], 1),
        // The first that forbids a retry decides, and otherwise the last.
        (400, "Busy", &[never("Busy"), busy.clone()], 1),
        (400, "Busy", &[busy.clone(), never("Busy")], 1),
        (400, "Busy", &[last(busy.clone()), never("Busy")], 1),
        (400, "Busy", &[last(busy.clone())], 2),
    ] {
        let found = attempts(status, code, classifiers).await;
        assert_eq!(found, expected, "{status} {code} {classifiers:?}");
    }
}
