//! Writes a generated workspace to a folder, or compares it with the folder.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use codegen::Files;
use codegen::package::Workspace;

use crate::conflicts::{Conflicts, MAX_LISTED};
use crate::embedded::licenses;
use crate::files::has_contents;
use crate::journal::ancestors;
use crate::record::Record;
use crate::update::{Folder, Update, exists, is_folder};

/// The entries of a folder that count as none: those of version control and of a new file system.
const UNRELATED: [&str; 4] = [".git", ".gitattributes", ".gitignore", "lost+found"];

/// The number of files that a run changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    pub(crate) written: usize,
    pub(crate) removed: usize,
}

/// Returns all files of a workspace, except for its record.
pub(crate) fn files(workspace: &Workspace<'_>) -> Result<Files> {
    let files = workspace.files();
    let mut files = files.context("a manifest inside this program is not TOML")?;
    files.extend(licenses());
    Ok(files)
}

/// Opens a folder that exists. It stays locked until the result is dropped.
///
/// # Errors
/// Returns an error if the folder has files of the user and no workspace of this command.
pub(crate) fn open_existing(out: &Path) -> Result<Option<Folder>> {
    if !exists(out) {
        return Ok(None);
    }
    let folder = Folder::open(out)?;
    read_record(out)?;
    Ok(Some(folder))
}

/// Reads the record of the workspace in a folder. A folder without one has an empty record.
///
/// # Errors
/// Returns an error if the folder has files of the user and no workspace of this command.
fn read_record(folder: &Path) -> Result<Option<Record>> {
    let record = Record::read(folder)?;
    let shown = folder.display();
    if record.is_none() {
        let entries = fs::read_dir(folder);
        for entry in entries.with_context(|| format!("cannot list {shown}"))? {
            let name = entry?.file_name();
            if !UNRELATED.iter().any(|unrelated| name == *unrelated) {
                bail!(
                    "{shown} exists and was not written by this command; choose another folder or remove this one first"
                );
            }
        }
    }
    Ok(record)
}

/// Writes the files that are new or different, and removes those of the earlier workspace. Other files, such as those in
/// `target`, stay. After an error, the folder is as it was before; a folder that this run created is removed.
pub(crate) fn write(
    folder: &Folder,
    record: &Record,
    files: &Files,
    force: bool,
) -> Result<Changed> {
    let written = write_all(folder, record, files, force);
    if written.is_err() {
        folder.abandon();
    }
    written
}

fn write_all(folder: &Folder, record: &Record, files: &Files, force: bool) -> Result<Changed> {
    let mut update = Update::default();
    if let Some(old) = read_record(folder.shown())? {
        let conflicts = Conflicts::find(folder.shown(), &old, record, files)?;
        if !force {
            conflicts.refuse(folder.shown(), record, "pass --force")?;
        }
        let gone = old.files.into_keys().filter(|it| !files.contains_key(it));
        let gone = gone.filter(|it| exists(&folder.path().join(it)));
        update.remove.extend(gone);
        update.remove.extend(conflicts.to_remove(files));
    }
    for (path, text) in files {
        let target = folder.path().join(path);
        let is_removed = ancestors(path).any(|it| update.remove.contains(it));
        if is_removed || !exists(&target) || !has_contents(&target, text)? {
            update.write.insert(path, text);
        }
    }
    folder.update(&update)?;
    Ok(Changed {
        written: update.write.len(),
        removed: update.remove.len(),
    })
}

/// Returns lines about the files that a run would write or remove. Writes nothing, and does not wait for other runs.
///
/// # Errors
/// Returns the error of such a run if it would take something from the user.
pub(crate) fn stale(out: &Path, record: &Record, files: &Files) -> Result<Vec<String>> {
    let shown = out.display();
    let old = match is_folder(out)? {
        true => read_record(out)?,
        false => None,
    };
    let Some(old) = old else {
        return Ok(vec![format!("{shown} is not generated yet")]);
    };
    let conflicts = Conflicts::find(out, &old, record, files)?;
    conflicts.refuse(out, record, "run without --check and with --force")?;
    let mut lines = Vec::new();
    for (path, text) in files {
        let target = out.join(path);
        if !exists(&target) || !has_contents(&target, text)? {
            lines.push(format!("stale: {shown}/{path}"));
        }
    }
    let gone = old.files.into_keys().filter(|it| !files.contains_key(it));
    let gone = gone.filter(|it| exists(&out.join(it)));
    lines.extend(gone.map(|path| format!("no longer generated: {shown}/{path}")));
    let more = lines.len().saturating_sub(MAX_LISTED);
    if more > 0 {
        lines.truncate(MAX_LISTED);
        lines.push(format!("and {more} more"));
    }
    Ok(lines)
}

#[cfg(test)]
#[path = "workspace_tests.rs"]
mod tests;
