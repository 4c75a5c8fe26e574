//! Shapes: the types of the model.

use serde::{Deserialize, Serialize};

use super::{Binding, ShapeId, XmlShape};

/// A type of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// The path of the shape in the model's file.
    pub path: String,
    /// What it is, in Markdown; may be empty.
    pub documentation: String,
    /// Its kind, with what only that kind has.
    pub kind: ShapeKind,
    /// Whether its values must not be shown.
    pub sensitive: bool,
    /// Whether it is a string that the service rejects when empty.
    pub nonempty: bool,
    /// Whether elements of the list, or values of the map, can be null.
    pub sparse: bool,
    /// Whether it is a blob that is not read as a whole.
    pub streaming: bool,
    /// The media type of a string or blob, as `application/json`.
    pub media_type: Option<String>,
    /// What it is called in XML.
    pub xml: XmlShape,
    /// What the service asks of its values.
    pub constraints: Constraints,
    /// Whether a value that was built can still lack a required member or string, at any depth; set
    /// by the pass `needs_validation`.
    pub needs_validation: bool,
    /// Whether it should no longer be used, and why.
    pub deprecated: Option<Deprecated>,
    /// Whether it is sent or received; set by the pass `mark_direction`.
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
    /// The regular expression that a string matches.
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
    /// A string.
    String,
    /// A string out of a known set, which may grow.
    Enum(Vec<EnumValue>),
    /// Bytes, base64 on the wire.
    Blob,
    /// A point in time.
    Timestamp(TimestampFormat),
    /// Any JSON value.
    Document,
    /// Elements of one shape.
    List(ShapeId),
    /// Values of one shape under keys, which are strings or enums.
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
    /// The path of the value in the model's file.
    pub path: String,
    /// What the value is called; the value itself where the model has no name for it.
    pub name: String,
    /// The value on the wire.
    pub value: String,
    /// What it means, in Markdown; may be empty.
    pub documentation: String,
}

/// The format of a timestamp.
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
    /// The path of the member in the model's file.
    pub path: String,
    /// The name in the body of an `awsJson` message.
    pub name: String,
    /// The name in the model.
    pub model_name: String,
    /// Where it is in the messages of other protocols, and what it is called there.
    pub binding: Binding,
    /// The shape of its value.
    pub shape: ShapeId,
    /// What it is, in Markdown; may be empty.
    pub documentation: String,
    /// Whether the service requires it.
    pub required: bool,
    /// Whether a client may leave it out although it is required, because the service may drop the
    /// requirement later.
    pub client_optional: bool,
    /// The value that the service assumes where there is none.
    pub default: Option<serde_json::Value>,
    /// Whether it would make its structure infinitely large; set by the pass `box_cycles`.
    pub boxed: bool,
    /// Whether a client generates a value where the caller gives none.
    pub idempotency_token: bool,
    /// Whether it is a part of the host.
    pub host_label: bool,
    /// The format of a timestamp, where it differs from that of its shape.
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

/// Whether a shape is sent or received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Direction {
    /// It is part of an input.
    pub input: bool,
    /// It is part of an output or an error.
    pub output: bool,
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

    /// All shapes that this one refers to directly.
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
