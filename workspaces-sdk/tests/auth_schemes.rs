//! Authentication schemes that the program chooses or adds, over a socket.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, AuthSchemeOption, AuthSchemeOptionsFuture,
    Sign,
};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, IdentityFuture, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, Metadata};
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_types::region::SigningRegion;
use workspaces_sdk::config::auth::{DefaultAuthSchemeResolver, Params, ResolveAuthScheme};
use workspaces_sdk::config::{Builder, Credentials, Region};
use workspaces_sdk::error::{DisplayErrorContext, SdkError};
use workspaces_sdk::{Client, Config};

use crate::server::{Request, Server, response};

async fn server() -> Server {
    Server::always(response(200, &[], "{}")).await
}

/// A configuration without credentials.
fn anonymous(server: &Server) -> Builder {
    Config::builder()
        .region(Region::new("eu-west-1"))
        .endpoint_url(server.url())
}

fn signed_for(request: &Request) -> Option<String> {
    let authorization = request.header("authorization")?;
    let mut scope = authorization.split('/').skip(2);
    scope.next().map(str::to_owned)
}

async fn call(config: Builder) -> Result<(), String> {
    let client = Client::from_conf(config.build());
    let result = client.describe_workspaces().send().await;
    result.map(|_| ()).map_err(|error| {
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        DisplayErrorContext(&error).to_string()
    })
}

#[tokio::test]
async fn without_credentials_requests_are_unsigned_if_that_is_allowed() {
    let server = server().await;
    let error = call(anonymous(&server)).await.unwrap_err();
    assert!(error.contains("set `credentials_provider`"), "{error}");
    call(anonymous(&server).allow_no_auth()).await.unwrap();
    call(server.config().allow_no_auth()).await.unwrap();
    let requests = server.requests();
    let signed: Vec<bool> = requests.iter().map(|it| signed_for(it).is_some()).collect();
    assert_eq!(signed, [false, true]);
    assert_eq!(requests[0].header("x-amz-date"), None);
}

/// A key that expires, and the number of times that it was loaded.
#[derive(Clone, Debug, Default)]
struct Keys(Arc<AtomicUsize>);

impl ResolveIdentity for Keys {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        let key = format!("key-{}", self.0.fetch_add(1, Ordering::SeqCst));
        let expiry = SystemTime::now() + Duration::from_secs(3600);
        IdentityFuture::ready(Ok(Identity::new(key, Some(expiry))))
    }
}

/// Keys that depend on the request, so that they are not cached.
#[derive(Clone, Debug, Default)]
struct KeysOfRequests(Keys);

impl ResolveIdentity for KeysOfRequests {
    fn resolve_identity<'a>(
        &'a self,
        components: &'a RuntimeComponents,
        bag: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        self.0.resolve_identity(components, bag)
    }

    fn cache_location(&self) -> IdentityCacheLocation {
        IdentityCacheLocation::IdentityResolver
    }
}

#[tokio::test]
async fn an_identity_that_its_resolver_caches_is_cached_nowhere_else() {
    let server = server().await;
    let keys = KeysOfRequests::default();
    let scheme = KeyScheme {
        id: "key",
        keys: Some(SharedIdentityResolver::new(keys)),
    };
    let config = server.config().push_auth_scheme(scheme);
    let config = config.auth_scheme_resolver(by_operation(&["key"]));
    let client = Client::from_conf(config.build());
    for number in 0..3 {
        client.describe_workspaces().send().await.unwrap();
        let key = server
            .request_at(number)
            .header("x-key")
            .unwrap()
            .to_owned();
        assert!(key.starts_with(&format!("key-{number} ")), "{key}");
    }
}

/// A scheme that sends a key in a header. Without a resolver, it takes the identity of the scheme with the same ID.
#[derive(Clone, Debug)]
struct KeyScheme {
    id: &'static str,
    keys: Option<SharedIdentityResolver>,
}

impl AuthScheme for KeyScheme {
    fn scheme_id(&self) -> AuthSchemeId {
        AuthSchemeId::new(self.id)
    }

