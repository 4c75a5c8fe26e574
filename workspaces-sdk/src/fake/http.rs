//! The offline service as an HTTP client: requests are answered in memory, without a socket.

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

use super::Fake;
use super::service::Answer;
use crate::generated::service::SERVICE;

impl Fake {
    /// Answers a request of these contents.
    pub(super) fn answer(&self, target: &str, body: &[u8]) -> Answer {
        let answer = self.service().answer(self.clock.now(), target, body);
        if let Some(observer) = &self.observer {
            observer.0(&answer.call);
        }
        answer
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

/// The way to the service for a client, which is kept waiting by its own clock.
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
            let target = request.headers().get("x-amz-target").unwrap_or_default();
            let answer = fake.answer(target, &body.into_bytes());
            if answer.delay > Duration::ZERO {
                let clock = SharedAsyncSleep::new(fake.clock.clone());
                sleep.unwrap_or(clock).sleep(answer.delay).await;
            }
            response(answer)
        })
    }
}

fn response(answer: Answer) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(answer.status)
        .map_err(|error| ConnectorError::other(error.into(), None))?;
    let mut response = HttpResponse::new(status, SdkBody::from(answer.body));
    let headers = response.headers_mut();
    headers.insert("content-type", SERVICE.content_type);
    headers.insert("x-amzn-requestid", answer.request_id);
    Ok(response)
}
