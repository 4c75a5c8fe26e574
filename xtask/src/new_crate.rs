//! `cargo xtask codegen --model PATH --out DIR`: a workspace with the crate of any model and its runtime.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use codegen::package::{Package, RuntimeFiles, default_name, workspace};
use codegen::{Files, Options};

use crate::checkout::root;
use crate::conflicts::Conflicts;
use crate::crate_name;
use crate::files::{has_contents, read_files};
use crate::journal::ancestors;
use crate::model;
use crate::outcome::{Outcome, count_lines};
use crate::record::{RECORD, Record};
use crate::update::{Folder, Update, exists};

/// The runtime in this project.
const RUNTIME: &str = "workspaces-sdk/runtime";

/// The licenses of generated crates.
const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The entries of a folder that count as none: those of version control and of a new file system.
const UNRELATED: [&str; 4] = [".git", ".gitattributes", ".gitignore", "lost+found"];

/// The options of the command.
#[derive(Debug)]
pub(crate) struct NewCrateOptions<'a> {
    pub(crate) model: &'a Path,
    pub(crate) out: &'a Path,
    pub(crate) name: Option<&'a str>,
    pub(crate) operations: Option<&'a [String]>,
    pub(crate) protocol: Option<&'a str>,
    /// Whether to replace another crate and files of the user.
    pub(crate) force: bool,
}

