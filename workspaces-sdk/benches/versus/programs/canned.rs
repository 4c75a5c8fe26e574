//! An HTTP client without a network, to measure encoding and decoding.

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

use crate::bodies;

/// A client that always returns the response of a scenario.
pub fn client(scenario: &str) -> SharedHttpClient {
    let (status, body) = bodies::response(scenario);
    let connector = SharedHttpConnector::new(Canned {
        status,
        body: Bytes::from(body),
    });
    http_client_fn(move |_, _| connector.clone())
}

#[derive(Debug)]
struct Canned {
    status: u16,
    body: Bytes,
}

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let status = self.status.try_into().expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(
            status,
            SdkBody::from(self.body.clone()),
        )))
    }
}
