//! Faults of names: those that Rust cannot have, and those that two things would have.

use std::fmt;

use super::Fault;

/// What is wrong with a name in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameFault {
    /// No Rust name can be formed from a name.
    NotRust {
        /// The name.
        name: String,
        /// What the name is for.
        scope: Scope,
    },
    /// Two names become the same in Rust.
    Same {
        /// The names in the model.
        names: [String; 2],
        /// The name in Rust.
        rust: String,
        /// What the name is for.
        scope: Scope,
    },
    /// A name in Rust is taken by something that generated code uses.
    Taken {
        /// The name in Rust.
        rust: String,
        /// What the name is for.
        scope: Scope,
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

/// What a name is for.
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
    /// A setter of a builder and another method of it.
    Setter,
    /// A variant of the enum of this name.
    Variant(String),
    /// An error among the variants of an operation's error.
    OperationError,
    /// A type that has the name of another one that it is made of.
    MadeOf,
    /// A waiter.
    Waiter,
}

impl From<NameFault> for Fault {
    fn from(fault: NameFault) -> Self {
        Self::Name(fault)
    }
}

impl Scope {
    /// How to rename something so that it has a name in Rust.
    fn rename(&self) -> String {
        match self {
            Self::Variant(id) => {
                format!("name it in rust.json: {{\"variants\": {{\"{id}\": ...}}}}")
            }
            Self::Member | Self::Setter => "rename it, with ASCII letters and digits".to_owned(),
            _ => "rename it, with ASCII letters and digits, a letter first".to_owned(),
        }
    }
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRust { name, scope } => write!(
                f,
                "no Rust name can be formed from \"{name}\"; {}",
                scope.rename()
            ),
            Self::Same {
                names: [one, other],
                rust,
                scope,
            } => match scope {
                Scope::Module => write!(
                    f,
                    "\"{one}\" and \"{other}\" would both be the module `{rust}` in Rust; rename one of them"
                ),
                Scope::Setter => write!(
                    f,
                    "the setter of \"{other}\" and one of \"{one}\" would both be `{rust}` in Rust; rename one of them"
                ),
                Scope::Variant(_) => write!(
                    f,
                    "\"{one}\" and \"{other}\" would both be `{rust}` in Rust; name one of them in rust.json, under variants"
                ),
                _ => write!(
                    f,
                    "\"{one}\" and \"{other}\" would both be `{rust}` in Rust; rename one of them"
                ),
            },
            Self::Taken { rust, scope } => match scope {
                Scope::OperationError => write!(
                    f,
                    "`{rust}` is something else in the operation's file; rename the shape, and keep its name on the wire as error.code"
                ),
                Scope::MadeOf => write!(
                    f,
                    "`{rust}` contains another type that has this name in Rust; rename it"
                ),
                _ => write!(
                    f,
                    "the setter of \"{rust}\" would have the name of another method of the builder; rename the member"
                ),
            },
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
                "\"{one}\" and \"{other}\" have the same name; rename one of them by \"rename\" of the service"
            ),
        }
    }
}
