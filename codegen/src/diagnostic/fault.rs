//! The kinds of faults.

use std::fmt;

use super::{EndpointFault, Expected, Item, JsonFault, NameFault, Suggestion, WaiterFault};

/// What is wrong with a model.
///
/// The text of a fault says what is wrong and, where that is known, what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A file is not the JSON that was expected.
    Json(JsonFault),
    /// Names cannot be written in Rust.
    Name(NameFault),
    /// Endpoint rules or the parameters that operations set for them.
    Endpoint(EndpointFault),
    /// Waiters.
    Waiter(WaiterFault),
    /// A name refers to something that the model does not have.
    Unknown {
        /// What the name is for.
        item: Item,
        /// The name.
        name: String,
        /// What was probably meant.
        suggestion: Suggestion,
    },
    /// A member that a table names is not in the structure.
    NoMember {
        /// The structure.
        shape: String,
        /// The member.
        member: String,
    },
    /// Something is of another type than its place needs.
    WrongType {
        /// Its name.
        name: String,
        /// Its type; none where that is not known.
        found: Option<String>,
        /// The type that its place needs.
        expected: Expected,
    },
    /// An entry lacks something.
    Missing {
        /// The key or trait that should be there.
        key: String,
        /// A name that is there and may be a misspelling of it.
        similar: Option<String>,
    },
    /// A name is defined more than once.
    Duplicate,
    /// An enum has a value more than once.
    DuplicateValue(String),
    /// The model has no operations.
    NoOperations,
    /// The model has no service.
    NoService,
    /// The model has more than one service.
    SecondService(String),
    /// The service has no protocol.
    NoProtocol,
    /// The service has only protocols for which no client can be generated.
    UnsupportedProtocols {
        /// The protocols of the service.
        found: Vec<String>,
        /// A supported protocol that was probably meant.
        similar: Option<String>,
    },
    /// A list or map contains itself, with no structure between.
    ListOfItself,
    /// Too many lists and maps are nested.
    ListTooDeep,
    /// A blob is a stream, which the protocol does not have.
    StreamingBlob,
    /// An element of a list or map has a timestamp format other than the protocol's.
    TimestampOfElement,
    /// The id of a shape lacks a namespace.
    NoNamespace,
    /// An operation that was asked for cannot be generated.
    CannotGenerate(crate::WarningKind),
    /// The model is of a format that an import does not take.
    SmithyImport,
    /// The generator printed something that is not Rust.
    NotRust(String),
    /// Something could not be written as JSON.
    NotJson(String),
}

/// What a missing key or trait is for.
const MISSING: &[(&str, &str)] = &[
    ("apiVersion", "it is the date of the version, as 2015-04-08"),
    (
        "endpointPrefix",
        "it is what host names of the service begin with",
    ),
    ("jsonVersion", "a json protocol has a version, 1.0 or 1.1"),
    ("member", "it says what the elements are"),
    ("key", "it says what the keys are"),
    ("value", "it says what the values are"),
    (
        "inputToken",
        "name the member here or in the trait of the service",
    ),
    (
        "outputToken",
        "name the member here or in the trait of the service",
    ),
    (
        "aws.auth#sigv4",
        "requests are signed by it; add it with the name to sign for",
    ),
    (
        "metadata",
        "a model in botocore's format has it; a Smithy model has \"smithy\" instead",
    ),
    ("shape", "it names the shape, as \"shape\": \"Name\""),
    (
        "target",
        "it names the shape, as \"target\": \"namespace#Name\"",
    ),
    ("type", "it says what the shape is, as \"type\": \"string\""),
];

/// Writes that a key is missing, and what it is for.
pub(super) fn missing(f: &mut fmt::Formatter<'_>, key: &str, similar: Option<&str>) -> fmt::Result {
    write!(f, "missing \"{key}\"")?;
    let known = MISSING.iter().find(|(known, _)| *known == key);
    match (similar, known) {
        (Some(similar), _) => write!(f, "; is it meant by \"{similar}\"?"),
        (None, Some((_, purpose))) => write!(f, "; {purpose}"),
        (None, None) => f.write_str("; add it"),
    }
}

