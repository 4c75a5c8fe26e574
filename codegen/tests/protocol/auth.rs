//! The authentication of the operations in the fixture `bearer`.

use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_credential_types::provider::error::TokenError;
use aws_credential_types::provider::future;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use aws_types::origin::Origin;
use aws_types::region::Region as SharedRegion;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

use crate::Client;
use crate::config::{
    AuthSchemeId, Builder, Config, Credentials, ProvideToken, Region, SharedTokenProvider, Token,
};
use crate::error::DisplayErrorContext;

/// Records the header `authorization` of each request and returns an empty response, without a connection.
#[derive(Clone, Debug, Default)]
struct Wire(Arc<Mutex<Vec<Option<String>>>>);

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let sent = request.headers().get("authorization").map(str::to_owned);
        self.0.lock().unwrap().push(sent);
        HttpConnectorFuture::ready(Ok(HttpResponse::new(
            200.try_into().unwrap(),
            SdkBody::from("{}"),
        )))
    }
}

/// A sleep that never ends.
#[derive(Debug)]
struct NoSleep;

impl AsyncSleep for NoSleep {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

fn settings(wire: &Wire) -> Builder {
    let connector = SharedHttpConnector::new(wire.clone());
    complete(Config::builder(), connector).region(Region::new("eu-west-1"))
}

fn complete(builder: Builder, connector: SharedHttpConnector) -> Builder {
    builder
        .endpoint_url("https://example.com")
        .sleep_impl(NoSleep)
        .http_client(http_client_fn(move |_, _| connector.clone()))
}

/// Calls an operation, and returns the beginning of the header `authorization` or the error.
macro_rules! call {
    ($operation:ident, $settings:expr) => {{
        let wire = Wire::default();
        let client = Client::from_conf($settings(settings(&wire)).build());
        match wait(client.$operation().send()) {
            Ok(_) => {
                let sent = wire.0.lock().unwrap().pop().unwrap();
                let sent = sent.unwrap_or_else(|| "none".to_owned());
                sent.split(' ').take(2).collect::<Vec<_>>().join(" ")
            }
            Err(error) => {
                assert!(wire.0.lock().unwrap().is_empty());
                let error = DisplayErrorContext(error).to_string();
                assert!(!error.contains("secret"), "{error}");
                error
            }
        }
    }};
}

fn credentials() -> Credentials {
    Credentials::new("AKID", "secret", None, None, "test")
}

fn neither(builder: Builder) -> Builder {
    builder
}

fn signing(builder: Builder) -> Builder {
    builder.credentials_provider(credentials())
}

fn bearing(builder: Builder) -> Builder {
    builder.bearer_token(Token::new("secret.1", None))
}

fn both(builder: Builder) -> Builder {
    bearing(signing(builder))
}

fn prefers_the_token(builder: Builder) -> Builder {
    both(builder).auth_scheme_preference(["unknown".into(), "httpBearerAuth".into()])
}

fn prefers_signatures(builder: Builder) -> Builder {
    both(builder).auth_scheme_preference(["sigv4".into()])
}

const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=AKID/";
const TOKEN: &str = "Bearer secret.1";

#[track_caller]
fn begins(found: String, expected: &str) {
    assert!(found.contains(expected), "{found:?}, not {expected:?}");
}

#[test]
fn the_first_scheme_with_a_provider_is_used() {
    begins(call!(either, signing), SIGNED);
    begins(call!(either, bearing), TOKEN);
    begins(call!(either, both), SIGNED);
    begins(call!(either, prefers_the_token), TOKEN);
    begins(call!(token_first, both), TOKEN);
    begins(call!(token_first, signing), SIGNED);
    begins(call!(token_first, prefers_signatures), SIGNED);
    begins(call!(token_only, prefers_signatures), TOKEN);
    begins(call!(signature_only, prefers_the_token), SIGNED);
    begins(call!(anonymous, both), "none");
    begins(call!(anonymous, neither), "none");
    begins(call!(optional, bearing), "none");
    begins(call!(optional, signing), SIGNED);
}

#[test]
fn errors_name_the_missing_setting() {
    let neither_is_set = "neither a credentials provider nor a token provider is set; set \
                          `credentials_provider` or `token_provider` on the configuration";
    begins(call!(either, neither), neither_is_set);
    let no_token = "no token provider is set; set `token_provider` on the configuration";
    begins(call!(token_only, signing), no_token);
    let no_credentials =
        "no credentials provider is set; set `credentials_provider` on the configuration";
    begins(call!(signature_only, bearing), no_credentials);
    let sigv4a = "the operation requires SigV4a signatures, which this crate does not support";
    begins(call!(other_signature, both), sigv4a);
}

/// An endpoint decides which name and Region are signed, and may require another signature.
#[test]
fn the_endpoint_has_the_scope_of_signatures() {
    let wire = Wire::default();
    let client = Client::from_conf(signing(settings(&wire)).build());
    wait(client.signature_only().send()).unwrap();
    let sent = wire.0.lock().unwrap().pop().unwrap().unwrap();
    begins(sent, "/us-east-1/other-name/aws4_request");
    let error = wait(client.signature_only().endpoint_id("a").send()).unwrap_err();
    begins(
        DisplayErrorContext(error).to_string(),
        "the endpoint requires SigV4a signatures, which this crate does not support; do not set `EndpointId`",
    );
    assert!(wire.0.lock().unwrap().is_empty());
}

#[test]
fn tokens_are_not_shown_and_not_sent_without_encryption() {
    let plain = |builder: Builder| bearing(builder).endpoint_url("http://example.com");
    begins(
        call!(token_only, plain),
        "a bearer token is sent over HTTPS, or to this machine without a proxy",
    );
    let invalid = |builder: Builder| builder.bearer_token(Token::new("secret\n", None));
    begins(call!(token_only, invalid), "the token contains a character");
    let builder = bearing(settings(&Wire::default()));
    let config = builder.clone().build();
    let client = Client::from_conf(config.clone());
    let customized = client.either().customize().config_override(builder.clone());
    for shown in [
        format!("{builder:?}"),
        format!("{config:?}"),
        format!("{client:?}"),
        format!("{customized:?}"),
        format!("{:?}", client.either()),
    ] {
        assert!(!shown.contains("secret"), "{shown}");
    }
}

/// A clock that the test sets, in seconds after 1970.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<AtomicU64>);

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// A provider whose tokens are numbered and valid for an hour.
#[derive(Clone, Debug, Default)]
struct Tokens {
    clock: Clock,
    loads: Arc<AtomicU64>,
    fails: Arc<Mutex<bool>>,
}

impl ProvideToken for Tokens {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        let number = self.loads.fetch_add(1, Ordering::SeqCst) + 1;
        let expires = self.clock.now() + Duration::from_secs(3600);
        future::ProvideToken::ready(match *self.fails.lock().unwrap() {
            true => Err(TokenError::provider_error("no connection")),
            false => Ok(Token::new(format!("secret.{number}"), Some(expires))),
        })
    }
}

