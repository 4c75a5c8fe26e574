//! Programs that use S3 and EC2, whose clients are generated from the models of botocore.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::Side;
use crate::builds::{clean, megabytes, tree};
use crate::objects::Server;
use crate::process::{self, Usage};
use crate::requests::Programs;
use crate::table::{Figures, Table};

/// A service with a program.
pub struct Service {
    /// The name of the program and of the model.
    name: &'static str,
    title: &'static str,
}

pub const S3: Service = Service {
    name: "s3",
    title: "S3",
};

pub const EC2: Service = Service {
    name: "ec2",
    title: "EC2",
};

/// Requests to S3: the name for the program, a description, and the number in a round.
const REQUESTS: [(&str, &str, usize); 5] = [
    ("get-1024", "GET of 1 KB", 2000),
    ("put-1024", "PUT of 1 KB", 2000),
    ("get-67108864", "GET of 64 MB", 10),
    ("put-67108864", "PUT of 64 MB in memory", 10),
    ("upload-67108864", "PUT of a file of 64 MB", 10),
];

impl Service {
    /// Generates our client, with all operations, from the folder with the models of botocore.
    pub fn generate(&self, models: &Path) -> Result<()> {
        let model = fs::canonicalize(models)?.join(self.name);
        let client = std::env::current_dir()?
            .join("target/clients")
            .join(self.name);
        let package = format!("aws-sdk-{}", self.name);
        let generate = ["cargo", "xtask", "codegen", "--name", &package, "--model"].map(OsStr::new);
        let paths = [model.as_os_str(), OsStr::new("--out"), client.as_os_str()];
        eprintln!("ours: cargo xtask codegen --model {}", model.display());
        process::run_in(Path::new("../../.."), &[&generate[..], &paths].concat())?;
        Ok(())
    }

    /// Measures the build of the program.
    pub fn build(&self, sides: &[Side], table: &mut Table) -> Result<()> {
        let mut figures = [Figures::default(); 4];
        for side in sides {
            let target = self.target(*side);
            clean(&target)?;
            let built = self.cargo_build(*side, &["--bin", self.name])?;
            let binary = fs::metadata(target.join("release").join(self.name))?.len();
            let manifest = self.manifest(*side).display().to_string();
            let crates = tree(&["--manifest-path", &manifest])?.len() as f64;
            let values = [crates, built.cpu, built.peak_mb, megabytes(binary)];
            for (figures, value) in figures.iter_mut().zip(values) {
                figures.set(*side, value);
            }
        }
        let [crates, cpu, memory, binary] = figures;
        let title = self.title;
        table.row(format!("crates of a program with {title}"), "", crates);
        table.row(format!("CPU time, clean build with {title}"), " s", cpu);
        table.row("peak memory of that", " MB", memory);
        table.row("binary of that", " MB", binary);
        Ok(())
    }

    /// Builds a program with these arguments of Cargo.
    fn cargo_build(&self, side: Side, program: &[&str]) -> Result<Usage> {
        eprintln!(
            "{}: cargo build --release {}",
            side.name(),
            program.join(" ")
        );
        let (manifest, target) = (self.manifest(side), self.target(side));
        let build = ["cargo", "build", "--release", "--manifest-path"].map(OsStr::new);
        let paths = [
            manifest.as_os_str(),
            OsStr::new("--target-dir"),
            target.as_os_str(),
        ];
        let program: Vec<_> = program.iter().map(OsStr::new).collect();
        Ok(process::run(&[&build[..], &paths, &program].concat())?.0)
    }

    /// The manifest of the program. Each program is a workspace, because our client does not exist before it is generated.
    fn manifest(&self, side: Side) -> PathBuf {
        Path::new("services")
            .join(side.name())
            .join(self.name)
            .join("Cargo.toml")
    }

    fn target(&self, side: Side) -> PathBuf {
        Path::new("target/clean").join(format!("{}-{}", side.name(), self.name))
    }
}

/// Builds the programs that send requests to S3.
pub fn requests(sides: &[Side]) -> Result<Programs> {
    let program = |side: &Side| {
        S3.cargo_build(*side, &["--bin", "objects", "--features", "objects"])?;
        Ok((*side, S3.target(*side).join("release/objects")))
    };
    Ok(Programs::new(
        sides.iter().map(program).collect::<Result<_>>()?,
    ))
}

/// Measures the requests to S3.
pub fn time(programs: Programs, server: &Server, rounds: usize, table: &mut Table) -> Result<()> {
    let certificate = fs::canonicalize(&server.certificate)?;
    let programs = programs.with_variable("SSL_CERT_FILE", &certificate);
    for (scenario, what, count) in REQUESTS {
        let round = programs.rounds(rounds, &server.url, scenario, count, 1)?;
        table.row(
            format!("CPU time, {what}"),
            " µs",
            round.median(|it| it.cpu_us),
        );
        table.row("peak memory of that", " MB", round.median(|it| it.peak_mb));
    }
    Ok(())
}
