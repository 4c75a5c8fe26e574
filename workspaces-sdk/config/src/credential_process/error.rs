use std::error::Error;
use std::fmt;
use std::io;
use std::process::ExitStatus;

use super::output::MAX_OUTPUT;
use crate::json_credentials::InvalidJsonCredentials;

/// A command did not print credentials.
#[derive(Debug)]
pub(super) struct ProcessError {
    /// The name of the program; empty if it is not known.
    program: String,
    reason: Reason,
}

/// Why a command did not print credentials.
#[derive(Debug)]
pub(super) enum Reason {
    Start(io::Error),
    Read(io::Error),
    TooMuchOutput,
    /// With the beginning of the standard error.
    Failed(ExitStatus, String),
    Document(InvalidJsonCredentials),
}

impl Reason {
    pub(super) fn of(self, program: &str) -> ProcessError {
        ProcessError {
            program: program.to_owned(),
            reason: self,
        }
    }
}

impl From<InvalidJsonCredentials> for Reason {
    fn from(error: InvalidJsonCredentials) -> Self {
        Self::Document(error)
    }
}

impl fmt::Display for ProcessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the credential process `{}` ", self.program)?;
        match &self.reason {
            Reason::Start(_) => f.write_str("could not be started"),
            Reason::Read(_) => f.write_str("could not be read"),
            Reason::TooMuchOutput => write!(f, "printed more than {} KiB", MAX_OUTPUT / 1024),
            Reason::Failed(status, message) if message.is_empty() => {
                write!(
                    f,
                    "failed ({status}) without a message on its standard error"
                )
            }
            Reason::Failed(status, message) => write!(f, "failed ({status}): {message}"),
            Reason::Document(_) => f.write_str("did not print credentials"),
        }
    }
}

impl Error for ProcessError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.reason {
            Reason::Start(error) | Reason::Read(error) => Some(error),
            Reason::Document(error) => Some(error),
            Reason::TooMuchOutput | Reason::Failed(..) => None,
        }
    }
}
