//! Generates the crates of all services at the same time.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use codegen::package::{CONFIG, Package, RUNTIME, default_name};
use codegen::{Diagnostics, Fault, Options};

use super::faults::Faults;
use super::file::{SdkFile, Service, Text};
use super::history::MODELS;
use super::models::Models;
use crate::{crate_name, model};

/// The names of folders in an SDK that are no services.
const RESERVED: [&str; 4] = [CONFIG, RUNTIME, MODELS, "target"];

/// The operations that the official `aws-config` calls, by the official crates.
const NEEDED_BY_AWS_CONFIG: [(&str, &[&str]); 4] = [
    ("aws-sdk-signin", &["CreateOAuth2Token"]),
    ("aws-sdk-sso", &["GetRoleCredentials"]),
    ("aws-sdk-ssooidc", &["CreateToken"]),
    ("aws-sdk-sts", &["AssumeRole", "AssumeRoleWithWebIdentity"]),
];

/// The generated crate of a service.
#[derive(Debug)]
pub(crate) struct Generated<'a> {
    pub(crate) entry: &'a Service,
    pub(crate) name: String,
    pub(crate) generated: codegen::Generated,
    /// The time it took.
    pub(crate) time: Duration,
}

impl Generated<'_> {
    pub(crate) fn package(&self) -> Package<'_> {
        let version = self.entry.version.as_ref();
        Package {
            folder: &self.entry.key.value,
            name: &self.name,
            version: version.map(|version| version.value.as_str()),
            generated: &self.generated,
        }
    }
}

/// Why a crate could not be generated.
enum Failure {
    /// The model cannot be read.
    Unreadable(anyhow::Error),
    Faults(Diagnostics),
}

/// Generates the crates of all services. `folder` is that of the file.
pub(crate) fn all<'a>(
    file: &'a SdkFile,
    folder: &Path,
    faults: &mut Faults<'_>,
) -> Vec<Generated<'a>> {
    let Some(models) = &file.models else {
        return Vec::new();
    };
    let found = match Models::list(&folder.join(&models.value)) {
        Ok(found) => found,
        Err(error) => {
            faults.add(models.at, "models", format!("{error:#}"));
            return Vec::new();
        }
    };
    let mut jobs = Vec::new();
    for entry in &file.services {
        let Text { value: key, at } = &entry.key;
        match check_key(key).and_then(|()| found.find(key)) {
            Ok(path) => jobs.push((entry, path)),
            Err(message) => faults.add(*at, &format!("services.{key}"), message),
        }
    }
    let mut services = Vec::new();
    for ((entry, _), result) in jobs.iter().zip(in_parallel(&jobs)) {
        match result {
            Ok(generated) => match crate_name::check(&generated.name) {
                Ok(()) => services.push(generated),
                Err(error) => {
                    let message = format!("{error}; set `package`");
                    faults.add(entry.key.at, &path(entry, ""), message);
                }
            },
            Err(failure) => report(entry, failure, faults),
        }
    }
    services
}

/// Checks that the name of a service can be that of a folder.
fn check_key(key: &str) -> Result<(), String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if !key.starts_with(|c: char| c.is_ascii_alphanumeric()) || !key.chars().all(is_allowed) {
        return Err("is not the name of a model, such as \"dynamodb\"".to_owned());
    }
    if RESERVED.contains(&key.to_lowercase().as_str()) {
        return Err("is the name of another folder of the SDK".to_owned());
    }
    Ok(())
}

