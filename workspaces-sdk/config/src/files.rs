//! The file system, and files that contain secrets.

use std::io;
use std::path::Path;

use aws_types::os_shim_internal::Fs;

/// The file system: that of the operating system, or one of a test.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    fs: Fs,
    #[cfg(any(feature = "sso", feature = "credentials-login"))]
    is_real: bool,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            fs: Fs::real(),
            #[cfg(any(feature = "sso", feature = "credentials-login"))]
            is_real: true,
        }
    }
}

impl From<Fs> for Files {
    fn from(fs: Fs) -> Self {
        Self {
            fs,
            #[cfg(any(feature = "sso", feature = "credentials-login"))]
            is_real: false,
        }
    }
}

impl Files {
    pub(crate) fn fs(&self) -> &Fs {
        &self.fs
    }

    /// Reads a whole file.
    pub(crate) async fn read(&self, path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
        self.fs.read_to_end(path).await
    }

    /// Replaces a file that contains secrets. On Unix, only its owner can read it, also while it is written. The owner stays the same,
    /// and a symbolic link stays one. If the process is killed, the old file stays, unless it is a mount point or its folder is
    /// read-only.
    #[cfg(any(feature = "sso", feature = "credentials-login"))]
    pub(crate) async fn write_secret(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        if self.is_real && replace(path, contents)? {
            return Ok(());
        }
        self.fs.write(path, contents).await
    }
}

/// Writes a new file and moves it to the path. Returns false if this is not possible, so that the file must be written in place.
#[cfg(any(feature = "sso", feature = "credentials-login"))]
fn replace(path: &Path, contents: &[u8]) -> io::Result<bool> {
    use std::io::Write;

    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // Nobody else writes to a file with this name. The ID of the process would not do: containers can share the folder, and threads the
    // process.
    let random: [u8; 8] = ring::rand::generate(&ring::rand::SystemRandom::new())
        .map_err(|_| io::Error::other("the system has no random numbers"))?
        .expose();
    let new = path.with_extension(format!("{:016x}.new", u64::from_ne_bytes(random)));
    let Ok(mut file) = options.open(&new) else {
        return Ok(false);
    };
    let outcome = match take_owner(&file, &path) {
        Ok(()) => file
            .write_all(contents)
            .and_then(|()| file.sync_all())
            .map(|()| std::fs::rename(&new, &path).is_ok()),
        Err(_) => Ok(false),
    };
    drop(file);
    if !matches!(outcome, Ok(true)) {
        // The first error is the one to report.
        let _ = std::fs::remove_file(&new);
    }
    outcome
}

/// Gives a new file the owner of the one that it replaces, who may be another user than that of the process.
#[cfg(all(unix, any(feature = "sso", feature = "credentials-login")))]
fn take_owner(new: &std::fs::File, old: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    match std::fs::metadata(old) {
        Ok(old) => fchown(new, Some(old.uid()), Some(old.gid())),
        Err(_) => Ok(()),
    }
}

#[cfg(all(not(unix), any(feature = "sso", feature = "credentials-login")))]
fn take_owner(_: &std::fs::File, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[cfg(all(unix, feature = "sso"))]
mod tests {
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

    use tempfile::TempDir;

    use super::*;

    /// A folder with the file `token.json`, which is removed when this is dropped.
    struct Folder(TempDir);

    impl Folder {
        fn new() -> Self {
            let folder = TempDir::new().unwrap();
            fs::write(folder.path().join("token.json"), "old").unwrap();
            Self(folder)
        }

        /// Writes a secret to a file and checks its contents, its mode and the number of files afterwards.
        async fn check(&self, path: &Path, files: usize) {
            Files::default().write_secret(path, b"new").await.unwrap();
            assert_eq!(fs::read(path).unwrap(), b"new");
            let mode = fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            let left: Vec<_> = fs::read_dir(self.0.path()).unwrap().collect();
            assert_eq!(left.len(), files, "{left:?}");
        }
    }

    #[tokio::test]
    async fn only_the_owner_can_read_a_secret() {
        let folder = Folder::new();
        let path = folder.0.path().join("token.json");
        folder.check(&path, 1).await;

        // Writers do not disturb each other.
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        assert!(replace(&path, b"new").unwrap());
                    }
                });
            }
        });

        let missing = folder.0.path().join("missing").join("token.json");
        let files = Files::default();
        assert!(files.write_secret(&missing, b"new").await.is_err());
        folder.check(&path, 1).await;
    }

    #[tokio::test]
    async fn a_symbolic_link_stays_one() {
        let folder = Folder::new();
        let link = folder.0.path().join("link.json");
        symlink("token.json", &link).unwrap();
        folder.check(&link, 2).await;
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        folder.check(&folder.0.path().join("token.json"), 2).await;
    }

    /// A program that runs as root must not take the file from its user.
    #[tokio::test]
    async fn the_owner_stays() {
        let folder = Folder::new();
        let path = folder.0.path().join("token.json");
        if chown(&path, Some(12_345), Some(54_321)).is_err() {
            // Only root can do so.
            return;
        }
        folder.check(&path, 1).await;
        let found = fs::metadata(&path).unwrap();
        assert_eq!((found.uid(), found.gid()), (12_345, 54_321));
    }

    /// Like a file that is a mount point, one with such a name cannot be replaced: that of the new file is too long.
    #[tokio::test]
    async fn a_file_that_cannot_be_replaced_is_written_in_place() {
        let folder = Folder::new();
        let path = folder.0.path().join(format!("{}.json", "a".repeat(240)));
        fs::write(&path, "longer").unwrap();
        assert!(!replace(&path, b"new").unwrap());
        folder.check(&path, 2).await;
    }
}
