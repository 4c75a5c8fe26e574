//! Checksums against known values, and the bodies that contain or are validated by them.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::base64;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use bytes::Bytes;
use http::HeaderName;
use http_body::{Body, Frame};

use super::chunked::Trailer;
use super::request::{is_set, plan, prepare_stream};
use super::response::{ask, validate};
use super::{Algorithm, Hasher, RequestChecksum, ResponseChecksum, sha1};
use crate::protocol::{RequestBody, SerializedRequest};

fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

fn hex(base64: &str) -> String {
    let bytes = base64::decode(base64).unwrap();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The checks of the catalog of CRC algorithms, of FIPS 180-4, and of the empty string.
#[test]
fn known_checksums() {
    for (algorithm, text, expected) in [
        (Algorithm::Crc32, "", "00000000"),
        (Algorithm::Crc32, "123456789", "cbf43926"),
        (Algorithm::Crc32c, "", "00000000"),
        (Algorithm::Crc32c, "123456789", "e3069283"),
        (Algorithm::Crc64Nvme, "", "0000000000000000"),
        (Algorithm::Crc64Nvme, "123456789", "ae8b14860a799888"),
        (
            Algorithm::Sha1,
            "",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        ),
        (
            Algorithm::Sha1,
            "abc",
            "a9993e364706816aba3e25717850c26c9cd0d89d",
        ),
        (
            Algorithm::Sha1,
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
        ),
        (
            Algorithm::Sha256,
            "abc",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
    ] {
        let found = algorithm.of(text.as_bytes());
        assert_eq!(hex(&found), expected, "{algorithm:?} {text}");
        assert_eq!(found.len(), algorithm.encoded_length(), "{algorithm:?}");
    }
}

fn bytes(length: usize) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(length as u64);
    (0..length).map(|_| random.u8(..)).collect()
}

#[test]
fn parts_have_the_checksum_of_the_whole() {
    for length in [0, 1, 7, 8, 9, 55, 56, 63, 64, 65, 1000] {
        let whole = bytes(length);
        for (algorithm, ..) in Algorithm::ALL {
            for size in [1, 3, 8, 64, 100] {
                let mut hasher = Hasher::new(algorithm);
                whole.chunks(size).for_each(|part| hasher.update(part));
                assert_eq!(
                    hasher.finish(),
                    algorithm.of(&whole),
                    "{algorithm:?} {length} {size}"
                );
            }
        }
        let mut portable = sha1::portable::Sha1::new();
        whole.chunks(11).for_each(|part| portable.update(part));
        let portable = base64::encode(portable.finish());
        assert_eq!(portable, Algorithm::Sha1.of(&whole), "{length}");
    }
}

/// A stream of parts, without a known length.
struct Parts(Vec<Result<Frame<Bytes>, BoxError>>);

impl Parts {
    fn of(parts: &[&'static str]) -> SdkBody {
        let parts = parts
            .iter()
            .rev()
            .map(|part| Ok(Frame::data(Bytes::from_static(part.as_bytes()))));
        SdkBody::from_body_1_x(Self(parts.collect()))
    }
}

impl Body for Parts {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(self.0.pop())
    }
}

/// The bytes of a body, or the error that ends it.
fn read(body: SdkBody) -> Result<String, String> {
    let mut body = pin!(body);
    let mut text = String::new();
    loop {
        if body.is_end_stream() {
            return Ok(text);
        }
        match wait(poll_fn(|cx| body.as_mut().poll_frame(cx))) {
            None => return Ok(text),
            Some(Ok(frame)) => text += str::from_utf8(frame.data_ref().unwrap()).unwrap(),
            Some(Err(error)) => return Err(error.to_string()),
        }
    }
}

#[test]
fn streams_have_a_chunk_and_a_trailer() {
    let cases: [(Algorithm, &[&str], &str); 4] = [
        (
            Algorithm::Crc32,
            &["hello"],
            "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n",
        ),
        (
            Algorithm::Sha256,
            &["hello ", "", "world of streams"],
            "16\r\nhello world of streams\r\n0\r\n\
             x-amz-checksum-sha256:8xVghaCXK3gLcG7ptfPPW0Y4sBvzZeVFAuYfHv5wpTs=\r\n\r\n",
        ),
        (
            Algorithm::Crc32c,
            &[],
            "0\r\nx-amz-checksum-crc32c:AAAAAA==\r\n\r\n",
        ),
        (
            Algorithm::Crc64Nvme,
            &["123456789"],
            "9\r\n123456789\r\n0\r\nx-amz-checksum-crc64nvme:rosUhgp5mIg=\r\n\r\n",
        ),
    ];
    for (algorithm, parts, expected) in cases {
        let length = parts.concat().len() as u64;
        let trailer = Trailer { algorithm, length };
        let body = trailer.encode(Parts::of(parts));
        assert_eq!(body.content_length(), Some(expected.len() as u64));
        assert_eq!(trailer.encoded_length(), expected.len() as u64);
        assert_eq!(read(body).as_deref(), Ok(expected));
    }
    for (algorithm, ..) in Algorithm::ALL {
        for length in [0, 1, 15, 16, 255, 256, 70_000] {
            let text: &'static str = "x".repeat(length).leak();
            let length = length as u64;
            let trailer = Trailer { algorithm, length };
            let encoded = read(trailer.encode(Parts::of(&[text]))).unwrap();
            assert_eq!(
                trailer.encoded_length(),
                encoded.len() as u64,
                "{algorithm:?} {length}"
            );
        }
    }
}

#[test]
fn streams_of_another_length_are_errors() {
    let algorithm = Algorithm::Crc32;
    for (parts, expected) in [
        (&["hell"][..], "the stream ended after 4 of 5 bytes"),
        (&[], "the stream ended after 0 of 5 bytes"),
        (
            &["hello", "!"],
            "the stream has more than the 5 bytes that the request announces",
        ),
    ] {
        let body = Trailer {
            algorithm,
            length: 5,
        }
        .encode(Parts::of(parts));
        assert_eq!(read(body), Err(expected.to_owned()));
    }
    let broken = SdkBody::from_body_1_x(Parts(vec![Err("broken".into())]));
    let body = Trailer {
        algorithm,
        length: 5,
    }
    .encode(broken);
    assert_eq!(read(body), Err("broken".to_owned()));
}

const OPTIONAL: RequestChecksum = RequestChecksum {
    header: "x-amz-sdk-checksum-algorithm",
    required: false,
};

const REQUIRED: RequestChecksum = RequestChecksum {
    required: true,
    ..OPTIONAL
};

fn message(headers: &[(&'static str, &'static str)], body: RequestBody) -> SerializedRequest {
    let headers = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), (*value).into()));
    SerializedRequest {
        method: "PUT",
        uri: "".into(),
        headers: headers.collect(),
        body,
    }
}

