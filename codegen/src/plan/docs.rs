//! Documentation: the model's Markdown as doc comments.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::mention::{self, Mention};
use crate::ir::{Deprecated, Service};

/// The width that doc lines are wrapped to.
const WIDTH: usize = 100;

/// The lines of a doc comment, without the slashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Doc(Vec<String>);

impl Doc {
    /// Wraps Markdown, or `default` if there is none.
    pub(crate) fn new(markdown: &str, default: &str) -> Self {
        Self::render(markdown, default, |_| None)
    }

    /// Wraps Markdown of the model. In backticks, names of operations and types become links, and names of members of
    /// these structures become the names of their fields.
    pub(crate) fn of(
        service: &Service,
        structures: &[&str],
        markdown: &str,
        default: &str,
    ) -> Self {
        if markdown.trim().is_empty() {
            return Self::new(default, "");
        }
        Self::render(markdown, default, |name| {
            Mention::of(service, structures, name)
        })
    }

    fn render(markdown: &str, default: &str, mention: impl Fn(&str) -> Option<Mention>) -> Self {
        let markdown = if markdown.trim().is_empty() {
            default
        } else {
            markdown
        };
        let mut lines = Vec::new();
        let mut fenced = false;
        // `lines` does not split at a lone carriage return, which rustc rejects.
        for line in markdown.trim().lines().flat_map(|line| line.split('\r')) {
            if line.trim_start().starts_with("```") {
                // rustdoc compiles a block without a language as Rust.
                lines.push(if fenced { "```" } else { "```text" }.to_owned());
                fenced = !fenced;
            } else if fenced {
                lines.push(line.to_owned());
            } else {
                // Four spaces would start a code block.
                let line = line.trim_start_matches("    ");
                lines.extend(wrap(&mention::replace(&escape(line), &mention)));
            }
        }
        Self(lines)
    }

    /// Wraps the first sentence of Markdown.
    pub(crate) fn summary(markdown: &str, default: &str) -> Self {
        Self::new(first_sentence(markdown.trim()), default)
    }

    /// Wraps the first sentence of the model's Markdown, as [`of`](Self::of) does.
    pub(crate) fn summary_of(
        service: &Service,
        structures: &[&str],
        markdown: &str,
        default: &str,
    ) -> Self {
        Self::of(
            service,
            structures,
            first_sentence(markdown.trim()),
            default,
        )
    }

    /// Appends a paragraph.
    pub(crate) fn and(mut self, paragraph: &str) -> Self {
        self.0.push(String::new());
        self.0.extend(Self::new(paragraph, "").0);
        self
    }

    /// Appends a paragraph about a deprecation. Types have it in place of the attribute, which would warn
    /// wherever generated code names them.
    pub(super) fn and_deprecation(self, deprecated: &Option<Deprecated>) -> Self {
        match deprecated {
            Some(deprecated) => self.and(format!("**Deprecated.** {}", deprecated.0).trim()),
            None => self,
        }
    }

    /// Appends a short sentence to the first paragraph.
    pub(crate) fn and_sentence(mut self, sentence: &str) -> Self {
        let end = self.0.iter().position(String::is_empty);
        let end = end.unwrap_or(self.0.len());
        let last = end.checked_sub(1).and_then(|last| self.0.get_mut(last));
        match last {
            // A sentence cannot follow a list or a block of code.
            Some(last) if last.starts_with(['-', '*', '`', ' ', '#', '|']) => {
                self.0
                    .splice(end..end, [String::new(), sentence.to_owned()]);
            }
            Some(last) if last.len() + 1 + sentence.len() <= WIDTH => {
                if !last.ends_with(['.', ':', '!', '?']) {
                    last.push('.');
                }
                last.push(' ');
                last.push_str(sentence);
            }
            _ => self.0.insert(end, sentence.to_owned()),
        }
        self
    }

    /// Appends a paragraph without wrapping it, unless it is empty.
    pub(crate) fn and_line(mut self, line: String) -> Self {
        if !line.is_empty() {
            self.0.extend([String::new(), line]);
        }
        self
    }

    /// Returns the lines, each with the space that follows the slashes.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        })
    }
}

/// Returns a link to a method of the client; links name keywords without `r#`.
pub(crate) fn method_link(method: &Ident) -> String {
    let name = method.unraw();
    format!("[`{name}`](crate::Client::{name})")
}

/// Returns the text up to the first full stop that ends a sentence: one before whitespace and outside
/// backticks that does not end an abbreviation.
fn first_sentence(markdown: &str) -> &str {
    let paragraph = markdown.split("\n\n").next().unwrap_or_default();
    let mut code = false;
    for (i, c) in paragraph.char_indices() {
        if c == '`' {
            code = !code;
        }
        let end = i + c.len_utf8();
        let (before, after) = paragraph.split_at(end);
        let abbreviation = ["e.g.", "i.e.", "etc.", "vs."]
            .iter()
            .any(|short| before.ends_with(short));
        if c == '.'
            && !code
            && !abbreviation
            && after.chars().next().is_none_or(char::is_whitespace)
        {
            return before;
        }
    }
    paragraph
}

