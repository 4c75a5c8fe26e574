//! Documentation: the text of the model, and of the generator, as doc comments.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::mention::{self, Mention};
use crate::ir::{Deprecated, Service};
use crate::markup::{Block, Content, Document, Inline, Links, beginning};

/// The width that doc lines are wrapped to.
const WIDTH: usize = 100;

/// The maximum length of a text that is printed at several places. Longer ones are cut there.
const MAX_REPEATED: usize = 4_000;

/// The maximum length of the reason of a deprecation. Longer ones are cut.
const MAX_NOTE: usize = 1_000;

/// The documentation of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Doc(Document);

impl Doc {
    /// Reads Markdown of the generator, or `default` if there is none.
    pub(crate) fn new(markdown: &str, default: &str) -> Self {
        Self(read(markdown, default))
    }

    /// Reads documentation of the model, or `default`, Markdown of the generator, if there is none. Names of operations and
    /// types that are code become links, and names of members of these structures become the names of their fields.
    pub(crate) fn of(service: &Service, structures: &[&str], text: &str, default: &str) -> Self {
        let document = Document::read(text, Links::Web);
        Self::mentioning(service, structures, document, default)
    }

    /// Reads the first sentence of the model's documentation, as [`of`](Self::of) does.
    pub(crate) fn summary_of(
        service: &Service,
        structures: &[&str],
        text: &str,
        default: &str,
    ) -> Self {
        Self::mentioning(service, structures, first_sentence(text), default)
    }

    fn mentioning(
        service: &Service,
        structures: &[&str],
        mut document: Document,
        default: &str,
    ) -> Self {
        if document.is_empty() {
            return Self::new(default, "");
        }
        mention::replace(&mut document, |name| Mention::of(service, structures, name));
        Self(document)
    }

    /// Appends a paragraph about a deprecation. Types have it in place of the attribute, which would warn
    /// wherever generated code names them.
    pub(super) fn and_deprecation(mut self, deprecated: &Option<Deprecated>) -> Self {
        let Some(Deprecated(reason)) = deprecated else {
            return self;
        };
        let mut reason = Document::read(beginning(reason, MAX_NOTE), Links::Web);
        let strong = Inline::Strong("Deprecated.");
        match reason.blocks.first_mut().map(|block| &mut block.content) {
            Some(Content::Paragraph(text)) => {
                text.splice(..0, [strong, Inline::Text(" ".to_owned())]);
            }
            _ => {
                let alone = Block::new(Content::Paragraph(vec![strong]));
                reason.blocks.insert(0, alone);
            }
        }
        self.0.append(reason);
        self
    }

    /// Appends a short sentence to the first paragraph. It becomes a paragraph if it cannot follow the first block, which is
    /// a list or code.
    pub(crate) fn and_sentence(mut self, sentence: &str) -> Self {
        let blocks = &mut self.0.blocks;
        let first = blocks.first_mut().filter(|it| it.is_outside_lists());
        if let Some(Content::Paragraph(text)) = first.map(|block| &mut block.content) {
            let ends = [".", ":", "!", "?"];
            let is_ended = match text.last() {
                Some(Inline::Text(text)) => ends.iter().any(|end| text.ends_with(end)),
                _ => false,
            };
            let before = if is_ended { " " } else { ". " };
            text.push(Inline::Text(format!("{before}{sentence}")));
            return self;
        }
        let after = blocks.iter().skip(1).position(Block::is_outside_lists);
        let at = after.map_or(blocks.len(), |after| after + 1);
        let sentence = Content::Paragraph(vec![Inline::Text(sentence.to_owned())]);
        blocks.insert(at, Block::new(sentence));
        self
    }

    /// Appends a paragraph of the generator without wrapping it, unless it is empty.
    pub(crate) fn and_line(mut self, line: &str) -> Self {
        for block in read(line, "").blocks {
            let content = match block.content {
                Content::Paragraph(text) => Content::Line(text),
                other => other,
            };
            self.0.blocks.push(Block::new(content));
        }
        self
    }

    /// Returns the lines, each with the space that follows the slashes.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let lines = self.0.lines(WIDTH).into_iter();
        lines.map(|line| match line.as_str() {
            "" => line,
            _ => format!(" {line}"),
        })
    }
}

fn read(markdown: &str, default: &str) -> Document {
    let document = Document::read(markdown, Links::All);
    match document.is_empty() {
        true => Document::read(default, Links::All),
        false => document,
    }
}

/// Returns the part of a text that is printed at several places.
pub(super) fn repeated(text: &str) -> &str {
    beginning(text, MAX_REPEATED)
}

/// Returns the reason of a deprecation as Markdown on one line, for `#[deprecated]`.
pub(super) fn note(deprecated: &Option<Deprecated>) -> Option<String> {
    let Deprecated(reason) = deprecated.as_ref()?;
    Some(Document::read(beginning(reason, MAX_NOTE), Links::Web).one_line())
}

