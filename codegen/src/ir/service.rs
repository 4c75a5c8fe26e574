//! A service as a whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    AuthScheme, EndpointRules, Member, Operation, Poll, Shape, ShapeId, ShapeKind, Waiter,
    XmlNamespace,
};
use crate::Warning;

/// A service, with its operations and shapes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The short name, as `WorkSpaces`.
    pub id: String,
    /// The full name, as `Amazon WorkSpaces`.
    pub title: String,
    /// What the service is, in Markdown; may be empty.
    pub documentation: String,
    /// The version of the API, as `2015-04-08`.
    pub api_version: String,
    /// The name under which requests are signed, as `workspaces`.
    pub signing_name: String,
    /// What precedes an operation's name in `X-Amz-Target`, in protocols that have this header.
    pub target_prefix: Option<String>,
    /// The protocol of the client.
    pub protocol: Protocol,
    /// All protocols that the service has, in the order of the model.
    pub protocols: Vec<Protocol>,
    /// The authentication schemes of the service, by preference.
    pub auth: Vec<AuthScheme>,
    /// The namespace of the service's XML.
    pub xml_namespace: Option<XmlNamespace>,
    /// The operations by name.
    pub operations: BTreeMap<String, Operation>,
    /// The shapes by name.
    pub shapes: BTreeMap<ShapeId, Shape>,
    /// How the address of the service is found.
    pub endpoints: EndpointRules,
    /// The waiters by name.
    pub waiters: BTreeMap<String, Waiter>,
    /// How waiters poll operations, by operation; each operation that a waiter polls is here.
    pub polls: BTreeMap<String, Poll>,
    /// Whether the crate answers requests itself, offline, and so needs the constraints on inputs.
    pub offline: bool,
    /// What the examples of operations set, where the model cannot tell.
    pub examples: Examples,
    /// Whether errors bear the codes that they had under the query protocol.
    pub query_compatible: bool,
    /// What the crate leaves out, or leaves to its user.
    pub warnings: Vec<Warning>,
}

/// What the examples of operations set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Examples {
    /// By shape, or by structure and member as `Tag.Key`: the value; of a list, that of its element.
    pub values: BTreeMap<String, String>,
    /// By structure: the members that are set although they are not required.
    pub members: BTreeMap<ShapeId, Vec<String>>,
}

/// The protocols of AWS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Protocol {
    /// JSON over one POST, `application/x-amz-json-1.0`.
    AwsJson1_0,
    /// JSON over one POST, `application/x-amz-json-1.1`.
    AwsJson1_1,
    /// JSON with HTTP bindings.
    RestJson,
    /// XML with HTTP bindings.
    RestXml,
    /// Forms in requests, XML in responses.
    Query,
    /// The variant of `Query` that Amazon EC2 has.
    Ec2Query,
    /// CBOR over one POST for each operation.
    RpcV2Cbor,
    /// Another one, for which no client can be generated.
    #[default]
    Unknown,
}

impl Service {
    /// Whether structures have an `Option` for a member, as in the official crates. A required member
    /// is no `Option`, unless it is a structure or union, which have no default value, or the model
    /// lets clients leave it out.
    pub fn is_optional(&self, member: &Member) -> bool {
        let target = self.shapes.get(&member.shape).map(|shape| &shape.kind);
        let is_composed = matches!(target, Some(ShapeKind::Structure(_) | ShapeKind::Union(_)));
        !member.required || member.client_optional || is_composed
    }

    /// The path of an operation in the model's file.
    pub(crate) fn operation_path(&self, name: &str) -> String {
        let operation = self.operations.get(name);
        operation.map_or_else(String::new, |operation| operation.path.clone())
    }

    /// The path of a shape in the model's file.
    pub(crate) fn shape_path(&self, id: &str) -> String {
        let shape = self.shapes.get(id);
        shape.map_or_else(String::new, |shape| shape.path.clone())
    }

    /// The path of a member in the model's file; that of the shape if it has no such member.
    pub(crate) fn member_path(&self, id: &str, name: &str) -> String {
        let mut members = self.members(Some(id)).iter();
        let member = members.find(|member| member.name == name);
        member.map_or_else(|| self.shape_path(id), |member| member.path.clone())
    }

    /// The members of a structure or union; none of anything else, or of no shape.
    pub fn members(&self, id: Option<&str>) -> &[Member] {
        let shape = id.and_then(|id| self.shapes.get(id));
        shape.map(|shape| shape.kind.members()).unwrap_or_default()
    }
}
