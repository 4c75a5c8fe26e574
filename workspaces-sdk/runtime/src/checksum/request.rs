//! Checksums of requests, as the trait [`aws.protocols#httpChecksum`] specifies them.
//!
//! [`aws.protocols#httpChecksum`]: https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait

use std::future::poll_fn;
use std::pin::pin;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::RequestChecksumCalculation;
use http::HeaderName;
use http::header::CONTENT_LENGTH;
use http_body::Body;

use super::chunked::Trailer;
use super::{Algorithm, Hasher};
use crate::auth::Sha256;
use crate::headers::CONTENT_SHA256;
use crate::hex::push_hex;
use crate::protocol::{RequestBody, SerializedRequest};

/// The beginning of the names of headers with a checksum.
const PREFIX: &str = "x-amz-checksum-";

const TRAILER: HeaderName = HeaderName::from_static("x-amz-trailer");

const DECODED_LENGTH: HeaderName = HeaderName::from_static("x-amz-decoded-content-length");

/// The value of `x-amz-content-sha256` for a stream with a trailer, which no signature covers.
const UNSIGNED_TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/// The checksum of the requests of an operation.
#[doc(hidden)]
#[derive(Debug)]
pub struct RequestChecksum {
    /// The header with the algorithm, if the caller can choose it.
    pub header: &'static str,
    /// Whether the service demands a checksum.
    pub required: bool,
}

/// Whether the caller has set the checksum itself.
pub(crate) fn is_set(message: &SerializedRequest) -> bool {
    let mut names = message.headers.iter().map(|(name, _)| name.as_str());
    names.any(|name| name.starts_with(PREFIX))
}

/// Chooses the algorithm of a request. If its body is in memory, adds the header with the checksum. Returns the algorithm that is
/// used, and whether the body is a stream, whose checksum is still missing.
///
/// # Errors
/// When the caller chooses an algorithm that this runtime does not have.
pub(crate) fn plan(
    message: &mut SerializedRequest,
    checksum: &RequestChecksum,
    calculation: Option<&RequestChecksumCalculation>,
) -> Result<Option<(Algorithm, bool)>, BoxError> {
    let mut headers = message.headers.iter();
    let chosen = headers.find(|(name, _)| *name == checksum.header);
    let algorithm = match chosen {
        Some((_, name)) => Algorithm::named(name).ok_or_else(|| {
            format!("checksums by `{name}` are not supported; set the checksum itself")
        })?,
        None if !checksum.required
            && calculation == Some(&RequestChecksumCalculation::WhenRequired) =>
        {
            return Ok(None);
        }
        None => {
            let (algorithm, name) = (Algorithm::Crc32, "CRC32");
            let header = HeaderName::try_from(checksum.header)?;
            message.headers.push((header, name.into()));
            algorithm
        }
    };
    let RequestBody::Bytes(body) = &message.body else {
        return Ok(Some((algorithm, true)));
    };
    let value = algorithm.of(body);
    add(message, algorithm, value);
    Ok(Some((algorithm, false)))
}

/// Prepares a stream with a checksum: returns the trailer that it must have, or adds the header with the checksum.
///
/// `hashed` is whether the signature must cover the stream, as over plain HTTP.
///
/// # Errors
/// When the length of the stream is not known, or it cannot be read.
pub(crate) async fn prepare_stream(
    message: &mut SerializedRequest,
    algorithm: Algorithm,
    hashed: bool,
) -> Result<Option<Trailer>, BoxError> {
    if hashed && let Some(stream) = message.body.copy_of_stream() {
        let (hash, value) = read(stream, algorithm).await?;
        message.headers.push((CONTENT_SHA256, hash.into()));
        add(message, algorithm, value);
        return Ok(None);
    }
    let mut headers = message.headers.iter();
    let length = headers.find(|(name, _)| *name == CONTENT_LENGTH);
    let length = length.and_then(|(_, length)| length.parse().ok());
    let length = length.or_else(|| message.body.content_length()).ok_or(
        "the length of the stream is unknown; set `content_length`, or send a file, bytes, or a stream with an exact \
         size hint",
    )?;
    message.headers.retain(|(name, _)| *name != CONTENT_LENGTH);
    message.add_encoding("aws-chunked");
    for (name, value) in [
        (DECODED_LENGTH, length.to_string().into()),
        (TRAILER, algorithm.header().into()),
        (CONTENT_SHA256, UNSIGNED_TRAILER.into()),
    ] {
        message.headers.push((name, value));
    }
    Ok(Some(Trailer { algorithm, length }))
}

fn add(message: &mut SerializedRequest, algorithm: Algorithm, value: String) {
    let header = HeaderName::from_static(algorithm.header());
    message.headers.push((header, value.into()));
}

/// Returns the SHA-256 hash of a stream in hexadecimal digits, and its checksum. Nothing of the stream stays in memory.
async fn read(stream: SdkBody, algorithm: Algorithm) -> Result<(String, String), BoxError> {
    let (mut hash, mut checksum) = (Sha256::new(), Hasher::new(algorithm));
    let mut stream = pin!(stream);
    while let Some(frame) = poll_fn(|cx| stream.as_mut().poll_frame(cx)).await {
        if let Some(data) = frame?.data_ref() {
            hash.update(data);
            checksum.update(data);
        }
    }
    let mut text = String::with_capacity(64);
    push_hex(&mut text, hash.finish().as_ref());
    Ok((text, checksum.finish()))
}
