//! Crates made of models: written into a workspace of their own below `target/`, and given to cargo.
//!
//! They share one lock file with this project, so nothing is downloaded.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use codegen::package::{Template, package};
use codegen::{Files, Generated};

/// A workspace of crates.
pub(crate) struct Workspace {
    folder: PathBuf,
    template: Template,
    members: Vec<String>,
}

/// What a crate has beside what is generated.
#[derive(Default)]
pub(crate) struct Extra {
    pub(crate) files: Files,
    /// The end of `lib.rs`.
    pub(crate) library: String,
    /// The end of the manifest.
    pub(crate) manifest: &'static str,
}

impl Workspace {
    /// An empty workspace.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        Self {
            folder,
            template: template(),
            members: Vec::new(),
        }
    }

    /// Adds the crate `name`.
    pub(crate) fn add(&mut self, name: &str, generated: &Generated, extra: &Extra) {
        let mut files = package(&self.template, name, generated);
        let text = files.get_mut("Cargo.toml").unwrap();
        // Held to what the project is held to.
        *text = text.split("\n[lints").next().unwrap().to_owned();
        text.push_str("\n[lints]\nworkspace = true\n");
        text.push_str(extra.manifest);
        files
            .get_mut("src/lib.rs")
            .unwrap()
            .push_str(&extra.library);
        files.extend(extra.files.clone());
        for (path, text) in files {
            let path = self.folder.join(name).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        self.members.push(name.to_owned());
    }

    /// Runs cargo on all crates, with warnings denied; says how it went.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> bool {
        let root = root();
        let members = format!("members = {:?}", self.members);
        let manifest = self.template.workspace.lines();
        let manifest = manifest.map(|line| match line.starts_with("members") {
            true => members.as_str(),
            false => line,
        });
        let manifest = manifest.collect::<Vec<_>>().join("\n");
        fs::write(self.folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(root.join("Cargo.lock"), self.folder.join("Cargo.lock")).unwrap();
        let status = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--workspace", "--offline", "--quiet"])
            .current_dir(&self.folder)
            .env(
                "CARGO_TARGET_DIR",
                self.folder.with_file_name("fixtures-target"),
            )
            .env("RUSTFLAGS", "-D warnings")
            .status()
            .unwrap();
        if !status.success() {
            eprintln!("see {}", self.folder.display());
        }
        status.success()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The project's own crate, as others are made like it.
fn template() -> Template {
    let sdk = root().join("workspaces-sdk");
    let mut sources = Files::new();
    collect(&sdk.join("src"), "", &mut sources).unwrap();
    Template {
        manifest: fs::read_to_string(sdk.join("Cargo.toml")).unwrap(),
        workspace: fs::read_to_string(root().join("Cargo.toml")).unwrap(),
        sources,
        licences: Files::new(),
    }
}

fn collect(folder: &Path, below: &str, texts: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if name == "generated" {
            continue;
        }
        if path.is_dir() {
            collect(&path, &format!("{name}/"), texts)?;
        } else {
            texts.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
