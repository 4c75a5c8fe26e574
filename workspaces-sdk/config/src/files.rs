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

    /// Replaces a file that contains secrets. On Unix, only its owner can read it, also while it is written. If the process is killed,
    /// the old file stays.
    #[cfg(any(feature = "sso", feature = "credentials-login"))]
    pub(crate) async fn write_secret(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        match self.is_real {
            true => replace(path, contents),
            false => self.fs.write(path, contents).await,
        }
    }
}

#[cfg(any(feature = "sso", feature = "credentials-login"))]
fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    use std::io::Write;

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
    let mut file = options.open(&new)?;
    let written = file.write_all(contents).and_then(|()| file.sync_all());
    drop(file);
    let outcome = written.and_then(|()| std::fs::rename(&new, path));
    if outcome.is_err() {
        // The first error is the one to report.
        let _ = std::fs::remove_file(&new);
    }
    outcome
}

#[cfg(test)]
#[cfg(feature = "sso")]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[tokio::test]
    async fn only_the_owner_can_read_a_secret() {
        use std::os::unix::fs::PermissionsExt;

        let name = format!("lean-aws-config-files-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("token.json");
        std::fs::write(&path, "old").unwrap();
        let files = Files::default();
        files.write_secret(&path, b"new").await.unwrap();
        assert_eq!(files.read(&path).await.unwrap(), b"new");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        // Writers do not disturb each other.
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        replace(&path, b"new").unwrap();
                    }
                });
            }
        });

        let missing = folder.join("missing").join("token.json");
        assert!(files.write_secret(&missing, b"new").await.is_err());
        let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
