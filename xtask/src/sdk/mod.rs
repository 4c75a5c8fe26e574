//! `lean-aws sdk FILE`: an SDK of the services and operations that a program uses.

mod faults;
mod file;
mod generate;
mod history;
pub(crate) mod models;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, anyhow, bail};
use codegen::Files;
use codegen::package::{CONFIG, Config, Package, RUNTIME, Workspace};

use self::faults::Faults;
use self::file::{SdkFile, Text, folder_of};
use self::generate::Generated;
use self::table::Row;
use crate::outcome::Outcome;
use crate::program;
use crate::record::{Identity, RECORD, Record};
use crate::update::{Folder, exists};
use crate::{embedded, enclosing, read, workspace};

/// The arguments of the command.
#[derive(Debug, clap::Args)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The file that names the models, services and operations
    #[arg(default_value = "sdk.toml")]
    file: PathBuf,

    /// Write nothing; list the files of the SDK that are not up to date, and fail if there are any
    #[arg(long)]
    check: bool,

    /// Replace the SDK even if it is of another file, or if you changed or added files in it
    #[arg(long, conflicts_with = "check")]
    force: bool,
}

/// The description of the file in the long help.
const HELP: &str = "\
The file, with paths relative to its folder. The models come with boto3 and version 1 of the AWS CLI, in `botocore/data`; the
newest are at https://github.com/boto/botocore and, in Smithy's format, https://github.com/aws/api-models-aws.

  models = \"../botocore/botocore/data\"          # the folder `data` of botocore, or one of Smithy models
  out = \"sdk\"                                   # the folder to write [default: sdk]
  name = \"sdk\"                                  # packages NAME-runtime and NAME-config [default: sdk]

  [services.dynamodb]                           # the name of the model, or of the official crate
  operations = [\"GetItem\", \"PutItem\", \"Query\"]  # [default: all]
  package = \"aws-sdk-dynamodb\"                  # the name of the crate [default: dynamodb-sdk]
  version = \"1.136.0\"                           # its version [default: that of this program]
  protocol = \"json\"                             # one that the model offers [default: the first of them]

  [config]                                      # writes lean-aws-config, too
  package = \"aws-config\"
  version = \"1.13.0\"

Every other key is optional. A crate with the package and a version of the official one can take its place, also
below other crates; the README of the SDK has the lines for [patch.crates-io].";

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    Ok(generate_sdk(arguments)?.print())
}

/// Runs the command with a file and without options.
#[cfg(test)]
pub(crate) fn generate_file(file: &Path) -> Result<Outcome> {
    generate_sdk(&Arguments {
        file: file.to_owned(),
        check: false,
        force: false,
    })
}

fn generate_sdk(arguments: &Arguments) -> Result<Outcome> {
    let start = Instant::now();
    let path = arguments.file.as_path();
    if !exists(path) {
        bail!(
            "{} does not exist; `{} sdk --help` says what it contains",
            path.display(),
            program()
        );
    }
    let text = String::from_utf8(read::read_up_to(path, read::MIB)?)
        .map_err(|_| anyhow!("cannot read {}: it is not text in UTF-8", path.display()))?;
    let mut faults = Faults::new(path, &text);
    let Some(file) = file::parse(&text, &mut faults) else {
        return Err(faults.into_error());
    };
    let out = folder_of(path).join(&file.out);
    // An existing folder stays locked while the SDK is generated. A check does not wait for other runs.
    let existing = match arguments.check {
        true => None,
        false => workspace::open_existing(&out)?,
    };
    let services = generate::all(&file, folder_of(path), &mut faults);
    let config_name = config_name(&file);
    check_names(&file, &services, &config_name, &mut faults);
    faults.into_result()?;

    let source = relative(&out, path)?;
    let mut files = files(&file, &services, &config_name, &source)?;
    files.extend(history::files(&services));
    let changes = history::changes(&out, &services);
    let identity = Identity::of_sdk(&source);
    let record = Record::new(identity, &files);
    files.insert(RECORD.to_owned(), record.to_text());
    let mut outcome = Outcome {
        warnings: generate::warnings(&services, &config_name),
        ..Outcome::default()
    };
    outcome.warnings.extend(enclosing::warning(&out));
    if arguments.check {
        outcome.stale = workspace::stale(&out, &record, &files)?;
        let command = format!("{} sdk {}", program(), path.display());
        outcome.end_check(
            format!("{} is up to date", out.display()),
            format!("run `{command}` and commit the changes"),
        );
        outcome.messages.extend(changes);
        return Ok(outcome);
    }
    let folder = existing.map_or_else(|| Folder::open(&out), Ok)?;
    let changed = workspace::write(&folder, &record, &files, arguments.force)?;
    outcome.messages = table::lines(&rows(&file, &services, &config_name, &files));
    outcome.messages.push(String::new());
    outcome.messages.push(format!(
        "{}: {} files, {} written, {} removed ({:.1} s)",
        out.display(),
        files.len(),
        changed.written,
        changed.removed,
        start.elapsed().as_secs_f64()
    ));
    outcome.messages.extend(changes);
    Ok(outcome)
}

