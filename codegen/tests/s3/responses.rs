//! Errors in successful responses, responses without a body, checksums and identifiers.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use s3::Client;
use s3::config::{Config, Credentials, Region, ResponseChecksumValidation};
use s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use s3::operation::{RequestId, RequestIdExt};
use s3::primitives::DateTime;
use s3::types::{BucketLocationConstraint, ChecksumMode};

use crate::mock::{NO_BUCKETS, Response, Wire};

const IDS: &[(&str, &str)] = &[("x-amz-request-id", "id"), ("x-amz-id-2", "extended")];

#[tokio::test]
async fn an_error_can_have_a_successful_status() {
    const BUSY: &str = "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code><Message>Try again</Message></Error>";
    const SLOW: &str = "<Error><Code>SlowDown</Code></Error>";
    const FOUND: &str = "<CopyObjectResult><ETag>tag</ETag></CopyObjectResult>";
    let wire = Wire::new([
        Response(200, &[], &[BUSY]),
        Response(200, &[], &["  ", SLOW]),
        Response(200, &[], &[FOUND]),
    ]);
    let client = wire.client();
    let copy = || {
        client
            .copy_object()
            .bucket("bucket")
            .key("a")
            .copy_source("b/c")
    };
    let output = copy().send().await.unwrap();
    assert_eq!(output.copy_object_result().unwrap().e_tag(), Some("tag"));
    assert_eq!(wire.sent().len(), 3);

    const DENIED: &str = "<Error><Code>AccessDenied</Code><Message>No</Message></Error>";
    let wire = Wire::new([Response(200, IDS, &[DENIED])]);
    let client = wire.client();
    let copy = client
        .copy_object()
        .bucket("bucket")
        .key("a")
        .copy_source("b/c");
    let error = copy.send().await.unwrap_err();
    assert!(matches!(error, SdkError::ServiceError(_)));
    assert_eq!(
        (error.code(), error.message()),
        (Some("AccessDenied"), Some("No"))
    );
    assert_eq!(wire.sent().len(), 1);

    let wire = Wire::new([Response(
        200,
        &[],
        &["<Error><Code>NoSuchKey</Code></Error>"],
    )]);
    let client = wire.client();
    let copy = client
        .copy_object()
        .bucket("bucket")
        .key("a")
        .copy_source("b/c");
    let error = copy.send().await.unwrap_err().into_service_error();
    assert!(error.is_no_such_key());

    // An object can have the text of an error, and results can contain errors.
    let wire = Wire::new([
        Response(200, &[], &[DENIED]),
        Response(
            200,
            &[],
            &["<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code></Error></DeleteResult>"],
        ),
    ]);
    let client = wire.client();
    let output = client
        .get_object()
        .bucket("bucket")
        .key("a")
        .send()
        .await
        .unwrap();
    assert_eq!(
        output.body.collect().await.unwrap().to_vec(),
        DENIED.as_bytes()
    );
    let delete = s3::types::Delete::builder()
        .set_objects(Some(Vec::new()))
        .build()
        .unwrap();
    let output = client
        .delete_objects()
        .bucket("bucket")
        .delete(delete)
        .send()
        .await
        .unwrap();
    assert_eq!(output.errors()[0].code(), Some("AccessDenied"));
}

#[tokio::test]
async fn a_response_without_its_document_is_an_error() {
    let wire = Wire::new([Response(200, &[], &[]), NO_BUCKETS]);
    let client = wire.client();
    let error = client.list_buckets().send().await.unwrap_err();
    assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
    client.list_buckets().send().await.unwrap();
}

/// The last page has a token, too: the number of its last part, or 0.
#[tokio::test]
async fn pages_of_parts_end_when_the_list_is_not_truncated() {
    let parts = |wire: &Wire| {
        let list = wire.client().list_parts().bucket("bucket").key("a");
        list.upload_id("u")
            .into_paginator()
            .items()
            .send()
            .collect::<Result<Vec<_>, _>>()
    };
    const FIRST: &str = "<ListPartsResult><NextPartNumberMarker>1</NextPartNumberMarker><IsTruncated>true</IsTruncated><Part><ETag>a</ETag></Part></ListPartsResult>";
    const LAST: &str = "<ListPartsResult><NextPartNumberMarker>2</NextPartNumberMarker><IsTruncated>false</IsTruncated><Part><ETag>b</ETag></Part></ListPartsResult>";
    const UNKNOWN: &str = "<ListPartsResult><NextPartNumberMarker>0</NextPartNumberMarker><Part><ETag>a</ETag></Part></ListPartsResult>";
    let wire = Wire::new([Response(200, &[], &[FIRST]), Response(200, &[], &[LAST])]);
    assert_eq!(parts(&wire).await.unwrap().len(), 2);
    let sent = wire.sent();
    assert_eq!(sent.len(), 2);
    assert!(
        sent[1].uri.contains("part-number-marker=1"),
        "{}",
        sent[1].uri
    );

    let wire = Wire::new([Response(200, &[], &[UNKNOWN])]);
    assert_eq!(parts(&wire).await.unwrap().len(), 1);
    assert_eq!(wire.sent().len(), 1);
}

