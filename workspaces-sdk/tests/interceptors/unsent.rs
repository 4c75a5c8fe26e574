//! Calls that fail before a request is sent: the hooks and the classifiers run as for other failures of an attempt.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};
use workspaces_sdk::config::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};
use workspaces_sdk::config::{Builder, Credentials, Region};
use workspaces_sdk::error::SdkError;
use workspaces_sdk::{Client, Config};

use super::config;
use super::tracer::{START, Tracer};
use crate::server::{Server, response};

/// Counts its calls, and the failures that it retries.
#[derive(Clone, Debug, Default)]
struct Counter {
    calls: Arc<AtomicUsize>,
    retries: bool,
}

impl ClassifyRetry for Counter {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        self.calls.fetch_add(1, Ordering::SeqCst);
        match context.output_or_error() {
            Some(Err(_)) if self.retries => RetryAction::transient_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "Counter"
    }
}

/// Fails to provide credentials, or endpoints.
#[derive(Debug)]
struct Locked;

impl ProvideCredentials for Locked {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::provider_error("locked")))
    }
}

impl ResolveEndpoint for Locked {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Err("locked".into()))
    }
}

/// Fails for the first attempt.
#[derive(Debug)]
struct Later {
    calls: AtomicUsize,
    url: String,
}

impl ResolveEndpoint for Later {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(match self.calls.fetch_add(1, Ordering::SeqCst) {
            0 => Err("too early".into()),
            _ => Ok(Endpoint::builder().url(self.url.clone()).build()),
        })
    }
}

/// The kind of the error, the number of classifications, and the hooks that ran.
async fn outcome(config: Builder, retries: bool) -> (&'static str, usize, Vec<String>) {
    let (tracer, counter) = (
        Tracer::default(),
        Counter {
            retries,
            ..Counter::default()
        },
    );
    let config = config
        .interceptor(tracer.clone())
        .retry_classifier(counter.clone());
    let sent = Client::from_conf(config.build())
        .describe_workspaces()
        .send()
        .await;
    let kind = match sent {
        Ok(_) => "none",
        Err(SdkError::ConstructionFailure(_)) => "construction",
        Err(SdkError::DispatchFailure(_)) => "dispatch",
        Err(error) => panic!("{error:?}"),
    };
    (kind, counter.calls.load(Ordering::SeqCst), tracer.lines())
}

/// The hooks of an attempt that has no endpoint or no identity.
fn attempt(number: u32) -> [String; 3] {
    [
        format!("read_before_attempt #{number} request"),
        format!("modify_before_attempt_completion #{number} request error"),
        format!("read_after_attempt #{number} request error"),
    ]
}

#[tokio::test]
async fn what_is_missing_fails_the_attempt() {
    let server = Server::always(response(200, &[], "{}")).await;
    let end = |number: u32| {
        [
            format!("modify_before_completion #{number} request error"),
            format!("read_after_execution #{number} request error"),
        ]
    };
    let anonymous = || Config::builder().behavior_version_latest();
    let key = Credentials::new("AKID", "SECRET", None, None, "test");
    let region = Region::from_static("eu-west-1");
    let fips = || config(&server).use_fips(true);
    for (what, config, retries, attempts) in [
        ("region", anonymous().credentials_provider(key), false, 1),
        ("credentials", anonymous().region(region), false, 1),
        (
            "locked key",
            config(&server).credentials_provider(Locked),
            false,
            1,
        ),
        (
            "locked endpoint",
            config(&server).endpoint_resolver(Locked),
            false,
            1,
        ),
        (
            "locked endpoint",
            config(&server).endpoint_resolver(Locked),
            true,
            2,
        ),
        ("rules", fips(), false, 1),
        ("rules", fips(), true, 2),
    ] {
        let (kind, classified, hooks) = outcome(config, retries).await;
        let mut expected: Vec<String> = START.map(str::to_owned).into();
        expected.extend((1..=attempts).flat_map(attempt));
        expected.extend(end(attempts));
        assert_eq!(hooks, expected, "{what}");
        assert_eq!(
            (kind, classified),
            ("dispatch", attempts as usize),
            "{what}"
        );
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn an_invalid_region_fails_the_call_before_its_input_is_serialized() {
    let server = Server::always(response(200, &[], "{}")).await;
    let config = config(&server).region(Region::from_static("no region"));
    let (kind, classified, hooks) = outcome(config, true).await;
    assert_eq!((kind, classified), ("construction", 0));
    assert_eq!(
        hooks,
        [
            "read_before_execution input",
            "modify_before_completion input error",
            "read_after_execution input error",
        ]
    );
}

#[tokio::test]
async fn the_endpoint_is_resolved_for_each_attempt() {
    let server = Server::always(response(200, &[], "{}")).await;
    let later = Later {
        calls: AtomicUsize::new(0),
        url: server.url(),
    };
    let (kind, _, _) = outcome(config(&server).endpoint_resolver(later), true).await;
    assert_eq!(kind, "none");
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        requests[0].header("amz-sdk-request"),
        Some("attempt=2; max=2")
    );
}
