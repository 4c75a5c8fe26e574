//! A folder of generated files: compares its contents with the expected ones and updates it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use codegen::Files;

/// The differences between a folder and its expected contents. Paths are relative and separated by `/`.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Expected files that are missing or have other contents.
    pub(crate) stale: BTreeSet<String>,
    /// Existing files that are not expected.
    pub(crate) orphaned: BTreeSet<String>,
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.orphaned.is_empty()
    }
}

/// Compares a folder with its expected contents.
pub(crate) fn compare(folder: &Path, files: &Files) -> Result<Changes> {
    let existing = list(folder, "")?;
    let mut changes = Changes::default();
    for (path, text) in files {
        let is_same = existing.contains(path)
            && fs::read(folder.join(path)).with_context(|| format!("cannot read {path}"))?
                == text.as_bytes();
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

/// Updates a folder to its expected contents. Unchanged files are not touched.
///
/// The files are first written to temporary paths, and renamed when all of them are complete. If writing
/// fails, for example because the disk is full, the folder stays as it was.
pub(crate) fn apply(folder: &Path, files: &Files, changes: &Changes) -> Result<()> {
    let written = write_temporary_files(folder, files, changes);
    if written.is_err() {
        for path in &changes.stale {
            // The file may not have been written yet.
            let _ = fs::remove_file(temporary_path(folder, path));
        }
    }
    written?;
    for path in &changes.stale {
        let target = folder.join(path);
        fs::rename(temporary_path(folder, path), &target)
            .with_context(|| format!("cannot write {}", target.display()))?;
    }
    for path in &changes.orphaned {
        fs::remove_file(folder.join(path)).with_context(|| format!("cannot delete {path}"))?;
    }
    remove_empty_folders(folder)
}

fn write_temporary_files(folder: &Path, files: &Files, changes: &Changes) -> Result<()> {
    for path in &changes.stale {
        let Some(text) = files.get(path) else {
            continue;
        };
        let temporary = temporary_path(folder, path);
        let parent = temporary
            .parent()
            .context("the path of a generated file has no parent")?;
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create {}", parent.display()))?;
        fs::write(&temporary, text)
            .with_context(|| format!("cannot write {}", temporary.display()))?;
    }
    Ok(())
}

/// The path of a file until all files are complete.
fn temporary_path(folder: &Path, path: &str) -> PathBuf {
    folder.join(format!("{path}.new"))
}

/// Reads all files below a folder, by their relative paths.
pub(crate) fn read_files(folder: &Path) -> Result<Files> {
    let read = |path: String| {
        let text = fs::read_to_string(folder.join(&path));
        let text = text.with_context(|| format!("cannot read {path}"))?;
        Ok((path, text))
    };
    list(folder, "")?.into_iter().map(read).collect()
}

/// Lists all files below a folder, each with `prefix` before its relative path. A missing folder is empty.
fn list(folder: &Path, prefix: &str) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            found.extend(list(&entry.path(), &format!("{path}/"))?);
        } else {
            found.insert(path);
        }
    }
    Ok(found)
}

fn remove_empty_folders(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_empty_folders(&path)?;
            if fs::read_dir(&path)?.next().is_none() {
                fs::remove_dir(&path)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stale_files_are_written_and_orphaned_files_deleted() {
        let folder = std::env::temp_dir().join(format!("xtask-files-{}", std::process::id()));
        fs::create_dir_all(folder.join("old")).unwrap();
        fs::write(folder.join("old/removed.rs"), "x").unwrap();
        fs::write(folder.join("kept.rs"), "same").unwrap();
        let files = Files::from([
            ("kept.rs".to_owned(), "same".to_owned()),
            ("types/new.rs".to_owned(), "text".to_owned()),
        ]);

        let changes = compare(&folder, &files).unwrap();
        assert_eq!(changes.stale.iter().collect::<Vec<_>>(), ["types/new.rs"]);
        assert_eq!(
            changes.orphaned.iter().collect::<Vec<_>>(),
            ["old/removed.rs"]
        );

        apply(&folder, &files, &changes).unwrap();
        assert!(compare(&folder, &files).unwrap().is_empty());
        assert!(!folder.join("old").exists());

        // A folder at a temporary path makes writing fail: nothing is changed.
        fs::create_dir_all(folder.join("types/other.rs.new")).unwrap();
        let files = Files::from([
            ("kept.rs".to_owned(), "changed".to_owned()),
            ("types/other.rs".to_owned(), "text".to_owned()),
        ]);
        let changes = compare(&folder, &files).unwrap();
        assert!(apply(&folder, &files, &changes).is_err());
        assert_eq!(fs::read_to_string(folder.join("kept.rs")).unwrap(), "same");
        assert!(folder.join("types/new.rs").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
