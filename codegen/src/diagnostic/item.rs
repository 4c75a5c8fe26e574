//! The kinds of items that faults refer to, and the types that are required of them.

use std::fmt;

/// The kind of a named item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Item {
    /// A shape.
    Shape,
    /// An operation.
    Operation,
    /// A member of a structure.
    Member,
    /// A key of a JSON object.
    Key,
    /// An enum.
    Enum,
    /// A value of an enum.
    Value,
    /// A shape or a member of a shape, such as `Tag` or `Tag.Key`.
    ShapeOrMember,
    /// A type of a shape.
    Type,
    /// A timestamp format.
    TimestampFormat,
    /// The version of a protocol or of a model format.
    Version,
    /// An authentication scheme.
    AuthScheme,
    /// A Smithy trait.
    Trait,
    /// A location in an HTTP message.
    Location,
    /// The side that causes an error.
    ErrorSide,
    /// A function of the endpoint rule language.
    Function,
    /// A parameter of endpoint rules, or a value that a condition assigns.
    Parameter,
    /// An attribute of a partition, an ARN or a URL in endpoint rules.
    Attribute,
    /// A label in a host prefix, which names a member of the input.
    Label,
    /// A matcher of a waiter.
    Matcher,
    /// The state of an acceptor.
    State,
    /// The result of a waiter if a requested resource is absent.
    Absence,
}

impl Item {
    /// Returns a noun for the item, and the remedy for an unknown name without a similar known name.
    pub(super) fn noun_and_remedy(self) -> (&'static str, &'static str) {
        match self {
            Self::Shape => ("shape", "add it to the shapes or remove the reference"),
            Self::Operation => ("operation", "use the name of an operation of the model"),
            Self::Member => ("member", "use the name of a member of the structure"),
            Self::Key => ("key", "remove it"),
            Self::Enum => ("enum", "remove the entry"),
            Self::Value => ("value", "remove the row"),
            Self::ShapeOrMember => ("shape or member", "remove the row"),
            Self::Type => ("type", "the documentation of the format lists the types"),
            Self::TimestampFormat => ("timestamp format", "remove it"),
            Self::Version => (
                "version",
                "the documentation of the format lists the versions",
            ),
            Self::AuthScheme => ("authentication type", "remove it"),
            Self::Trait => ("trait", "remove it"),
            Self::Location => ("location", "remove it"),
            Self::ErrorSide => ("side", "use \"client\" or \"server\""),
            Self::Function => ("function", "use a function that the generator supports"),
            Self::Parameter => (
                "parameter or value",
                "use the name of a parameter, or of a value that an earlier condition assigns",
            ),
            Self::Attribute => (
                "attribute",
                "use an attribute of a partition, an ARN or a URL",
            ),
            Self::Label => (
                "string member of the input",
                "use the name of a member of type string",
            ),
            Self::Matcher => ("matcher", "the documentation of waiters lists the matchers"),
            Self::State => ("state", "use success, failure or retry"),
            Self::Absence => ("outcome", "use success or retry"),
        }
    }
}

/// The type that is required of a shape.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A structure, for an input, output or error.
    Structure,
    /// A structure that is marked as an error.
    Error,
    /// A string, for the message of an error.
    Message,
    /// A string, for the keys of a map.
    MapKey,
    /// A string, for an idempotency token.
    IdempotencyToken,
    /// A number, for the size of a page.
    PageSize,
    /// A list.
    List,
    /// A list of strings.
    ListOfStrings,
    /// A data type, as opposed to an operation or the like.
    Data,
    /// `Unit`, for a member of an enum.
    Unit,
    /// A structure or another shape that can be mixed into others.
    Mixin,
    /// A shape of this type, as opposed to data.
    Type(&'static str),
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Structure => "inputs, outputs and errors must be structures",
            Self::Error => "errors must have \"exception\": true or the trait smithy.api#error",
            Self::Message => "the message of an error must be a string",
            Self::MapKey => "the keys of a map must be strings",
            Self::IdempotencyToken => "an idempotency token must be a string",
            Self::PageSize => "use the name of a member that is a number",
            Self::List => "use a list",
            Self::ListOfStrings => "use a list of strings",
            Self::Data => "use a structure, a list, a string or another data type",
            Self::Unit => "the members of an enum must target smithy.api#Unit",
            Self::Mixin => "mixins must have the trait smithy.api#mixin",
            Self::Type(kind) => return write!(f, "use a shape of type {kind}"),
        })
    }
}
