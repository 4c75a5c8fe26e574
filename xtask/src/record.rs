//! The record of a generated crate: which files the command wrote, and their checksums.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use codegen::Files;
use codegen::package::MARK;
use sha2::{Digest, Sha256};

/// The name of the record in the folder of the crate. `sha256sum --check` reads it.
pub(crate) const RECORD: &str = "generated.sha256";

const HEADER: &str = "\
# The files that lean-aws wrote. Its next run compares them with this list, and does not replace files
# that you changed unless it runs with --force.
";
const CRATE: &str = "# crate ";
const SERVICE: &str = "# service ";
const SDK: &str = "# sdk ";

/// The maximum size of a record or manifest that is read, in bytes.
const MAX_SIZE: u64 = 16 * 1024 * 1024;

/// What a workspace contains. Another one replaces it only on request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// One crate and its runtime.
    Crate { name: String, service: String },
    /// An SDK, by the path of its `sdk.toml` from the folder of the workspace.
    Sdk { file: String },
}

impl Identity {
    pub(crate) fn of_crate(name: &str, service: &str) -> Self {
        Self::Crate {
            name: line(name),
            service: line(service),
        }
    }

    pub(crate) fn of_sdk(file: &str) -> Self {
        Self::Sdk { file: line(file) }
    }

    fn parse(text: &str) -> Option<Self> {
        let comment = |start: &str| text.lines().find_map(|line| line.strip_prefix(start));
        if let Some(file) = comment(SDK) {
            return Some(Self::of_sdk(file));
        }
        Some(Self::of_crate(comment(CRATE)?, comment(SERVICE)?))
    }

    fn to_text(&self) -> String {
        match self {
            Self::Crate { name, service } => format!("{CRATE}{name}\n{SERVICE}{service}\n"),
            Self::Sdk { file } => format!("{SDK}{file}\n"),
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crate { name, service } => write!(f, "the crate {name} of {service}"),
            Self::Sdk { file } => write!(f, "the SDK of {file}"),
        }
    }
}

/// The record has one line for each name.
fn line(text: &str) -> String {
    text.replace(char::is_control, " ").trim().to_owned()
}

/// What is known about the workspace in a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// Unknown if the record is missing.
    pub(crate) identity: Option<Identity>,
    /// The checksum of each file, by its path.
    pub(crate) files: BTreeMap<String, String>,
}

impl Record {
    pub(crate) fn new(identity: Identity, files: &Files) -> Self {
        let files = files.iter();
        let files = files.map(|(path, text)| (path.clone(), checksum(text.as_bytes())));
        Self {
            identity: Some(identity),
            files: files.collect(),
        }
    }

    /// Reads the record of a folder. Returns `None` if this command did not write to it.
    ///
    /// A crate whose record is missing is recognized by its manifest.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>> {
        if let Some(record) = read_text(&folder.join(RECORD))?.as_deref().and_then(parse) {
            return Ok(Some(record));
        }
        let manifest = read_text(&folder.join("Cargo.toml"))?.unwrap_or_default();
        Ok(manifest.starts_with(MARK).then(Self::default))
    }

    pub(crate) fn to_text(&self) -> String {
        let mut text = HEADER.to_owned();
        // Writing to a string does not fail.
        if let Some(identity) = &self.identity {
            text.push_str(&identity.to_text());
        }
        for (path, checksum) in &self.files {
            let _ = writeln!(text, "{checksum}  {path}");
        }
        text
    }
}

/// Parses a record. Returns `None` if it is not one.
fn parse(text: &str) -> Option<Record> {
    let identity = Identity::parse(text)?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let files = lines.map(|line| {
        let (checksum, path) = line.split_once("  ")?;
        Some((path.to_owned(), checksum.to_owned()))
    });
    let files: Option<BTreeMap<_, _>> = files.collect();
    let files = files?;
    // The paths are used for writing and removing.
    let is_inside = |path: &String| {
        let mut parts = path.split('/');
        parts.all(|part| !matches!(part, "" | "." | "..")) && !path.contains(['\\', ':'])
    };
    files.keys().all(is_inside).then_some(Record {
        identity: Some(identity),
        files,
    })
}

/// The checksum of a file, which does not depend on whether lines end with LF or CRLF, as Git can convert them.
pub(crate) fn checksum(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(line) => {
                hash.update(line);
                hash.update(b"\n");
            }
            None => hash.update(line),
        }
    }
    let hash = hash.finalize();
    let mut text = String::with_capacity(64);
    for byte in hash {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Reads a text file. Returns `None` if it is missing, not a regular file, too large, or not text.
fn read_text(path: &Path) -> Result<Option<String>> {
    let is_readable = |it: fs::Metadata| it.is_file() && it.len() <= MAX_SIZE;
    if !fs::symlink_metadata(path).is_ok_and(is_readable) {
        return Ok(None);
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(String::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let files = Files::from([("a/src/lib.rs".to_owned(), "x\n".to_owned())]);
        for identity in [
            Identity::of_crate("a-sdk", "A\nB"),
            Identity::of_sdk("../sdk.toml"),
        ] {
            let record = Record::new(identity, &files);
            assert_eq!(parse(&record.to_text()), Some(record));
        }
        assert_eq!(checksum(b"x\ny"), checksum(b"x\r\ny"));
        assert_ne!(checksum(b"x\ny"), checksum(b"xy"));
    }

    /// A record could have been edited. It must not make the command write or remove files elsewhere.
    #[test]
    fn paths_outside_of_the_folder_are_rejected() {
        for path in ["../a", "a/../../b", "/a", "a//b", "./a", "C:a", "..\\a", ""] {
            let text = format!("{CRATE}a\n{SERVICE}b\n{:064}  {path}\n", 0);
            assert_eq!(parse(&text), None, "{path}");
        }
    }
}