pub(crate) fn run(options: &NewCrateOptions<'_>) -> Result<Outcome> {
    let out = options.out;
    options.name.map_or(Ok(()), crate_name::check)?;
    // An existing folder stays locked while the crate is generated. A new one is created only when there is something to write.
    let existing = match exists(out) {
        true => Some(Folder::open(out)?),
        false => None,
    };
    if let Some(folder) = &existing {
        read_record(folder)?;
    }
    let generated = model::generate(
        options.model,
        &Options {
            operations: options.operations,
            protocol: options.protocol,
            crate_name: options.name,
            ..Options::default()
        },
    )?;
    let mut stages = generated.stages.clone();
    let metadata = &generated.metadata;
    let name = match options.name {
        Some(name) => name.to_owned(),
        None => default_name(&metadata.id),
    };
    crate_name::check(&name).context("the service needs another name; pass --name")?;
    let package = Package {
        name: &name,
        generated: &generated,
    };
    let mut files = stages.time("package", || files(&package))?;
    let record = Record::new(&name, &metadata.id, &files);
    files.insert(RECORD.to_owned(), record.to_text());
    let write = || {
        let folder = existing.map_or_else(|| Folder::open(out), Ok)?;
        let written = write(&folder, &record, &files, options.force);
        if written.is_err() {
            folder.abandon();
        }
        written
    };
    stages.time("write", write)?;
    let operations = match metadata.operations {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    let messages = vec![
        format!(
            "{name}: {} {}, {operations}",
            metadata.title, metadata.api_version
        ),
        format!(
            "{} files, {} lines in {} ({} ms)",
            files.len(),
            count_lines(&files),
            out.display(),
            stages.total().as_millis()
        ),
    ];
    Ok(Outcome {
        messages,
        warnings: generated.warnings,
        stale: Vec::new(),
        stages,
    })
}

/// All files of the workspace of one crate.
fn files(package: &Package<'_>) -> Result<Files> {
    let root = root()?;
    let read = |path: &str| {
        fs::read_to_string(root.join(path)).with_context(|| format!("cannot read {path}"))
    };
    let runtime = RuntimeFiles {
        manifest: read(&format!("{RUNTIME}/Cargo.toml"))?,
        sources: read_files(&root.join(RUNTIME).join("src"))?,
    };
    let mut files = workspace(package.name, &runtime, &[*package])
        .with_context(|| format!("cannot parse {RUNTIME}/Cargo.toml"))?;
    for license in LICENSES {
        files.insert(license.to_owned(), read(license)?);
    }
    Ok(files)
}

/// Reads the record of the crate in a folder. A folder without a crate has an empty record.
///
/// # Errors
/// Returns an error if the folder has files of the user and no crate of this command.
fn read_record(folder: &Folder) -> Result<Option<Record>> {
    let record = Record::read(folder.path())?;
    let shown = folder.shown().display();
    if record.is_none() {
        let entries = fs::read_dir(folder.path());
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

/// Writes the files that are new or different, and removes those of the earlier crate. Other files, such as those in `target`,
/// stay.
fn write(folder: &Folder, record: &Record, files: &Files, force: bool) -> Result<()> {
    let mut update = Update::default();
    if let Some(old) = read_record(folder)? {
        let conflicts = Conflicts::find(folder.path(), &old, record, files)?;
        if !force {
            conflicts.refuse(folder.shown(), record)?;
        }
        let gone = old.files.into_keys().filter(|it| !files.contains_key(it));
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
    folder.update(&update)
}

#[cfg(test)]
#[path = "new_crate_tests.rs"]
mod replacement_tests;

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// Creates a folder for a test, which removes it when it succeeds.
    fn folder(test: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn generate(model: &Path, out: &Path, operations: Option<&[String]>) -> Result<Outcome> {
        run(&NewCrateOptions {
            model,
            out,
            name: None,
            operations,
            protocol: None,
            force: false,
        })
    }

    #[test]
    fn a_crate_has_the_requested_operations_and_a_copy_of_the_runtime() {
        let folder = folder("new-crate");
        let (model, out) = (
            root().unwrap().join("models/workspaces"),
            folder.join("some"),
        );
        let only = ["DescribeTags".to_owned()];
        generate(&model, &out, Some(&only)).unwrap();

        let files = read_files(&out).unwrap();
        let manifest = &files["workspaces-sdk/Cargo.toml"];
        assert!(
            manifest.contains("name = \"workspaces-sdk\"\n"),
            "{manifest}"
        );
        assert!(
            manifest.contains("package = \"workspaces-sdk-runtime\""),
            "{manifest}"
        );
        let runtime = &files["runtime/Cargo.toml"];
        assert!(
            runtime.contains("name = \"workspaces-sdk-runtime\"\n"),
            "{runtime}"
        );
        assert!(
            runtime.contains("name = \"workspaces_sdk_runtime\"\n"),
            "{runtime}"
        );
        let operations = files
            .keys()
            .filter(|path| path.starts_with("workspaces-sdk/src/generated/operation/"));
        assert_eq!(operations.count(), 2);
        // The offline service of our crate is not a part of other crates.
        let generated = &files["workspaces-sdk/src/generated/mod.rs"];
        assert!(!generated.contains("fake"), "{generated}");
        let readme = &files["workspaces-sdk/README.md"];
        assert!(readme.contains(".describe_tags().send()"), "{readme}");

        // The runtime is a copy.
        let original = read_files(&root().unwrap().join(RUNTIME).join("src")).unwrap();
        assert!(original.len() > 40);
        for (path, text) in original {
            assert_eq!(files[&format!("runtime/src/{path}")], text, "{path}");
        }

        // A second run changes nothing.
        generate(&model, &out, Some(&only)).unwrap();
        assert_eq!(read_files(&out).unwrap(), files);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }

    /// `--protocol` selects one that the model offers, and so does the table beside the model.
    #[test]
    fn the_protocol_can_be_selected() {
        let folder = folder("protocol");
        let text = fs::read_to_string(root().unwrap().join("codegen/tests/fixtures/query.json"));
        let text = text.unwrap().replace(
            "\"protocol\": \"query\",",
            "\"protocol\": \"query\", \"protocols\": [\"query\", \"json\"], \"jsonVersion\": \"1.1\", \"targetPrefix\": \"A\",",
        );
        let (model, table) = (folder.join("a.json"), folder.join("a.rust.json"));
        fs::write(&model, text).unwrap();
        let service = |protocol| {
            let out = folder.join("out");
            run(&NewCrateOptions {
                model: &model,
                out: &out,
                name: Some("a"),
                operations: None,
                protocol,
                force: false,
            })?;
            let path = out.join("a/src/generated/service.rs");
            Ok::<_, anyhow::Error>(fs::read_to_string(path)?)
        };
        let is = |protocol, name: &str| {
            let service = service(protocol).unwrap();
            assert!(service.contains(&format!("type Protocol = {name};")));
        };
        is(None, "AwsJson1_1");
        is(Some("query"), "AwsQuery");
        fs::write(&table, "{\"protocol\": \"query\"}").unwrap();
        is(None, "AwsQuery");
        is(Some("json"), "AwsJson1_1");
        let error = service(Some("ec2")).unwrap_err().to_string();
        let expected = "--protocol: \"ec2\" cannot be used: the service has \"query\", \"json\"";
        assert!(error.starts_with(expected), "{error}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn nothing_is_written_after_an_error() {
        let folder = folder("no-crate");
        let model = root().unwrap().join("models/workspaces/2015-04-08");
        let only = ["DescribeTag".to_owned()];
        let error = generate(&model, &folder.join("a"), Some(&only)).unwrap_err();
        assert!(
            error.to_string().contains("did you mean \"DescribeTags\"?"),
            "{error}"
        );
        assert!(!folder.join("a").exists());

        fs::write(folder.join("mine"), "").unwrap();
        let error = generate(&model, &folder, None).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("was not written by this command"),
            "{error}"
        );
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);

        let error = generate(&folder, &folder.join("b"), None).unwrap_err();
        assert!(
            error.to_string().contains("contains no service-2.json"),
            "{error}"
        );
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_crate_without_operations_is_an_error() {
        let folder = folder("no-operations");
        let model = root()
            .unwrap()
            .join("codegen/tests/fixtures/event_stream.json");
        let watch = ["Watch".to_owned()];
        let error = generate(&model, &folder.join("a"), Some(&watch)).unwrap_err();
        let expected =
            "error: --operations: Watch: left out, because its output is an event stream";
        assert!(format!("error: {error}").starts_with(expected), "{error}");
        assert!(!folder.join("a").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
