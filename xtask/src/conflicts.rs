//! What an update of a generated crate would take from the user.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use codegen::Files;

use crate::files::list;
use crate::journal::ancestors;
use crate::read::MAX_SIZE;
use crate::record::{Identity, RECORD, Record, checksum};

/// The maximum number of files that an error lists.
pub(crate) const MAX_LISTED: usize = 20;

/// What an update of a crate would replace or remove.
#[derive(Debug, Default)]
pub(crate) struct Conflicts {
    /// What the folder contains, if it is something else.
    identity: Option<Identity>,
    /// Whether the folder has a crate without a record.
    has_no_record: bool,
    /// The files of the user, and how they differ from what this command wrote.
    files: BTreeMap<String, Difference>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Difference {
    /// The command wrote the file, and it has other contents now.
    Changed,
    /// The command did not write the file.
    Added,
    /// Something else is in the place of a file or of a folder above it.
    InTheWay,
}

impl Conflicts {
    /// Finds what an update from the files in `old` to those in `new` would take from the user.
    pub(crate) fn find(folder: &Path, old: &Record, new: &Record, files: &Files) -> Result<Self> {
        let mut conflicts = Self {
            identity: old
                .identity
                .clone()
                .filter(|_| old.identity != new.identity),
            has_no_record: old.identity.is_none(),
            files: BTreeMap::new(),
        };
        let paths: BTreeSet<&String> = old.files.keys().chain(files.keys()).collect();
        for path in &paths {
            conflicts.check(folder, path, old, files)?;
        }
        for source in source_folders(&paths) {
            if conflicts.files.contains_key(source) || !is_folder(&folder.join(source)) {
                continue;
            }
            for path in list(&folder.join(source), &format!("{source}/"))? {
                if !paths.contains(&path) && !conflicts.is_in_the_way(&path) {
                    conflicts.files.insert(path, Difference::Added);
                }
            }
        }
        Ok(conflicts)
    }

    /// Checks the file at a path that the command wrote or is about to write.
    fn check(&mut self, folder: &Path, path: &str, old: &Record, new: &Files) -> Result<()> {
        for above in ancestors(path).skip(1) {
            let metadata = fs::symlink_metadata(folder.join(above));
            if metadata.is_ok_and(|it| !it.is_dir()) {
                self.files.insert(above.to_owned(), Difference::InTheWay);
            }
        }
        if path == RECORD || self.is_in_the_way(path) {
            return Ok(());
        }
        let full = folder.join(path);
        let Ok(metadata) = fs::symlink_metadata(&full) else {
            return Ok(());
        };
        if !metadata.is_file() {
            self.files.insert(path.to_owned(), Difference::InTheWay);
            return Ok(());
        }
        let found = match metadata.len() <= MAX_SIZE {
            true => checksum(&read(&full)?),
            // The command writes no such file.
            false => String::new(),
        };
        let is_new = new
            .get(path)
            .is_some_and(|new| checksum(new.as_bytes()) == found);
        let difference = match old.files.get(path) {
            Some(written) if *written == found => return Ok(()),
            _ if is_new => return Ok(()),
            Some(_) => Difference::Changed,
            // Without a record, the command may have written the file.
            None if self.has_no_record => Difference::Changed,
            None => Difference::Added,
        };
        self.files.insert(path.to_owned(), difference);
        Ok(())
    }

    fn is_in_the_way(&self, path: &str) -> bool {
        let mut above = ancestors(path).skip(1);
        above.any(|it| self.files.get(it) == Some(&Difference::InTheWay))
    }

    /// The files of the user that an update removes if it is forced.
    pub(crate) fn to_remove(&self, new: &Files) -> BTreeSet<String> {
        let removed = self.files.iter().filter(|(path, difference)| {
            **difference == Difference::InTheWay || !new.contains_key(*path)
        });
        removed.map(|(path, _)| path.clone()).collect()
    }

    /// Returns an error that names what the update would take from the user. `remedy` is how the user permits that.
    ///
    /// # Errors
    /// Returns an error if there is anything.
    pub(crate) fn refuse(&self, out: &Path, new: &Record, remedy: &str) -> Result<()> {
        let out = out.display();
        let mut lines = Vec::new();
        if let (Some(identity), Some(new)) = (&self.identity, &new.identity) {
            lines.push(format!("{out} contains {identity}, not {new}"));
        }
        if !self.files.is_empty() {
            let reason = match self.has_no_record {
                true => format!("{RECORD} is missing or damaged, so these may be your changes"),
                false => "these are not as this command wrote them".to_owned(),
            };
            lines.push(format!("{reason}:"));
            let shown = self.files.iter().take(MAX_LISTED);
            lines.extend(shown.map(|(path, difference)| {
                let difference = match difference {
                    Difference::Changed => "changed",
                    Difference::Added => "added",
                    Difference::InTheWay => "in the way",
                };
                format!("  {difference:<10}  {out}/{path}")
            }));
            match self.files.len().saturating_sub(MAX_LISTED) {
                0 => {}
                more => lines.push(format!("  and {more} more")),
            }
        }
        if lines.is_empty() {
            return Ok(());
        }
        lines.push(format!(
            "choose another folder, or {remedy} to replace what it contains"
        ));
        Err(anyhow!(lines.join("\n")))
    }
}

/// The folders `src` of the crates that files belong to.
fn source_folders<'a>(paths: &BTreeSet<&'a String>) -> BTreeSet<&'a str> {
    let source = |path: &&'a String| {
        let end = path.find("/src/")? + "/src".len();
        path.get(..end)
    };
    paths.iter().filter_map(source).collect()
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|it| it.is_dir())
}
