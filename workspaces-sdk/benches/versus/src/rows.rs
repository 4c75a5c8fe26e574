//! The rows of the comparison, each of which is measured on its own.

use anyhow::Result;

use crate::programs::{DEFAULT_CREDENTIALS, EC2, FOUR_SERVICES, Program, S3, STATIC_KEYS};
use crate::requests::Programs;
use crate::results::Results;
use crate::{Side, generated, process, s3, sdk_crate, server};

/// A row.
pub struct Row {
    pub name: &'static str,
    pub title: &'static str,
    /// The CPU time that it takes for both sides, roughly.
    pub minutes: u32,
    /// The client that is generated first. All but that for CBOR need the models of botocore.
    pub client: Option<&'static str>,
    pub kind: Kind,
}

/// What a row measures.
pub enum Kind {
    Program(&'static Program),
    SdkCrate,
    Requests { is_cbor: bool },
    Counts,
    Objects,
}

const fn row(
    name: &'static str,
    title: &'static str,
    minutes: u32,
    client: Option<&'static str>,
    kind: Kind,
) -> Row {
    Row {
        name,
        title,
        minutes,
        client,
        kind,
    }
}

/// Requests are the last rows, because they restrict the process to one CPU.
pub const ROWS: &[Row] = &[
    row(
        "static-keys",
        "WorkSpaces with static keys",
        15,
        None,
        Kind::Program(&STATIC_KEYS),
    ),
    row(
        "default-credentials",
        "WorkSpaces with default credentials",
        18,
        None,
        Kind::Program(&DEFAULT_CREDENTIALS),
    ),
    row(
        "four-services",
        "DynamoDB, S3, STS and WorkSpaces with default credentials",
        30,
        Some("four"),
        Kind::Program(&FOUR_SERVICES),
    ),
    row(
        "ec2",
        "EC2 with five operations",
        30,
        Some("ec2"),
        Kind::Program(&EC2),
    ),
    row("s3", "S3", 16, Some("s3"), Kind::Program(&S3)),
    row("sdk-crate", "the SDK crate", 12, None, Kind::SdkCrate),
    row(
        "json",
        "requests over JSON",
        10,
        None,
        Kind::Requests { is_cbor: false },
    ),
    row(
        "cbor",
        "requests over CBOR; the official crate: JSON",
        8,
        Some("cbor"),
        Kind::Requests { is_cbor: true },
    ),
    row(
        "counts",
        "instructions and allocations",
        15,
        None,
        Kind::Counts,
    ),
    row("objects", "requests to S3", 8, Some("s3"), Kind::Objects),
];

impl Row {
    pub fn needs_models(&self) -> bool {
        self.client.is_some_and(|client| client != "cbor")
    }

    /// The sides that the row has figures of.
    pub fn sides(&self, is_ours_alone: bool) -> &'static [Side] {
        let has_floor = matches!(self.kind, Kind::Requests { .. } | Kind::Counts);
        match (is_ours_alone, has_floor) {
            (true, true) => &[Side::Ours, Side::Floor],
            (true, false) => &[Side::Ours],
            (false, true) => &[Side::Official, Side::Ours, Side::Floor],
            (false, false) => &[Side::Official, Side::Ours],
        }
    }

    pub fn measure(&self, options: &crate::Options, results: &mut Results) -> Result<()> {
        if let Some(client) = self.client {
            generated::generate(client, options.models.as_deref())?;
        }
        let sides = self.sides(options.ours);
        match &self.kind {
            Kind::Program(program) => program.measure(sides, results)?,
            Kind::SdkCrate => sdk_crate::measure(sides, results)?,
            Kind::Objects => s3::time(sides, options.rounds, results)?,
            Kind::Counts => {
                let programs = Programs::build(sides, false)?;
                process::stay_on_one_cpu()?;
                programs.count(&server::start()?, results)?;
            }
            Kind::Requests { is_cbor } => {
                let programs = Programs::build(sides, *is_cbor)?;
                process::stay_on_one_cpu()?;
                let server = server::start()?;
                match is_cbor {
                    true => programs.time_cpu(&server, options.rounds, results)?,
                    false => programs.time(&server, options.rounds, results)?,
                }
            }
        }
        results.complete(sides)
    }
}
