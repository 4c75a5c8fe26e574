//! The file of a state, which is whole at any moment.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use lean_aws_runtime::codegen::json::{self, DecodeError};

use super::{Loaded, Part, saved};
use crate::fake::state::State;

/// The version of the format.
const VERSION: i32 = 1;

/// The maximum size of a file, in bytes. A hundred thousand WorkSpaces need 55 MB.
const MAX_SIZE: u64 = 512 * 1024 * 1024;

/// The content of a file.
struct Content {
    version: i32,
    state: State,
}

saved! {
    Content {
        "Version" => version;
        "State" => state;
    }
}

/// The error of a file that contains the state of an offline service.
///
/// The file is not changed in this case.
#[derive(Debug)]
pub struct StateFileError {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    Io(&'static str, io::Error),
    Locked,
    TooLarge,
    Version(i32),
    Invalid(DecodeError),
}

impl StateFileError {
    fn new(path: &Path, reason: Reason) -> Self {
        let path = path.to_owned();
        Self { path, reason }
    }
}

impl fmt::Display for StateFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.reason {
            Reason::Io(action, _) => write!(f, "cannot {action} the state file {path}"),
            Reason::Locked => write!(f, "the state file {path} is in use by another service"),
            Reason::TooLarge => write!(
                f,
                "the state file {path} has more than {MAX_SIZE} bytes; it is not the state of an offline service"
            ),
            Reason::Version(version) => write!(
                f,
                "the state file {path} has the version {version} of its format, but this release reads version {VERSION}"
            ),
            Reason::Invalid(_) => write!(
                f,
                "the state file {path} is invalid; fix it, or move it away to start with a new state"
            ),
        }
    }
}

impl std::error::Error for StateFileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.reason {
            Reason::Io(_, error) => Some(error),
            Reason::Invalid(error) => Some(error),
            _ => None,
        }
    }
}

/// Reads a state.
///
/// # Errors
/// Returns an error if the file cannot be read or is not a state of this version.
pub(in crate::fake) fn read(path: &Path) -> Result<State, StateFileError> {
    let fail = |reason| StateFileError::new(path, reason);
    let file = File::open(path).map_err(|error| fail(Reason::Io("open", error)))?;
    let mut content = Vec::new();
    // One byte more than the limit shows that there is more.
    file.take(MAX_SIZE + 1)
        .read_to_end(&mut content)
        .map_err(|error| fail(Reason::Io("read", error)))?;
    if content.len() as u64 > MAX_SIZE {
        return Err(fail(Reason::TooLarge));
    }
    let Loaded(Version { version }) =
        json::decode(&content).map_err(|error| fail(Reason::Invalid(error)))?;
    if version != VERSION {
        return Err(fail(Reason::Version(version)));
    }
    match json::decode::<Loaded<Content>>(&content) {
        Ok(Loaded(content)) => Ok(content.state),
        Err(error) => Err(fail(Reason::Invalid(error))),
    }
}

/// The version of a file. It is read first and alone, because the other members can have a newer format.
struct Version {
    version: i32,
}

saved! {
    Version {
        "Version" => version;
    }
}

/// Writes a state to a temporary file beside the file, which then replaces the file. So the file is whole even if the process or
/// the machine stops.
///
/// # Errors
/// Returns an error if a file cannot be written. The file then has its old content.
pub(in crate::fake) fn write(state: &State, path: &Path) -> io::Result<()> {
    let mut out = json::Encoder::new();
    let mut object = out.object();
    object.member("Version", &VERSION);
    object.member("State", &Part(state));
    object.end();
    let temporary = beside(path, "tmp");
    let mut file = File::create(&temporary)?;
    file.write_all(&out.into_bytes())?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    sync_directory(path)
}

/// Makes the renaming of a file last.
#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Returns the path of a file with another ending.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// A file that keeps the state of one service, which locks it.
#[derive(Debug)]
pub(in crate::fake) struct StateFile {
    path: PathBuf,
    /// The lock of another file, because the file itself is replaced.
    lock: File,
}

impl StateFile {
    /// Locks a file, and reads its state if it exists.
    ///
    /// # Errors
    /// Returns an error if another service uses the file, or if it is invalid.
    pub(in crate::fake) fn open(path: &Path) -> Result<(Self, Option<State>), StateFileError> {
        let fail = |reason| StateFileError::new(path, reason);
        let lock = File::create(beside(path, "lock"));
        let lock = lock.map_err(|error| fail(Reason::Io("lock", error)))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(fail(Reason::Locked)),
            Err(TryLockError::Error(error)) => return Err(fail(Reason::Io("lock", error))),
        }
        let path = path.to_owned();
        // From here on, the lock ends with this value.
        let file = Self { path, lock };
        let path = file.path.as_path();
        let exists = fs::exists(path).map_err(|error| fail(Reason::Io("open", error)))?;
        let state = match exists {
            true => Some(read(path)?),
            false => None,
        };
        Ok((file, state))
    }

    /// Replaces the state in the file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be written.
    pub(in crate::fake) fn write(&self, state: &State) -> Result<(), StateFileError> {
        write(state, &self.path)
            .map_err(|error| StateFileError::new(&self.path, Reason::Io("write", error)))
    }
}

impl Drop for StateFile {
    fn drop(&mut self) {
        // Closing the file is not enough: a process that another thread is starting can have a copy of it for a moment.
        let _ = self.lock.unlock();
    }
}
