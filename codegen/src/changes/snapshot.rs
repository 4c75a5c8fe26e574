//! Snapshots of generated operations, which are compared with those of a later model.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::{Comparison, changes};
use crate::ir::{EndpointRules, Service, ShapeKind};

/// The version of the format. Another version is not read.
const FORMAT: u64 = 1;

/// The operations of a service as they were generated, with their shapes, and without documentation and endpoint rules.
#[derive(Clone, Debug)]
pub struct Snapshot {
    service: Service,
    /// Whether they were all operations of the model.
    all: bool,
}

impl Snapshot {
    pub(crate) fn new(mut service: Service, all: bool) -> Self {
        service.endpoints = EndpointRules::default();
        service.client_parameters.clear();
        service.waiters.clear();
        service.polls.clear();
        service.examples = Default::default();
        Self { service, all }
    }

    /// Returns the snapshot as JSON with a line for each operation and shape.
    pub fn to_text(&self) -> String {
        let mut value = serde_json::to_value(without_documentation(&self.service));
        let mut text = format!("{{\n\"format\": {FORMAT},\n\"all\": {}", self.all);
        let entries = value.as_mut().ok().and_then(Value::as_object_mut);
        for (key, value) in sorted(entries.map(std::mem::take).unwrap_or_default()) {
            let value = stripped(value);
            if is_default(&value) {
                continue;
            }
            // Writing to a string does not fail.
            let _ = match (key.as_str(), value) {
                ("operations" | "shapes", Value::Object(entries)) => {
                    let lines = sorted(entries).into_iter();
                    let lines =
                        lines.map(|(name, value)| format!("{}: {value}", Value::String(name)));
                    let lines: Vec<String> = lines.collect();
                    write!(text, ",\n\"{key}\": {{\n{}\n}}", lines.join(",\n"))
                }
                (key, value) => write!(text, ",\n\"{key}\": {value}"),
            };
        }
        text.push_str("\n}\n");
        text
    }

    /// Reads a snapshot. Returns `None` if it is damaged, or of another version of this format.
    pub fn parse(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        if value.get("format")?.as_u64()? != FORMAT {
            return None;
        }
        let all = value.get("all")?.as_bool()?;
        let service = serde_json::from_value(value).ok()?;
        Some(Self { service, all })
    }

    /// Returns what changed since an older snapshot, if anything did. Operations that only one of the snapshots has count as
    /// changes if both have all operations of their models, and are ignored otherwise.
    pub fn changes_since(&self, older: &Self) -> Option<Comparison> {
        let (mut old, mut new) = (older.service.clone(), self.service.clone());
        if !self.all || !older.all {
            old.operations
                .retain(|name, _| self.service.operations.contains_key(name));
            new.operations
                .retain(|name, _| older.service.operations.contains_key(name));
        }
        let changes = changes(&old, &new);
        (!changes.verdict.impacts.is_empty()).then_some(Comparison {
            changes,
            warnings: Vec::new(),
            old,
            new,
        })
    }
}

/// Returns a copy without documentation and without the positions in the files of the model.
fn without_documentation(service: &Service) -> Service {
    let mut service = service.clone();
    service.documentation.clear();
    for operation in service.operations.values_mut() {
        operation.documentation.clear();
        operation.path.clear();
        if let Some(prefix) = &mut operation.host_prefix {
            prefix.path.clear();
        }
    }
    for shape in service.shapes.values_mut() {
        shape.documentation.clear();
        shape.path.clear();
        for member in shape.kind.members_mut() {
            member.documentation.clear();
            member.path.clear();
        }
        if let ShapeKind::Enum(values) = &mut shape.kind {
            for value in values {
                value.documentation.clear();
                value.path.clear();
            }
        }
    }
    service
}

/// The keys whose values differ from no value even if they are empty or false.
const OPTIONAL: [&str; 3] = ["auth", "default", "deprecated"];

/// Removes the entries of objects that are null, false or empty, which are the defaults.
fn stripped(value: Value) -> Value {
    match value {
        Value::Array(elements) => elements.into_iter().map(stripped).collect(),
        Value::Object(entries) => {
            let entries = sorted(entries).into_iter();
            let kept = entries.filter_map(|(key, value)| {
                let is_variant = key.starts_with(|c: char| c.is_ascii_uppercase());
                let is_kept = is_variant || OPTIONAL.contains(&key.as_str());
                match stripped(value) {
                    Value::Null if !is_variant => None,
                    value if !is_kept && is_default(&value) => None,
                    value => Some((key, value)),
                }
            });
            kept.collect()
        }
        other => other,
    }
}

fn is_default(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

/// Returns entries in alphabetical order. Their own order depends on the features with which `serde_json` is built.
fn sorted(entries: Map<String, Value>) -> Vec<(String, Value)> {
    let mut entries: Vec<_> = entries.into_iter().collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ModelFile, ModelFiles, Options, generate};

    /// Returns the snapshot of a service whose structure has all members of the fixtures.
    fn of_fixture(name: &str, text: &str) -> Snapshot {
        let mut files = ModelFiles::new(ModelFile {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        });
        let partitions = include_bytes!("../../../models/partitions.json");
        files.partitions = Some(ModelFile {
            name: "partitions.json".to_owned(),
            bytes: partitions.to_vec(),
        });
        let generated = generate(&files, &Options::default());
        generated.unwrap_or_else(|it| panic!("{it}")).snapshot
    }

    /// Nothing that is compared is lost.
    #[test]
    fn snapshots_are_read_as_they_were_written() {
        for (name, text) in [
            (
                "bindings",
                include_str!("../../tests/fixtures/bindings.json"),
            ),
            (
                "bindings.smithy",
                include_str!("../../tests/fixtures/bindings.smithy.json"),
            ),
            (
                "deprecated",
                include_str!("../../tests/fixtures/deprecated.json"),
            ),
            ("error", include_str!("../../tests/fixtures/error.json")),
            (
                "enum.smithy",
                include_str!("../../tests/fixtures/enum.smithy.json"),
            ),
            (
                "numbers.smithy",
                include_str!("../../tests/fixtures/numbers.smithy.json"),
            ),
            ("query", include_str!("../../tests/fixtures/query.json")),
            (
                "structure.smithy",
                include_str!("../../tests/fixtures/structure.smithy.json"),
            ),
            (
                "timestamp.smithy",
                include_str!("../../tests/fixtures/timestamp.smithy.json"),
            ),
            ("union", include_str!("../../tests/fixtures/union.json")),
            (
                "unsigned",
                include_str!("../../tests/fixtures/unsigned.json"),
            ),
        ] {
            let snapshot = of_fixture(name, text);
            let text = snapshot.to_text();
            let read = Snapshot::parse(&text).unwrap_or_else(|| panic!("{name}: {text}"));
            assert_eq!(
                read.service,
                without_documentation(&snapshot.service),
                "{name}"
            );
            assert_eq!(read.all, snapshot.all);
            assert!(snapshot.changes_since(&read).is_none(), "{name}");
            let lines = snapshot.service.operations.len() + snapshot.service.shapes.len();
            assert!(text.lines().count() > lines, "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_snapshots() {
        for text in [
            "",
            "{}",
            "{\"format\": 2, \"all\": true}",
            "{\"format\": 1, \"all\": true, \"shapes\": 1}",
        ] {
            assert!(Snapshot::parse(text).is_none(), "{text}");
        }
        assert!(Snapshot::parse("{\"format\": 1, \"all\": true}").is_some());
    }
}
