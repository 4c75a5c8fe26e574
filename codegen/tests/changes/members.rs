//! Changes of members that decide the form and the type of a field, and the names of the items in the verdict.

use serde_json::{Value, json};

use super::{base, changes_after, changes_of};

/// A service in the format of Smithy. `Inner` is part of its input and of its output.
fn smithy() -> Value {
    let target = |name: &str| json!({"target": format!("com.example#{name}")});
    let text = || json!({"target": "smithy.api#String"});
    let required = |name: &str| {
        let id = format!("smithy.api#{name}");
        json!({"target": id, "traits": {"smithy.api#required": {}}})
    };
    json!({"smithy": "2.0", "shapes": {
        "com.example#Shelf": {"type": "service", "version": "2020-01-01",
            "operations": [target("GetDBInstance")],
            "traits": {
                "aws.api#service": {"sdkId": "Shelf", "arnNamespace": "shelf", "endpointPrefix": "shelf"},
                "aws.auth#sigv4": {"name": "shelf"}, "aws.protocols#awsJson1_1": {},
                "smithy.api#title": "Shelf"}},
        "com.example#GetDBInstance": {"type": "operation", "input": target("GetRequest"), "output": target("GetResult")},
        "com.example#GetRequest": {"type": "structure", "members": {
            "Inner": target("Inner"), "Limit": {"target": "smithy.api#Integer"}, "Token": text(),
            "New": text()}},
        "com.example#GetResult": {"type": "structure", "members": {
            "Count": {"target": "smithy.api#Integer"}, "Must": required("Integer"), "Other": required("String"),
            "Of": target("Inner"), "NextToken": text(), "Names": target("Names"), "Notes": target("Notes")}},
        "com.example#Inner": {"type": "structure", "members": {
            "Size": {"target": "smithy.api#Integer"}, "Must": required("Integer"), "State": target("State"),
            "Part": target("Part")}},
        "com.example#Part": {"type": "structure", "members": {"A": text()}},
        "com.example#Names": {"type": "list", "member": text()},
        "com.example#Notes": {"type": "map", "key": text(), "value": text()},
        "com.example#State": {"type": "enum", "members": {
            "ON": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "1"}},
            "OFF": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "2"}}}},
        "com.example#Missing": {"type": "structure", "members": {"message": text()},
            "traits": {"smithy.api#error": "client"}}
    }})
}

const RESULT: &str = "/shapes/com.example#GetResult/members";
const REQUEST: &str = "/shapes/com.example#GetRequest/members";
const INNER: &str = "/shapes/com.example#Inner/members";

/// Returns the changes after an edit of the model in Smithy's format.
fn after(parent: &str, key: &str, value: Value) -> Vec<String> {
    changes_of(&smithy(), &[(format!("{parent}/{key}").as_str(), value)]).unwrap()
}

fn integer(traits: &[&str]) -> Value {
    let traits = traits.iter().map(|name| {
        let value = match *name {
            "default" => json!(0),
            _ => json!({}),
        };
        (format!("smithy.api#{name}"), value)
    });
    let traits: serde_json::Map<String, Value> = traits.collect();
    json!({"target": "smithy.api#Integer", "traits": traits})
}

/// The verdict follows from the form of the field before and after, not from what the model requires.
#[test]
fn forms_of_fields() {
    let count = |traits: &[&str]| after(RESULT, "Count", integer(traits));
    let must = |traits: &[&str]| after(RESULT, "Must", integer(traits));
    assert_eq!(
        count(&["default"]),
        [
            "`Count`: default `0` was added => breaking: field no longer an Option GetDbInstanceOutput::count"
        ]
    );
    assert_eq!(
        count(&["required"]),
        [
            "`Count` is now required => breaking: field no longer an Option GetDbInstanceOutput::count"
        ]
    );
    assert_eq!(
        count(&["required", "clientOptional"]),
        [
            "`Count` is now required => patch: field with the same type GetDbInstanceOutput::count",
            "`Count`: optional for clients `true` was added => patch: field with a different default GetDbInstanceOutput::count",
        ]
    );
    assert_eq!(
        must(&["required", "clientOptional"]),
        [
            "`Must`: optional for clients `true` was added => breaking: field now an Option GetDbInstanceOutput::must"
        ]
    );
    // `Other` must still be set.
    assert_eq!(
        must(&["required", "default"]),
        [
            "`Must`: default `0` was added => minor: field no longer required by build() GetDbInstanceOutput::must"
        ]
    );
    assert_eq!(
        must(&["default"]),
        [
            "`Must` is now optional => minor: field no longer required by build() GetDbInstanceOutput::must",
            "`Must`: default `0` was added => minor: field no longer required by build() GetDbInstanceOutput::must",
        ]
    );
    let inner = after(INNER, "Must", integer(&["required", "default"]));
    assert_eq!(
        inner,
        [
            "`Inner.Must`: default `0` was added => breaking: build() no longer returns a Result Inner::must",
            "`Of.Must`: default `0` was added => breaking: build() no longer returns a Result Inner::must",
        ]
    );
    let part = json!({"target": "com.example#Part", "traits": {"smithy.api#required": {}}});
    assert_eq!(
        after(INNER, "Part", part),
        [
            "`Inner.Part` is now required => minor: field now required by the service Inner::part",
            "`Of.Part` is now required => patch: field with the same type Inner::part",
        ]
    );
    // All fields of an input are options.
    assert_eq!(
        after(REQUEST, "Limit", integer(&["default"])),
        [
            "`Limit`: default `0` was added => patch: field with a different default GetDbInstanceInput::limit"
        ]
    );
    let token =
        json!({"target": "smithy.api#String", "traits": {"smithy.api#idempotencyToken": {}}});
    assert_eq!(
        after(REQUEST, "Token", token),
        [
            "`Token`: idempotency token `true` was added => patch: field with a different default GetDbInstanceInput::token"
        ]
    );
}

