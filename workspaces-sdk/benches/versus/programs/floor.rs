//! The requests of the comparison with plain hyper: it sends the bytes that an SDK would send and discards the response.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use measure::Job;

mod measure;

const TARGET: &str = "WorkspacesService.ModifyWorkspaceState";
const BODY: &str = r#"{"WorkspaceId":"ws-000000001","WorkspaceState":"ADMIN_MAINTENANCE"}"#;
const AGENT: &str = "aws-sdk-rust/1.3.1 os/linux lang/rust/1.95.0";
const FULL_AGENT: &str =
    "aws-sdk-rust/1.3.1 ua/2.1 api/workspaces/0.1.0 os/linux lang/rust#1.95.0 m/E,b";
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-west-1/workspaces/aws4_request, \
    SignedHeaders=content-type;host;x-amz-date;x-amz-target;x-amz-user-agent, \
    Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let job = Job::from_arguments();
    let uri = format!("{}/{}", job.url, job.scenario);
    let client = Client::builder(TokioExecutor::new()).build_http();
    job.run(move || post(client.clone(), uri.clone())).await;
}

async fn post(client: Client<HttpConnector, Full<Bytes>>, uri: String) {
    let request = Request::post(uri)
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", TARGET)
        .header("user-agent", AGENT)
        .header("x-amz-user-agent", FULL_AGENT)
        .header(
            "amz-sdk-invocation-id",
            "01234567-89ab-4cde-8f01-23456789abcd",
        )
        .header("amz-sdk-request", "attempt=1; max=3")
        .header("x-amz-date", "20261122T000000Z")
        .header("authorization", AUTHORIZATION)
        .body(Full::new(Bytes::from_static(BODY.as_bytes())))
        .expect("a request");
    let response = client.request(request).await.expect("a response");
    response.into_body().collect().await.expect("a body");
}
