//! What becomes of the expressions in acceptors: the Rust for each, over the fixture `waiters`.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

mod common;

use codegen::{ModelFile, ModelFiles};

/// The condition that is printed for a `path` acceptor over `GetThing`, all on one line.
fn condition(model: &ModelFiles, argument: &str) -> String {
    let waiters = serde_json::json!({
        "version": 2,
        "waiters": { "It": {
            "operation": "GetThing", "delay": 1, "maxAttempts": 1,
            "acceptors": [
                {"matcher": "path", "argument": argument, "expected": true, "state": "success"}
            ]
        }}
    });
    let model = ModelFiles {
        waiters: Some(ModelFile {
            name: "waiters.json".to_owned(),
            bytes: waiters.to_string().into_bytes(),
        }),
        ..model.clone()
    };
    let files =
        codegen::generate(&model, None).unwrap_or_else(|faults| panic!("{argument}: {faults}"));
    let text = files.files["waiters/it.rs"]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let (_, condition) = text.split_once("Ok(output) => { if ").unwrap();
    let (condition, _) = condition.split_once(" { Some(").unwrap();
    // As it would stand on one line.
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

#[test]
fn expressions() {
    let (_, model) = common::models("fixtures")
        .unwrap()
        .into_iter()
        .find(|(name, _)| name == "waiters")
        .unwrap();
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
            "output.thing().map(|it| it.parts()).unwrap_or_default().is_empty()",
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
            "length(Spare.Parts) == `1`",
            "output.spare().map(|it| it.parts()).unwrap_or_default().len() == 1",
        ),
        (
            "length(Thing.Parts[?Ready]) == length(Thing.Parts)",
            "output.thing().map(|it| it.parts()).unwrap_or_default().iter().filter(|it| it.ready() == Some(true)).count() == output.thing().map(|it| it.parts()).unwrap_or_default().len()",
        ),
        (
            "length(Thing.Parts[?State == 'GONE']) == `0`",
            "!output.thing().map(|it| it.parts()).unwrap_or_default().iter().any(|it| it.state() == Some(&State::Gone))",
        ),
        (
            "length(Thing.Parts[?!(State == 'GONE')]) == `0`",
            "output.thing().map(|it| it.parts()).unwrap_or_default().iter().all(|it| it.state() == Some(&State::Gone))",
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
    ] {
        assert_eq!(condition(&model, argument), rust, "{argument}");
    }
}
