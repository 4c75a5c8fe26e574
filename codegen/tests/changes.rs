//! The report on the differences of two models.

use std::error::Error;
use std::fs;
use std::path::Path;

use codegen::changes::{Comparison, Effect, Level, compare};
use codegen::{ModelFile, ModelFiles};
use serde_json::{Value, json};

fn model(name: &str, bytes: Vec<u8>) -> ModelFiles {
    let name = name.to_owned();
    ModelFiles::new(ModelFile { name, bytes })
}

/// WorkSpaces before and after 2018-04-30.
fn worked_example() -> Result<Comparison, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/workspaces/history");
    let read = |name: &str| fs::read(folder.join(name)).map(|bytes| model(name, bytes));
    let old = read("2018-04-26.service-2.json")?;
    let new = read("2018-04-30.service-2.json")?;
    Ok(compare(&old, &new)?)
}

#[test]
fn for_people() {
    insta::assert_snapshot!(worked_example().unwrap().markdown());
}

#[test]
fn for_machines() {
    insta::assert_snapshot!(worked_example().unwrap().json());
}

#[test]
fn as_aws_pages() {
    insta::assert_snapshot!(worked_example().unwrap().boto("2018/04/30"));
}

/// A service with one of each thing that can change.
fn base() -> Value {
    json!({
        "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "shelf", "jsonVersion": "1.1",
            "protocol": "json", "serviceFullName": "Shelf", "targetPrefix": "Shelf"},
        "operations": {
            "ListBooks": {
                "name": "ListBooks",
                "input": {"shape": "ListBooksRequest"},
                "output": {"shape": "ListBooksResult"},
                "errors": [{"shape": "ShelfMissing"}]
            },
            "Ping": {"name": "Ping"}
        },
        "shapes": {
            "ListBooksRequest": {"type": "structure", "required": ["Shelf"], "members": {
                "Shelf": {"shape": "Name"}, "Filter": {"shape": "Filter"},
                "NextToken": {"shape": "Text"}, "MaxResults": {"shape": "Count"}}},
            "ListBooksResult": {"type": "structure", "members": {
                "Books": {"shape": "Books"}, "NextToken": {"shape": "Text"}}},
            "Filter": {"type": "structure", "required": ["Language"], "members": {
                "Language": {"shape": "Language"}, "Title": {"shape": "Text"},
                "Author": {"shape": "Name"}}},
            "Books": {"type": "list", "member": {"shape": "Book"}, "max": 10},
            "Book": {"type": "structure", "required": ["Title"], "members": {
                "Title": {"shape": "Text"}, "Language": {"shape": "Language"},
                "Parts": {"shape": "Books"}, "Notes": {"shape": "Notes"},
                "Printed": {"shape": "Time"}, "Cover": {"shape": "Cover"}}},
            "Notes": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Note"}},
            "Note": {"type": "structure", "members": {"Text": {"shape": "Text"}}},
            "Cover": {"type": "structure", "union": true, "members": {
                "Cloth": {"shape": "Text"}, "Paper": {"shape": "Count"}}},
            "Language": {"type": "string", "enum": ["DE", "EN"]},
            "ShelfMissing": {"type": "structure", "exception": true, "required": ["message"],
                "members": {"message": {"shape": "Text"}}},
            "ShelfFull": {"type": "structure", "exception": true, "members": {}},
            "Name": {"type": "string", "max": 20},
            "Text": {"type": "string"},
            "Count": {"type": "integer", "min": 1},
            "Time": {"type": "timestamp"}
        }
    })
}

