//! The programs whose builds are measured, and the steps of the measurement.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::Side;
use crate::process::{self, Usage};
use crate::results::Results;
use crate::start;

/// A program that is built with both SDKs.
pub struct Program {
    /// The stem of its source file, and of its binary.
    pub name: &'static str,
    /// The features of the package `versus-SIDE` that it needs, or `None` for a program with a workspace of its own. It has one
    /// if our client does not exist before it is generated.
    pub features: Option<&'static str>,
    /// Whether later rows use its release build.
    pub is_kept: bool,
    /// Further steps, after the release build.
    pub steps: &'static [Step],
}

/// A step of the measurement: the label and unit of each figure, and the function that measures them for a side.
pub type Step = (
    &'static [(&'static str, &'static str)],
    fn(&Program, Side) -> Result<Vec<f64>>,
);

pub const STATIC_KEYS: Program = Program {
    name: "program",
    features: Some(""),
    is_kept: true,
    steps: &[],
};

pub const DEFAULT_CREDENTIALS: Program = Program {
    name: "config",
    features: Some("config"),
    is_kept: true,
    steps: &[
        (
            &[
                ("libraries for TLS", ""),
                ("libraries for cryptography", ""),
            ],
            Program::libraries,
        ),
        (
            &[
                ("CPU time, start to first response", " ms"),
                ("time of that", " ms"),
            ],
            start::measure,
        ),
    ],
};

pub const FOUR_SERVICES: Program = Program {
    name: "four",
    features: None,
    is_kept: false,
    steps: &[],
};

pub const EC2: Program = Program {
    name: "ec2",
    features: None,
    is_kept: false,
    steps: &[],
};

pub const S3: Program = Program {
    name: "s3",
    features: None,
    is_kept: true,
    steps: &[],
};

/// The labels that the picture and the table of README use.
pub const BUILD: &str = "CPU time, release build";
pub const BUILD_AFTER_EDIT: &str = "CPU time, release build after an edit";
pub const DEV_BUILD_AFTER_EDIT: &str = "CPU time, dev build after an edit";
pub const MEMORY: &str = "peak memory, release build";
pub const BINARY: &str = "binary";
pub const CRATES: &str = "crates in the dependency tree";
pub const START: &str = "CPU time, start to first response";

/// The steps that all programs have. A build after an edit continues with the folder of the build before it.
const RELEASE: &[Step] = &[
    (&[(CRATES, "")], Program::crates),
    (
        &[(BUILD, " s"), (MEMORY, " MB"), (BINARY, " MB")],
        Program::release,
    ),
    (&[(BUILD_AFTER_EDIT, " s")], |it, side| {
        it.edited(side, "release")
    }),
];

const DEV: &[Step] = &[
    (
        &[
            ("CPU time, dev build", " s"),
            ("peak memory, dev build", " MB"),
            ("binary, dev build", " MB"),
        ],
        Program::dev,
    ),
    (&[(DEV_BUILD_AFTER_EDIT, " s")], |it, side| {
        it.edited(side, "dev")
    }),
];

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

/// The line that an edit adds to a program.
const EDIT: &str = "    eprintln!(\"edited by versus\");\n";

impl Program {
    /// Measures what has no result yet. Each step is measured for all sides before the next step.
    pub fn measure(&self, sides: &[Side], results: &mut Results) -> Result<()> {
        for side in sides {
            self.fetch(*side);
        }
        for (figures, step) in RELEASE.iter().chain(self.steps).chain(DEV) {
            for side in sides {
                if results.has(figures, *side) {
                    continue;
                }
                let measured = step(self, *side)?;
                for ((what, unit), figure) in figures.iter().zip(measured) {
                    results.set(what, unit, *side, figure)?;
                }
            }
        }
        for side in sides {
            let target = self.target(*side);
            clean(&match self.is_kept {
                true => target.join("debug"),
                false => target,
            })?;
        }
        Ok(())
    }

    fn crates(&self, side: Side) -> Result<Vec<f64>> {
        let crates = self.tree(side)?.len();
        ensure!(
            !self.is_bounded(side) || crates <= MAX_CRATES,
            "{crates} instead of at most {MAX_CRATES} crates"
        );
        Ok(vec![crates as f64])
    }

    fn libraries(&self, side: Side) -> Result<Vec<f64>> {
        let crates = self.tree(side)?;
        let names = crates.iter().filter_map(|name| name.split(' ').next());
        let count = |libraries: &[&str]| {
            let names = names.clone();
            names.filter(|name| libraries.contains(name)).count()
        };
        let figures = [count(&TLS), count(&CRYPTOGRAPHY)];
        ensure!(
            !self.is_bounded(side) || figures == [1, 1],
            "{figures:?} instead of one library each for TLS and cryptography"
        );
        Ok(figures.map(|figure| figure as f64).into())
    }

