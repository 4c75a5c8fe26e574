//! Python literals in the layout of Python's `pprint`.

use std::collections::{BTreeMap, BTreeSet};

use super::ancestors::Ancestors;
use crate::ir::{Service, ShapeKind};
use crate::visible::is_visible;

/// The maximum width of a line.
const WIDTH: usize = 80;

/// The maximum column of a line.
const MAX_INDENT: usize = 200;

/// A Python literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    String(String),
    Set(BTreeSet<String>),
    List(Box<Literal>),
    Dict(BTreeMap<String, Literal>),
    /// A reference to an enclosing shape.
    Recursive,
}

impl Literal {
    pub(super) fn empty() -> Self {
        Self::Dict(BTreeMap::new())
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Dict(entries) if entries.is_empty())
    }

    /// Describes a shape, for example as `'string'`, `['A | B']` or `{'Key': 'string'}`.
    ///
    /// `ancestors` holds the shapes that enclose it.
    pub(super) fn of(service: &Service, id: &str, ancestors: &mut Ancestors) -> Self {
        let Some(shape) = service.shapes.get(id) else {
            return Self::Recursive;
        };
        if !ancestors.enter(id) {
            return Self::Recursive;
        }
        let literal = match &shape.kind {
            ShapeKind::Enum(values) => {
                let values: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
                let values = values.join(" | ");
                ancestors.add(values.len());
                Self::String(values)
            }
            ShapeKind::List(element) => Self::List(Box::new(Self::of(service, element, ancestors))),
            ShapeKind::Map { value, .. } => {
                let value = Self::of(service, value, ancestors);
                Self::Dict(BTreeMap::from([("string".to_owned(), value)]))
            }
            ShapeKind::Structure(_) | ShapeKind::Union(_) => {
                let members = shape.kind.members().iter().map(|it| {
                    ancestors.add(MAX_INDENT + it.name.len());
                    (it.name.clone(), Self::of(service, &it.shape, ancestors))
                });
                Self::Dict(members.collect())
            }
            ShapeKind::Timestamp(_) => Self::String("timestamp".to_owned()),
            ShapeKind::BigInteger => Self::String("bigInteger".to_owned()),
            ShapeKind::BigDecimal => Self::String("bigDecimal".to_owned()),
            ShapeKind::Document => Self::String("document".to_owned()),
            simple => Self::String(format!("{simple:?}").to_lowercase()),
        };
        ancestors.leave();
        literal
    }

    /// Inserts a value at a path of keys.
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

    /// Renders the literal. `indent` is the column of its first character.
    pub(super) fn render(&self, indent: usize) -> String {
        let line = self.one_line();
        if indent + line.chars().count() <= WIDTH {
            return line;
        }
        let indent = indent.min(MAX_INDENT);
        let separator = format!(",\n{}", " ".repeat(indent + 1));
        match self {
            Self::String(_) | Self::Recursive => line,
            Self::Set(values) => {
                let values: Vec<String> = values.iter().map(|value| quote(value)).collect();
                format!("{{{}}}", values.join(&separator))
            }
            Self::List(element) => format!("[{}]", element.render(indent + 1)),
            Self::Dict(entries) => {
                let entry = |(key, value): (&String, &Self)| {
                    let key = quote(key);
                    let value = value.render(indent + 1 + key.chars().count() + 2);
                    format!("{key}: {value}")
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(&separator))
            }
        }
    }

    /// The literal on one line.
    fn one_line(&self) -> String {
        match self {
            Self::String(value) => quote(value),
            Self::Recursive => "()".to_owned(),
            Self::Set(values) => {
                let values: Vec<String> = values.iter().map(|value| quote(value)).collect();
                format!("{{{}}}", values.join(", "))
            }
            Self::List(element) => format!("[{}]", element.one_line()),
            Self::Dict(entries) => {
                let entry = |(key, value): (&String, &Self)| {
                    format!("{}: {}", quote(key), value.one_line())
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

/// A string in quotes, escaped like `repr` in Python.
pub(super) fn quote(value: &str) -> String {
    let mark = if value.contains('\'') && !value.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(mark);
    for c in value.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == mark => out.extend(['\\', c]),
            c if is_visible(c) => out.push(c),
            c => match u32::from(c) {
                code @ ..=0xff => out.push_str(&format!("\\x{code:02x}")),
                code @ ..=0xffff => out.push_str(&format!("\\u{code:04x}")),
                code => out.push_str(&format!("\\U{code:08x}")),
            },
        }
    }
    out.push(mark);
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
            delta.render(0),
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
        assert_eq!(delta.render(0), expected.join("\n"));
    }

    #[test]
    fn quotes() {
        for (value, python) in [
            ("a", "'a'"),
            ("it's", "\"it's\""),
            ("'\"", "'\\'\"'"),
            ("a\\b\n", "'a\\\\b\\n'"),
            ("\u{1b}\u{202e}\u{e0001}", "'\\x1b\\u202e\\U000e0001'"),
        ] {
            assert_eq!(quote(value), python);
        }
    }
}
