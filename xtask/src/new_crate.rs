//! `cargo xtask codegen --model PATH --out DIR`: a workspace with the crate of any model and its runtime.

use std::path::Path;

use anyhow::{Context, Result};
use codegen::Options;
use codegen::package::{Package, Workspace, default_name};

use crate::crate_name;
use crate::embedded::RUNTIME;
use crate::enclosing;
use crate::model;
use crate::outcome::{Outcome, count_lines, count_operations};
use crate::record::{Identity, RECORD, Record};
use crate::update::Folder;
use crate::workspace;

/// The options of the command.
#[derive(Debug)]
pub(crate) struct NewCrateOptions<'a> {
    pub(crate) model: &'a Path,
    pub(crate) out: &'a Path,
    pub(crate) name: Option<&'a str>,
    pub(crate) operations: Option<&'a [String]>,
    pub(crate) protocol: Option<&'a str>,
    /// Whether to write nothing, and list what is not up to date.
    pub(crate) check: bool,
    /// Whether to replace another crate and files of the user.
    pub(crate) force: bool,
}

pub(crate) fn run(options: &NewCrateOptions<'_>) -> Result<Outcome> {
    let out = options.out;
    options.name.map_or(Ok(()), crate_name::check)?;
    // An existing folder stays locked while the crate is generated. A new one is created only when there is something to write. A
    // check does not wait for other runs.
    let existing = match options.check {
        true => None,
        false => workspace::open_existing(out)?,
    };
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
    let packages = [Package {
        folder: &name,
        name: &name,
        version: None,
        generated: &generated,
    }];
    let runtime = RUNTIME.files()?;
    let workspace = Workspace {
        name: &name,
        location: "",
        command: "lean-aws codegen",
        runtime: &runtime,
        config: None,
        packages: &packages,
    };
    let mut files = stages.time("package", || workspace::files(&workspace))?;
    let record = Record::new(Identity::of_crate(&name, &metadata.id), &files);
    files.insert(RECORD.to_owned(), record.to_text());
    let warnings = generated.warnings.iter().map(ToString::to_string);
    let warnings = warnings.chain(enclosing::warning(out)).collect();
    if options.check {
        let stale = stages.time("compare", || workspace::stale(out, &record, &files))?;
        let mut outcome = Outcome {
            messages: Vec::new(),
            warnings,
            stale,
            stages,
        };
        let remedy = "run the command without `--check` and commit the changes";
        outcome.end_check(
            format!("{} is up to date", out.display()),
            remedy.to_owned(),
        );
        return Ok(outcome);
    }
    let write = || {
        let folder = existing.map_or_else(|| Folder::open(out), Ok)?;
        workspace::write(&folder, &record, &files, options.force)
    };
    stages.time("write", write)?;
    let operations = count_operations(metadata.operations);
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
        warnings,
        stale: Vec::new(),
        stages,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::checkout::root;
    use crate::files::read_files;

    fn generate(model: &Path, out: &Path, operations: Option<&[String]>) -> Result<Outcome> {
        run(&NewCrateOptions {
            model,
            out,
            name: None,
            operations,
            protocol: None,
            check: false,
            force: false,
        })
    }

    #[test]
    fn a_crate_has_the_requested_operations_and_a_copy_of_the_runtime() {
        let folder = TempDir::new().unwrap();
        let folder = folder.path();
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
        assert!(
            readme.contains(".describe_tags().resource_id(\"ws-"),
            "{readme}"
        );

        // The runtime is a copy without tests.
        let original = read_files(&root().unwrap().join("workspaces-sdk/runtime/src")).unwrap();
        assert!(original.len() > 40);
        for (path, text) in original.iter().filter(|(_, it)| !it.contains("test)")) {
            if let Some(copy) = files.get(&format!("runtime/src/{path}")) {
                assert_eq!(copy, text, "{path}");
            }
        }
        let is_copied = |path: &&String| files.contains_key(&format!("runtime/src/{path}"));
        assert!(original.keys().filter(is_copied).count() > 40);

        // A second run changes nothing.
        generate(&model, &out, Some(&only)).unwrap();
        assert_eq!(read_files(&out).unwrap(), files);
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
    }

    /// `--check` lists what a run would write, writes nothing, and fails if there is anything.
    #[test]
    fn a_check_writes_nothing() {
        let folder = TempDir::new().unwrap();
        let (model, out) = (root().unwrap().join("models/sts"), folder.path().join("a"));
        let check = || {
            let options = NewCrateOptions {
                model: &model,
                out: &out,
                name: None,
                operations: None,
                protocol: None,
                check: true,
                force: false,
            };
            let outcome = run(&options).unwrap();
            (outcome.messages, outcome.stale)
        };
        let remedy = "run the command without `--check` and commit the changes";
        let shown = out.display();
        let missing = format!("{shown} is not generated yet");
        assert_eq!(check(), (vec![], vec![missing, remedy.to_owned()]));
        assert!(!out.exists());

        generate(&model, &out, None).unwrap();
        assert_eq!(check(), (vec![format!("{shown} is up to date")], vec![]));

        fs::remove_file(out.join("sts-sdk/README.md")).unwrap();
        let stale = format!("stale: {shown}/sts-sdk/README.md");
        assert_eq!(check(), (vec![], vec![stale, remedy.to_owned()]));
        assert!(!out.join("sts-sdk/README.md").exists());
    }

    /// `--protocol` selects one that the model offers, and so does the table beside the model.
    #[test]
    fn the_protocol_can_be_selected() {
        let folder = TempDir::new().unwrap();
        let folder = folder.path();
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
                check: false,
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
    }

    #[test]
    fn nothing_is_written_after_an_error() {
        let folder = TempDir::new().unwrap();
        let folder = folder.path();
        let model = root().unwrap().join("models/workspaces/2015-04-08");
        let only = ["DescribeTag".to_owned()];
        let error = generate(&model, &folder.join("a"), Some(&only)).unwrap_err();
        assert!(
            error.to_string().contains("did you mean \"DescribeTags\"?"),
            "{error}"
        );
        assert!(!folder.join("a").exists());

        fs::write(folder.join("mine"), "").unwrap();
        let error = generate(&model, folder, None).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("was not written by this command"),
            "{error}"
        );
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1);

        let error = generate(folder, &folder.join("b"), None).unwrap_err();
        assert!(
            error.to_string().contains("contains no service-2.json"),
            "{error}"
        );
    }

    #[test]
    fn a_crate_without_operations_is_an_error() {
        let folder = TempDir::new().unwrap();
        let folder = folder.path();
        let model = root()
            .unwrap()
            .join("codegen/tests/fixtures/event_stream.json");
        let watch = ["Watch".to_owned()];
        let error = generate(&model, &folder.join("a"), Some(&watch)).unwrap_err();
        let expected =
            "error: --operations: Watch: left out, because its output is an event stream";
        assert!(format!("error: {error}").starts_with(expected), "{error}");
        assert!(!folder.join("a").exists());
    }
}
