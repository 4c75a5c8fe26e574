//! Documents: what is read, and that nothing else can be printed.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::*;

fn printed(text: &str) -> String {
    Document::read(text, Links::Web).lines(100).join("\n")
}

#[test]
fn html_is_read() {
    for (html, expected) in [
        ("<p>One.</p> <p>Two  words.</p>", "One.\n\nTwo words."),
        ("<p>The <code>Key </code>of it</p>", "The `Key` of it"),
        (
            "<p>a &lt;b&gt; &amp;amp; <i>c</i>*</p>",
            "a \\<b> \\&amp; c\\*",
        ),
        (
            "<p>All:</p> <ul> <li> <p>one</p> </li> <li> <p>two</p> <p>more</p> </li> </ul> <p>End</p>",
            "All:\n\n- one\n- two\n\n  more\n\nEnd",
        ),
        (
            "<p>See <a href=\"https://example.com/a?b=1&amp;c\">the guide</a>, <a>Other</a>.</p>",
            "See [the guide](https://example.com/a?b=1&c), Other.",
        ),
        ("<p><code></code>x</p>", "x"),
        (
            "<p>a<a href=\"https://e.com\"> <i> b</i> </a>c</p>",
            "a [b](https://e.com) c",
        ),
        ("<p>put <name> here</p>", "put \\<name> here"),
        ("<p>a < b</p>", "a < b"),
        (
            "<p>the user&#39;s &apos;key&apos;&#x2014;</p>",
            "the user's 'key'—",
        ),
        (
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            "- a\n  - b\n- c",
        ),
        (
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
            "1. a\n   - b\n2. c",
        ),
        (
            "<p>a</p><pre><code>b &lt;\n  c</code></pre>",
            "a\n\n```text\nb <\n  c\n```",
        ),
        ("<dl><dt>A</dt><dd>one</dd></dl>b", "- A: one\n\nb"),
        (
            "<p>a<script>alert(1)</script></p>",
            "a\\<script>alert(1)\\</script>",
        ),
        ("<p/>", ""),
    ] {
        let expected = expected.replace("a < b", "a \\< b");
        assert_eq!(printed(html), expected, "{html}");
    }
}

#[test]
fn markdown_is_read() {
    for (markdown, expected) in [
        ("a <b> `<c>` ids[0]", "a \\<b> `<c>` ids\\[0]"),
        (
            "a [link](https://example.com)",
            "a [link](https://example.com)",
        ),
        ("a [link](crate::x), [x](javascript:y)", "a link, x"),
        ("https://example.com.", "<https://example.com>."),
        ("<https://example.com>", "<https://example.com>"),
        ("a ``b`c`` d", "a ``b`c`` d"),
        (
            "- a\n  1. b\n  2. c\n\n     d\n- e",
            "- a\n  1. b\n  2. c\n\n     d\n\n- e",
        ),
        ("## A *b*", "## A b"),
        ("> a\n> b", "a b"),
        ("![a](https://example.com/b.png)", "a"),
        ("a\n1\\. b", "a 1. b"),
        ("a\u{202e}b\u{200b}c\u{1b}[31m", "abc\\[31m"),
        ("&#60;b&gt; &amp;lt;", "\\<b> \\&lt;"),
        (
            "Send:\n```json\n{\"a\": [<b>]}\n```\nThen.",
            "Send:\n\n```text\n{\"a\": [<b>]}\n```\n\nThen.",
        ),
        ("~~~\na\n```\n~~~", "````text\na\n```\n````"),
        ("> ```\n> a\n> ```", "```text\na\n```"),
        ("- ```\n  a\n  ```", "- ```text\n  a\n  ```"),
        ("a\n\n\tb\n\n    c", "a\n\n```text\nb\n\nc\n```"),
        ("-\n-\n  - a", "- - a"),
    ] {
        assert_eq!(printed(markdown), expected, "{markdown}");
    }
}

#[test]
fn text_is_not_escaped() {
    let html = "<p>1 &lt; 2*</p><ul><li><code>a</code> [b]</li></ul>";
    let text = Document::read(html, Links::Web).text();
    assert_eq!(text, "1 < 2*\n\n- `a` [b]");
}

#[test]
fn wrapped_lines_get_no_meaning() {
    let words = ["word ".repeat(20), "more ".repeat(20)].join("- ") + "# 1. x";
    let lines = Document::plain(&words).lines(100);
    assert!(lines.iter().all(|line| line.len() <= 100), "{lines:?}");
    assert!(
        lines.iter().any(|line| line.starts_with("\\- ")),
        "{lines:?}"
    );
    let nested = format!("- a\n  - {}", "item ".repeat(30));
    let lines = Document::read(&nested, Links::Web).lines(100);
    assert!(
        lines[1].starts_with("  - item") && lines[2].starts_with("    item"),
        "{lines:?}"
    );
    assert_eq!(
        Document::plain(&"x".repeat(200)).lines(100),
        ["x".repeat(200)]
    );
}

