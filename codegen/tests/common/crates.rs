//! Builds crates that are generated from models, in a workspace below `target/`.
//!
//! The crates of a workspace share one copy of the runtime and the lock file of this project, so that nothing is downloaded. They
//! are built in the target folder of this project, which has most of their dependencies already.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use lean_aws_codegen::package::{Config, CrateFiles, Package};
use lean_aws_codegen::{Files, Generated};

/// The beginnings of the variables that cargo sets for a test.
const OF_TESTS: [&str; 5] = [
    "CARGO_BIN_",
    "CARGO_CRATE_",
    "CARGO_MANIFEST_",
    "CARGO_PKG_",
    "CARGO_PRIMARY_",
];

/// Warnings are errors. Flags of the compiler would apply to dependencies as well, which would be built again. The code for the
/// offline service depends on a feature that these crates do not have.
const DENIED: &str = r#"
warnings = "deny"
unexpected_cfgs = { level = "deny", check-cfg = ['cfg(feature, values("fake"))'] }
"#;

/// The dependencies of all programs. Their features are those that this project enables, so that they are built once.
#[allow(dead_code, reason = "not all test programs use it")]
pub(crate) const DEPENDENCIES: &str = r#"
[dev-dependencies]
aws-credential-types = { version = "1.3.1", features = ["test-util"] }
aws-smithy-async = { version = "1.3.1", features = ["rt-tokio", "test-util"] }
aws-smithy-runtime-api = { version = "1.20.0", features = ["client", "http-1x", "http-auth", "test-util"] }
aws-smithy-types = { version = "1.9.3", features = ["byte-stream-poll-next", "http-body-1-x", "rt-tokio", "test-util"] }
aws-types = "1.7.0"
bytes = "1.12.2"
ciborium = "0.2.2"
http = "1.5.0"
http-body = "1.1.0"
hyper = { version = "1.12.0", features = ["client", "http1", "http2", "server"] }
hyper-rustls = { version = "0.27.10", default-features = false, features = ["http1", "http2", "native-tokio", "ring", "tls12"] }
hyper-util = { version = "0.1.21", features = ["client", "client-legacy", "client-proxy", "http1", "http2", "tokio"] }
serde = { version = "1.0.229", features = ["derive", "rc"] }
serde_json = { version = "1.0.154", features = ["preserve_order"] }
tokio = { version = "1.54.1", features = ["io-util", "macros", "net", "process", "rt", "rt-multi-thread", "sync", "test-util", "time"] }
tracing = "0.1.44"
"#;

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
    pub(crate) manifest: String,
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
        let mut command = self.command(&["check", "--keep-going"]);
        let output = command.output().unwrap();
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
        let mut files = self.files();
        let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
        files.insert("Cargo.lock".to_owned(), lock);
        write(&folder, &files);
        let mut command = Command::new(env!("CARGO"));
        // Arguments of test programs are the last.
        let (subcommand, arguments) = arguments.split_at(1);
        // The build scripts of dependencies run again if the variables that cargo sets for a test differ.
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            if OF_TESTS.iter().any(|prefix| name.starts_with(prefix)) {
                command.env_remove(&*name);
            }
        }
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        command
            .args(subcommand)
            .args(["--offline", "--quiet"])
            .args(self.crates.iter().map(|(name, ..)| format!("-p{name}")))
            .args(self.config.then(|| format!("-p{}", self.config_name())))
            .args(arguments)
            .current_dir(&folder)
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_TARGET_DIR", target)
            .env("RUSTDOCFLAGS", "-D warnings");
        progress(&format!(
            "cargo {} in {}, which takes a minute if nothing is built yet",
            subcommand.concat(),
            folder.display()
        ));
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
        let workspace = lean_aws_codegen::package::Workspace {
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
            append("Cargo.toml", &extra.manifest);
            let extra = extra.files.iter();
            files.extend(extra.map(|(path, text)| (format!("{name}/{path}"), text.clone())));
        }
        // The crates have the lints of this project, and its profiles, which follow.
        let ours = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        let (shared, lints) = ours.split_once("[workspace.lints.rust]").unwrap();
        let (_, dependencies) = shared.split_once("[workspace.dependencies]").unwrap();
        let manifest = files.get_mut("Cargo.toml").unwrap();
        let (kept, _) = manifest.split_once("[workspace.lints.rust]").unwrap();
        *manifest = format!(
            "{kept}[workspace.dependencies]{dependencies}[workspace.lints.rust]{DENIED}{lints}"
        );
        files
    }
}

/// Prints a line at once. The macros print to what captures the output of tests.
fn progress(line: &str) {
    let _ = writeln!(io::stderr(), "     Testing {line}");
}

/// Writes the files of a folder and removes all others. Files that are the same keep their times, so that cargo does not build
/// their crates again.
fn write(folder: &Path, files: &Files) {
    let mut old = Vec::new();
    if folder.exists() {
        paths(folder, &mut old);
    }
    for path in old {
        let name = path.strip_prefix(folder).unwrap();
        if !files.contains_key(&*name.to_string_lossy()) {
            fs::remove_file(path).unwrap();
        }
    }
    for (path, text) in files {
        let path = folder.join(path);
        if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Adds the files in a folder.
fn paths(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => paths(&path, found),
            false => found.push(path),
        }
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
