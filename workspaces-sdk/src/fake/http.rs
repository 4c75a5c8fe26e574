//! The offline service as an HTTP client that handles requests in memory, without a socket.

use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

use lean_aws_runtime::codegen::json::DecodeError;

use super::Fake;
use super::service::Response;
use super::wire::{Headers, Request};

impl Fake {
    /// Handles a request, given its `X-Amz-Target` header and its body, or the reason why the body cannot be read.
    pub(super) fn handle(&self, target: &str, body: Result<&[u8], DecodeError>) -> Response {
        let response = self.service().handle(self.clock.now(), target, body);
        if let Some(observer) = &self.observer {
            observer.0(&response.call);
        }
        response
    }
}

impl HttpClient for Fake {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector {
            fake: self.clone(),
            sleep: components.sleep_impl(),
        })
    }
}

/// The connection of a client to the service. Delayed responses use the sleep implementation of the
/// client.
#[derive(Debug)]
struct Connector {
    fake: Fake,
    sleep: Option<SharedAsyncSleep>,
}

impl HttpConnector for Connector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let (fake, sleep) = (self.fake.clone(), self.sleep.clone());
        HttpConnectorFuture::new(async move {
            let body = std::mem::replace(request.body_mut(), SdkBody::empty());
            let body = ByteStream::new(body).collect().await;
            let body = body.map_err(|error| ConnectorError::user(error.into()))?;
            let (response, headers) = fake.respond(&Request {
                path: path(request.uri()),
                target: request.headers().get("x-amz-target"),
                protocol: request.headers().get("smithy-protocol"),
                body: &body.into_bytes(),
            });
            if response.delay > Duration::ZERO {
                let clock = SharedAsyncSleep::new(fake.clock.clone());
                sleep.unwrap_or(clock).sleep(response.delay).await;
            }
            // The client draws its next delay on this thread, before it waits for anything.
            fastrand::seed(response.random);
            http_response(response, headers)
        })
    }
}

/// Returns the URL up to the query. Only the end of the path matters.
fn path(uri: &str) -> &str {
    uri.split('?').next().unwrap_or_default()
}

fn http_response(response: Response, wire: Headers) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(response.status)
        .map_err(|error| ConnectorError::other(error.into(), None))?;
    let mut http_response = HttpResponse::new(status, SdkBody::from(response.body));
    let headers = http_response.headers_mut();
    for (name, value) in wire {
        headers.insert(*name, *value);
    }
    headers.insert("x-amzn-requestid", response.request_id);
    Ok(http_response)
}
