//! Checks inputs against the constraints of the model and reports violations as the service does.

use std::collections::HashMap;

use aws_smithy_types::{Document, Number};
use regex_lite::Regex;

use super::constraint::{Constraint, Kind, Table};

/// Members that the model calls optional, but without which an item of a list means nothing: the structure and the member.
///
/// The model calls the same member of `RebootRequest`, `RebuildRequest` and `TerminateRequest` required. That the service
/// refuses the whole call, as it does for those, is inferred.
const IDENTIFYING: &[(&str, &str)] = &[
    ("AccessEndpoint", "AccessEndpointType"),
    ("AccessEndpoint", "VpcEndpointId"),
    ("StartRequest", "WorkspaceId"),
    ("StopRequest", "WorkspaceId"),
];

/// Checks the input of an operation against the constraints in `table`.
///
/// # Errors
/// Returns the message of a `ValidationException` that lists every violation.
pub(crate) fn check(table: &Table, operation: &str, input: &Document) -> Result<(), String> {
    let mut check = Check {
        table,
        violations: Vec::new(),
    };
    check.value("", operation, input);
    let count = match check.violations.len() {
        0 => return Ok(()),
        1 => "1 validation error".to_owned(),
        count => format!("{count} validation errors"),
    };
    Err(format!("{count} detected: {}", check.violations.join("; ")))
}

struct Check<'a> {
    table: &'a Table,
    violations: Vec<String>,
}

impl Check<'_> {
    /// Checks the value at `path` against the constraint called `name`.
    ///
    /// A name that is not in the table has no constraint. A value of an unexpected JSON type is left
    /// to the decoder to report.
    fn value(&mut self, path: &str, name: &str, value: &Document) {
        let found = self.table.binary_search_by_key(&name, |(name, _)| name);
        let Some((_, constraint)) = found.ok().and_then(|index| self.table.get(index)) else {
            return;
        };
        match (&constraint.kind, value) {
            (Kind::String, Document::String(string)) => self.string(path, constraint, string),
            (Kind::Blob, Document::String(base64)) => self.blob(path, constraint, base64),
            (Kind::Number, Document::Number(number)) => {
                self.bounds(path, constraint, "value", as_integer(*number), value);
            }
            (Kind::OneOf(values), Document::String(string))
                if !values.contains(&string.as_str()) =>
            {
                let set = values.join(", ");
                self.report(
                    path,
                    value,
                    &format!("Member must satisfy enum value set: [{set}]"),
                );
            }
            (Kind::List, Document::Array(elements)) => {
                self.bounds(path, constraint, "length", elements.len() as i64, value);
                for (index, element) in elements.iter().enumerate() {
                    let path = format!("{path}.{}.member", index + 1);
                    if *element == Document::Null {
                        self.report(&path, element, "Member must not be null");
                    }
                    self.value(&path, constraint.of.unwrap_or_default(), element);
                }
            }
            (Kind::Map, Document::Object(entries)) => {
                for (key, value) in entries {
                    let path = format!("{path}.{key}.member");
                    self.value(&path, constraint.of.unwrap_or_default(), value);
                }
            }
            (Kind::Structure(members), Document::Object(values)) => {
                self.structure(path, name, members, values)
            }
            _ => {}
        }
    }

    fn structure(
        &mut self,
        path: &str,
        structure: &str,
        members: &[(&str, bool, &str)],
        values: &HashMap<String, Document>,
    ) {
        for (name, required, shape) in members {
            let dot = if path.is_empty() { "" } else { "." };
            let path = format!("{path}{dot}{}", lower_camel(name));
            match values.get(*name) {
                None | Some(Document::Null)
                    if *required || IDENTIFYING.contains(&(structure, *name)) =>
                {
                    self.report(&path, &Document::Null, "Member must not be null");
                }
                Some(value) => self.value(&path, shape, value),
                None => {}
            }
        }
    }

    fn string(&mut self, path: &str, constraint: &Constraint, string: &str) {
        let value = Document::String(string.to_owned());
        self.bounds(
            path,
            constraint,
            "length",
            string.chars().count() as i64,
            &value,
        );
        // A pattern that the `regex_lite` cannot compile is not checked; a test asserts that the model
        // has none.
        let anchored = constraint
            .pattern
            .and_then(|pattern| anchored(pattern).ok());
        if let (Some(pattern), Some(anchored)) = (constraint.pattern, anchored)
            && !anchored.is_match(string)
        {
            let requirement = format!("Member must satisfy regular expression pattern: {pattern}");
            self.report(path, &value, &requirement);
        }
    }

    /// Checks the length of a blob, which the message shows in place of the blob.
    fn blob(&mut self, path: &str, constraint: &Constraint, base64: &str) {
        let padding = base64.bytes().rev().take_while(|it| *it == b'=').count();
        let length = (base64.len() / 4 * 3).saturating_sub(padding);
        let value = Document::String(format!("[{length} bytes]"));
        self.bounds(path, constraint, "length", length as i64, &value);
    }

    fn bounds(
        &mut self,
        path: &str,
        constraint: &Constraint,
        measure: &str,
        actual: i64,
        value: &Document,
    ) {
        if let Some(min) = constraint.min.filter(|min| actual < *min) {
            let requirement = format!("Member must have {measure} greater than or equal to {min}");
            self.report(path, value, &requirement);
        }
        if let Some(max) = constraint.max.filter(|max| actual > *max) {
            let requirement = format!("Member must have {measure} less than or equal to {max}");
            self.report(path, value, &requirement);
        }
    }

    fn report(&mut self, path: &str, value: &Document, requirement: &str) {
        let value = match value {
            Document::Null => "null".to_owned(),
            other => format!("'{}'", format_value(other)),
        };
        self.violations.push(format!(
            "Value {value} at '{path}' failed to satisfy constraint: {requirement}"
        ));
    }
}

