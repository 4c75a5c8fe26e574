//! The names of items in the documentation of a model, which become those of the Rust crate.

use syn::ext::IdentExt;

use super::types::{self, Type};
use super::{member, names};
use crate::ir::Service;

/// What replaces a name in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mention {
    /// A link to an operation's method or to a type, whose text is the name in the model.
    Link(String),
    /// The name of a field.
    Field(String),
}

impl Mention {
    /// Returns what replaces a name in documentation about these structures, or `None` if the name is no item's.
    pub(super) fn of(service: &Service, structures: &[&str], name: &str) -> Option<Self> {
        if service.operations.contains_key(name) {
            let method = names::method_name(name);
            return Some(Self::Link(format!("crate::Client::{}", method.unraw())));
        }
        let is_member = |structure: &&&str| {
            let mut members = service.members(Some(structure)).iter();
            members.any(|member| member.name == name)
        };
        if let Some(structure) = structures.iter().find(is_member) {
            let field = member::name(service, structure, name);
            return Some(Self::Field(field.unraw().to_string()));
        }
        match Type::of(service, service.shapes.get_key_value(name)?.0) {
            Type::Model(model) if types::is_defined(service, name) => {
                Some(Self::Link(model.path()))
            }
            _ => None,
        }
    }
}

/// Replaces the names in backticks that are mentions. Names in links remain unchanged.
pub(super) fn replace(line: &str, mention: impl Fn(&str) -> Option<Mention>) -> String {
    // An unpaired backtick makes the names ambiguous.
    if line.matches('`').count() % 2 == 1 {
        return line.to_owned();
    }
    let mut replaced = String::with_capacity(line.len());
    for (i, piece) in line.split('`').enumerate() {
        if i % 2 == 0 {
            replaced.push_str(piece);
            continue;
        }
        let is_in_link = replaced.matches('[').count() != replaced.matches(']').count();
        match mention(piece).filter(|_| !is_in_link) {
            Some(Mention::Link(target)) => replaced.push_str(&format!("[`{piece}`]({target})")),
            Some(Mention::Field(name)) => replaced.push_str(&format!("`{name}`")),
            None => replaced.push_str(&format!("`{piece}`")),
        }
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_links_and_fields() {
        let mention = |name: &str| match name {
            "Stop" => Some(Mention::Link("crate::stop".to_owned())),
            "NextToken" => Some(Mention::Field("next_token".to_owned())),
            _ => None,
        };
        for (line, expected) in [
            ("Undone by `Stop`.", "Undone by [`Stop`](crate::stop)."),
            ("Stop at `Start`", "Stop at `Start`"),
            ("The `NextToken` of a page", "The `next_token` of a page"),
            (
                "[`Stop`](https://example.com)",
                "[`Stop`](https://example.com)",
            ),
            (
                "[how to `Stop` it](https://example.com) `Stop`",
                "[how to `Stop` it](https://example.com) [`Stop`](crate::stop)",
            ),
            ("a ` and `Stop`", "a ` and `Stop`"),
        ] {
            assert_eq!(replace(line, mention), expected);
        }
    }
}
