//! `cargo xtask changes`: what changed between two models.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};

use crate::model;

/// What `cargo xtask changes` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The older model: a folder in botocore's layout, or a file, Smithy's too; .gz is read too
    old: PathBuf,
    /// The newer model
    new: PathBuf,
    /// For people, as AWS's pages of API changes, or for machines
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The date that stands in the form of AWS's pages; by default the one in the newer file's name,
    /// or else today
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
}

/// The forms of the report.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Format {
    #[default]
    Markdown,
    Boto,
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    print(&report(arguments)?)?;
    Ok(ExitCode::SUCCESS)
}

fn report(arguments: &Arguments) -> Result<String> {
    let old = model::load(&arguments.old)?;
    let new = model::load(&arguments.new)?;
    let found = codegen::changes::compare(&old, &new)
        .map_err(|faults| model::refused(&faults, "nothing was compared"))?;
    model::warn(&found.warnings);
    Ok(match arguments.format {
        Format::Markdown => found.markdown(),
        Format::Boto => found.boto(&date(arguments)?),
        Format::Json => found.json(),
    })
}

/// Prints a report; a reader who has seen enough is no failure.
pub(crate) fn print(text: &str) -> Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The date of the change as AWS's pages write it.
fn date(arguments: &Arguments) -> Result<String> {
    let date = match &arguments.date {
        Some(date) if is_date(date) => date.clone(),
        Some(date) => bail!("\"{date}\" is no date; write it as 2018-04-30"),
        None => date_in_name(&arguments.new).unwrap_or_else(today),
    };
    Ok(date.replace('-', "/"))
}

/// The date that a file's name begins with. That of a folder is the version of the API.
fn date_in_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let date = name.get(..10).filter(|date| is_date(date))?;
    (!path.is_dir()).then(|| date.to_owned())
}

/// Whether a text is written as a date is: `2018-04-30`.
fn is_date(text: &str) -> bool {
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

/// The date so many days after 1970-01-01.
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
    use crate::{Command, model::root};

    /// The report that a command line asks for, given beside the worked example.
    fn run_line(line: &str) -> Result<String> {
        let words = line.split_whitespace().skip(1);
        let Command::Changes(mut arguments) = crate::Arguments::try_parse_from(words)?.command
        else {
            bail!("not the command");
        };
        let history = root()?.join("models/workspaces/history");
        arguments.old = history.join(arguments.old);
        arguments.new = history.join(arguments.new);
        report(&arguments)
    }

    /// The commands that the README shows do what it says.
    #[test]
    fn commands_of_the_readme() {
        let readme = std::fs::read_to_string(root().unwrap().join("README.md")).unwrap();
        let lines = readme
            .lines()
            .filter(|line| line.starts_with("cargo xtask changes"));
        let reports: Vec<String> = lines.map(|line| run_line(line).unwrap()).collect();
        let [people, aws, machines] = reports.as_slice() else {
            panic!("{} commands", reports.len());
        };
        let rows = people.lines().filter(|line| line.starts_with("| `"));
        assert!(rows.clone().count() > 0, "{people}");
        for row in rows {
            assert!(readme.contains(row), "{row}");
        }
        assert!(people.starts_with("# Amazon WorkSpaces: 9 new, 3 updated operations\n"));
        assert!(aws.starts_with("2018/04/30 - Amazon WorkSpaces - 9 new 3 updated api methods\n"));
        assert!(machines.starts_with("{\n  \"service\": \"Amazon WorkSpaces\""));
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
