//! The errors of the client for IMDS.

use std::error::Error;
use std::fmt;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

/// The error of a request to IMDS.
#[derive(Debug)]
#[non_exhaustive]
pub enum ImdsError {
    /// There is no session token, which each request needs.
    FailedToLoadToken(FailedToLoadToken),
    /// IMDS returned a status that is no success.
    ErrorResponse(ErrorResponse),
    /// There is no complete response.
    IoError(IoError),
    /// The request could not be made, or the response is not text.
    Unexpected(Unexpected),
}

/// The details of [`ImdsError::FailedToLoadToken`].
#[derive(Debug)]
pub struct FailedToLoadToken {
    url: String,
    source: SdkError<TokenError, HttpResponse>,
}

impl FailedToLoadToken {
    /// Returns whether IMDS could not be reached or did not respond.
    pub fn is_dispatch_failure(&self) -> bool {
        matches!(self.source, SdkError::DispatchFailure(_))
    }
}

/// The details of [`ImdsError::ErrorResponse`].
pub struct ErrorResponse {
    url: String,
    response: HttpResponse,
}

impl ErrorResponse {
    /// Returns the response.
    pub fn response(&self) -> &HttpResponse {
        &self.response
    }
}

/// Shows the status only, because the metadata of an instance can be secret.
impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("url", &self.url)
            .field("status", &self.response.status())
            .finish_non_exhaustive()
    }
}

/// The details of [`ImdsError::IoError`].
#[derive(Debug)]
pub struct IoError {
    url: String,
    source: BoxError,
}

/// The details of [`ImdsError::Unexpected`].
#[derive(Debug)]
pub struct Unexpected {
    source: BoxError,
}

impl ImdsError {
    pub(super) fn failed_to_load_token(
        url: String,
        source: SdkError<TokenError, HttpResponse>,
    ) -> Self {
        Self::FailedToLoadToken(FailedToLoadToken { url, source })
    }

    pub(super) fn error_response(url: String, response: HttpResponse) -> Self {
        Self::ErrorResponse(ErrorResponse { url, response })
    }

    pub(super) fn io_error(url: String, source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Self::IoError(IoError { url, source })
    }

    pub(super) fn unexpected(source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Self::Unexpected(Unexpected { source })
    }
}

impl fmt::Display for ImdsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FailedToLoadToken(FailedToLoadToken { url, .. }) => {
                write!(
                    f,
                    "no session token could be loaded from {url}; without EC2, set {}=true",
                    super::super::DISABLED
                )
            }
            Self::ErrorResponse(ErrorResponse { url, response }) => {
                write!(
                    f,
                    "{url} returned the status {}",
                    response.status().as_u16()
                )
            }
            Self::IoError(IoError { url, .. }) => write!(f, "{url} did not respond"),
            Self::Unexpected(_) => f.write_str("the metadata service could not be used"),
        }
    }
}

impl Error for ImdsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::FailedToLoadToken(details) => Some(&details.source),
            Self::ErrorResponse(_) => None,
            Self::IoError(details) => Some(&*details.source),
            Self::Unexpected(details) => Some(&*details.source),
        }
    }
}

/// The error of a response that has no session token.
#[derive(Debug)]
pub struct TokenError(TokenErrorKind);

#[derive(Debug)]
pub(super) enum TokenErrorKind {
    BadRequest,
    Forbidden,
    UnexpectedStatus(u16),
    /// The token cannot be the value of a header.
    InvalidToken,
    NoTtl,
    InvalidTtl,
}

impl From<TokenErrorKind> for TokenError {
    fn from(kind: TokenErrorKind) -> Self {
        Self(kind)
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            TokenErrorKind::BadRequest => f.write_str(
                "the metadata service returned the status 400; the time to live of a token is from 1 second to 6 hours",
            ),
            TokenErrorKind::Forbidden => f.write_str(
                "the metadata service returned the status 403; it is turned off, or the instance is not allowed to use it",
            ),
            TokenErrorKind::UnexpectedStatus(status) => {
                write!(f, "the metadata service returned the status {status}")
            }
            TokenErrorKind::InvalidToken => f.write_str("the token cannot be the value of a header"),
            TokenErrorKind::NoTtl => f.write_str("the token has no time to live"),
            TokenErrorKind::InvalidTtl => f.write_str("the time to live of the token is not valid"),
        }
    }
}

impl Error for TokenError {}

/// The error of an endpoint that is not valid.
#[derive(Debug)]
pub struct BuildError {
    /// The variable, or the property with its file.
    place: String,
    source: BoxError,
}

impl BuildError {
    pub(super) fn new(place: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self {
            place: place.into(),
            source: source.into(),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value of {} is not valid", self.place)
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// The error of a string that is not the name of an [`EndpointMode`](super::EndpointMode).
#[derive(Debug)]
pub struct InvalidEndpointMode {
    mode: String,
}

impl InvalidEndpointMode {
    pub(super) fn new(mode: impl Into<String>) -> Self {
        Self { mode: mode.into() }
    }
}

impl fmt::Display for InvalidEndpointMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected `IPv4` or `IPv6`, found {:?}", self.mode)
    }
}

impl Error for InvalidEndpointMode {}
