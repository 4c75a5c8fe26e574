//! What a model demands of inputs, checked on their JSON and told as the services tell it.

use std::collections::HashMap;

use aws_smithy_types::{Document, Number};
use regex_lite::Regex;

/// What is demanded of a value.
#[derive(Debug)]
pub(crate) struct Demand {
    pub(crate) kind: Kind,
    /// The least number, or length of a text or list.
    pub(crate) min: Option<i64>,
    /// The greatest number, or length of a text or list.
    pub(crate) max: Option<i64>,
    /// What the whole of a text matches.
    pub(crate) matching: Option<&'static str>,
    /// The demand on each element of a list or value of a map.
    pub(crate) of: Option<&'static str>,
}

/// What a value is, as far as demands go.
#[derive(Debug)]
pub(crate) enum Kind {
    Text,
    Number,
    List,
    Map,
    /// A text out of a set.
    OneOf(&'static [&'static str]),
    /// A structure: member, whether it must be there, and the demand on its value.
    Members(&'static [(&'static str, bool, &'static str)]),
}

impl Demand {
    pub(crate) const fn new(kind: Kind) -> Self {
        Self {
            kind,
            min: None,
            max: None,
            matching: None,
            of: None,
        }
    }
}

/// Demands by the names of shapes and of operations, in the order of the names.
pub(crate) type Table = [(&'static str, Demand)];

/// Makes the table of a model's demands.
///
/// ```ignore
/// constraints! {
///     "CreateIpGroup" => members {
///         "GroupName" => required "IpGroupName";
///     };
///     "IpGroupName" => text(min 1, matching "^[a-z]+$");
///     "Limit" => number(min 1, max 25);
///     "Mode" => one_of("ON", "OFF");
/// }
/// ```
macro_rules! constraints {
    ($($name:literal => $kind:ident $what:tt;)*) => {
        /// What is demanded, by name.
        pub(crate) static CONSTRAINTS: &$crate::runtime::constraint::Table =
            &[$(($name, $crate::runtime::constraint::constraints!(@ $kind $what))),*];
    };
    (@ one_of($($value:literal),*)) => {
        $crate::runtime::constraint::Demand::new($crate::runtime::constraint::Kind::OneOf(&[$($value),*]))
    };
    (@ members { $($member:literal => $need:ident $shape:literal;)* }) => {
        $crate::runtime::constraint::Demand::new($crate::runtime::constraint::Kind::Members(&[
            $(($member, $crate::runtime::constraint::constraints!(@ $need), $shape)),*
        ]))
    };
    (@ text $bounds:tt) => { $crate::runtime::constraint::constraints!(@with Text $bounds) };
    (@ number $bounds:tt) => { $crate::runtime::constraint::constraints!(@with Number $bounds) };
    (@ list $bounds:tt) => { $crate::runtime::constraint::constraints!(@with List $bounds) };
    (@ map $bounds:tt) => { $crate::runtime::constraint::constraints!(@with Map $bounds) };
    (@with $kind:ident($($bound:ident $value:literal),*)) => {
        $crate::runtime::constraint::Demand {
            $($bound: Some($value),)*
            ..$crate::runtime::constraint::Demand::new($crate::runtime::constraint::Kind::$kind)
        }
    };
    (@ required) => { true };
    (@ optional) => { false };
}
pub(crate) use constraints;

/// Checks an input against the demands of its operation.
///
/// # Errors
/// All that is broken, in the words of a service's `ValidationException`.
pub(crate) fn check(table: &Table, operation: &str, input: &Document) -> Result<(), String> {
    let mut check = Check {
        table,
        broken: Vec::new(),
    };
    check.value("", operation, input);
    let count = match check.broken.len() {
        0 => return Ok(()),
        1 => "1 validation error".to_owned(),
        count => format!("{count} validation errors"),
    };
    Err(format!("{count} detected: {}", check.broken.join("; ")))
}

struct Check<'a> {
    table: &'a Table,
    broken: Vec<String>,
}

impl Check<'_> {
    /// Checks the value at `path` against the demand of a name; a name that is not in the table
    /// demands nothing, and what has another JSON type than demanded is left to the decoder.
    fn value(&mut self, path: &str, name: &str, value: &Document) {
        let found = self.table.binary_search_by_key(&name, |(name, _)| name);
        let Some((_, demand)) = found.ok().and_then(|index| self.table.get(index)) else {
            return;
        };
        match (&demand.kind, value) {
            (Kind::Text, Document::String(text)) => self.text(path, demand, text),
            (Kind::Number, Document::Number(number)) => {
                self.bounds(path, demand, "value", as_integer(*number), value);
            }
            (Kind::OneOf(values), Document::String(text)) if !values.contains(&text.as_str()) => {
                let set = values.join(", ");
                self.note(
                    path,
                    value,
                    &format!("Member must satisfy enum value set: [{set}]"),
                );
            }
            (Kind::List, Document::Array(elements)) => {
                self.bounds(path, demand, "length", elements.len() as i64, value);
                for (index, element) in elements.iter().enumerate() {
                    let path = format!("{path}.{}.member", index + 1);
                    if *element == Document::Null {
                        self.note(&path, element, "Member must not be null");
                    }
                    self.value(&path, demand.of.unwrap_or_default(), element);
                }
            }
            (Kind::Map, Document::Object(entries)) => {
                for (key, value) in entries {
                    let path = format!("{path}.{key}.member");
                    self.value(&path, demand.of.unwrap_or_default(), value);
                }
            }
            (Kind::Members(members), Document::Object(given)) => self.members(path, members, given),
            _ => {}
        }
    }

    fn members(
        &mut self,
        path: &str,
        members: &[(&str, bool, &str)],
        given: &HashMap<String, Document>,
    ) {
        for (name, required, shape) in members {
            let dot = if path.is_empty() { "" } else { "." };
            let path = format!("{path}{dot}{}", lower_camel(name));
            match given.get(*name) {
                None | Some(Document::Null) if *required => {
                    self.note(&path, &Document::Null, "Member must not be null");
                }
                Some(value) => self.value(&path, shape, value),
                None => {}
            }
        }
    }

    fn text(&mut self, path: &str, demand: &Demand, text: &str) {
        let value = Document::String(text.to_owned());
        self.bounds(path, demand, "length", text.chars().count() as i64, &value);
        // A pattern that this engine does not know demands nothing; a test looks for such.
        let whole = demand.matching.and_then(|pattern| whole(pattern).ok());
        if let (Some(pattern), Some(whole)) = (demand.matching, whole)
            && !whole.is_match(text)
        {
            let must = format!("Member must satisfy regular expression pattern: {pattern}");
            self.note(path, &value, &must);
        }
    }

    fn bounds(&mut self, path: &str, demand: &Demand, what: &str, is: i64, value: &Document) {
        if let Some(min) = demand.min.filter(|min| is < *min) {
            let must = format!("Member must have {what} greater than or equal to {min}");
            self.note(path, value, &must);
        }
        if let Some(max) = demand.max.filter(|max| is > *max) {
            let must = format!("Member must have {what} less than or equal to {max}");
            self.note(path, value, &must);
        }
    }

    fn note(&mut self, path: &str, value: &Document, must: &str) {
        let value = match value {
            Document::Null => "null".to_owned(),
            other => format!("'{}'", shown(other)),
        };
        self.broken.push(format!(
            "Value {value} at '{path}' failed to satisfy constraint: {must}"
        ));
    }
}

