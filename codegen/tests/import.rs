//! Imports of a newer model.

use codegen::import::{self, Import};
use codegen::{Diagnostics, ModelFile, ModelFiles};

const CURRENT: &str = r#"{
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
      "documentation": "Our text for GetBook."
    },
    "DropBook": {
      "name": "DropBook",
      "documentation": "Our text for DropBook."
    }
  },
  "shapes": {
    "Book": {
      "type": "structure",
      "members": {
        "Title": {
          "shape": "Text",
          "documentation": "Our text for Title."
        },
        "Language": {
          "shape": "Language",
          "documentation": "Our text for Language."
        },
        "documentation": {
          "shape": "Text",
          "documentation": "Our text for a member named documentation."
        }
      },
      "documentation": "Our text for Book."
    },
    "Language": {
      "type": "string",
      "enum": [
        "DE",
        "EN"
      ],
      "documentation": "Our text for Language."
    },
    "Text": {
      "type": "string",
      "max": 9,
      "pattern": "[^\u0000\"\\\\<é>]*",
      "documentation": "Our text for Text."
    }
  }
}
"#;

const ENUM_DOCS: &str = r#"{
  "Language": {
    "DE": "Our text for DE.",
    "EN": "Our text for EN."
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

fn import_over_current(newer: &str) -> Result<Import, Diagnostics> {
    let rust = r#"{"variants": {"Language": {"EN": "English"}}}"#;
    let current = files(CURRENT, Some(ENUM_DOCS), Some(rust));
    import::import(&current, &files(newer, None, None))
}

/// A model that differs in documentation, layout and order only leaves the files unchanged.
#[test]
fn documentation_and_layout_are_ignored() {
    let newer = CURRENT.replace("Our text", "Their text").replace("\n", "");
    let (first, shapes) = newer.split_once("  \"shapes\"").unwrap();
    let (metadata, operations) = first.split_once("  \"operations\"").unwrap();
    let body = shapes.trim_end().strip_suffix('}').unwrap();
    let operations = operations.trim_end().trim_end_matches(',');
    let reordered = format!("{metadata} \"shapes\"{body}, \"operations\"{operations}}}");
    let import = import_over_current(&reordered).unwrap();
    assert_eq!(import.files["service-2.json"], CURRENT);
    assert_eq!(import.files["enum-docs.json"], ENUM_DOCS);
    assert_eq!(import.undocumented, Vec::<String>::new());
    assert_eq!(import.faults, []);
    assert!(
        import
            .comparison
            .to_markdown()
            .contains("No changes other than documentation")
    );
}

/// New items are inserted in order, without documentation, and listed. The documentation of removed items
/// is removed.
#[test]
fn items_are_added_and_removed() {
    let expected = CURRENT
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
      "documentation": "Our text for DropBook.""#,
            r#""name": "PutBook""#,
        )
        .replace("DropBook", "PutBook");
    let newer = expected.replace("Our text", "Their text");
    let newer = [
        r#""name": "PutBook""#,
        r#""shape": "Year""#,
        r#""type": "integer""#,
    ]
    .into_iter()
    .fold(newer, |model, entry| {
        let documented = format!(r#""documentation": "Their new text.", {entry}"#);
        model.replace(entry, &documented)
    });
    assert_eq!(newer.matches("Their new text.").count(), 3);
    let import = import_over_current(&newer).unwrap();
    assert_eq!(import.files["service-2.json"], expected);
    assert!(!import.files["service-2.json"].contains("Their"));
    let enum_docs = "{\n  \"Language\": {\n    \"DE\": \"Our text for DE.\"\n  }\n}\n";
    assert_eq!(import.files["enum-docs.json"], enum_docs);
    let undocumented = [
        "operations.PutBook",
        "shapes.Book.members.Year",
        "shapes.Year",
        "shapes.Language.enum.FR",
    ];
    assert_eq!(import.undocumented, undocumented);
    let faults: Vec<String> = import.faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        ["model:1:34: variants.Language.EN: unknown value \"EN\"; remove the row"]
    );
    assert!(
        import
            .comparison
            .to_markdown()
            .contains("1 new, 1 updated, 1 removed")
    );
}

#[test]
fn invalid_model_is_rejected() {
    let faults = import_over_current(&CURRENT.replace("\"Shelf\"", "1")).unwrap_err();
    assert_eq!(faults.0.len(), 1, "{faults}");
}

/// The files are in botocore's format, which has no place for a Smithy model.
#[test]
fn smithy_model_is_rejected() {
    let smithy = include_str!("fixtures/structure.smithy.json");
    let faults = import_over_current(smithy).unwrap_err();
    let message = faults.to_string();
    assert!(
        message.starts_with("model:1:1: smithy: a Smithy model"),
        "{message}"
    );
}

/// A waiter for a removed operation is a fault.
#[test]
fn waiter_for_a_removed_operation() {
    let waiters = r#"{"version": 2, "waiters": {"BookDropped": {"delay": 2, "operation": "DropBook",
        "acceptors": [{"matcher": "status", "expected": 200, "state": "success"}]}}}"#;
    let current = ModelFiles {
        waiters: Some(file(waiters)),
        ..files(CURRENT, None, None)
    };
    let newer = files(&CURRENT.replace("DropBook", "PutBook"), None, None);
    let import = import::import(&current, &newer).unwrap();
    let faults: Vec<String> = import.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].contains("unknown operation \"DropBook\""),
        "{faults:?}"
    );
}