#[test]
fn tokens_are_cached_until_shortly_before_they_expire() {
    let (wire, tokens) = (Wire::default(), Tokens::default());
    let config = settings(&wire)
        .time_source(tokens.clock.clone())
        .token_provider(tokens.clone());
    let client = Client::from_conf(config.build());
    let sent_at = |seconds: u64| {
        tokens.clock.0.store(seconds, Ordering::SeqCst);
        match wait(client.token_only().send()) {
            Ok(_) => wire.0.lock().unwrap().pop().unwrap().unwrap(),
            Err(error) => DisplayErrorContext(error).to_string(),
        }
    };
    assert_eq!(sent_at(0), "Bearer secret.1");
    assert_eq!(sent_at(3539), "Bearer secret.1");
    *tokens.fails.lock().unwrap() = true;
    // It is renewed now, but still valid.
    assert_eq!(sent_at(3541), "Bearer secret.1");
    begins(sent_at(3591), "the token provider failed");
    begins(sent_at(3591), "no connection");
    *tokens.fails.lock().unwrap() = false;
    assert_eq!(sent_at(3591), "Bearer secret.5");
    // Another provider for one call does not use the cached token.
    let other = Config::builder().bearer_token(Token::new("secret.other", None));
    let customized = client.token_only().customize().config_override(other);
    wait(customized.send()).unwrap();
    let sent = wire.0.lock().unwrap().pop().unwrap();
    assert_eq!(sent.as_deref(), Some("Bearer secret.other"));
    assert_eq!(sent_at(3592), "Bearer secret.5");
}

/// The environment variables of a configuration.
#[derive(Debug)]
struct Environment(&'static str, &'static str);

impl LoadServiceConfig for Environment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let service = key.service_id().to_uppercase().replace(['-', ' '], "_");
        let name = format!("{}_{service}", key.env());
        (name == self.0).then(|| self.1.to_owned())
    }
}

#[test]
fn tokens_come_from_the_shared_configuration_and_the_environment() {
    let shared = |variable, value| {
        SdkConfig::builder()
            .region(SharedRegion::new("eu-west-1"))
            .service_config(Environment(variable, value))
    };
    let provider = || SharedTokenProvider::new(Token::new("secret.2", None));
    let variable = "AWS_BEARER_TOKEN_FIXTURE_NAME";
    let call = |config: &SdkConfig| {
        call!(either, |builder: Builder| {
            let connector = builder.build().http_client().unwrap();
            let builder = Builder::from(config).http_client(connector);
            signing(builder)
                .endpoint_url("https://example.com")
                .sleep_impl(NoSleep)
        })
    };
    begins(call(&shared("", "").build()), SIGNED);
    begins(call(&shared(variable, "").build()), SIGNED);
    begins(
        call(&shared("AWS_BEARER_TOKEN_OTHER", "secret").build()),
        SIGNED,
    );
    // A token of the environment is preferred to credentials.
    begins(call(&shared(variable, "secret.1").build()), TOKEN);
    let provided = |variable, value| shared(variable, value).token_provider(provider());
    begins(call(&provided("", "").build()), SIGNED);
    let preference = [AuthSchemeId::from("httpBearerAuth")];
    let config = provided("", "").auth_scheme_preference(preference);
    begins(call(&config.build()), "Bearer secret.2");
    // The environment replaces what comes from a profile, and not what the program sets.
    for (by_program, expected) in [
        (&[][..], TOKEN),
        (&["token_provider"], "Bearer secret.2"),
        (&["auth_scheme_preference"], SIGNED),
    ] {
        let mut config = provided(variable, "secret.1");
        for setting in by_program {
            config.insert_origin(setting, Origin::shared_config());
        }
        begins(call(&config.build()), expected);
    }
}
