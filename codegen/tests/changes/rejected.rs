//! Models that `generate` rejects, in comparisons.

use lean_aws_codegen::Options;
use lean_aws_codegen::changes::{Snapshot, compare};
use serde_json::{Value, json};

use super::{base, changes_after, to_model};

/// A name without a form in Rust is displayed as it is.
#[test]
fn types_without_a_name_in_rust() {
    let cover = json!({"type": "structure", "members": {}});
    let changes = changes_after(&[
        ("/shapes/B½", cover),
        ("/shapes/Book/members/Cover", json!({"shape": "B½"})),
        ("/shapes/Book/members/½", json!({"shape": "B½"})),
    ]);
    let changes = changes.unwrap().join("\n");
    assert!(
        changes.contains("breaking: field with a different type Book::cover"),
        "{changes}"
    );
    assert!(changes.contains("minor: new field Book::½"), "{changes}");
}

/// The model with a chain of `n` structures, the last of which has this member.
fn chain(n: usize, last: &str) -> Value {
    let mut value = base();
    for i in 0..n {
        let next = json!({"shape": format!("Link{}", i + 1)});
        value["shapes"][format!("Link{i}")] =
            json!({"type": "structure", "members": {"Next": next}});
    }
    value["shapes"][format!("Link{n}")] =
        json!({"type": "structure", "members": {last: {"shape": "Text"}}});
    value["operations"]["Ping"]["input"] = json!({"shape": "Link0"});
    value
}

/// Structures that are nested deeply are faults, and do not overflow the stack.
#[test]
fn long_chains_of_structures() {
    let [old, new] = ["Old", "New"].map(|last| to_model(&chain(20_000, last)));
    let faults = compare(&old, &new).unwrap_err().to_string();
    assert!(faults.contains("are nested too deeply"), "{faults}");
}

/// A snapshot was generated, but a file can have anything.
#[test]
fn long_chains_in_snapshots() {
    let snapshot = |last: &str| {
        let model = to_model(&chain(2, last));
        let generated = lean_aws_codegen::generate(&model, &Options::default()).unwrap();
        let mut value: Value = serde_json::from_str(&generated.snapshot.to_text()).unwrap();
        let link = value["shapes"]["Link1"].to_string();
        for i in 1..20_000 {
            let next = if i == 19_999 { 2 } else { i + 10_001 };
            let text = link.replace("Link2", &format!("Link{next}"));
            let id = if i == 1 { 1 } else { i + 10_000 };
            value["shapes"][format!("Link{id}")] = serde_json::from_str(&text).unwrap();
        }
        Snapshot::parse(&value.to_string()).unwrap()
    };
    assert!(snapshot("New").changes_since(&snapshot("Old")).is_none());
}
