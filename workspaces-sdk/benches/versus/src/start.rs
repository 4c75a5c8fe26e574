//! The time from the start of a program to its first response.

use std::ffi::OsStr;
use std::fs;

use anyhow::{Result, ensure};

use crate::Side;
use crate::process;
use crate::programs::Program;
use crate::server;

/// The number of times that a program is started.
const STARTS: usize = 51;

/// Runs the program with the Region and the keys of a profile.
pub fn measure(program: &Program, side: Side) -> Result<Vec<f64>> {
    program.build(side, "release", &[])?;
    let home = fs::canonicalize(program.target(side))?.join("home");
    fs::create_dir_all(home.join(".aws"))?;
    fs::write(home.join(".aws/config"), "[default]\nregion = eu-west-1\n")?;
    fs::write(
        home.join(".aws/credentials"),
        "[default]\naws_access_key_id = AKID\naws_secret_access_key = SECRET\n",
    )?;
    let binary = program.binary(side, "release");
    let endpoint = format!("AWS_ENDPOINT_URL={}/page-1", server::start()?);
    let home = format!("HOME={}", home.display());
    let command = ["env", "-i", &home, &endpoint].map(OsStr::new);
    let command = [&command[..], &[binary.as_os_str()]].concat();
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

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
