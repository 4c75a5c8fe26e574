//! Converts documentation in HTML, as AWS models have it, to Markdown; Markdown is left unchanged.

use crate::ir::{Service, ShapeKind};

pub(super) fn run(mut service: Service) -> Service {
    let convert = |text: &mut String| {
        if is_html(text) {
            *text = markdown(text);
        }
    };
    convert(&mut service.documentation);
    for operation in service.operations.values_mut() {
        convert(&mut operation.documentation);
    }
    for shape in service.shapes.values_mut() {
        convert(&mut shape.documentation);
        for member in shape.kind.members_mut() {
            convert(&mut member.documentation);
        }
        if let ShapeKind::Enum(values) = &mut shape.kind {
            values
                .iter_mut()
                .for_each(|value| convert(&mut value.documentation));
        }
    }
    service
}

/// Tags that are removed, whereas their contents are kept.
const IGNORED: [&str; 12] = [
    "b", "br", "div", "em", "fullname", "i", "span", "strong", "u", "xhtml", "zonbook", "tt",
];

/// Tags that begin a paragraph.
const PARAGRAPHS: [&str; 6] = ["p", "note", "important", "h1", "h2", "dl"];

const ENTITIES: [(&str, &str); 8] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&nbsp;", " "),
    ("&#x2028;", " "),
    ("&amp;", "&"),
];

fn is_html(text: &str) -> bool {
    text.contains("</")
}

fn markdown(html: &str) -> String {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        writer.text(before);
        rest = after;
        let tag = after.split_once('>').filter(|(tag, _)| writer.tag(tag));
        match tag {
            Some((_, after)) => rest = after,
            None => writer.text("<"),
        }
    }
    writer.text(rest);
    writer.finish()
}

/// A writer of Markdown.
#[derive(Default)]
struct Writer {
    out: String,
    /// Whether a space precedes the next word.
    space: bool,
    /// The depth of nested lists.
    lists: usize,
    /// Whether the writer is inside backticks.
    code: bool,
    /// The offsets and addresses of the open links.
    links: Vec<(usize, Option<String>)>,
}

impl Writer {
    /// Converts a tag, which is given without its brackets. Returns `false` if it is not a known tag.
    fn tag(&mut self, tag: &str) -> bool {
        let (closes, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        match name {
            "code" | "pre" => self.code(closes),
            "a" if closes => self.end_link(),
            "a" => {
                let start = self.start();
                self.links.push((start, address(tag)));
            }
            "ul" | "ol" if closes => {
                self.lists = self.lists.saturating_sub(1);
                self.paragraph();
            }
            "ul" | "ol" => self.lists += 1,
            "li" | "dt" if !closes => self.item(),
            "dd" if !closes => self.text(": "),
            "li" | "dt" | "dd" => {}
            name if PARAGRAPHS.contains(&name) => self.paragraph(),
            name if IGNORED.contains(&name) => {}
            _ => return false,
        }
        true
    }

    fn text(&mut self, html: &str) {
        let mut text = html.replace('`', "'");
        if !self.code {
            text = text.replace('*', "\\*");
        }
        if text.contains('&') {
            for (entity, meaning) in ENTITIES {
                text = text.replace(entity, meaning);
            }
        }
        for (i, word) in text.split(char::is_whitespace).enumerate() {
            self.space |= i > 0;
            if !word.is_empty() {
                self.start();
                self.out.push_str(word);
            }
        }
    }

    /// Writes a pending space, and returns the offset of the next word.
    fn start(&mut self) -> usize {
        let at_start = self.out.is_empty() || self.out.ends_with(['\n', ' ']);
        if std::mem::take(&mut self.space) && !at_start {
            self.out.push(' ');
        }
        self.out.len()
    }

    fn code(&mut self, closes: bool) {
        if self.code != closes {
            return; // nested tags
        }
        if closes && self.out.ends_with('`') {
            self.out.pop(); // an empty tag
        } else if closes {
            // A space at the end of the contents follows the backtick.
            self.out.push('`');
        } else {
            self.start();
            self.out.push('`');
        }
        self.code = !closes;
    }

    fn end_link(&mut self) {
        let Some((start, address)) = self.links.pop() else {
            return;
        };
        let is_word = self
            .out
            .get(start..)
            .is_some_and(|text| !text.is_empty() && !text.contains(['[', ']', '\n']));
        if let Some(address) = address.filter(|_| is_word && !self.code) {
            self.out.insert(start, '[');
            self.out.push_str(&format!("]({address})"));
        }
    }

    fn item(&mut self) {
        self.paragraph();
        // Items follow each other without a blank line.
        let length = self.out.trim_end().len();
        let is_item = self.out.get(..length).and_then(|text| text.lines().last());
        if is_item.is_some_and(|line| line.trim_start().starts_with("- ")) {
            self.out.truncate(length);
            self.out.push('\n');
        }
        let depth = self.lists.saturating_sub(1);
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str("- ");
    }

    fn paragraph(&mut self) {
        if self.code {
            return;
        }
        self.space = false;
        let length = self.out.trim_end().len();
        let starts_item = self.out.ends_with("- ");
        if length > 0 && !starts_item {
            self.out.truncate(length);
            self.out.push_str("\n\n");
            self.out.push_str(&"  ".repeat(self.lists));
        }
    }

    fn finish(mut self) -> String {
        if self.code {
            self.out.push('`');
        }
        let lines = self.out.lines().map(str::trim_end);
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }
}

/// Returns the address of an `a` tag, if it can be written in Markdown.
fn address(tag: &str) -> Option<String> {
    let (_, rest) = tag.split_once("href=")?;
    let quote = rest.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let address = rest.get(1..)?.split(quote).next()?;
    let plain = address.starts_with("http") && !address.contains([' ', '(', ')', '<', '>']);
    plain.then(|| address.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        for (html, expected) in [
            ("<p>One.</p> <p>Two  words.</p>", "One.\n\nTwo words."),
            ("<p>The <code>Key </code>of it</p>", "The `Key` of it"),
            ("<p>a &lt;b&gt; &amp;amp; <i>c</i>*</p>", "a <b> &amp; c\\*"),
            (
                "<p>All:</p> <ul> <li> <p>one</p> </li> <li> <p>two</p> <p>more</p> </li> </ul> <p>End</p>",
                "All:\n\n- one\n- two\n\n  more\n\nEnd",
            ),
            (
                "<p>See <a href=\"https://example.com/a?b=1&amp;c\">the guide</a>, <a>Other</a>.</p>",
                "See [the guide](https://example.com/a?b=1&c), Other.",
            ),
            ("<p><code></code>x</p>", "x"),
            ("<p>put <name> here</p>", "put <name> here"),
            ("<p>a < b</p>", "a < b"),
            ("<p>the user&#39;s &apos;key&apos;</p>", "the user's 'key'"),
            (
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
                "- a\n  - b\n- c",
            ),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn markdown_stays() {
        assert!(!is_html("At most `5 < 6` of *them*\n\n- a"));
    }
}
