//! `cargo xtask import`: imports a newer model of a service into `models/`, or over any other model, keeping the documentation.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use codegen::{Files, ModelFiles};

use crate::changes_command;
use crate::checkout::root;
use crate::clients::{CLIENTS, Client};
use crate::files::{self, Changes};
use crate::model;
use crate::sdk::models::service_id;
use crate::update::Folder;

/// The arguments of `cargo xtask import`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The newer model: a folder in botocore's layout, its service-2.json, or a file in Smithy's JSON AST, optionally
    /// compressed (.gz)
    path: PathBuf,

    /// The model to update, of the same format: a folder or file [default: the one of this service in models/]
    #[arg(long, value_name = "PATH")]
    into: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let report = match &arguments.into {
        Some(into) => {
            let name = into.display().to_string();
            check_service(&arguments.path, into)?;
            import(into, &name, &arguments.path, true)?
        }
        None => {
            root().context("pass the model to update as --into")?;
            let client = client_of(&arguments.path)?;
            let path = root()?.join(client.model);
            import(
                &path,
                client.model,
                &arguments.path,
                client.has_all_operations(),
            )?
        }
    };
    changes_command::print(&report)?;
    Ok(ExitCode::SUCCESS)
}

/// The client of this repository whose service is that of a model.
fn client_of(path: &Path) -> Result<&'static Client> {
    let root = root()?;
    let id = service_id(path);
    let mut clients = CLIENTS.iter();
    let client = clients.find(|client| id.is_some() && service_id(&root.join(client.model)) == id);
    client.with_context(|| {
        format!(
            "{} is of no service in models/; pass the model to update as --into",
            path.display()
        )
    })
}

/// Checks that a model is of the same service as the one that it updates.
fn check_service(path: &Path, into: &Path) -> Result<()> {
    if let (Some(newer), Some(current)) = (service_id(path), service_id(into))
        && newer != current
    {
        bail!(
            "{} is a model of {newer:?}, and {} is one of {current:?}",
            path.display(),
            into.display()
        );
    }
    Ok(())
}

/// Imports the model at `path` over the one at `current`, and returns the report, in which that is called `name`. New operations
/// are imported only on request.
fn import(current: &Path, name: &str, path: &Path, new_operations: bool) -> Result<String> {
    let service = model::service(current)?;
    let folder = service.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // Before anything is read: opening the folder undoes an import that was killed.
    let target = Folder::open(folder)?;
    let (current, newer) = (model::load(&service)?, model::load(path)?);
    let operations = match new_operations {
        true => None,
        false => Some(model::operations(&current)?),
    };
    let mut import = codegen::import::import(&current, &newer, operations.as_deref())
        .map_err(|faults| model::refused(&faults, "nothing was written"))?;
    import.files = with_names_of(&current, import.files);
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
        let _ = write!(out, "\n## Fix before generating a crate\n\n");
    }
    for fault in &import.faults {
        let _ = writeln!(out, "- {fault}");
    }
    let stale: Vec<&str> = changes.stale.iter().map(String::as_str).collect();
    let next = match CLIENTS.iter().any(|client| client.model == name) {
        true => "; next, run `cargo xtask codegen`",
        false => "",
    };
    let _ = match stale.is_empty() {
        true => writeln!(out, "\n{name} is up to date"),
        false => writeln!(out, "\nupdated {name}: {}{next}", stale.join(", ")),
    };
    Ok(out)
}

