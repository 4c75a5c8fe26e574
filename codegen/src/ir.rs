//! The service as the generator thinks of it, whatever format it was read from.
//!
//! Names are those of the wire; nothing of Rust is decided here. Every reference is resolved: a
//! [`ShapeId`] that an IR holds is a key of [`Service::shapes`].

mod endpoint;
mod waiter;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use endpoint::*;
pub use waiter::*;

use crate::Warning;

/// The name of a shape.
pub type ShapeId = String;

/// A service and all that it speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// What stands before an operation's name in `X-Amz-Target`.
    pub target_prefix: String,
    /// How messages are written.
    pub protocol: Protocol,
    /// The operations by name.
    pub operations: BTreeMap<String, Operation>,
    /// The shapes by name.
    pub shapes: BTreeMap<ShapeId, Shape>,
    /// How the address of the service is found.
    pub endpoints: EndpointRules,
    /// The waiters by name.
    pub waiters: BTreeMap<String, Waiter>,
    /// By operation, how waiters ask it; each that a waiter asks is here.
    pub polls: BTreeMap<String, Poll>,
    /// Whether the crate answers requests itself, offline, and so needs the constraints on inputs.
    pub offline: bool,
    /// What the examples of operations set, where the model cannot tell.
    pub examples: Examples,
    /// Whether errors bear the codes that they had under the query protocol.
    pub query_compatible: bool,
    /// What the crate does without.
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

/// The protocols the generator can print a client for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Protocol {
    /// JSON over one POST, `application/x-amz-json-1.0`.
    AwsJson1_0,
    /// JSON over one POST, `application/x-amz-json-1.1`.
    AwsJson1_1,
}

/// A call that the service answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// What the operation does, in Markdown; may be empty.
    pub documentation: String,
    /// The structure that is sent; none means an empty one.
    pub input: Option<ShapeId>,
    /// The structure that comes back; none means an empty one.
    pub output: Option<ShapeId>,
    /// The errors that the operation may answer with.
    pub errors: Vec<ShapeId>,
    /// What the host starts with, as `data.{AccountId}.`.
    pub host_prefix: Option<String>,
    /// How the operation pages, if it does.
    pub pagination: Option<Pagination>,
    /// Whether the operation should no longer be used, and why.
    pub deprecated: Option<Deprecated>,
    /// Whether requests are not signed.
    pub unsigned: bool,
    /// Whether large requests may be sent compressed.
    pub compressed: bool,
    /// What the operation says to endpoint rules.
    pub context: Vec<ContextParameter>,
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

/// A type of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// What it is, in Markdown; may be empty.
    pub documentation: String,
    /// Its kind, with what only that kind has.
    pub kind: ShapeKind,
    /// Whether its values must not be shown.
    pub sensitive: bool,
    /// Whether it is a text that the service refuses when empty.
    pub nonempty: bool,
    /// What the service asks of its values.
    pub constraints: Constraints,
    /// Whether a value that is sent can lack something required, itself or further inside; set by
    /// the pass `mark_lacking`.
    pub can_lack: bool,
    /// Whether it should no longer be used, and why.
    pub deprecated: Option<Deprecated>,
    /// Which way it travels; set by the pass `mark_direction`.
    pub direction: Direction,
    /// Whether it is a union whose members come one after the other, as events.
    pub event_stream: bool,
}

/// What a service asks of the values of a shape; the service checks it, not the client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraints {
    /// The smallest number, or the least number of characters, bytes or elements.
    pub min: Option<serde_json::Number>,
    /// The largest number, or the greatest number of characters, bytes or elements.
    pub max: Option<serde_json::Number>,
    /// The regular expression that a text matches.
    pub pattern: Option<String>,
}

/// The kinds of shapes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ShapeKind {
    /// true or false.
    Boolean,
    /// A signed integer of 8 bits.
    Byte,
    /// A signed integer of 16 bits.
    Short,
    /// A signed integer of 32 bits.
    Integer,
    /// A signed integer of 64 bits.
    Long,
    /// A floating-point number of 32 bits.
    Float,
    /// A floating-point number of 64 bits.
    Double,
    /// An integer of any size.
    BigInteger,
    /// A decimal number of any precision.
    BigDecimal,
    /// Text.
    String,
    /// Text out of a known set, which may grow.
    Enum(Vec<EnumValue>),
    /// Bytes, base64 on the wire.
    Blob,
    /// A moment.
    Timestamp(TimestampFormat),
    /// Any JSON value.
    Document,
    /// Elements of one shape.
    List(ShapeId),
    /// Values of one shape under keys, which are texts or enums.
    Map {
        /// The shape of the keys.
        key: ShapeId,
        /// The shape of the values.
        value: ShapeId,
    },
    /// Members by name.
    Structure(Structure),
    /// One out of several members.
    Union(Vec<Member>),
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnumValue {
    /// What the value is called; most often the value itself.
    pub name: String,
    /// The value on the wire.
    pub value: String,
    /// What it means, in Markdown; may be empty.
    pub documentation: String,
}

