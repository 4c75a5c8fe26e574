//! The expressions of acceptors: the outputs that they match, and the Rust code for them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lean_aws_codegen::{Generated, ModelFile, ModelFiles, Options};
use serde_json::{Value, json};

use crate::crates::Workspace;
use crate::programs;

/// The program that evaluates acceptors, without its cases.
const PROGRAM: &str = include_str!("expressions/program.rs");

fn path(name: &str) -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    tests.join("expressions").join(name)
}

/// Generates a crate with a waiter on `GetThing` for each acceptor. The names of the waiters are `It0`, `It1`, ...
fn generate(acceptors: &[Value]) -> Result<Generated, lean_aws_codegen::Diagnostics> {
    let waiters = acceptors.iter().enumerate().map(|(i, acceptor)| {
        let acceptor = json!({
            "matcher": acceptor["matcher"], "argument": acceptor["argument"],
            "expected": acceptor["expected"], "state": "success"
        });
        let waiter = json!({
            "operation": "GetThing", "delay": 1, "maxAttempts": 1, "acceptors": [acceptor]
        });
        (format!("It{i}"), waiter)
    });
    let waiters: serde_json::Map<String, Value> = waiters.collect();
    let mut model = ModelFiles::new(ModelFile {
        name: "model.json".to_owned(),
        bytes: fs::read(path("model.json")).unwrap(),
    });
    model.waiters = Some(ModelFile {
        name: "waiters.json".to_owned(),
        bytes: json!({"version": 2, "waiters": waiters})
            .to_string()
            .into_bytes(),
    });
    lean_aws_codegen::generate(&model, &Options::default())
}

/// Returns the generated condition for a `path` acceptor, on one line.
fn condition(argument: &str) -> String {
    let acceptor = json!({"matcher": "path", "argument": argument, "expected": true});
    let files = generate(&[acceptor]).unwrap_or_else(|faults| panic!("{argument}: {faults}"));
    let text = files.files["waiters/it0.rs"]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let (_, condition) = text.split_once("Ok(output) => { if ").unwrap();
    let (condition, _) = condition.split_once(" { Some(").unwrap();
    // The line breaks of rustfmt are removed.
    [
        (" .", "."),
        ("( ", "("),
        (", )", ")"),
        (" )", ")"),
        ("|it| { ", "|it| "),
        (" })", ")"),
    ]
    .iter()
    .fold(condition.to_owned(), |text, (from, to)| {
        text.replace(from, to)
    })
}

/// `cases.json` contains acceptors, each with the outputs that it matches according to jmespath.py and botocore's rules
/// for matchers. An expression whose evaluation fails does not match, and only numbers have an order, as JMESPath
/// specifies.
#[test]
fn acceptors_match_as_jmespath_specifies() {
    let cases: Value = serde_json::from_slice(&fs::read(path("cases.json")).unwrap()).unwrap();
    let (outputs, acceptors) = (&cases["outputs"], cases["acceptors"].as_array().unwrap());
    let generated = generate(acceptors).unwrap_or_else(|faults| panic!("{faults}"));
    let mut program = PROGRAM.to_owned();
    let outputs: Vec<String> = outputs
        .as_array()
        .unwrap()
        .iter()
        .map(Value::to_string)
        .collect();
    write!(program, "\nconst OUTPUTS: &[&str] = &{outputs:?};\n").unwrap();
    program += "\n#[test]\nfn cases() {\n    let mut failures = Vec::new();\n";
    for (i, acceptor) in acceptors.iter().enumerate() {
        let [matcher, argument] =
            ["matcher", "argument"].map(|key| acceptor[key].as_str().unwrap());
        let name = format!("{matcher} {argument} = {}", acceptor["expected"]);
        let matches = &acceptor["matches"];
        writeln!(
            program,
            "    check({name:?}, |client| ready(client.wait_until_it{i}().wait(Duration::ZERO)).is_ok(), &{matches}, &mut failures);"
        )
        .unwrap();
    }
    program += "    assert!(failures.is_empty(), \"{}\", failures.join(\"\\n\"));\n}\n";
    let mut workspace = Workspace::new("expressions");
    workspace.has_declared_features = true;
    workspace.add("expressions", generated, programs::tests(program));
    assert!(
        workspace.cargo(&["test", "--lib", "--no-default-features"]),
        "an acceptor matches what it should not, or the other way around"
    );
}

