//! The kinds of faults.

use std::fmt;

use super::{
    BatchFault, BindingFault, EndpointFault, Expected, Item, JsonFault, NameFault, Suggestion,
    WaiterFault,
};

/// A fault of a model.
///
/// The message describes the fault and, if possible, a remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A file is not JSON, or not of the expected structure.
    Json(JsonFault),
    /// A name has no valid or unique form in Rust.
    Name(NameFault),
    /// Endpoint rules, or the parameters that operations set for them, are invalid.
    Endpoint(EndpointFault),
    /// The HTTP request of an operation, or the location of a member in it, is invalid.
    Binding(BindingFault),
    /// A waiter is invalid.
    Waiter(WaiterFault),
    /// The table of batches has a fault.
    Batch(BatchFault),
    /// A name refers to an item that does not exist.
    Unknown {
        /// The kind of the item.
        item: Item,
        /// The name.
        name: String,
        /// The name that was probably meant.
        suggestion: Suggestion,
    },
    /// A table names a member that the structure does not have.
    NoMember {
        /// The structure.
        shape: String,
        /// The member.
        member: String,
    },
    /// A shape is not of the type that is required where it is used.
    WrongType {
        /// The name of the shape.
        name: String,
        /// The type of the shape, if it is known.
        found: Option<String>,
        /// The required type.
        expected: Expected,
    },
    /// A required key or trait is missing.
    Missing {
        /// The key or trait.
        key: String,
        /// A similar key or trait that is present, and may be a misspelling.
        similar: Option<String>,
    },
    /// A name is defined more than once.
    Duplicate,
    /// An enum has a value more than once.
    DuplicateValue(String),
    /// The model has no operations.
    NoOperations,
    /// All operations of the model are left out.
    NoOperationLeft,
    /// The model has no service.
    NoService,
    /// The model has more than one service.
    SecondService(String),
    /// The service has no protocol.
    NoProtocol,
    /// The service has only protocols that the generator does not support.
    UnsupportedProtocols {
        /// The protocols of the service.
        found: Vec<String>,
        /// A supported protocol that was probably meant.
        similar: Option<String>,
    },
    /// The selected protocol is not one that both the model and the generator support.
    UnusableProtocol {
        /// The name of the protocol.
        name: String,
        /// The protocols of the model.
        offered: Vec<String>,
    },
    /// A list or map contains itself without a structure in between.
    ListOfItself,
    /// Lists and maps are nested too deeply.
    ListTooDeep,
    /// A union or an enum has no members or values.
    Empty,
    /// Every value of a structure would have to contain another one.
    RequiredOfItself,
    /// A shape is mixed into itself.
    MixinOfItself,
    /// A shape has too many mixins.
    TooManyMixins(usize),
    /// The minimum of a constraint is greater than its maximum.
    BoundsOrder,
    /// A length is not a whole number of at least zero.
    Length(String),
    /// A default value is not valid for its type.
    Default {
        /// The value.
        value: String,
        /// The values that are possible, or `None` if the type has no default.
        allowed: Option<&'static str>,
    },
    /// A type contains too many others, inside each other, for the Rust compiler.
    NestedTooDeeply,
    /// A structure or union has too many members.
    TooManyMembers {
        /// The number of its members.
        members: usize,
        /// The maximum number.
        max: usize,
    },
    /// A blob is streaming, which the protocol does not support.
    StreamingBlob,
    /// The ID of a shape has no namespace.
    NoNamespace,
    /// A selected operation cannot be generated.
    CannotGenerate(crate::WarningKind),
    /// The model to import has another format than the current one.
    ImportFormat {
        /// Whether the current model is a Smithy model.
        is_smithy: bool,
    },
    /// The generator produced invalid Rust.
    NotRust(String),
    /// A value could not be serialized as JSON.
    NotJson(String),
}

/// The remedies for missing keys and traits.
const MISSING: &[(&str, &str)] = &[
    (
        "apiVersion",
        "add the date of the version, such as \"2015-04-08\"",
    ),
    (
        "endpointPrefix",
        "add the first part of the host names of the service",
    ),
    (
        "jsonVersion",
        "add the version of the JSON protocol, \"1.0\" or \"1.1\"",
    ),
    ("member", "add the shape of the elements"),
    ("key", "add the shape of the keys"),
    ("value", "add the shape of the values"),
    (
        "inputToken",
        "name the member here, or in the trait of the service",
    ),
    (
        "outputToken",
        "name the member here, or in the trait of the service",
    ),
    ("smithy.api#enumValue", "add the number of the value"),
    (
        "aws.auth#sigv4",
        "add it with the name of the service for signatures",
    ),
    (
        "metadata",
        "add it, or \"smithy\" if the file is a Smithy model",
    ),
    ("shape", "name the shape, as in \"shape\": \"Name\""),
    (
        "target",
        "name the shape, as in \"target\": \"namespace#Name\"",
    ),
    (
        "type",
        "add the type of the shape, as in \"type\": \"string\"",
    ),
];

/// Writes that a key or trait is missing, and the remedy.
pub(super) fn missing(f: &mut fmt::Formatter<'_>, key: &str, similar: Option<&str>) -> fmt::Result {
    write!(f, "missing \"{key}\"")?;
    let known = MISSING.iter().find(|(known, _)| *known == key);
    match (similar, known) {
        (Some(similar), _) => write!(f, "; is \"{similar}\" a misspelling of it?"),
        (None, Some((_, remedy))) => write!(f, "; {remedy}"),
        (None, None) => f.write_str("; add it"),
    }
}