fn headers(message: &SerializedRequest) -> String {
    let headers = message
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"));
    headers.collect::<Vec<_>>().join("; ")
}

#[test]
fn bodies_in_memory_have_a_header() {
    use RequestChecksumCalculation::{WhenRequired, WhenSupported};
    let default = "x-amz-sdk-checksum-algorithm: CRC32; x-amz-checksum-crc32: NhCmhg==";
    let set = &[("x-amz-checksum-sha1", "abc")];
    let chosen = &[("x-amz-sdk-checksum-algorithm", "CRC32C")];
    let by_choice = "x-amz-sdk-checksum-algorithm: CRC32C; x-amz-checksum-crc32c: mnG7TA==";
    for (headers_before, checksum, calculation, expected) in [
        (&[][..], OPTIONAL, None, default),
        (&[], OPTIONAL, Some(WhenSupported), default),
        (&[], OPTIONAL, Some(WhenRequired), ""),
        (&[], REQUIRED, Some(WhenRequired), default),
        (chosen, OPTIONAL, None, by_choice),
        (chosen, OPTIONAL, Some(WhenRequired), by_choice),
    ] {
        let mut message = message(headers_before, b"hello".to_vec().into());
        let planned = plan(&mut message, &checksum, calculation.as_ref()).unwrap();
        assert!(
            planned.is_none_or(|(_, is_stream)| !is_stream),
            "{planned:?}"
        );
        assert_eq!(headers(&message), expected);
    }
    for (headers, expected) in [(&set[..], true), (chosen, false)] {
        assert_eq!(is_set(&message(headers, b"".to_vec().into())), expected);
    }
    let mut unknown = message(
        &[("x-amz-sdk-checksum-algorithm", "XXHASH3")],
        b"".to_vec().into(),
    );
    let error = plan(&mut unknown, &OPTIONAL, None).unwrap_err().to_string();
    assert_eq!(
        error,
        "checksums by `XXHASH3` are not supported; set the checksum itself"
    );
}

fn stream(body: SdkBody) -> RequestBody {
    RequestBody::Stream(std::sync::Mutex::new(Some(body)))
}

