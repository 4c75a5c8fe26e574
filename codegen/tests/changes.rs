//! Reports on the changes between two models.

mod limits;
mod members;
mod rejected;

use std::error::Error;
use std::fs;
use std::path::Path;

use lean_aws_codegen::changes::{Comparison, Impact, compare};
use lean_aws_codegen::{ModelFile, ModelFiles};
use serde_json::{Value, json};

use crate::common;

fn model(name: &str, bytes: Vec<u8>) -> ModelFiles {
    let name = name.to_owned();
    ModelFiles::new(ModelFile { name, bytes })
}

/// Compares WorkSpaces before and after 2018-04-30.
fn workspaces_2018() -> Result<Comparison, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/workspaces/history");
    let read = |name: &str| fs::read(folder.join(name)).map(|bytes| model(name, bytes));
    let old = read("2018-04-26.service-2.json")?;
    let new = read("2018-04-30.service-2.json")?;
    Ok(compare(&old, &new)?)
}

#[test]
fn markdown_report() {
    insta::assert_snapshot!(workspaces_2018().unwrap().to_markdown());
}

#[test]
fn json_report() {
    insta::assert_snapshot!(workspaces_2018().unwrap().to_json());
}

#[test]
fn html_page() {
    insta::assert_snapshot!(workspaces_2018().unwrap().to_html());
}

#[test]
fn boto_page() {
    insta::assert_snapshot!(workspaces_2018().unwrap().to_boto_page("2018/04/30"));
}

/// A service with an example of everything that can change.
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

/// Returns the changes between the base model and an edited copy, with their impacts. Each edit is a JSON
/// pointer and its new value; null removes the entry.
fn changes_after(edits: &[(&str, Value)]) -> Result<Vec<String>, Box<dyn Error>> {
    changes_of(&base(), edits)
}

/// Returns the changes between a model and an edited copy.
fn changes_of(old: &Value, edits: &[(&str, Value)]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut new = old.clone();
    for (pointer, value) in edits {
        let (parent, key) = pointer.rsplit_once('/').ok_or("no JSON pointer")?;
        let parent = new.pointer_mut(parent).and_then(Value::as_object_mut);
        let parent = parent.ok_or("no object")?;
        match value {
            Value::Null => parent.remove(key),
            value => parent.insert(key.to_owned(), value.clone()),
        };
    }
    let comparison = compare(&to_model(old), &to_model(&new))?;
    let markdown = comparison.to_markdown();
    let rows = markdown.lines().filter(|line| line.starts_with("| `"));
    let rows = rows.map(|row| row.splitn(4, '|').last().unwrap_or_default());
    let updated = comparison.changes.updated_operations.iter();
    let impacts = updated
        .flat_map(|operation| &operation.changes)
        .map(|change| &change.impact);
    if rows.clone().count() != impacts.clone().count() {
        return Err("the table does not have one row per change".into());
    }
    let line = |(row, impact): (&str, &Impact)| {
        let Impact {
            level,
            description,
            item,
        } = impact;
        let row = row.trim_matches([' ', '|']);
        format!("{row} => {level}: {description} {item}")
    };
    Ok(rows.zip(impacts).map(line).collect())
}

fn to_model(value: &Value) -> ModelFiles {
    model("model", value.to_string().into_bytes())
}

macro_rules! each_change {
    ($($name:ident: [$($pointer:literal = $value:tt),+] => [$($line:literal),* $(,)?];)+) => {$(
        #[test]
        fn $name() {
            assert_eq!(changes_after(&[$(($pointer, json!($value))),+]).unwrap(), [$($line),*] as [&str; _]);
        }
    )+};
}

