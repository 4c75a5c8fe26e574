//! What becomes of our model when a newer one is taken over.

use codegen::import::{Import, import};
use codegen::{Diagnostics, ModelFile, ModelFiles};

const OURS: &str = r#"{
  "metadata": {
    "apiVersion": "2020-01-01",
    "endpointPrefix": "shelf",
    "jsonVersion": "1.1",
    "protocol": "json",
    "targetPrefix": "Shelf"
  },
  "operations": {
    "GetBook": {
      "name": "GetBook",
      "input": {
        "shape": "Book"
      },
      "documentation": "Our words on GetBook."
    },
    "DropBook": {
      "name": "DropBook",
      "documentation": "Our words on DropBook."
    }
  },
  "shapes": {
    "Book": {
      "type": "structure",
      "members": {
        "Title": {
          "shape": "Text",
          "documentation": "Our words on Title."
        },
        "Language": {
          "shape": "Language",
          "documentation": "Our words on Language."
        },
        "documentation": {
          "shape": "Text",
          "documentation": "Our words on a member of that name."
        }
      },
      "documentation": "Our words on Book."
    },
    "Language": {
      "type": "string",
      "enum": [
        "DE",
        "EN"
      ],
      "documentation": "Our words on Language."
    },
    "Text": {
      "type": "string",
      "max": 9.5,
      "pattern": "[^\u0000\"\\\\<é>]*",
      "documentation": "Our words on Text."
    }
  }
}
"#;

const ENUM_DOCS: &str = r#"{
  "Language": {
    "DE": "Our words on DE.",
    "EN": "Our words on EN."
  }
}
"#;

fn file(text: &str) -> ModelFile {
    ModelFile {
        name: "model".to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn files(service: &str, enum_docs: Option<&str>, rust: Option<&str>) -> ModelFiles {
    ModelFiles {
        enum_docs: enum_docs.map(file),
        rust: rust.map(file),
        ..ModelFiles::new(file(service))
    }
}

fn imported(newer: &str) -> Result<Import, Diagnostics> {
    let rust = r#"{"variants": {"Language": {"EN": "English"}}}"#;
    let ours = files(OURS, Some(ENUM_DOCS), Some(rust));
    import(&ours, &files(newer, None, None))
}

/// The same facts in other words, other layout and other order leave our files as they are.
#[test]
fn other_words_change_nothing() {
    let theirs = OURS.replace("Our words", "Their words").replace("\n", "");
    let (first, shapes) = theirs.split_once("  \"shapes\"").unwrap();
    let (metadata, operations) = first.split_once("  \"operations\"").unwrap();
    let body = shapes.trim_end().strip_suffix('}').unwrap();
    let operations = operations.trim_end().trim_end_matches(',');
    let reordered = format!("{metadata} \"shapes\"{body}, \"operations\"{operations}}}");
    let found = imported(&reordered).unwrap();
    assert_eq!(found.files["service-2.json"], OURS);
    assert_eq!(found.files["enum-docs.json"], ENUM_DOCS);
    assert_eq!(found.lacking, Vec::<String>::new());
    assert_eq!(found.faults, []);
    assert!(found.comparison.markdown().contains("Nothing changed"));
}

/// What is new stands in its place, without words, and is told; what is gone takes its words along.
#[test]
fn facts_from_there_and_words_from_ours() {
    let theirs = OURS
        .replace("Our words", "Their words")
        .replace(
            r#""Language": {
          "shape": "Language","#,
            r#""Year": {
          "shape": "Year",
          "documentation": "Their words on Year."
        },
        "Language": {
          "shape": "Language","#,
        )
        .replace(
            r#"    "Text": {
      "#,
            r#"    "Year": {
      "documentation": "Their words on the shape Year.",
      "type": "integer"
    },
    "Text": {
      "#,
        )
        .replace(r#""EN""#, r#""FR""#)
        .replace("DropBook", "PutBook");
    let found = imported(&theirs).unwrap();
    let expected = OURS
        .replace(
            r#""Language": {
          "shape": "Language","#,
            r#""Year": {
          "shape": "Year"
        },
        "Language": {
          "shape": "Language","#,
        )
        .replace(
            r#"    "Text": {
      "#,
            r#"    "Year": {
      "type": "integer"
    },
    "Text": {
      "#,
        )
        .replace(r#""EN""#, r#""FR""#)
        .replace(
            r#""name": "DropBook",
      "documentation": "Our words on DropBook.""#,
            r#""name": "PutBook""#,
        )
        .replace("DropBook", "PutBook");
    assert_eq!(found.files["service-2.json"], expected);
    assert!(!found.files["service-2.json"].contains("Their"));
    let enum_docs = "{\n  \"Language\": {\n    \"DE\": \"Our words on DE.\"\n  }\n}\n";
    assert_eq!(found.files["enum-docs.json"], enum_docs);
    let lacking = [
        "operations.PutBook",
        "shapes.Book.members.Year",
        "shapes.Year",
        "shapes.Language.enum.FR",
    ];
    assert_eq!(found.lacking, lacking);
    let faults: Vec<String> = found.faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        ["model:1:34: variants.Language.EN: unknown value \"EN\"; remove the row"]
    );
    assert!(
        found
            .comparison
            .markdown()
            .contains("1 new, 1 updated, 1 removed")
    );
}

#[test]
fn a_broken_model_is_refused() {
    let faults = imported(&OURS.replace("\"Shelf\"", "1")).unwrap_err();
    assert_eq!(faults.0.len(), 1, "{faults}");
}

/// Smithy's shapes would take the place of ours, or ours be lost.
#[test]
fn a_smithy_model_is_refused() {
    let smithy = include_str!("fixtures/structure.smithy.json");
    let faults = imported(smithy).unwrap_err();
    let told = faults.to_string();
    assert!(
        told.starts_with("model:1:1: smithy: a Smithy model"),
        "{told}"
    );
}

/// A waiter of ours for an operation that is gone is told with what else no longer fits.
#[test]
fn a_waiter_whose_operation_is_gone() {
    let waiters = r#"{"version": 2, "waiters": {"BookDropped": {"delay": 2, "operation": "DropBook",
        "acceptors": [{"matcher": "status", "expected": 200, "state": "success"}]}}}"#;
    let ours = ModelFiles {
        waiters: Some(file(waiters)),
        ..files(OURS, None, None)
    };
    let newer = files(&OURS.replace("DropBook", "PutBook"), None, None);
    let found = import(&ours, &newer).unwrap();
    let faults: Vec<String> = found.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].contains("unknown operation \"DropBook\""),
        "{faults:?}"
    );
}
