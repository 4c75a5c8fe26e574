//! The encodings of messages: bytes only, no protocol.

#[cfg(feature = "aws-json")]
pub(crate) mod json;
