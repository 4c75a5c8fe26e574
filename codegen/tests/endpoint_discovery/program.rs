//! A client against a scripted service, with a clock and a sleep that the tests control.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

use std::collections::VecDeque;
use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::future;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::config::retry::RetryConfig;
use crate::config::{Config, Credentials, ProvideCredentials, Region};
use crate::endpoint_discovery::{DiscoveryError, ReloadEndpoint};
use crate::error::{BoxError, SdkError};
use crate::operation::describe_endpoints::DescribeEndpointsError;
use crate::{Client, config};

const MINUTE: Duration = Duration::from_secs(60);

/// The service, its clock, and what it received.
#[derive(Clone, Debug, Default)]
struct World(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// The bodies of the next responses of DescribeEndpoints. An empty one is an error. Without any, an endpoint is `default`.
    endpoints: Mutex<VecDeque<String>>,
    /// The operation and the URL of each request, such as `Query https://cell.example/`.
    requests: Mutex<Vec<String>>,
    /// The Regions in the signatures of the requests.
    regions: Mutex<Vec<String>>,
    elapsed: Mutex<Duration>,
    /// The task that sleeps for a minute, if one does.
    sleeping: Mutex<Option<mpsc::UnboundedSender<oneshot::Sender<()>>>>,
    /// If set, DescribeEndpoints waits for it.
    hold: Mutex<Option<Arc<Notify>>>,
    credentials: AtomicUsize,
}

fn endpoint(address: &str, minutes: i64) -> String {
    format!(
        r#"{{"Endpoints":[{{"Address":"{address}","CachePeriodInMinutes":{minutes}}},{{"Address":"other.example"}}]}}"#
    )
}

impl World {
    fn with(endpoints: &[&str]) -> Self {
        let world = Self::default();
        let endpoints = endpoints.iter().map(|body| (*body).to_owned());
        world.0.endpoints.lock().unwrap().extend(endpoints);
        world
    }

    fn config(&self) -> config::Builder {
        let connector = SharedHttpConnector::new(self.clone());
        Config::builder()
            .region(Region::new("eu-west-1"))
            .endpoint_url("https://regional.example")
            .credentials_provider(self.clone())
            .retry_config(RetryConfig::disabled())
            .stalled_stream_protection(config::StalledStreamProtectionConfig::disabled())
            .sleep_impl(SharedAsyncSleep::new(self.clone()))
            .time_source(SharedTimeSource::new(self.clone()))
            .http_client(http_client_fn(move |_, _| connector.clone()))
    }

    async fn discover(&self) -> Result<(Client, ReloadEndpoint), BoxError> {
        let client = Client::from_conf(self.config().build());
        client.with_endpoint_discovery_enabled().await
    }

    /// The requests since the last call.
    fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.0.requests.lock().unwrap())
    }

    /// Lets tasks sleep only when the receiver allows it.
    fn sleeps(&self) -> mpsc::UnboundedReceiver<oneshot::Sender<()>> {
        let (sender, receiver) = mpsc::unbounded_channel();
        *self.0.sleeping.lock().unwrap() = Some(sender);
        receiver
    }
}

impl TimeSource for World {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
            + Duration::from_secs(1_700_000_000)
            + *self.0.elapsed.lock().unwrap()
    }
}

impl AsyncSleep for World {
    fn sleep(&self, duration: Duration) -> Sleep {
        let sender = self.0.sleeping.lock().unwrap().clone();
        let world = self.clone();
        Sleep::new(async move {
            // Timeouts never expire.
            let Some(sender) = sender.filter(|_| duration == MINUTE) else {
                return pending().await;
            };
            let (allow, allowed) = oneshot::channel();
            sender.send(allow).unwrap();
            allowed.await.unwrap();
            *world.0.elapsed.lock().unwrap() += duration;
        })
    }
}

impl ProvideCredentials for World {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.0.credentials.fetch_add(1, Ordering::Relaxed);
        let credentials = Credentials::new("AKID", "SECRET", None, None, "test");
        future::ProvideCredentials::ready(Ok(credentials))
    }
}

impl HttpConnector for World {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let world = self.clone();
        HttpConnectorFuture::new(async move { Ok(world.respond(&request).await) })
    }
}

impl World {
    async fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let header = |name| request.headers().get(name).unwrap_or_default();
        let (_, operation) = header("x-amz-target").split_once('.').unwrap();
        let sent = format!("{operation} {}", request.uri());
        self.0.requests.lock().unwrap().push(sent);
        let scope = header("authorization").split('/').nth(2).unwrap();
        self.0.regions.lock().unwrap().push(scope.to_owned());
        if operation != "DescribeEndpoints" {
            return response(200, "{}");
        }
        let hold = self.0.hold.lock().unwrap().clone();
        if let Some(hold) = hold {
            hold.notified().await;
        }
        match self.0.endpoints.lock().unwrap().pop_front() {
            Some(body) if body.is_empty() => {
                response(400, r#"{"__type":"TooBusy","message":"later"}"#)
            }
            Some(body) => response(200, &body),
            None => response(200, &endpoint("default.example", 10)),
        }
    }
}

