//! The items of the runtime that implement a protocol.

use crate::ir::Protocol;

/// The items of the runtime that implement a protocol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProtocolItems {
    /// The type that implements the protocol.
    pub(crate) type_name: &'static str,
    /// The codec of its messages.
    pub(crate) codec: Codec,
    /// The feature of the runtime that enables the protocol.
    pub(crate) feature: &'static str,
}

/// A codec of the runtime, by the name of its module.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Codec(&'static str);

const JSON: Codec = Codec("json");

impl ProtocolItems {
    /// Returns the items for a protocol that the generator supports.
    pub(super) fn new(protocol: Protocol) -> Self {
        Self {
            type_name: match protocol {
                Protocol::AwsJson1_0 => "AwsJson1_0",
                _ => "AwsJson1_1",
            },
            codec: JSON,
            feature: "aws-json",
        }
    }
}

impl Codec {
    /// Returns the path of a macro of the codec, such as `members`.
    pub(crate) fn path(self, name: &str) -> String {
        format!("lean_aws_runtime::codegen::{}::{name}", self.0)
    }
}
