//! The parts of an example.

use proc_macro2::Ident;

use crate::plan::types::Type;

/// An example: a call of an operation and a use of its response.
#[derive(Debug)]
pub(crate) struct Example {
    /// Values that are built before the call, by their names.
    pub(crate) values: Vec<(Ident, Value)>,
    pub(crate) setters: Vec<Setter>,
    pub(crate) outcome: Outcome,
    pub(crate) wait: Option<Wait>,
}

/// A method of a builder and its arguments.
#[derive(Debug)]
pub(crate) struct Setter {
    pub(crate) name: Ident,
    pub(crate) values: Vec<Value>,
}

/// The expression of a value.
#[derive(Debug)]
pub(crate) enum Value {
    /// A string literal, for a parameter that accepts `impl Into<String>`.
    String(String),
    /// A `String`.
    Owned(String),
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// A value of one of `aws_smithy_types`, by the type's name.
    Smithy(Type, &'static str),
    /// A variant of an enum, or of a union with its value.
    Variant(Type, Ident, Option<Box<Value>>),
    Built(Built),
    /// A list of at most one element.
    List(Option<Box<Value>>),
    /// A map of at most one entry.
    Map(Option<Box<(Value, Value)>>),
    Boxed(Box<Value>),
    /// `Some` of a value.
    Some(Box<Value>),
    /// A variable that is defined before the call.
    Name(Ident),
}

/// A value that a builder builds.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) ty: Type,
    /// A name for the value.
    pub(crate) name: String,
    pub(crate) setters: Vec<Setter>,
    /// `build` returns a `Result`.
    pub(crate) fallible: bool,
}

/// What the example does with the response.
#[derive(Debug)]
pub(crate) enum Outcome {
    Nothing,
    /// Keeps the response for the wait that follows.
    Keep,
    /// Prints the value that this method of the output returns.
    Show(Ident),
    /// Iterates over the pages.
    Pages,
    /// Iterates over the elements of all pages, given names for the stream and for an element.
    Items(Ident, Ident),
}

/// The call of a waiter after the operation.
#[derive(Debug)]
pub(crate) struct Wait {
    pub(crate) method: Ident,
    pub(crate) setters: Vec<Setter>,
    /// The IDs in the response to wait for.
    pub(crate) ids: Option<Ids>,
}

/// The IDs in a response to wait for.
#[derive(Debug)]
pub(crate) struct Ids {
    /// The waiter's method that sets all IDs.
    pub(crate) set: Ident,
    /// The waiter's method that adds an ID.
    pub(crate) push: Ident,
    /// The list whose elements have the field; `None` if the response itself has it.
    pub(crate) list: Option<Ident>,
    pub(crate) field: Ident,
    /// The field is an `Option`.
    pub(crate) optional: bool,
}
