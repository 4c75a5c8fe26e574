//! Builds crates that are generated from models, in a workspace below `target/`.
//!
//! The crates share one copy of the runtime and the lock file of this project, so that nothing is downloaded.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use codegen::package::{Config, CrateFiles, Package};
use codegen::{Files, Generated};

/// A workspace of crates.
pub(crate) struct Workspace {
    name: String,
    crates: Vec<(String, Generated, Extra)>,
    /// Whether it has a copy of `lean-aws-config`.
    pub(crate) config: bool,
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
            config: false,
        }
    }

    /// Adds the crate `name`.
    pub(crate) fn add(&mut self, name: &str, generated: Generated, extra: Extra) {
        self.crates.push((name.to_owned(), generated, extra));
    }

    /// Writes all crates and runs cargo on them, with warnings denied. Returns whether it succeeded.
    #[allow(dead_code, reason = "not all test programs use it")]
    pub(crate) fn cargo(&self, arguments: &[&str]) -> bool {
        let mut command = self.command(arguments);
        let is_success = command.status().unwrap().success();
        if !is_success {
            eprintln!("see {}", self.folder().display());
        }
        is_success
    }

    /// Writes all crates and checks each of them, with warnings denied. Returns the names of those that do not compile.
    /// The output of the compiler is in `errors.txt` in the folder of the workspace.
    #[allow(dead_code, reason = "not all test programs use it")]
    pub(crate) fn failures(&self) -> Vec<String> {
        // The crates are checked once, and their incremental state is large.
        let mut command = self.command(&["check", "--keep-going"]);
        let output = command.env("CARGO_INCREMENTAL", "0").output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            fs::remove_dir_all(self.folder()).unwrap();
            return Vec::new();
        }
        fs::write(self.folder().join("errors.txt"), errors.as_bytes()).unwrap();
        let failed = errors.lines().filter_map(|line| {
            let (_, rest) = line.split_once("could not compile `")?;
            Some(rest.split('`').next()?.to_owned())
        });
        let failed: Vec<String> = failed.collect();
        assert!(!failed.is_empty(), "{errors}");
        failed
    }

    fn config_name(&self) -> String {
        format!("{}-config", self.name)
    }

    fn folder(&self) -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(&self.name)
    }

    /// Writes all crates, and returns a command that runs cargo on them.
    fn command(&self, arguments: &[&str]) -> Command {
        let root = root();
        let folder = self.folder();
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
        let mut command = Command::new(env!("CARGO"));
        // Arguments of test programs are the last.
        let (subcommand, arguments) = arguments.split_at(1);
        command
            .args(subcommand)
            .args(["--offline", "--quiet"])
            .args(self.crates.iter().map(|(name, ..)| format!("-p{name}")))
            .args(self.config.then(|| format!("-p{}", self.config_name())))
            .args(arguments)
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.with_file_name("fixtures-target"))
            .env("RUSTFLAGS", flags)
            .env("RUSTDOCFLAGS", flags);
        command
    }

    fn files(&self) -> Files {
        let packages: Vec<Package<'_>> = self
            .crates
            .iter()
            .map(|(name, generated, _)| Package {
                folder: name,
                name,
                version: None,
                generated,
            })
            .collect();
        let (config_name, config_files) = (self.config_name(), files_of("config"));
        let workspace = codegen::package::Workspace {
            name: &self.name,
            location: "",
            command: "lean-aws codegen",
            runtime: &files_of("runtime"),
            config: self.config.then_some(Config {
                files: &config_files,
                name: &config_name,
                version: None,
            }),
            packages: &packages,
        };
        let mut files = workspace.files().unwrap();
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

/// The runtime or `lean-aws-config` of this project.
fn files_of(name: &str) -> CrateFiles {
    let folder = root().join("workspaces-sdk").join(name);
    let mut sources = Files::new();
    collect(&folder.join("src"), &PathBuf::new(), &mut sources).unwrap();
    CrateFiles {
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
