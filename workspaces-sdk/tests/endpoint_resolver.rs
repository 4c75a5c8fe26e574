//! Endpoint resolvers that the program sets, over a socket.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_smithy_types::Document;
use aws_smithy_types::endpoint::EndpointAuthScheme;
use workspaces_sdk::config::Region;
use workspaces_sdk::config::endpoint::{
    DefaultResolver, Endpoint, EndpointFuture, Params, ResolveEndpoint,
};
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::{Client, Config};

use crate::server::{Server, response};

/// Returns the same endpoint for each call, and keeps the parameters.
#[derive(Clone, Debug)]
struct Fixed {
    endpoint: Result<Endpoint, &'static str>,
    seen: Arc<Mutex<Vec<Params>>>,
}

impl Fixed {
    fn new(endpoint: Endpoint) -> Self {
        Self {
            endpoint: Ok(endpoint),
            seen: Arc::default(),
        }
    }
}

impl ResolveEndpoint for Fixed {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::new(async {
            tokio::task::yield_now().await;
            self.seen.lock().unwrap().push(params.clone());
            self.endpoint.clone().map_err(Into::into)
        })
    }
}

/// A server that returns no WorkSpaces.
async fn server() -> Server {
    Server::always(response(200, &[], "{}")).await
}

/// The Region and the service in the scope of a signature.
fn scope(authorization: &str) -> (&str, &str) {
    let mut parts = authorization.split('/').skip(2);
    (parts.next().unwrap(), parts.next().unwrap())
}

#[tokio::test]
async fn each_call_uses_the_url_the_headers_and_the_scope_of_the_resolver() {
    let server = server().await;
    let scheme = EndpointAuthScheme::with_capacity("sigv4", 2)
        .put("signingName", "other")
        .put("signingRegion", "moon-1");
    let property = |name: &str| {
        let scheme = [("name", name), ("signingRegion", "mars-1")];
        let scheme = scheme.map(|(key, value)| (key.to_owned(), Document::from(value)));
        Document::Array(vec![Document::Object(HashMap::from(scheme))])
    };
    let region = server.config().build().region().unwrap().to_string();
    let url = format!("{}/base", server.url());
    let plain = || Endpoint::builder().url(url.clone());
    for (endpoint, expected) in [
        (plain().build(), (region.as_str(), "workspaces")),
        (plain().auth_scheme(scheme).build(), ("moon-1", "other")),
        (
            plain().property("authSchemes", property("sigv4")).build(),
            ("mars-1", "workspaces"),
        ),
    ] {
        let endpoint = endpoint.into_builder();
        let endpoint = endpoint
            .header("X-Cell", "seven")
            .header("x-list", "a")
            .header("x-list", "b");
        let resolver = Fixed::new(endpoint.build());
        let config = server.config().endpoint_url("http://192.0.2.1:1");
        let client = Client::from_conf(config.endpoint_resolver(resolver.clone()).build());
        let before = server.requests().len();
        for _ in 0..2 {
            client.describe_workspaces().send().await.unwrap();
        }
        let requests = server.requests().split_off(before);
        assert_eq!(requests.len(), 2);
        for request in requests {
            assert_eq!(request.line, "POST /base/ HTTP/1.1");
            assert_eq!(request.header("x-cell"), Some("seven"));
            let list = request.headers.iter().filter(|(name, _)| name == "x-list");
            let list: Vec<_> = list.map(|(_, value)| value.as_str()).collect();
            assert_eq!(list, ["a", "b"]);
            let authorization = request.header("authorization").unwrap();
            assert_eq!(scope(authorization), expected);
            assert!(authorization.contains(";x-cell;x-list"), "{authorization}");
        }
        let seen = resolver.seen.lock().unwrap();
        assert_eq!(seen.len(), 2);
        let expected = Params::builder()
            .region(region.as_str())
            .endpoint("http://192.0.2.1:1")
            .build();
        assert_eq!(seen[0], expected.unwrap());
    }
}

