//! Shapes: the types of the model.

use serde::{Deserialize, Serialize};

use super::{Binding, ShapeId, XmlShape};

/// A type of the model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shape {
    /// The path of the shape in the file of the model.
    pub path: String,
    /// The documentation, in HTML or Markdown; may be empty.
    pub documentation: String,
    /// The kind, with the properties that only this kind has.
    pub kind: ShapeKind,
    /// Whether the values must not be displayed.
    pub sensitive: bool,
    /// Whether elements of the list, or values of the map, can be null.
    pub sparse: bool,
    /// Whether the shape is a blob that is streamed.
    pub streaming: bool,
    /// The format of timestamps that are elements of the list or values of the map, if it differs from that of their shape.
    pub element_format: Option<TimestampFormat>,
    /// Whether the length of the stream must be known before it is sent.
    pub requires_length: bool,
    /// The media type of a string or blob, such as `application/json`.
    pub media_type: Option<String>,
    /// The names in XML.
    pub xml: XmlShape,
    /// The constraints on the values.
    pub constraints: Constraints,
    /// The deprecation, if it is deprecated.
    pub deprecated: Option<Deprecated>,
    /// Whether the shape is sent or received. The pass `mark_direction` sets it.
    pub direction: Direction,
    /// Whether the shape is a union whose members are the events of a stream.
    pub event_stream: bool,
}

/// The constraints on the values of a shape. The service checks them, and clients do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Constraints {
    /// The minimum number, or the minimum number of characters, bytes or elements.
    pub min: Option<serde_json::Number>,
    /// The maximum number, or the maximum number of characters, bytes or elements.
    pub max: Option<serde_json::Number>,
    /// The regular expression that a string matches.
    pub pattern: Option<String>,
}

/// The kinds of shapes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum ShapeKind {
    /// `true` or `false`.
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
    #[default]
    String,
    /// A string with known values. New values can be added.
    Enum(Vec<EnumValue>),
    /// Bytes.
    Blob,
    /// A point in time. Without a format, it has the default format of its location in the messages of the protocol.
    Timestamp(Option<TimestampFormat>),
    /// Any JSON value.
    Document,
    /// A list of elements of one shape.
    List(ShapeId),
    /// A map from strings or enums to values of one shape.
    Map {
        /// The shape of the keys.
        key: ShapeId,
        /// The shape of the values.
        value: ShapeId,
    },
    /// A structure of members.
    Structure(Structure),
    /// Exactly one of several members.
    Union(Vec<Member>),
}

/// A value of an enum.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EnumValue {
    /// The path of the value in the file of the model.
    pub path: String,
    /// The name, or the value itself if the model has no name for it.
    pub name: String,
    /// The value on the wire.
    pub value: String,
    /// The documentation, in HTML or Markdown; may be empty.
    pub documentation: String,
}

/// The format of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimestampFormat {
    /// A number of seconds since 1970.
    EpochSeconds,
    /// RFC 3339, such as `2018-04-30T12:00:00Z`.
    DateTime,
    /// The IMF-fixdate of RFC 9110, such as `Mon, 30 Apr 2018 12:00:00 GMT`.
    HttpDate,
}

/// A shape with members.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Structure {
    /// The members in the order of the model.
    pub members: Vec<Member>,
    /// The properties of an error, if the structure is one.
    pub error: Option<ErrorInfo>,
}

/// A member of a structure or union.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Member {
    /// The path of the member in the file of the model.
    pub path: String,
    /// The name in the body of an `awsJson` message.
    pub name: String,
    /// The name in the model.
    pub model_name: String,
    /// The location and names in the messages of other protocols.
    pub binding: Binding,
    /// The shape of the value.
    pub shape: ShapeId,
    /// The documentation, in HTML or Markdown; may be empty.
    pub documentation: String,
    /// Whether the service requires it.
    pub required: bool,
    /// Whether clients may omit the member although it is required, because later versions of the service may not
    /// require it.
    pub client_optional: bool,
    /// The default value, which the service applies.
    pub default: Option<serde_json::Value>,
    /// Whether the default was added to an existing member, so that clients send the value even if it is the default.
    pub added_default: bool,
    /// The value of a string that clients send if the caller sets none.
    pub client_default: Option<String>,
    /// The prefixes that clients remove from a string, with or without a slash before them.
    pub trimmed_prefixes: Vec<String>,
    /// Whether the member is boxed, because its structure contains itself or would be very large. The pass `box_members`
    /// sets it.
    pub boxed: bool,
    /// Whether clients generate a value if the caller does not set any.
    pub idempotency_token: bool,
    /// Whether the value is part of the host.
    pub host_label: bool,
    /// Whether a header that is not of the right type is ignored.
    pub lenient: bool,
    /// The format of a timestamp, if it differs from that of its shape.
    pub timestamp_format: Option<TimestampFormat>,
    /// The deprecation, if it is deprecated.
    pub deprecated: Option<Deprecated>,
}

/// The properties of an error.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorInfo {
    /// The code on the wire.
    pub code: String,
    /// The code in the query protocol, if it differs.
    pub query_code: Option<String>,
    /// The reason why clients may retry, if they may.
    pub retryable: Option<Retryable>,
}

/// The reason why clients may retry after an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Retryable {
    /// The error passes, although the service attributes it to the client.
    Client,
    /// The error of the service passes.
    Server,
    /// The service received too many requests.
    Throttling,
}

/// The deprecation of an item, with its message, which may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deprecated(pub String);

/// Whether a shape is sent or received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Direction {
    /// The shape is part of an input.
    pub input: bool,
    /// The shape is part of an output or an error.
    pub output: bool,
    /// The shape is the input of an operation.
    pub is_input: bool,
    /// The shape is the input of an operation that a waiter polls.
    pub is_polled_input: bool,
}

impl Shape {
    /// Creates a shape with the defaults of its properties.
    pub fn new(kind: ShapeKind) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }
}

impl ShapeKind {
    /// Returns the name of the kind.
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

    /// Returns the members of a structure or union. Other shapes have none.
    pub fn members(&self) -> &[Member] {
        match self {
            Self::Structure(structure) => &structure.members,
            Self::Union(members) => members,
            _ => &[],
        }
    }

    /// Returns the members of a structure or union, for modification.
    pub fn members_mut(&mut self) -> &mut [Member] {
        match self {
            Self::Structure(structure) => &mut structure.members,
            Self::Union(members) => members,
            _ => &mut [],
        }
    }

    /// Returns the shapes that this shape refers to directly.
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
