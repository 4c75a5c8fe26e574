//! `cargo xtask codegen --model PATH --out DIR`: a workspace with the crate of any model and its runtime.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use codegen::package::{MARK, Package, RuntimeFiles, default_name, workspace};
use codegen::{Files, Options};

use crate::files::read_files;
use crate::model::{self, root};
use crate::outcome::{Outcome, count_lines};

/// The runtime in this project.
const RUNTIME: &str = "workspaces-sdk/runtime";

/// The licenses of generated crates.
const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The options of the command.
#[derive(Debug)]
pub(crate) struct NewCrateOptions<'a> {
    pub(crate) model: &'a Path,
    pub(crate) out: &'a Path,
    pub(crate) name: Option<&'a str>,
    pub(crate) operations: Option<&'a [String]>,
}

pub(crate) fn run(options: &NewCrateOptions<'_>) -> Result<Outcome> {
    let out = options.out;
    check_place(out)?;
    options.name.map_or(Ok(()), check_name)?;
    let generated = model::generate(
        options.model,
        &Options {
            operations: options.operations,
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
    check_name(&name)?;
    let package = Package {
        name: &name,
        generated: &generated,
    };
    let files = stages.time("package", || files(&package))?;
    stages.time("write", || write(out, &files))?;
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

/// Checks that the command may write to a folder.
///
/// # Errors
/// Returns an error if the folder exists and this command did not write it.
fn check_place(out: &Path) -> Result<()> {
    let is_empty = |folder: &Path| fs::read_dir(folder).is_ok_and(|mut it| it.next().is_none());
    if !out.exists() || is_empty(out) {
        return Ok(());
    }
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap_or_default();
    if !manifest.starts_with(MARK) {
        bail!(
            "{} exists and was not written by this command; choose another folder or remove this one first",
            out.display()
        );
    }
    Ok(())
}

/// Checks the name of a crate.
///
/// # Errors
/// Returns an error if cargo would reject the name.
fn check_name(name: &str) -> Result<()> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(allowed);
    if !is_name {
        bail!(
            "\"{name}\" is not a valid crate name; use letters, digits, - and _, and start with a letter"
        );
    }
    Ok(())
}

/// Writes all files to a temporary folder next to `out`, and moves them there when they are complete.
///
/// In an existing workspace, this replaces the files and folders that the command writes. Others, such as `target`, stay.
fn write(out: &Path, files: &Files) -> Result<()> {
    let parent = out
        .parent()
        .context("the folder to write to has no parent")?;
    let name = out
        .file_name()
        .context("the folder to write to has no name")?;
    let aside = |what: &str| {
        let id = std::process::id();
        parent.join(format!(".{}.{what}-{id}", name.to_string_lossy()))
    };
    let (new, old) = (aside("new"), aside("old"));
    let done = write_all(&new, files).and_then(|()| replace(out, &new, &old));
    for folder in [&new, &old] {
        // Removing a folder that does not exist fails, which does not matter.
        let _ = fs::remove_dir_all(folder);
    }
    done
}

fn write_all(folder: &Path, files: &Files) -> Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path
            .parent()
            .context("the path of a generated file has no parent")?;
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create {}", parent.display()))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Moves the entries of `new` to `out`, and the entries that they replace to `old`.
fn replace(out: &Path, new: &Path, old: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot create {}", out.display()))?;
    fs::create_dir_all(old).with_context(|| format!("cannot create {}", old.display()))?;
    for entry in fs::read_dir(new)? {
        let name = entry?.file_name();
        let target = out.join(&name);
        let cannot = || format!("cannot write {}", target.display());
        if target.exists() {
            fs::rename(&target, old.join(&name)).with_context(cannot)?;
        }
        fs::rename(new.join(&name), &target).with_context(cannot)?;
    }
    Ok(())
}

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

        // A second run replaces the files of the command and keeps the others.
        fs::write(out.join("runtime/extra.rs"), "").unwrap();
        fs::write(out.join("Cargo.lock"), "").unwrap();
        generate(&model, &out, Some(&only)).unwrap();
        assert!(!out.join("runtime/extra.rs").exists() && out.join("Cargo.lock").exists());
        let entries = fs::read_dir(&folder).unwrap().count();
        assert_eq!(entries, 1, "a temporary folder was left");
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
            "error: --operations:1:1: Watch: left out, because its output is an event stream";
        assert!(format!("error: {error}").starts_with(expected), "{error}");
        assert!(!folder.join("a").exists());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn invalid_crate_names_are_rejected() {
        assert!(check_name("a-b_c1").is_ok());
        for bad in ["", "1a", "a b", "a.b", "-a"] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}
