//! Nothing that a model contains, or that its file is called, reaches a terminal raw.

#![expect(clippy::unwrap_used, reason = "a test that cannot continue fails")]

use std::fs;
use std::process::Command;

use tempfile::TempDir;

/// A model with these enum values, title and documentation.
fn model(values: &str, title: &str) -> String {
    format!(
        r#"{{
            "metadata": {{
                "apiVersion": "2024-01-01", "endpointPrefix": "x", "jsonVersion": "1.1", "protocol": "json",
                "serviceFullName": "{title}", "targetPrefix": "X"
            }},
            "operations": {{"Call": {{
                "input": {{"shape": "In"}}, "documentation": "\u001b[31mred\u202e"
            }}}},
            "shapes": {{
                "In": {{"type": "structure", "members": {{"M": {{"shape": "E"}}}}}},
                "E": {{"type": "string", "enum": ["a"{values}]}}
            }}
        }}"#
    )
}

/// Runs a command, and returns what it prints.
fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_lean-aws"))
        .args(arguments)
        .output()
        .unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
    out + &err
}

#[test]
fn invisible_characters_are_escaped() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let file = |name: &str, content: String| {
        let path = folder.join(name);
        fs::write(&path, content).unwrap();
        path.into_os_string().into_string().unwrap()
    };
    let plain = file("plain.json", model("", "X"));
    let red = file(
        "\u{1b}[31mred.json",
        model(r#", "b\n\u001b[31m\u009b\u202e""#, "X"),
    );
    let title = file("\u{1b}[32mtitle.json", model("", r"\u001b]0;owned\u0007"));
    let missing = folder.join("\u{1b}[33m").into_os_string();
    let missing = missing.into_string().unwrap();
    let out = folder.join("out\u{1b}[34m").into_os_string();
    let out = out.into_string().unwrap();
    for arguments in [
        &["codegen", "--model", &title, "--out", &out][..],
        &["codegen", "--model", &missing, "--out", &out],
        &["codegen", "--model", &red, "--out", &out],
        &["changes", &plain, &red],
        &["changes", &plain, &red, "--format", "boto"],
        &["changes", &plain, &red, "--format", "json"],
    ] {
        let printed = run(arguments);
        let shown = codegen::printable(&printed);
        assert_eq!(printed, shown, "{arguments:?}");
        assert!(
            printed.contains("31m") || printed.contains("u{1b}"),
            "{arguments:?} prints {printed}"
        );
    }
}