/// Generates crates with all processors. Returns the results in the order of the jobs.
fn in_parallel<'a>(jobs: &[(&'a Service, &Path)]) -> Vec<Result<Generated<'a>, Failure>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut results = Vec::new();
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some((entry, path)) = jobs.get(index)
        {
            results.push((index, generate(entry, path)));
        }
        results
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut results = thread::scope(|scope| {
        let others = (1..threads.min(jobs.len())).map(|_| scope.spawn(work));
        let others: Vec<_> = others.collect();
        let mut results = work();
        for other in others {
            match other.join() {
                Ok(found) => results.extend(found),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn generate<'a>(entry: &'a Service, path: &Path) -> Result<Generated<'a>, Failure> {
    let start = Instant::now();
    let files = model::load(path).map_err(Failure::Unreadable)?;
    let operations = entry.operation_names();
    let options = Options {
        operations: operations.as_deref(),
        crate_name: entry.package.as_ref().map(|it| it.value.as_str()),
        protocol: entry.protocol.as_ref().map(|it| it.value.as_str()),
        ..Options::default()
    };
    let generated = codegen::generate(&files, &options).map_err(Failure::Faults)?;
    let name = match &entry.package {
        Some(package) => package.value.clone(),
        None => default_name(&generated.metadata.id),
    };
    Ok(Generated {
        entry,
        name,
        generated,
        time: start.elapsed(),
    })
}

/// Adds the faults of a model, and of the lines of the file that select its operations and its protocol.
fn report(entry: &Service, failure: Failure, faults: &mut Faults<'_>) {
    let found = match failure {
        Failure::Unreadable(error) => {
            faults.add(entry.key.at, &path(entry, ""), format!("{error:#}"));
            return;
        }
        Failure::Faults(found) => found,
    };
    let operations = entry.operations.iter().flatten();
    let operations: BTreeMap<&str, usize> =
        operations.map(|it| (it.value.as_str(), it.at)).collect();
    for diagnostic in found.0 {
        if !diagnostic.is_of_option() {
            faults.add_of_model(diagnostic.to_string());
            continue;
        }
        let fault = &diagnostic.fault;
        match (fault, &entry.protocol) {
            (Fault::UnusableProtocol { .. }, Some(protocol)) => {
                faults.add(protocol.at, &path(entry, ".protocol"), fault);
            }
            (fault, _) => {
                let name = match fault {
                    Fault::Unknown { name, .. } => name,
                    _ => &diagnostic.path,
                };
                let at = operations.get(name.as_str()).copied();
                let message = match diagnostic.path.as_str() {
                    "" => fault.to_string(),
                    operation => format!("{operation}: {fault}"),
                };
                let at = at.unwrap_or(entry.key.at);
                faults.add(at, &path(entry, ".operations"), message);
            }
        }
    }
}

fn path(entry: &Service, below: &str) -> String {
    format!("services.{}{below}", entry.key.value)
}

/// Returns the warnings about the crates of services, each with the name of its service.
pub(crate) fn warnings(services: &[Generated<'_>], config: &Option<String>) -> Vec<String> {
    let mut lines = Vec::new();
    for service in services {
        let key = &service.entry.key.value;
        let warnings = service.generated.warnings.iter();
        lines.extend(warnings.map(|warning| format!("{key}: {warning}")));
        let missing = match config.as_deref() {
            // The official crate is replaced, too.
            Some("aws-config") => Vec::new(),
            _ => needed_by_aws_config(service),
        };
        if !missing.is_empty() {
            lines.push(format!(
                "{key}: the official aws-config does not build with this {}, because it calls {}; add that to `operations`, or replace aws-config in [config], too",
                service.name,
                missing.join(" and ")
            ));
        }
    }
    lines
}

/// Returns the operations that the official `aws-config` calls, and that a crate in the place of an official one lacks.
fn needed_by_aws_config(service: &Generated<'_>) -> Vec<&'static str> {
    let (true, Some(names)) = (
        service.package().is_official(),
        service.entry.operation_names(),
    ) else {
        return Vec::new();
    };
    let mut needed = NEEDED_BY_AWS_CONFIG.iter();
    let needed = needed.find(|(package, _)| *package == service.name);
    let needed = needed.map_or(&[][..], |(_, operations)| operations);
    let missing = needed
        .iter()
        .filter(|it| !names.iter().any(|name| name == **it));
    missing.copied().collect()
}
