//! `cargo xtask codegen --model PATH --out DIR`: a crate of its own from any model.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use codegen::package::{MARK, Template, default_name, package};
use codegen::{Files, Generated};

use crate::files::read_files;
use crate::model::{self, root};
use crate::outcome::{Outcome, count_lines};

/// The crate that others are made like.
const TEMPLATE: &str = "workspaces-sdk";

/// What is asked for.
#[derive(Debug)]
pub(crate) struct Order<'a> {
    pub(crate) model: &'a Path,
    pub(crate) out: &'a Path,
    pub(crate) name: Option<&'a str>,
    pub(crate) operations: Option<&'a [String]>,
}

pub(crate) fn run(order: &Order<'_>) -> Result<Outcome> {
    let out = order.out;
    check_place(out)?;
    let generated = model::generate(order.model, order.operations)?;
    let mut stages = generated.stages.clone();
    let about = &generated.about;
    let name = match order.name {
        Some(name) => name.to_owned(),
        None => default_name(&about.id),
    };
    check_name(&name)?;
    let files = stages.time("package", || crate_of(&generated, &name, out))?;
    stages.time("write", || write(out, &files))?;
    let operations = match about.operations {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    let messages = vec![
        format!(
            "{name}: {} {}, {operations}",
            about.title, about.api_version
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

/// All files of the crate, for where it goes.
fn crate_of(generated: &Generated, name: &str, out: &Path) -> Result<Files> {
    let mut files = package(&template()?, name, generated);
    if is_within_a_workspace(out)
        && let Some(manifest) = files.get_mut("Cargo.toml")
    {
        manifest.push_str("\n# Apart from the workspace around it; remove this to make it a member.\n[workspace]\n");
    }
    Ok(files)
}

/// # Errors
/// When something else than a crate of ours is there.
fn check_place(out: &Path) -> Result<()> {
    let is_empty = |folder: &Path| fs::read_dir(folder).is_ok_and(|mut it| it.next().is_none());
    if !out.exists() || is_empty(out) {
        return Ok(());
    }
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap_or_default();
    if !manifest.starts_with(MARK) {
        bail!(
            "{} exists and was not made by this command; name another folder, or remove that one first",
            out.display()
        );
    }
    Ok(())
}

/// # Errors
/// When the name is none that cargo takes.
fn check_name(name: &str) -> Result<()> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(allowed);
    if !is_name {
        bail!(
            "\"{name}\" is no name for a crate; it is made of letters, digits, - and _, a letter first"
        );
    }
    Ok(())
}

/// The hand-written part of the project's own crate.
fn template() -> Result<Template> {
    let root = root()?;
    let crate_root = root.join(TEMPLATE);
    let read = |path: PathBuf| {
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let mut sources = read_files(&crate_root.join("src"))?;
    sources.retain(|path, _| !path.starts_with("generated/"));
    let mut licences = Files::new();
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        licences.insert(name.to_owned(), read(root.join(name))?);
    }
    Ok(Template {
        manifest: read(crate_root.join("Cargo.toml"))?,
        workspace: read(root.join("Cargo.toml"))?,
        sources,
        licences,
    })
}

/// Whether cargo would take a crate there for a member of a workspace that does not know it.
fn is_within_a_workspace(out: &Path) -> bool {
    let parent = std::path::absolute(out).ok();
    let parent = parent.as_deref().and_then(Path::parent);
    parent.is_some_and(|parent| {
        parent
            .ancestors()
            .any(|above| above.join("Cargo.toml").exists())
    })
}

/// Writes all files beside the place where they belong, and moves them there when they are complete.
///
/// Of a crate that is there already, what this command makes is replaced; the rest, as `target`, stays.
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
        // What is not there need not be removed.
        let _ = fs::remove_dir_all(folder);
    }
    done
}

fn write_all(folder: &Path, files: &Files) -> Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().context("a file has no folder")?;
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Moves what is in `new` to `out`, and what stood in its place to `old`.
fn replace(out: &Path, new: &Path, old: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    fs::create_dir_all(old).with_context(|| format!("cannot make {}", old.display()))?;
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
    use super::*;

    /// A folder of its own for each test, removed when the test succeeds.
    fn folder(test: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn order(model: &Path, out: &Path, operations: Option<&[String]>) -> Result<Outcome> {
        run(&Order {
            model,
            out,
            name: None,
            operations,
        })
    }

    #[test]
    fn a_crate_of_some_operations() {
        let folder = folder("new-crate");
        let (model, out) = (
            root().unwrap().join("models/workspaces"),
            folder.join("some"),
        );
        let only = ["DescribeTags".to_owned()];
        order(&model, &out, Some(&only)).unwrap();

        let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains("name = \"workspaces-sdk\"\n"),
            "{manifest}"
        );
        assert!(!manifest.contains(".workspace = true") && !manifest.contains("path ="));
        assert!(!manifest.contains("dev-dependencies"));
        let made = read_files(&out.join("src")).unwrap();
        let operations = made
            .keys()
            .filter(|path| path.starts_with("generated/operation/"));
        assert_eq!(operations.count(), 2);
        assert!(made.contains_key("runtime/json/mod.rs") && !made.contains_key("round_trips.rs"));
        assert!(!made.keys().any(|path| path.contains("/tests/")));
        assert!(!made.contains_key("guide.md") && !made["lib.rs"].contains("guide"));
        let readme = fs::read_to_string(out.join("README.md")).unwrap();
        assert!(readme.contains(".describe_tags().send()"), "{readme}");

        // Made again, it replaces what it made and keeps the rest.
        fs::write(out.join("src/extra.rs"), "").unwrap();
        fs::write(out.join("Cargo.lock"), "").unwrap();
        order(&model, &out, Some(&only)).unwrap();
        assert!(!out.join("src/extra.rs").exists() && out.join("Cargo.lock").exists());
        let beside = fs::read_dir(&folder).unwrap().count();
        assert_eq!(beside, 1, "something was left beside it");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn nothing_is_written_where_something_is_wrong() {
        let folder = folder("no-crate");
        let model = root().unwrap().join("models/workspaces/2015-04-08");
        let only = ["DescribeTag".to_owned()];
        let error = order(&model, &folder.join("a"), Some(&only)).unwrap_err();
        assert!(
            error.to_string().contains("did you mean \"DescribeTags\"?"),
            "{error}"
        );
        assert!(!folder.join("a").exists());

        fs::write(folder.join("mine"), "").unwrap();
        let error = order(&model, &folder, None).unwrap_err();
        assert!(
            error.to_string().contains("was not made by this command"),
            "{error}"
        );
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);

        let error = order(&folder, &folder.join("b"), None).unwrap_err();
        assert!(
            error.to_string().contains("holds no service-2.json"),
            "{error}"
        );
        fs::remove_dir_all(&folder).unwrap();
    }

    /// A crate without operations is nothing that anybody asks for.
    #[test]
    fn only_event_streams() {
        let folder = folder("no-operations");
        let model = root()
            .unwrap()
            .join("codegen/tests/fixtures/event_stream.json");
        let watch = ["Watch".to_owned()];
        let error = order(&model, &folder.join("a"), Some(&watch)).unwrap_err();
        let told = "error: --operations:1:1: Watch: left out; its output is an event stream";
        assert!(format!("error: {error}").starts_with(told), "{error}");
        assert!(!folder.join("a").exists());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn names() {
        assert!(check_name("a-b_c1").is_ok());
        for bad in ["", "1a", "a b", "a.b", "-a"] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}