/// Compares the base model with one that has other values at some places, and returns each row of the table
/// with its effect. Null removes a value.
fn rows_and_effects(edits: &[(&str, Value)]) -> Result<Vec<String>, Box<dyn Error>> {
    let old = base();
    let mut new = base();
    for (place, value) in edits {
        let (parent, key) = place.rsplit_once('/').ok_or("no place")?;
        let parent = new.pointer_mut(parent).and_then(Value::as_object_mut);
        let parent = parent.ok_or("no object")?;
        match value {
            Value::Null => parent.remove(key),
            value => parent.insert(key.to_owned(), value.clone()),
        };
    }
    let found = compare(&written(&old), &written(&new))?;
    let markdown = found.markdown();
    let rows = markdown.lines().filter(|line| line.starts_with("| `"));
    let rows = rows.map(|row| row.splitn(4, '|').last().unwrap_or_default());
    let changes = found.changes.updated_operations.iter();
    let effects: Vec<_> = changes.flat_map(|operation| &operation.changes).collect();
    if rows.clone().count() != effects.len() {
        return Err("the table does not have a row for each effect".into());
    }
    let line = |(row, Effect { level, what, item }): (&str, &Effect)| {
        let row = row.trim_matches([' ', '|']);
        format!("{row} => {level}: {what} {item}")
    };
    let both = rows.zip(effects.iter().map(|change| &change.effect));
    Ok(both.map(line).collect())
}

fn written(value: &Value) -> ModelFiles {
    model("model", value.to_string().into_bytes())
}

macro_rules! each_change {
    ($($name:ident: [$($place:literal = $value:tt),+] => [$($line:literal),* $(,)?];)+) => {$(
        #[test]
        fn $name() {
            assert_eq!(rows_and_effects(&[$(($place, json!($value))),+]).unwrap(), [$($line),*] as [&str; _]);
        }
    )+};
}

