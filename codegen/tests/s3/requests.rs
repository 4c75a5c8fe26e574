//! Addresses, signatures, checksums and presigned requests.

use std::time::Duration;

use aws_smithy_types::body::SdkBody;
use s3::Client;
use s3::config::{Builder, RequestChecksumCalculation, ResponseChecksumValidation};
use s3::error::{DisplayErrorContext, SdkError};
use s3::presigning::PresigningConfig;
use s3::primitives::{ByteStream, DateTime};
use s3::types::{ChecksumAlgorithm, Delete, Object};

use crate::mock::{NO_BUCKETS, Response, Wire, stream};

/// The SHA-256 hashes of nothing and of `hello`.
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

fn unchanged(builder: Builder) -> Builder {
    builder
}

fn path_style(builder: Builder) -> Builder {
    builder.force_path_style(true)
}

fn accelerated(builder: Builder) -> Builder {
    builder.accelerate(true)
}

fn local(builder: Builder) -> Builder {
    builder.endpoint_url("http://127.0.0.1:9000/base/")
}

fn custom(builder: Builder) -> Builder {
    builder.endpoint_url("https://objects.example.net")
}

#[tokio::test]
async fn the_endpoint_contains_the_bucket_and_the_path_the_key() {
    let cases: [(fn(Builder) -> Builder, &str, &str, &str); 17] = [
        (
            unchanged,
            "bucket",
            "key",
            "https://bucket.s3.eu-west-1.example.com/key",
        ),
        (
            unchanged,
            "a.b",
            "key",
            "https://s3.eu-west-1.example.com/a.b/key",
        ),
        (
            unchanged,
            "Bucket_1",
            "key",
            "https://s3.eu-west-1.example.com/Bucket_1/key",
        ),
        (
            path_style,
            "bucket",
            "a/b",
            "https://s3.eu-west-1.example.com/bucket/a/b",
        ),
        (
            accelerated,
            "bucket",
            "key",
            "https://bucket.s3-accelerate.example.com/key",
        ),
        (
            local,
            "bucket",
            "key",
            "http://127.0.0.1:9000/base/bucket/key",
        ),
        (
            custom,
            "bucket",
            "key",
            "https://bucket.objects.example.net/key",
        ),
        (
            unchanged,
            "bucket",
            "a//b",
            "https://bucket.s3.eu-west-1.example.com/a//b",
        ),
        (
            unchanged,
            "bucket",
            "/a",
            "https://bucket.s3.eu-west-1.example.com//a",
        ),
        (
            unchanged,
            "bucket",
            "../x",
            "https://bucket.s3.eu-west-1.example.com/../x",
        ),
        (
            unchanged,
            "bucket",
            "a/./b/",
            "https://bucket.s3.eu-west-1.example.com/a/./b/",
        ),
        (
            unchanged,
            "bucket",
            "a b+c?d",
            "https://bucket.s3.eu-west-1.example.com/a%20b%2Bc%3Fd",
        ),
        (
            unchanged,
            "bucket",
            "%2F#&=",
            "https://bucket.s3.eu-west-1.example.com/%252F%23%26%3D",
        ),
        (
            unchanged,
            "bucket",
            "ü/😀",
            "https://bucket.s3.eu-west-1.example.com/%C3%BC/%F0%9F%98%80",
        ),
        (
            unchanged,
            "bucket",
            "-._~",
            "https://bucket.s3.eu-west-1.example.com/-._~",
        ),
        (
            unchanged,
            "bucket",
            "a\n\0",
            "https://bucket.s3.eu-west-1.example.com/a%0A%00",
        ),
        (
            path_style,
            "bucket",
            "/",
            "https://s3.eu-west-1.example.com/bucket//",
        ),
    ];
    for (set, bucket, key, expected) in cases {
        let wire = Wire::default();
        let client = Client::from_conf(set(wire.config()).build());
        client
            .head_object()
            .bucket(bucket)
            .key(key)
            .send()
            .await
            .unwrap();
        assert_eq!(wire.sent()[0].uri, expected);
    }
    let location = || Response(200, &[], &["<LocationConstraint/>"]);
    let wire = Wire::new([location(), location(), NO_BUCKETS]);
    let client = wire.client();
    client
        .get_bucket_location()
        .bucket("bucket")
        .send()
        .await
        .unwrap();
    client
        .get_bucket_location()
        .bucket("a.b")
        .send()
        .await
        .unwrap();
    client.list_buckets().send().await.unwrap();
    let get = client.get_object().bucket("bucket").key("key");
    get.version_id("a b").send().await.unwrap();
    let abort = client.abort_multipart_upload().bucket("bucket").key("key");
    abort.upload_id("1").send().await.unwrap();
    let sent: Vec<String> = wire.sent().into_iter().map(|sent| sent.uri).collect();
    assert_eq!(
        sent,
        [
            "https://bucket.s3.eu-west-1.example.com/?location",
            "https://s3.eu-west-1.example.com/a.b/?location",
            "https://s3.eu-west-1.example.com/?x-id=ListBuckets",
            "https://bucket.s3.eu-west-1.example.com/key?x-id=GetObject&versionId=a%20b",
            "https://bucket.s3.eu-west-1.example.com/key?x-id=AbortMultipartUpload&uploadId=1",
        ]
    );
}

