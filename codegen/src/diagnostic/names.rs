//! Faults of names that have no valid or unique form in Rust.

use std::fmt;

use super::Fault;

/// A fault of a name in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameFault {
    /// A name has no valid form in Rust.
    NotRust {
        /// The name.
        name: String,
        /// The scope of the name.
        scope: Scope,
    },
    /// Two names have the same form in Rust.
    Same {
        /// The names in the model.
        names: [String; 2],
        /// The name in Rust.
        rust: String,
        /// The scope of the name.
        scope: Scope,
    },
    /// Generated code uses the Rust form of a name for another item.
    Taken {
        /// The name in Rust.
        rust: String,
        /// The scope of the name.
        scope: Scope,
    },
    /// A name has a character that is not displayed.
    Invisible {
        /// The name.
        name: String,
        /// The first such character.
        character: char,
    },
    /// A name is too long.
    TooLong {
        /// The name.
        name: String,
        /// The maximum length in bytes.
        max: usize,
    },
    /// A name is not one of XML.
    NotXml(String),
    /// Two members have the same name in messages.
    SameInMessage {
        /// The members.
        names: [String; 2],
        /// The name in messages.
        name: String,
    },
    /// Two errors of an operation have the same code.
    SameCode {
        /// The errors.
        names: [String; 2],
        /// The code.
        code: String,
    },
    /// Two operations have the same name in different namespaces.
    SameOperation([String; 2]),
    /// Two shapes have the same name in different namespaces.
    SameShape([String; 2]),
}

/// The scope of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scope {
    /// An operation.
    Operation,
    /// A type.
    Type,
    /// A module.
    Module,
    /// A member of a structure or union.
    Member,
    /// A method of a builder.
    Setter,
    /// A variant of the enum with this name.
    Variant(String),
    /// An error, which is a variant of the error of an operation.
    OperationError,
    /// A type that contains a type with the same name in Rust.
    Nested,
    /// A waiter.
    Waiter,
}

impl From<NameFault> for Fault {
    fn from(fault: NameFault) -> Self {
        Self::Name(fault)
    }
}

impl Scope {
    /// Returns the remedy for a name without a valid form in Rust.
    fn remedy(&self) -> String {
        match self {
            Self::Variant(id) => {
                format!("set its name in rust.json: {{\"variants\": {{\"{id}\": ...}}}}")
            }
            Self::Member | Self::Setter => "use ASCII letters and digits".to_owned(),
            _ => "use ASCII letters and digits, beginning with a letter".to_owned(),
        }
    }
}

/// The part of a long name that a message quotes.
fn beginning(name: &str) -> &str {
    name.split_at(name.floor_char_boundary(80)).0
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRust { name, scope } => write!(
                f,
                "\"{name}\" has no valid form in Rust; {}",
                scope.remedy()
            ),
            Self::Same {
                names: [one, other],
                rust,
                scope,
            } => match scope {
                Scope::Module => write!(
                    f,
                    "\"{one}\" and \"{other}\" would both be the module `{rust}`; rename one of them"
                ),
                Scope::Setter => write!(
                    f,
                    "methods for \"{other}\" and \"{one}\" would both be `{rust}`; rename one of the members"
                ),
                Scope::Variant(_) => write!(
                    f,
                    "\"{one}\" and \"{other}\" would both be `{rust}` in Rust; rename one of them in rust.json, under \"variants\""
                ),
                _ => write!(
                    f,
                    "\"{one}\" and \"{other}\" would both be `{rust}` in Rust; rename one of them"
                ),
            },
            Self::Taken { rust, scope } => match scope {
                Scope::OperationError => write!(
                    f,
                    "generated code uses `{rust}` for another item; rename the shape, and keep its wire name as error.code"
                ),
                Scope::Nested => write!(
                    f,
                    "`{rust}` contains another type with the same name in Rust; rename one of them"
                ),
                _ => write!(
                    f,
                    "the setter of \"{rust}\" would have the same name as another method of the builder; rename the member"
                ),
            },
            Self::Invisible { name, character } => write!(
                f,
                "\"{}\" has the invisible character U+{:04X}; remove it",
                beginning(name),
                u32::from(*character)
            ),
            Self::TooLong { name, max } => write!(
                f,
                "\"{}...\" has {} bytes; shorten it to at most {max}",
                beginning(name),
                name.len()
            ),
            Self::NotXml(name) => write!(
                f,
                "\"{}\" is no name in XML; use letters, digits, \".\", \"-\" and \"_\", beginning with a letter",
                beginning(name)
            ),
            Self::SameInMessage {
                names: [one, other],
                name,
            } => write!(
                f,
                "\"{one}\" and \"{other}\" both have the name \"{name}\" in messages; change one of them"
            ),
            Self::SameCode {
                names: [one, other],
                code,
            } => write!(
                f,
                "\"{one}\" and \"{other}\" have the same code \"{code}\"; remove one of them"
            ),
            Self::SameOperation([one, other]) => write!(
                f,
                "\"{one}\" and \"{other}\" have the same name; rename one of them"
            ),
            Self::SameShape([one, other]) => write!(
                f,
                "\"{one}\" and \"{other}\" have the same name; rename one of them with \"rename\" of the service"
            ),
        }
    }
}