#[tokio::test]
async fn responses_to_head_have_no_body() {
    let wire = Wire::new([
        // The length is that of the object, however large.
        Response(200, &[("content-length", "5368709120")], &[]),
        Response(404, IDS, &[]),
        Response(403, IDS, &[]),
        Response(304, &[("content-length", "5")], &[]),
        Response(301, &[], &[]),
    ]);
    let client = wire.client();
    let head = || client.head_object().bucket("bucket").key("a").send();
    assert_eq!(head().await.unwrap().content_length(), Some(5_368_709_120));
    let error = head().await.unwrap_err();
    assert_eq!(error.code(), Some("NotFound"));
    assert_eq!(error.request_id(), Some("id"));
    assert!(error.into_service_error().is_not_found());
    for status in [403, 304, 301] {
        let error = head().await.unwrap_err();
        assert_eq!(error.raw_response().unwrap().status().as_u16(), status);
        assert!(matches!(error, SdkError::ServiceError(_)), "{status}");
        assert_eq!(error.code(), None);
        assert!(!error.into_service_error().is_not_found());
    }
    assert_eq!(wire.sent().len(), 5);
}

/// The caller asks for it with `if_none_match`.
#[tokio::test]
async fn an_object_that_was_not_modified_is_an_error_of_the_service() {
    let wire = Wire::new([Response(304, &[("content-length", "5")], &[])]);
    let get = wire.client().get_object().bucket("bucket").key("a");
    let error = get.send().await.unwrap_err();
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 304);
}

#[tokio::test]
async fn the_location_is_the_root_element() {
    let namespace = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    let documents = [
        (
            format!("<LocationConstraint {namespace}>eu-west-1</LocationConstraint>"),
            Some("eu-west-1"),
        ),
        (
            format!(
                "<?xml version=\"1.0\"?>\n<LocationConstraint {namespace}>EU</LocationConstraint>\n"
            ),
            Some("EU"),
        ),
        (
            "<LocationConstraint>moon-1</LocationConstraint>".to_owned(),
            Some("moon-1"),
        ),
        (format!("<LocationConstraint {namespace}/>"), None),
        (
            format!("<LocationConstraint {namespace}></LocationConstraint>"),
            None,
        ),
        (String::new(), None),
    ];
    for (document, expected) in documents {
        let body: &'static [&'static str] = vec![&*document.clone().leak()].leak();
        let client = Wire::new([Response(200, &[], body)]).client();
        let output = client
            .get_bucket_location()
            .bucket("bucket")
            .send()
            .await
            .unwrap();
        let found = output
            .location_constraint()
            .map(BucketLocationConstraint::as_str);
        assert_eq!(found.filter(|it| !it.is_empty()), expected, "{document}");
    }
}

#[tokio::test]
async fn extended_request_ids() {
    const ERROR: &str = "<Error><Code>NoSuchKey</Code><Message>None</Message></Error>";
    let client = Wire::new([
        Response(200, IDS, &["hello"]),
        Response(404, IDS, &[ERROR]),
        Response(404, &[], &[ERROR]),
    ])
    .client();
    let get = || client.get_object().bucket("bucket").key("a").send();
    let output = get().await.unwrap();
    assert_eq!(output.request_id(), Some("id"));
    assert_eq!(output.extended_request_id(), Some("extended"));
    let error = get().await.unwrap_err();
    assert_eq!(error.request_id(), Some("id"));
    assert_eq!(error.extended_request_id(), Some("extended"));
    let error = error.into_service_error();
    assert_eq!(error.extended_request_id(), Some("extended"));
    assert_eq!(
        s3::Error::from(error).extended_request_id(),
        Some("extended")
    );
    assert_eq!(get().await.extended_request_id(), None);
}