each_change! {
    member_added: ["/shapes/Note/members/By" = {"shape": "Text"}] => [
        "`Books[].Notes{}.By` was added: string => minor: new field Note::by",
    ];
    required_member_added: ["/shapes/Filter/members/Year" = {"shape": "Count"}, "/shapes/Filter/required" = ["Language", "Year"]] => [
        "`Filter.Year` was added: integer, required => breaking: new field required by build() Filter::year",
    ];
    required_input_member_added: ["/shapes/ListBooksRequest/members/Room" = {"shape": "Count"}, "/shapes/ListBooksRequest/required" = ["Shelf", "Room"]] => [
        "`Room` was added: integer, required => minor: new field required by the service ListBooksInput::room",
    ];
    member_removed: ["/shapes/Note/members/Text" = null] => [
        "`Books[].Notes{}.Text` was removed => breaking: removed field Note::text",
    ];
    union_member_added: ["/shapes/Cover/members/Leather" = {"shape": "Text"}] => [
        "`Books[].Cover.Leather` was added: string => minor: new variant Cover::Leather",
    ];
    union_member_removed: ["/shapes/Cover/members/Paper" = null] => [
        "`Books[].Cover.Paper` was removed => breaking: removed variant Cover::Paper",
    ];
    became_required: ["/shapes/Filter/required" = ["Language", "Title"]] => [
        "`Filter.Title` is now required => breaking: field no longer an Option Filter::title",
    ];
    became_optional: ["/shapes/Book/required" = []] => [
        "`Books[].Title` is now optional => breaking: field now an Option Book::title",
    ];
    input_member_became_required: ["/shapes/ListBooksRequest/required" = ["Shelf", "Filter"]] => [
        "`Filter` is now required => minor: field now required by the service ListBooksInput::filter",
    ];
    input_member_became_optional: ["/shapes/ListBooksRequest/required" = []] => [
        "`Shelf` is now optional => minor: field no longer required by the service ListBooksInput::shelf",
    ];
    error_message_became_optional: ["/shapes/ShelfMissing/required" = []] => [
        "`ShelfMissing.message` is now optional => patch: error message, always an Option ShelfMissing::message",
    ];
    error_message_removed: ["/shapes/ShelfMissing/required" = [], "/shapes/ShelfMissing/members/message" = null] => [
        "`ShelfMissing.message` was removed => patch: error message, always an Option ShelfMissing::message",
    ];
    enum_value_added_on_both_sides: ["/shapes/Language/enum" = ["DE", "EN", "FR"]] => [
        "`Filter.Language` can now be `FR` => minor: new variant Language::Fr",
        "`Books[].Language` can now be `FR` => minor: new variant Language::Fr",
    ];
    enum_value_removed: ["/shapes/Language/enum" = ["EN"]] => [
        "`Filter.Language` can no longer be `DE` => breaking: removed variant Language::De",
        "`Books[].Language` can no longer be `DE` => breaking: removed variant Language::De",
    ];
    type_changed: ["/shapes/Note/members/Text/shape" = "Count"] => [
        "`Books[].Notes{}.Text` changed from string to integer => breaking: field with a different type Note::text",
    ];
    string_became_enum: ["/shapes/Filter/members/Title/shape" = "Language"] => [
        "`Filter.Title` changed from string to enum Language => breaking: field with a different type Filter::title",
    ];
    string_shape_renamed: ["/shapes/Note/members/Text/shape" = "Name"] => [
        "`Books[].Notes{}.Text`: max `20` was added => patch: constraint enforced by the service Name",
    ];
    timestamp_format_changed: ["/shapes/Time/timestampFormat" = "iso8601"] => [
        "`Books[].Printed` changed from timestamp (EpochSeconds) to timestamp (DateTime) => patch: field with a different wire format Book::printed",
    ];
    became_recursive: ["/shapes/Note/members/Of" = {"shape": "Book"}, "/shapes/Book/members/Notes/shape" = "Note"] => [
        "`Books[].Notes` changed from map from string to structure Note to structure Note, recursive => breaking: field with a different type Book::notes",
    ];
    recursive_shape_is_reported_once: ["/shapes/Book/members/Weight" = {"shape": "Count"}] => [
        "`Books[].Weight` was added: integer => minor: new field Book::weight",
    ];
    min_and_max_changed: ["/shapes/Books/max" = 20, "/shapes/Count/min" = null] => [
        "`MaxResults`: min `1` was removed => patch: constraint enforced by the service Count",
        "`Books`: max changed from `10` to `20` => patch: constraint enforced by the service Books",
        "`Books[].Cover.Paper`: min `1` was removed => patch: constraint enforced by the service Count",
    ];
    min_length_added: ["/shapes/Name/min" = 1] => [
        "`Shelf`: min `1` was added => patch: constraint enforced by the service Name",
        "`Filter.Author`: min `1` was added => patch: constraint enforced by the service Name",
    ];
    pattern_added: ["/shapes/Name/pattern" = "^[a|b]*$"] => [
        "`Shelf`: pattern `^[a\\|b]*$` was added => patch: constraint enforced by the service Name",
        "`Filter.Author`: pattern `^[a\\|b]*$` was added => patch: constraint enforced by the service Name",
    ];
    error_added: ["/operations/ListBooks/errors" = [{"shape": "ShelfMissing"}, {"shape": "ShelfFull"}]] => [
        "`ShelfFull` was added => minor: new variant ListBooksError::ShelfFull",
    ];
    error_removed: ["/operations/ListBooks/errors" = []] => [
        "`ShelfMissing` was removed => breaking: removed variant ListBooksError::ShelfMissing",
    ];
    error_member_added: ["/shapes/ShelfMissing/members/Shelf" = {"shape": "Name"}] => [
        "`ShelfMissing.Shelf` was added: string => minor: new field ShelfMissing::shelf",
    ];
    error_code_changed: ["/shapes/ShelfMissing/error" = {"code": "Gone"}] => [
        "`ShelfMissing` is now sent as `code Gone` instead of `code ShelfMissing` => patch: error with a different code ShelfMissing",
    ];
    error_is_retried: ["/shapes/ShelfMissing/retryable" = {"throttling": true}] => [
        "`ShelfMissing` is now sent as `code ShelfMissing, retried as throttling` instead of `code ShelfMissing` => patch: error with a different code ShelfMissing",
    ];
    request_changed: ["/operations/Ping/authtype" = "none", "/operations/Ping/httpChecksumRequired" = true] => [
        "request changed from `POST /` to `POST /, unsigned, with a checksum` => patch: method with a different request Client::ping",
    ];
    page_size_removed: ["/shapes/ListBooksRequest/members/MaxResults" = null] => [
        "`MaxResults` was removed => breaking: removed field ListBooksInput::max_results",
        "pagination changed from `NextToken -> NextToken: Books, by MaxResults` to `NextToken -> NextToken: Books` => breaking: changed paginator ListBooksPaginator",
    ];
    paginator_removed: ["/shapes/ListBooksResult/members/More" = {"shape": "Books"}] => [
        "`More` was added: list of structure Book => minor: new field ListBooksOutput::more",
        "pagination `NextToken -> NextToken: Books, by MaxResults` was removed => breaking: removed paginator ListBooksPaginator",
    ];
    deprecated: ["/operations/Ping/deprecated" = true, "/shapes/Note/members/Text/deprecated" = true] => [
        "`Books[].Notes{}.Text` is now deprecated => minor: deprecated field Note::text",
        "operation is now deprecated => minor: deprecated method Client::ping",
    ];
    input_added: ["/operations/Ping/input" = {"shape": "Note"}] => [
        "`Text` was added: string => minor: new field PingInput::text",
    ];
    structure_renamed: ["/shapes/Comment" = {"type": "structure", "members": {}}, "/shapes/Notes/value/shape" = "Comment"] => [
        "`Books[].Notes` changed from map from string to structure Note to map from string to structure Comment => breaking: field with a different type Book::notes",
        "`Books[].Notes{}.Text` was removed => breaking: removed field Comment::text",
    ];
    documentation_changed: ["/shapes/Note/documentation" = "New."] => [];
    unused_shape_added: ["/shapes/Unused" = {"type": "string"}] => [];
}

