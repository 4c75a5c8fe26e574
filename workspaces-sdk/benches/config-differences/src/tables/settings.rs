//! Environments and profiles, and their settings.

use aws_config::BehaviorVersion;

use super::data::settings::{CONFIG, Case, VARIABLES, clients, describe, endpoints, regions};
use super::inputs::{Inputs, Side};
use super::{Outcome, Row};

/// A name, and the function that returns the version.
type Version = (&'static str, fn() -> BehaviorVersion);

#[allow(deprecated, reason = "older programs use older versions")]
const VERSIONS: [Version; 5] = [
    ("behavior version 2023-11-09", BehaviorVersion::v2023_11_09),
    ("behavior version 2024-03-28", BehaviorVersion::v2024_03_28),
    ("behavior version 2025-01-17", BehaviorVersion::v2025_01_17),
    ("behavior version 2025-08-07", BehaviorVersion::v2025_08_07),
    ("behavior version 2026-01-12", BehaviorVersion::v2026_01_12),
];

pub fn rows() -> Vec<Row> {
    let tables = [regions::CASES, endpoints::CASES, clients::CASES].into_iter();
    let rows = tables.flatten().map(|case| Row {
        source: "settings",
        name: case.name,
        run: Box::new(move |side| Box::pin(run(case, BehaviorVersion::latest(), side))),
    });
    let versions = VERSIONS.into_iter().map(|(name, version)| Row {
        source: "settings",
        name,
        run: Box::new(move |side| Box::pin(run(&regions::CASES[0], version(), side))),
    });
    rows.chain(versions).collect()
}

async fn run(case: &'static Case, behavior_version: BehaviorVersion, side: Side) -> Outcome {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let mut inputs = Inputs {
        env: VARIABLES.iter().chain(case.env).map(owned).collect(),
        behavior_version,
        ..Inputs::default()
    };
    if !case.config.is_empty() {
        inputs.files.extend([owned(&(CONFIG, case.config))]);
    }
    let config = inputs.load(side).await;
    let mut settings = describe(&config);
    let mut add = |name: &str, is_set: bool| {
        settings.insert(name.to_owned(), is_set.to_string());
    };
    add(
        "credentials provider",
        config.credentials_provider().is_some(),
    );
    add("token provider", config.token_provider().is_some());
    add("identity cache", config.identity_cache().is_some());
    add("HTTP client", config.http_client().is_some());
    add("sleep implementation", config.sleep_impl().is_some());
    add("time source", config.time_source().is_some());
    add("protocol", config.protocol().is_some());
    let protection = config.stalled_stream_protection();
    add("stalled stream protection", protection.is_some());
    add(
        "same version",
        config.behavior_version() == Some(behavior_version),
    );
    settings.insert(
        "timeouts".to_owned(),
        format!("{:?}", config.timeout_config()),
    );
    let settings = settings
        .iter()
        .map(|(name, value)| format!("{name}: {value}"));
    Outcome::without_requests(settings.collect::<Vec<_>>().join(", "))
}
