//! `cargo xtask import`: imports a newer model of the service into `models/`, keeping our documentation.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

use crate::changes_command;
use crate::checkout::root;
use crate::files::{self, Changes};
use crate::model;
use crate::update::Folder;

/// The arguments of `cargo xtask import`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The newer model: a folder in botocore's layout or its service-2.json, optionally compressed (.gz)
    path: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let report = import(&root()?.join(model::OURS), model::OURS, &arguments.path)?;
    changes_command::print(&report)?;
    Ok(ExitCode::SUCCESS)
}

/// Imports the model at `path` into `folder`, and returns the report, in which the folder is called `name`.
fn import(folder: &Path, name: &str, path: &Path) -> Result<String> {
    // Before anything is read: opening the folder undoes an import that was killed.
    let target = Folder::open(folder)?;
    let (current, newer) = (model::load(folder)?, model::load(path)?);
    let import = codegen::import::import(&current, &newer)
        .map_err(|faults| model::refused(&faults, "nothing was written"))?;
    let changes = Changes {
        // The folder has other files, which are not part of the newer model.
        orphaned: BTreeSet::new(),
        ..files::compare(folder, &import.files)?
    };
    files::apply(&target, &import.files, &changes)?;
    model::warn(&import.comparison.warnings);

    let mut out = import.comparison.to_markdown();
    if !import.undocumented.is_empty() {
        let _ = write!(out, "\n## Missing documentation\n\n");
    }
    for path in &import.undocumented {
        let _ = writeln!(out, "- `{path}`");
    }
    if !import.faults.is_empty() {
        let _ = write!(out, "\n## Fix before running `cargo xtask codegen`\n\n");
    }
    for fault in &import.faults {
        let _ = writeln!(out, "- {fault}");
    }
    let stale: Vec<&str> = changes.stale.iter().map(String::as_str).collect();
    let _ = match stale.is_empty() {
        true => writeln!(out, "\n{name} is up to date"),
        false => writeln!(
            out,
            "\nupdated in {name}: {}; next, run `cargo xtask codegen`",
            stale.join(", ")
        ),
    };
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A temporary copy of our model, deleted on drop.
    struct Copy(PathBuf);

    impl Copy {
        fn new(name: &str) -> Self {
            let name = format!("xtask-import-{name}-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            fs::create_dir_all(&folder).unwrap();
            for entry in fs::read_dir(root().unwrap().join(model::OURS)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
            }
            Self(folder)
        }

        fn contents(&self) -> Vec<String> {
            let mut entries: Vec<PathBuf> = fs::read_dir(&self.0)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            entries.sort();
            let text = |path| fs::read_to_string(path).unwrap();
            entries.into_iter().map(text).collect()
        }
    }

    impl Drop for Copy {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// An import of the current model changes no file and lists no missing documentation.
    #[test]
    fn current_model() {
        let copy = Copy::new("same");
        let before = copy.contents();
        let report = import(&copy.0, "copy", &root().unwrap().join(model::OURS)).unwrap();
        assert!(
            report.ends_with("documentation.\n\ncopy is up to date\n"),
            "{report}"
        );
        assert_eq!(copy.contents(), before);
    }

    /// The import writes a new enum value and lists its missing documentation. An invalid model changes
    /// nothing.
    #[test]
    fn newer_model() {
        let (copy, newer) = (Copy::new("current"), Copy::new("newer"));
        let service = newer.0.join("service-2.json");
        let text = fs::read_to_string(&service).unwrap();
        let text = text.replacen(
            "\"ADMIN_MAINTENANCE\"",
            "\"ADMIN_MAINTENANCE\", \"NAPPING\"",
            1,
        );
        fs::write(&service, &text).unwrap();
        let report = import(&copy.0, "copy", &service).unwrap();
        assert!(
            report.contains("- `shapes.TargetWorkspaceState.enum.NAPPING`\n"),
            "{report}"
        );
        let written = "\nupdated in copy: service-2.json; next, run `cargo xtask codegen`\n";
        assert!(report.ends_with(written), "{report}");

        fs::write(
            &service,
            text.replace("\"jsonVersion\": \"1.1\"", "\"jsonVersion\": \"9\""),
        )
        .unwrap();
        let before = copy.contents();
        let error = import(&copy.0, "copy", &service).unwrap_err().to_string();
        assert!(
            error.ends_with("1 fault in the model; nothing was written"),
            "{error}"
        );
        assert_eq!(copy.contents(), before);
    }
}