/// Writes that a name is unknown, and the remedy.
pub(super) fn unknown(
    f: &mut fmt::Formatter<'_>,
    item: Item,
    name: &str,
    suggestion: &Suggestion,
) -> fmt::Result {
    let (noun, remedy) = item.noun_and_remedy();
    write!(f, "unknown {noun} \"{name}\"")?;
    match suggestion {
        Suggestion::None => write!(f, "; {remedy}"),
        suggestion => write!(f, "{suggestion}"),
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

    /// Returns the kind and name of the item that does not exist or is of a wrong type. The kind is `None` if it
    /// is not known.
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
            Self::Binding(fault) => fault.fmt(f),
            Self::Waiter(fault) => fault.fmt(f),
            Self::Batch(fault) => fault.fmt(f),
            Self::Unknown {
                item,
                name,
                suggestion,
            } => unknown(f, *item, name, suggestion),
            Self::NoMember { shape, member } => write!(
                f,
                "the shape \"{shape}\" has no member \"{member}\"; remove the row"
            ),
            Self::WrongType {
                name,
                found,
                expected,
            } => match found {
                Some(found) => write!(f, "\"{name}\" is of type {found}; {expected}"),
                None => write!(f, "\"{name}\" is of the wrong type; {expected}"),
            },
            Self::Missing { key, similar } => missing(f, key, similar.as_deref()),
            Self::Duplicate => f.write_str("the name is defined twice; remove one of the definitions"),
            Self::DuplicateValue(value) => {
                write!(f, "the value \"{value}\" is listed twice; remove one of the entries")
            }
            Self::NoOperations => {
                f.write_str("the model has no operations; add at least one")
            }
            Self::NoOperationLeft => f.write_str(
                "all operations have event streams, which clients do not support; add one without",
            ),
            Self::NoService => f.write_str(
                "the model has no service; add a shape of type \"service\"",
            ),
            Self::SecondService(first) => {
                write!(f, "the model has more than one service; keep either this one or \"{first}\"")
            }
            Self::NoProtocol => write!(f, "the service has no protocol; {SUPPORTED}"),
            Self::UnsupportedProtocols { found, similar } => {
                let s = if found.len() == 1 { "" } else { "s" };
                write!(f, "unsupported protocol{s} {}", quoted(found))?;
                match similar {
                    Some(similar) => write!(f, "; did you mean \"{similar}\"?"),
                    None => write!(f, "; {SUPPORTED}"),
                }
            }
            Self::UnusableProtocol { name, offered } if offered.is_empty() => {
                write!(f, "\"{name}\" cannot be used, because the service has no protocol; {SUPPORTED}")
            }
            Self::UnusableProtocol { name, offered } => {
                write!(f, "\"{name}\" cannot be used: the service has {}; {SUPPORTED}", quoted(offered))
            }
            Self::ListOfItself => {
                f.write_str("the shape contains itself; put a structure in between")
            }
            Self::ListTooDeep => {
                f.write_str("lists and maps are nested too deeply; put a structure in between")
            }
            Self::Empty => f.write_str("the shape has no members or values; add at least one"),
            Self::RequiredOfItself => f.write_str(
                "no value of the shape is finite, because it requires another one; make a member optional",
            ),
            Self::MixinOfItself => {
                f.write_str("the shape is mixed into itself; remove one of the mixins of the cycle")
            }
            Self::TooManyMixins(max) => write!(
                f,
                "the shape has more than {max} mixins, with those of its mixins; remove some"
            ),
            Self::BoundsOrder => {
                f.write_str("the minimum is greater than the maximum; exchange them")
            }
            Self::Length(found) => write!(
                f,
                "a length cannot be {found}; use a whole number of at least zero"
            ),
            Self::Default { value, allowed: None } => {
                write!(f, "the type has no default value, such as {value}; remove it")
            }
            Self::Default { value, allowed: Some(allowed) } => {
                write!(f, "{value} is no value of the type; use {allowed}")
            }
            Self::NestedTooDeeply => f.write_str(
                "structures, lists and maps are nested too deeply for the Rust compiler; remove some levels",
            ),
            Self::TooManyMembers { members, max } => write!(
                f,
                "the shape has {members} members, and the limit is {max}; move some of them to a shape of their own"
            ),
            Self::StreamingBlob => f.write_str(
                "the protocol does not support streaming blobs; remove \"streaming\"",
            ),
            Self::NoNamespace => {
                f.write_str("the ID has no namespace; write it as namespace#Name")
            }
            Self::CannotGenerate(reason) => {
                write!(f, "{reason}; select an operation that can be generated")
            }
            Self::ImportFormat { is_smithy: false } => f.write_str(
                "a Smithy model cannot be imported, because the current model is in botocore's format; import botocore's model of the same version",
            ),
            Self::ImportFormat { is_smithy: true } => f.write_str(
                "a model in botocore's format cannot be imported, because the current model is a Smithy model; import the Smithy model of the same version",
            ),
            Self::NotRust(error) => write!(
                f,
                "{error}; this is a bug in the generator, please report it"
            ),
            Self::NotJson(error) => f.write_str(error),
        }
    }
}

/// Returns the names in quotes, separated by commas.
fn quoted(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("\"{name}\"")).collect();
    names.join(", ")
}

const SUPPORTED: &str = "the supported protocols are \"json\" (awsJson 1.0 and 1.1), \"rest-json\", \"rest-xml\", \"smithy-rpc-v2-cbor\", \"query\" and \"ec2\"";
