//! Builds crates that are generated from models, in workspaces below `target/`.
//!
//! Their lock file is that of this project, so that nothing is downloaded. They are built in the target folder of this project, which
//! has their dependencies already. All of them share one copy of the runtime with all of its features, except for the crates that
//! are built with exactly the features that they declare.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Once};
use std::{env, fs, io};

use lean_aws_codegen::package::{Config, CrateFiles, Package};
use lean_aws_codegen::{Files, Generated};

use crate::modules::Modules;

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

/// The dependencies of all programs. With [`FEATURES`], their features are those that a build of this project enables, so that they
/// are built once. A test compares them.
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
serde = { version = "1.0.229", features = ["alloc", "derive", "rc"] }
serde_json = { version = "1.0.154", features = ["alloc", "preserve_order"] }
tokio = { version = "1.54.1", features = ["fs", "io-util", "macros", "net", "process", "rt", "rt-multi-thread", "sync", "test-util", "time"] }
tracing = "0.1.44"
"#;

/// The features of other dependencies.
const FEATURES: &str = r#"
aws-smithy-runtime = { version = "1.16.2", default-features = false, features = ["client", "rt-tokio"] }
digest = { version = "0.11.3", features = ["alloc", "mac", "oid"] }
indexmap = { version = "2.14.2", features = ["serde"] }
memchr = "2.8.3"
tokio-rustls = { version = "0.26.6", default-features = false, features = ["ring", "tls12"] }

[build-dependencies]
syn-2 = { package = "syn", version = "2.0.119", features = ["extra-traits", "full", "visit-mut"] }
syn-3 = { package = "syn", version = "3.0.10", features = ["extra-traits", "fold", "full", "visit"] }
"#;

/// The name of the workspace of the runtime.
const SHARED: &str = "shared";

/// A workspace of crates.
pub(crate) struct Workspace {
    name: String,
    crates: Vec<(String, Generated, Extra)>,
    /// Whether it has a copy of `lean-aws-config`.
    pub(crate) config: bool,
    /// Whether the features of the runtime are exactly those that the crates declare.
    pub(crate) has_declared_features: bool,
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
            has_declared_features: false,
        }
    }

    /// Adds the crate `name`.
    pub(crate) fn add(&mut self, name: &str, generated: Generated, extra: Extra) {
        self.crates.push((name.to_owned(), generated, extra));
    }

    /// Adds the crate `name` of these modules.
    #[allow(dead_code, reason = "not all test programs use it")]
    pub(crate) fn add_modules(&mut self, name: &str, modules: Modules) {
        let (generated, extra) = modules.into_program();
        self.add(name, generated, extra);
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

    /// Asserts that the crates, which are written already, need no other builds of their dependencies than this project.
    #[allow(dead_code, reason = "not all test programs use it")]
    pub(crate) fn assert_dependencies_are_shared(&self) {
        let (ours, theirs) = (dependencies(root()), dependencies(&self.folder()));
        let is_other = |line: &&String| {
            let name = line.split(' ').next().unwrap();
            let is_common = ours.iter().any(|it| it.split(' ').next() == Some(name));
            is_common && !ours.contains(*line)
        };
        let others: Vec<&String> = theirs.iter().filter(is_other).collect();
        assert!(theirs.len() > 50, "{theirs:?}");
        assert!(
            others.is_empty(),
            "`DEPENDENCIES` and `FEATURES` differ from what this project enables: {others:#?}"
        );
    }

    fn config_name(&self) -> String {
        format!("{}-config", self.name)
    }

    fn folder(&self) -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(&self.name)
    }

    /// Writes all crates, and returns a command that runs cargo on them.
    fn command(&self, arguments: &[&str]) -> Command {
        let folder = self.folder();
        let (runtime, mut files) = self.files();
        write_runtime(&runtime);
        let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
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

    /// The files of the workspace of the runtime, and of this workspace.
    fn files(&self) -> (Files, Files) {
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
            name: SHARED,
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
        let files = workspace.files().unwrap();
        let is_of_runtime = |path: &str| path.starts_with("runtime/");
        let (mut runtime, mut files): (Files, Files) =
            files.into_iter().partition(|(path, _)| is_of_runtime(path));
        for (name, generated, extra) in &self.crates {
            let mut append = |path: &str, text: &str| {
                let file = files.get_mut(&format!("{name}/{path}")).unwrap();
                file.push_str(text);
            };
            append("src/lib.rs", &extra.library);
            append("Cargo.toml", &extra.manifest);
            if generated.files.is_empty() {
                files.remove(&format!("{name}/src/lib.rs"));
            }
            let extra = extra.files.iter();
            files.extend(extra.map(|(path, text)| (format!("{name}/{path}"), text.clone())));
        }
        for (_, manifest) in files
            .iter_mut()
            .filter(|(path, _)| path.ends_with("/Cargo.toml"))
        {
            *manifest =
                manifest.replace("path = \"../runtime\"", "path = \"../../shared/runtime\"");
            if !self.has_declared_features {
                *manifest = with_all_features(manifest);
            }
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
        let dependencies =
            DEPENDENCIES.replace("dev-dependencies", "target.'cfg(all())'.dependencies");
        let of_runtime = runtime.get_mut("runtime/Cargo.toml").unwrap();
        *of_runtime += &(dependencies + FEATURES);
        let (members, rest) = manifest.split_once("members = [").unwrap();
        let (all, rest) = rest.split_once(']').unwrap();
        runtime.insert(
            "Cargo.toml".to_owned(),
            format!("{members}members = [\"runtime\"]{rest}"),
        );
        let all = all.rsplit_once(", ").unwrap().0;
        *manifest = format!("{members}members = [{all}]{rest}");
        (runtime, files)
    }
}

/// The packages of registries that a workspace depends on, with their versions and features.
fn dependencies(workspace: &Path) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--workspace", "--offline", "--prefix=none"])
        .args(["--edges=normal,build,dev", "--format={p} {f}"])
        .current_dir(workspace)
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines = lines.lines().filter(|line| !line.contains("v0.1.0 (/"));
    let lines = lines.map(|line| line.replace(" (proc-macro)", ""));
    lines
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect()
}

/// Replaces the features of the runtime in the manifest of a crate by all of them.
fn with_all_features(manifest: &str) -> String {
    static FEATURES: LazyLock<String> = LazyLock::new(|| {
        let manifest: toml_edit::DocumentMut = files_of("runtime").manifest.parse().unwrap();
        let features = manifest["features"].as_table().unwrap().iter();
        let features: Vec<_> = features.map(|(name, _)| format!("{name:?}")).collect();
        features.join(", ")
    });
    let Some((before, dependency)) = manifest.split_once("\nlean-aws-runtime = {") else {
        return manifest.to_owned();
    };
    let (settings, rest) = dependency.split_once("features = [").unwrap();
    let (_, rest) = rest.split_once(']').unwrap();
    format!(
        "{before}\nlean-aws-runtime = {{{settings}features = [{}]{rest}",
        *FEATURES
    )
}

/// Prints a line at once. The macros print to what captures the output of tests.
fn progress(line: &str) {
    let _ = writeln!(io::stderr(), "     Testing {line}");
}

/// Writes the workspace of the runtime, once.
fn write_runtime(files: &Files) {
    static WRITTEN: Once = Once::new();
    WRITTEN.call_once(|| write(&Path::new(env!("CARGO_TARGET_TMPDIR")).join(SHARED), files));
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
