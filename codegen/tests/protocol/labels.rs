//! The labels of the path in the fixture `rest_json`, `/folders/{id}/{Path+}`.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;

use crate::Client;
use crate::config::{AsyncSleep, Config, Credentials, Region, Sleep};
use crate::error::{DisplayErrorContext, SdkError};

/// Records the URI of each request, without a connection.
#[derive(Clone, Debug, Default)]
struct Wire(Arc<Mutex<Vec<String>>>);

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().push(request.uri().to_owned());
        let response = HttpResponse::new(200.try_into().unwrap(), SdkBody::from("{}"));
        HttpConnectorFuture::ready(Ok(response))
    }
}

/// Never sleeps.
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

/// Without its label, the path would be that of another operation.
#[test]
fn labels_that_are_empty_or_unset_are_refused_before_sending() {
    let wire = Wire::default();
    let connector = SharedHttpConnector::new(wire.clone());
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .endpoint_url("https://example.com")
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .sleep_impl(NoSleep)
        .http_client(http_client_fn(move |_, _| connector.clone()));
    let client = Client::from_conf(config.build());
    let put = |id: Option<&str>, path: Option<&str>| {
        let put = client.put_file().set_id(id.map(str::to_owned));
        wait(put.set_path(path.map(str::to_owned)).send())
    };
    for (id, path, field) in [
        (None, Some("a/b"), "id"),
        (Some(""), Some("a/b"), "id"),
        (Some("a"), None, "path"),
        (Some("a"), Some(""), "path"),
    ] {
        let error = put(id, path).unwrap_err();
        assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
        let text = DisplayErrorContext(error).to_string();
        let expected = format!("{field} was missing: cannot be empty or unset");
        assert!(text.contains(&expected), "{text}");
    }
    assert!(wire.0.lock().unwrap().is_empty());
    put(Some("a/b"), Some("c/d")).unwrap();
    let sent = wire.0.lock().unwrap().pop().unwrap();
    assert_eq!(sent, "https://example.com/folders/a%2Fb/c/d?file");
}
