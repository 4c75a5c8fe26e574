use std::error::Error;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::error::display::DisplayErrorContext;

use super::*;
use crate::metadata_tests::cases::Clock;
use crate::metadata_tests::cases::Reply::{Bytes, Silence, Status, Token as Session};
use crate::metadata_tests::cases::server::Server;
use crate::metadata_tests::with_environment;

pub(super) const TOKEN: &str = "PUT /latest/api/token";
pub(super) const PUT: &str = "PUT /latest/api/token 21600";
pub(super) const GET_1: &str = "GET /x T0KEN-1";
const GET_2: &str = "GET /x T0KEN-2";

pub(super) fn builder(server: &Server) -> Builder {
    let config = with_environment(server, &[], &[]);
    let url = server.fill_in("http://{server}");
    Client::builder().configure(&config).endpoint(url).unwrap()
}

pub(super) async fn get(client: &Client) -> String {
    client.get("/x").await.unwrap().into()
}

#[tokio::test]
async fn a_token_is_used_until_two_minutes_before_its_end() {
    let server = Server::start(&[
        (
            TOKEN,
            &[Session("T0KEN-1", "600"), Session("T0KEN-2", "600")],
        ),
        ("GET /x", &[Status(200, "value")]),
    ])
    .await;
    let clock = Clock::default();
    let config = with_environment(&server, &[], &[]).with_time_source(clock.clone());
    let client = builder(&server)
        .configure(&config)
        .token_ttl(Duration::from_secs(600))
        .build();
    let put = "PUT /latest/api/token 600";
    for (seconds, requests) in [
        (0, &[put, GET_1] as &[_]),
        (0, &[GET_1]),
        (479, &[GET_1]),
        (1, &[put, GET_2]),
        (479, &[GET_2]),
        (100_000, &[put, GET_2]),
    ] {
        clock.advance(seconds);
        // Clones share the token.
        assert_eq!(get(&client.clone()).await, "value");
        assert_eq!(server.take_requests(), requests, "{seconds}");
    }
}

#[tokio::test]
async fn calls_at_the_same_time_load_one_token() {
    let server = Server::start(&[
        (
            TOKEN,
            &[Session("T0KEN-1", "21600"), Session("T0KEN-2", "21600")],
        ),
        ("GET /x", &[Status(200, "value")]),
    ])
    .await;
    let config = with_environment(&server, &[], &[]).with_sleep_impl(TokioSleep::new());
    let client = builder(&server).configure(&config).build();
    let values = tokio::join!(get(&client), get(&client), get(&client));
    assert_eq!(values, ("value".into(), "value".into(), "value".into()));
    assert_eq!(server.take_requests(), [PUT, GET_1, GET_1, GET_1]);
}

/// A program can poll a call once and keep it, as in a loop with `select!`.
#[tokio::test]
async fn a_call_that_is_not_polled_does_not_block_others() {
    let server = Server::start(&[
        (TOKEN, &[Session("T0KEN-1", "21600")]),
        ("GET /x", &[Status(401, ""), Status(200, "value")]),
    ])
    .await;
    let client = builder(&server).build();
    let mut kept = pin!(get(&client));
    let polled = poll_fn(|context| Poll::Ready(kept.as_mut().poll(context)));
    assert!(polled.await.is_pending());
    let value = tokio::time::timeout(Duration::from_secs(60), get(&client));
    assert_eq!(value.await.unwrap(), "value");
}

#[tokio::test]
async fn a_token_that_is_not_accepted_is_replaced() {
    let server = Server::start(&[
        (
            TOKEN,
            &[Session("T0KEN-1", "21600"), Session("T0KEN-2", "21600")],
        ),
        (
            "GET /x",
            &[Status(200, "a"), Status(401, ""), Status(200, "b")],
        ),
    ])
    .await;
    let client = builder(&server).build();
    assert_eq!(get(&client).await, "a");
    assert_eq!(get(&client).await, "b");
    assert_eq!(server.take_requests(), [PUT, GET_1, GET_1, PUT, GET_2]);

    let server = Server::start(&[
        (TOKEN, &[Session("T0KEN-1", "21600")]),
        ("GET /x", &[Status(401, "")]),
    ])
    .await;
    let error = builder(&server).build().get("/x").await.unwrap_err();
    assert!(matches!(error, ImdsError::ErrorResponse(_)), "{error:?}");
    let again = [PUT, GET_1].repeat(4);
    assert_eq!(server.take_requests(), again);
}

