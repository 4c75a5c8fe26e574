//! Faults of a file: it is not JSON, or not what its format has in a place.

use std::fmt;

use super::fault::{missing, unknown};
use super::{Fault, Item, Suggestion};

/// What is wrong with the JSON of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonFault {
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// The file is not JSON.
    Syntax {
        /// Why not.
        syntax: Syntax,
        /// The word at the place; may be empty.
        word: String,
    },
    /// A value is of another type than its place needs.
    Type {
        /// The type that the place needs.
        expected: JsonType,
        /// The type of what is there; none where it cannot be said.
        found: Option<JsonType>,
    },
    /// An object lacks a key.
    MissingKey {
        /// The key.
        key: String,
        /// A key of the object that may be a misspelling of it.
        similar: Option<String>,
    },
    /// An object has a key that means nothing.
    UnknownKey {
        /// The key.
        key: String,
        /// What was probably meant.
        suggestion: Suggestion,
    },
    /// An object has a key twice.
    DuplicateKey,
    /// Something else, in the words of the parser.
    Other(String),
}

/// A type of JSON, with the value where it is short.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonType {
    /// `null`.
    Null,
    /// `true` or `false`; none for either.
    Boolean(Option<String>),
    /// A number; none for any.
    Number(Option<String>),
    /// A number without a fraction.
    WholeNumber,
    /// A string, in quotes; none for any.
    String(Option<String>),
    /// A list.
    List,
    /// An object.
    Object,
    /// Something else, in the words of the parser.
    Other(String),
}

impl JsonType {
    /// How a value of this type becomes one of another type.
    fn remedy(&self, expected: &Self) -> &'static str {
        match (self, expected) {
            (Self::Null, _) => "; give it a value or remove it",
            (found, Self::List) if *found != Self::Object => "; put it in [ ]",
            (Self::Number(_), Self::String(_)) => "; put it in double quotes",
            (Self::String(_), Self::Boolean(_)) => "; write true or false, without quotes",
            (Self::String(_), Self::Number(_) | Self::WholeNumber) => "; write it without quotes",
            _ => "",
        }
    }
}

impl fmt::Display for JsonType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean(None) => "a boolean",
            Self::Boolean(Some(value)) => value,
            Self::Number(None) => "a number",
            Self::Number(Some(value)) => return write!(f, "the number {value}"),
            Self::WholeNumber => "a whole number",
            Self::String(None) => "a string",
            Self::String(Some(value)) => return write!(f, "the string {value}"),
            Self::List => "a list",
            Self::Object => "an object",
            Self::Other(words) => words,
        })
    }
}

/// Why a file is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Syntax {
    /// The file ends too early.
    End,
    /// A comma has nothing behind it.
    TrailingComma,
    /// Something follows the end of the model.
    TrailingCharacters,
    /// A string holds a line break or control character.
    ControlCharacter,
    /// A key is not a string.
    Key,
    /// A comma or closing bracket is missing.
    Comma,
    /// A colon is missing.
    Colon,
    /// Something is not a value of JSON.
    Value,
    /// An unknown escape.
    Escape,
    /// A number that JSON does not have.
    Number,
    /// Bytes that are not UTF-8.
    Utf8,
    /// Objects and lists are nested too deeply.
    Depth,
    /// Something else, in the words of the parser.
    Other(String),
}

impl From<JsonFault> for Fault {
    fn from(fault: JsonFault) -> Self {
        Self::Json(fault)
    }
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::End => {
                "the file ends too early; it was cut short, or a bracket or quotation mark is not closed"
            }
            Self::TrailingComma => "a comma with nothing behind it; remove it",
            Self::TrailingCharacters => {
                "something follows the end of the model; remove it, or a surplus bracket before it"
            }
            Self::ControlCharacter => {
                "a line break or control character in a string; close the string, or escape the character, as \\n"
            }
            Self::Key => "a key that is not a string; put it in double quotes",
            Self::Comma => "a comma or closing bracket is missing before this; add it",
            Self::Colon => "a colon is missing before this; add it behind the key",
            Self::Value => {
                "not a JSON value; values are strings in double quotes, numbers, true, false, null, lists and objects"
            }
            Self::Escape => {
                "unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hex digits"
            }
            Self::Number => "not a JSON number; write it as 7, -7, 0.7 or 7e9",
            Self::Utf8 => "bytes that are not UTF-8; save the file as UTF-8",
            Self::Depth => "brackets are nested too deeply; 128 levels are the limit",
            Self::Other(text) => text,
        })
    }
}

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByteOrderMark => {
                f.write_str("the file begins with a byte order mark; save it without")
            }
            Self::Syntax {
                syntax: Syntax::Value,
                word,
            } if !word.is_empty() => match word.to_lowercase().as_str() {
                word @ ("true" | "false" | "null") => {
                    write!(f, "not a JSON value; write {word}")
                }
                "none" | "nil" | "undefined" => f.write_str("not a JSON value; write null"),
                _ => write!(
                    f,
                    "not a JSON value; if a string is meant, write \"{word}\""
                ),
            },
            Self::Syntax { syntax, .. } => syntax.fmt(f),
            Self::Type {
                expected,
                found: None,
            } => write!(f, "expected {expected}"),
            Self::Type {
                expected,
                found: Some(found),
            } => write!(
                f,
                "expected {expected}, found {found}{}",
                found.remedy(expected)
            ),
            Self::MissingKey { key, similar } => missing(f, key, similar.as_deref()),
            Self::UnknownKey { key, suggestion } => unknown(f, Item::Key, key, suggestion),
            Self::DuplicateKey => f.write_str("the key is present twice; remove one of them"),
            Self::Other(text) => f.write_str(text),
        }
    }
}
