//! The items of the runtime that implement a protocol.

use crate::ir::Protocol;

/// The items of the runtime that implement a protocol.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ProtocolItems {
    /// The type that implements the protocol.
    pub(crate) type_name: &'static str,
    /// The codec of its messages.
    pub(crate) codec: Codec,
    /// The module with the bindings of members to parts of HTTP messages, in protocols with such bindings.
    pub(crate) bindings: Option<Codec>,
    /// The feature of the runtime that enables the protocol.
    pub(crate) feature: &'static str,
    /// Whether a request has no body if the model has no input for its operation.
    pub(crate) has_unit_inputs: bool,
}

/// A codec of the runtime, by the name of its module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Codec(&'static str);

const JSON: Codec = Codec("json");

const AWS_JSON_1_0: ProtocolItems = ProtocolItems {
    type_name: "AwsJson1_0",
    codec: JSON,
    bindings: None,
    feature: "aws-json",
    has_unit_inputs: false,
};

const AWS_JSON_1_1: ProtocolItems = ProtocolItems {
    type_name: "AwsJson1_1",
    ..AWS_JSON_1_0
};

const REST_JSON: ProtocolItems = ProtocolItems {
    type_name: "RestJson1",
    codec: JSON,
    bindings: Some(Codec("rest_json")),
    feature: "rest-json",
    has_unit_inputs: false,
};

const REST_XML: ProtocolItems = ProtocolItems {
    type_name: "RestXml",
    codec: Codec("rest_xml"),
    bindings: Some(Codec("rest_xml")),
    feature: "rest-xml",
    has_unit_inputs: false,
};

const QUERY: ProtocolItems = ProtocolItems {
    type_name: "AwsQuery",
    codec: Codec("query"),
    bindings: None,
    feature: "aws-query",
    has_unit_inputs: false,
};

const RPC_V2_CBOR: ProtocolItems = ProtocolItems {
    type_name: "RpcV2Cbor",
    codec: Codec("cbor"),
    bindings: None,
    feature: "rpc-v2-cbor",
    has_unit_inputs: true,
};

const EC2_QUERY: ProtocolItems = ProtocolItems {
    type_name: "Ec2Query",
    feature: "ec2-query",
    ..QUERY
};

impl ProtocolItems {
    /// Returns the items for a protocol.
    ///
    /// A model with a protocol that is not supported has a fault, so its plan is not printed, and any items will do.
    pub(super) fn new(protocol: Protocol) -> Self {
        match protocol {
            Protocol::AwsJson1_0 => AWS_JSON_1_0,
            Protocol::RestJson => REST_JSON,
            Protocol::Query => QUERY,
            Protocol::RpcV2Cbor => RPC_V2_CBOR,
            Protocol::Ec2Query => EC2_QUERY,
            Protocol::RestXml => REST_XML,
            Protocol::AwsJson1_1 | Protocol::Unknown => AWS_JSON_1_1,
        }
    }

    /// Whether the bodies of a protocol with bindings are XML.
    pub(crate) fn has_xml_bodies(self) -> bool {
        self == REST_XML
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
        let expected = [
            "AwsJson1_1",
            "AwsJson1_0",
            "RestJson1",
            "RestXml",
            "RpcV2Cbor",
            "AwsQuery",
            "Ec2Query",
        ];
        assert_eq!(names, expected);
    }
}