/// The codes in the user agents of the official crate, measured over a socket.
#[tokio::test]
async fn the_user_agent_says_how_checksums_are_calculated() {
    let required = |builder: Builder| {
        builder
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
    };
    let cases: [(fn(Builder) -> Builder, Option<ChecksumAlgorithm>, Option<&str>, &str); 6] = [
        (unchanged, None, None, "m/U,Z,E"),
        (unchanged, Some(ChecksumAlgorithm::Crc32C), None, "m/V,Z,E"),
        (unchanged, Some(ChecksumAlgorithm::Sha1), None, "m/X,Z,E"),
        (unchanged, Some(ChecksumAlgorithm::Sha256), None, "m/Y,Z,E"),
        (unchanged, None, Some("by the caller"), "m/E"),
        (required, None, None, "m/a,E"),
    ];
    let codes = |wire: &Wire| {
        let sent = wire.sent();
        let agent = sent[0].header("user-agent").unwrap();
        let codes = agent.split(' ').find(|it| it.starts_with("m/"));
        codes.unwrap().to_owned()
    };
    for (set, algorithm, checksum, expected) in cases {
        let wire = Wire::default();
        let client = Client::from_conf(set(wire.config()).build());
        let put = client.put_object().bucket("bucket").key("a");
        let put = put.body(ByteStream::from_static(b"hi"));
        let put = put.set_checksum_algorithm(algorithm);
        let put = put.set_checksum_sha256(checksum.map(str::to_owned));
        put.send().await.unwrap();
        assert_eq!(codes(&wire), expected);
    }
    for (set, expected) in [
        (unchanged as fn(Builder) -> Builder, "m/E,b"),
        (required, "m/E,c"),
    ] {
        let wire = Wire::default();
        let client = Client::from_conf(set(wire.config()).build());
        let get = client.get_object().bucket("bucket").key("a");
        get.send().await.unwrap();
        assert_eq!(codes(&wire), expected);
    }
}

/// Without its ID, the request would delete an object instead of an upload.
#[tokio::test]
async fn required_parameters_of_the_query_must_be_set() {
    let wire = Wire::default();
    let abort = wire.client().abort_multipart_upload();
    let abort = abort.bucket("bucket").key("key");
    for id in [None, Some(String::new())] {
        let error = abort.clone().set_upload_id(id).send().await.unwrap_err();
        assert!(matches!(error, SdkError::ConstructionFailure(_)));
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains("upload_id was missing"), "{text}");
    }
    assert_eq!(wire.sent().len(), 0);
}

/// Nothing is sent if the address would be that of another operation, or cannot be used.
#[tokio::test]
async fn buckets_without_an_endpoint_are_errors() {
    let wire = Wire::default();
    let client = Client::from_conf(accelerated(wire.config()).build());
    let arn = "arn:aws:s3::123456789012:accesspoint/a.mrap";
    for (bucket, key, expected) in [
        (None, "key", "bucket was missing: cannot be empty or unset"),
        (
            Some(""),
            "key",
            "bucket was missing: cannot be empty or unset",
        ),
        (
            Some("bucket"),
            "",
            "key was missing: cannot be empty or unset",
        ),
        (
            Some("a.b"),
            "key",
            "S3 Accelerate cannot be used with this bucket",
        ),
        (
            Some(arn),
            "key",
            "requires SigV4a signatures, which this crate does not support",
        ),
    ] {
        let get = client
            .get_object()
            .set_bucket(bucket.map(str::to_owned))
            .key(key);
        let error = get.send().await.unwrap_err();
        let shown = DisplayErrorContext(&error).to_string();
        assert!(shown.contains(expected), "{shown}");
    }
    assert!(wire.sent().is_empty());
}

