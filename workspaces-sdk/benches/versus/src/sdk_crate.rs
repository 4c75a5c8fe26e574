//! The cost of the SDK crate: CPU time, memory of the compiler, documentation, source.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::Side;
use crate::process::{self, Usage};
use crate::programs::{STATIC_KEYS, clean, megabytes};
use crate::results::Results;

type Step = (
    &'static [(&'static str, &'static str)],
    fn(Side) -> Result<Vec<f64>>,
);

const STEPS: &[Step] = &[
    (
        &[("lines of source", ""), ("lines of generated source", "")],
        lines,
    ),
    (
        &[
            ("CPU time, build of the SDK crate and its runtime", " s"),
            ("peak memory of that", " MB"),
        ],
        built,
    ),
    (
        &[("CPU time, build of the SDK crate alone", " s")],
        built_alone,
    ),
    (
        &[
            ("CPU time, check of the SDK crate and its runtime", " s"),
            ("peak memory of that check", " MB"),
        ],
        checked,
    ),
    (
        &[
            ("CPU time, rustdoc of the SDK crate and its runtime", " s"),
            ("size of its pages", " MB"),
        ],
        documented,
    ),
    (
        &[
            ("CPU time, build optimized for size", " s"),
            ("binary, optimized for size", " MB"),
        ],
        smallest,
    ),
];

/// Measures what has no result yet. Each step is measured for all sides before the next step.
pub fn measure(sides: &[Side], results: &mut Results) -> Result<()> {
    for (figures, step) in STEPS {
        for side in sides {
            if results.has(figures, *side) {
                continue;
            }
            for ((what, unit), figure) in figures.iter().zip(step(*side)?) {
                results.set(what, unit, *side, figure)?;
            }
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

fn smallest(side: Side) -> Result<Vec<f64>> {
    let folder = target(side).join("small");
    clean(&folder)?;
    let built = cargo(
        side,
        &["build", "--profile", "small", "--package", &package(side)],
    )?;
    let binary = fs::metadata(STATIC_KEYS.binary(side, "small"))?.len();
    clean(&folder)?;
    Ok(vec![built.cpu, megabytes(binary)])
}

fn built(side: Side) -> Result<Vec<f64>> {
    let built = without(side, "build", side.sdk())?;
    Ok(vec![built.cpu, built.peak_mb])
}

/// The SDK crate without its runtime, which is up to date. The runtime of the official crates always is.
fn built_alone(side: Side) -> Result<Vec<f64>> {
    let built = without(side, "build", &side.sdk()[..1])?;
    Ok(vec![built.cpu])
}

fn checked(side: Side) -> Result<Vec<f64>> {
    let checked = without(side, "check", side.sdk())?;
    Ok(vec![checked.cpu, checked.peak_mb])
}

/// Measures a build of the program in which `packages` are not up to date, minus the build of the program itself.
fn without(side: Side, command: &str, packages: &[&str]) -> Result<Usage> {
    let program = package(side);
    let command = [command, "--release", "--package", &program];
    cargo(side, &command)?;
    touch_program()?;
    let program = cargo(side, &command)?;
    cargo(side, &of_packages(packages, &["clean", "--release"]))?;
    let built = cargo(side, &command)?;
    Ok(Usage {
        cpu: built.cpu - program.cpu,
        ..built
    })
}

fn documented(side: Side) -> Result<Vec<f64>> {
    let document = of_packages(side.sdk(), &["doc", "--release", "--no-deps"]);
    cargo(side, &document)?;
    cargo(side, &["clean", "--doc"])?;
    let documented = cargo(side, &document)?;
    let mut pages = 0.0;
    for package in side.sdk() {
        pages += megabytes_under(&target(side).join("doc").join(package.replace('-', "_")))?;
    }
    Ok(vec![documented.cpu, pages])
}

/// The arguments of a Cargo command for some packages.
fn of_packages<'a>(packages: &[&'a str], command: &[&'a str]) -> Vec<&'a str> {
    let packages = packages.iter();
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
    STATIC_KEYS.target(side)
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