#[test]
fn simple_expressions_generate_simple_rust() {
    for (argument, rust) in [
        (
            "Thing.State == 'READY'",
            "output.thing().and_then(|it| it.state()) == Some(&State::Ready)",
        ),
        (
            "'READY' != Thing.State",
            "output.thing().and_then(|it| it.state()) != Some(&State::Ready)",
        ),
        (
            "Thing.Id == 'x'",
            r#"output.thing().map(|it| it.id()) == Some("x")"#,
        ),
        (
            "Spare.Id == 'x'",
            r#"output.spare().map(|it| it.id()) == Some("x")"#,
        ),
        (
            "Spare.Owner.Name == Thing.Id",
            "output.spare().and_then(|it| it.owner()).map(|it| it.name()) == output.thing().map(|it| it.id())",
        ),
        (
            "Thing.Ready",
            "output.thing().and_then(|it| it.ready()) == Some(true)",
        ),
        (
            "!(Thing.Ready)",
            "output.thing().and_then(|it| it.ready()) != Some(true)",
        ),
        (
            "Thing.Count > `1`",
            "output.thing().and_then(|it| it.count()).is_some_and(|it| it > 1)",
        ),
        (
            "`1` > Thing.Count",
            "output.thing().and_then(|it| it.count()).is_some_and(|it| it < 1)",
        ),
        (
            "Thing.Count == `-1`",
            "output.thing().and_then(|it| it.count()) == Some(-1)",
        ),
        (
            "Thing.Count == Thing.Wanted",
            "output.thing().and_then(|it| it.count()) == output.thing().and_then(|it| it.wanted())",
        ),
        (
            "Thing.Share <= `2`",
            "output.thing().and_then(|it| it.share()).is_some_and(|it| it <= 2.0)",
        ),
        (
            "Thing.Share == `0.5`",
            "output.thing().and_then(|it| it.share()) == Some(0.5)",
        ),
        (
            "length(Thing.Parts) == `0`",
            "output.thing().is_some_and(|it| it.parts.is_some()) && output.thing().map(|it| it.parts()).unwrap_or_default().is_empty()",
        ),
        (
            "length(Thing.Parts[]) > `0`",
            "!output.thing().map(|it| it.parts()).unwrap_or_default().is_empty()",
        ),
        (
            "length(Thing.Parts) >= `2`",
            "output.thing().map(|it| it.parts()).unwrap_or_default().len() >= 2",
        ),
        (
            "length(Spare.Parts) >= `2`",
            "output.spare().map(|it| it.parts()).unwrap_or_default().len() >= 2",
        ),
        (
            "length(Thing.Parts[?Ready]) == length(Thing.Parts)",
            "output.thing().is_some_and(|it| it.parts.is_some()) && output.thing().map(|it| it.parts()).unwrap_or_default().iter().filter(|it| it.ready() == Some(true)).count() == output.thing().map(|it| it.parts()).unwrap_or_default().len()",
        ),
        (
            "length(Thing.Parts[?State == 'GONE']) == `0`",
            "output.thing().is_some_and(|it| it.parts.is_some()) && !output.thing().map(|it| it.parts()).unwrap_or_default().iter().any(|it| it.state() == Some(&State::Gone))",
        ),
        (
            "length(Thing.Parts[?!(State == 'GONE')]) == `0`",
            "output.thing().is_some_and(|it| it.parts.is_some()) && output.thing().map(|it| it.parts()).unwrap_or_default().iter().all(|it| it.state() == Some(&State::Gone))",
        ),
        (
            "length(Thing.Parts[*].State) == `1`",
            "output.thing().map(|it| it.parts()).unwrap_or_default().iter().filter_map(|it| it.state()).count() == 1",
        ),
        (
            "Thing.Parts[0].State == 'READY'",
            "output.thing().map(|it| it.parts()).unwrap_or_default().first().and_then(|it| it.state()) == Some(&State::Ready)",
        ),
        (
            "Thing.Parts[2].Id == 'x'",
            r#"output.thing().map(|it| it.parts()).unwrap_or_default().get(2).map(|it| it.id()) == Some("x")"#,
        ),
        (
            "Thing.Tags[-1] == 'x'",
            r#"output.thing().map(|it| it.tags()).unwrap_or_default().last().map(|it| it.as_str()) == Some("x")"#,
        ),
        (
            "(Thing.Parts[].State)[0] == 'GONE'",
            "output.thing().map(|it| it.parts()).unwrap_or_default().iter().filter_map(|it| it.state()).next() == Some(&State::Gone)",
        ),
        (
            "contains(Thing.Tags, 'x')",
            r#"output.thing().map(|it| it.tags()).unwrap_or_default().iter().any(|it| it == "x")"#,
        ),
        (
            "contains(Thing.Tags[], 'x')",
            r#"output.thing().map(|it| it.tags()).unwrap_or_default().iter().any(|it| it == "x")"#,
        ),
        (
            "contains(Thing.Parts[].State, 'GONE')",
            "output.thing().map(|it| it.parts()).unwrap_or_default().iter().any(|it| it.state() == Some(&State::Gone))",
        ),
        (
            "contains(Thing.Id, 'x')",
            r#"output.thing().map(|it| it.id()).is_some_and(|it| it.contains("x"))"#,
        ),
        (
            "contains(Spare.Id, 'x')",
            r#"output.spare().map(|it| it.id()).is_some_and(|it| it.contains("x"))"#,
        ),
        (
            "contains(Thing.Parts[].Parts[].Tags[], 'x')",
            r#"output.thing().map(|it| it.parts()).unwrap_or_default().iter().flat_map(|it| it.parts()).flat_map(|it| it.tags()).any(|it| it == "x")"#,
        ),
        (
            "length(Groups[][]) == `3`",
            "output.groups().iter().flatten().count() == 3",
        ),
        (
            "(Thing.Ready || Spare.Ready) && length(Groups) > `1`",
            "(output.thing().and_then(|it| it.ready()) == Some(true) || output.spare().and_then(|it| it.ready()) == Some(true)) && output.groups().len() > 1",
        ),
        (
            "Thing.Count < Thing.Wanted",
            "output.thing().and_then(|it| it.count()).zip(output.thing().and_then(|it| it.wanted())).is_some_and(|(left, right)| left < right)",
        ),
        (
            "!(Thing.Count > `1`)",
            "output.thing().and_then(|it| it.count()).is_none_or(|it| it <= 1)",
        ),
        (
            "Thing.Count == Thing.Size",
            "output.thing().and_then(|it| it.count()).map(number) == output.thing().and_then(|it| it.size()).map(number)",
        ),
        ("Spare == `null`", "output.spare().is_none()"),
        (
            "starts_with(Spare.Id, 'x')",
            r#"output.spare().map(|it| it.id()).is_some_and(|it| it.starts_with("x"))"#,
        ),
        (
            "not_null(Thing.Count, `1`) == `1`",
            "output.thing().and_then(|it| it.count()).is_none() || output.thing().and_then(|it| it.count()) == Some(1)",
        ),
        (
            "length(Thing.Parts) > `0` && length(Thing.Parts[?State == 'GONE']) == length(Thing.Parts)",
            "!output.thing().map(|it| it.parts()).unwrap_or_default().is_empty() && output.thing().map(|it| it.parts()).unwrap_or_default().iter().filter(|it| it.state() == Some(&State::Gone)).count() == output.thing().map(|it| it.parts()).unwrap_or_default().len()",
        ),
        (
            "length(Thing.Parts[?!(length(Parts) == `1` && Count == Wanted)]) == `0`",
            "output.thing().is_some_and(|it| it.parts.is_some()) && output.thing().map(|it| it.parts()).unwrap_or_default().iter().all(|it| it.parts().len() == 1 && it.count() == it.wanted())",
        ),
        (
            "contains(Thing.States, 'GONE')",
            "output.thing().map(|it| it.states()).unwrap_or_default().contains(&State::Gone)",
        ),
    ] {
        assert_eq!(condition(argument), rust, "{argument}");
    }
}

