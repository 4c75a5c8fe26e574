//! The file system operations of an update, in which tests inject faults.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The number of threads that wait until files are stored.
const STORING_THREADS: usize = 8;

/// Performs the operations that change a folder. A test can make one of them fail, or one and all after it, as if the process
/// had been killed.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    #[cfg(test)]
    pub(crate) injected: injected::Injected,
}

impl Disk {
    pub(crate) fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::create_dir(path)
    }

    /// Writes a new file, which need not be stored yet.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let fault = self.step();
        let mut file = File::create_new(path)?;
        if fault.is_err() {
            // A killed process and a full disk leave an incomplete file.
            let (half, _) = bytes.split_at(bytes.len() / 2);
            file.write_all(half)?;
        }
        fault?;
        file.write_all(bytes)
    }

    /// Waits until files are stored. Threads wait at the same time, which takes a tenth of the time for a crate.
    pub(crate) fn store(&self, paths: &[PathBuf]) -> io::Result<()> {
        self.step()?;
        // Tests cannot make the machine fail, and make thousands of updates.
        if cfg!(test) {
            return Ok(());
        }
        let store = |paths: &[PathBuf]| {
            // Some platforms store only files that are open for writing.
            let mut files = paths.iter().map(|it| File::options().write(true).open(it));
            files.try_for_each(|file| file?.sync_all())
        };
        let share = paths.len().div_ceil(STORING_THREADS).max(1);
        std::thread::scope(|scope| {
            let threads = paths
                .chunks(share)
                .map(|share| scope.spawn(move || store(share)));
            let threads: Vec<_> = threads.collect();
            let failed = || Err(io::Error::other("a thread failed"));
            let mut results = threads.into_iter().map(|it| it.join());
            results.try_for_each(|result| result.unwrap_or_else(|_| failed()))
        })
    }

    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::rename(from, to)
    }

    pub(crate) fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::remove_file(path)
    }

    /// Removes an empty folder.
    pub(crate) fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::remove_dir(path)
    }

    /// Removes a file or folder with everything in it, if it exists. Does not follow symbolic links.
    pub(crate) fn remove_all(&self, path: &Path) -> io::Result<()> {
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            Ok(metadata) if metadata.is_dir() => {
                for entry in fs::read_dir(path)? {
                    self.remove_all(&entry?.path())?;
                }
                self.remove_dir(path)
            }
            Ok(_) => self.remove_file(path),
        }
    }

    /// Waits until the entries of a folder are stored, where folders can be opened. It matters only if the machine fails, so
    /// an error does not make the update fail.
    pub(crate) fn sync(&self, folder: &Path) {
        if !cfg!(test) {
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
    }

    #[cfg(not(test))]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }

    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        self.injected.step()
    }
}

#[cfg(test)]
pub(crate) mod injected {
    use std::cell::Cell;
    use std::io;

    /// A fault at one of the operations, which are counted from 0.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub(crate) enum Fault {
        /// The operation fails, as on a full disk.
        Fails(usize),
        /// The operation and all later ones fail, as if the process had been killed.
        Killed(usize),
    }

    #[derive(Debug, Default)]
    pub(crate) struct Injected {
        pub(crate) fault: Option<Fault>,
        /// The number of operations so far.
        pub(crate) steps: Cell<usize>,
    }

    impl Injected {
        pub(super) fn step(&self) -> io::Result<()> {
            let step = self.steps.replace(self.steps.get() + 1);
            let fails = match self.fault {
                None => false,
                Some(Fault::Fails(at)) => step == at,
                Some(Fault::Killed(at)) => step >= at,
            };
            if fails {
                return Err(io::Error::from(io::ErrorKind::StorageFull));
            }
            Ok(())
        }
    }
}