/// How a moment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimestampFormat {
    /// A number of seconds since 1970.
    EpochSeconds,
    /// RFC 3339, as `2018-04-30T12:00:00Z`.
    DateTime,
    /// RFC 9110's IMF-fixdate, as `Mon, 30 Apr 2018 12:00:00 GMT`.
    HttpDate,
}

/// A shape with members.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// The members in the order of the model.
    pub members: Vec<Member>,
    /// Set when the structure is an error.
    pub error: Option<ErrorInfo>,
}

/// A member of a structure or union.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The name on the wire.
    pub name: String,
    /// The shape of its value.
    pub shape: ShapeId,
    /// What it is, in Markdown; may be empty.
    pub documentation: String,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it would make its structure infinitely large; set by the pass `box_cycles`.
    pub boxed: bool,
    /// Whether a client makes up a value where the caller gave none.
    pub idempotency_token: bool,
    /// Whether it is a part of the host.
    pub host_label: bool,
    /// How the moment is written, where that differs from its shape.
    pub timestamp_format: Option<TimestampFormat>,
    /// Whether it should no longer be used, and why.
    pub deprecated: Option<Deprecated>,
}

/// What sets an error apart from other structures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorInfo {
    /// Its name on the wire.
    pub code: String,
    /// The code that it had under the query protocol, where that is another one.
    pub query_code: Option<String>,
    /// Whether sending again may help; [`Retryable::Throttling`] asks for more patience.
    pub retryable: Option<Retryable>,
}

/// Why an error may be retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Retryable {
    /// It was a passing fault.
    Transient,
    /// There were too many requests.
    Throttling,
}

/// That something should no longer be used; the message may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deprecated(pub String);

/// Which way a shape travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Direction {
    /// It is part of an input.
    pub input: bool,
    /// It is part of an output or an error.
    pub output: bool,
}

impl Service {
    /// The members of a structure or union; none of anything else, or of no shape.
    pub fn members(&self, id: Option<&str>) -> &[Member] {
        let shape = id.and_then(|id| self.shapes.get(id));
        shape.map(|shape| shape.kind.members()).unwrap_or_default()
    }
}

impl ShapeKind {
    /// The name of the kind.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Byte => "byte",
            Self::Short => "short",
            Self::Integer => "integer",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::BigInteger => "bigInteger",
            Self::BigDecimal => "bigDecimal",
            Self::String => "string",
            Self::Enum(_) => "enum",
            Self::Blob => "blob",
            Self::Timestamp(_) => "timestamp",
            Self::Document => "document",
            Self::List(_) => "list",
            Self::Map { .. } => "map",
            Self::Structure(_) => "structure",
            Self::Union(_) => "union",
        }
    }

    /// The members of a structure or union; none for other shapes.
    pub fn members(&self) -> &[Member] {
        match self {
            Self::Structure(structure) => &structure.members,
            Self::Union(members) => members,
            _ => &[],
        }
    }

    /// The members of a structure or union, to be changed.
    pub fn members_mut(&mut self) -> &mut [Member] {
        match self {
            Self::Structure(structure) => &mut structure.members,
            Self::Union(members) => members,
            _ => &mut [],
        }
    }

    /// All shapes that this one speaks of directly.
    pub fn references(&self) -> impl Iterator<Item = &ShapeId> {
        let (key, element) = match self {
            Self::List(element) => (None, Some(element)),
            Self::Map { key, value } => (Some(key), Some(value)),
            _ => (None, None),
        };
        let members = self.members().iter().map(|member| &member.shape);
        key.into_iter().chain(element).chain(members)
    }
}

impl Operation {
    /// All shapes that the operation speaks of directly.
    pub fn references(&self) -> impl Iterator<Item = &ShapeId> {
        self.input.iter().chain(&self.output).chain(&self.errors)
    }
}
