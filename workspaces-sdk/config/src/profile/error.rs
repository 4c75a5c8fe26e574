use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Place;
use super::profile_file::ProfileFileKind;

/// The shared files could not be loaded.
#[derive(Clone, Debug)]
pub enum ProfileFileLoadError {
    /// A line of a file is invalid.
    ParseError(ProfileParseError),
    /// A file that was added in code could not be read.
    CouldNotReadFile(CouldNotReadConfigFile),
}

impl fmt::Display for ProfileFileLoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ParseError(_) => f.write_str("a shared config file is invalid"),
            Self::CouldNotReadFile(error) => error.fmt(f),
        }
    }
}

impl Error for ProfileFileLoadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::ParseError(error) => Some(error),
            Self::CouldNotReadFile(error) => error.source(),
        }
    }
}

impl From<ProfileParseError> for ProfileFileLoadError {
    fn from(error: ProfileParseError) -> Self {
        Self::ParseError(error)
    }
}

/// A file could not be read.
#[derive(Clone, Debug)]
pub struct CouldNotReadConfigFile {
    path: PathBuf,
    cause: Arc<io::Error>,
}

impl CouldNotReadConfigFile {
    pub(super) fn new(path: &Path, cause: io::Error) -> Self {
        Self {
            path: path.to_path_buf(),
            cause: Arc::new(cause),
        }
    }
}

impl fmt::Display for CouldNotReadConfigFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "could not read {}, which was added with ProfileFiles::builder().with_file()",
            self.path.display()
        )
    }
}

impl Error for CouldNotReadConfigFile {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}

/// A line of a shared file is invalid.
///
/// The message starts with the place, and says what the line must be.
#[derive(Clone, Debug)]
pub struct ProfileParseError {
    pub(super) place: Place,
    pub(super) kind: ProfileFileKind,
    pub(super) fault: Fault,
}

impl ProfileParseError {
    /// Returns the file and the line.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

impl fmt::Display for ProfileParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.fault)?;
        match (self.fault, self.kind) {
            (Fault::NoSection, ProfileFileKind::Config) => f.write_str("[profile NAME]"),
            (Fault::NoSection, ProfileFileKind::Credentials) => f.write_str("[NAME]"),
            _ => Ok(()),
        }
    }
}

impl Error for ProfileParseError {}

/// A fault of a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fault {
    NoSection,
    IndentedHeader,
    NothingToContinue,
    UnclosedHeader,
    TextAfterHeader,
    NoEqualsSign,
    NoName,
    NestedWithoutEqualsSign,
    NestedWithoutName,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSection => "expected a section before the first property, such as [default] or ",
            Self::IndentedHeader => {
                "the header of a section must not be indented: remove the space before `[`"
            }
            Self::NothingToContinue => {
                "an indented line continues a property, but the section has none before it: remove the space at its start"
            }
            Self::UnclosedHeader => "the header of the section does not end with `]`",
            Self::TextAfterHeader => {
                "expected the end of the line or a comment after the `]` of the header"
            }
            Self::NoEqualsSign => "expected a property like `name = value`, but there is no `=`",
            Self::NoName => "expected the name of a property before `=`",
            Self::NestedWithoutEqualsSign => {
                "expected a nested property like `name = value`, as the property above it has no value, but there is no `=`"
            }
            Self::NestedWithoutName => "expected the name of a nested property before `=`",
        })
    }
}
