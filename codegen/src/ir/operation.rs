//! An operation, and how it pages.

use serde::{Deserialize, Serialize};

use super::{AuthScheme, Checksum, Deprecated, Http, ShapeId};

/// An operation of the service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The path of the operation in the model's file.
    pub path: String,
    /// What the operation does, in Markdown; may be empty.
    pub documentation: String,
    /// The structure that is sent; none means an empty one.
    pub input: Option<ShapeId>,
    /// The structure that comes back; none means an empty one.
    pub output: Option<ShapeId>,
    /// The errors that the operation may return.
    pub errors: Vec<ShapeId>,
    /// The HTTP request, in protocols that have one for each operation.
    pub http: Http,
    /// What the host starts with, as `data.{AccountId}.`.
    pub host_prefix: Option<HostPrefix>,
    /// How the operation pages, if it does.
    pub pagination: Option<Pagination>,
    /// Whether the operation should no longer be used, and why.
    pub deprecated: Option<Deprecated>,
    /// Whether requests are not signed.
    pub unsigned: bool,
    /// Whether requests are signed only where there are credentials.
    pub optional_auth: bool,
    /// Whether signatures leave out the body.
    pub unsigned_payload: bool,
    /// The authentication schemes, where they differ from the service's.
    pub auth: Option<Vec<AuthScheme>>,
    /// How bodies are protected by checksums, if they are.
    pub checksum: Option<Checksum>,
    /// Whether large requests may be sent compressed.
    pub compressed: bool,
    /// The parameters of endpoint rules that the operation sets.
    pub context: Vec<ContextParameter>,
}

/// What the host of an operation starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostPrefix {
    /// The text, with members of the input in braces.
    pub template: String,
    /// Its path in the model's file.
    pub path: String,
}

/// A parameter of endpoint rules that an operation sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContextParameter {
    /// The parameter's name.
    pub name: String,
    /// Where its value is.
    pub value: ContextValue,
}

/// Where an operation finds the value of a parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ContextValue {
    /// It is always this one.
    Boolean(bool),
    /// It is always this one.
    Text(String),
    /// It is a member, found from the input member by member.
    Member(Vec<String>),
    /// It is the keys of a map.
    Keys(Vec<String>),
    /// It is what several ways lead to in each element of a list.
    Each(Vec<String>, Vec<Vec<String>>),
}

/// How an operation pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pagination {
    /// The member of the input that asks for a page.
    pub input_token: String,
    /// The way to the next page's token, from the output member by member.
    pub output_token: Vec<String>,
    /// The way to the list that is paged; none where there is no single one.
    pub items: Option<Vec<String>>,
    /// The member of the input that bounds a page.
    pub page_size: Option<String>,
}

impl Operation {
    /// All shapes that the operation refers to directly.
    pub fn references(&self) -> impl Iterator<Item = &ShapeId> {
        self.input.iter().chain(&self.output).chain(&self.errors)
    }
}