    fn release(&self, side: Side) -> Result<Vec<f64>> {
        clean(&self.target(side))?;
        let built = self.build(side, "release", &[])?;
        let binary = megabytes(fs::metadata(self.binary(side, "release"))?.len());
        ensure!(
            !self.is_bounded(side) || binary <= MAX_BINARY_MB,
            "the binary has {binary} MB instead of at most {MAX_BINARY_MB}"
        );
        Ok(vec![built.cpu, built.peak_mb, binary])
    }

    fn dev(&self, side: Side) -> Result<Vec<f64>> {
        clean(&self.target(side).join("debug"))?;
        let built = self.build(side, "dev", &[])?;
        let binary = fs::metadata(self.binary(side, "debug"))?.len();
        Ok(vec![built.cpu, built.peak_mb, megabytes(binary)])
    }

    /// Measures the build after a line was added to the program. The line is removed again.
    fn edited(&self, side: Side, profile: &str) -> Result<Vec<f64>> {
        let path = Path::new("programs").join(self.name).with_extension("rs");
        // A run that was interrupted may have left the line.
        let source = fs::read_to_string(&path)?.replace(EDIT, "");
        fs::write(&path, &source)?;
        self.build(side, profile, &[])?;
        let main = source.find("async fn main()").context("no function main")?;
        let body = source[main..].find("{\n").context("no body of main")?;
        let (before, after) = source.split_at(main + body + "{\n".len());
        fs::write(&path, format!("{before}{EDIT}{after}"))?;
        let built = self.build(side, profile, &[]);
        fs::write(&path, &source)?;
        Ok(vec![built?.cpu])
    }

    fn is_bounded(&self, side: Side) -> bool {
        side == Side::Ours && self.name == DEFAULT_CREDENTIALS.name
    }

    /// The crates that the program depends on, with their versions.
    fn tree(&self, side: Side) -> Result<BTreeSet<String>> {
        let mut command = Command::new("cargo");
        command.args(["tree", "--offline", "--edges", "normal", "--prefix", "none"]);
        command.args(self.package(side));
        let output = command.output()?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{errors}");
        let tree = String::from_utf8(output.stdout)?;
        let crates = tree.lines().map(|line| line.trim_end_matches(" (*)"));
        // The tree begins with the program itself.
        Ok(crates.skip(1).map(str::to_owned).collect())
    }

    /// Downloads the crates. Without access to a registry, builds work if the crates are there already.
    pub fn fetch(&self, side: Side) {
        let mut command = Command::new("cargo");
        command.arg("fetch").arg("--quiet");
        if self.features.is_none() {
            command.arg("--manifest-path").arg(self.manifest(side));
        }
        let _ = command.status();
    }

    /// Builds the program with a profile and further arguments of Cargo.
    pub fn build(&self, side: Side, profile: &str, arguments: &[&str]) -> Result<Usage> {
        let binary = self.binary_name(side);
        let command = ["cargo", "build", "--offline", "--profile", profile].map(str::to_owned);
        let mut command = command.to_vec();
        command.extend(self.package(side));
        match arguments {
            [] => command.extend(["--bin".to_owned(), binary]),
            arguments => command.extend(arguments.iter().copied().map(str::to_owned)),
        }
        eprintln!("{}: {}", side.name(), command.join(" "));
        let target = self.target(side);
        let end = [OsStr::new("--target-dir"), target.as_os_str()];
        let command: Vec<_> = command.iter().map(OsStr::new).chain(end).collect();
        Ok(process::run(&command)?.0)
    }

    /// The arguments of Cargo for the package of the program.
    fn package(&self, side: Side) -> Vec<String> {
        let package = format!("versus-{}", side.name());
        let arguments = match self.features {
            Some(features) => ["--package", &package, "--features", features].map(str::to_owned),
            None => {
                let manifest = self.manifest(side).display().to_string();
                return vec!["--manifest-path".to_owned(), manifest];
            }
        };
        arguments.into()
    }

    fn manifest(&self, side: Side) -> PathBuf {
        let folder = Path::new("services").join(side.name()).join(self.name);
        folder.join("Cargo.toml")
    }

    fn binary_name(&self, side: Side) -> String {
        match self.features {
            Some(_) => format!("{}-{}", self.name, side.name()),
            None => self.name.to_owned(),
        }
    }

    pub fn binary(&self, side: Side, folder: &str) -> PathBuf {
        self.target(side).join(folder).join(self.binary_name(side))
    }

    pub fn target(&self, side: Side) -> PathBuf {
        Path::new("target/clean").join(format!("{}-{}", side.name(), self.name))
    }
}

/// Removes a target folder.
pub fn clean(target: &Path) -> Result<()> {
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    Ok(())
}

pub fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
