//! Objects: streams in constant memory, checksums, pages, multipart uploads, copies, presigned requests and odd keys.

use std::process::Command;
use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::{RequestId, RequestIdExt};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::{ByteStream, DateTime};
use aws_sdk_s3::types::{
    BucketLocationConstraint, ChecksumAlgorithm, ChecksumMode, CompletedMultipartUpload,
    CompletedPart, CreateBucketConfiguration, Delete, MetadataDirective, ObjectIdentifier, Tag,
    Tagging,
};

const BUCKET: &str = "peer-bucket";

/// The size of the large object, and the memory that the program may take for it, in KiB.
const LARGE: usize = 64 << 20;
const MEMORY: u64 = 24 << 10;

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_s3);
    client.create_bucket().bucket(BUCKET).send().await?;
    large_objects(&client).await?;
    buckets(&client).await?;
    objects(&client).await?;
    odd_keys(&client).await?;
    checksums(&client).await?;
    pages(&client).await?;
    multipart(&client).await?;
    presigned(&client).await?;
    errors(&client).await
}

/// The memory that the program has taken at most, in KiB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("this is Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let size = line.and_then(|line| line.split_whitespace().nth(1));
    size.and_then(|size| size.parse().ok()).expect("a size")
}

/// A file is sent, and received again, in parts. This runs first, because memory is measured at its peak.
async fn large_objects(client: &Client) -> peers::Result {
    let path = std::env::temp_dir().join(format!("peer-s3-{}", std::process::id()));
    let line = b"sixteen bytes...";
    std::fs::write(&path, line.repeat(LARGE / line.len()))?;
    let before = peak_memory();
    // The file was in memory before it was written.
    let limit = before + MEMORY;
    let body = ByteStream::from_path(&path).await?;
    let put = client.put_object().bucket(BUCKET).key("large").body(body);
    let output = put.send().await?;
    assert!(output.checksum_crc32().is_some());
    std::fs::remove_file(&path)?;

    let output = client
        .get_object()
        .bucket(BUCKET)
        .key("large")
        .send()
        .await?;
    assert_eq!(output.content_length(), Some(LARGE as i64));
    assert!(output.checksum_crc32().is_some());
    let mut body = output.body;
    let mut received = 0;
    while let Some(part) = body.try_next().await? {
        for (at, byte) in part.iter().enumerate() {
            assert_eq!(*byte, line[(received + at) % line.len()]);
        }
        received += part.len();
    }
    assert_eq!(received, LARGE);
    let peak = peak_memory();
    assert!(peak < limit, "{peak} KiB, {limit} KiB allowed");
    client
        .delete_object()
        .bucket(BUCKET)
        .key("large")
        .send()
        .await?;
    Ok(())
}

async fn buckets(client: &Client) -> peers::Result {
    let configuration =
        CreateBucketConfiguration::builder().location_constraint(BucketLocationConstraint::EuWest1);
    client
        .create_bucket()
        .bucket("peer-bucket-2")
        .create_bucket_configuration(configuration.build())
        .send()
        .await?;
    let output = client.list_buckets().send().await?;
    let names: Vec<_> = output
        .buckets()
        .iter()
        .map(|bucket| bucket.name())
        .collect();
    assert_eq!(names, [Some(BUCKET), Some("peer-bucket-2")]);
    assert!(output.buckets()[0].creation_date().is_some());
    assert!(output.request_id().is_some());
    let output = client
        .get_bucket_location()
        .bucket("peer-bucket-2")
        .send()
        .await?;
    let location = output.location_constraint();
    assert_eq!(location, Some(&BucketLocationConstraint::EuWest1));
    // The location of the oldest Region is empty.
    let output = client.get_bucket_location().bucket(BUCKET).send().await?;
    assert!(
        output
            .location_constraint()
            .is_none_or(|it| it.as_str().is_empty())
    );
    client
        .put_bucket_tagging()
        .bucket(BUCKET)
        .tagging(
            Tagging::builder()
                .tag_set(Tag::builder().key("team").value("a & b").build()?)
                .build()?,
        )
        .send()
        .await?;
    let output = client.get_bucket_tagging().bucket(BUCKET).send().await?;
    let tags: Vec<_> = output
        .tag_set()
        .iter()
        .map(|tag| (tag.key(), tag.value()))
        .collect();
    assert_eq!(tags, [("team", "a & b")]);
    client
        .delete_bucket()
        .bucket("peer-bucket-2")
        .send()
        .await?;
    Ok(())
}

