//! Replaces files of a folder, all or none: a run that fails or is killed at any moment loses nothing.
//!
//! An update first writes all new files to a work folder in the folder itself, so that it needs no other file system. Then it
//! writes a journal, and moves each replaced file to the work folder and each new file to its place. Renaming the journal
//! completes the update. If the update fails before, it moves all files back, and if it is killed, the next run does so. Moving
//! files back needs no space on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::disk::Disk;
use crate::journal::{Journal, Step};
use crate::lock::lock;

/// The work folder of an update. It exists only during a run, or after one that was killed.
pub(crate) const WORK: &str = ".xtask-update";

/// The file that identifies the work folder, and its contents.
const NOTE: &str = "README";
const NOTE_TEXT: &str = "The temporary files of an unfinished `cargo xtask` command. Its next run removes this folder.\n";

/// The journal of an update that is in progress, while it is written, and when the update is complete.
const JOURNAL: &str = "journal";
const UNFINISHED_JOURNAL: &str = "journal.new";
const COMPLETE: &str = "complete";

/// The folders of the new files and of the replaced files.
const NEW: &str = "new";
const OLD: &str = "old";

/// The files to write and to remove. Paths are relative and separated by `/`.
#[derive(Debug, Default)]
pub(crate) struct Update<'a> {
    pub(crate) write: BTreeMap<&'a str, &'a str>,
    /// Files to remove. A path can also name a folder or a link that is in the way of a file.
    pub(crate) remove: BTreeSet<String>,
}

/// A folder that no other run writes to, and that has no unfinished update.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// The path as the user knows it.
    shown: PathBuf,
    /// The folders that this run created, innermost first.
    created: Vec<PathBuf>,
    disk: Disk,
    /// The lock is released when it is dropped.
    _lock: fs::File,
}

