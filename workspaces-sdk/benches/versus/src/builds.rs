//! The cost of builds: CPU time, memory of the compiler, binaries, documentation, source.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::Side;
use crate::process::{self, Usage};
use crate::server;
use crate::table::{Figures, Table};

/// A step of the measurement: the label and unit of each figure, and the function that measures them for a side.
pub type Step = (
    &'static [(&'static str, &'static str)],
    fn(Side) -> Result<Vec<f64>>,
);

/// The program with static credentials. The later steps continue with the target folders of the earlier ones.
pub const PROGRAM: &[Step] = &[
    (
        &[("lines of source", ""), ("lines of generated source", "")],
        lines,
    ),
    (
        &[("crates in the dependency tree of the program", "")],
        crates,
    ),
    (
        &[
            ("CPU time, clean build optimized for size", " s"),
            ("binary of that", " MB"),
        ],
        smallest,
    ),
    (
        &[
            ("CPU time, clean build of the program", " s"),
            ("peak memory of that", " MB"),
            ("binary of that", " MB"),
        ],
        program,
    ),
    (
        &[("CPU time, build after a change of the program", " s")],
        change,
    ),
    (
        &[
            ("CPU time, build of the SDK crate", " s"),
            ("peak memory of that", " MB"),
        ],
        sdk,
    ),
    (
        &[
            ("CPU time, check of the SDK crate", " s"),
            ("peak memory of that", " MB"),
        ],
        checked,
    ),
    (
        &[
            ("CPU time, rustdoc of the SDK crate", " s"),
            ("size of its pages", " MB"),
        ],
        documented,
    ),
];

/// The program with default credentials.
pub const WITH_CONFIG: &[Step] = &[
    (
        &[
            ("crates of the program with default credentials", ""),
            ("libraries for TLS among those", ""),
            ("libraries for cryptography among those", ""),
        ],
        crates_with_config,
    ),
    (
        &[
            ("CPU time, clean build with default credentials", " s"),
            ("peak memory of that", " MB"),
            ("binary of that", " MB"),
        ],
        with_config,
    ),
    (
        &[
            (
                "CPU time, start to first response with default credentials",
                " ms",
            ),
            ("time of that", " ms"),
        ],
        start_with_config,
    ),
];

/// Runs the steps, each for all sides before the next step.
pub fn measure(steps: &[Step], sides: &[Side], table: &mut Table) -> Result<()> {
    for (rows, step) in steps {
        let mut figures = vec![Figures::default(); rows.len()];
        for side in sides {
            for (figures, figure) in figures.iter_mut().zip(step(*side)?) {
                figures.set(*side, figure);
            }
        }
        for ((what, unit), figures) in rows.iter().zip(figures) {
            table.row(what, unit, figures);
        }
    }
    Ok(())
}

fn lines(side: Side) -> Result<Vec<f64>> {
    let mut lines = 0;
    let mut generated = 0;
    for source in sources(side)? {
        lines += lines_under(&source)?;
        let folder = source.join("generated");
        if folder.exists() {
            generated += lines_under(&folder)?;
        }
    }
    // The official crate is generated completely.
    if side == Side::Official {
        generated = lines;
    }
    Ok(vec![lines as f64, generated as f64])
}

fn crates(side: Side) -> Result<Vec<f64>> {
    Ok(vec![tree(&["--package", &package(side)])?.len() as f64])
}

fn crates_with_config(side: Side) -> Result<Vec<f64>> {
    let crates = tree(&["--package", &package(side), "--features", "config"])?;
    let names = crates.iter().filter_map(|name| name.split(' ').next());
    let count = |libraries: &[&str]| {
        names
            .clone()
            .filter(|name| libraries.contains(name))
            .count()
    };
    let figures = [crates.len(), count(&TLS), count(&CRYPTOGRAPHY)];
    ensure!(
        side != Side::Ours || (figures[0] <= MAX_CRATES && figures[1..] == [1, 1]),
        "{figures:?} instead of at most {MAX_CRATES} crates and one library each"
    );
    Ok(figures.map(|figure| figure as f64).into())
}

