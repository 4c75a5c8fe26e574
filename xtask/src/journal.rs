//! The steps of an update, in the order in which they are done.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::update::Update;

/// A step of an update. Its number names its files in the work folder.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Moves a file to the work folder. It can also be a folder or a link that is in the way.
    Remove(String),
    /// Creates a folder.
    Folder(String),
    /// Moves a new file to a place where none was.
    Create(String),
    /// Moves a file to the work folder, and a new file to its place.
    Replace(String),
}

impl Step {
    pub(crate) fn path(&self) -> &str {
        let (Self::Remove(path) | Self::Folder(path) | Self::Create(path) | Self::Replace(path)) =
            self;
        path
    }

    fn keyword(&self) -> &'static str {
        match self {
            Self::Remove(_) => "remove",
            Self::Folder(_) => "folder",
            Self::Create(_) => "create",
            Self::Replace(_) => "replace",
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let (keyword, path) = line.split_once(' ')?;
        let step = match keyword {
            "remove" => Self::Remove,
            "folder" => Self::Folder,
            "create" => Self::Create,
            "replace" => Self::Replace,
            _ => return None,
        };
        Some(step(path.to_owned()))
    }
}

/// All steps of an update.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Journal(Vec<Step>);

impl Journal {
    /// Returns the steps of an update, given what exists in the folder.
    pub(crate) fn new(folder: &Path, update: &Update<'_>) -> Self {
        let metadata = |path: &str| fs::symlink_metadata(folder.join(path));
        let is_removed = |path: &str| ancestors(path).any(|it| update.remove.contains(it));
        let removed = update.remove.iter();
        // What is in a folder, or behind a link, that is removed itself is removed with it.
        let is_inside = |path: &str| ancestors(path).skip(1).any(|it| update.remove.contains(it));
        let removed = removed.filter(|path| metadata(path).is_ok() && !is_inside(path));
        let parents: BTreeSet<&str> = update
            .write
            .keys()
            .flat_map(|path| ancestors(path).skip(1))
            .collect();
        let is_folder = |path: &str| metadata(path).is_ok_and(|it| it.is_dir());
        let new_folders = parents
            .into_iter()
            .filter(|path| is_removed(path) || !is_folder(path));
        let written = update.write.keys().map(|path| {
            let replaces = !is_removed(path) && metadata(path).is_ok();
            let step = if replaces {
                Step::Replace
            } else {
                Step::Create
            };
            step((*path).to_owned())
        });
        let removed = removed.cloned().map(Step::Remove);
        let new_folders = new_folders.map(|path| Step::Folder(path.to_owned()));
        Self(removed.chain(new_folders).chain(written).collect())
    }

    /// Returns the steps with their numbers.
    pub(crate) fn steps(&self) -> impl DoubleEndedIterator<Item = (usize, &Step)> {
        self.0.iter().enumerate()
    }

    /// Returns the journal as a file: a line for each step. Paths have no line breaks, see [`files`](crate::files).
    pub(crate) fn to_text(&self) -> String {
        let lines = self.0.iter();
        lines
            .map(|step| format!("{} {}\n", step.keyword(), step.path()))
            .collect()
    }

    /// Reads a journal, if it exists.
    pub(crate) fn read(path: &Path) -> io::Result<Option<Self>> {
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let steps: Option<Vec<Step>> = text.lines().map(Step::parse).collect();
        let steps = steps.ok_or_else(|| {
            let message = format!("{} is damaged", path.display());
            io::Error::new(ErrorKind::InvalidData, message)
        })?;
        Ok(Some(Self(steps)))
    }
}

/// A path and all folders that it is in, innermost first.
pub(crate) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    let above = path.rmatch_indices('/').map(|(end, _)| &path[..end]);
    std::iter::once(path).chain(above)
}
