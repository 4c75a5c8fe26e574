//! Requests to S3.

use std::fs;

use anyhow::Result;

use crate::Side;
use crate::objects;
use crate::process;
use crate::programs::S3;
use crate::requests::{CPU, Metric, Programs};
use crate::results::Results;

/// Requests to S3: the name for the program, a description, and the number in a round.
const REQUESTS: [(&str, &str, usize); 5] = [
    ("get-1024", "GET of 1 KB", 2000),
    ("put-1024", "PUT of 1 KB", 2000),
    ("get-67108864", "GET of 64 MB", 10),
    ("put-67108864", "PUT of 64 MB in memory", 10),
    ("upload-67108864", "PUT of a file of 64 MB", 10),
];

/// Measures the requests to S3.
pub fn time(sides: &[Side], rounds: usize, results: &mut Results) -> Result<()> {
    let build = |side: &Side| {
        S3.fetch(*side);
        S3.build(
            *side,
            "release",
            &["--bin", "objects", "--features", "objects"],
        )?;
        Ok((*side, S3.target(*side).join("release/objects")))
    };
    let programs = Programs::new(sides.iter().map(build).collect::<Result<_>>()?);
    process::stay_on_one_cpu()?;
    let server = objects::start()?;
    let certificate = fs::canonicalize(&server.certificate)?;
    let programs = programs.with_variable("SSL_CERT_FILE", &certificate);
    let memory: Metric = ("peak memory", " MB", |it| it.peak_mb);
    programs.time_each(&server.url, rounds, &REQUESTS, &[CPU, memory], results)
}
