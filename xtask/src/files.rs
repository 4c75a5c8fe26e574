//! A folder of generated files: compares its contents with the expected ones and updates it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use codegen::Files;

use crate::update::{Folder, Update, WORK};

/// The differences between a folder and its expected contents. Paths are relative and separated by `/`.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Expected files that are missing or have other contents.
    pub(crate) stale: BTreeSet<String>,
    /// Existing files that are not expected.
    pub(crate) orphaned: BTreeSet<String>,
}

/// Compares a folder with its expected contents.
pub(crate) fn compare(folder: &Path, files: &Files) -> Result<Changes> {
    let existing = list(folder, "")?;
    let mut changes = Changes::default();
    for (path, text) in files {
        let is_same = existing.contains(path) && has_contents(&folder.join(path), text)?;
        if !is_same {
            changes.stale.insert(path.clone());
        }
    }
    changes.orphaned = existing
        .into_iter()
        .filter(|path| !files.contains_key(path))
        .collect();
    Ok(changes)
}

/// Updates a folder to its expected contents, entirely or not at all. Unchanged files are not touched.
pub(crate) fn apply(folder: &Folder, files: &Files, changes: &Changes) -> Result<()> {
    let write = files
        .iter()
        .filter(|(path, _)| changes.stale.contains(*path));
    let write = write.map(|(path, text)| (path.as_str(), text.as_str()));
    folder.update(&Update {
        write: write.collect(),
        remove: changes.orphaned.clone(),
    })
}

/// Whether a path is a regular file with these contents. Does not read a file of another length.
pub(crate) fn has_contents(path: &Path, text: &str) -> Result<bool> {
    let cannot = || format!("cannot read {}", path.display());
    let metadata = fs::symlink_metadata(path).with_context(cannot)?;
    let is_candidate = metadata.is_file() && metadata.len() == text.len() as u64;
    Ok(is_candidate && fs::read(path).with_context(cannot)? == text.as_bytes())
}

/// Reads all files below a folder, by their relative paths.
#[cfg(test)]
pub(crate) fn read_files(folder: &Path) -> Result<Files> {
    let read = |path: String| {
        let text = fs::read_to_string(folder.join(&path));
        let text = text.with_context(|| format!("cannot read {path}"))?;
        Ok((path, text))
    };
    list(folder, "")?.into_iter().map(read).collect()
}

/// Lists all files below a folder, each with `prefix` before its relative path. A missing folder is empty. The work folder of
/// an interrupted run counts as one file.
pub(crate) fn list(folder: &Path, prefix: &str) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let entry = entry?;
        let name = entry.file_name();
        let name = name
            .to_str()
            .filter(|name| !name.contains(char::is_control));
        let Some(name) = name else {
            let name = entry.path();
            bail!("{name:?} has a name that is not plain text; move it elsewhere");
        };
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() && name != WORK {
            found.extend(list(&entry.path(), &format!("{path}/"))?);
        } else {
            found.insert(path);
        }
    }
    Ok(found)
}
