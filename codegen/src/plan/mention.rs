//! The names of items in the documentation of a model, which become those of the Rust crate.

use syn::ext::IdentExt;

use super::types::{self, Type};
use super::{member, names};
use crate::ir::Service;
use crate::markup::{Content, Document, Inline};

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

/// Replaces the code that is a mention. Names in links remain unchanged.
pub(super) fn replace(document: &mut Document, mention: impl Fn(&str) -> Option<Mention>) {
    for block in &mut document.blocks {
        if let Content::Paragraph(text) = &mut block.content {
            *text = replaced(std::mem::take(text), &mention);
        }
    }
}

fn replaced(text: Vec<Inline>, mention: impl Fn(&str) -> Option<Mention>) -> Vec<Inline> {
    let mut replaced = Vec::with_capacity(text.len());
    let mut in_link = false;
    for inline in text {
        match &inline {
            Inline::LinkStart => in_link = true,
            Inline::LinkEnd(_) => in_link = false,
            _ => {}
        }
        let found = match &inline {
            Inline::Code(name) if !in_link => mention(name),
            _ => None,
        };
        match found {
            Some(Mention::Link(to)) => {
                replaced.extend([Inline::LinkStart, inline, Inline::LinkEnd(to)]);
            }
            Some(Mention::Field(name)) => replaced.push(Inline::Code(name)),
            None => replaced.push(inline),
        }
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Links;

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
            ("a ` and `Stop`", "a `and`Stop\\`"),
        ] {
            let mut document = Document::read(line, Links::Web);
            replace(&mut document, mention);
            assert_eq!(document.one_line(), expected);
        }
    }
}
