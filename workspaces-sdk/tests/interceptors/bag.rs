//! What hooks put into the bag: the other parts of a call that a program replaces see it, and the parameters of the endpoint
//! rules count.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, AuthSchemeOption, AuthSchemeOptionsFuture,
    Sign,
};
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_types::config_bag::{ConfigBag, Layer, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use workspaces_sdk::Client;
use workspaces_sdk::config::auth::{Params as AuthParams, ResolveAuthScheme};
use workspaces_sdk::config::endpoint::{EndpointFuture, Params, ResolveEndpoint};

use super::config;
use crate::server::{Server, response};

/// An entry of the bag.
#[derive(Clone, Debug)]
struct Note(String);

impl Storable for Note {
    type Storer = StoreReplace<Self>;
}

fn note_in(cfg: &ConfigBag) -> String {
    cfg.load::<Note>().map_or("none", |note| &note.0).to_owned()
}

/// Appends to the note in two hooks.
#[derive(Debug)]
struct Writer;

impl Writer {
    fn append(cfg: &mut ConfigBag, text: &str) {
        let note = note_in(cfg) + text;
        cfg.interceptor_state().store_put(Note(note));
    }
}

impl Intercept for Writer {
    fn name(&self) -> &'static str {
        "Writer"
    }

    fn modify_before_retry_loop(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Self::append(cfg, ", loop");
        Ok(())
    }

    fn read_before_signing(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Self::append(cfg, ", signing");
        Ok(())
    }
}

/// Chooses its scheme, which sends in headers what they have seen in the bag.
#[derive(Clone, Debug, Default)]
struct Reader(Arc<Mutex<String>>);

/// An entry that the resolver adds to the scheme.
#[derive(Clone, Debug)]
struct Property;

impl Storable for Property {
    type Storer = StoreReplace<Self>;
}

impl ResolveAuthScheme for Reader {
    fn resolve_auth_scheme<'a>(
        &'a self,
        _: &'a AuthParams,
        cfg: &'a ConfigBag,
        _: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        *self.0.lock().unwrap() = note_in(cfg);
        let mut layer = Layer::new("properties");
        layer.store_put(Property);
        let option = AuthSchemeOption::builder()
            .scheme_id(AuthSchemeId::new("reader"))
            .properties(layer.freeze());
        AuthSchemeOptionsFuture::ready(option.build().map(|it| vec![it]).map_err(Into::into))
    }
}

impl AuthScheme for Reader {
    fn scheme_id(&self) -> AuthSchemeId {
        AuthSchemeId::new("reader")
    }

    fn identity_resolver(&self, all: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        all.identity_resolver(AuthSchemeId::new("sigv4"))
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Reader {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        _: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        cfg: &ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = request.headers_mut();
        headers.insert("x-chosen", self.0.lock().unwrap().clone());
        headers.insert("x-signed", note_in(cfg));
        let found = cfg.load::<Property>().is_some();
        headers.insert("x-property", found.to_string());
        Ok(())
    }
}

#[tokio::test]
async fn resolvers_of_schemes_and_signers_see_the_entries_of_interceptors() {
    let server = Server::always(response(200, &[], "{}")).await;
    let reader = Reader::default();
    let config = config(&server)
        .interceptor(Writer)
        .auth_scheme_resolver(reader.clone())
        .push_auth_scheme(reader);
    let client = Client::from_conf(config.build());
    client.describe_workspaces().send().await.unwrap();
    let request = server.request();
    assert_eq!(request.header("x-chosen"), Some("none, loop"));
    assert_eq!(request.header("x-signed"), Some("none, loop, signing"));
    assert_eq!(request.header("x-property"), Some("true"));
}

/// Changes the parameters of the endpoint rules in one hook, and reads the endpoint in another.
#[derive(Clone, Debug)]
struct Redirect {
    hook: &'static str,
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Redirect {
    fn run(&self, hook: &str, cfg: &mut ConfigBag) {
        if hook != self.hook {
            return;
        }
        let params = cfg
            .get_mut_from_interceptor_state::<EndpointResolverParams>()
            .unwrap();
        let params = params.get_mut::<Params>().unwrap();
        assert!(params.region().unwrap().starts_with("test-"));
        *params = Params::builder()
            .region("eu-west-1")
            .use_fips(false)
            .use_dual_stack(false)
            .endpoint(&self.url)
            .build()
            .unwrap();
    }
}

impl Intercept for Redirect {
    fn name(&self) -> &'static str {
        "Redirect"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.run("modify_before_serialization", cfg);
        Ok(())
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.run("read_before_attempt", cfg);
        Ok(())
    }

    fn modify_before_signing(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let endpoint = cfg.load::<Endpoint>().unwrap();
        self.seen.lock().unwrap().push(endpoint.url().to_owned());
        Ok(())
    }
}

/// Returns the endpoint of the parameters.
#[derive(Debug)]
struct Follow;

impl ResolveEndpoint for Follow {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        let endpoint = params.endpoint().unwrap_or_default().to_owned();
        EndpointFuture::ready(Ok(Endpoint::builder().url(endpoint).build()))
    }
}

#[tokio::test]
async fn a_hook_can_change_the_parameters_of_the_endpoint() {
    let first = Server::always(response(200, &[], "{}")).await;
    for hook in ["modify_before_serialization", "read_before_attempt"] {
        for has_resolver in [false, true] {
            let second = Server::always(response(200, &[], "{}")).await;
            let redirect = Redirect {
                hook,
                url: second.url(),
                seen: Arc::default(),
            };
            let mut config = config(&first).interceptor(redirect.clone());
            if has_resolver {
                config = config.endpoint_resolver(Follow);
            }
            let client = Client::from_conf(config.build());
            client.describe_workspaces().send().await.unwrap();
            assert_eq!(second.requests().len(), 1, "{hook}");
            assert_eq!(*redirect.seen.lock().unwrap(), [second.url()]);
        }
    }
    assert_eq!(first.requests().len(), 0);
}
