//! Python literals, laid out as Python's `pprint` does.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Service, ShapeKind};

/// The width that literals are broken to.
const WIDTH: usize = 80;

/// A value of Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    Text(String),
    Set(BTreeSet<String>),
    List(Box<Literal>),
    Dict(BTreeMap<String, Literal>),
    /// A shape inside itself.
    Recursive,
}

impl Literal {
    pub(super) fn empty() -> Self {
        Self::Dict(BTreeMap::new())
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Dict(entries) if entries.is_empty())
    }

    /// What a shape is: `'string'`, `['A | B']`, `{'Key': 'string'}`.
    pub(super) fn of(service: &Service, id: &str, open: &mut Vec<String>) -> Self {
        let Some(shape) = service.shapes.get(id) else {
            return Self::Recursive;
        };
        if open.iter().any(|other| other == id) {
            return Self::Recursive;
        }
        open.push(id.to_owned());
        let mut inner = |id: &str| Self::of(service, id, open);
        let literal = match &shape.kind {
            ShapeKind::Enum(values) => {
                let values: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
                Self::Text(values.join(" | "))
            }
            ShapeKind::List(element) => Self::List(Box::new(inner(element))),
            ShapeKind::Map { value, .. } => {
                Self::Dict(BTreeMap::from([("string".to_owned(), inner(value))]))
            }
            ShapeKind::Structure(_) | ShapeKind::Union(_) => {
                let members = shape.kind.members().iter();
                Self::Dict(
                    members
                        .map(|it| (it.name.clone(), inner(&it.shape)))
                        .collect(),
                )
            }
            ShapeKind::Timestamp(_) => Self::Text("timestamp".to_owned()),
            ShapeKind::BigInteger => Self::Text("bigInteger".to_owned()),
            ShapeKind::BigDecimal => Self::Text("bigDecimal".to_owned()),
            ShapeKind::Document => Self::Text("document".to_owned()),
            simple => Self::Text(format!("{simple:?}").to_lowercase()),
        };
        open.pop();
        literal
    }

    /// Puts a value at the end of a way of keys.
    pub(super) fn insert(&mut self, keys: &[&str], value: Self) {
        let Self::Dict(entries) = self else { return };
        match keys {
            [] => {}
            [key] => {
                entries.insert((*key).to_owned(), value);
            }
            [key, rest @ ..] => entries
                .entry((*key).to_owned())
                .or_insert_with(Self::empty)
                .insert(rest, value),
        }
    }

    /// The literal as it stands behind `indent` columns.
    pub(super) fn show(&self, indent: usize) -> String {
        let line = self.line();
        if indent + line.chars().count() <= WIDTH {
            return line;
        }
        let separator = format!(",\n{}", " ".repeat(indent + 1));
        match self {
            Self::Text(_) | Self::Recursive => line,
            Self::Set(values) => {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                format!("{{{}}}", values.join(&separator))
            }
            Self::List(element) => format!("[{}]", element.show(indent + 1)),
            Self::Dict(entries) => {
                let entry = |(key, value): (&String, &Self)| {
                    let key = quoted(key);
                    let value = value.show(indent + 1 + key.chars().count() + 2);
                    format!("{key}: {value}")
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(&separator))
            }
        }
    }

    fn line(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Recursive => "()".to_owned(),
            Self::Set(values) => {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                format!("{{{}}}", values.join(", "))
            }
            Self::List(element) => format!("[{}]", element.line()),
            Self::Dict(entries) => {
                let entry =
                    |(key, value): (&String, &Self)| format!("{}: {}", quoted(key), value.line());
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

/// A text in quotes, as Python writes it.
pub(super) fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout() {
        let set =
            |values: &[&str]| Literal::Set(values.iter().map(|it| (*it).to_owned()).collect());
        let mut delta = Literal::empty();
        delta.insert(&["Workspaces", "State"], set(&["ADMIN_MAINTENANCE"]));
        assert_eq!(
            delta.show(0),
            "{'Workspaces': {'State': {'ADMIN_MAINTENANCE'}}}"
        );

        let long = ["A", "B", "C"].map(|letter| letter.repeat(30));
        let long = long.each_ref().map(String::as_str);
        delta.insert(&["Workspaces", "Mode"], set(&long));
        delta.insert(&["Tags"], Literal::List(Box::new(Literal::Recursive)));
        let expected = [
            "{'Tags': [()],",
            " 'Workspaces': {'Mode': {'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',",
            "                         'BBBBBBBBBBBBBBBBBBBBBBBBBBBBBB',",
            "                         'CCCCCCCCCCCCCCCCCCCCCCCCCCCCCC'},",
            "                'State': {'ADMIN_MAINTENANCE'}}}",
        ];
        assert_eq!(delta.show(0), expected.join("\n"));
    }

    #[test]
    fn quotes() {
        for (text, python) in [
            ("a", "'a'"),
            ("it's", "\"it's\""),
            ("'\"", "'\\'\"'"),
            ("a\\b\n", "'a\\\\b\\n'"),
        ] {
            assert_eq!(quoted(text), python);
        }
    }
}
