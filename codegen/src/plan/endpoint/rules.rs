//! Endpoint rules as Rust expressions.

use proc_macro2::Ident;

use crate::ir;

/// A rule: an `if`, or a plain block if there are no conditions.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) outcome: Outcome,
}

/// A condition in the chain of an `if`.
#[derive(Debug)]
pub(crate) enum Condition {
    /// A boolean.
    Holds(Value),
    /// `let Some(name) = value`
    Some(Ident, Value),
}

/// The body of the block.
#[derive(Debug)]
pub(crate) enum Outcome {
    Rules(Vec<Rule>),
    Endpoint {
        url: Value,
        signing_name: Option<String>,
        signing_region: Option<Value>,
    },
    Error(Value),
}

/// A value with its type.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    pub(super) ty: Type,
    /// The value is an `Option`.
    pub(crate) optional: bool,
}

/// The expression of a value.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Boolean(bool),
    Literal(String),
    /// `format!` with a format and its arguments.
    Format(String, Vec<Value>),
    /// A field of `params`.
    Parameter(Ident),
    /// A parameter that the operation sets, by its name, or its default.
    Context(String, ir::ContextType),
    Variable(Ident),
    Field(Box<Value>, Ident),
    /// An element of a field that is a list.
    Element(Box<Value>, Ident, usize),
    /// An element of a list.
    Item(Box<Value>, usize),
    IsSome(Box<Value>),
    Not(Box<Value>),
    Equal(Box<Value>, Box<Value>),
    Partition(Box<Value>),
    ParseArn(Box<Value>),
    ParseUrl(Box<Value>),
    IsValidHostLabel(Box<Value>, bool),
    Substring(Box<Value>, usize, usize, bool),
    UriEncode(Box<Value>),
    /// A value that is always absent.
    Nothing,
}

/// The type of a value, apart from whether it is an `Option`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Boolean,
    String,
    Strings,
    Partition,
    Arn,
    Url,
}