    fn identity_resolver(&self, all: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        let keys = self.keys.clone();
        keys.or_else(|| all.identity_resolver(self.scheme_id()))
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for KeyScheme {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        endpoint: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        let key = match (identity.data::<String>(), identity.data::<Credentials>()) {
            (Some(key), _) => key,
            (_, Some(credentials)) => credentials.access_key_id(),
            _ => return Err("the identity is neither a key nor credentials".into()),
        };
        let region = config.load::<SigningRegion>().ok_or("no region")?;
        let operation = config.load::<Metadata>().ok_or("no metadata")?.name();
        let added = endpoint.get("signingName").and_then(|it| it.as_string());
        let value = format!("{key} {} {operation} {added:?}", region.as_ref());
        request.headers_mut().try_insert("x-key", value)?;
        Ok(())
    }
}

fn key_scheme() -> (KeyScheme, Keys) {
    let keys = Keys::default();
    let resolver = SharedIdentityResolver::new(keys.clone());
    let scheme = KeyScheme {
        id: "key",
        keys: Some(resolver),
    };
    (scheme, keys)
}

/// Returns a list of schemes for one operation, and otherwise those of the model.
#[derive(Debug, Default)]
struct ByOperation {
    ids: Vec<&'static str>,
    default: DefaultAuthSchemeResolver,
}

impl ResolveAuthScheme for ByOperation {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        config: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        if params.operation_name() != "DescribeWorkspaces" {
            return self.default.resolve_auth_scheme(params, config, components);
        }
        let option = |id: &&'static str| {
            let mut layer = Layer::new("properties");
            layer.store_put(SigningRegion::from_static("moon-1"));
            AuthSchemeOption::builder()
                .scheme_id(AuthSchemeId::new(id))
                .properties(layer.freeze())
                .build()
                .unwrap()
        };
        let options: Vec<_> = self.ids.iter().map(option).collect();
        AuthSchemeOptionsFuture::new(async move {
            tokio::task::yield_now().await;
            match options.is_empty() {
                true => Err("no scheme is known".into()),
                false => Ok(options),
            }
        })
    }
}

fn by_operation(ids: &[&'static str]) -> ByOperation {
    ByOperation {
        ids: ids.to_vec(),
        ..ByOperation::default()
    }
}

#[tokio::test]
async fn a_resolver_chooses_the_scheme_of_each_operation() {
    let server = server().await;
    let (scheme, keys) = key_scheme();
    let config = server.config().region(Region::new("eu-west-1"));
    let config = config
        .push_auth_scheme(scheme)
        .auth_scheme_resolver(by_operation(&["missing", "key", "sigv4"]));
    let client = Client::from_conf(config.build());
    for _ in 0..2 {
        client.describe_workspaces().send().await.unwrap();
    }
    client.describe_tags().send().await.unwrap();
    // Settings of one call.
    let call = client.describe_workspaces().customize();
    let preferred = Config::builder().auth_scheme_preference([AuthSchemeId::new("sigv4")]);
    call.config_override(preferred).send().await.unwrap();

    let found: Vec<_> = server
        .requests()
        .iter()
        .map(|it| (it.header("x-key").map(str::to_owned), signed_for(it)))
        .collect();
    let key = Some("key-0 moon-1 DescribeWorkspaces None".to_owned());
    let region = |name: &str| Some(name.to_owned());
    assert_eq!(
        found,
        [
            (key.clone(), None),
            (key, None),
            (None, region("eu-west-1")),
            (None, region("moon-1")),
        ]
    );
    // The identity is cached.
    assert_eq!(keys.0.load(Ordering::SeqCst), 1);
    assert_eq!(client.config().auth_schemes().count(), 1);
    assert!(client.config().auth_scheme_resolver().is_some());
}

#[tokio::test]
async fn a_scheme_replaces_the_one_with_its_id_and_gets_its_identity() {
    let server = server().await;
    let scheme = KeyScheme {
        id: "sigv4",
        keys: None,
    };
    let config = || server.config().region(Region::new("eu-west-1"));
    call(config().push_auth_scheme(scheme.clone()))
        .await
        .unwrap();
    assert_eq!(
        server.request().header("x-key"),
        Some("AKID eu-west-1 DescribeWorkspaces None")
    );
    assert_eq!(signed_for(&server.request()), None);
    // Without credentials, it has no identity.
    let error = call(anonymous(&server).push_auth_scheme(scheme)).await;
    let error = error.unwrap_err();
    assert!(error.contains("`sigv4` has an identity"), "{error}");
}

#[tokio::test]
async fn errors_of_resolvers_and_schemes_say_why() {
    let server = server().await;
    let (scheme, _) = key_scheme();
    let expired = KeyScheme {
        keys: Some(SharedIdentityResolver::new(Failing)),
        ..scheme.clone()
    };
    let with = |scheme: &KeyScheme| server.config().push_auth_scheme(scheme.clone());
    for (config, expected) in [
        (
            with(&scheme).auth_scheme_resolver(by_operation(&[])),
            "no scheme is known",
        ),
        (
            with(&scheme).auth_scheme_resolver(by_operation(&["a", "b"])),
            "none of the authentication schemes `a`, `b` has an identity",
        ),
        (
            with(&expired).auth_scheme_resolver(by_operation(&["key", "sigv4"])),
            "the vault is locked",
        ),
    ] {
        let error = call(config).await.unwrap_err();
        assert!(error.contains(expected), "{expected}: {error}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[derive(Debug)]
struct Failing;

impl ResolveIdentity for Failing {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Err("the vault is locked".into()))
    }
}

#[test]
fn parameters_have_the_name_of_the_operation() {
    let params = Params::builder().operation_name("A").build().unwrap();
    assert_eq!(params.operation_name(), "A");
    let error = Params::builder().build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "a required field was missing: `operation_name`"
    );
}