/// Escapes characters that rustdoc would parse as an HTML tag or as a link to an item.
fn escape(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let mut code = false;
    for (i, c) in line.char_indices() {
        let is_link = || {
            line.get(i..)
                .and_then(|rest| rest.split_once(']'))
                .is_some_and(|(_, after)| after.starts_with('('))
        };
        match c {
            '`' => code = !code,
            '<' if !code => escaped.push('\\'),
            '[' if !code && !is_link() => escaped.push('\\'),
            _ => {}
        }
        escaped.push(c);
    }
    escaped
}

/// Breaks a line at spaces outside backticks, and indents the lines that continue a list item.
fn wrap(line: &str) -> Vec<String> {
    let trimmed = line.trim_end();
    if trimmed.len() <= WIDTH {
        return vec![trimmed.to_owned()];
    }
    let mark = trimmed.len() - trimmed.trim_start_matches([' ', '-', '*']).len();
    let indent = if mark > 0 {
        " ".repeat(mark)
    } else {
        String::new()
    };
    let mut lines = Vec::new();
    let text = trimmed.trim_start();
    let (lead, _) = trimmed.split_at(trimmed.len() - text.len());
    let mut current = lead.to_owned();
    for word in words(text) {
        if !current.trim().is_empty() && current.len() + 1 + word.len() > WIDTH {
            lines.push(std::mem::replace(&mut current, format!("{indent}{word}")));
        } else {
            if !current.trim().is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
    }
    lines.push(current);
    lines
}

/// Returns the words of a line. Text in backticks is one word.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut code) = (0, false);
    for (i, c) in line.char_indices() {
        if c == '`' {
            code = !code;
        }
        if c == ' ' && !code {
            words.extend(line.get(start..i));
            start = i + 1;
        }
    }
    words.extend(line.get(start..));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries() {
        for (markdown, sentence) in [
            ("One. Two.", "One."),
            ("No stop", "No stop"),
            (
                "At most `1.5 GB. Really` here. Then.",
                "At most `1.5 GB. Really` here.",
            ),
            ("Takes ids, e.g. `ws-1`. Then.", "Takes ids, e.g. `ws-1`."),
            ("Version 2.0 of it. Then.", "Version 2.0 of it."),
            ("A paragraph\n\nAnother. One.", "A paragraph"),
            ("", ""),
        ] {
            assert_eq!(first_sentence(markdown), sentence);
        }
    }

    #[test]
    fn defaults_and_paragraphs() {
        let doc = Doc::new("  ", "The member `Key`.").and("Deprecated.");
        assert_eq!(
            doc.lines().collect::<Vec<_>>(),
            [" The member `Key`.", "", " Deprecated."]
        );
    }

    #[test]
    fn sentences_follow_the_first_paragraph() {
        let long = "word ".repeat(19);
        for (markdown, expected) in [
            ("The key", &[" The key. Required."][..]),
            ("The key.\n\nMore.", &[" The key. Required.", "", " More."]),
            (long.trim(), &[&format!(" {}", long.trim()), " Required."]),
            ("- a", &[" - a", "", " Required."]),
            ("", &[" Required."]),
        ] {
            let doc = Doc::new(markdown, "").and_sentence("Required.");
            assert_eq!(doc.lines().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn escapes() {
        for (markdown, escaped) in [
            ("a <b> `<c>`", "a \\<b> `<c>`"),
            ("ids[0] and `ids[0]`", "ids\\[0] and `ids[0]`"),
            (
                "a [link](https://example.com)",
                "a [link](https://example.com)",
            ),
        ] {
            assert_eq!(escape(markdown), escaped);
        }
    }

    #[test]
    fn code_blocks_are_not_compiled() {
        let doc = Doc::new(
            "Send:\n```json\n{\"a\": [<b>]}\n```\nThen.\n\n    indented",
            "",
        );
        let lines: Vec<String> = doc.lines().collect();
        let expected = [
            " Send:",
            " ```text",
            " {\"a\": [<b>]}",
            " ```",
            " Then.",
            "",
            " indented",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn wrapping() {
        let long = format!(
            "{} `code that stays together` {}",
            "word ".repeat(15).trim(),
            "more ".repeat(8).trim()
        );
        let lines = wrap(&long);
        assert!(
            lines.len() == 2 && lines.iter().all(|line| line.len() <= WIDTH),
            "{lines:?}"
        );
        assert!(
            lines.iter().all(|line| line.matches('`').count() % 2 == 0),
            "{lines:?}"
        );
        let list = wrap(&format!("- {}", "item ".repeat(30)));
        assert!(
            list[0].starts_with("- item") && list[1].starts_with("  item"),
            "{list:?}"
        );
        let nested = wrap(&format!("  - {}", "item ".repeat(30)));
        assert!(
            nested[0].starts_with("  - item") && nested[1].starts_with("    item"),
            "{nested:?}"
        );
        assert_eq!(wrap("short"), ["short"]);
        assert_eq!(wrap(&"x".repeat(200)), ["x".repeat(200)]);
    }
}