/// The name of the package of `lean-aws-config`, if the SDK has it.
fn config_name(file: &SdkFile) -> Option<String> {
    let config = file.config.as_ref()?;
    let name = config.package.as_ref().map(|package| package.value.clone());
    Some(name.unwrap_or_else(|| format!("{}-config", file.name)))
}

/// Checks that no two packages have the same name. Cargo builds libraries whose names differ in `-` and `_` to the same file.
fn check_names(
    file: &SdkFile,
    services: &[Generated<'_>],
    config: &Option<String>,
    faults: &mut Faults<'_>,
) {
    let mut names = BTreeMap::new();
    let library = |name: &str| name.to_lowercase().replace('-', "_");
    names.insert(library(&format!("{}-runtime", file.name)), "the runtime");
    if let Some(name) = config {
        names.insert(library(name), "lean-aws-config");
    }
    for service in services {
        let Text { value: key, at } = &service.entry.key;
        let name = &service.name;
        if let Some(other) = names.insert(library(name), key) {
            let message = format!(
                "its crate is called {name}, as that of {other}; set `package` to another name"
            );
            faults.add(*at, &format!("services.{key}"), message);
        }
    }
}

/// All files of the SDK, except for its record. `source` is the path of `sdk.toml` from the folder of the SDK.
fn files(
    file: &SdkFile,
    services: &[Generated<'_>],
    config: &Option<String>,
    source: &str,
) -> Result<Files> {
    let packages: Vec<Package<'_>> = services.iter().map(Generated::package).collect();
    let config_files = embedded::CONFIG.files()?;
    let version = file.config.as_ref().and_then(|it| it.version.as_ref());
    let config = config.as_ref().map(|name| Config {
        files: &config_files,
        name,
        version: version.map(|version| version.value.as_str()),
    });
    workspace::files(&Workspace {
        name: &file.name,
        location: &format!("{}/", file.out.trim_end_matches('/')),
        command: &format!("lean-aws sdk {source}"),
        runtime: &embedded::RUNTIME.files()?,
        config,
        packages: &packages,
    })
}

/// The rows of the table: the services, and the crates that they share.
fn rows(
    file: &SdkFile,
    services: &[Generated<'_>],
    config: &Option<String>,
    files: &Files,
) -> Vec<Row> {
    let lines = |folder: &str| {
        let prefix = format!("{folder}/");
        let files = files.iter().filter(|(path, _)| path.starts_with(&prefix));
        files.map(|(_, text)| text.lines().count()).sum()
    };
    let shared = |folder: &str, name: String| Row {
        lines: lines(folder),
        folder: folder.to_owned(),
        package: name,
        operations: None,
        seconds: None,
    };
    let services = services.iter().map(|service| Row {
        folder: service.entry.key.value.clone(),
        package: service.name.clone(),
        operations: Some(service.generated.metadata.operations),
        lines: lines(&service.entry.key.value),
        seconds: Some(service.time.as_secs_f64()),
    });
    let config = config.clone().map(|name| shared(CONFIG, name));
    let runtime = shared(RUNTIME, format!("{}-runtime", file.name));
    services.chain(config).chain([runtime]).collect()
}

/// The path of the file from the folder of the SDK, separated by `/`.
fn relative(out: &Path, file: &Path) -> Result<String> {
    let (out, file) = (real(out)?, real(file)?);
    let common = out.components().zip(file.components());
    let common = common.take_while(|(one, other)| one == other).count();
    let up = out.components().skip(common).map(|_| "..".to_owned());
    let down = file.components().skip(common);
    let down = down.map(|it| it.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}

/// The absolute path of a file or folder, without links, as far as it exists.
fn real(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut existing = absolute.as_path();
    loop {
        if let Ok(real) = existing.canonicalize() {
            let rest = absolute.strip_prefix(existing).unwrap_or(Path::new(""));
            let mut real = real;
            for part in rest.components() {
                match part {
                    Component::ParentDir => drop(real.pop()),
                    part => real.push(part),
                }
            }
            return Ok(real);
        }
        existing = existing
            .parent()
            .with_context(|| format!("cannot find {}", path.display()))?;
    }
}
