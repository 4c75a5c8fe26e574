//! What a generated crate leaves out, or leaves to its user.

use std::fmt;

use serde::{Deserialize, Serialize};

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
            Self::Setting => f.write_str("left out; the configuration has no such setting"),
            Self::Sigv4a => f.write_str(
                "some endpoints require SigV4a signatures, which the crate cannot make; a call to one of them returns an error",
            ),
        }
    }
}
