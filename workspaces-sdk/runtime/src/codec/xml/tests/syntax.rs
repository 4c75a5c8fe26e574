//! What is XML, and what it stands for.

use super::{Sample, decode};
use crate::codec::xml::Decoder;

/// Decodes the text of the root element.
fn text(document: &str) -> Result<String, String> {
    decode(document.as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn texts() {
    for (document, expected) in [
        ("<a>b</a>", "b"),
        ("<a/>", ""),
        ("<a />", ""),
        ("<a></a>", ""),
        ("<a> b </a>", " b "),
        ("<a\n>b</a\n>", "b"),
        ("<a b='c' d=\"e\"/>", ""),
        ("<a b = '<'>c</a>", "!"),
        ("<a>&amp;&lt;&gt;&quot;&apos;</a>", "&<>\"'"),
        ("<a>&amp;lt;</a>", "&lt;"),
        ("<a>&#65;&#x42;&#x00000043;&#9;&#xA;&#13;</a>", "ABC\t\n\r"),
        ("<a>&#xE9;&#x10FFFF;</a>", "\u{e9}\u{10FFFF}"),
        ("<a>&#1;&#xFFFF;</a>", "\u{1}\u{FFFF}"),
        ("<a>b\r\nc\rd\n</a>", "b\nc\nd\n"),
        ("<a><![CDATA[b\r\nc]]></a>", "b\nc"),
        ("<a><![CDATA[]]></a>", ""),
        ("<a><![CDATA[<b>&amp;]]]></a>", "<b>&amp;]"),
        ("<a>b<![CDATA[c]]>d<!--e-->f<?g h?>i</a>", "bcdfi"),
        ("<a>]] ]></a>", "]] ]>"),
        ("<a>] ]] > ]</a>", "] ]] > ]"),
        ("<a><!-- - -- --></a>", "!"),
        ("<a>\u{e9}\u{1F600}</a>", "\u{e9}\u{1F600}"),
        ("<\u{e9}>b</\u{e9}>", "b"),
        ("<x:a>b</x:a>", "b"),
        ("<!--->--><a>b</a>", "b"),
        ("<_a.b-c1>d</_a.b-c1>", "d"),
        ("\u{FEFF}<a>b</a>", "b"),
        (" \n<!-- c --><?p?><a>b</a><!-- c -->\t<?p?> ", "b"),
    ] {
        match expected {
            "!" => assert!(text(document).is_err(), "{document}"),
            expected => assert_eq!(text(document).as_deref(), Ok(expected), "{document}"),
        }
    }
}

#[test]
fn malformed_documents() {
    for (document, expected) in [
        ("", "expected an element, found the end, at byte 0"),
        ("a", "expected `<`, found another character, at byte 0"),
        ("<", "expected a name, found the end, at byte 1"),
        ("<a", "expected `>`, found the end, at byte 2"),
        ("<a>", "expected an end tag, found the end, at byte 3"),
        ("<a>b", "expected an end tag, found the end, at byte 4"),
        ("<a/", "expected `/>`, found another character, at byte 2"),
        ("</a>", "expected an element, found an end tag, at byte 0"),
        (
            "<1/>",
            "expected a name, found another character, at byte 1",
        ),
        (
            "<-/>",
            "expected a name, found another character, at byte 1",
        ),
        (
            "< a/>",
            "expected a name, found another character, at byte 1",
        ),
        (
            "<a></b>",
            "expected the end tag of the element, found another end tag, at byte 3",
        ),
        (
            "<a></ab>",
            "expected `>`, found another character, at byte 6",
        ),
        ("<a></a", "expected `>`, found the end, at byte 6"),
        (
            "<a></a b='c'>",
            "expected `>`, found another character, at byte 7",
        ),
        (
            "<a></x:a>",
            "expected the end tag of the element, found another end tag, at byte 3",
        ),
        ("<a b/>", "expected `=`, found another character, at byte 4"),
        (
            "<a b=c/>",
            "expected a quote, found another character, at byte 5",
        ),
        (
            "<a b='c/>",
            "expected a closing quote, found the end, at byte 9",
        ),
        (
            "<a b='<'/>",
            "expected a closing quote, found an element, at byte 6",
        ),
        (
            "<a b='c'd='e'/>",
            "expected `>`, found another character, at byte 8",
        ),
        (
            "<a b='&c;'/>",
            "expected a known reference, found another one, at byte 6",
        ),
        ("<a/><b/>", "expected the end, found an element, at byte 4"),
        ("<a/>b", "expected `<`, found another character, at byte 4"),
        ("<a/></a>", "expected the end, found an end tag, at byte 4"),
        (
            "<a/><![CDATA[]]>",
            "expected an element, found a CDATA section, at byte 4",
        ),
        (
            "<a/><!--",
            "expected a comment, found something else, at byte 4",
        ),
        (
            "<!-- a -- b --><a/>",
            "expected a comment, found something else, at byte 0",
        ),
        ("<?a", "expected `?>`, found the end, at byte 0"),
        (
            "<a><![CDATA[b]]",
            "expected `]]>`, found the end, at byte 3",
        ),
        (
            "<a><![cdata[b]]></a>",
            "expected an element, found another declaration, at byte 3",
        ),
        (
            "<a>&b;</a>",
            "expected a known reference, found another one, at byte 3",
        ),
        (
            "<a>&amp</a>",
            "expected a known reference, found another one, at byte 3",
        ),
        (
            "<a>& b</a>",
            "expected a known reference, found another one, at byte 3",
        ),
        ("<a>]]></a>", "expected text, found `]]>`, at byte 3"),
        (
            "<a>\u{1}</a>",
            "expected text, found a control character, at byte 3",
        ),
        ("<a><b/></a>", "expected text, found an element, at byte 3"),
    ] {
        assert_eq!(text(document), Err(expected.to_owned()), "{document}");
    }
}

#[test]
fn references_that_are_no_characters() {
    for reference in [
        "#0",
        "#x0",
        "#xD800",
        "#xDFFF",
        "#x110000",
        "#4294967361",
        "#",
        "#x",
        "#X41",
        "#-1",
        "#+1",
        "# 65",
        "#1_0",
        "#x g",
        "",
        "AMP",
        "nbsp",
    ] {
        let document = format!("<a>&{reference};</a>");
        assert_eq!(
            text(&document).unwrap_err(),
            "expected a known reference, found another one, at byte 3",
            "{reference}"
        );
    }
}

#[test]
fn what_is_skipped_is_checked() {
    for content in [
        "<b>",
        "<b></c>",
        "&b;",
        "]]>",
        "\u{1}",
        "<b c='&d;'/>",
        "<!DOCTYPE b>",
    ] {
        let document = format!("<Sample><Skipped>{content}</Skipped></Sample>");
        assert!(decode::<Sample>(document.as_bytes()).is_err(), "{content}");
        let document = format!("<Sample>{content}</Sample>");
        assert!(decode::<Sample>(document.as_bytes()).is_err(), "{content}");
    }
}

#[test]
fn depth() {
    let nested = |levels: usize| "<a>".repeat(levels) + &"</a>".repeat(levels);
    let inner = |levels: usize| {
        [
            "<Sample>".to_owned(),
            "<Inner>".repeat(levels),
            "</Inner>".repeat(levels),
            "</Sample>".to_owned(),
        ]
        .concat()
    };
    assert!(decode::<Sample>(nested(128).as_bytes()).is_ok());
    assert!(decode::<Sample>(inner(127).as_bytes()).is_ok());
    for (document, position) in [
        (nested(129), 384),
        (inner(128), 897),
        (nested(1_000_000), 384),
    ] {
        let error = decode::<Sample>(document.as_bytes()).unwrap_err();
        assert_eq!(error.offset(), position);
        assert!(
            error
                .to_string()
                .starts_with("expected at most 128 levels, found another level"),
            "{error}"
        );
    }
}

#[test]
fn debug_shows_no_content() {
    let mut input = Decoder::new(b"<secret>secret</secret>").unwrap();
    input.root().unwrap();
    assert_eq!(
        format!("{input:?}"),
        "Decoder { position: 8, depth: 1, .. }"
    );
}
