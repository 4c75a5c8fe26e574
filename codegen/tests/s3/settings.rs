//! The settings that replace parts of the client.

use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use aws_smithy_async::time::StaticTimeSource;
use s3::Client;
use s3::config::Intercept;
use s3::config::endpoint::{DefaultResolver, Endpoint, EndpointFuture, Params, ResolveEndpoint};
use s3::presigning::PresigningConfig;

use crate::mock::{NO_BUCKETS, Response, Wire};

/// Follows the rules, and keeps the parameters.
#[derive(Clone, Debug, Default)]
struct Observed {
    default: Arc<DefaultResolver>,
    seen: Arc<Mutex<Vec<Params>>>,
}

impl ResolveEndpoint for Observed {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        self.seen.lock().unwrap().push(params.clone());
        self.default.resolve_endpoint(params)
    }
}

/// The scope of the signature and its encoding of the path come from `authSchemes`.
#[tokio::test]
async fn a_resolver_that_follows_the_rules_changes_nothing() {
    let object = || Response(200, &[], &[]);
    let wire = Wire::new([object(), NO_BUCKETS, object(), NO_BUCKETS]);
    let time = || StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    let config = || {
        wire.config()
            .force_path_style(true)
            .time_source(time())
    };
    let resolver = Observed::default();
    let custom = config().endpoint_resolver(resolver.clone());
    let mut all: Vec<Vec<String>> = Vec::new();
    for config in [config(), custom] {
        let client = Client::from_conf(config.build());
        let get = client.get_object().bucket("bucket").key("a b/ü");
        get.clone().send().await.unwrap();
        client.list_buckets().send().await.unwrap();
        let presigning = PresigningConfig::builder()
            .start_time(UNIX_EPOCH + Duration::from_secs(1_700_000_000))
            .expires_in(Duration::from_secs(60))
            .build();
        let presigned = get.presigned(presigning.unwrap()).await.unwrap();
        let sent = wire.sent().into_iter();
        // The invocation ID is random and signed.
        let mut made: Vec<String> = sent
            .map(|sent| {
                let authorization = sent.header("authorization").unwrap();
                let (scope, _) = authorization.split_once(", Signature").unwrap();
                format!("{} {scope}", sent.uri)
            })
            .collect();
        made.push(presigned.uri().to_owned());
        all.push(made);
    }
    assert_eq!(all[0].len(), 3);
    assert_eq!(all[0], all[1]);
    let seen = resolver.seen.lock().unwrap();
    let expected = |bucket: Option<&str>| {
        Params::builder()
            .region("eu-west-1")
            .force_path_style(true)
            .set_bucket(bucket.map(str::to_owned))
            .build()
            .unwrap()
    };
    let bucket = || expected(Some("bucket"));
    assert_eq!(*seen, [bucket(), expected(None), bucket()]);
    assert_eq!(seen[0].accelerate(), Some(false));
    assert_eq!(seen[0].bucket(), Some("bucket"));
}

/// Returns an endpoint with a header.
#[derive(Debug)]
struct WithHeader;

impl ResolveEndpoint for WithHeader {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        let endpoint = Endpoint::builder().url("https://objects.example.net");
        EndpointFuture::ready(Ok(endpoint.header("x-tenant", "a").build()))
    }
}

/// An interceptor without hooks.
#[derive(Debug)]
struct Idle;

impl Intercept for Idle {
    fn name(&self) -> &'static str {
        "Idle"
    }
}

#[tokio::test]
async fn presigned_requests_have_the_headers_of_the_endpoint() {
    let config = || Wire::default().config().endpoint_resolver(WithHeader);
    for config in [config(), config().interceptor(Idle)] {
        let client = Client::from_conf(config.build());
        let valid = PresigningConfig::expires_in(Duration::from_secs(60)).unwrap();
        let get = client.get_object().bucket("bucket").key("a");
        let presigned = get.presigned(valid).await.unwrap();
        let headers: Vec<_> = presigned.headers().collect();
        assert_eq!(headers, [("x-tenant", "a")]);
        let signed = "X-Amz-SignedHeaders=host%3Bx-tenant&";
        assert!(presigned.uri().contains(signed), "{}", presigned.uri());
    }
}