fn response(status: u16, body: &str) -> HttpResponse {
    HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body))
}

/// Lets all tasks run until they wait or end.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

/// Compiles for types that threads can share.
fn shared<T: Send + Sync + 'static>(_: &T) {}

#[tokio::test]
async fn requests_of_discovered_operations_go_to_the_endpoint() {
    let world = World::with(&[&endpoint("cell.example", 10)]);
    let (client, reload) = world.discover().await.unwrap();
    shared(&reload);
    assert_eq!(
        world.requests(),
        ["DescribeEndpoints https://regional.example/"]
    );
    client.query().text("a").send().await.unwrap();
    client.scan().send().await.unwrap();
    client.ping().send().await.unwrap();
    client.describe_endpoints().send().await.unwrap();
    let expected = [
        "Query https://cell.example/",
        "Scan https://cell.example/",
        "Ping https://regional.example/",
        "DescribeEndpoints https://regional.example/",
    ];
    assert_eq!(world.requests(), expected);
    assert!(
        world
            .0
            .regions
            .lock()
            .unwrap()
            .iter()
            .all(|region| region == "eu-west-1")
    );
    assert_eq!(
        world.0.credentials.load(Ordering::Relaxed),
        1,
        "both clients share credentials"
    );
    // The configuration contains the endpoint.
    let copy = Client::from_conf(client.config().to_builder().build());
    copy.query().send().await.unwrap();
    let (again, _) = copy.with_endpoint_discovery_enabled().await.unwrap();
    again.query().send().await.unwrap();
    let expected = [
        "Query https://cell.example/",
        "DescribeEndpoints https://regional.example/",
        "Query https://default.example/",
    ];
    assert_eq!(world.requests(), expected);
}

#[tokio::test]
async fn without_discovery_requests_go_to_the_endpoint_of_the_rules() {
    let world = World::default();
    let client = Client::from_conf(world.config().build());
    client.query().send().await.unwrap();
    assert_eq!(world.requests(), ["Query https://regional.example/"]);
}

#[tokio::test]
async fn settings_that_lead_elsewhere_replace_the_endpoint() {
    let world = World::default();
    let (client, _reload) = world.discover().await.unwrap();
    let new = Config::builder;
    for (settings, expected) in [
        (new(), "default"),
        (new().region(Region::new("eu-west-1")), "default"),
        (new().region(Region::new("us-east-1")), "regional"),
        (new().use_dual_stack(false), "default"),
        (new().endpoint_url("https://regional.example"), "default"),
        (new().endpoint_url("https://local.example"), "local"),
    ] {
        world.requests();
        let call = client.query().customize().config_override(settings.clone());
        call.send().await.unwrap();
        let expected = [format!("Query https://{expected}.example/")];
        assert_eq!(world.requests(), expected, "{:?}", settings.build());
    }
    let moved = client
        .config()
        .to_builder()
        .endpoint_url("https://local.example");
    Client::from_conf(moved.build())
        .query()
        .send()
        .await
        .unwrap();
    assert_eq!(world.requests(), ["Query https://local.example/"]);
}

#[tokio::test]
async fn addresses_are_hosts_or_urls() {
    for (address, expected) in [
        ("cell.example", Some("https://cell.example/")),
        ("cell.example:8443", Some("https://cell.example:8443/")),
        ("http://127.0.0.1:8000/a", Some("http://127.0.0.1:8000/a/")),
        ("", None),
        ("cell example", None),
        ("ftp://cell.example", None),
        ("cell.example:0", None),
    ] {
        let world = World::with(&[&endpoint(address, 10)]);
        match (world.discover().await, expected) {
            (Ok((client, _reload)), Some(expected)) => {
                world.requests();
                client.query().send().await.unwrap();
                assert_eq!(world.requests(), [format!("Query {expected}")]);
            }
            (Err(error), None) => {
                let error = error.downcast::<DiscoveryError>().unwrap();
                let DiscoveryError::InvalidAddress { address: found, .. } = &*error else {
                    panic!("{error:?}");
                };
                assert_eq!(found, address);
                assert!(std::error::Error::source(&*error).is_some());
                let message = format!("DescribeEndpoints returned an unusable address `{address}`");
                assert_eq!(error.to_string(), message);
            }
            (found, _) => panic!("{address}: {found:?}"),
        }
    }
}

