//! Every command that the README shows is one, and something runs it.

use clap::Parser;

use crate::model::root;
use crate::new_crate::{self, Order};
use crate::{Arguments, Command};

fn read(path: &str) -> String {
    std::fs::read_to_string(root().unwrap().join(path)).unwrap()
}

/// The lines of the README's blocks for a shell.
fn commands(readme: &str) -> Vec<&str> {
    let mut blocks = readme.lines().map(str::trim_start);
    let mut found = Vec::new();
    while blocks.any(|line| line == "```sh") {
        found.extend(blocks.by_ref().take_while(|line| *line != "```"));
    }
    found
}

/// What the options of a command line say.
fn parsed(line: &str) -> Command {
    let words = line.split_whitespace().skip(1);
    let parsed = Arguments::try_parse_from(words);
    parsed
        .unwrap_or_else(|error| panic!("{line}: {error}"))
        .command
}

/// `cargo xtask` understands its own lines, and a test for each stands beside the command or below;
/// examples are run by a test of the crate, and all else by `.ci/run`.
#[test]
fn every_command_is_run() {
    let (readme, ci, examples) = (
        read("README.md"),
        read(".ci/run"),
        read("workspaces-sdk/tests/examples.rs"),
    );
    let commands = commands(&readme);
    assert!(commands.len() > 10, "{commands:?}");
    for line in commands {
        if line.starts_with("cargo xtask ") {
            parsed(line);
        } else if let Some(rest) = line.strip_prefix("cargo run --example ") {
            let name = rest.split(' ').next().unwrap();
            assert!(examples.contains(&format!("\"{name}\"")), "{line}");
        } else {
            let is_setting = line.starts_with("cd ") || line.starts_with("export ");
            assert!(
                is_setting || line == ".ci/run" || ci.lines().any(|it| it.ends_with(line)),
                "{line}"
            );
        }
    }
}

/// The crate that the README has made comes about, and what it says of it is what is said.
#[test]
fn the_crate_of_the_readme() {
    let readme = read("README.md");
    let line = commands(&readme)
        .into_iter()
        .find(|line| line.contains("--model"));
    let Command::Codegen(arguments) = parsed(line.unwrap()) else {
        panic!("another command");
    };
    let folder = std::env::temp_dir().join(format!("xtask-readme-{}", std::process::id()));
    let made = new_crate::run(&Order {
        model: &root().unwrap().join(arguments.model.unwrap()),
        out: &folder.join("made"),
        name: arguments.name.as_deref(),
        operations: arguments.operations.as_deref(),
    });
    std::fs::remove_dir_all(&folder).unwrap();
    let said = made.unwrap().said;
    assert!(
        readme.contains(&format!("```text\n{}\n", said[0])),
        "{said:?}"
    );
}
