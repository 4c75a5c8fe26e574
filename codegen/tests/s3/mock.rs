//! An HTTP client that records requests and returns responses, without a connection.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};
use s3::Client;
use s3::config::retry::RetryConfig;
use s3::config::{Builder, Config, Credentials, Intercept, Region};

/// A request as it was sent.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) uri: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Sent {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Wire {
    sent: Arc<Mutex<Vec<Sent>>>,
    responses: Arc<Mutex<VecDeque<Response>>>,
}

/// A response: its status, headers and the parts of its body.
#[derive(Debug)]
pub(crate) struct Response(
    pub(crate) u16,
    pub(crate) &'static [(&'static str, &'static str)],
    pub(crate) &'static [&'static str],
);

/// A response without any bucket.
pub(crate) const NO_BUCKETS: Response = Response(200, &[], &["<ListAllMyBucketsResult/>"]);

impl HttpConnector for Wire {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let wire = self.clone();
        HttpConnectorFuture::new(async move {
            let body = read(request.take_body()).await;
            let headers = request.headers().iter();
            let sent = Sent {
                uri: request.uri().to_owned(),
                headers: headers
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect(),
                body,
            };
            wire.sent.lock().unwrap().push(sent);
            let response = wire.responses.lock().unwrap().pop_front();
            let Response(status, headers, parts) = response.unwrap_or(Response(200, &[], &[]));
            let mut response = HttpResponse::new(status.try_into().unwrap(), stream(parts));
            for (name, value) in headers {
                response.headers_mut().insert(*name, *value);
            }
            Ok(response)
        })
    }
}

async fn read(body: SdkBody) -> String {
    let mut body = pin!(body);
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        bytes.extend_from_slice(frame.unwrap().data_ref().unwrap());
    }
    String::from_utf8(bytes).unwrap()
}

/// A body that is a stream of parts.
pub(crate) fn stream(parts: &'static [&'static str]) -> SdkBody {
    SdkBody::from_body_1_x(Parts(parts))
}

struct Parts(&'static [&'static str]);

impl Body for Parts {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let part = self.0.split_first().map(|(first, rest)| {
            self.0 = rest;
            Ok(Frame::data(Bytes::from_static(first.as_bytes())))
        });
        Poll::Ready(part)
    }
}

impl Wire {
    pub(crate) fn new(responses: impl IntoIterator<Item = Response>) -> Self {
        let wire = Self::default();
        wire.responses.lock().unwrap().extend(responses);
        wire
    }

    pub(crate) fn config(&self) -> Builder {
        let connector = SharedHttpConnector::new(self.clone());
        let retries = RetryConfig::standard().with_initial_backoff(std::time::Duration::ZERO);
        observed(Config::builder())
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .retry_config(retries)
            .http_client(http_client_fn(move |_, _| connector.clone()))
    }

    pub(crate) fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }

    /// Takes the requests that were sent.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }
}

/// An interceptor that does nothing.
#[derive(Debug)]
struct Observer;

impl Intercept for Observer {
    fn name(&self) -> &'static str {
        "Observer"
    }
}

/// Adds an interceptor that does nothing if the environment has the variable `OBSERVED`. Calls with hooks take another way
/// through the client, on which all tests must pass as well.
fn observed(config: Builder) -> Builder {
    match std::env::var_os("OBSERVED") {
        Some(_) => config.interceptor(Observer),
        None => config,
    }
}
