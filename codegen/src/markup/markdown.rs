//! Reads Markdown.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::builder::Builder;

/// The maximum length of the marks of lists and quotations at the start of a line. More of them are left out.
const MAX_MARKS: usize = 64;

pub(super) fn read(text: &str, builder: &mut Builder) {
    let text = shallow(text);
    let mut block: Option<String> = None;
    for event in Parser::new_ext(&text, Options::empty()) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_))) => {
                block = Some(String::new());
            }
            Event::End(TagEnd::CodeBlock) => {
                builder.code_block(&block.take().unwrap_or_default());
            }
            Event::Text(text) => match &mut block {
                Some(block) => block.push_str(&text),
                None => builder.text(&text),
            },
            Event::Code(code) => {
                builder.start_code();
                builder.text(&code);
                builder.end_code();
            }
            Event::Start(Tag::Link { dest_url, .. }) => builder.start_link(&dest_url),
            Event::End(TagEnd::Link) => builder.end_link(),
            Event::Start(Tag::List(first)) => builder.start_list(first),
            Event::End(TagEnd::List(_)) => builder.end_list(),
            Event::Start(Tag::Item) => builder.start_item(),
            Event::Start(Tag::Heading { level, .. }) => builder.start_heading(level as usize),
            Event::SoftBreak | Event::HardBreak => builder.space(),
            // HTML is displayed as it is written.
            Event::Html(html) | Event::InlineHtml(html) => builder.text(&html),
            Event::Start(Tag::Paragraph | Tag::BlockQuote(_) | Tag::HtmlBlock)
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::BlockQuote(_)
                | TagEnd::HtmlBlock
                | TagEnd::Heading(_)
                | TagEnd::Item,
            )
            | Event::Rule => builder.end_paragraph(),
            // Emphasis is not kept, and images are displayed as their texts. The other events are extensions that are off.
            _ => {}
        }
    }
}

/// Returns the text with a limited number of marks at the start of each line, because nested lists and quotations take the
/// parser a time that grows with their depth at each line.
fn shallow(text: &str) -> Cow<'_, str> {
    let is_mark = |c: char| " \t>-+*.)".contains(c) || c.is_ascii_digit();
    let marks = |line: &str| line.len() - line.trim_start_matches(is_mark).len();
    // Each of the two ends a line of Markdown.
    let lines = text.split_inclusive(['\n', '\r']);
    if lines.clone().all(|line| marks(line) <= MAX_MARKS) {
        return Cow::Borrowed(text);
    }
    let shallow = lines.map(|line| match marks(line) {
        0..=MAX_MARKS => line,
        long => line.get(long - MAX_MARKS..).unwrap_or(line),
    });
    Cow::Owned(shallow.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deep lists take the parser a long time, after each of the characters that end a line.
    #[test]
    fn marks_are_limited_in_each_line() {
        for end in ["\n", "\r", "\r\n"] {
            let text = format!("x{end}{}y", "- ".repeat(100));
            let marks = shallow(&text).len() - "xy".len() - end.len();
            assert_eq!(marks, MAX_MARKS, "{end:?}");
        }
    }
}
