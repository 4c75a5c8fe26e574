//! Builds crates that are generated from models, in a workspace below `target/`.
//!
//! The crates share one copy of the runtime and the lock file of this project, so that nothing is downloaded.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use codegen::package::{Package, RuntimeFiles, workspace};
use codegen::{Files, Generated};

/// A workspace of crates.
pub(crate) struct Workspace {
    name: String,
    crates: Vec<(String, Generated, Extra)>,
}

/// The parts of a crate that are not generated.
#[derive(Default)]
pub(crate) struct Extra {
    pub(crate) files: Files,
    /// The end of `lib.rs`.
    pub(crate) library: String,
    /// The end of the manifest.
    pub(crate) manifest: &'static str,
}

impl Workspace {
    /// Creates an empty workspace.
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            crates: Vec::new(),
        }
    }

    /// Adds the crate `name`.
    pub(crate) fn add(&mut self, name: &str, generated: Generated, extra: Extra) {
        self.crates.push((name.to_owned(), generated, extra));
    }

    /// Writes all crates and runs cargo on them, with warnings denied. Returns whether it succeeded.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> bool {
        let root = root();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&self.name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        for (path, text) in self.files() {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        // The code for the offline service depends on a feature that these crates do not have.
        let flags = "-D warnings --check-cfg=cfg(feature,values(\"fake\"))";
        let status = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet"])
            .args(self.crates.iter().map(|(name, ..)| format!("-p{name}")))
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.with_file_name("fixtures-target"))
            .env("RUSTFLAGS", flags)
            .env("RUSTDOCFLAGS", flags)
            .status()
            .unwrap();
        if !status.success() {
            eprintln!("see {}", folder.display());
        }
        status.success()
    }

    fn files(&self) -> Files {
        let packages: Vec<Package<'_>> = self
            .crates
            .iter()
            .map(|(name, generated, _)| Package { name, generated })
            .collect();
        let mut files = workspace(&self.name, &runtime(), &packages).unwrap();
        for (name, _, extra) in &self.crates {
            let mut append = |path: &str, text: &str| {
                let file = files.get_mut(&format!("{name}/{path}")).unwrap();
                file.push_str(text);
            };
            append("src/lib.rs", &extra.library);
            append("Cargo.toml", extra.manifest);
            let extra = extra.files.iter();
            files.extend(extra.map(|(path, text)| (format!("{name}/{path}"), text.clone())));
        }
        // The crates have the lints of this project.
        let lints = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        let (_, lints) = lints.split_once("[workspace.lints.rust]").unwrap();
        let manifest = files.get_mut("Cargo.toml").unwrap();
        let (kept, _) = manifest.split_once("[workspace.lints.rust]").unwrap();
        *manifest = format!("{kept}[workspace.lints.rust]{lints}");
        files
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The runtime of this project.
fn runtime() -> RuntimeFiles {
    let folder = root().join("workspaces-sdk/runtime");
    let mut sources = Files::new();
    collect(&folder.join("src"), &PathBuf::new(), &mut sources).unwrap();
    RuntimeFiles {
        manifest: fs::read_to_string(folder.join("Cargo.toml")).unwrap(),
        sources,
    }
}

fn collect(folder: &Path, below: &Path, texts: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = below.join(path.file_name().unwrap());
        if path.is_dir() {
            collect(&path, &name, texts)?;
        } else {
            let name = name.to_string_lossy().into_owned();
            texts.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
