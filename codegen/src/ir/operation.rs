//! Operations and their pagination.

use serde::{Deserialize, Serialize};

use super::{AuthScheme, Checksum, Deprecated, EndpointDiscovery, Http, ShapeId};

/// An operation of the service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Operation {
    /// The path of the operation in the file of the model.
    pub path: String,
    /// The documentation, in HTML or Markdown; may be empty.
    pub documentation: String,
    /// The input, or `None` if it is empty.
    pub input: Option<ShapeId>,
    /// The output, or `None` if it is empty.
    pub output: Option<ShapeId>,
    /// The errors that the operation may return.
    pub errors: Vec<ShapeId>,
    /// The HTTP request, in protocols with HTTP bindings.
    pub http: Http,
    /// The prefix of the host, such as `data.{AccountId}.`.
    pub host_prefix: Option<HostPrefix>,
    /// The pagination, if the operation has any.
    pub pagination: Option<Pagination>,
    /// The deprecation, if the operation is deprecated.
    pub deprecated: Option<Deprecated>,
    /// Whether requests are not signed.
    pub unsigned: bool,
    /// Whether requests are signed only if credentials are available.
    pub optional_auth: bool,
    /// Whether signatures do not cover the body.
    pub unsigned_payload: bool,
    /// The authentication schemes, if they differ from those of the service.
    pub auth: Option<Vec<AuthScheme>>,
    /// The checksums, if the operation has any.
    pub checksum: Option<Checksum>,
    /// Whether requests have the tree hash of their body.
    pub tree_hash: bool,
    /// Whether the service waits before it responds, until it has something to return.
    pub long_polling: bool,
    /// Whether large requests can be compressed.
    pub compressed: bool,
    /// Whether requests can be presigned.
    pub presigned: bool,
    /// The parameters of endpoint rules that the operation sets.
    pub context: Vec<ContextParameter>,
    /// Whether another operation returns the endpoint. The pass `check_endpoint_discovery` removes what clients do not use.
    pub endpoint_discovery: EndpointDiscovery,
}

/// The prefix of the host of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostPrefix {
    /// The prefix, with members of the input in braces.
    pub template: String,
    /// The path of the prefix in the file of the model.
    pub path: String,
}

/// A parameter of endpoint rules that an operation sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContextParameter {
    /// The name of the parameter.
    pub name: String,
    /// The source of its value.
    pub value: ContextValue,
}

/// The source of the value of a parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ContextValue {
    /// A constant.
    Boolean(bool),
    /// A constant.
    String(String),
    /// The member at a path from the input.
    Member(Vec<String>),
    /// The keys of the map at a path from the input.
    Keys(Vec<String>),
    /// The members at several paths from each element of the list at a path from the input.
    Each(Vec<String>, Vec<Vec<String>>),
}

/// The pagination of an operation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pagination {
    /// The member of the input for the token of a page.
    pub input_token: String,
    /// The path from the output to the token of the next page.
    pub output_token: Vec<String>,
    /// The path from the output to the list of items, or `None` if no single list is known.
    pub items: Option<Vec<String>>,
    /// The member of the input that limits the size of a page.
    pub page_size: Option<String>,
    /// The member of the output that is true if there are more pages. Without it, there are if there is a token.
    pub truncated: Option<String>,
}

impl Operation {
    /// Whether requests need a checksum whose algorithm the input does not select. It is MD5.
    pub(crate) fn needs_md5(&self) -> bool {
        let checksum = self.checksum.as_ref();
        checksum.is_some_and(|it| it.required && it.request_algorithm_member.is_none())
    }

    /// Returns the shapes that the operation refers to directly.
    pub fn references(&self) -> impl Iterator<Item = &ShapeId> {
        self.input.iter().chain(&self.output).chain(&self.errors)
    }
}
