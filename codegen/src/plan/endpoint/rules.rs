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
    Endpoint(Box<Endpoint>),
    Error(Value),
}

/// An endpoint, with the strings that differ from those of the service and of the configuration.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) url: Value,
    pub(crate) signing_name: Option<Value>,
    pub(crate) signing_region: Option<Value>,
    pub(crate) single_encoding: bool,
    pub(crate) headers: Vec<(String, Value)>,
}

/// A value with its type.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    pub(super) ty: Type,
    /// The value is an `Option`.
    pub(crate) optional: bool,
}

impl Value {
    /// Whether the value is a `String`, not a `&str`.
    pub(crate) fn is_owned(&self) -> bool {
        match &self.kind {
            Kind::Format(..) | Kind::UriEncode(_) => true,
            Kind::Or(first, second) | Kind::If(_, first, second) => {
                first.is_owned() || second.is_owned()
            }
            _ => false,
        }
    }

    /// Whether the elements of a list are `String`s. Otherwise, they are `&str`s.
    pub(crate) fn has_string_elements(&self) -> bool {
        self.ty == Type::Strings
    }
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
    /// An element of a list of strings. A negative index counts from the end.
    Item(Box<Value>, i32),
    IsSome(Box<Value>),
    Not(Box<Value>),
    Equal(Box<Value>, Box<Value>),
    Partition(Box<Value>),
    ParseArn(Box<Value>),
    ParseUrl(Box<Value>),
    IsValidHostLabel(Box<Value>, bool),
    IsVirtualHostableS3Bucket(Box<Value>, bool),
    Substring(Box<Value>, usize, usize, bool),
    UriEncode(Box<Value>),
    /// The parts of a string between separators, at most the given number of them unless it is zero.
    Split(Box<Value>, Box<Value>, usize),
    /// The first value, or the second if the first is absent.
    Or(Box<Value>, Box<Value>),
    /// The second value if the first holds, otherwise the third.
    If(Box<Value>, Box<Value>, Box<Value>),
    /// A value that is always absent.
    Nothing,
}

/// The type of a value, apart from whether it is an `Option`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Boolean,
    String,
    /// A list of `String`s.
    Strings,
    /// A list of `&str`s.
    Parts,
    Partition,
    Arn,
    Url,
}
