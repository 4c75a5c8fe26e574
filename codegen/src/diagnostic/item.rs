//! What faults are about: things that have a name, and the types that places need.

/// Something that has a name.
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
    /// A shape or a member of one, as `Tag` or `Tag.Key`.
    Place,
    /// A type of shapes.
    Type,
    /// A format of timestamps.
    TimestampFormat,
    /// The version of a protocol or of a model format.
    Version,
    /// A scheme of authentication.
    AuthScheme,
    /// A trait of Smithy.
    Trait,
    /// A place in an HTTP message.
    Location,
    /// The side that an error is caused by.
    ErrorSide,
    /// A function of the endpoint rule language.
    Function,
    /// A parameter of endpoint rules, or a value that a condition assigned.
    Parameter,
    /// An attribute of a partition, an ARN or a URL in endpoint rules.
    Attribute,
    /// A member of the input that a host prefix names.
    Label,
    /// A matcher of a waiter.
    Matcher,
    /// A state that an acceptor of a waiter leads to.
    State,
    /// What the absence of something means for a waiter.
    Absence,
}

impl Item {
    /// The noun, and what to do about an unknown name where nothing similar is known.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Shape => ("shape", "add it to shapes or remove the reference"),
            Self::Operation => (
                "operation",
                "name an operation of the model, as DescribeTags",
            ),
            Self::Member => ("member", "name a member of the structure"),
            Self::Key => ("key", "remove it"),
            Self::Enum => ("enum", "remove the entry"),
            Self::Value => ("value", "remove the row"),
            Self::Place => ("shape or member", "remove the row"),
            Self::Type => ("type", "see the format's documentation for the types"),
            Self::TimestampFormat => ("timestamp format", "remove it"),
            Self::Version => ("version", "see the format's documentation for the versions"),
            Self::AuthScheme => ("authentication type", "remove it"),
            Self::Trait => ("trait", "remove it"),
            Self::Location => ("location", "remove it"),
            Self::ErrorSide => ("side", "an error is caused by \"client\" or \"server\""),
            Self::Function => ("function", "the generator does not support it"),
            Self::Parameter => (
                "parameter or value",
                "name a parameter or a value that was assigned before",
            ),
            Self::Attribute => (
                "attribute",
                "attributes are those of partitions, ARNs and URLs",
            ),
            Self::Label => (
                "string member of the input",
                "a label names a member that is a string",
            ),
            Self::Matcher => ("matcher", "see the documentation of waiters"),
            Self::State => ("state", "it is success, failure or retry"),
            Self::Absence => ("outcome", "it is success or retry"),
        }
    }
}

/// The type that a place needs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A structure, for an input, output or error.
    Structure,
    /// A structure that is marked as an error.
    Error,
    /// An error's `message` must be a string.
    Message,
    /// A key of a map must be a string.
    MapKey,
    /// An idempotency token must be a string.
    IdempotencyToken,
    /// The member that bounds a page must be a number.
    PageSize,
    /// A list.
    List,
    /// A list of strings.
    ListOfStrings,
    /// Data, in place of an operation or the like.
    Data,
    /// A shape of this type, in place of data.
    Type(&'static str),
}

impl Expected {
    pub(super) fn words(&self) -> String {
        let words = match self {
            Self::Structure => "inputs, outputs and errors are structures",
            Self::Error => "errors have \"exception\": true or the trait smithy.api#error",
            Self::Message => "the message of an error is a string",
            Self::MapKey => "keys of a map are strings",
            Self::IdempotencyToken => "an idempotency token is a string",
            Self::PageSize => "name a member that is a number",
            Self::List => "name a list",
            Self::ListOfStrings => "name a list of strings",
            Self::Data => "name a structure, a list, a string or other data",
            Self::Type(kind) => return format!("name a shape of type {kind}"),
        };
        words.to_owned()
    }
}