/// Compiles a pattern so that it matches whole strings only.
fn anchored(pattern: &str) -> Result<Regex, regex_lite::Error> {
    Regex::new(&format!("^(?:{pattern})$"))
}

fn as_integer(number: Number) -> i64 {
    match number {
        Number::PosInt(number) => i64::try_from(number).unwrap_or(i64::MAX),
        Number::NegInt(number) => number,
        Number::Float(number) => number as i64,
    }
}

/// Formats a value as error messages show it: strings unquoted, `[a, b]`, `{Name=value}`.
fn format_value(value: &Document) -> String {
    match value {
        Document::Object(entries) => {
            let mut entries: Vec<String> = entries
                .iter()
                .map(|(name, value)| format!("{name}={}", format_value(value)))
                .collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        Document::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(format_value).collect();
            format!("[{}]", elements.join(", "))
        }
        Document::Number(Number::PosInt(number)) => number.to_string(),
        Document::Number(Number::NegInt(number)) => number.to_string(),
        Document::Number(Number::Float(number)) => number.to_string(),
        Document::String(string) => string.clone(),
        Document::Bool(value) => value.to_string(),
        Document::Null => "null".to_owned(),
    }
}

fn lower_camel(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    mod table {
        use crate::fake::constraint::constraints;

        constraints! {
            "Create" => structure {
                "Name" => required "Name";
                "Items" => optional "Items";
                "Mode" => optional "Mode";
                "Size" => optional "Size";
                "Labels" => optional "Labels";
            };
            "Item" => structure {
                "Id" => required "";
            };
            "Items" => list(min 1, max 2, of "Item");
            "Labels" => map(of "Name");
            "Mode" => one_of("ON", "OFF");
            "Name" => string(min 2, max 3, pattern "^[a-z]+$");
            "Size" => number(min 1, max 25);
        }
    }

    fn violations(input: &str) -> String {
        let input = lean_aws_runtime::codegen::json::decode::<Document>(input.as_bytes()).unwrap();
        check(table::CONSTRAINTS, "Create", &input)
            .err()
            .unwrap_or_default()
    }

    #[test]
    fn identifying_members_are_optional_members_of_the_model() {
        use crate::generated::constraints::CONSTRAINTS;
        for (structure, member) in IDENTIFYING {
            let row = CONSTRAINTS.iter().find(|(name, _)| name == structure);
            let Some((
                _,
                Constraint {
                    kind: Kind::Structure(members),
                    ..
                },
            )) = row
            else {
                panic!("{structure} has no constraints");
            };
            let is_optional = |it: &&(&str, bool, &str)| it.0 == *member && !it.1;
            assert!(
                members.iter().any(|it| is_optional(&it)),
                "{structure}.{member}"
            );
        }
    }

    #[test]
    fn violations_are_worded_as_by_the_service() {
        let one = "1 validation error detected: Value ";
        let rows = [
            (
                r#"{}"#,
                "null at 'name' failed to satisfy constraint: Member must not be null",
            ),
            (
                r#"{"Name": "a"}"#,
                "'a' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2",
            ),
            (
                r#"{"Name": "abcd"}"#,
                "'abcd' at 'name' failed to satisfy constraint: Member must have length less than or equal to 3",
            ),
            (
                r#"{"Name": "a1"}"#,
                "'a1' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z]+$",
            ),
            (
                r#"{"Name": "ab", "Items": []}"#,
                "'[]' at 'items' failed to satisfy constraint: Member must have length greater than or equal to 1",
            ),
            (
                r#"{"Name": "ab", "Items": [{"Id": "x"}, {"Id": null}]}"#,
                "null at 'items.2.member.id' failed to satisfy constraint: Member must not be null",
            ),
            (
                r#"{"Name": "ab", "Items": [null]}"#,
                "null at 'items.1.member' failed to satisfy constraint: Member must not be null",
            ),
            (
                r#"{"Name": "ab", "Mode": "HALF"}"#,
                "'HALF' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [ON, OFF]",
            ),
            (
                r#"{"Name": "ab", "Size": 26}"#,
                "'26' at 'size' failed to satisfy constraint: Member must have value less than or equal to 25",
            ),
            (
                r#"{"Name": "ab", "Labels": {"k": "A"}}"#,
                "'A' at 'labels.k.member' failed to satisfy constraint: Member must have length greater than or equal to 2; Value 'A' at 'labels.k.member' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z]+$",
            ),
        ];
        for (input, expected) in rows {
            let expected = match expected.matches("Value ").count() {
                0 => format!("{one}{expected}"),
                _ => format!("2 validation errors detected: Value {expected}"),
            };
            assert_eq!(violations(input), expected, "{input}");
        }
        assert_eq!(
            violations(r#"{"Name": "ab", "Items": [{"Id": ""}], "Mode": "ON", "Size": 25}"#),
            ""
        );
    }
}
