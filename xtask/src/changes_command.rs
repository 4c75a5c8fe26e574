//! `cargo xtask changes`: reports what changed between two models.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use codegen::printable;

use crate::model;
use crate::sdk::models::service_id;

/// The arguments of `cargo xtask changes`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The older model: a folder in botocore's layout, its service-2.json, or a file in Smithy's JSON AST,
    /// optionally compressed (.gz)
    old: PathBuf,
    /// The newer model
    new: PathBuf,
    /// The format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The date in the boto format [default: the date at the start of the newer file's name, or today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
}

/// The formats of a report.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Format {
    /// Markdown, for people
    #[default]
    Markdown,
    /// The text format of AWS's API change pages
    Boto,
    /// JSON, for programs
    Json,
    /// A page of HTML that needs no other file, with the old and new state side by side
    Html,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    print(&report(arguments)?)?;
    Ok(ExitCode::SUCCESS)
}

fn report(arguments: &Arguments) -> Result<String> {
    let old = model::load(&arguments.old)?;
    let new = model::load(&arguments.new)?;
    if let (Some(older), Some(newer)) = (service_id(&arguments.old), service_id(&arguments.new))
        && older != newer
    {
        eprintln!(
            "warning: the models are of two services, {} and {}",
            printable(&format!("{older:?}")),
            printable(&format!("{newer:?}"))
        );
    }
    let comparison = codegen::changes::compare(&old, &new)
        .map_err(|faults| model::refused(&faults, "nothing was compared"))?;
    model::warn(&comparison.warnings);
    Ok(match arguments.format {
        Format::Markdown => comparison.to_markdown(),
        Format::Boto => comparison.to_boto_page(&date(arguments)?),
        Format::Json => comparison.to_json(),
        Format::Html => comparison.to_html(),
    })
}

/// Prints a report, in which invisible characters are escaped. A closed pipe, as after `| head`, is not an error.
pub(crate) fn print(text: &str) -> Result<()> {
    match std::io::stdout().write_all(printable(text).as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The date of the change in the format of AWS's pages.
fn date(arguments: &Arguments) -> Result<String> {
    let date = match &arguments.date {
        Some(date) if is_date(date) => date.clone(),
        Some(date) => bail!("\"{date}\" is not a date such as 2018-04-30"),
        None => date_in_name(&arguments.new).unwrap_or_else(today),
    };
    Ok(date.replace('-', "/"))
}

/// The date at the start of a file's name. A folder is named after the API version, which is not the date
/// of the change.
fn date_in_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let date = name.get(..10).filter(|date| is_date(date))?;
    (!path.is_dir()).then(|| date.to_owned())
}

/// Whether a string has the form of a date: `2018-04-30`.
pub(crate) fn is_date(text: &str) -> bool {
    let fits = |(i, c): (usize, char)| match i {
        4 | 7 => c == '-',
        _ => c.is_ascii_digit(),
    };
    text.len() == 10 && text.chars().enumerate().all(fits)
}

fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    civil_date(since.unwrap_or_default().as_secs() / 86_400)
}

/// The date that is `days` days after 1970-01-01.
fn civil_date(days: u64) -> String {
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let (mut year, mut rest) = (1970, days);
    while rest >= 365 + u64::from(is_leap(year)) {
        rest -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", rest + 1)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::{Command, checkout::root};

    /// Runs a command line in the folder of the example models, and returns the report.
    fn run_line(line: &str) -> Result<String> {
        let words = line.split_whitespace().skip(1);
        let Command::Changes(mut arguments) = crate::Arguments::try_parse_from(words)?.command
        else {
            bail!("not `cargo xtask changes`");
        };
        let history = root()?.join("models/workspaces/history");
        arguments.old = history.join(arguments.old);
        arguments.new = history.join(arguments.new);
        report(&arguments)
    }

    /// The commands in the README produce the output shown there.
    #[test]
    fn readme_commands() {
        let readme = std::fs::read_to_string(root().unwrap().join("xtask/README.md")).unwrap();
        let lines = readme
            .lines()
            .filter(|line| line.starts_with("cargo xtask changes"));
        let reports: Vec<String> = lines.map(|line| run_line(line).unwrap()).collect();
        let [markdown, boto, json, html] = reports.as_slice() else {
            panic!("{} commands", reports.len());
        };
        let rows = markdown.lines().filter(|line| line.starts_with("| `"));
        assert!(rows.clone().count() > 0, "{markdown}");
        for line in rows {
            assert!(readme.contains(line), "{line}");
        }
        assert!(markdown.starts_with("# Amazon WorkSpaces: 9 new, 3 updated operations\n"));
        assert!(boto.starts_with("2018/04/30 - Amazon WorkSpaces - 9 new 3 updated api methods\n"));
        assert!(json.starts_with("{\n  \"service\": \"Amazon WorkSpaces\""));
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"));
    }

    #[test]
    fn dates() {
        for (days, date) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (17_651, "2018-04-30"),
            (11_016, "2000-02-29"),
            (19_722, "2023-12-31"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(civil_date(days), date);
        }
        let in_name = |name| date_in_name(Path::new(name));
        assert_eq!(
            in_name("a/2018-04-30.service-2.json").as_deref(),
            Some("2018-04-30")
        );
        assert_eq!(in_name("2018-04-30/service-2.json"), None);
        let model = "2018-04-30.service-2.json";
        let line = format!("cargo xtask changes {model} {model} --format boto --date");
        let page = run_line(&format!("{line} 2020-01-02")).unwrap();
        assert_eq!(page, "2020/01/02 - Amazon WorkSpaces - api methods\n");
        assert!(run_line(&format!("{line} 30.4.2018")).is_err());
    }
}