/// Parts of texts that have a meaning somewhere, for texts made at random.
const PARTS: [&str; 80] = [
    "```",
    "````",
    "~~~",
    "`",
    "``",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    " ",
    "  ",
    "> ",
    ">",
    "- ",
    "-",
    "* ",
    "*",
    "+ ",
    "1. ",
    "2) ",
    "10.",
    "7. ",
    "01. ",
    "#",
    "## ",
    "===",
    "---",
    "___",
    "_",
    "__",
    "**",
    "[",
    "]",
    "(",
    ")",
    "](",
    "](https://e.com/a)",
    "](javascript:x)",
    "](crate::Client)",
    "![",
    "[a]: b",
    "[^1]",
    "[^1]: ",
    "[ ] ",
    "<",
    ">",
    "</",
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<li>",
    "</li>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<a href=\"https://e.com\">",
    "<a href='x'>",
    "</a>",
    "<script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "&lt;",
    "&#96;",
    "&#10;",
    "&",
    ";",
    "\\",
    "|",
    "|---|",
    ":-:",
    "!",
    "https://e.com/a_b",
    "panic!(\"ran\")",
];

/// Each text made of parts that have a meaning becomes a document in which rustdoc finds only the subset, with the texts of
/// the document. For more texts, set `CODEGEN_MARKUP_TEXTS` to their number.
#[test]
fn random_texts_stay_text() {
    let texts = std::env::var("CODEGEN_MARKUP_TEXTS").ok();
    let texts: usize = texts.map_or(5_000, |texts| texts.parse().unwrap());
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % 1_000_003).unwrap_or_default() % below
    };
    let mut with_code = 0;
    for _ in 0..texts {
        let length = random(24) + 1;
        let text: String = (0..length)
            .map(|_| match random(5) {
                0 => "word",
                _ => PARTS[random(PARTS.len())],
            })
            .collect();
        let document = Document::read(&text, Links::Web);
        let width = [10, 30, 100][random(3)];
        let lines = document.lines(width);
        assert!(
            lines.iter().all(|line| !line.contains(['\n', '\r', '\t'])),
            "{text:?}"
        );
        let markdown = lines.join("\n");
        with_code += usize::from(check(&document, &markdown, &text));
        let one_line = document.one_line();
        check(&Document::read(&one_line, Links::Web), &one_line, &text);
        let plain = plain(&text);
        let shown: String = visible(&plain, &plain).split_whitespace().collect();
        let expected: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(shown, expected, "{text:?} as plain text: {plain}");
    }
    assert!(
        with_code > texts / 40,
        "only {with_code} texts have a block of code"
    );
}

/// Checks the Markdown of a document. Returns whether it has a block of code.
fn check(document: &Document, markdown: &str, text: &str) -> bool {
    let mut found = String::new();
    let mut expected = String::new();
    for block in &document.blocks {
        match &block.content {
            Content::Code(lines) => expected.extend(lines.iter().map(String::as_str)),
            Content::Paragraph(text) | Content::Heading(_, text) | Content::Line(text) => {
                for inline in text {
                    match inline {
                        Inline::Text(text) | Inline::Code(text) => expected.push_str(text),
                        _ => {}
                    }
                }
            }
        }
    }
    found.push_str(&visible(markdown, text));
    let [found, expected] = [found, expected].map(|text| text.replace([' ', '\n'], ""));
    assert_eq!(found, expected, "{text:?} becomes\n{markdown}");
    document
        .blocks
        .iter()
        .any(|it| matches!(it.content, Content::Code(_)))
}

/// Returns the text that rustdoc displays, and checks that it has only the subset.
fn visible(markdown: &str, text: &str) -> String {
    let mut visible = String::new();
    // The options of rustdoc, except for the replacement of quotation marks and dashes.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let broken = |link: pulldown_cmark::BrokenLink<'_>| {
        panic!(
            "{text:?} becomes a reference {:?} in\n{markdown}",
            link.reference
        )
    };
    for event in Parser::new_with_broken_link_callback(markdown, options, Some(broken)) {
        match event {
            Event::Text(part) | Event::Code(part) => visible.push_str(&part),
            Event::Start(Tag::CodeBlock(kind)) => {
                assert_eq!(
                    kind,
                    CodeBlockKind::Fenced("text".into()),
                    "{text:?} becomes\n{markdown}"
                );
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("http"), "{text:?} becomes\n{markdown}");
            }
            Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Item | Tag::Heading { .. })
            | Event::End(_)
            | Event::SoftBreak => {}
            other => panic!("{text:?} becomes {other:?} in\n{markdown}"),
        }
    }
    visible
}