/// Writes that a name is unknown, and what to write instead.
pub(super) fn unknown(
    f: &mut fmt::Formatter<'_>,
    item: Item,
    name: &str,
    suggestion: &Suggestion,
) -> fmt::Result {
    let (noun, advice) = item.words();
    write!(f, "unknown {noun} \"{name}\"")?;
    match suggestion {
        Suggestion::None => write!(f, "; {advice}"),
        found => write!(f, "{found}"),
    }
}

impl Fault {
    pub(crate) fn unknown(item: Item, name: &str, suggestion: Suggestion) -> Self {
        Self::Unknown {
            item,
            name: name.to_owned(),
            suggestion,
        }
    }

    pub(crate) fn missing(key: &str) -> Self {
        Self::Missing {
            key: key.to_owned(),
            similar: None,
        }
    }

    pub(crate) fn wrong_type<'a>(
        name: &str,
        found: impl Into<Option<&'a str>>,
        expected: Expected,
    ) -> Self {
        Self::WrongType {
            name: name.to_owned(),
            found: found.into().map(str::to_owned),
            expected,
        }
    }

    /// What the fault says is missing or of a wrong type; the item is none where it can be any.
    pub(super) fn subject(&self) -> Option<(Option<Item>, &str)> {
        match self {
            Self::Unknown { item, name, .. } => Some((Some(*item), name)),
            Self::NoMember { member, .. } => Some((Some(Item::Member), member)),
            Self::Missing { key, .. } => Some((Some(Item::Key), key)),
            Self::WrongType { name, .. } => Some((None, name)),
            _ => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(fault) => fault.fmt(f),
            Self::Name(fault) => fault.fmt(f),
            Self::Endpoint(fault) => fault.fmt(f),
            Self::Waiter(fault) => fault.fmt(f),
            Self::Unknown {
                item,
                name,
                suggestion,
            } => unknown(f, *item, name, suggestion),
            Self::NoMember { shape, member } => write!(
                f,
                "unknown member \"{member}\" of the shape \"{shape}\"; remove the row"
            ),
            Self::WrongType {
                name,
                found,
                expected,
            } => match found {
                Some(found) => write!(f, "\"{name}\" is of type {found}; {}", expected.words()),
                None => write!(f, "\"{name}\" is of another type; {}", expected.words()),
            },
            Self::Missing { key, similar } => missing(f, key, similar.as_deref()),
            Self::Duplicate => f.write_str("the name is defined twice; remove one of them"),
            Self::DuplicateValue(value) => {
                write!(f, "the value \"{value}\" is listed twice; remove one of them")
            }
            Self::NoOperations => {
                f.write_str("the model has no operations; a client needs something to call")
            }
            Self::NoService => f.write_str(
                "the model has no service; a client is generated for a shape of type \"service\"",
            ),
            Self::SecondService(first) => {
                write!(f, "a second service; keep either this one or \"{first}\"")
            }
            Self::NoProtocol => write!(f, "the service has no protocol; {SUPPORTED}"),
            Self::UnsupportedProtocols { found, similar } => {
                let s = if found.len() == 1 { "" } else { "s" };
                let found: Vec<_> = found.iter().map(|name| format!("\"{name}\"")).collect();
                write!(f, "unsupported protocol{s} {}", found.join(", "))?;
                match similar {
                    Some(similar) => write!(f, "; did you mean \"{similar}\"?"),
                    None => write!(f, "; {SUPPORTED}"),
                }
            }
            Self::ListOfItself => {
                f.write_str("the shape contains itself; put a structure between them")
            }
            Self::ListTooDeep => {
                f.write_str("lists and maps are nested too deeply; put a structure between them")
            }
            Self::StreamingBlob => f.write_str("awsJson has no streaming blobs"),
            Self::TimestampOfElement => f.write_str(
                "timestamps in lists and maps have the protocol's own format; remove this one",
            ),
            Self::NoNamespace => {
                f.write_str("the id has no namespace; write it as namespace#Name")
            }
            Self::CannotGenerate(reason) => {
                write!(f, "{reason}; name an operation that can be generated")
            }
            Self::SmithyImport => f.write_str(
                "a Smithy model cannot be imported into files in botocore's format; import botocore's model of the same version",
            ),
            Self::NotRust(error) => write!(
                f,
                "{error}; this is a bug in the generator: please report it"
            ),
            Self::NotJson(error) => f.write_str(error),
        }
    }
}

const SUPPORTED: &str = "the supported protocols are awsJson 1.0 and 1.1 (\"json\")";