/// Returns the first sentence of the model's documentation as Markdown on one line.
pub(crate) fn summary(text: &str) -> String {
    first_sentence(text).one_line()
}

/// Returns the first sentence of the model's documentation as text without any markup.
pub(crate) fn summary_text(text: &str) -> String {
    let mut out = String::new();
    for block in first_sentence(text).blocks {
        if let Content::Paragraph(inlines) = block.content {
            out.extend(inlines.iter().map(|inline| match inline {
                Inline::Text(text) | Inline::Code(text) => text.as_str(),
                Inline::Strong(text) => text,
                Inline::LinkStart | Inline::LinkEnd(_) => "",
            }));
        }
    }
    out
}

/// Returns a link to a method of the client; links name keywords without `r#`.
pub(crate) fn method_link(method: &Ident) -> String {
    let name = method.unraw();
    format!("[`{name}`](crate::Client::{name})")
}

/// Returns the first paragraph up to the first full stop that ends a sentence: one before a space or the end of the paragraph
/// that is outside code and links, and does not end an abbreviation.
fn first_sentence(text: &str) -> Document {
    let blocks = Document::read(repeated(text), Links::Web).blocks;
    let paragraph = blocks.into_iter().find_map(|block| match block.content {
        Content::Paragraph(text) => Some(text),
        _ => None,
    });
    let mut sentence = Vec::new();
    let mut in_link = false;
    for mut inline in paragraph.into_iter().flatten() {
        match &mut inline {
            Inline::LinkStart => in_link = true,
            Inline::LinkEnd(_) => in_link = false,
            Inline::Text(text) if !in_link => {
                if let Some(end) = end_of_sentence(text) {
                    text.truncate(end);
                    sentence.push(inline);
                    break;
                }
            }
            _ => {}
        }
        sentence.push(inline);
    }
    let blocks = match sentence.is_empty() {
        true => Vec::new(),
        false => vec![Block::new(Content::Paragraph(sentence))],
    };
    Document { blocks }
}

/// Returns the end of the first sentence that ends before a space.
fn end_of_sentence(text: &str) -> Option<usize> {
    let mut stops = text.match_indices(". ").map(|(i, _)| i + 1);
    stops.find(|end| {
        let before = text.get(..*end).unwrap_or_default();
        let mut abbreviations = ["e.g.", "i.e.", "etc.", "vs."].iter();
        !abbreviations.any(|short| before.ends_with(short))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(doc: &Doc) -> Vec<String> {
        doc.lines().collect()
    }

    #[test]
    fn summaries() {
        for (text, sentence) in [
            ("One. Two.", "One."),
            ("No stop", "No stop"),
            (
                "At most `1.5 GB. Really` here. Then.",
                "At most `1.5 GB. Really` here.",
            ),
            ("Takes ids, e.g. `ws-1`. Then.", "Takes ids, e.g. `ws-1`."),
            ("Version 2.0 of it. Then.", "Version 2.0 of it."),
            ("A paragraph\n\nAnother. One.", "A paragraph"),
            (
                "See [a. b](https://example.com). Then.",
                "See [a. b](https://example.com).",
            ),
            ("<p>One. Two.</p>", "One."),
            ("", ""),
        ] {
            assert_eq!(summary(text), sentence);
        }
    }

    #[test]
    fn defaults_and_deprecations() {
        let doc = Doc::new("  ", "The member `Key`.");
        for (reason, expected) in [
            ("Use [x](javascript:y)", " **Deprecated.** Use x"),
            ("", " **Deprecated.**"),
        ] {
            let deprecated = Some(Deprecated(reason.to_owned()));
            let doc = doc.clone().and_deprecation(&deprecated);
            assert_eq!(lines(&doc), [" The member `Key`.", "", expected]);
        }
    }

    #[test]
    fn sentences_follow_the_first_paragraph() {
        let long = "word ".repeat(19);
        for (markdown, expected) in [
            ("The key", &[" The key. Required."][..]),
            ("The key.\n\nMore.", &[" The key. Required.", "", " More."]),
            (long.trim(), &[&format!(" {}.", long.trim()), " Required."]),
            ("- a", &[" - a", "", " Required."]),
            (
                "    a\n\nb",
                &[" ```text", " a", " ```", "", " Required.", "", " b"],
            ),
            ("", &[" Required."]),
        ] {
            let doc = Doc::new(markdown, "").and_sentence("Required.");
            assert_eq!(lines(&doc), expected);
        }
    }

    #[test]
    fn lines_are_not_wrapped() {
        let line = "a ".repeat(80) + "[`b`](crate::Client::b).";
        let doc = Doc::new("Text.", "").and_line(&line);
        assert_eq!(lines(&doc), [" Text.", "", &format!(" {line}")]);
    }
}