/// Expressions that choose between many values are lowered or rejected in a short time.
#[test]
fn choices_between_values_cost_little() {
    let start = Instant::now();
    for (argument, is_valid) in [
        (
            "not_null(Thing.Count, Thing.Wanted, Thing.Size, Spare.Size, Spare.Wanted, Spare.Ratio, Thing.Ratio, Thing.Share) == Spare.Count",
            true,
        ),
        (
            "not_null(Thing.Count, Thing.Wanted, Thing.Size, Spare.Size, Spare.Wanted, Spare.Ratio, Thing.Ratio, Thing.Share, Spare.Share, Thing.Count) == Spare.Count",
            false,
        ),
        (
            "not_null(not_null(Spare, Thing).Ratio, not_null(Thing.Parts[0].Count, Groups[0][0].Spot.Floor)) != Thing.Wanted",
            true,
        ),
        (
            "Groups[0][0].Id != not_null(not_null(Outcome.Reason, (Thing.Parts[1] || Spare).Owner.Name), ((Outcome.Reason && Groups[1][-1].Owner.Tags) && Outcome.Reason))",
            true,
        ),
    ] {
        let acceptor = json!({"matcher": "path", "argument": argument, "expected": true});
        assert_eq!(generate(&[acceptor]).is_ok(), is_valid, "{argument}");
    }
    // It takes a quarter of a second.
    assert!(start.elapsed() < Duration::from_secs(20));
}