/// What a protocol sends elsewhere or under other names is a change of messages only.
#[test]
fn changes_of_messages() {
    let of_member = |key: &str, value: Value| {
        (
            format!("/shapes/ListBooksRequest/members/Shelf/{key}"),
            value,
        )
    };
    let wire = |from: &str, to: &str| {
        format!(
            "`Shelf` is now sent as `{to}` instead of `{from}` => patch: field with a different wire format ListBooksInput::shelf"
        )
    };
    let path = (
        "/operations/ListBooks/http/requestUri".to_owned(),
        json!("/all"),
    );
    let request = "request changed from `GET /books` to `GET /all` => patch: method with a different request Client::list_books";
    for (protocol, edit, expected) in [
        ("rest-json", of_member("location", json!("header")), vec![wire("query parameter shelf", "header shelf")]),
        ("rest-json", of_member("location", json!(null)), vec![wire("query parameter shelf", "key shelf")]),
        ("rest-json", of_member("locationName", json!("s")), vec![wire("query parameter shelf", "query parameter s")]),
        ("rest-json", path.clone(), vec![request.to_owned()]),
        ("query", of_member("locationName", json!("s")), vec![wire("element shelf", "element s")]),
        ("query", path.clone(), vec![]),
        (
            "query",
            ("/shapes/Books/member/locationName".to_owned(), json!("Book")),
            vec!["`Books` is now sent as `element Book` instead of `elements with default names` => patch: field with a different wire format Books".to_owned()],
        ),
        ("ec2", of_member("queryName", json!("s")), vec![wire("element shelf", "element shelf, parameter s")]),
        ("json", path, vec![]),
    ] {
        let mut old = base();
        old["metadata"]["protocol"] = json!(protocol);
        old["operations"]["ListBooks"]["http"] = json!({"method": "GET", "requestUri": "/books"});
        let shelf = &mut old["shapes"]["ListBooksRequest"]["members"]["Shelf"];
        if protocol == "rest-json" {
            shelf["location"] = json!("querystring");
        }
        shelf["locationName"] = json!("shelf");
        let (pointer, value) = &edit;
        let found = changes_of(&old, &[(pointer.as_str(), value.clone())]).unwrap();
        assert_eq!(found, expected, "{protocol} {pointer}");
    }
}