#[tokio::test]
async fn a_first_discovery_that_fails_is_an_error() {
    for body in [
        "{}",
        r#"{"Endpoints":[]}"#,
        r#"{"Endpoints":[{"Address":"a"}]}"#,
    ] {
        let error = World::with(&[body]).discover().await.unwrap_err();
        let error = error.downcast::<DiscoveryError>().unwrap();
        assert!(
            matches!(*error, DiscoveryError::NoEndpoint { .. }),
            "{body}: {error:?}"
        );
    }
    let error = World::with(&[""]).discover().await.unwrap_err();
    let error = error
        .downcast::<SdkError<DescribeEndpointsError>>()
        .unwrap();
    assert_eq!(
        error.as_service_error().unwrap().meta().code(),
        Some("TooBusy")
    );
    let client = Client::from_conf(Config::builder().sleep_impl(World::default()).build());
    assert!(client.with_endpoint_discovery_enabled().await.is_err());
}

#[tokio::test]
async fn the_endpoint_is_reloaded_before_it_expires() {
    let (first, third) = (
        endpoint("first.example", 10),
        endpoint("third.example", 1440),
    );
    let world = World::with(&[&first, "", &third]);
    let (client, reload) = world.discover().await.unwrap();
    let mut sleeps = world.sleeps();
    let task = tokio::spawn(reload.reload_task());
    let mut log = Vec::new();
    for minute in 0..15 {
        let allow = sleeps.recv().await.unwrap();
        client.query().send().await.unwrap();
        log.extend(
            world
                .requests()
                .into_iter()
                .map(|request| format!("{minute} {request}")),
        );
        allow.send(()).unwrap();
    }
    let discoveries = log.iter().filter(|it| it.contains("DescribeEndpoints"));
    let discoveries: Vec<_> = discoveries
        .map(|it| it.split(' ').next().unwrap())
        .collect();
    // The first is that of `discover`. The endpoint expires after 10 minutes; the discovery in minute 9 fails.
    assert_eq!(discoveries, ["0", "9", "10"]);
    let hosts = log.iter().filter(|it| it.contains("Query"));
    for (minute, query) in hosts.enumerate() {
        let host = if minute < 10 { "first" } else { "third" };
        assert_eq!(*query, format!("{minute} Query https://{host}.example/"));
    }
    // The task ends when nothing can use the endpoint any more.
    let config = client.config().clone();
    drop(client);
    sleeps.recv().await.unwrap().send(()).unwrap();
    let allow = sleeps.recv().await.unwrap();
    assert!(!task.is_finished());
    drop(config);
    allow.send(()).unwrap();
    settle().await;
    assert!(task.is_finished());
}

#[tokio::test]
async fn odd_cache_periods_reload_the_endpoint_at_every_check() {
    for minutes in [i64::MIN, -1, 0, 1, i64::MAX] {
        let bodies = [(); 4].map(|()| endpoint("cell.example", minutes));
        let world = World::with(&bodies.each_ref().map(String::as_str));
        let (_client, reload) = world.discover().await.unwrap();
        let mut sleeps = world.sleeps();
        let task = tokio::spawn(reload.reload_task());
        for _ in 0..3 {
            sleeps.recv().await.unwrap().send(()).unwrap();
        }
        drop(sleeps.recv().await.unwrap());
        assert_eq!(world.requests().len(), 5, "{minutes}");
        task.abort();
    }
}

#[tokio::test]
async fn reloads_at_the_same_time_share_one_discovery() {
    let world = World::default();
    let (_client, reload) = world.discover().await.unwrap();
    world.requests();
    let hold = Arc::new(Notify::new());
    *world.0.hold.lock().unwrap() = Some(hold.clone());
    let reload = Arc::new(reload);
    let tasks: Vec<_> = (0..5)
        .map(|_| {
            let reload = reload.clone();
            tokio::spawn(async move { reload.reload_once().await })
        })
        .collect();
    settle().await;
    assert_eq!(world.requests().len(), 1);
    hold.notify_one();
    settle().await;
    assert!(tasks.iter().all(JoinHandle::is_finished));
    assert!(world.requests().is_empty());
    // A later call discovers the endpoint again, although it is still valid.
    hold.notify_one();
    reload.reload_once().await;
    assert_eq!(world.requests().len(), 1);
}

#[tokio::test]
async fn a_reload_that_is_dropped_does_not_block_others() {
    let world = World::default();
    let (_client, reload) = world.discover().await.unwrap();
    let hold = Arc::new(Notify::new());
    *world.0.hold.lock().unwrap() = Some(hold.clone());
    tokio::select! {
        biased;
        () = reload.reload_once() => panic!("the service does not respond yet"),
        () = tokio::task::yield_now() => {}
    }
    world.requests();
    hold.notify_one();
    reload.reload_once().await;
    assert_eq!(world.requests().len(), 1);
}