#[tokio::test]
async fn signed_requests_have_the_hash_of_their_body() {
    let wire = Wire::default();
    let client = wire.client();
    client
        .get_object()
        .bucket("bucket")
        .key("a")
        .send()
        .await
        .unwrap();
    let put = client.put_object().bucket("bucket").key("a");
    put.body(ByteStream::from_static(b"hello"))
        .send()
        .await
        .unwrap();
    // A stream without a checksum.
    let careless = wire.config();
    let careless = careless.request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    let careless = Client::from_conf(careless.build());
    let put = careless
        .put_object()
        .bucket("bucket")
        .key("a")
        .content_length(5);
    put.body(ByteStream::new(stream(&["hello"])))
        .send()
        .await
        .unwrap();
    // A request whose body the caller leaves out of the signature.
    let put = client.put_object().bucket("bucket").key("a");
    put.body(ByteStream::from_static(b"hello"))
        .customize()
        .disable_payload_signing()
        .send()
        .await
        .unwrap();
    let sent = wire.sent();
    let hashes: Vec<_> = sent
        .iter()
        .map(|sent| sent.header("x-amz-content-sha256"))
        .collect();
    let unsigned = Some("UNSIGNED-PAYLOAD");
    assert_eq!(hashes, [Some(EMPTY), Some(HELLO), unsigned, unsigned]);
    for sent in sent {
        let authorization = sent.header("authorization").unwrap();
        assert!(
            authorization.contains("/eu-west-1/s3/aws4_request, "),
            "{authorization}"
        );
        assert!(
            authorization.contains(";x-amz-content-sha256;"),
            "{authorization}"
        );
    }
}

#[tokio::test]
async fn bodies_in_memory_have_a_checksum_in_a_header() {
    let object = || Response(200, &[], &[]);
    let deleted = Response(200, &[], &["<DeleteResult/>"]);
    let wire = Wire::new([object(), object(), object(), object(), deleted]);
    let client = wire.client();
    let put = || {
        let put = client.put_object().bucket("bucket").key("a");
        put.body(ByteStream::from_static(b"hello"))
    };
    put().send().await.unwrap();
    put()
        .checksum_algorithm(ChecksumAlgorithm::Crc32C)
        .send()
        .await
        .unwrap();
    put().checksum_sha256("by the caller").send().await.unwrap();
    client
        .put_object()
        .bucket("bucket")
        .key("a")
        .send()
        .await
        .unwrap();
    let object = Object::builder().key("a & b").build().unwrap();
    let delete = Delete::builder().objects(object).build().unwrap();
    client
        .delete_objects()
        .bucket("bucket")
        .delete(delete)
        .send()
        .await
        .unwrap();
    let sent = wire.sent();
    let checksums: Vec<String> = sent
        .iter()
        .map(|sent| {
            let checksums = sent
                .headers
                .iter()
                .filter(|(name, _)| name.contains("checksum"));
            let mut checksums: Vec<_> = checksums
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            checksums.sort();
            checksums.join("; ")
        })
        .collect();
    assert_eq!(
        checksums[..4],
        [
            "x-amz-checksum-crc32: NhCmhg==; x-amz-sdk-checksum-algorithm: CRC32",
            "x-amz-checksum-crc32c: mnG7TA==; x-amz-sdk-checksum-algorithm: CRC32C",
            "x-amz-checksum-sha256: by the caller",
            "x-amz-checksum-crc32: AAAAAA==; x-amz-sdk-checksum-algorithm: CRC32",
        ]
    );
    assert!(
        checksums[4].ends_with("; x-amz-sdk-checksum-algorithm: CRC32"),
        "{checksums:?}"
    );
    assert_eq!(
        sent[4].body,
        "<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Object><Key>a &amp; b</Key></Object></Delete>"
    );
    assert_eq!(sent[4].header("content-md5"), None);

    let unknown = put().checksum_algorithm(ChecksumAlgorithm::Xxhash3);
    let error = unknown.send().await.unwrap_err();
    let shown = DisplayErrorContext(&error).to_string();
    assert!(
        shown.contains("checksums by `XXHASH3` are not supported"),
        "{shown}"
    );
}

