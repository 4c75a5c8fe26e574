//! Locks a folder against other runs. The operating system releases the lock when the process ends in any way.

use std::fs::{self, File, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use codegen::printable;

/// Locks a folder, and waits while another run has locked it. Returns `None` if the other run has removed the folder.
///
/// The lock is on the folder itself, so that it leaves nothing behind. Where folders cannot be locked, as on Windows and on
/// some network file systems, it is on a file in the folder for temporary files.
pub(crate) fn lock(folder: &Path, shown: &Path) -> Result<Option<File>> {
    let cannot = || format!("cannot lock {}", shown.display());
    let directory = File::open(folder).and_then(|file| wait(file, shown));
    let lock = match directory {
        Ok(lock) => lock,
        Err(_) => wait(lock_file(folder).with_context(cannot)?, shown).with_context(cannot)?,
    };
    Ok(is_current(&lock, folder).then_some(lock))
}

fn wait(file: File, shown: &Path) -> io::Result<File> {
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let shown = shown.display().to_string();
            eprintln!(
                "waiting for another run that writes to {}",
                printable(&shown)
            );
            file.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error),
    }
    Ok(file)
}

/// Opens the file that stands for a folder. It stays, as removing it would let two runs lock different files.
#[expect(
    clippy::disallowed_methods,
    reason = "all runs for a folder must find the same file"
)]
fn lock_file(folder: &Path) -> io::Result<File> {
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    let name = format!("xtask-{:016x}.lock", hasher.finish());
    let path = std::env::temp_dir().join(name);
    let mut options = File::options();
    options.write(true).create(true).truncate(false).open(path)
}

/// Whether a folder still exists, and is the one that was locked.
fn is_current(lock: &File, folder: &Path) -> bool {
    let (Ok(locked), Ok(current)) = (lock.metadata(), fs::metadata(folder)) else {
        return false;
    };
    current.is_dir() && (locked.is_file() || is_same(&locked, &current))
}

#[cfg(unix)]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}
