//! Imports of a newer model.

use lean_aws_codegen::import::{self, Import};
use lean_aws_codegen::{Diagnostics, ModelFile, ModelFiles};

use crate::common;

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
    import::import(&current, &files(newer, None, None), None)
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

/// The formats of the models must be the same.
#[test]
fn models_of_other_formats_are_rejected() {
    let smithy = include_str!("fixtures/structure.smithy.json");
    for (current, newer, message) in [
        (
            CURRENT,
            smithy,
            "model:1:1: a Smithy model cannot be imported",
        ),
        (
            smithy,
            CURRENT,
            "model:1:1: a model in botocore's format cannot be imported",
        ),
    ] {
        let import = import::import(&files(current, None, None), &files(newer, None, None), None);
        let faults = import.unwrap_err().to_string();
        assert!(faults.starts_with(message), "{faults}");
    }
}

/// A model of either format and of any protocol is imported over itself, with its documentation. What is new has none.
#[test]
fn both_formats_and_all_protocols_are_imported() {
    let models = common::models("fixtures").unwrap().into_iter();
    let smithy = common::smithy_models("fixtures").unwrap().into_iter();
    let mut imported = 0;
    for (name, current) in models.chain(smithy) {
        let text = String::from_utf8(current.service.bytes.clone()).unwrap();
        let newer = ModelFiles {
            service: file(&text.replace("\"documentation\": \"", "\"documentation\": \"Their ")),
            ..current.clone()
        };
        let import =
            import::import(&current, &newer, None).unwrap_or_else(|it| panic!("{name}: {it}"));
        let before: serde_json::Value = serde_json::from_str(&text).unwrap();
        let after: serde_json::Value =
            serde_json::from_str(&import.files["service-2.json"]).unwrap();
        assert_eq!(after, before, "{name}");
        assert_eq!(import.faults, [], "{name}");
        imported += 1;
    }
    assert!(imported > 60, "{imported}");
}

#[test]
fn documentation_of_smithy_models_stays() {
    let model = |name: &str, docs: &str, more: &str| {
        let text = include_str!("fixtures/enum.smithy.json");
        assert!(text.contains("\"shapes\": {\n"), "{name}");
        let shape = format!(
            "\"shapes\": {{\n\"com.example#Ours\": {{\"type\": \"string\", \"traits\": {{\"smithy.api#documentation\": \"{docs}\"}}}},{more}\n"
        );
        files(&text.replacen("\"shapes\": {\n", &shape, 1), None, None)
    };
    let current = model("current", "Our text.", "");
    let more = "\"com.example#Theirs\": {\"type\": \"string\", \"traits\": {\"smithy.api#documentation\": \"Their text.\"}},";
    let newer = model("newer", "Their text.", more);
    let import = import::import(&current, &newer, None).unwrap();
    let text = &import.files["service-2.json"];
    assert!(
        text.contains("Our text.") && text.contains("com.example#Theirs"),
        "{text}"
    );
    assert!(!text.contains("Their text."), "{text}");
    let undocumented = import.undocumented;
    assert!(
        undocumented.contains(&"shapes.com.example#Theirs".to_owned()),
        "{undocumented:?}"
    );
    assert!(!undocumented.contains(&"shapes.com.example#Ours".to_owned()));
}

/// A model with some of the operations gains no others.
#[test]
fn some_operations_are_imported() {
    let newer = CURRENT
        .replace("DropBook", "PutBook")
        .replace("\"max\": 9", "\"max\": 10");
    let keep = ["GetBook".to_owned(), "DropBook".to_owned()];
    let import = import::import(
        &files(CURRENT, None, None),
        &files(&newer, None, None),
        Some(&keep),
    );
    let import = import.unwrap();
    let text = &import.files["service-2.json"];
    assert!(
        text.contains("\"GetBook\"") && text.contains("\"max\": 10"),
        "{text}"
    );
    assert!(
        !text.contains("PutBook") && !text.contains("DropBook"),
        "{text}"
    );
    let report = import.comparison.to_markdown();
    assert!(
        report.starts_with("# Shelf: 1 updated, 1 removed") || report.contains("1 removed"),
        "{report}"
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
    let import = import::import(&current, &newer, None).unwrap();
    let faults: Vec<String> = import.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].contains("unknown operation \"DropBook\""),
        "{faults:?}"
    );
}