async fn objects(client: &Client) -> peers::Result {
    let output = client
        .put_object()
        .bucket(BUCKET)
        .key("notes/first")
        .body(ByteStream::from_static(b"hello"))
        .content_type("text/plain")
        .metadata("colour", "blue")
        .tagging("team=a%20b")
        .expires(DateTime::from_secs(2_000_000_000))
        .send()
        .await?;
    let tag = output.e_tag().expect("a tag").to_owned();
    let output = client
        .head_object()
        .bucket(BUCKET)
        .key("notes/first")
        .send()
        .await?;
    assert_eq!(output.content_length(), Some(5));
    assert_eq!(output.content_type(), Some("text/plain"));
    assert_eq!(output.metadata().expect("metadata")["colour"], "blue");
    assert_eq!(output.e_tag(), Some(tag.as_str()));
    let output = client
        .get_object()
        .bucket(BUCKET)
        .key("notes/first")
        .range("bytes=1-3")
        .send()
        .await?;
    assert_eq!(output.content_range(), Some("bytes 1-3/5"));
    assert_eq!(output.body.collect().await?.to_vec(), b"ell");

    let output = client
        .copy_object()
        .bucket(BUCKET)
        .key("notes/second")
        .copy_source(format!("{BUCKET}/notes/first"))
        .metadata_directive(MetadataDirective::Replace)
        .metadata("colour", "red")
        .send()
        .await?;
    let result = output.copy_object_result().expect("a result");
    assert_eq!(result.e_tag(), Some(tag.as_str()));
    let output = client
        .get_object()
        .bucket(BUCKET)
        .key("notes/second")
        .send()
        .await?;
    assert_eq!(output.metadata().expect("metadata")["colour"], "red");
    assert_eq!(output.body.collect().await?.into_bytes().as_ref(), b"hello");
    Ok(())
}

/// Keys are encoded once, and their paths are not normalized.
async fn odd_keys(client: &Client) -> peers::Result {
    let keys = [
        "a//b",
        "a b+c?d=e&f#g",
        "100%",
        "%2F",
        "ü/€/😀",
        "trailing/",
        "a/./b",
        "a/../b",
        "'\"<>&;:@$,!*()[]{}|^`~=",
        "tab\tand end ",
    ];
    for key in keys {
        let body = ByteStream::from(key.as_bytes().to_vec());
        client
            .put_object()
            .bucket(BUCKET)
            .key(key)
            .body(body)
            .send()
            .await?;
        let output = client.get_object().bucket(BUCKET).key(key).send().await?;
        assert_eq!(
            output.body.collect().await?.to_vec(),
            key.as_bytes(),
            "{key}"
        );
        client.head_object().bucket(BUCKET).key(key).send().await?;
    }
    let output = client.list_objects_v2().bucket(BUCKET).send().await?;
    let listed: Vec<_> = output.contents().iter().filter_map(|it| it.key()).collect();
    for key in keys {
        assert!(listed.contains(&key), "{key} is not in {listed:?}");
    }
    let objects = keys.map(|key| ObjectIdentifier::builder().key(key).build());
    let objects = objects.into_iter().collect::<Result<Vec<_>, _>>()?;
    let delete = Delete::builder().set_objects(Some(objects)).build()?;
    let output = client
        .delete_objects()
        .bucket(BUCKET)
        .delete(delete)
        .send()
        .await?;
    assert_eq!(output.deleted().len(), keys.len());
    assert!(output.errors().is_empty());
    Ok(())
}

