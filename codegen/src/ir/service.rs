//! The service.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::index::Indexes;
use super::{
    AuthScheme, Batch, ClientParameter, EndpointRules, Location, Member, Operation, Poll, Shape,
    ShapeId, ShapeKind, TimestampFormat, Waiter, XmlNamespace,
};
use crate::Warning;

/// A service, with its operations and shapes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// The short name, such as `WorkSpaces`.
    pub id: String,
    /// The full name, such as `Amazon WorkSpaces`.
    pub title: String,
    /// The documentation, in HTML or Markdown; may be empty.
    pub documentation: String,
    /// The version of the API, such as `2015-04-08`.
    pub api_version: String,
    /// The service name for signatures, such as `workspaces`.
    pub signing_name: String,
    /// The prefix of the operation in `X-Amz-Target`, in protocols that use this header.
    pub target_prefix: Option<String>,
    /// The protocol of the client.
    pub protocol: Protocol,
    /// All protocols of the service, in the order of the model.
    pub protocols: Vec<Protocol>,
    /// The authentication schemes of the service, in order of preference.
    pub auth: Vec<AuthScheme>,
    /// The XML namespace of the service.
    pub xml_namespace: Option<XmlNamespace>,
    /// The operations by name.
    pub operations: BTreeMap<String, Operation>,
    /// The shapes by name.
    pub shapes: BTreeMap<ShapeId, Shape>,
    /// The parameters of endpoint rules that are settings of the client.
    pub client_parameters: Vec<ClientParameter>,
    /// The endpoint rules.
    pub endpoints: EndpointRules,
    /// The waiters by name.
    pub waiters: BTreeMap<String, Waiter>,
    /// The polling of operations. Each operation that a waiter polls has an entry.
    pub polls: BTreeMap<String, Poll>,
    /// By operation: how it is called for any number of items.
    pub batches: BTreeMap<String, Batch>,
    /// The rate of requests that the service publishes as its limit.
    pub request_rate: Option<RequestRate>,
    /// Whether the crate has an offline service, according to the options.
    pub offline: bool,
    /// The values and members in examples of operations, if the model does not determine them.
    pub examples: Examples,
    /// Whether responses contain the error codes of the query protocol.
    pub query_compatible: bool,
    /// Whether responses with a successful status can contain an error.
    pub errors_in_success: bool,
    /// Whether a failed response with status 404 and an empty body has the error code `NotFound`.
    pub empty_not_found: bool,
    /// The service and the action that tokens in place of passwords are signed for, if the service has such tokens.
    pub auth_token: Option<[String; 2]>,
    /// Whether a failed response without an error code is a response error.
    pub requires_error_code: bool,
    /// Codes of errors that are retried, although no operation models them.
    pub retryable_codes: Vec<String>,
    /// Whether responses have extended request IDs.
    pub extended_request_ids: bool,
    /// Whether signed requests have the header `x-amz-content-sha256`.
    pub content_sha256: bool,
    /// The headers that all requests have: their names and values.
    pub headers: Vec<(String, String)>,
    /// The operation that returns the endpoints of other operations. The pass `check_endpoint_discovery` removes it if
    /// clients do not use it.
    pub discovery: Option<String>,
    /// The features of the model that the crate does not fully support.
    pub warnings: Vec<Warning>,
    #[serde(skip)]
    pub(crate) indexes: Indexes,
}

/// The values and members in examples of operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Examples {
    /// By shape, or by structure and member such as `Tag.Key`: the value. For a list, this is the value of its element.
    pub values: BTreeMap<String, String>,
    /// By structure: the optional members that are set.
    pub members: BTreeMap<ShapeId, Vec<String>>,
}

/// The protocols of AWS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Protocol {
    /// JSON in POST requests, `application/x-amz-json-1.0`.
    AwsJson1_0,
    /// JSON in POST requests, `application/x-amz-json-1.1`.
    AwsJson1_1,
    /// JSON with HTTP bindings.
    RestJson,
    /// XML with HTTP bindings.
    RestXml,
    /// Forms in requests and XML in responses.
    Query,
    /// The variant of `Query` for Amazon EC2.
    Ec2Query,
    /// CBOR in POST requests.
    RpcV2Cbor,
    /// An unknown protocol.
    #[default]
    Unknown,
}