#[tokio::test]
async fn a_resolver_of_one_call_replaces_that_of_the_client() {
    let server = server().await;
    let resolver = Fixed::new(Endpoint::builder().url(server.url()).build());
    let other = Fixed {
        endpoint: Err("no cell is left"),
        ..resolver.clone()
    };
    let config = server.config().endpoint_resolver(resolver);
    let client = Client::from_conf(config.build());
    let call = client.describe_workspaces().customize();
    let call = call.config_override(Config::builder().endpoint_resolver(other));
    let error = call.send().await.unwrap_err();
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.contains("no cell is left"), "{text}");
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    client.describe_workspaces().send().await.unwrap();
    assert_eq!(server.requests().len(), 1);
}

impl Fixed {
    async fn error(self, config: workspaces_sdk::config::Builder) -> String {
        let config = config.retry_config(RetryConfig::standard());
        let client = Client::from_conf(config.endpoint_resolver(self).build());
        let error = client.describe_workspaces().send().await.unwrap_err();
        DisplayErrorContext(&error).to_string()
    }
}

#[tokio::test]
async fn an_endpoint_that_cannot_be_used_is_an_error_that_says_why() {
    let server = server().await;
    let url = server.url();
    let plain = || Endpoint::builder().url(url.clone());
    let with_scheme = |name: &'static str| {
        let scheme = EndpointAuthScheme::with_capacity(name, 0);
        plain().auth_scheme(scheme).build()
    };
    let no_list = plain().property("authSchemes", "sigv4").build();
    let no_url = Endpoint::builder().url("ftp://user:word@host").build();
    for (endpoint, expected) in [
        (
            with_scheme("sigv4a"),
            "the scheme `sigv4` of the call is not among them",
        ),
        (no_list, "`authSchemes` of the endpoint is not a list"),
        (no_url, "its scheme is neither `http` nor `https`"),
        (
            plain().header("a b", "c").build(),
            "invalid HTTP header name",
        ),
    ] {
        let text = Fixed::new(endpoint).error(server.config()).await;
        assert!(text.contains(expected), "{expected}: {text}");
        assert!(!text.contains("word"), "{text}");
    }
    // The Region is needed to sign, unless the endpoint has one.
    let no_region = server.config().region(None);
    let text = Fixed::new(plain().build()).error(no_region).await;
    assert!(text.contains("set `region`"), "{text}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn the_default_resolver_follows_the_rules() {
    let default = DefaultResolver::new();
    let params = || Params::builder().region("eu-west-1");
    let resolved = |params: workspaces_sdk::config::endpoint::ParamsBuilder| {
        let params = params.build().unwrap();
        let endpoint = futures_result(default.resolve_endpoint(&params));
        endpoint.map(|endpoint| endpoint.url().to_owned())
    };
    assert_eq!(
        resolved(params()).unwrap(),
        "https://workspaces.eu-west-1.amazonaws.com"
    );
    assert_eq!(
        resolved(params().use_fips(true).region("us-gov-west-1")).unwrap(),
        "https://workspaces-fips.us-gov-west-1.amazonaws.com"
    );
    let both = params().use_fips(true).endpoint("https://a.example");
    let error = resolved(both).unwrap_err();
    assert!(error.contains("FIPS and custom endpoint"), "{error}");
    assert!(
        resolved(params().endpoint(""))
            .unwrap_err()
            .contains("empty")
    );

    let invalid = params().region("not a label").build().unwrap_err();
    assert_eq!(
        invalid.to_string(),
        "invalid value for field: `region` - must be a valid host label"
    );
    let built = params().build().unwrap();
    assert_eq!(
        (built.use_fips(), built.use_dual_stack()),
        (Some(false), Some(false))
    );
    assert_eq!(
        (built.region(), built.endpoint()),
        (Some("eu-west-1"), None)
    );
    assert_eq!(
        format!("{built:?}"),
        r#"Params { region: Some("eu-west-1"), use_dual_stack: Some(false), use_fips: Some(false), endpoint: None }"#
    );
    assert_ne!(built, params().use_fips(true).build().unwrap());
    // A configuration without a resolver has the default one.
    let config = Config::builder().region(Region::new("eu-west-1")).build();
    let text = format!("{:?}", config.endpoint_resolver());
    assert!(text.contains("DefaultResolver"), "{text}");
}

/// The result of a future that is ready.
fn futures_result(future: EndpointFuture<'_>) -> Result<Endpoint, String> {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(result) => result.map_err(|error| error.to_string()),
        std::task::Poll::Pending => Err("pending".to_owned()),
    }
}
