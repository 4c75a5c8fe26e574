//! Checksums of bodies: those that a model demands as `content-md5`, and those whose algorithm the caller or the client chooses.
//!
//! A body in memory has its checksum in a header. A stream has it in a trailer, so that it is read only once: the body has the
//! encoding `aws-chunked`, see [`chunked`]. Over plain HTTP, where nothing else protects the body, a stream that can be read more
//! than once has the checksum in a header too, and is signed by its hash.

#[cfg(feature = "checksums")]
use aws_smithy_runtime_api::box_error::BoxError;
#[cfg(feature = "checksums")]
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};

#[cfg(feature = "checksums")]
use crate::handle::Handle;
#[cfg(feature = "checksums")]
use crate::operation::Operation;
#[cfg(feature = "checksums")]
use crate::protocol::SerializedRequest;
#[cfg(feature = "checksums")]
use crate::user_agent::feature;

#[cfg(feature = "checksums")]
mod algorithm;
#[cfg(feature = "checksums")]
pub(crate) mod chunked;
#[cfg(feature = "checksums")]
mod crc;
#[cfg(feature = "md5")]
mod md5;
#[cfg(feature = "checksums")]
mod request;
#[cfg(feature = "checksums")]
mod response;
#[cfg(feature = "checksums")]
mod sha1;
#[cfg(all(feature = "checksums", test))]
mod tests;

#[cfg(feature = "checksums")]
pub(crate) use algorithm::{Algorithm, Hasher};
#[cfg(feature = "md5")]
pub use md5::content_md5;
#[cfg(feature = "checksums")]
pub use request::RequestChecksum;
#[cfg(feature = "checksums")]
pub(crate) use request::prepare_stream;
#[cfg(feature = "checksums")]
pub use response::ResponseChecksum;
#[cfg(feature = "checksums")]
pub(crate) use response::validate;

/// Plans the checksums of a call: returns the algorithm for a stream, and the checksums of a response that is validated.
///
/// # Errors
/// When the caller chooses an algorithm that this runtime does not have.
#[cfg(feature = "checksums")]
#[allow(clippy::type_complexity, reason = "it is a pair of facts")]
pub(crate) fn plan_call<I: Operation>(
    handle: &Handle,
    message: &mut SerializedRequest,
    features: &mut Vec<&'static str>,
) -> Result<(Option<Algorithm>, Option<&'static ResponseChecksum>), BoxError> {
    let settings = &handle.settings.service_specific;
    let algorithm = match I::REQUEST_CHECKSUM {
        // A checksum of the caller is sent as it is.
        Some(it) if !request::is_set(message) => {
            let calculation = settings.request_checksum_calculation.as_ref();
            features.push(match calculation {
                Some(RequestChecksumCalculation::WhenRequired) => {
                    feature::REQUEST_CHECKSUM_WHEN_REQUIRED
                }
                _ => feature::REQUEST_CHECKSUM_WHEN_SUPPORTED,
            });
            let planned = request::plan(message, it, calculation)?;
            features.extend(planned.map(|(algorithm, _)| algorithm.feature()));
            planned.and_then(|(algorithm, is_stream)| is_stream.then_some(algorithm))
        }
        _ => None,
    };
    let validated = match I::RESPONSE_CHECKSUM {
        Some(it) => {
            let validation = settings.response_checksum_validation.as_ref();
            features.push(match validation {
                Some(ResponseChecksumValidation::WhenRequired) => {
                    feature::RESPONSE_CHECKSUM_WHEN_REQUIRED
                }
                _ => feature::RESPONSE_CHECKSUM_WHEN_SUPPORTED,
            });
            response::ask(message, it, validation)?.then_some(it)
        }
        None => None,
    };
    Ok((algorithm, validated))
}
