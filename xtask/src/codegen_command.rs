//! `cargo xtask codegen`: regenerates the clients of this repository, or generates a crate from any model.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use codegen::Generated;

use crate::checkout::root;
use crate::clients::{CLIENTS, Client};
use crate::files::{self, Changes};
use crate::new_crate::{self, NewCrateOptions};
use crate::outcome::{Outcome, count_lines};
use crate::timings;
use crate::update::Folder;

/// The arguments of `cargo xtask codegen`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; list the generated files that are not up to date, and fail if there are any
    #[arg(long)]
    check: bool,

    /// Generate a crate from this model: a folder in botocore's layout, its service-2.json, or a file in
    /// Smithy's JSON AST, optionally compressed (.gz)
    #[arg(long, value_name = "PATH", requires = "out")]
    pub(crate) model: Option<PathBuf>,

    /// The folder of that crate: a new or empty one, or one that this command wrote
    #[arg(long, value_name = "DIR", requires = "model")]
    out: Option<PathBuf>,

    /// The name of that crate [default: derived from the service, such as dynamodb-sdk]
    #[arg(long, requires = "model")]
    pub(crate) name: Option<String>,

    /// Generate only these operations and the types they need
    #[arg(long, value_name = "A,B,..", value_delimiter = ',', num_args = 1.., requires = "model"
    )]
    pub(crate) operations: Option<Vec<String>>,

    /// Use this protocol of those that the model offers: json, rest-json, rest-xml, smithy-rpc-v2-cbor, query or ec2 [default:
    /// the first of them, or the one in the table rust.json beside the model]
    #[arg(long, value_name = "NAME", requires = "model")]
    pub(crate) protocol: Option<String>,

    /// Replace the crate in DIR even if it is of another service or name, or if you changed or added files in it
    #[arg(long, requires = "model", conflicts_with = "check")]
    force: bool,

    /// Print the duration of each stage in this run (cold) and in repeated runs (warm)
    #[arg(long, long_help = timings::HELP)]
    timings: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let operations = arguments.operations()?;
    let operations = operations.as_deref();
    let outcome = match (&arguments.model, &arguments.out) {
        (Some(model), Some(out)) => new_crate::run(&NewCrateOptions {
            model,
            out,
            name: arguments.name.as_deref(),
            operations,
            protocol: arguments.protocol.as_deref(),
            check: arguments.check,
            force: arguments.force,
        })?,
        _ => {
            root().context("pass --model and --out for the crate of a service")?;
            regenerate(arguments.check)?
        }
    };
    let exit_code = outcome.print();
    if arguments.timings {
        let options = codegen::Options {
            operations,
            protocol: arguments.protocol.as_deref(),
            ..codegen::Options::default()
        };
        let repeated = timings::repeat(arguments.model.as_deref(), &options)?;
        print!("\n{}", timings::table(&outcome.stages, &repeated));
    }
    Ok(exit_code)
}

impl Arguments {
    /// The names in `--operations`, without the spaces around them and the empty name after a comma at the end.
    fn operations(&self) -> Result<Option<Vec<String>>> {
        let names = self.operations.iter().flatten();
        let names = names.map(|name| name.trim().to_owned());
        let names: Vec<String> = names.filter(|it| !it.is_empty()).collect();
        match &self.operations {
            Some(_) if names.is_empty() => bail!("--operations names no operation"),
            operations => Ok(operations.as_ref().map(|_| names)),
        }
    }
}

