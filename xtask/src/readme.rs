//! Tests of the commands in the READMEs of the project and of this crate.

use clap::Parser;
use tempfile::TempDir;

use crate::checkout::root;
use crate::model;
use crate::new_crate::{self, NewCrateOptions};
use crate::{Arguments, Command, sdk};

fn read(path: &str) -> String {
    std::fs::read_to_string(root().unwrap().join(path)).unwrap()
}

/// Returns the lines of all `sh` code blocks.
fn commands(readme: &str) -> Vec<&str> {
    let mut blocks = readme.lines().map(str::trim_start);
    let mut found = Vec::new();
    while blocks.any(|line| line == "```sh") {
        found.extend(blocks.by_ref().take_while(|line| *line != "```"));
    }
    found
}

/// Parses a `cargo xtask` command line.
fn parse(line: &str) -> Command {
    let words = line.split_whitespace().skip(1);
    let arguments = Arguments::try_parse_from(words);
    arguments
        .unwrap_or_else(|error| panic!("{line}: {error}"))
        .command
}

/// Every command is tested: this test parses the `cargo xtask` command lines, whose effects other tests check; a test of their
/// package runs the examples; `.ci/run` runs the other commands.
#[test]
fn every_command_is_tested() {
    let (readme, ci, examples) = (
        ["README.md", "CONTRIBUTING.md", "xtask/README.md"]
            .map(read)
            .concat(),
        read(".ci/run"),
        read("workspaces-sdk/examples/tests/examples.rs"),
    );
    let commands = commands(&readme);
    assert!(commands.len() > 10, "{commands:?}");
    for line in commands {
        if line.starts_with("cargo xtask ") {
            parse(line);
        } else if let Some(rest) = line.strip_prefix("cargo run --example ") {
            let name = rest.split(' ').next().unwrap();
            assert!(examples.contains(&format!("\"{name}\"")), "{line}");
        } else if line == "cargo install --locked --path xtask" {
            // A test of this crate runs the program outside of the checkout.
            assert!(root().unwrap().join("xtask/tests/installed.rs").exists());
        } else if let Some(rest) = line.strip_prefix("cd ") {
            // The command in the same line is the benchmark, which takes hours.
            let folder = rest.split(" && ").next().unwrap();
            assert!(root().unwrap().join(folder).is_dir(), "{line}");
        } else {
            let is_shell = line == ".ci/run" || line.starts_with("export ");
            assert!(
                is_shell || ci.lines().any(|it| it.ends_with(line)),
                "{line}"
            );
        }
    }
}

/// The table of the README has the published figures of the benchmark.
#[test]
fn measured_figures() {
    let readme = read("README.md");
    let published = read("workspaces-sdk/benches/versus/published/readme.md");
    assert!(published.lines().count() > 10);
    assert!(
        readme.contains(&published),
        "the tables differ:\n{published}"
    );
}

/// The numbers of calls, faults and differences in the READMEs are those that the benchmark found.
#[test]
fn compared_failures() {
    let found = read("workspaces-sdk/benches/versus/published/failures.md");
    let words = found.lines().next_back().unwrap().split_whitespace();
    let numbers: Vec<&str> = words.filter(|it| it.parse::<u32>().is_ok()).collect();
    let [calls, faults, _, _, of_faults] = numbers[..] else {
        panic!("{numbers:?}");
    };
    let in_readme = [
        format!("{calls} calls under {faults} faults"),
        format!("[{of_faults} faults]"),
    ];
    let in_method = [format!("{calls} calls"), format!("{faults} faults")];
    for (file, texts) in [
        ("README.md", in_readme),
        ("workspaces-sdk/benches/versus/README.md", in_method),
    ] {
        let readme = read(file);
        let words: Vec<&str> = readme.split_whitespace().collect();
        let readme = words.join(" ");
        for text in texts {
            assert!(readme.contains(&text), "{file} lacks: {text}");
        }
    }
}

/// The file in the README and its command write the SDK with the table shown there. Its models are those of this repository.
#[test]
fn generated_sdk() {
    let readme = read("README.md");
    let commands = commands(&readme);
    let line = commands.iter().find(|line| line.contains(" sdk "));
    let Command::Sdk(_) = parse(line.unwrap()) else {
        panic!("not `sdk`");
    };
    let (_, after) = readme.split_once("```toml\nmodels = ").unwrap();
    let (file, after) = after.split_once("```").unwrap();
    let (_, file) = file.split_once('\n').unwrap();
    let (_, table) = after.split_once("```text\n").unwrap();
    let (table, _) = table.split_once("```").unwrap();

    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let models = root().unwrap().join("models");
    let text = format!("models = {models:?}\n{file}");
    std::fs::write(folder.join("sdk.toml"), text).unwrap();
    let outcome = sdk::generate_file(&folder.join("sdk.toml"));
    // The numbers of lines change with every change of the generator.
    let columns = |line: &str| {
        let words = line.split_whitespace().take(3).map(str::to_owned);
        let mut words: Vec<String> = words.collect();
        if words[0] == "aws-config" || words[0] == "runtime" {
            words.truncate(2);
        }
        words
    };
    let messages = outcome.unwrap().messages;
    let printed = messages.iter().take_while(|line| !line.is_empty());
    let printed: Vec<_> = printed.map(|line| columns(line)).collect();
    let shown = table.lines().take_while(|line| !line.is_empty());
    assert_eq!(printed, shown.map(columns).collect::<Vec<_>>());
}

/// The `--model` command in the README generates a crate and prints the output shown there.
#[test]
fn generated_crate() {
    let readme = read("xtask/README.md");
    let line = commands(&readme)
        .into_iter()
        .find(|line| line.contains("--model"));
    let Command::Codegen(arguments) = parse(line.unwrap()) else {
        panic!("not `codegen`");
    };
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let outcome = new_crate::run(&NewCrateOptions {
        model: &root().unwrap().join(arguments.model.unwrap()),
        out: &folder.join("crate"),
        name: arguments.name.as_deref(),
        operations: arguments.operations.as_deref(),
        protocol: arguments.protocol.as_deref(),
        check: false,
        force: false,
    });
    let messages = outcome.unwrap().messages;
    assert!(
        readme.contains(&format!("```text\n{}\n", messages[0])),
        "{messages:?}"
    );
}

/// The diagnostic in CONTRIBUTING.md is what the generator prints for a typo in that line of the model.
#[test]
fn diagnostic() {
    let readme = read("CONTRIBUTING.md");
    let mut lines = readme.lines().map(str::trim);
    let shown = lines.find(|line| line.starts_with("error: models/"));
    let shown = shown.unwrap();
    let line: usize = shown.split(':').nth(2).unwrap().parse().unwrap();

    let mut files = model::load(&root().unwrap().join(model::OURS)).unwrap();
    let model = String::from_utf8(files.service.bytes).unwrap();
    let mut lines: Vec<String> = model.lines().map(str::to_owned).collect();
    lines[line - 1] = lines[line - 1].replace("TagKey", "TagKye");
    files.service.bytes = lines.join("\n").into_bytes();
    let faults = codegen::generate(&files, &codegen::Options::default()).unwrap_err();
    assert_eq!(format!("error: {}", faults.0[0]), shown);
}
