//! A folder that belongs to the generator: what differs from what should be there, and making it so.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use codegen::Files;

/// What differs between a folder and the files it should hold; paths are relative, with `/`.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Missing or with another text.
    pub(crate) stale: BTreeSet<String>,
    /// There, but not generated any more.
    pub(crate) left_over: BTreeSet<String>,
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.left_over.is_empty()
    }
}

/// Compares a folder with what it should hold.
pub(crate) fn compare(folder: &Path, files: &Files) -> Result<Changes> {
    let there = list(folder, "")?;
    let mut changes = Changes::default();
    for (path, text) in files {
        let same = there.contains(path)
            && fs::read(folder.join(path)).with_context(|| format!("cannot read {path}"))?
                == text.as_bytes();
        if !same {
            changes.stale.insert(path.clone());
        }
    }
    changes.left_over = there
        .into_iter()
        .filter(|path| !files.contains_key(path))
        .collect();
    Ok(changes)
}

/// Makes the folder hold the files and nothing else; files that are right are not touched.
///
/// All files are first written beside their places, and moved there only when every one is complete:
/// a full disk leaves the folder as it was.
pub(crate) fn apply(folder: &Path, files: &Files, changes: &Changes) -> Result<()> {
    let written = write_beside(folder, files, changes);
    if written.is_err() {
        for path in &changes.stale {
            // What is not there need not be removed.
            let _ = fs::remove_file(beside(folder, path));
        }
    }
    written?;
    for path in &changes.stale {
        let target = folder.join(path);
        fs::rename(beside(folder, path), &target)
            .with_context(|| format!("cannot write {}", target.display()))?;
    }
    for path in &changes.left_over {
        fs::remove_file(folder.join(path)).with_context(|| format!("cannot delete {path}"))?;
    }
    remove_empty_folders(folder)
}

fn write_beside(folder: &Path, files: &Files, changes: &Changes) -> Result<()> {
    for path in &changes.stale {
        let Some(text) = files.get(path) else {
            continue;
        };
        let temporary = beside(folder, path);
        let parent = temporary
            .parent()
            .context("a generated file has no folder")?;
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        fs::write(&temporary, text)
            .with_context(|| format!("cannot write {}", temporary.display()))?;
    }
    Ok(())
}

/// Where a file stands until all are complete.
fn beside(folder: &Path, path: &str) -> PathBuf {
    folder.join(format!("{path}.new"))
}

/// The texts of all files below a folder by their paths, relative to it.
pub(crate) fn texts(folder: &Path) -> Result<Files> {
    let read = |path: String| {
        let text = fs::read_to_string(folder.join(&path));
        Ok((
            path.clone(),
            text.with_context(|| format!("cannot read {path}"))?,
        ))
    };
    list(folder, "")?.into_iter().map(read).collect()
}

/// All files below a folder, relative to it; none when it is not there.
fn list(folder: &Path, below: &str) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let entry = entry?;
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
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
    fn writes_what_differs_and_deletes_what_is_left_over() {
        let folder = std::env::temp_dir().join(format!("xtask-files-{}", std::process::id()));
        fs::create_dir_all(folder.join("old")).unwrap();
        fs::write(folder.join("old/gone.rs"), "x").unwrap();
        fs::write(folder.join("kept.rs"), "same").unwrap();
        let files = Files::from([
            ("kept.rs".to_owned(), "same".to_owned()),
            ("types/new.rs".to_owned(), "text".to_owned()),
        ]);

        let changes = compare(&folder, &files).unwrap();
        assert_eq!(changes.stale.iter().collect::<Vec<_>>(), ["types/new.rs"]);
        assert_eq!(
            changes.left_over.iter().collect::<Vec<_>>(),
            ["old/gone.rs"]
        );

        apply(&folder, &files, &changes).unwrap();
        assert!(compare(&folder, &files).unwrap().is_empty());
        assert!(!folder.join("old").exists());

        // A folder stands where a file should: nothing is changed.
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
