//! Warnings about features of a model that a generated crate does not fully support.

use std::collections::HashSet;
use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Suggestion;
use crate::visible::Message;

/// A feature of a model that the generated crate does not fully support.
///
/// Displayed as `operations.SubscribeToShard: left out, because its output is an event stream`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Warning {
    /// The JSON path of the feature, such as `operations.SubscribeToShard`.
    pub path: String,
    /// The kind of the warning.
    pub kind: WarningKind,
}

/// The kinds of warnings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum WarningKind {
    /// An operation is left out because it has an event stream.
    EventStream {
        /// The operation.
        operation: String,
        /// The side of the operation that is a stream.
        side: StreamSide,
    },
    /// Operations require an endpoint that the client does not discover.
    EndpointDiscovery {
        /// The operations.
        operations: Vec<String>,
        /// The operation that returns the endpoint, if the crate could call it but does not have it.
        missing: Option<String>,
    },
    /// A trait of a Smithy model that may change the wire or the types is not supported.
    Trait(String),
    /// A waiter is left out because it depends on the input.
    WaiterOfInput,
    /// An acceptor of a waiter compares an enum with a value that the enum does not have.
    UnknownValue {
        /// The enum.
        shape: String,
        /// The value.
        value: String,
        /// The value that was probably meant.
        suggestion: Suggestion,
    },
    /// An acceptor of a waiter cannot match any output.
    NeverMatches,
    /// An operation requires checksums, which the crate does not send.
    Checksum,
    /// An operation, or the service, has only authentication schemes that the crate does not support. The crate signs requests
    /// with SigV4.
    AuthScheme,
    /// Members have default values, which the service applies and the crate does not.
    Defaults {
        /// The number of members.
        members: usize,
    },
    /// The configuration does not have a setting of the model, because the endpoint rules do not use it.
    Setting,
    /// The configuration does not have a setting of the model, because it is neither a string nor a boolean.
    SettingType,
    /// Some endpoints require sessions of S3 Express, which the crate does not support.
    S3Express,
    /// Some endpoints require SigV4a signatures, which the crate does not support.
    Sigv4a,
    /// An operation, or the service, requires SigV4a signatures, which the crate does not support.
    Sigv4aOnly,
}

/// A side of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StreamSide {
    /// The input.
    Input,
    /// The output.
    Output,
}

impl Warning {
    pub(crate) fn new(path: impl Into<String>, kind: WarningKind) -> Self {
        Self {
            path: path.into(),
            kind,
        }
    }

    /// Whether it is about what is at one of these paths of the model, or below it.
    pub(crate) fn is_about(&self, paths: &HashSet<String>) -> bool {
        let ends = self.path.match_indices(['.', '[']).map(|(end, _)| end);
        let mut starts = ends.filter_map(|end| self.path.get(..end));
        paths.contains(&self.path) || starts.any(|start| paths.contains(start))
    }

    /// Whether an operation is left out.
    pub(crate) fn leaves_out(&self) -> bool {
        matches!(self.kind, WarningKind::EventStream { .. })
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Message(f), "{}: {}", self.path, self.kind)
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
                write!(f, "left out, because its {side} is an event stream")
            }
            Self::EndpointDiscovery { operations, missing: Some(missing) } => write!(
                f,
                "{} must be sent to an endpoint that {missing} returns; generate {missing} too, or set the endpoint as `endpoint_url`",
                operations.join(", ")
            ),
            Self::EndpointDiscovery { operations, missing: None } => write!(
                f,
                "{} must be sent to an endpoint that the service assigns, and the client cannot discover it; set it as `endpoint_url`",
                operations.join(", ")
            ),
            Self::Trait(id) => write!(f, "the trait {id} is not supported and has no effect"),
            Self::WaiterOfInput => {
                f.write_str("left out, because waiters that depend on the input are not supported")
            }
            Self::UnknownValue {
                shape,
                value,
                suggestion: Suggestion::None,
            } => write!(
                f,
                "\"{shape}\" has no value \"{value}\"; a newer model may have it"
            ),
            Self::UnknownValue {
                shape,
                value,
                suggestion,
            } => write!(f, "\"{shape}\" has no value \"{value}\"{suggestion}"),
            Self::NeverMatches => f.write_str("the acceptor cannot match any output"),
            Self::Checksum => {
                f.write_str("the operation requires a checksum, which the crate does not send")
            },
            Self::AuthScheme => f.write_str(
                "requests are signed with SigV4, which the model does not list; its authentication schemes are not supported",
            ),
            Self::Sigv4aOnly => f.write_str(
                "calls fail, because they require SigV4a signatures, which are not supported",
            ),
            Self::Defaults { members: 1 } => f.write_str(
                "1 member has a default value, which the service applies; the member is optional",
            ),
            Self::Defaults { members } => write!(
                f,
                "{members} members have default values, which the service applies; the members are optional"
            ),
            Self::Setting => f.write_str("left out, because the endpoint rules do not use this setting"),
            Self::SettingType => f.write_str(
                "left out, because settings that are neither strings nor booleans are not supported",
            ),
            Self::S3Express => f.write_str(
                "some endpoints require sessions of S3 Express, which are not supported; requests to these endpoints fail",
            ),
            Self::Sigv4a => f.write_str(
                "some endpoints require SigV4a signatures, which are not supported; requests to these endpoints fail",
            ),
        }
    }
}