/// The encoded body, byte for byte. Each attempt reads the stream again.
#[tokio::test]
async fn streams_have_a_checksum_in_a_trailer() {
    let wire = Wire::new([Response(
        503,
        &[],
        &["<Error><Code>SlowDown</Code></Error>"],
    )]);
    let twice = SdkBody::retryable(|| stream(&["hello", " ", "world"]));
    let put = wire.client().put_object().bucket("bucket").key("a");
    let put = put.body(ByteStream::new(twice)).content_length(11);
    put.content_encoding("gzip").send().await.unwrap();
    let sent = wire.sent();
    assert_eq!(sent.len(), 2);
    for sent in sent {
        assert_eq!(
            sent.body,
            "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n"
        );
        for (name, expected) in [
            ("content-length", Some("52")),
            ("content-encoding", Some("gzip, aws-chunked")),
            ("x-amz-decoded-content-length", Some("11")),
            ("x-amz-trailer", Some("x-amz-checksum-crc32")),
            (
                "x-amz-content-sha256",
                Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ),
            ("x-amz-sdk-checksum-algorithm", Some("CRC32")),
            ("x-amz-checksum-crc32", None),
            ("transfer-encoding", None),
        ] {
            assert_eq!(sent.header(name), expected, "{name}");
        }
    }
}

/// Over plain HTTP, the signature covers a stream that can be read twice.
#[tokio::test]
async fn streams_over_plain_http_are_signed() {
    let wire = Wire::default();
    let client = Client::from_conf(local(wire.config()).build());
    let twice = SdkBody::retryable(|| stream(&["hel", "lo"]));
    for body in [twice, stream(&["hel", "lo"])] {
        let put = client.put_object().bucket("bucket").key("a");
        put.body(ByteStream::new(body))
            .content_length(5)
            .send()
            .await
            .unwrap();
    }
    let sent = wire.sent();
    assert_eq!(sent[0].body, "hello");
    assert_eq!(sent[0].header("x-amz-content-sha256"), Some(HELLO));
    assert_eq!(sent[0].header("x-amz-checksum-crc32"), Some("NhCmhg=="));
    assert_eq!(
        sent[1].body,
        "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n"
    );
}

#[tokio::test]
async fn streams_of_unknown_length_are_errors() {
    let wire = Wire::default();
    let put = wire.client().put_object().bucket("bucket").key("a");
    let error = put
        .body(ByteStream::new(stream(&["hello"])))
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, SdkError::ConstructionFailure(_)));
    let shown = DisplayErrorContext(&error).to_string();
    assert!(
        shown.contains("the length of the stream is unknown; set `content_length`"),
        "{shown}"
    );
    assert!(wire.sent().is_empty());
}

/// Presigned requests have neither checksums nor a signed body.
#[tokio::test]
async fn presigned_requests() {
    let client = Wire::default().client();
    let valid = PresigningConfig::expires_in(Duration::from_secs(60)).unwrap();
    let put = client.put_object().bucket("bucket").key("a b//ü");
    let put = put.expires(DateTime::from_secs(2_000_000_000));
    let put = put.presigned(valid.clone()).await.unwrap();
    assert_eq!(put.method(), "PUT");
    let headers: Vec<_> = put.headers().collect();
    assert_eq!(headers, [("expires", "Wed, 18 May 2033 03:33:20 GMT")]);
    let (path, query) = put.uri().split_once('?').unwrap();
    assert_eq!(
        path,
        "https://bucket.s3.eu-west-1.example.com/a%20b//%C3%BC"
    );
    assert!(
        query.contains("X-Amz-SignedHeaders=expires%3Bhost&"),
        "{query}"
    );
    let get = client
        .get_object()
        .bucket("bucket")
        .key("a")
        .version_id("1");
    let get = get.presigned(valid.clone()).await.unwrap();
    assert_eq!(get.headers().count(), 0);
    assert!(
        get.uri().contains("?x-id=GetObject&versionId=1&X-Amz-Algorithm="),
        "{}",
        get.uri()
    );
    let head = client.head_object().bucket("bucket").key("a");
    assert_eq!(head.presigned(valid).await.unwrap().method(), "HEAD");
}