#[tokio::test]
async fn a_token_that_another_call_has_loaded_is_kept() {
    let cache = TokenCache::new(SharedTimeSource::new(Clock::default()));
    let token = |value: &'static str| {
        let response = http::Response::builder()
            .header(token::TTL_HEADER, "600")
            .body(SdkBody::from(value));
        let response = HttpResponse::try_from(response.unwrap()).unwrap();
        Token::from_response(&response, cache.now()).unwrap()
    };
    let (old, new) = (token("old"), token("new"));
    let load = async { Ok::<_, TokenError>(new.clone()) };
    assert!(cache.get(Some(cache.lock().await), load).await.unwrap() == new);
    cache.remove(&old);
    let none = async { Err(TokenErrorKind::NoTtl) };
    assert!(cache.get(Some(cache.lock().await), none).await.unwrap() == new);
    cache.remove(&new);
    let none = async { Err(TokenErrorKind::NoTtl) };
    assert!(cache.get(Some(cache.lock().await), none).await.is_err());
}

#[tokio::test]
async fn a_time_to_live_beyond_the_end_of_time() {
    let server = Server::start(&[(TOKEN, &[Session("T0KEN-1", "18446744073709551615")])]).await;
    let error = builder(&server).build().get("/x").await.unwrap_err();
    let text = DisplayErrorContext(&error).to_string();
    assert!(
        text.contains("the time to live of the token is not valid"),
        "{text}"
    );
}

#[tokio::test]
async fn paths_are_joined_to_the_endpoint() {
    let server = Server::start(&[
        (TOKEN, &[Session("T0KEN-1", "21600")]),
        ("GET /x", &[Status(200, "value")]),
        ("GET /a?b=c", &[Status(200, "query")]),
    ])
    .await;
    let client = builder(&server).build();
    for (path, value) in [("/x", "value"), ("x", "value"), ("/a?b=c", "query")] {
        assert_eq!(client.get(path).await.unwrap().as_ref(), value, "{path}");
    }
    for path in ["/not a path", "/a\n"] {
        let error = client.get(path).await.unwrap_err();
        assert!(
            matches!(error, ImdsError::Unexpected(_)),
            "{path:?}: {error:?}"
        );
    }
}

#[tokio::test]
async fn endpoints_that_are_not_valid() {
    assert!(Client::builder().endpoint("not a URL").is_err());
    for endpoint in ["localhost", "/path", "ftp://localhost"] {
        let client = Client::builder().endpoint(endpoint).unwrap().build();
        let error = client.get("/x").await.unwrap_err();
        let text = DisplayErrorContext(&error).to_string();
        assert!(
            text.contains("the value of `endpoint` is not valid"),
            "{text}"
        );
    }
    // The mode is ignored.
    let server = Server::start(&[(TOKEN, &[Status(403, "")])]).await;
    let client = builder(&server).endpoint_mode(EndpointMode::IpV6).build();
    client.get("/x").await.unwrap_err();
    assert_eq!(server.take_requests(), [PUT]);
}

#[test]
fn modes() {
    assert!(matches!("IPv4".parse(), Ok(EndpointMode::IpV4)));
    assert!(matches!("ipV6".parse(), Ok(EndpointMode::IpV6)));
    let error = "IPv6 ".parse::<EndpointMode>().unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"expected `IPv4` or `IPv6`, found "IPv6 ""#
    );
}