impl Folder {
    /// Locks a folder, creates it if it does not exist, and undoes an update that was killed.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        Self::open_on(path, Disk::default())
    }

    pub(crate) fn open_on(path: &Path, disk: Disk) -> Result<Self> {
        loop {
            let created = create(path)?;
            let canonical = path
                .canonicalize()
                .with_context(|| format!("cannot open {}", path.display()))?;
            if let Some(lock) = lock(&canonical, path)? {
                let folder = Self {
                    path: canonical,
                    shown: path.to_owned(),
                    created,
                    disk,
                    _lock: lock,
                };
                folder.recover()?;
                return Ok(folder);
            }
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The path as the user knows it.
    pub(crate) fn shown(&self) -> &Path {
        &self.shown
    }

    /// Performs an update. After an error, the folder is as it was before.
    pub(crate) fn update(&self, update: &Update<'_>) -> Result<()> {
        if update.write.is_empty() && update.remove.is_empty() {
            return Ok(());
        }
        let journal = Journal::new(&self.path, update);
        let done = self
            .stage(update, &journal)
            .and_then(|()| self.swap(&journal));
        let Err(error) = done else {
            // The update is complete. If the cleaning fails, the next run repeats it.
            let _ = self.recover();
            return Ok(());
        };
        if let Err(failure) = self.recover() {
            let failure = format!("{failure:#}; the next run tries again");
            return Err(error.context(failure));
        }
        self.abandon();
        Err(error)
    }

    /// Removes the folder and those above it, if this run created them and they are empty.
    pub(crate) fn abandon(&self) {
        for folder in &self.created {
            let _ = self.disk.remove_dir(folder);
        }
    }

    fn work(&self, name: &str) -> PathBuf {
        self.path.join(WORK).join(name)
    }

    /// Writes the new files and the journal to the work folder.
    fn stage(&self, update: &Update<'_>, journal: &Journal) -> Result<()> {
        let cannot = || format!("cannot write to {}", self.shown.display());
        let prepare = || {
            self.disk.create_dir(&self.path.join(WORK))?;
            self.disk.write(&self.work(NOTE), NOTE_TEXT.as_bytes())?;
            self.disk.create_dir(&self.work(NEW))?;
            self.disk.create_dir(&self.work(OLD))
        };
        prepare().with_context(cannot)?;
        let mut written = Vec::new();
        for (number, step) in journal.steps() {
            if let Some(text) = update.write.get(step.path()) {
                let new = self.work(NEW).join(number.to_string());
                self.disk
                    .write(&new, text.as_bytes())
                    .with_context(|| self.cannot("write", step.path()))?;
                written.push(new);
            }
        }
        let mut record = || {
            let unfinished = self.work(UNFINISHED_JOURNAL);
            self.disk.write(&unfinished, journal.to_text().as_bytes())?;
            written.push(unfinished.clone());
            self.disk.store(&written)?;
            self.disk.sync(&self.work(NEW));
            self.disk.rename(&unfinished, &self.work(JOURNAL))
        };
        record().with_context(cannot)?;
        self.disk.sync(&self.path.join(WORK));
        Ok(())
    }

    /// Moves all files to their places, and marks the update as complete.
    fn swap(&self, journal: &Journal) -> Result<()> {
        for (number, step) in journal.steps() {
            let target = self.path.join(step.path());
            let (new, old) = self.places(number);
            let moved = match step {
                Step::Folder(_) => self.disk.create_dir(&target),
                Step::Remove(_) => self.disk.rename(&target, &old),
                Step::Create(_) => self.disk.rename(&new, &target),
                Step::Replace(_) => {
                    (self.disk.rename(&target, &old)).and_then(|()| self.disk.rename(&new, &target))
                }
            };
            let action = match step {
                Step::Remove(_) => "remove",
                _ => "write",
            };
            moved.with_context(|| self.cannot(action, step.path()))?;
        }
        let complete = self.disk.rename(&self.work(JOURNAL), &self.work(COMPLETE));
        complete.with_context(|| format!("cannot write to {}", self.shown.display()))?;
        self.disk.sync(&self.path.join(WORK));
        Ok(())
    }

    /// Finishes what an earlier update left: undoes it unless it is complete, and removes the work folder.
    fn recover(&self) -> Result<()> {
        let work = self.path.join(WORK);
        if fs::symlink_metadata(&work).is_err() {
            return Ok(());
        }
        if !is_work_folder(&work) {
            bail!(
                "{} was not written by this command, which needs that name; move it elsewhere",
                self.shown.join(WORK).display()
            );
        }
        let cannot = || {
            format!(
                "cannot restore {} after an interrupted run",
                self.shown.display()
            )
        };
        if let Some(journal) = Journal::read(&self.work(COMPLETE)).with_context(cannot)? {
            self.remove_emptied_folders(&journal);
        } else if let Some(journal) = Journal::read(&self.work(JOURNAL)).with_context(cannot)? {
            self.undo(&journal).with_context(cannot)?;
        }
        self.clear(&work).with_context(cannot)
    }

    /// Moves all files back to where they were before the update. Repeating it has no effect.
    fn undo(&self, journal: &Journal) -> io::Result<()> {
        for (number, step) in journal.steps().rev() {
            let target = self.path.join(step.path());
            let (new, old) = self.places(number);
            match step {
                // A folder that is not empty has files of the user.
                Step::Folder(_) => drop(self.disk.remove_dir(&target)),
                Step::Create(_) if !exists(&new) && exists(&target) => {
                    self.disk.remove_file(&target)?;
                }
                Step::Create(_) => {}
                Step::Remove(_) | Step::Replace(_) if exists(&old) => {
                    self.disk.rename(&old, &target)?;
                }
                Step::Remove(_) | Step::Replace(_) => {}
            }
        }
        self.disk.remove_file(&self.work(JOURNAL))
    }

    /// Removes the work folder. The file that identifies it goes last.
    fn clear(&self, work: &Path) -> io::Result<()> {
        for name in [NEW, OLD, UNFINISHED_JOURNAL, COMPLETE, NOTE] {
            self.disk.remove_all(&self.work(name))?;
        }
        self.disk.remove_dir(work)
    }

    /// Removes the folders that an update has emptied.
    fn remove_emptied_folders(&self, journal: &Journal) {
        for (_, step) in journal.steps() {
            if let Step::Remove(path) = step {
                for parent in Path::new(path).ancestors().skip(1) {
                    let is_root = parent.as_os_str().is_empty();
                    if is_root || self.disk.remove_dir(&self.path.join(parent)).is_err() {
                        break;
                    }
                }
            }
        }
    }

    /// The places of a step's new and old files in the work folder.
    fn places(&self, number: usize) -> (PathBuf, PathBuf) {
        let name = number.to_string();
        (self.work(NEW).join(&name), self.work(OLD).join(name))
    }

    fn cannot(&self, what: &str, path: &str) -> String {
        format!("cannot {what} {}", self.shown.join(path).display())
    }
}

/// Creates a folder and those above it, and returns the ones that did not exist, innermost first.
fn create(path: &Path) -> Result<Vec<PathBuf>> {
    let shown = path.display();
    if path.as_os_str().is_empty() {
        bail!("the folder to write to has an empty name");
    }
    if is_folder(path)? {
        return Ok(Vec::new());
    }
    let missing = path.ancestors().take_while(|it| !it.as_os_str().is_empty());
    let missing: Vec<PathBuf> = missing
        .take_while(|it| !exists(it))
        .map(Path::to_owned)
        .collect();
    let created = fs::create_dir_all(path);
    created.with_context(|| format!("cannot create {shown}"))?;
    Ok(missing)
}

/// Whether a path is a folder, or does not exist.
///
/// # Errors
/// Returns an error if it is something else.
pub(crate) fn is_folder(path: &Path) -> Result<bool> {
    let shown = path.display();
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => bail!("{shown} is not a folder; choose another one"),
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot open {shown}"))
        }
        Err(_) if exists(path) => bail!("{shown} is a link to a folder that does not exist"),
        Err(_) => Ok(false),
    }
}

/// Whether a path exists. Does not follow symbolic links.
pub(crate) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether an update created a work folder. It may have been killed at any moment, also while it wrote the note.
fn is_work_folder(work: &Path) -> bool {
    let Ok(entries) = fs::read_dir(work) else {
        return false;
    };
    let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    let is_dir = fs::symlink_metadata(work).is_ok_and(|it| it.is_dir());
    let note = fs::read_to_string(work.join(NOTE)).unwrap_or_default();
    let is_only_note = names.iter().all(|name| name == NOTE);
    is_dir && (note == NOTE_TEXT || (is_only_note && NOTE_TEXT.starts_with(&note)))
}

#[cfg(test)]
#[path = "update_tests.rs"]
mod tests;
