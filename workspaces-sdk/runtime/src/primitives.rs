//! The types of members that are neither strings, numbers nor types of a model.

pub use aws_smithy_types::byte_stream::ByteStream;
pub use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
#[cfg(feature = "streams")]
pub use aws_smithy_types::{
    body::SdkBody,
    byte_stream::{AggregatedBytes, FsBuilder, Length, error::Error as ByteStreamError},
};
