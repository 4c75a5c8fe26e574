//! Tests of the report on newer models.

use super::{Project, TWO, fixture_of, read};

/// A run with newer models reports what changed for the operations in the file.
#[test]
fn changes_of_the_models_are_reported() {
    let project = Project::new();
    let report = |text: &str, check| {
        let messages = project.run_with(text, check, false).unwrap().messages;
        let reports = messages.iter().filter(|it| it.contains("last run"));
        reports
            .map(|it| it.trim_start().to_owned())
            .collect::<Vec<_>>()
    };
    let text = "[services.ds]\noperations = [\"ListThings\", \"ListDeep\"]\n[services.shapes]\n";
    assert!(report(text, false).is_empty());
    // Another operation of the same model is no change of the model, and neither are all.
    assert!(report(TWO, false).is_empty());
    assert!(report("[services.ds]\n[services.shapes]\n", false).is_empty());
    assert!(report(text, false).is_empty());

    // A newer model: an operation that the file does not name changes, and two that it names.
    let mut model: serde_json::Value =
        serde_json::from_str(&fixture_of("paginated_operation", "Directory Service")).unwrap();
    model["operations"]["ListInferred"]["deprecated"] = true.into();
    model["operations"]["ListDeep"]["deprecated"] = true.into();
    let input = model["operations"]["ListThings"]["input"]["shape"].clone();
    let input = input.as_str().unwrap().to_owned();
    model["shapes"]["NewText"] = serde_json::json!({"type": "string"});
    model["shapes"][input]["members"]["Added"] = serde_json::json!({"shape": "NewText"});
    project.put("models/ds/2021-01-01/service-2.json", &model.to_string());
    let pages = read("paginated_operation.paginators");
    project.put("models/ds/2021-01-01/paginators-1.json", &pages);
    let shapes = read("structure.smithy").replace("\"RightNumber\"", "\"Number\"");
    project.put("models/shapes.smithy.json", &shapes);
    let expected = "\
What changed in ds since the last run:

# Amazon Fixture: 2 updated operations

Impact on the Rust crate: **minor**

- minor: deprecated method `Client::list_deep`
- minor: new field `ListThingsInput::added`

## Updated operations

| operation    | side    | change |
|--------------|---------|---|
| `ListDeep`   |         | operation is now deprecated |
| `ListThings` | request | `Added` was added: string |";
    for check in [true, false] {
        let reports = report(text, check);
        assert_eq!(reports[0], expected);
        assert!(
            reports[1].starts_with("What changed in shapes "),
            "{reports:?}"
        );
        assert!(reports[1].contains("**breaking**"), "{reports:?}");
        assert_eq!(reports.len(), 2);
    }
    assert!(report(text, false).is_empty());

    // A snapshot of another version is replaced.
    project.put("models/ds/2022-01-01/service-2.json", &model.to_string());
    let snapshot = project.files()["models/ds.json"].replace("\"format\": 1", "\"format\": 0");
    project.put("sdk/models/ds.json", &snapshot);
    assert!(project.run_with(text, false, true).unwrap().messages.len() > 1);
}