/// A new required member breaks programs only if `build()` fails without it.
#[test]
fn new_required_members() {
    let added = |traits: &[&str]| after(INNER, "Added", integer(traits));
    let lines = |request: &str, response: &str| {
        [("Inner", request), ("Of", response)].map(|(path, impact)| {
            format!("`{path}.Added` was added: integer, required => {impact} Inner::added")
        })
    };
    let required = "breaking: new field required by build()";
    assert_eq!(added(&["required"]), lines(required, required));
    let optional = lines(
        "minor: new field required by the service",
        "minor: new field",
    );
    assert_eq!(added(&["required", "clientOptional"]), optional);
    assert_eq!(added(&["required", "default"]), optional);
    let part = json!({"target": "com.example#Part", "traits": {"smithy.api#required": {}}});
    let part = after(RESULT, "Added", part);
    assert_eq!(
        part,
        [
            "`Added` was added: structure Part, required => minor: new field GetDbInstanceOutput::added"
        ]
    );
}

#[test]
fn sparse_collections_and_streams() {
    let sparse = |shape: &str| {
        let traits = format!("/shapes/com.example#{shape}/traits");
        changes_of(
            &smithy(),
            &[(traits.as_str(), json!({"smithy.api#sparse": {}}))],
        )
        .unwrap()
    };
    assert_eq!(
        sparse("Names"),
        [
            "`Names` changed from list of string to sparse list of string => breaking: field with a different type GetDbInstanceOutput::names"
        ]
    );
    assert_eq!(
        sparse("Notes"),
        [
            "`Notes` changed from map from string to string to sparse map from string to string => breaking: field with a different type GetDbInstanceOutput::notes"
        ]
    );

    let mut old = base();
    old["metadata"]["protocol"] = json!("rest-json");
    old["operations"]["ListBooks"]["http"] = json!({"method": "GET", "requestUri": "/books"});
    old["operations"]["ListBooks"]["output"] = json!({"shape": "Scan"});
    old["shapes"]["Scan"] =
        json!({"type": "structure", "payload": "Page", "members": {"Page": {"shape": "Page"}}});
    old["shapes"]["Page"] = json!({"type": "blob"});
    assert_eq!(
        changes_of(&old, &[("/shapes/Page/streaming", json!(true))]).unwrap(),
        [
            "`Page` changed from blob to blob stream => breaking: field with a different type ListBooksOutput::page"
        ]
    );
}

#[test]
fn keys_of_maps() {
    assert_eq!(
        changes_after(&[("/shapes/Notes/key/shape", json!("Language"))]).unwrap(),
        [
            "`Books[].Notes` changed from map from string to structure Note to map from enum Language to structure Note => breaking: field with a different type Book::notes"
        ]
    );
    let mut old = base();
    old["shapes"]["Shade"] = json!({"type": "string", "enum": ["DARK", "LIGHT"]});
    old["shapes"]["Notes"]["key"]["shape"] = json!("Shade");
    assert_eq!(
        changes_of(&old, &[("/shapes/Shade/enum", json!(["DARK"]))]).unwrap(),
        ["`Books[].Notes{key}` can no longer be `LIGHT` => breaking: removed variant Shade::Light"]
    );
}

/// The variants of an enum have the names of the values, which can differ from the values.
#[test]
fn names_of_enum_values() {
    let values = "/shapes/com.example#State/members";
    let value = |value: &str| json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": value}});
    let edit = |edits: &[(&str, Value)]| {
        let edits: Vec<(String, Value)> = edits
            .iter()
            .map(|(name, value)| (format!("{values}/{name}"), value.clone()))
            .collect();
        let edits: Vec<(&str, Value)> = edits
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        changes_of(&smithy(), &edits).unwrap()
    };
    let on_both_sides = |line: &str| [format!("`Inner.State`{line}"), format!("`Of.State`{line}")];
    assert_eq!(
        edit(&[("OFF", Value::Null), ("DOWN", value("2"))]),
        on_both_sides(
            ": `2` is now named `DOWN` instead of `OFF` => breaking: renamed variant State::Off"
        )
    );
    assert_eq!(
        edit(&[("DIM", value("3"))]),
        on_both_sides(" can now be `3` => minor: new variant State::Dim")
    );
    assert_eq!(
        edit(&[("OFF", Value::Null)]),
        on_both_sides(" can no longer be `2` => breaking: removed variant State::Off")
    );
    // Both are the variant `Off`.
    assert_eq!(edit(&[("OFF", Value::Null), ("off", value("2"))]), [""; 0]);
}

/// An operation has other words in the name of its error than in those of its input and its paginator.
#[test]
fn names_of_items() {
    let operation = "/shapes/com.example#GetDBInstance";
    assert_eq!(
        after(
            operation,
            "errors",
            json!([{"target": "com.example#Missing"}])
        ),
        ["`Missing` was added => minor: new variant GetDBInstanceError::Missing"]
    );
    let paginated = json!({"smithy.api#paginated": {
        "inputToken": "Token", "outputToken": "NextToken", "items": "Names"}});
    assert_eq!(
        after(operation, "traits", paginated),
        [
            "pagination `Token -> NextToken: Names` was added => minor: new paginator GetDbInstancePaginator"
        ]
    );
    assert_eq!(
        after(REQUEST, "New", Value::Null),
        ["`New` was removed => breaking: removed field GetDbInstanceInput::new_value"]
    );
}