/// The pattern for a text from its first to its last character.
fn whole(pattern: &str) -> Result<Regex, regex_lite::Error> {
    Regex::new(&format!("^(?:{pattern})$"))
}

fn as_integer(number: Number) -> i64 {
    match number {
        Number::PosInt(number) => i64::try_from(number).unwrap_or(i64::MAX),
        Number::NegInt(number) => number,
        Number::Float(number) => number as i64,
    }
}

/// A value as errors show it: texts as they are, `[a, b]`, `{Name=value}`.
fn shown(value: &Document) -> String {
    match value {
        Document::Object(entries) => {
            let mut entries: Vec<String> = entries
                .iter()
                .map(|(name, value)| format!("{name}={}", shown(value)))
                .collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        Document::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(shown).collect();
            format!("[{}]", elements.join(", "))
        }
        Document::Number(Number::PosInt(number)) => number.to_string(),
        Document::Number(Number::NegInt(number)) => number.to_string(),
        Document::Number(Number::Float(number)) => number.to_string(),
        Document::String(text) => text.clone(),
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
        constraints! {
            "Create" => members {
                "Name" => required "Name";
                "Items" => optional "Items";
                "Mode" => optional "Mode";
                "Size" => optional "Size";
                "Texts" => optional "Texts";
            };
            "Item" => members {
                "Id" => required "";
            };
            "Items" => list(min 1, max 2, of "Item");
            "Mode" => one_of("ON", "OFF");
            "Name" => text(min 2, max 3, matching "^[a-z]+$");
            "Size" => number(min 1, max 25);
            "Texts" => map(of "Name");
        }
    }

    fn told(input: &str) -> String {
        let input = crate::runtime::json::decode::<Document>(input.as_bytes()).unwrap();
        check(table::CONSTRAINTS, "Create", &input)
            .err()
            .unwrap_or_default()
    }

    #[test]
    fn each_broken_constraint_is_told_as_the_service_tells_it() {
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
                r#"{"Name": "ab", "Texts": {"k": "A"}}"#,
                "'A' at 'texts.k.member' failed to satisfy constraint: Member must have length greater than or equal to 2; Value 'A' at 'texts.k.member' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z]+$",
            ),
        ];
        for (input, expected) in rows {
            let expected = match expected.matches("Value ").count() {
                0 => format!("{one}{expected}"),
                _ => format!("2 validation errors detected: Value {expected}"),
            };
            assert_eq!(told(input), expected, "{input}");
        }
        assert_eq!(
            told(r#"{"Name": "ab", "Items": [{"Id": ""}], "Mode": "ON", "Size": 25}"#),
            ""
        );
    }
}
