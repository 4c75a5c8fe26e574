//! `cargo xtask import`: a newer model of the service over into `models/`, with our words.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;

use crate::changes_command;
use crate::files::{self, Changes};
use crate::model::{self, root};

/// What `cargo xtask import` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The newer model: a folder in botocore's layout or its service-2.json; .gz is read too
    path: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let report = import(&root()?.join(model::OURS), model::OURS, &arguments.path)?;
    changes_command::print(&report)?;
    Ok(ExitCode::SUCCESS)
}

/// Takes the model at `path` over into a folder; gives the report, in which the folder is `name`.
fn import(folder: &Path, name: &str, path: &Path) -> Result<String> {
    let (ours, newer) = (model::load(folder)?, model::load(path)?);
    let import = codegen::import::import(&ours, &newer)
        .map_err(|faults| model::refused(&faults, "nothing was written"))?;
    let changes = Changes {
        // What else stands in the folder is not of the newer model.
        left_over: BTreeSet::new(),
        ..files::compare(folder, &import.files)?
    };
    files::apply(folder, &import.files, &changes)?;
    model::warn(&import.comparison.warnings);

    let mut out = import.comparison.markdown();
    if !import.lacking.is_empty() {
        let _ = write!(out, "\n## Without words\n\n");
    }
    for path in &import.lacking {
        let _ = writeln!(out, "- `{path}`");
    }
    if !import.faults.is_empty() {
        let _ = write!(out, "\n## To mend before `cargo xtask codegen`\n\n");
    }
    for fault in &import.faults {
        let _ = writeln!(out, "- {fault}");
    }
    let stale: Vec<&str> = changes.stale.iter().map(String::as_str).collect();
    let _ = match stale.is_empty() {
        true => writeln!(out, "\n{name} is as it was"),
        false => writeln!(
            out,
            "\nwritten in {name}: {}; next: `cargo xtask codegen`",
            stale.join(", ")
        ),
    };
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder with a copy of our model, gone with the value.
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

        fn texts(&self) -> Vec<String> {
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

    /// Our own model is taken over without a byte changed, and nothing of it lacks words.
    #[test]
    fn our_own_model() {
        let copy = Copy::new("own");
        let before = copy.texts();
        let report = import(&copy.0, "copy", &root().unwrap().join(model::OURS)).unwrap();
        assert!(
            report.ends_with("if those.\n\ncopy is as it was\n"),
            "{report}"
        );
        assert_eq!(copy.texts(), before);
    }

    /// What a newer model has is written where it belongs, and what has no words is told.
    #[test]
    fn a_newer_model() {
        let (copy, newer) = (Copy::new("ours"), Copy::new("newer"));
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
        let written = "\nwritten in copy: service-2.json; next: `cargo xtask codegen`\n";
        assert!(report.ends_with(written), "{report}");

        fs::write(
            &service,
            text.replace("\"jsonVersion\": \"1.1\"", "\"jsonVersion\": \"9\""),
        )
        .unwrap();
        let before = copy.texts();
        let refused = import(&copy.0, "copy", &service).unwrap_err().to_string();
        assert!(
            refused.ends_with("1 fault in the model; nothing was written"),
            "{refused}"
        );
        assert_eq!(copy.texts(), before);
    }
}
