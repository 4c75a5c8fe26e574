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
    let files = codegen::generate(&model, &codegen::Options::default())
        .unwrap_or_else(|faults| panic!("{argument}: {faults}"));
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
            "output.thing().state() == Some(&State::Ready)",
        ),
        (
            "'READY' != Thing.State",
            "output.thing().state() != Some(&State::Ready)",
        ),
        ("Thing.Id == 'x'", r#"output.thing().id() == "x""#),
        (
            "Spare.Id == 'x'",
            r#"output.spare().map(|it| it.id()) == Some("x")"#,
        ),
        (
            "Spare.Owner.Name == Thing.Id",
            "output.spare().and_then(|it| it.owner()).map(|it| it.name()) == Some(output.thing().id())",
        ),
        ("Thing.Ready", "output.thing().ready() == Some(true)"),
        ("!(Thing.Ready)", "output.thing().ready() != Some(true)"),
        (
            "Thing.Count > `1`",
            "output.thing().count().is_some_and(|it| it > 1)",
        ),
        (
            "`1` > Thing.Count",
            "output.thing().count().is_some_and(|it| it < 1)",
        ),
        ("Thing.Count == `-1`", "output.thing().count() == Some(-1)"),
        (
            "Thing.Count == Thing.Wanted",
            "output.thing().count() == output.thing().wanted()",
        ),
        (
            "Thing.Share <= `2`",
            "output.thing().share().is_some_and(|it| it <= 2.0)",
        ),
        (
            "Thing.Share == `0.5`",
            "output.thing().share() == Some(0.5)",
        ),
        (
            "length(Thing.Parts) == `0`",
            "output.thing().parts().is_empty()",
        ),
        (
            "length(Thing.Parts[]) > `0`",
            "!output.thing().parts().is_empty()",
        ),
        (
            "length(Thing.Parts) >= `2`",
            "output.thing().parts().len() >= 2",
        ),
        (
            "length(Spare.Parts) == `1`",
            "output.spare().map(|it| it.parts()).unwrap_or_default().len() == 1",
        ),
        (
            "length(Thing.Parts[?Ready]) == length(Thing.Parts)",
            "output.thing().parts().iter().filter(|it| it.ready() == Some(true)).count() == output.thing().parts().len()",
        ),
        (
            "length(Thing.Parts[?State == 'GONE']) == `0`",
            "!output.thing().parts().iter().any(|it| it.state() == Some(&State::Gone))",
        ),
        (
            "length(Thing.Parts[?!(State == 'GONE')]) == `0`",
            "output.thing().parts().iter().all(|it| it.state() == Some(&State::Gone))",
        ),
        (
            "length(Thing.Parts[*].State) == `1`",
            "output.thing().parts().iter().filter_map(|it| it.state()).count() == 1",
        ),
        (
            "Thing.Parts[0].State == 'READY'",
            "output.thing().parts().first().and_then(|it| it.state()) == Some(&State::Ready)",
        ),
        (
            "Thing.Parts[2].Id == 'x'",
            r#"output.thing().parts().get(2).map(|it| it.id()) == Some("x")"#,
        ),
        (
            "Thing.Tags[-1] == 'x'",
            r#"output.thing().tags().last().map(|it| it.as_str()) == Some("x")"#,
        ),
        (
            "(Thing.Parts[].State)[0] == 'GONE'",
            "output.thing().parts().iter().filter_map(|it| it.state()).next() == Some(&State::Gone)",
        ),
        (
            "contains(Thing.Tags, 'x')",
            r#"output.thing().tags().iter().any(|it| it == "x")"#,
        ),
        (
            "contains(Thing.Tags[], 'x')",
            r#"output.thing().tags().iter().any(|it| it == "x")"#,
        ),
        (
            "contains(Thing.Parts[].State, 'GONE')",
            "output.thing().parts().iter().any(|it| it.state() == Some(&State::Gone))",
        ),
        (
            "contains(Thing.Id, 'x')",
            r#"output.thing().id().contains("x")"#,
        ),
        (
            "contains(Spare.Id, 'x')",
            r#"output.spare().map(|it| it.id()).is_some_and(|it| it.contains("x"))"#,
        ),
        (
            "contains(Thing.Parts[].Parts[].Tags[], 'x')",
            r#"output.thing().parts().iter().flat_map(|it| it.parts()).flat_map(|it| it.tags()).any(|it| it == "x")"#,
        ),
        (
            "length(Groups[][]) == `3`",
            "output.groups().iter().flatten().count() == 3",
        ),
        (
            "(Thing.Ready || Spare.Ready) && length(Groups) > `1`",
            "(output.thing().ready() == Some(true) || output.spare().and_then(|it| it.ready()) == Some(true)) && output.groups().len() > 1",
        ),
    ] {
        assert_eq!(condition(&model, argument), rust, "{argument}");
    }
}
