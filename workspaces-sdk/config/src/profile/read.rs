use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use aws_types::os_shim_internal::{Env, Fs};

use super::ProfileFileLoadError;
use super::error::CouldNotReadConfigFile;
use super::profile_file::{ProfileFile, ProfileFileKind};

/// A file in memory.
#[derive(Debug)]
pub(super) struct FileContents {
    pub(super) kind: ProfileFileKind,
    /// The file as the user knows it, with `~` for the home directory.
    pub(super) name: Arc<str>,
    pub(super) text: String,
    /// Why the file is not used, if it is not.
    pub(super) unused: Option<String>,
}

/// Reads a file.
///
/// Only a file that was added in code must be readable.
pub(super) async fn read(
    file: &ProfileFile,
    home: Option<&str>,
    fs: &Fs,
    env: &Env,
) -> Result<FileContents, ProfileFileLoadError> {
    let (kind, name, text): (_, Arc<str>, _) = match file {
        ProfileFile::Contents(kind, text) => {
            let name = match kind {
                ProfileFileKind::Config => "<config file given in code>",
                ProfileFileKind::Credentials => "<credentials file given in code>",
            };
            (*kind, name.into(), Ok(text.clone()))
        }
        ProfileFile::Path(kind, path) => {
            let bytes = fs.read_to_end(path).await.map_err(|error| {
                ProfileFileLoadError::CouldNotReadFile(CouldNotReadConfigFile::new(path, error))
            })?;
            (*kind, path.to_string_lossy().into(), decode(bytes))
        }
        ProfileFile::Default(kind) => {
            let variable = env.get(kind.variable());
            let name = variable.as_deref().unwrap_or(kind.default_path());
            let text = match expand_home(name, home) {
                Some(path) => match fs.read_to_end(&path).await {
                    Ok(bytes) => decode(bytes),
                    Err(error) if error.kind() == ErrorKind::NotFound => {
                        Err("does not exist".to_owned())
                    }
                    Err(error) => Err(format!("cannot be read: {error}")),
                },
                None => {
                    Err("has no place: the home directory is unknown, as HOME is not set".into())
                }
            };
            (*kind, name.into(), text)
        }
    };
    let (text, unused) = match text {
        Ok(text) => (text, None),
        Err(why) => (String::new(), Some(why)),
    };
    match (&unused, file) {
        (None, _) => tracing::debug!(file = %name, "shared config file loaded"),
        // Most programs run without one of the files, or both.
        (Some(why), ProfileFile::Default(kind)) if *name == *kind.default_path() => {
            tracing::debug!(file = %name, "shared config file {why}");
        }
        (Some(why), _) => tracing::warn!(file = %name, "shared config file {why}"),
    }
    Ok(FileContents {
        kind,
        name,
        text,
        unused,
    })
}

/// Replaces a leading `~` by the home directory.
fn expand_home(path: &str, home: Option<&str>) -> Option<PathBuf> {
    let path = Path::new(path);
    let mut components = path.components();
    if components.next() != Some(Component::Normal("~".as_ref())) {
        return Some(path.to_path_buf());
    }
    let mut expanded = PathBuf::from(home?);
    // The separators become those of the system.
    expanded.extend(components);
    Some(expanded)
}

/// Decodes UTF-8, or says why it is not.
fn decode(bytes: Vec<u8>) -> Result<String, String> {
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    String::from_utf8(bytes).map_err(|error| {
        if utf16 {
            return "is ignored, as it is UTF-16: save it as UTF-8".to_owned();
        }
        let valid = error.utf8_error().valid_up_to();
        let lines = error.as_bytes().iter().take(valid);
        let line = 1 + lines.filter(|byte| **byte == b'\n').count();
        format!("is ignored, as line {line} is not UTF-8")
    })
}