/// Upper bounds for our program with default credentials, as users build it: with the release profile, not stripped.
const MAX_CRATES: usize = 85;
const MAX_BINARY_MB: f64 = 6.5;

const TLS: [&str; 4] = ["native-tls", "openssl", "rustls", "s2n-tls"];

/// The crates that bring all of cryptography. A hash function alone does not count.
const CRYPTOGRAPHY: [&str; 5] = [
    "aws-lc-fips-sys",
    "aws-lc-sys",
    "boring-sys",
    "openssl-sys",
    "ring",
];

/// The crates that a program depends on, with their versions. The arguments of Cargo name the program.
pub fn tree(program: &[&str]) -> Result<BTreeSet<String>> {
    let command = ["cargo", "tree", "--edges", "normal", "--prefix", "none"];
    let tree = output(&[&command[..], program].concat())?;
    let crates = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    // The tree begins with the program itself.
    Ok(crates.skip(1).map(str::to_owned).collect())
}

fn smallest(side: Side) -> Result<Vec<f64>> {
    clean(&target(side))?;
    let built = cargo(
        side,
        &["build", "--profile", "small", "--package", &package(side)],
    )?;
    Ok(vec![built.cpu, size_of_binary(side, "small", "program")?])
}

fn with_config(side: Side) -> Result<Vec<f64>> {
    clean(&target(side))?;
    let built = cargo(
        side,
        &[
            "build",
            "--release",
            "--features",
            "config",
            "--package",
            &package(side),
        ],
    )?;
    let binary = size_of_binary(side, "release", "config")?;
    ensure!(
        side != Side::Ours || binary <= MAX_BINARY_MB,
        "the binary has {binary} MB instead of at most {MAX_BINARY_MB}"
    );
    Ok(vec![built.cpu, built.peak_mb, binary])
}

/// Runs the program with the Region and the keys of a profile.
fn start_with_config(side: Side) -> Result<Vec<f64>> {
    let home = fs::canonicalize(target(side))?.join("home");
    fs::create_dir_all(home.join(".aws"))?;
    fs::write(home.join(".aws/config"), "[default]\nregion = eu-west-1\n")?;
    fs::write(
        home.join(".aws/credentials"),
        "[default]\naws_access_key_id = AKID\naws_secret_access_key = SECRET\n",
    )?;
    let program = binary(side, "release", "config");
    let endpoint = format!("AWS_ENDPOINT_URL={}/page-1", server::start()?);
    let home = format!("HOME={}", home.display());
    let command = ["env", "-i", &home, &endpoint].map(OsStr::new);
    let command = [&command[..], &[program.as_os_str()]].concat();
    let mut cpu = Vec::new();
    let mut time = Vec::new();
    for _ in 0..STARTS {
        let (used, printed) = process::run(&command)?;
        ensure!(printed.lines().count() == 1, "{printed}");
        cpu.push(used.cpu * 1e3);
        time.push(used.time * 1e3);
    }
    Ok(vec![median(cpu), median(time)])
}

/// The number of times that a program is started.
const STARTS: usize = 51;

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn program(side: Side) -> Result<Vec<f64>> {
    clean(&target(side))?;
    let built = cargo(side, &["build", "--release", "--package", &package(side)])?;
    Ok(vec![
        built.cpu,
        built.peak_mb,
        size_of_binary(side, "release", "program")?,
    ])
}

fn change(side: Side) -> Result<Vec<f64>> {
    touch_program()?;
    Ok(vec![
        cargo(side, &["build", "--release", "--package", &package(side)])?.cpu,
    ])
}

/// Measures a build of the program without an up-to-date SDK, minus the build of the program itself.
fn sdk(side: Side) -> Result<Vec<f64>> {
    let program = change(side)?.into_iter().sum::<f64>();
    let package = package(side);
    clean_sdk(side)?;
    let built = cargo(side, &["build", "--release", "--package", &package])?;
    Ok(vec![built.cpu - program, built.peak_mb])
}