impl Protocol {
    /// The protocols that clients can use, the preferred one first. The order is that of botocore.
    pub const SUPPORTED: [Self; 7] = [
        Self::AwsJson1_1,
        Self::AwsJson1_0,
        Self::RestJson,
        Self::RestXml,
        Self::RpcV2Cbor,
        Self::Query,
        Self::Ec2Query,
    ];

    /// Returns the format of timestamps in bodies whose format the model does not specify.
    pub fn timestamp_format(self) -> TimestampFormat {
        match self.has_xml() {
            true => TimestampFormat::DateTime,
            false => TimestampFormat::EpochSeconds,
        }
    }

    /// Whether the bodies of responses are XML.
    pub fn has_xml(self) -> bool {
        matches!(self, Self::Query | Self::Ec2Query | Self::RestXml)
    }

    /// Whether bodies have the format of timestamps that the model specifies. In CBOR, their format is always the same.
    pub fn has_timestamp_formats(self) -> bool {
        self != Self::RpcV2Cbor
    }

    /// Whether requests name the service by the prefix of its targets. In such protocols, members have the same name in the
    /// model and on the wire, and errors can have codes of the query protocol.
    pub fn has_target(self) -> bool {
        self.is_json() || self == Self::RpcV2Cbor
    }

    /// Whether it is a version of awsJson.
    pub fn is_json(self) -> bool {
        matches!(self, Self::AwsJson1_0 | Self::AwsJson1_1)
    }

    /// Whether members can be in parts of an HTTP message other than its body.
    pub fn has_bindings(self) -> bool {
        matches!(self, Self::RestJson | Self::RestXml)
    }
}

impl Service {
    /// Returns the format that the model specifies for a timestamp, or for those in a list or a map, at any depth. `format`
    /// is that of the reference to the shape.
    pub fn specified_format(
        &self,
        id: &str,
        format: Option<TimestampFormat>,
    ) -> Option<TimestampFormat> {
        let shape = self.shapes.get(id)?;
        match &shape.kind {
            ShapeKind::Timestamp(of_shape) => format.or(*of_shape),
            ShapeKind::List(element) | ShapeKind::Map { value: element, .. } => {
                self.specified_format(element, shape.element_format)
            }
            _ => None,
        }
    }

    /// Returns the name of the header that a member of an input is sent as, in lowercase.
    pub(crate) fn header_of(&self, operation: &Operation, member: &str) -> Option<String> {
        let mut members = self.members(operation.input.as_deref()).iter();
        let member = members.find(|it| it.model_name == member)?;
        match &member.binding.location {
            Location::Header(name) if self.protocol.has_bindings() => {
                Some(name.to_ascii_lowercase())
            }
            _ => None,
        }
    }

    /// Returns the path of an operation in the file of the model.
    pub(crate) fn operation_path(&self, name: &str) -> String {
        let operation = self.operations.get(name);
        operation.map_or_else(String::new, |operation| operation.path.clone())
    }

    /// Returns the path of a shape in the file of the model.
    pub(crate) fn shape_path(&self, id: &str) -> String {
        let shape = self.shapes.get(id);
        shape.map_or_else(String::new, |shape| shape.path.clone())
    }

    /// Returns the path of a member in the file of the model, or the path of the shape if it has no such member.
    pub(crate) fn member_path(&self, id: &str, name: &str) -> String {
        let mut members = self.members(Some(id)).iter();
        let member = members.find(|member| member.name == name);
        member.map_or_else(|| self.shape_path(id), |member| member.path.clone())
    }

    /// Returns the members of a structure or union. Other shapes have none.
    pub fn members(&self, id: Option<&str>) -> &[Member] {
        let shape = id.and_then(|id| self.shapes.get(id));
        shape.map(|shape| shape.kind.members()).unwrap_or_default()
    }
}

/// A limit on the rate of requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRate {
    /// The number of requests per second.
    pub per_second: u32,
    /// The number of requests that may be sent at once.
    pub burst: u32,
    /// The URL of the page that says so.
    pub source: String,
}
