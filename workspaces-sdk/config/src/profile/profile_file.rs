//! The files that profiles are read from.

use std::fmt;
use std::path::PathBuf;

/// The shared files to read, in the order in which they are merged.
///
/// The default is the config file and the credentials file, wherever the environment says they are. Contents that are given in code
/// are not part of the `Debug` output.
///
/// ```
/// use lean_aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};
///
/// let files = ProfileFiles::builder()
///     .include_default_config_file(true)
///     .with_file(ProfileFileKind::Credentials, "/run/secrets/aws")
///     .build();
/// ```
#[derive(Clone, Debug)]
pub struct ProfileFiles {
    pub(super) files: Vec<ProfileFile>,
}

impl ProfileFiles {
    /// Creates a builder without files.
    pub fn builder() -> Builder {
        Builder::new()
    }
}

impl Default for ProfileFiles {
    fn default() -> Self {
        Self::builder()
            .include_default_config_file(true)
            .include_default_credentials_file(true)
            .build()
    }
}

/// The syntax of a file: the headers of profiles differ.
#[derive(Clone, Copy, Debug)]
pub enum ProfileFileKind {
    /// A file like `~/.aws/config`, with headers like `[profile dev]`.
    Config,
    /// A file like `~/.aws/credentials`, with headers like `[dev]`.
    Credentials,
}

impl ProfileFileKind {
    pub(super) fn default_path(self) -> &'static str {
        match self {
            Self::Config => "~/.aws/config",
            Self::Credentials => "~/.aws/credentials",
        }
    }

    /// The environment variable that gives another path.
    pub(super) fn variable(self) -> &'static str {
        match self {
            Self::Config => "AWS_CONFIG_FILE",
            Self::Credentials => "AWS_SHARED_CREDENTIALS_FILE",
        }
    }
}

/// One of the files.
#[derive(Clone)]
pub(super) enum ProfileFile {
    /// At the path that the environment gives.
    Default(ProfileFileKind),
    Path(ProfileFileKind, PathBuf),
    Contents(ProfileFileKind, String),
}

impl fmt::Debug for ProfileFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default(kind) => f.debug_tuple("Default").field(kind).finish(),
            Self::Path(kind, path) => f.debug_tuple("Path").field(kind).field(path).finish(),
            Self::Contents(kind, _) => f
                .debug_tuple("Contents")
                .field(kind)
                .field(&"** redacted **")
                .finish(),
        }
    }
}

/// A builder of [`ProfileFiles`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    default_config: bool,
    default_credentials: bool,
    files: Vec<ProfileFile>,
}

impl Builder {
    /// Creates a builder without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets whether `~/.aws/config`, or the file that `AWS_CONFIG_FILE` names, is read. The default is `false`.
    ///
    /// It precedes all files that are added.
    pub fn include_default_config_file(mut self, include_default_config_file: bool) -> Self {
        self.default_config = include_default_config_file;
        self
    }

    /// Sets whether `~/.aws/credentials`, or the file that `AWS_SHARED_CREDENTIALS_FILE` names, is read. The default is `false`.
    ///
    /// It precedes all files that are added, and follows the default config file.
    pub fn include_default_credentials_file(
        mut self,
        include_default_credentials_file: bool,
    ) -> Self {
        self.default_credentials = include_default_credentials_file;
        self
    }

    /// Adds a file, which overrides the ones before it.
    ///
    /// The file must exist. A leading `~` of the path is not replaced.
    pub fn with_file(mut self, kind: ProfileFileKind, file: impl Into<PathBuf>) -> Self {
        self.files.push(ProfileFile::Path(kind, file.into()));
        self
    }

    /// Adds the contents of a file, which override the files before it.
    pub fn with_contents(mut self, kind: ProfileFileKind, contents: impl Into<String>) -> Self {
        self.files
            .push(ProfileFile::Contents(kind, contents.into()));
        self
    }

    /// Builds the set of files.
    ///
    /// If it is empty, no file is read and there are no profiles.
    pub fn build(self) -> ProfileFiles {
        let defaults = [
            (self.default_config, ProfileFileKind::Config),
            (self.default_credentials, ProfileFileKind::Credentials),
        ];
        ProfileFiles {
            files: defaults
                .into_iter()
                .filter(|(included, _)| *included)
                .map(|(_, kind)| ProfileFile::Default(kind))
                .chain(self.files)
                .collect(),
        }
    }
}