async fn checksums(client: &Client) -> peers::Result {
    for algorithm in [
        ChecksumAlgorithm::Crc32,
        ChecksumAlgorithm::Crc32C,
        ChecksumAlgorithm::Sha1,
        ChecksumAlgorithm::Sha256,
    ] {
        client
            .put_object()
            .bucket(BUCKET)
            .key("sum")
            .body(ByteStream::from_static(b"hello"))
            .checksum_algorithm(algorithm.clone())
            .send()
            .await?;
        let output = client
            .get_object()
            .bucket(BUCKET)
            .key("sum")
            .checksum_mode(ChecksumMode::Enabled)
            .send()
            .await?;
        assert_eq!(
            output.body.collect().await?.to_vec(),
            b"hello",
            "{algorithm:?}"
        );
    }
    // This server stores the checksum of the request without verifying it.
    client
        .put_object()
        .bucket(BUCKET)
        .key("sum")
        .body(ByteStream::from_static(b"hello"))
        .checksum_algorithm(ChecksumAlgorithm::Crc32)
        .checksum_crc32("AAAAAA==")
        .send()
        .await?;
    let output = client.get_object().bucket(BUCKET).key("sum").send().await?;
    output
        .body
        .collect()
        .await
        .expect_err("the checksum is wrong");
    let config = client
        .config()
        .to_builder()
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
        .build();
    let careless = Client::from_conf(config);
    let output = careless
        .get_object()
        .bucket(BUCKET)
        .key("sum")
        .send()
        .await?;
    assert_eq!(output.body.collect().await?.to_vec(), b"hello");
    let put = careless.put_object().bucket(BUCKET).key("sum");
    let output = put.body(ByteStream::from_static(b"hello")).send().await?;
    assert!(output.checksum_sha256().is_none());
    client
        .delete_object()
        .bucket(BUCKET)
        .key("sum")
        .send()
        .await?;
    Ok(())
}

async fn pages(client: &Client) -> peers::Result {
    for number in 0..25 {
        let key = format!("page/{number:02}");
        client.put_object().bucket(BUCKET).key(key).send().await?;
    }
    let mut pages = client
        .list_objects_v2()
        .bucket(BUCKET)
        .prefix("page/")
        .max_keys(10)
        .into_paginator()
        .send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.contents().len());
        assert_eq!(page.name(), Some(BUCKET));
    }
    assert_eq!(sizes, [10, 10, 5]);
    let output = client
        .list_objects_v2()
        .bucket(BUCKET)
        .delimiter("/")
        .send()
        .await?;
    let prefixes: Vec<_> = output
        .common_prefixes()
        .iter()
        .filter_map(|it| it.prefix())
        .collect();
    assert_eq!(prefixes, ["notes/", "page/"]);
    Ok(())
}

async fn multipart(client: &Client) -> peers::Result {
    let start = client.create_multipart_upload().bucket(BUCKET).key("parts");
    let output = start.send().await?;
    let upload = output.upload_id().expect("an ID").to_owned();
    let mut parts = CompletedMultipartUpload::builder();
    let sizes = [5 << 20, 5 << 20, 1000];
    for (number, size) in (1..).zip(sizes) {
        let output = client
            .upload_part()
            .bucket(BUCKET)
            .key("parts")
            .upload_id(&upload)
            .part_number(number)
            .body(ByteStream::from(vec![b'x'; size]))
            .send()
            .await?;
        let part = CompletedPart::builder()
            .part_number(number)
            .set_e_tag(output.e_tag().map(str::to_owned));
        parts = parts.parts(part.build());
    }
    let uploads = client
        .list_multipart_uploads()
        .bucket(BUCKET)
        .send()
        .await?;
    let found: Vec<_> = (uploads.uploads().iter())
        .map(|it| it.upload_id())
        .collect();
    assert_eq!(found, [Some(upload.as_str())]);
    let output = client
        .complete_multipart_upload()
        .bucket(BUCKET)
        .key("parts")
        .upload_id(&upload)
        .multipart_upload(parts.build())
        .send()
        .await?;
    assert_eq!(output.key(), Some("parts"));
    let output = client
        .get_object()
        .bucket(BUCKET)
        .key("parts")
        .send()
        .await?;
    let body = output.body.collect().await?.to_vec();
    assert_eq!(body.len(), sizes.iter().sum::<usize>());
    Ok(())
}

