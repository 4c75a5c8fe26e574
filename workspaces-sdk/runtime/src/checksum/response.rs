//! Validation of the checksums of responses, while they are read.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::ResponseChecksumValidation;
use bytes::Bytes;
use http::HeaderName;
use http_body::{Body, Frame, SizeHint};

use super::{Algorithm, Hasher};
use crate::protocol::SerializedRequest;

/// The value of the header that asks for checksums.
const ENABLED: &str = "ENABLED";

/// The checksums of the responses of an operation.
#[doc(hidden)]
#[derive(Debug)]
pub struct ResponseChecksum {
    /// The header of requests that asks for checksums.
    pub header: &'static str,
    /// The names of the algorithms that responses can have.
    pub algorithms: &'static [&'static str],
}

/// Asks for the checksum of the response, unless the settings or the caller do not want it. Returns whether the response is
/// validated.
///
/// # Errors
/// When the name of the header is not valid.
pub(crate) fn ask(
    message: &mut SerializedRequest,
    checksum: &ResponseChecksum,
    validation: Option<&ResponseChecksumValidation>,
) -> Result<bool, BoxError> {
    let mut headers = message.headers.iter();
    if let Some((_, mode)) = headers.find(|(name, _)| *name == checksum.header) {
        return Ok(mode == ENABLED);
    }
    let is_wanted = validation != Some(&ResponseChecksumValidation::WhenRequired);
    if is_wanted {
        let header = HeaderName::try_from(checksum.header)?;
        message.headers.push((header, ENABLED.into()));
    }
    Ok(is_wanted)
}

/// Lets the body of a response fail at its end if its checksum is wrong.
///
/// A response without a known checksum stays as it is. So does one with the checksum of the checksums of its parts, which ends
/// with the number of parts: the boundaries of the parts are not known.
pub(crate) fn validate(response: &mut HttpResponse, checksum: &ResponseChecksum) {
    let headers = response.headers();
    let found = Algorithm::ALL.iter().find_map(|(algorithm, name, header)| {
        let is_possible = checksum.algorithms.contains(name);
        let value = headers.get(*header).filter(|_| is_possible)?;
        Some((*algorithm, value.to_owned()))
    });
    let Some((algorithm, expected)) = found.filter(|(_, value)| !value.contains('-')) else {
        return;
    };
    let body = Validated {
        body: response.take_body(),
        algorithm,
        checksum: Some(Hasher::new(algorithm)),
        expected,
    };
    *response.body_mut() = SdkBody::from_body_1_x(body);
}

/// A body whose checksum is validated.
struct Validated {
    body: SdkBody,
    algorithm: Algorithm,
    /// `None` after the validation.
    checksum: Option<Hasher>,
    expected: String,
}

impl Validated {
    fn check(&mut self) -> Result<(), WrongChecksum> {
        let Some(found) = self.checksum.take().map(Hasher::finish) else {
            return Ok(());
        };
        match found == self.expected {
            true => Ok(()),
            false => Err(WrongChecksum {
                algorithm: self.algorithm,
                expected: std::mem::take(&mut self.expected),
                found,
            }),
        }
    }
}

impl Body for Validated {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(frame) => frame,
            Poll::Pending => return Poll::Pending,
        };
        Poll::Ready(match frame {
            Some(Ok(frame)) => {
                if let (Some(checksum), Some(data)) = (&mut self.checksum, frame.data_ref()) {
                    checksum.update(data);
                }
                Some(Ok(frame))
            }
            Some(Err(error)) => {
                self.checksum = None;
                Some(Err(error))
            }
            None => self.check().err().map(|error| Err(error.into())),
        })
    }

    fn is_end_stream(&self) -> bool {
        // Otherwise the error of a wrong checksum would not be read.
        self.checksum.is_none() && Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.body)
    }
}

/// The error of a body with a wrong checksum.
#[derive(Debug)]
pub(super) struct WrongChecksum {
    algorithm: Algorithm,
    expected: String,
    found: String,
}

impl fmt::Display for WrongChecksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            algorithm,
            expected,
            found,
        } = self;
        let header = algorithm.header();
        write!(
            f,
            "the body was changed on its way: its checksum is {found}, and `{header}` announces {expected}"
        )
    }
}

impl std::error::Error for WrongChecksum {}
