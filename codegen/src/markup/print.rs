//! Prints documents.

use super::escape::{at_line_start, code, push_word};
use super::{Block, Content, Document, Inline};

/// A part of a paragraph that is printed without a line break.
struct Word {
    markdown: String,
    /// Whether it begins with text of the document, which could have a meaning at the start of a line.
    begins_with_text: bool,
}

/// The language that a document is printed in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Markdown,
    /// Text that looks like Markdown. No character is escaped.
    Text,
}

impl Document {
    /// Returns the lines of the document in Markdown. Paragraphs are wrapped to this width.
    pub(crate) fn lines(&self, width: usize) -> Vec<String> {
        self.lines_in(Language::Markdown, width)
    }

    /// Returns the document as text, with each paragraph on one line.
    pub(crate) fn text(&self) -> String {
        self.lines_in(Language::Text, usize::MAX).join("\n")
    }

    fn lines_in(&self, language: Language, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut previous: Option<&Block> = None;
        for block in &self.blocks {
            // Items follow each other without a blank line.
            let is_item =
                |it: &Block| !it.mark.is_empty() && matches!(it.content, Content::Paragraph(_));
            let joins = is_item(block) && previous.is_some_and(is_item) && !block.is_apart;
            if previous.is_some() && !joins {
                lines.push(String::new());
            }
            block.print(language, width, &mut lines);
            previous = Some(block);
        }
        lines
    }

    /// Returns the document on one line, without marks of lists and blocks of code.
    pub(crate) fn one_line(&self) -> String {
        let texts = self.blocks.iter().filter_map(|block| match &block.content {
            Content::Paragraph(text) | Content::Heading(_, text) | Content::Line(text) => {
                Some(wrap(words(text, Language::Markdown), usize::MAX, "", ""))
            }
            Content::Code(_) => None,
        });
        texts.flatten().collect::<Vec<_>>().join(" ")
    }
}

impl Block {
    fn print(&self, language: Language, width: usize, lines: &mut Vec<String>) {
        let words = |text| words(text, language);
        let first = " ".repeat(self.column) + &self.mark;
        let indent = " ".repeat(first.len());
        match &self.content {
            Content::Paragraph(text) => lines.extend(wrap(words(text), width, &first, &indent)),
            Content::Line(text) => lines.extend(wrap(words(text), usize::MAX, &first, &indent)),
            Content::Heading(level, text) => {
                let marks = "#".repeat(*level);
                let first = format!("{first}{marks} ");
                lines.extend(wrap(words(text), usize::MAX, &first, &indent));
            }
            Content::Code(code) => {
                let longest = code.iter().flat_map(|line| line.split(|c| c != '`'));
                let longest = longest.map(str::len).max().unwrap_or_default();
                let fence = "`".repeat(longest.max(2) + 1);
                lines.push(format!("{first}{fence}text"));
                lines.extend(code.iter().map(|line| match line.as_str() {
                    "" => String::new(),
                    line => format!("{indent}{line}"),
                }));
                lines.push(format!("{indent}{fence}"));
            }
        }
    }
}

impl Word {
    fn new() -> Self {
        Self {
            markdown: String::new(),
            begins_with_text: false,
        }
    }
}

/// Returns the words of a text. A span of code is one word.
fn words(mut text: &[Inline], language: Language) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = Word::new();
    let mut in_link = false;
    loop {
        match text {
            // A link whose text is its address.
            [
                Inline::LinkStart,
                Inline::Text(address),
                Inline::LinkEnd(to),
                rest @ ..,
            ] if address == to => {
                word.markdown.extend(["<", address, ">"]);
                text = rest;
                continue;
            }
            [Inline::Text(text), ..] => {
                for (i, part) in text.split(' ').enumerate() {
                    if i > 0 && !word.markdown.is_empty() {
                        words.push(std::mem::replace(&mut word, Word::new()));
                    }
                    if language == Language::Text {
                        word.markdown.push_str(part);
                        continue;
                    }
                    word.begins_with_text |= word.markdown.is_empty();
                    push_word(&mut word.markdown, part, in_link);
                }
            }
            [Inline::Strong(text), ..] => word.markdown.extend(["**", text, "**"]),
            [Inline::Code(text), ..] => word.markdown.push_str(&code(text)),
            [Inline::LinkStart, ..] => {
                // `![` would start an image.
                if word.markdown.ends_with('!') {
                    word.markdown.pop();
                    word.markdown.push_str("\\!");
                }
                word.markdown.push('[');
                in_link = true;
            }
            [Inline::LinkEnd(address), ..] => {
                word.markdown.extend(["](", address, ")"]);
                in_link = false;
            }
            [] => break,
        }
        text = text.get(1..).unwrap_or_default();
    }
    if !word.markdown.is_empty() {
        words.push(word);
    }
    words
}

/// Joins words to lines, the first of which begins with `first`, and the others with `indent`.
fn wrap(words: Vec<Word>, width: usize, first: &str, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut start) = (first.to_owned(), first.len());
    for word in words {
        if line.len() > start && line.len() + 1 + word.markdown.len() > width {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
            start = indent.len();
        }
        if line.len() > start {
            line.push(' ');
            line.push_str(&word.markdown);
        } else if word.begins_with_text {
            // A list in a paragraph that is not in a list starts with 1.
            let any_number = lines.is_empty() || !indent.is_empty();
            line.push_str(&at_line_start(&word.markdown, any_number));
        } else {
            line.push_str(&word.markdown);
        }
    }
    lines.push(line);
    lines
}
