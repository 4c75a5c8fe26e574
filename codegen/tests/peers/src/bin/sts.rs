//! Temporary credentials, with and without a signature, and a presigned request.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sts::operation::RequestId;
use aws_sdk_sts::presigning::{PresignedRequest, PresigningConfig};
use aws_sdk_sts::primitives::DateTime;
use aws_sdk_sts::types::{PolicyDescriptorType, Tag};

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_sts);
    let output = client.get_caller_identity().send().await?;
    assert_eq!(output.account(), Some("123456789012"));
    assert!(
        output
            .arn()
            .is_some_and(|arn| arn.starts_with("arn:aws:sts::123456789012:"))
    );
    assert!(output.request_id().is_some());

    let role = "arn:aws:iam::123456789012:role/team/reader";
    let output = client
        .assume_role()
        .role_arn(role)
        .role_session_name("a.session@example")
        .duration_seconds(900)
        .policy(r#"{"Version": "2012-10-17", "Statement": []}"#)
        .policy_arns(
            PolicyDescriptorType::builder()
                .arn("arn:aws:iam::aws:policy/ReadOnlyAccess")
                .build(),
        )
        .tags(Tag::builder().key("a b").value("c&d=é").build()?)
        .transitive_tag_keys("a b")
        .send()
        .await?;
    let credentials = output.credentials().expect("credentials");
    assert!(credentials.access_key_id().starts_with("ASIA"));
    assert!(!credentials.secret_access_key().is_empty() && !credentials.session_token().is_empty());
    let seconds =
        credentials.expiration().secs() - DateTime::from(std::time::SystemTime::now()).secs();
    assert!((800..=900).contains(&seconds), "{seconds}");
    let user = output.assumed_role_user().expect("a user");
    assert!(user.arn().ends_with("/a.session@example"), "{}", user.arn());

    // This operation has no signature.
    let output = client
        .assume_role_with_web_identity()
        .role_arn(role)
        .role_session_name("web")
        .web_identity_token("token/with+signs=")
        .send()
        .await?;
    assert!(output.credentials().is_some());

    let output = client
        .get_session_token()
        .duration_seconds(1800)
        .send()
        .await?;
    assert!(output.credentials().is_some());
    let output = client.get_federation_token().name("bob").send().await?;
    assert!(
        output
            .federated_user()
            .is_some_and(|user| user.arn().ends_with("/bob"))
    );

    let error = client
        .assume_role()
        .role_arn(role)
        .role_session_name("s".repeat(65))
        .send()
        .await
        .expect_err("the name is too long");
    assert!(
        matches!(&error, SdkError::ServiceError(error) if error.raw().status().as_u16() == 400)
    );
    assert_eq!(error.code(), Some("ValidationError"));
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("roleSessionName")),
        "{error:?}"
    );

    let presigned = client
        .get_caller_identity()
        .presigned(PresigningConfig::expires_in(Duration::from_secs(60))?)
        .await?;
    let response = fetch(&presigned)?;
    assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
    assert!(
        response.contains("<Account>123456789012</Account>"),
        "{response}"
    );
    Ok(())
}

/// Sends a presigned request as a program without an SDK does, and returns the response.
fn fetch(request: &PresignedRequest) -> std::io::Result<String> {
    assert_eq!(request.method(), "GET");
    let (host, path) = request
        .uri()
        .trim_start_matches("http://")
        .split_once('/')
        .expect("a path");
    let mut server = TcpStream::connect(host)?;
    // moto finds the service in this header, and does not check signatures. AWS needs no such header.
    let service = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/sts/aws4_request,";
    write!(
        server,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {service}\r\nConnection: close\r\n\r\n"
    )?;
    let mut response = String::new();
    server.read_to_string(&mut response)?;
    Ok(response)
}
