//! The encodings of messages: bytes only, no protocol.

#[cfg(feature = "aws-json")]
pub(crate) mod json;
#[cfg(feature = "aws-json")]
pub(crate) mod memory;