/// Regenerates all clients of this repository. None is written unless all could be generated and compared.
fn regenerate(check: bool) -> Result<Outcome> {
    let root = root()?;
    let generated: Vec<Generated> = CLIENTS
        .iter()
        .map(Client::generate)
        .collect::<Result<_>>()?;
    let mut compared = Vec::new();
    for (client, mut generated) in CLIENTS.iter().zip(generated) {
        let target = root.join(client.folder);
        // A check writes nothing, and does not wait for other runs.
        let folder = match check {
            true => None,
            false => Some(Folder::open(&target)?),
        };
        let (stages, files) = (&mut generated.stages, &generated.files);
        let changes = stages.time("compare", || files::compare(&target, files))?;
        files::check_orphans(&target, &changes)?;
        compared.push((client, generated, folder, changes));
    }
    let mut outcome = Outcome::default();
    for (client, generated, folder, changes) in compared {
        let Generated {
            files,
            warnings,
            mut stages,
            ..
        } = generated;
        if let Some(folder) = folder {
            stages.time("write", || files::apply(&folder, &files, &changes))?;
            outcome.messages.push(format!(
                "{}: {} files, {} lines, {} written, {} deleted ({} ms)",
                client.folder,
                files.len(),
                count_lines(&files),
                changes.stale.len(),
                changes.orphaned.len(),
                stages.total().as_millis()
            ));
        } else {
            outcome.stale.extend(staleness(client.folder, &changes));
        }
        let warnings = warnings.iter();
        outcome.warnings.extend(warnings.map(ToString::to_string));
        outcome.stages = outcome.stages.chain(stages);
    }
    if check {
        let remedy = "run `cargo xtask codegen` and commit the changes";
        let message = "the generated files are up to date";
        outcome.end_check(message.to_owned(), remedy.to_owned());
    }
    Ok(outcome)
}

/// Returns a line for each file that is not up to date.
fn staleness(folder: &str, changes: &Changes) -> Vec<String> {
    let stale = changes.stale.iter();
    let stale = stale.map(|path| format!("stale: {folder}/{path}"));
    let orphaned = changes.orphaned.iter();
    let orphaned = orphaned.map(|path| format!("no longer generated: {folder}/{path}"));
    stale.chain(orphaned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;

    /// The committed files match the output of the generator for the committed models.
    #[test]
    fn generated_is_up_to_date() {
        let outcome = regenerate(true).unwrap();
        assert_eq!(outcome.stale, Vec::<String>::new());
    }

    /// The same model generates the same files.
    #[test]
    fn generation_is_deterministic() {
        for client in CLIENTS {
            let files = || client.generate().unwrap().files;
            assert_eq!(files(), files(), "{}", client.folder);
        }
    }

    /// The names can be separated by commas, spaces or both.
    #[test]
    fn spaces_around_names_of_operations_are_ignored() {
        use clap::Parser;
        let parse = |operations: &[&str]| {
            let words = ["xtask", "codegen", "--model", "m", "--operations"];
            let words = words.iter().chain(operations).chain(&["--out", "o"]);
            match crate::Arguments::parse_from(words).command {
                crate::Command::Codegen(arguments) => arguments.operations(),
                _ => panic!("not `codegen`"),
            }
        };
        let expected = Some(vec!["A".to_owned(), "B".to_owned()]);
        for words in [
            &["A,B"][..],
            &["A, B"],
            &["A,", "B"],
            &["A", "B"],
            &[" A ,,B,"],
        ] {
            assert_eq!(parse(words).unwrap(), expected, "{words:?}");
        }
        for words in [&[""][..], &[" , "]] {
            let error = parse(words).unwrap_err().to_string();
            assert_eq!(error, "--operations names no operation");
        }
    }

    /// A fault of the option is not a fault of the model.
    #[test]
    fn unknown_operations_are_faults_of_the_option() {
        let operations = ["DescribeTag".to_owned()];
        let options = codegen::Options {
            operations: Some(&operations),
            ..codegen::Options::default()
        };
        let model = root().unwrap().join(model::OURS);
        let error = model::generate(&model, &options).unwrap_err().to_string();
        let expected = "\
            --operations: unknown operation \"DescribeTag\"; did you mean \"DescribeTags\"?\n\
            error: 1 fault in --operations; nothing was written";
        assert_eq!(error, expected);
    }
}
