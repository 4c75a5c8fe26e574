//! The documentation of the crate's model is complete, and none of it merely repeats a name.

use std::path::Path;
use std::{fs, io};

use serde_json::Value;

const MODEL: &str = "../models/workspaces/2015-04-08";

/// Words that do not add a meaning.
const FILLERS: [&str; 6] = ["a", "an", "the", "of", "for", "to"];

#[test]
fn every_item_is_documented() {
    let service = read("service-2.json").unwrap();
    let waiters = read("waiters-2.json").unwrap();
    let enum_docs = read("enum-docs.json").unwrap();
    let (mut checked, mut faults) = (0, Vec::new());
    let mut check = |file: &str, path: &str, names: &str, words: &Value| {
        checked += 1;
        if let Some(fault) = fault(names, words.as_str().unwrap_or_default()) {
            faults.push(format!("{file}: {path}: {fault}"));
        }
    };
    let mut in_service = |path: &str, names: &str, documented: &Value| {
        let path = format!("{path}documentation");
        check("service-2.json", &path, names, &documented["documentation"]);
    };

    in_service("", "", &service);
    for (name, operation) in members(&service["operations"]) {
        in_service(&format!("operations.{name}."), name, operation);
    }
    for (name, shape) in members(&service["shapes"]) {
        in_service(&format!("shapes.{name}."), name, shape);
        for (member, target) in members(&shape["members"]) {
            let path = format!("shapes.{name}.members.{member}.");
            in_service(&path, &format!("{name}{member}"), target);
        }
    }
    for (name, shape) in members(&service["shapes"]) {
        for value in shape["enum"].as_array().into_iter().flatten() {
            let value = value.as_str().unwrap();
            let (path, names) = (format!("{name}.{value}"), format!("{name}{value}"));
            check("enum-docs.json", &path, &names, &enum_docs[name][value]);
        }
    }
    for (name, waiter) in members(&waiters["waiters"]) {
        let path = format!("waiters.{name}.description");
        check("waiters-2.json", &path, name, &waiter["description"]);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(checked > 1_500, "{checked}");
}

#[test]
fn documentation_that_repeats_a_name_is_found() {
    for words in ["The key of the tag.", "Tag keys. Up to 127.", "A `TagKey`"] {
        assert!(fault("TagKey", words).unwrap().contains("repeats"));
    }
    assert!(fault("TagKey", " ").unwrap().contains("missing"));
    assert_eq!(fault("TagKey", "The name under which it is found."), None);
}

/// Returns the fault of the documentation of a name. The name of a member or value follows that of its shape.
fn fault(names: &str, words: &str) -> Option<String> {
    if words.trim().is_empty() {
        return Some("documentation is missing".to_owned());
    }
    let names = names.replace(|c: char| !c.is_alphanumeric(), "");
    let names = names.to_lowercase();
    let first = words.split_inclusive(". ").next().unwrap_or_default();
    let repeats = first
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .all(|word| FILLERS.contains(&word) || names.contains(word.trim_end_matches('s')));
    repeats.then(|| format!("only repeats its name: {first:?}; say what it is or does"))
}

fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

fn read(file: &str) -> io::Result<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(MODEL).join(file);
    Ok(serde_json::from_slice(&fs::read(path)?)?)
}
