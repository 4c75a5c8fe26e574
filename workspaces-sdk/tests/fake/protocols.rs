//! The offline service answers awsJson and rpcv2Cbor, over a socket and in memory.

use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::{DateTime, Document};
use lean_aws_runtime::codegen::cbor::{decode, encode, members};
use lean_aws_runtime::codegen::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use workspaces_sdk::fake::Server;

use super::{created, request, seeded};

/// The headers of rpcv2Cbor.
const HEADERS: &str = "smithy-protocol: rpc-v2-cbor\r\naccept: application/cbor\r\ncontent-type: application/cbor\r\n";

/// A part of each output and error that the tests read. Timestamps need their tag.
#[derive(Debug, Default)]
struct Part {
    code: Option<String>,
    message: Option<String>,
    workspaces: Option<Vec<Part>>,
    connections: Option<Vec<Part>>,
    id: Option<String>,
    state: Option<String>,
    size: Option<i32>,
    properties: Option<Box<Part>>,
    checked: Option<DateTime>,
}

members! {
    decode Part(Self) {
        "__type" => code;
        "message" => message;
        "Workspaces" => workspaces;
        "WorkspacesConnectionStatus" => connections;
        "WorkspaceId" => id;
        "State" => state;
        "RootVolumeSizeGib" => size;
        "WorkspaceProperties" => properties;
        "ConnectionStateCheckTimestamp" => checked;
    }
}

/// Sends a request over a socket. Returns the status, the headers and the body of the response.
async fn send(server: &Server, path: &str, headers: &str, body: &[u8]) -> (u16, String, Vec<u8>) {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}content-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await.unwrap();
    let end = response.windows(4).position(|it| it == b"\r\n\r\n");
    let (head, body) = response.split_at(end.unwrap() + 4);
    let head = String::from_utf8(head.to_vec()).unwrap();
    (head[9..12].parse().unwrap(), head, body.to_vec())
}

/// Calls an operation with an input that is written as JSON.
async fn call(server: &Server, operation: &str, input: &str) -> (u16, Part) {
    let path = format!("/service/WorkspacesService/operation/{operation}");
    let input: Document = json::decode(input.as_bytes()).unwrap();
    let (status, head, body) = send(server, &path, HEADERS, &encode(&input)).await;
    for line in [
        "smithy-protocol: rpc-v2-cbor",
        "content-type: application/cbor",
    ] {
        assert!(head.contains(line), "{head}");
    }
    assert!(head.contains("x-amzn-requestid: "), "{head}");
    (status, decode(&body).unwrap())
}

#[tokio::test]
async fn calls_in_cbor() {
    let fake = seeded().build();
    let id = created(&fake, request("ada")).await;
    let server = fake.serve("127.0.0.1:0").await.unwrap();

    let (status, found) = call(&server, "DescribeWorkspaces", "{}").await;
    let workspace = &found.workspaces.unwrap()[0];
    assert_eq!((status, workspace.id.as_ref()), (200, Some(&id)));
    assert_eq!(workspace.state.as_deref(), Some("AVAILABLE"));
    let properties = workspace.properties.as_ref().unwrap();
    assert!(properties.size.is_some_and(|size| size > 0));

    let input = format!(r#"{{"WorkspaceIds": ["{id}"]}}"#);
    let (_, found) = call(&server, "DescribeWorkspacesConnectionStatus", &input).await;
    let connection = &found.connections.unwrap()[0];
    assert_eq!(connection.id.as_ref(), Some(&id));
    assert!(
        connection
            .checked
            .is_some_and(|time| time.secs() > 1_000_000_000)
    );

    let tags = format!(r#"{{"ResourceId": "{id}", "Tags": [{{"Key": "k", "Value": "é"}}]}}"#);
    assert_eq!(call(&server, "CreateTags", &tags).await.0, 200);
    let client = fake.client();
    let tags = client
        .describe_tags()
        .resource_id(&id)
        .send()
        .await
        .unwrap();
    assert_eq!(tags.tag_list()[0].value(), Some("é"));
    assert_eq!(fake.calls().last().unwrap().operation, "DescribeTags");
}

#[tokio::test]
async fn errors_in_cbor() {
    let fake = seeded().build();
    let server = fake.serve("127.0.0.1:0").await.unwrap();
    let namespace = "com.amazonaws.workspaces#";
    for (operation, input, code, message) in [
        ("DescribeTags", "{}", "ValidationException", "resourceId"),
        (
            "DescribeTags",
            r#"{"ResourceId": "ws-000000000"}"#,
            "ResourceNotFoundException",
            "ws-000000000",
        ),
        (
            "Describe",
            "{}",
            "UnknownOperationException",
            "\"Describe\"",
        ),
        (
            "DescribeWorkspaces",
            r#"{"Limit": "1"}"#,
            "SerializationException",
            "expected an integer",
        ),
    ] {
        let (status, error) = call(&server, operation, input).await;
        assert_eq!(status, 400, "{operation}");
        assert_eq!(error.code, Some([namespace, code].concat()), "{operation}");
        let text = error.message.unwrap();
        assert!(text.contains(message), "{text}");
    }
    let path = "/service/WorkspacesService/operation/DescribeWorkspaces";
    // An empty body is an empty input, which an input with a target in a header is not.
    for (headers, body, expected) in [
        (HEADERS.to_owned(), &b""[..], 200),
        (HEADERS.to_owned(), b"\xbf", 400),
        (HEADERS.to_owned(), b"{}", 400),
        (
            format!("{HEADERS}x-amz-target: WorkspacesService.DescribeWorkspaces\r\n"),
            b"\xa0",
            400,
        ),
        // Without the header of the protocol, a request is one of awsJson.
        (String::new(), b"\xa0", 400),
        (
            "x-amz-target: WorkspacesService.DescribeWorkspaces\r\n".to_owned(),
            b"{}",
            200,
        ),
    ] {
        let (status, head, _) = send(&server, path, &headers, body).await;
        assert_eq!(status, expected, "{headers} {body:?}");
        let is_cbor = head.contains("smithy-protocol: rpc-v2-cbor");
        assert_eq!(is_cbor, headers.starts_with(HEADERS), "{head}");
    }
}

#[tokio::test]
async fn a_call_in_cbor_without_a_socket() {
    let fake = seeded().build();
    let components = RuntimeComponentsBuilder::for_tests().build().unwrap();
    let settings = HttpConnectorSettings::default();
    let connector = fake.http_connector(&settings, &components);
    let mut request = HttpRequest::new(SdkBody::from(vec![0xA0]));
    request
        .set_uri("https://x/service/WorkspacesService/operation/DescribeWorkspaces")
        .unwrap();
    request.set_method("POST").unwrap();
    let headers = request.headers_mut();
    headers.insert("smithy-protocol", "rpc-v2-cbor");
    let response = connector.call(request).await.unwrap();
    assert_eq!(
        response.headers().get("smithy-protocol"),
        Some("rpc-v2-cbor")
    );
    let found: Part = decode(response.body().bytes().unwrap()).unwrap();
    assert!(found.workspaces.unwrap().is_empty());
}