/// Objects can have anything as the date at which they expire.
#[tokio::test]
#[expect(deprecated, reason = "the member exists for the same call sites")]
async fn expiry_dates() {
    let date = "Wed, 18 May 2033 03:33:20 GMT";
    for (value, expected) in [(date, Some(2_000_000_000)), ("0", None), ("tomorrow", None)] {
        let headers = vec![("expires", value)].leak();
        let client = Wire::new([Response(200, headers, &[])]).client();
        let output = client
            .head_object()
            .bucket("bucket")
            .key("a")
            .send()
            .await
            .unwrap();
        assert_eq!(output.expires().map(DateTime::secs), expected, "{value}");
        assert_eq!(output.expires_string(), Some(value));
    }
    let client = Wire::new([Response(200, &[], &[])]).client();
    let output = client
        .head_object()
        .bucket("bucket")
        .key("a")
        .send()
        .await
        .unwrap();
    assert_eq!((output.expires(), output.expires_string()), (None, None));
}

#[tokio::test]
async fn downloads_are_validated() {
    let wrong = &[("x-amz-checksum-crc32", "AAAAAA==")];
    let wire = Wire::new([
        Response(200, &[("x-amz-checksum-crc32", "NhCmhg==")], &["hel", "lo"]),
        Response(200, wrong, &["hel", "lo"]),
        Response(200, &[("x-amz-checksum-crc32", "AAAAAA==-2")], &["hello"]),
        Response(200, wrong, &["hello"]),
        Response(200, wrong, &["hello"]),
    ]);
    let client = wire.client();
    let get = client.get_object().bucket("bucket").key("a");
    let body = get.clone().send().await.unwrap().body;
    assert_eq!(body.collect().await.unwrap().to_vec(), b"hello");
    let body = get.clone().send().await.unwrap().body;
    let error = body.collect().await.unwrap_err();
    let shown = DisplayErrorContext(&error).to_string();
    assert!(shown.contains("its checksum is NhCmhg=="), "{shown}");
    get.clone()
        .send()
        .await
        .unwrap()
        .body
        .collect()
        .await
        .unwrap();
    // Whoever does not want it does not get it, unless the call does.
    let config = wire.config();
    let config = config.response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    let careless = Client::from_conf(config.build());
    let get = careless.get_object().bucket("bucket").key("a");
    get.clone()
        .send()
        .await
        .unwrap()
        .body
        .collect()
        .await
        .unwrap();
    let careful = get.checksum_mode(ChecksumMode::Enabled);
    careful
        .send()
        .await
        .unwrap()
        .body
        .collect()
        .await
        .unwrap_err();
    let sent = wire.sent();
    let modes: Vec<_> = sent
        .iter()
        .map(|sent| sent.header("x-amz-checksum-mode"))
        .collect();
    let enabled = Some("ENABLED");
    assert_eq!(modes, [enabled, enabled, enabled, None, enabled]);
}

/// The same over a connection: a server that sends another byte than it announced.
#[tokio::test]
async fn a_server_that_changes_an_object() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.extend_from_slice(&byte);
        }
        let response =
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nx-amz-checksum-crc32: NhCmhg==\r\n\r\nhallo";
        stream.write_all(response.as_bytes()).unwrap();
    });
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .endpoint_url(format!("http://{address}"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"));
    let client = Client::from_conf(config.build());
    let mut body = client
        .get_object()
        .bucket("bucket")
        .key("a")
        .send()
        .await
        .unwrap()
        .body;
    assert_eq!(body.next().await.unwrap().unwrap(), &b"hallo"[..]);
    let error = body.next().await.unwrap().unwrap_err();
    let shown = DisplayErrorContext(&error).to_string();
    assert!(
        shown.contains("`x-amz-checksum-crc32` announces NhCmhg=="),
        "{shown}"
    );
    assert!(body.next().await.is_none());
}

/// A failed response without a code is a service error, as in the official crate, which gives only 404 a code.
#[tokio::test]
async fn a_failed_response_needs_no_code() {
    const EMPTY: &[&str] = &[""];
    for (status, body, code, message) in [
        (403, EMPTY, None, None),
        (301, EMPTY, None, None),
        (404, EMPTY, Some("NotFound"), None),
        (404, &["<html/>"], None, Some("<html/>")),
        (
            403,
            &["<Error><Message>No</Message></Error>"],
            None,
            Some("No"),
        ),
    ] {
        let wire = Wire::new([Response(status, IDS, body), Response(status, IDS, body)]);
        let client = wire.client();
        let get = client.get_object().bucket("bucket").key("a").send().await;
        let put = client.put_object().bucket("bucket").key("a").send().await;
        let (get, put) = (get.unwrap_err(), put.unwrap_err());
        assert!(get.as_service_error().is_some() && put.as_service_error().is_some());
        for meta in [get.meta(), put.meta()] {
            assert_eq!(
                (meta.code(), meta.message()),
                (code, message),
                "{status} {body:?}"
            );
            assert_eq!(meta.request_id(), Some("id"));
        }
    }
}