#[tokio::test]
async fn timeouts() {
    let silent_token = &[(TOKEN, &[Silence] as &[_])];
    let silent = &[
        (TOKEN, &[Session("T0KEN-1", "21600")] as &[_]),
        ("GET /x", &[Silence]),
    ];
    let short = Duration::from_millis(50);
    type Set = fn(Builder, Duration) -> Builder;
    let cases: [(&'static [_], Set, &str, bool); 6] = [
        (
            silent_token,
            Builder::read_timeout,
            "took longer than 50ms",
            true,
        ),
        (
            silent_token,
            Builder::operation_attempt_timeout,
            "an attempt took longer than 50ms",
            false,
        ),
        (
            silent_token,
            Builder::operation_timeout,
            "all attempts together took longer than 50ms",
            false,
        ),
        (
            silent,
            Builder::read_timeout,
            "took longer than 50ms",
            false,
        ),
        (
            silent,
            Builder::operation_attempt_timeout,
            "an attempt took longer than 50ms",
            false,
        ),
        (
            silent,
            Builder::operation_timeout,
            "all attempts together took longer than 50ms",
            false,
        ),
    ];
    for (rules, set, expected, is_dispatch_failure) in cases {
        let server = Server::start(rules).await;
        let config = with_environment(&server, &[], &[]).with_sleep_impl(TokioSleep::new());
        // The first request of a process reads files.
        let builder = builder(&server)
            .configure(&config)
            .read_timeout(Duration::from_secs(5));
        let client = set(builder, short).build();
        let started = Instant::now();
        let error = client.get("/x").await.unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(3), "{expected}");
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains(expected), "{text}");
        assert_eq!(
            matches!(&error, ImdsError::FailedToLoadToken(error) if error.is_dispatch_failure()),
            is_dispatch_failure,
            "{error:?}"
        );
    }
}

/// Checks the settings of connectors.
#[derive(Debug)]
struct Checking(Duration, Duration);

impl HttpClient for Checking {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        assert_eq!(settings.connect_timeout(), Some(self.0));
        assert_eq!(settings.read_timeout(), Some(self.1));
        panic!("as expected");
    }
}

#[tokio::test]
#[should_panic(expected = "as expected")]
async fn the_http_client_gets_the_default_timeouts() {
    let second = Duration::from_secs(1);
    let config = ProviderConfig::empty().with_http_client(Checking(second, second));
    let client = Client::builder().configure(&config).build();
    client.get("/x").await.unwrap();
}

#[tokio::test]
#[should_panic(expected = "as expected")]
async fn the_http_client_gets_the_timeouts_that_are_set() {
    let (connect, read) = (Duration::from_secs(2), Duration::from_secs(3));
    let config = ProviderConfig::empty().with_http_client(Checking(connect, read));
    let builder = Client::builder().configure(&config);
    let client = builder.connect_timeout(connect).read_timeout(read).build();
    client.get("/x").await.unwrap();
}

#[tokio::test]
async fn a_response_that_is_too_large() {
    const LARGE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 1048577\r\n\r\n";
    let server = Server::start(&[
        (TOKEN, &[Session("T0KEN-1", "21600")]),
        ("GET /x", &[Bytes(LARGE)]),
    ])
    .await;
    let error = builder(&server).build().get("/x").await.unwrap_err();
    assert!(matches!(error, ImdsError::IoError(_)), "{error:?}");
    let text = DisplayErrorContext(&error).to_string();
    assert!(
        text.contains("the response is larger than 1048576 bytes"),
        "{text}"
    );
    assert!(!text.contains("limit"), "there is no setting: {text}");
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let server = Server::start(&[
        (TOKEN, &[Session("T0KEN-1", "21600")]),
        ("GET /x", &[Status(200, "hidden")]),
        ("GET /y", &[Status(404, "hidden")]),
    ])
    .await;
    let client = builder(&server).build();
    let value = client.get("/x").await.unwrap();
    let error = client.get("/y?hidden").await.unwrap_err();
    let shown = format!(
        "{client:?} {value:?} {error:?} {}",
        DisplayErrorContext(&error)
    );
    assert!(
        !shown.contains("hidden") && !shown.contains("T0KEN"),
        "{shown}"
    );
    assert!(error.source().is_none());
}