each_change! {
    member_added: ["/shapes/Note/members/By" = {"shape": "Text"}] => [
        "`Books[].Notes{}.By` is new: string => minor: new field Note::by",
    ];
    required_member_added: ["/shapes/Filter/members/Year" = {"shape": "Count"}, "/shapes/Filter/required" = ["Language", "Year"]] => [
        "`Filter.Year` is new: integer, required => breaking: new field that build() demands Filter::year",
    ];
    required_argument_added: ["/shapes/ListBooksRequest/members/Room" = {"shape": "Count"}, "/shapes/ListBooksRequest/required" = ["Shelf", "Room"]] => [
        "`Room` is new: integer, required => breaking: field that send() demands ListBooksInput::room",
    ];
    member_removed: ["/shapes/Note/members/Text" = null] => [
        "`Books[].Notes{}.Text` is gone => breaking: removed field Note::text",
    ];
    choice_added: ["/shapes/Cover/members/Leather" = {"shape": "Text"}] => [
        "`Books[].Cover.Leather` is new: string => minor: new variant Cover::Leather",
    ];
    choice_removed: ["/shapes/Cover/members/Paper" = null] => [
        "`Books[].Cover.Paper` is gone => breaking: removed variant Cover::Paper",
    ];
    became_required: ["/shapes/Filter/required" = ["Language", "Title"]] => [
        "`Filter.Title` is required now => breaking: field that is no Option any more Filter::title",
    ];
    became_optional: ["/shapes/Book/required" = []] => [
        "`Books[].Title` is optional now => breaking: field that is an Option now Book::title",
    ];
    argument_became_required: ["/shapes/ListBooksRequest/required" = ["Shelf", "Filter"]] => [
        "`Filter` is required now => breaking: field that send() demands ListBooksInput::filter",
    ];
    argument_became_optional: ["/shapes/ListBooksRequest/required" = []] => [
        "`Shelf` is optional now => minor: field that send() no longer demands ListBooksInput::shelf",
    ];
    message_became_optional: ["/shapes/ShelfMissing/required" = []] => [
        "`ShelfMissing.message` is optional now => patch: message that stays an Option ShelfMissing::message",
    ];
    message_removed: ["/shapes/ShelfMissing/required" = [], "/shapes/ShelfMissing/members/message" = null] => [
        "`ShelfMissing.message` is gone => patch: message that stays an Option ShelfMissing::message",
    ];
    enum_value_added_on_both_sides: ["/shapes/Language/enum" = ["DE", "EN", "FR"]] => [
        "`Filter.Language` may be `FR` => minor: new variant Language::Fr",
        "`Books[].Language` may be `FR` => minor: new variant Language::Fr",
    ];
    enum_value_removed: ["/shapes/Language/enum" = ["EN"]] => [
        "`Filter.Language` cannot be `DE` any more => breaking: removed variant Language::De",
        "`Books[].Language` cannot be `DE` any more => breaking: removed variant Language::De",
    ];
    type_changed: ["/shapes/Note/members/Text/shape" = "Count"] => [
        "`Books[].Notes{}.Text` is now integer, was string => breaking: field of another type Note::text",
    ];
    string_became_enum: ["/shapes/Filter/members/Title/shape" = "Language"] => [
        "`Filter.Title` is now enum Language, was string => breaking: field of another type Filter::title",
    ];
    string_of_another_name: ["/shapes/Note/members/Text/shape" = "Name"] => [
        "`Books[].Notes{}.Text` has the max `20`, was none => patch: limit that the service checks Name",
    ];
    time_written_otherwise: ["/shapes/Time/timestampFormat" = "iso8601"] => [
        "`Books[].Printed` is now timestamp (DateTime), was timestamp (EpochSeconds) => patch: value that is written otherwise Book::printed",
    ];
    became_recursive: ["/shapes/Note/members/Of" = {"shape": "Book"}, "/shapes/Book/members/Notes/shape" = "Note"] => [
        "`Books[].Notes` is now structure Note, recursive, was map of structure Note => breaking: field of another type Book::notes",
    ];
    recursion_is_told_once: ["/shapes/Book/members/Weight" = {"shape": "Count"}] => [
        "`Books[].Weight` is new: integer => minor: new field Book::weight",
    ];
    limits: ["/shapes/Books/max" = 20, "/shapes/Count/min" = null] => [
        "`MaxResults` has the min none, was `1` => patch: limit that the service checks Count",
        "`Books` has the max `20`, was `10` => patch: limit that the service checks Books",
        "`Books[].Cover.Paper` has the min none, was `1` => patch: limit that the service checks Count",
    ];
    no_longer_empty: ["/shapes/Name/min" = 1] => [
        "`Shelf` has the min `1`, was none => breaking: text that send() refuses empty Name",
        "`Filter.Author` has the min `1`, was none => patch: limit that the service checks Name",
    ];
    pattern: ["/shapes/Name/pattern" = "^[a|b]*$"] => [
        "`Shelf` has the pattern `^[a\\|b]*$`, was none => patch: limit that the service checks Name",
        "`Filter.Author` has the pattern `^[a\\|b]*$`, was none => patch: limit that the service checks Name",
    ];
    error_added: ["/operations/ListBooks/errors" = [{"shape": "ShelfMissing"}, {"shape": "ShelfFull"}]] => [
        "`ShelfFull` may come => minor: new variant ListBooksError::ShelfFull",
    ];
    error_removed: ["/operations/ListBooks/errors" = []] => [
        "`ShelfMissing` does not come any more => breaking: removed variant ListBooksError::ShelfMissing",
    ];
    member_of_an_error_added: ["/shapes/ShelfMissing/members/Shelf" = {"shape": "Name"}] => [
        "`ShelfMissing.Shelf` is new: string => minor: new field ShelfMissing::shelf",
    ];
    no_page_size: ["/shapes/ListBooksRequest/members/MaxResults" = null] => [
        "`MaxResults` is gone => breaking: removed field ListBooksInput::max_results",
        "pages by `NextToken -> NextToken: Books`, was by `NextToken -> NextToken: Books, by MaxResults` => breaking: paginator that pages otherwise ListBooksPaginator",
    ];
    no_paginator: ["/shapes/ListBooksResult/members/More" = {"shape": "Books"}] => [
        "`More` is new: list of structure Book => minor: new field ListBooksOutput::more",
        "does not page any more: `NextToken -> NextToken: Books, by MaxResults` => breaking: removed paginator ListBooksPaginator",
    ];
    deprecated: ["/operations/Ping/deprecated" = true, "/shapes/Note/members/Text/deprecated" = true] => [
        "`Books[].Notes{}.Text` is deprecated => minor: deprecated field Note::text",
        "operation is deprecated => minor: deprecated method Client::ping",
    ];
    input_added: ["/operations/Ping/input" = {"shape": "Note"}] => [
        "`Text` is new: string => minor: new field PingInput::text",
    ];
    structure_renamed: ["/shapes/Comment" = {"type": "structure", "members": {}}, "/shapes/Notes/value/shape" = "Comment"] => [
        "`Books[].Notes` is now map of structure Comment, was map of structure Note => breaking: field of another type Book::notes",
        "`Books[].Notes{}.Text` is gone => breaking: removed field Comment::text",
    ];
    words_alone: ["/shapes/Note/documentation" = "New."] => [];
    unused_shapes: ["/shapes/Unused" = {"type": "string"}] => [];
}