#[test]
fn streams_have_a_trailer_or_are_read_twice() {
    let once = || stream(Parts::of(&["hel", "lo"]));
    let twice = || stream(SdkBody::retryable(|| Parts::of(&["hel", "lo"])));
    let trailer = "content-encoding: aws-chunked; x-amz-decoded-content-length: 5; \
        x-amz-trailer: x-amz-checksum-crc32; x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    let header = "content-length: 5; \
        x-amz-content-sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824; \
        x-amz-checksum-crc32: NhCmhg==";
    let length = &[("content-length", "5")];
    let encoded = &[("content-length", "5"), ("content-encoding", "gzip")];
    let after = trailer.replace("aws-chunked", "gzip, aws-chunked");
    for (before, body, hashed, expected) in [
        (&length[..], once(), false, trailer),
        (length, twice(), false, trailer),
        (length, once(), true, trailer),
        (length, twice(), true, header),
        (encoded, once(), false, &after),
    ] {
        let mut message = message(before, body);
        let planned = plan(&mut message, &OPTIONAL, None).unwrap();
        assert_eq!(planned, Some((Algorithm::Crc32, true)));
        message
            .headers
            .retain(|(name, _)| name != "x-amz-sdk-checksum-algorithm");
        let trailer = wait(prepare_stream(&mut message, Algorithm::Crc32, hashed)).unwrap();
        assert_eq!(trailer.is_some(), !expected.starts_with("content-length: "));
        assert_eq!(headers(&message), expected);
    }
    let mut unsized_stream = message(&[], once());
    let error = wait(prepare_stream(&mut unsized_stream, Algorithm::Crc32, false)).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the length of the stream is unknown; "),
        "{error}"
    );
}

const RESPONSE: ResponseChecksum = ResponseChecksum {
    header: "x-amz-checksum-mode",
    algorithms: &["CRC64NVME", "CRC32", "CRC32C", "SHA256", "SHA1", "MD5"],
};

#[test]
fn requests_ask_for_checksums() {
    use ResponseChecksumValidation::{WhenRequired, WhenSupported};
    let enabled = "x-amz-checksum-mode: ENABLED";
    let other = &[("x-amz-checksum-mode", "other")];
    let explicit = &[("x-amz-checksum-mode", "ENABLED")];
    for (before, validation, expected) in [
        (&[][..], None, (true, enabled)),
        (&[], Some(WhenSupported), (true, enabled)),
        (&[], Some(WhenRequired), (false, "")),
        (explicit, Some(WhenRequired), (true, enabled)),
        (other, None, (false, "x-amz-checksum-mode: other")),
    ] {
        let mut message = message(before, RequestBody::default());
        let found = ask(&mut message, &RESPONSE, validation.as_ref()).unwrap();
        assert_eq!((found, headers(&message).as_str()), expected);
    }
}

#[test]
fn wrong_checksums_of_responses_are_errors() {
    let wrong = "the body was changed on its way: its checksum is NhCmhg==, and `x-amz-checksum-crc32` announces AAAAAA==";
    for (headers, expected) in [
        (&[][..], None),
        (&[("x-amz-checksum-crc32", "NhCmhg==")], None),
        (&[("x-amz-checksum-crc32", "AAAAAA==")], Some(wrong)),
        (&[("x-amz-checksum-crc32c", "mnG7TA==")], None),
        (
            &[("x-amz-checksum-sha1", "qvTGHdzF6KLavt4PO0gs2a6pQ00=")],
            None,
        ),
        // The first algorithm is the fastest.
        (
            &[
                ("x-amz-checksum-sha1", "wrong"),
                ("x-amz-checksum-crc32", "NhCmhg=="),
            ],
            None,
        ),
        // Checksums of parts, and of algorithms that are not supported.
        (&[("x-amz-checksum-crc32", "AAAAAA==-3")], None),
        (&[("x-amz-checksum-md5", "AAAA")], None),
    ] {
        for body in [Parts::of(&["hel", "lo"]), SdkBody::from("hello")] {
            let mut response = HttpResponse::new(200.try_into().unwrap(), body);
            for (name, value) in headers {
                response.headers_mut().insert(*name, *value);
            }
            validate(&mut response, &RESPONSE);
            let result = read(response.take_body());
            match expected {
                None => assert_eq!(result.as_deref(), Ok("hello"), "{headers:?}"),
                Some(error) => assert_eq!(result, Err(error.to_owned()), "{headers:?}"),
            }
        }
    }
}

/// The error reaches those who collect the stream.
#[test]
fn a_collected_stream_has_the_error() {
    let mut response = HttpResponse::new(200.try_into().unwrap(), Parts::of(&["hello"]));
    response
        .headers_mut()
        .insert("x-amz-checksum-crc32", "AAAAAA==");
    validate(&mut response, &RESPONSE);
    let body = response.take_body();
    let error = wait(ByteStream::new(body).collect()).unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(
        source.starts_with("the body was changed on its way"),
        "{source}"
    );
}
