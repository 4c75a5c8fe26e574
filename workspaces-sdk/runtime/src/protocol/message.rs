//! The request that a protocol writes, and access to the body of the response that it reads.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::HeaderName;
use http::header::CONTENT_ENCODING;

/// The part of an HTTP request that follows from the input.
#[doc(hidden)]
#[derive(Debug)]
pub struct SerializedRequest {
    /// The method.
    pub method: &'static str,
    /// The path and the query, relative to the endpoint and without a leading slash.
    pub uri: Cow<'static, str>,
    /// The headers that depend on the input.
    pub headers: Vec<(HeaderName, Cow<'static, str>)>,
    /// The body.
    pub body: RequestBody,
}

impl SerializedRequest {
    /// Adds an encoding of the body after those that a member of the input names.
    pub(crate) fn add_encoding(&mut self, encoding: &'static str) {
        let mut headers = self.headers.iter_mut();
        match headers.find(|(name, _)| *name == CONTENT_ENCODING) {
            Some((_, value)) => *value = format!("{value}, {encoding}").into(),
            None => self.headers.push((CONTENT_ENCODING, encoding.into())),
        }
    }
}

/// The body of a request, which all attempts share.
#[doc(hidden)]
pub enum RequestBody {
    /// A body in memory.
    Bytes(Bytes),
    /// A stream. One that cannot be read twice is gone after the first attempt.
    Stream(Mutex<Option<SdkBody>>),
}

impl RequestBody {
    /// Returns a body for one attempt; `None` if an earlier attempt has consumed it.
    pub(crate) fn for_attempt(&self) -> Option<SdkBody> {
        match self {
            Self::Bytes(bytes) => Some(SdkBody::from(bytes.clone())),
            Self::Stream(stream) => {
                let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                let copy = stream.as_ref().and_then(SdkBody::try_clone);
                copy.or_else(|| stream.take())
            }
        }
    }

    /// Returns another copy of a stream; `None` if it can be read only once, or the body is no stream.
    #[cfg(feature = "streams")]
    pub(crate) fn copy_of_stream(&self) -> Option<SdkBody> {
        match self {
            Self::Bytes(_) => None,
            Self::Stream(stream) => {
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.as_ref()?.try_clone()
            }
        }
    }

    /// Returns the length of the body, if it is known.
    pub(crate) fn content_length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream(stream) => {
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.as_ref()?.content_length()
            }
        }
    }

    /// Whether a later attempt can send the body again.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Stream(stream) => {
                let stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.is_some()
            }
        }
    }
}

impl Default for RequestBody {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

/// Shows nothing of the body, which may contain secrets.
impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestBody")
    }
}

/// Returns the body of a response, which has been collected.
#[doc(hidden)]
pub fn body_of(response: &HttpResponse) -> &[u8] {
    response.body().bytes().unwrap_or_default()
}