async fn presigned(client: &Client) -> peers::Result {
    let valid = PresigningConfig::expires_in(Duration::from_secs(60))?;
    let key = "presigned/a b+ü";
    let put = client.put_object().bucket(BUCKET).key(key);
    let put = put.presigned(valid.clone()).await?;
    assert!(put.uri().contains("X-Amz-Signature="));
    assert_eq!(put.method(), "PUT");
    // Without a type, curl sends a form, of which this server stores nothing.
    let with_type = ["-H", "content-type: text/plain", "--data-binary", "by curl"];
    curl(&[&["-X", "PUT"], &with_type[..], &[put.uri()]].concat());
    let get = client.get_object().bucket(BUCKET).key(key);
    let get = get.presigned(valid.clone()).await?;
    assert_eq!(curl(&[get.uri()]), "by curl");
    let head = client.head_object().bucket(BUCKET).key(key);
    let head = head.presigned(valid.clone()).await?;
    assert!(curl(&["--head", head.uri()]).contains("200"));
    let delete = client.delete_object().bucket(BUCKET).key(key);
    let delete = delete.presigned(valid).await?;
    curl(&["-X", "DELETE", delete.uri()]);
    let head = client.head_object().bucket(BUCKET).key(key).send().await;
    assert!(
        head.expect_err("it was deleted")
            .into_service_error()
            .is_not_found()
    );
    Ok(())
}

fn curl(arguments: &[&str]) -> String {
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--fail"]);
    let output = command.args(arguments).output().expect("curl is installed");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).expect("text")
}

async fn errors(client: &Client) -> peers::Result {
    let get = client.get_object().bucket(BUCKET).key("none").send().await;
    let error = get.expect_err("there is no such key");
    assert_eq!(error.code(), Some("NoSuchKey"));
    assert!(error.message().is_some());
    // This server sends no extended ID.
    assert!(error.request_id().is_some());
    assert_eq!(error.extended_request_id(), None);
    assert!(error.into_service_error().is_no_such_key());
    let head = client.head_object().bucket(BUCKET).key("none").send().await;
    let error = head.expect_err("there is no such key");
    assert!(
        matches!(&error, SdkError::ServiceError(error) if error.raw().status().as_u16() == 404)
    );
    assert!(error.into_service_error().is_not_found());
    let head = client.head_bucket().bucket("no-such-bucket").send().await;
    assert!(
        head.expect_err("there is no such bucket")
            .into_service_error()
            .is_not_found()
    );
    let list = client
        .list_objects_v2()
        .bucket("no-such-bucket")
        .send()
        .await;
    let error = list
        .expect_err("there is no such bucket")
        .into_service_error();
    assert!(error.is_no_such_bucket());
    let delete = client.delete_bucket().bucket(BUCKET).send().await;
    assert_eq!(
        delete.expect_err("it is not empty").code(),
        Some("BucketNotEmpty")
    );
    // Endpoints that need other signatures, and names that are no buckets.
    for bucket in [
        "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
        "arn:aws:s3:us-east-1:123456789012:nothing",
    ] {
        let get = client.get_object().bucket(bucket).key("a").send().await;
        let error = get.expect_err("there is no such endpoint");
        assert!(
            !matches!(error, SdkError::ServiceError(_)),
            "{}",
            DisplayErrorContext(&error)
        );
    }
    Ok(())
}