/// Returns files with the names that they have in the current model. They have no compressed files, as these cannot be reviewed.
fn with_names_of(current: &ModelFiles, files: Files) -> Files {
    let existing = [
        (model::SERVICE, Some(&current.service)),
        ("paginators-1.json", current.paginators.as_ref()),
        ("endpoint-rule-set-1.json", current.endpoint_rules.as_ref()),
        ("enum-docs.json", current.enum_docs.as_ref()),
    ];
    let rename = |name: String| {
        let file = existing.iter().find(|(known, _)| *known == name);
        let file = file.and_then(|(_, file)| Path::new(&file.as_ref()?.name).file_name());
        file.map_or(name, |file| file.to_string_lossy().into_owned())
    };
    let files = files.into_iter();
    files.map(|(name, text)| (rename(name), text)).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// A temporary copy of a model, deleted on drop.
    struct Copy(TempDir);

    impl Copy {
        fn new() -> Self {
            Self::of(&root().unwrap().join(model::OURS))
        }

        fn of(model: &Path) -> Self {
            let folder = TempDir::new().unwrap();
            for entry in fs::read_dir(model).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
            }
            Self(folder)
        }

        fn contents(&self) -> Vec<String> {
            let mut entries: Vec<PathBuf> = fs::read_dir(self.0.path())
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            entries.sort();
            let text = |path| fs::read_to_string(path).unwrap();
            entries.into_iter().map(text).collect()
        }
    }

    /// An import of the current model changes no file and lists no missing documentation.
    #[test]
    fn current_model() {
        let copy = Copy::new();
        let before = copy.contents();
        let report = import(
            copy.0.path(),
            "copy",
            &root().unwrap().join(model::OURS),
            true,
        )
        .unwrap();
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
        let (copy, newer) = (Copy::new(), Copy::new());
        let service = newer.0.path().join("service-2.json");
        let text = fs::read_to_string(&service).unwrap();
        let text = text.replacen(
            "\"ADMIN_MAINTENANCE\"",
            "\"ADMIN_MAINTENANCE\", \"NAPPING\"",
            1,
        );
        fs::write(&service, &text).unwrap();
        let report = import(copy.0.path(), "copy", &service, true).unwrap();
        assert!(
            report.contains("- `shapes.TargetWorkspaceState.enum.NAPPING`\n"),
            "{report}"
        );
        let written = "\nupdated copy: service-2.json\n";
        assert!(report.ends_with(written), "{report}");

        fs::write(
            &service,
            text.replace("\"jsonVersion\": \"1.1\"", "\"jsonVersion\": \"9\""),
        )
        .unwrap();
        let before = copy.contents();
        let error = import(copy.0.path(), "copy", &service, true)
            .unwrap_err()
            .to_string();
        assert!(
            error.ends_with("1 fault in the model; nothing was written"),
            "{error}"
        );
        assert_eq!(copy.contents(), before);
    }

    /// A model is not imported over that of another service.
    #[test]
    fn models_of_other_services_are_rejected() {
        let fixtures = root().unwrap().join("codegen/tests/fixtures");
        let ours = root().unwrap().join(model::OURS);
        let error = check_service(&fixtures.join("query.json"), &ours).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains("query.json is a model of \"Fixture\", and "),
            "{error}"
        );
        assert!(error.ends_with(" is one of \"WorkSpaces\""), "{error}");
        assert!(check_service(&ours.join("service-2.json"), &ours).is_ok());
        assert!(
            check_service(
                &fixtures.join("enum.smithy.json"),
                &fixtures.join("query.json")
            )
            .is_ok()
        );
    }

    /// Items that had no documentation before are not listed as missing it.
    #[test]
    fn items_without_documentation_before_are_not_listed() {
        let (copy, newer) = (Copy::new(), Copy::new());
        let service = copy.0.path().join("service-2.json");
        let text = fs::read_to_string(&service).unwrap();
        let mut model: serde_json::Value = serde_json::from_str(&text).unwrap();
        let shape = model["shapes"]["Tag"].as_object_mut().unwrap();
        shape.remove("documentation");
        fs::write(&service, model.to_string()).unwrap();
        model["shapes"]["Tag"]["members"]["Added"] = serde_json::json!({"shape": "TagValue"});
        let newer = newer.0.path().join("service-2.json");
        fs::write(&newer, model.to_string()).unwrap();
        let report = import(copy.0.path(), "copy", &newer, true).unwrap();
        assert!(
            report.contains("\n- `shapes.Tag.members.Added`\n"),
            "{report}"
        );
        assert!(!report.contains("\n- `shapes.Tag`\n"), "{report}");
    }

    /// The model of a client is that of its service. Those of `lean-aws-config` gain no operations.
    #[test]
    fn models_of_all_clients() {
        let root = root().unwrap();
        for client in CLIENTS {
            let path = root.join(client.model);
            assert_eq!(client_of(&path).unwrap().model, client.model);
            let service = path.join("service-2.json");
            let before = fs::read_to_string(&service).unwrap();
            // A newer model with another operation.
            let newer = Copy::of(&path);
            let mut json: serde_json::Value = serde_json::from_str(&before).unwrap();
            let (_, operation) = json["operations"]
                .as_object()
                .unwrap()
                .iter()
                .next()
                .unwrap();
            let mut operation = operation.clone();
            operation["name"] = "ZapAll".into();
            json["operations"]["ZapAll"] = operation;
            fs::write(newer.0.path().join("service-2.json"), json.to_string()).unwrap();
            let copy = Copy::of(&path);
            let all = client.has_all_operations();
            import(copy.0.path(), "copy", newer.0.path(), all).unwrap();
            let after = fs::read_to_string(copy.0.path().join("service-2.json")).unwrap();
            assert_eq!(after.contains("ZapAll"), all, "{}", client.model);
            assert!(all || after == before, "{}", client.model);
        }
        let other = root.join("codegen/tests/fixtures/query.json");
        let error = client_of(&other).err().unwrap().to_string();
        assert!(error.contains("--into"), "{error}");
    }

    /// The files of a model keep their names.
    #[test]
    fn a_smithy_model() {
        let folder = Copy::of(&root().unwrap().join("models/sso/2019-06-10"));
        let fixtures = root().unwrap().join("codegen/tests/fixtures");
        let current = folder.0.path().join("books.smithy.json");
        fs::copy(fixtures.join("structure.smithy.json"), &current).unwrap();
        let newer = fixtures.join("structure.smithy.json");
        let report = import(&current, "books", &newer, true).unwrap();
        assert!(
            report.contains("No changes other than documentation"),
            "{report}"
        );
        assert!(
            fs::read_to_string(&current)
                .unwrap()
                .contains("com.example#FixtureService")
        );
        let error = import(
            &current,
            "books",
            &folder.0.path().join("service-2.json"),
            true,
        );
        let error = error.unwrap_err().to_string();
        assert!(
            error.contains("a model in botocore's format cannot be imported"),
            "{error}"
        );
    }
}