#[test]
fn operations_and_facts() {
    let mut new = base();
    new["metadata"]["targetPrefix"] = json!("Shelf2");
    let ping = new["operations"].as_object_mut().unwrap().remove("Ping");
    new["operations"]["Pong"] = ping.unwrap();
    let found = compare(&written(&base()), &written(&new)).unwrap();
    insta::assert_snapshot!(found.markdown());
    let same = compare(&written(&new), &written(&new)).unwrap();
    insta::assert_snapshot!(same.markdown());
}

/// The AWS format lists additions to requests and responses, also in recursive shapes.
#[test]
fn additions_on_both_sides() {
    let mut new = base();
    new["shapes"]["Note"]["members"]["Of"] = json!({"shape": "Book"});
    new["shapes"]["Language"]["enum"] = json!(["DE", "EN", "FR", "ES"]);
    let page = compare(&written(&base()), &written(&new))
        .unwrap()
        .boto("2020/01/02");
    insta::assert_snapshot!(page);
}

/// Shapes that share members in many layers have too many paths to follow each.
#[test]
fn shapes_with_very_many_paths_are_compared() {
    let model_with = |last: Value| {
        let mut value = base();
        for layer in 0..40 {
            let inner = json!({"shape": format!("Layer{}", layer + 1)});
            value["shapes"][format!("Layer{layer}")] =
                json!({"type": "structure", "members": {"A": inner, "B": inner}});
        }
        value["shapes"]["Layer40"] = last;
        value["operations"]["Ping"]["input"] = json!({"shape": "Layer0"});
        written(&value)
    };
    let old = model_with(json!({"type": "string", "max": 1}));
    let new = model_with(json!({"type": "string", "max": 2}));
    let found = compare(&old, &new).unwrap();
    assert_eq!(found.changes.verdict.level, Level::Patch);
}

/// The diagnostics of both models are reported together.
#[test]
fn invalid_models_are_reported_together() {
    let broken = |name| model(name, b"{".to_vec());
    let faults = compare(&broken("old.json"), &broken("new.json")).unwrap_err();
    let files: Vec<&str> = faults.0.iter().map(|fault| fault.file.as_str()).collect();
    assert_eq!(files, ["old.json", "new.json"]);
}

/// Operations that the crate cannot have are not a change of it, and are reported as warnings.
#[test]
fn operations_with_event_streams_are_warnings() {
    let read = |text: &str| model("model", text.as_bytes().to_vec());
    let old = read(include_str!("fixtures/structure.json"));
    let new = read(include_str!("fixtures/event_stream.json"));
    let found = compare(&old, &new).unwrap();
    let warnings: Vec<String> = found.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "operations.Feed: left out; its input is an event stream",
            "operations.Watch: left out; its output is an event stream"
        ]
    );
    let title = found.markdown().lines().next().unwrap().to_owned();
    assert_eq!(title, "# Amazon Fixture: 1 updated operation");
}
