//! The items of the runtime that implement a protocol.

use crate::ir::{Protocol, TimestampFormat};

/// The items of the runtime that implement a protocol.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ProtocolItems {
    /// The type that implements the protocol.
    pub(crate) type_name: &'static str,
    /// The codec of its messages.
    pub(crate) codec: Codec,
    /// The feature of the runtime that enables the protocol.
    pub(crate) feature: &'static str,
    /// The format of timestamps whose format the model does not specify.
    pub(super) timestamp_format: TimestampFormat,
}

/// A codec of the runtime, by the name of its module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Codec(&'static str);

const JSON: Codec = Codec("json");

const AWS_JSON_1_0: ProtocolItems = ProtocolItems {
    type_name: "AwsJson1_0",
    codec: JSON,
    feature: "aws-json",
    timestamp_format: TimestampFormat::EpochSeconds,
};

const AWS_JSON_1_1: ProtocolItems = ProtocolItems {
    type_name: "AwsJson1_1",
    ..AWS_JSON_1_0
};

impl ProtocolItems {
    /// Returns the items for a protocol.
    ///
    /// A model with a protocol that is not supported has a fault, so its plan is not printed, and any items will do.
    pub(super) fn new(protocol: Protocol) -> Self {
        match protocol {
            Protocol::AwsJson1_0 => AWS_JSON_1_0,
            Protocol::AwsJson1_1
            | Protocol::RestJson
            | Protocol::RestXml
            | Protocol::Query
            | Protocol::Ec2Query
            | Protocol::RpcV2Cbor
            | Protocol::Unknown => AWS_JSON_1_1,
        }
    }
}

impl Codec {
    /// Returns the path of a macro of the codec, such as `members`.
    pub(crate) fn path(self, name: &str) -> String {
        format!("lean_aws_runtime::codegen::{}::{name}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_supported_protocol_has_items_of_its_own() {
        let names = Protocol::SUPPORTED.map(|it| ProtocolItems::new(it).type_name);
        assert_eq!(names, ["AwsJson1_1", "AwsJson1_0"]);
    }
}