/// A model of either format is the same as itself, and a newer model can have the other format.
#[test]
fn both_formats_and_all_protocols_are_compared() {
    let mut compared = 0;
    let smithy = common::smithy_models("fixtures").unwrap();
    let smithy: std::collections::BTreeMap<_, _> = smithy.into_iter().collect();
    for (name, model) in common::models("fixtures").unwrap() {
        let mut pairs = vec![(&model, &model)];
        if let Some(smithy) = smithy.get(&name) {
            pairs.extend([(smithy, smithy), (&model, smithy)]);
        }
        for (old, new) in pairs {
            let comparison = compare(old, new).unwrap_or_else(|it| panic!("{name}: {it}"));
            let impacts = comparison.changes.verdict.impacts.iter();
            let items: Vec<&str> = impacts.map(|impact| impact.item.as_str()).collect();
            // Only Smithy has names for the values of enums.
            let expected: &[&str] = match name.as_str() {
                "enum" if !std::ptr::eq(old, new) => &["State::_12X"],
                _ => &[],
            };
            assert_eq!(items, expected, "{name}");
            compared += 1;
        }
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn operations_and_service_changes() {
    let mut new = base();
    new["metadata"]["targetPrefix"] = json!("Shelf2");
    let ping = new["operations"].as_object_mut().unwrap().remove("Ping");
    new["operations"]["Pong"] = ping.unwrap();
    let changed = compare(&to_model(&base()), &to_model(&new)).unwrap();
    insta::assert_snapshot!(changed.to_markdown());
    insta::assert_snapshot!(changed.to_json());
    let same = compare(&to_model(&new), &to_model(&new)).unwrap();
    insta::assert_snapshot!(same.to_markdown());
    insta::assert_snapshot!(changed.to_html());
}

/// What requests can use is compared, however the model says it.
#[test]
fn authentication_of_the_service() {
    let with = |schemes: Value| {
        let mut model = base();
        model["metadata"]["auth"] = schemes;
        model
    };
    let signed = with(json!(["aws.auth#sigv4"]));
    let same = compare(&to_model(&base()), &to_model(&signed)).unwrap();
    assert!(
        same.changes.service_changes.is_empty(),
        "{:?}",
        same.changes.service_changes
    );
    let token = with(json!(["smithy.api#httpBearerAuth", "aws.auth#sigv4"]));
    let changed = compare(&to_model(&signed), &to_model(&token)).unwrap();
    let [change] = &changed.changes.service_changes[..] else {
        panic!("{:?}", changed.changes.service_changes);
    };
    let values = [&*change.from, &*change.to];
    assert_eq!(
        (change.property, values),
        ("authentication", ["SigV4", "Bearer or SigV4"])
    );
}

/// The boto page lists additions to requests and responses, including those to recursive shapes.
#[test]
fn additions_on_both_sides() {
    let mut new = base();
    new["shapes"]["Note"]["members"]["Of"] = json!({"shape": "Book"});
    new["shapes"]["Language"]["enum"] = json!(["DE", "EN", "FR", "ES"]);
    let page = compare(&to_model(&base()), &to_model(&new))
        .unwrap()
        .to_boto_page("2020/01/02");
    insta::assert_snapshot!(page);
}

/// The faults of both models are reported together.
#[test]
fn faults_of_both_models() {
    let broken = |name| model(name, b"{".to_vec());
    let faults = compare(&broken("old.json"), &broken("new.json")).unwrap_err();
    let files: Vec<&str> = faults.0.iter().map(|fault| fault.file.as_str()).collect();
    assert_eq!(files, ["old.json", "new.json"]);
}

/// Operations with event streams are not compared, and a warning names them.
#[test]
fn operations_with_event_streams() {
    let read = |text: &str| model("model", text.as_bytes().to_vec());
    let old = read(include_str!("fixtures/structure.json"));
    let new = read(include_str!("fixtures/event_stream.json"));
    let comparison = compare(&old, &new).unwrap();
    let warnings: Vec<String> = comparison
        .warnings
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        warnings,
        [
            "operations.Feed: left out, because its input is an event stream",
            "operations.Watch: left out, because its output is an event stream"
        ]
    );
    let title = comparison.to_markdown().lines().next().unwrap().to_owned();
    assert_eq!(title, "# Amazon Fixture: 1 updated operation");
}
