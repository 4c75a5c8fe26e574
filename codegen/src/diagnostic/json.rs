//! Faults of the JSON of a file: syntax errors, and deviations from the format of the file.

use std::fmt;

use super::fault::{missing, unknown};
use super::{Fault, Item, Suggestion};

/// A fault of the JSON of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonFault {
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// The file is not JSON.
    Syntax {
        /// The syntax error.
        syntax: Syntax,
        /// The word at the position of the error; may be empty.
        word: String,
    },
    /// A value is of a wrong type.
    Type {
        /// The required type.
        expected: JsonType,
        /// The type of the value, if it is known.
        found: Option<JsonType>,
    },
    /// An object does not have a required key.
    MissingKey {
        /// The key.
        key: String,
        /// A similar key of the object, which may be a misspelling.
        similar: Option<String>,
    },
    /// An object has an unknown key.
    UnknownKey {
        /// The key.
        key: String,
        /// The key that was probably meant.
        suggestion: Suggestion,
    },
    /// An object has a key twice.
    DuplicateKey,
    /// Another fault, as described by the parser.
    Other(String),
}

/// A JSON type, or a value of this type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonType {
    /// `null`.
    Null,
    /// A boolean, or `true` or `false`.
    Boolean(Option<String>),
    /// A number.
    Number(Option<String>),
    /// An integer.
    Integer,
    /// A string. The value includes its quotation marks.
    String(Option<String>),
    /// A list.
    List,
    /// An object.
    Object,
    /// Another type, as described by the parser.
    Other(String),
}

impl JsonType {
    /// Returns the remedy for a value of this type where another type is expected.
    fn remedy(&self, expected: &Self) -> &'static str {
        match (self, expected) {
            (Self::Null, _) => "; give it a value or remove it",
            (found, Self::List) if *found != Self::Object => "; enclose it in [ ]",
            (Self::Number(_), Self::String(_)) => "; enclose it in double quotes",
            (Self::String(_), Self::Boolean(_)) => "; write true or false, without quotes",
            (Self::String(_), Self::Number(_) | Self::Integer) => "; write it without quotes",
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
            Self::Integer => "an integer",
            Self::String(None) => "a string",
            Self::String(Some(value)) => return write!(f, "the string {value}"),
            Self::List => "a list",
            Self::Object => "an object",
            Self::Other(description) => description,
        })
    }
}

/// A syntax error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Syntax {
    /// The file ends unexpectedly.
    End,
    /// Nothing follows a comma.
    TrailingComma,
    /// Other characters follow the end of the model.
    TrailingCharacters,
    /// A string contains a line break or control character.
    ControlCharacter,
    /// A key is not a string.
    Key,
    /// A comma or closing bracket is missing.
    Comma,
    /// A colon is missing.
    Colon,
    /// A value is not a JSON value.
    Value,
    /// An escape sequence is unknown.
    Escape,
    /// A number is invalid.
    Number,
    /// The file contains bytes that are not UTF-8.
    Utf8,
    /// Objects and lists are nested too deeply.
    Depth,
    /// Another fault, as described by the parser.
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
                "the file ends unexpectedly; it is truncated, or a bracket or quotation mark is not closed"
            }
            Self::TrailingComma => "nothing follows this comma; remove it",
            Self::TrailingCharacters => {
                "the model ends before this; remove the rest, or a surplus bracket before it"
            }
            Self::ControlCharacter => {
                "a string contains a line break or control character; close the string, or escape the character, such as \\n"
            }
            Self::Key => "the key is not a string; enclose it in double quotes",
            Self::Comma => "a comma or closing bracket is missing before this; add it",
            Self::Colon => "a colon is missing before this; add it after the key",
            Self::Value => {
                "not a JSON value; values are strings in double quotes, numbers, true, false, null, lists and objects"
            }
            Self::Escape => {
                "unknown escape sequence; the known ones are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hex digits"
            }
            Self::Number => "not a JSON number; write it in a form such as 7, -7, 0.7 or 7e9",
            Self::Utf8 => "the file contains bytes that are not UTF-8; save it as UTF-8",
            Self::Depth => "brackets are nested too deeply; the limit is 128 levels",
            Self::Other(message) => message,
        })
    }
}

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByteOrderMark => {
                f.write_str("the file begins with a byte order mark; save it without one")
            }
            Self::Syntax {
                syntax: Syntax::Value,
                word,
            } if !word.is_empty() => match word.to_lowercase().as_str() {
                word @ ("true" | "false" | "null") => {
                    write!(f, "not a JSON value; write {word}")
                }
                "none" | "nil" | "undefined" => f.write_str("not a JSON value; write null"),
                _ => write!(f, "not a JSON value; write \"{word}\" for a string"),
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
            Self::DuplicateKey => {
                f.write_str("the key is present twice; remove one of the entries")
            }
            Self::Other(message) => f.write_str(message),
        }
    }
}
