//! What a generated crate leaves out, or leaves to its user.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Suggestion;

/// Something to know about a crate that was generated.
///
/// Printed as `operations.SubscribeToShard: left out; its output is an event stream`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Warning {
    /// The place in the model: a JSON path such as `operations.SubscribeToShard`.
    pub path: String,
    /// What it is about.
    pub kind: WarningKind,
}

/// What a warning is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum WarningKind {
    /// An operation is left out because it has an event stream.
    EventStream {
        /// The operation.
        operation: String,
        /// Where the stream is.
        side: StreamSide,
    },
    /// Operations have to be sent to an endpoint that another operation returns.
    EndpointDiscovery {
        /// The operations.
        operations: Vec<String>,
    },
    /// A trait of a Smithy model that may change the wire or the types is not supported.
    Trait(String),
    /// A waiter is left out because it looks at the input.
    WaiterOfInput,
    /// An acceptor of a waiter compares an enum with a value that it does not have.
    UnknownValue {
        /// The enum.
        shape: String,
        /// The value.
        value: String,
        /// What was probably meant.
        suggestion: Suggestion,
    },
    /// No output can match an acceptor of a waiter.
    NeverMatches,
    /// Bodies of an operation need checksums, which the crate does not send.
    Checksum,
    /// Signatures of an operation leave out the body; those of the crate cover it.
    UnsignedPayload,
    /// An operation can be called without credentials; the crate always signs it.
    OptionalAuth,
    /// Members have defaults, which the crate leaves to the service.
    Defaults {
        /// How many members.
        members: usize,
    },
    /// A setting of the model that the configuration does not have.
    Setting,
    /// Some endpoints need signatures of a kind that the crate cannot make.
    Sigv4a,
}

/// Where an operation has an event stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StreamSide {
    /// In its input.
    Input,
    /// In its output.
    Output,
}

impl Warning {
    pub(crate) fn new(path: impl Into<String>, kind: WarningKind) -> Self {
        Self {
            path: path.into(),
            kind,
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind)
    }
}

impl fmt::Display for WarningKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EventStream { side, .. } => {
                let side = match side {
                    StreamSide::Input => "input",
                    StreamSide::Output => "output",
                };
                write!(f, "left out; its {side} is an event stream")
            }
            Self::EndpointDiscovery { operations } => write!(
                f,
                "{} must be sent to an endpoint that DescribeEndpoints returns; set it as `endpoint_url`",
                operations.join(", ")
            ),
            Self::Trait(id) => write!(f, "the trait {id} is not supported and has no effect"),
            Self::WaiterOfInput => {
                f.write_str("left out; a waiter that looks at the input is not supported")
            }
            Self::UnknownValue {
                shape,
                value,
                suggestion: Suggestion::None,
            } => write!(
                f,
                "\"{shape}\" has no value \"{value}\"; it may be one of a newer model"
            ),
            Self::UnknownValue {
                shape,
                value,
                suggestion,
            } => write!(f, "\"{shape}\" has no value \"{value}\"{suggestion}"),
            Self::NeverMatches => f.write_str("no output can match it"),
            Self::Checksum => f.write_str("requests need a checksum, which the crate does not send"),
            Self::UnsignedPayload => {
                f.write_str("signatures cover the body, although the service does not ask for it")
            }
            Self::OptionalAuth => {
                f.write_str("requests are always signed, although the service does not ask for it")
            }
            Self::Defaults { members: 1 } => f.write_str(
                "a member has a default; it is optional, and the service applies the default",
            ),
            Self::Defaults { members } => write!(
                f,
                "{members} members have defaults; they are optional, and the service applies the defaults"
            ),
            Self::Setting => f.write_str("left out; the configuration has no such setting"),
            Self::Sigv4a => f.write_str(
                "some endpoints require SigV4a signatures, which the crate cannot make; a call to one of them returns an error",
            ),
        }
    }
}