fn checked(side: Side) -> Result<Vec<f64>> {
    let package = package(side);
    let check = ["check", "--release", "--package", &package];
    cargo(side, &check)?;
    touch_program()?;
    let program = cargo(side, &check)?.cpu;
    clean_sdk(side)?;
    let checked = cargo(side, &check)?;
    Ok(vec![checked.cpu - program, checked.peak_mb])
}

fn documented(side: Side) -> Result<Vec<f64>> {
    let document = of_sdk(side, &["doc", "--release", "--no-deps"]);
    cargo(side, &document)?;
    cargo(side, &["clean", "--doc"])?;
    let documented = cargo(side, &document)?;
    let mut pages = 0.0;
    for package in side.sdk() {
        pages += megabytes_under(&target(side).join("doc").join(package.replace('-', "_")))?;
    }
    Ok(vec![documented.cpu, pages])
}

/// Removes the build artifacts of the SDK.
fn clean_sdk(side: Side) -> Result<()> {
    cargo(side, &of_sdk(side, &["clean", "--release"]))?;
    Ok(())
}

/// The arguments of a Cargo command for the packages of the SDK.
fn of_sdk<'a>(side: Side, command: &[&'a str]) -> Vec<&'a str> {
    let packages = side.sdk().iter();
    let packages = packages.flat_map(|package| ["--package", package]);
    command.iter().copied().chain(packages).collect()
}

/// Marks the program as changed, for Cargo.
fn touch_program() -> Result<()> {
    let program = fs::File::options()
        .append(true)
        .open("programs/program.rs")?;
    Ok(program.set_modified(std::time::SystemTime::now())?)
}

/// The package of the programs of a side.
fn package(side: Side) -> String {
    format!("versus-{}", side.name())
}

/// The target folder of a side.
fn target(side: Side) -> PathBuf {
    Path::new("target/clean").join(side.name())
}

/// Removes a target folder.
pub fn clean(target: &Path) -> Result<()> {
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    Ok(())
}

fn cargo(side: Side, arguments: &[&str]) -> Result<Usage> {
    eprintln!("{}: cargo {}", side.name(), arguments.join(" "));
    let target = target(side);
    let start = [OsStr::new("cargo"), OsStr::new("--offline")];
    let end = [OsStr::new("--target-dir"), target.as_os_str()];
    let arguments = arguments.iter().map(OsStr::new);
    let command: Vec<_> = start.into_iter().chain(arguments).chain(end).collect();
    Ok(process::run(&command)?.0)
}

fn size_of_binary(side: Side, profile: &str, program: &str) -> Result<f64> {
    Ok(megabytes(
        fs::metadata(binary(side, profile, program))?.len(),
    ))
}

fn binary(side: Side, profile: &str, program: &str) -> PathBuf {
    let name = format!("{program}-{}", side.name());
    target(side).join(profile).join(name)
}

/// The source folders of an SDK.
fn sources(side: Side) -> Result<Vec<PathBuf>> {
    let metadata: Value =
        serde_json::from_str(&output(&["cargo", "metadata", "--format-version", "1"])?)?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    let source = |name: &&str| {
        let sdk = packages.iter().find(|package| package["name"] == *name);
        let manifest = sdk
            .and_then(|package| package["manifest_path"].as_str())
            .with_context(|| format!("no package {name}"))?;
        Ok(Path::new(manifest).with_file_name("src"))
    };
    side.sdk().iter().map(source).collect()
}

fn output(command: &[&str]) -> Result<String> {
    let output = Command::new(command[0]).args(&command[1..]).output()?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

fn lines_under(folder: &Path) -> Result<usize> {
    let source = |path: &Path| path.extension().is_some_and(|extension| extension == "rs");
    let mut lines = 0;
    for path in files_under(folder)?.iter().filter(|path| source(path)) {
        lines += fs::read_to_string(path)?.lines().count();
    }
    Ok(lines)
}

fn megabytes_under(folder: &Path) -> Result<f64> {
    let mut bytes = 0;
    for path in files_under(folder)? {
        bytes += fs::metadata(path)?.len();
    }
    Ok(megabytes(bytes))
}

fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_under(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

pub fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
