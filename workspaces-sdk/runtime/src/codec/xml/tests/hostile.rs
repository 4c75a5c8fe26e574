//! Documents of an attacker: they are errors, soon, and nothing panics.

use std::collections::HashMap;

use super::{DOCUMENT, Sample, decode, document};
use crate::codec::error::DecodeError;
use crate::codec::layout::Layout;
use crate::codec::xml::{Decode, Decoder};

#[test]
fn a_truncated_document_is_an_error() {
    let end = DOCUMENT.rfind("</r:Sample >").unwrap() + "</r:Sample >".len();
    for length in 0..DOCUMENT.len() {
        let outcome = decode::<Sample>(&DOCUMENT.as_bytes()[..length]);
        let rest = DOCUMENT.get(end..length).unwrap_or("<");
        match rest.is_empty() || rest.ends_with(['>', '\n']) {
            true => assert_eq!(outcome, Ok(document()), "{length}"),
            false => assert!(outcome.is_err(), "{length}"),
        }
    }
}

#[test]
fn any_other_byte_is_no_panic() {
    for position in 0..DOCUMENT.len() {
        for byte in [
            0, b'<', b'>', b'&', b'/', b'!', b'?', b']', b'"', b'\'', b'\r', b';', 0x80, 0xFF,
        ] {
            let mut bytes = DOCUMENT.as_bytes().to_vec();
            bytes[position] = byte;
            drop(decode::<Sample>(&bytes));
            bytes.remove(position);
            drop(decode::<Sample>(&bytes));
        }
    }
}

#[test]
fn entities_are_not_declared() {
    let mut laughs = "<!DOCTYPE a [<!ENTITY l0 \"lol\">".to_owned();
    for level in 1..10 {
        let references = format!("&l{};", level - 1).repeat(10);
        laughs += &format!("<!ENTITY l{level} \"{references}\">");
    }
    laughs += "]><a>&l9;</a>";
    for document in [
        &*laughs,
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"http://localhost/\">]><a>&b;</a>",
        "<a><!DOCTYPE b></a>",
    ] {
        let error = decode::<Sample>(document.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("expected an element, found a document type declaration"),
            "{error}"
        );
    }
    for document in [
        "<!ENTITY a 'b'><a/>",
        "<!ELEMENT a ANY><a/>",
        "<![INCLUDE[<a/>]]>",
        "<!doctype html><a/>",
    ] {
        let error = decode::<Sample>(document.as_bytes())
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "expected an element, found another declaration, at byte 0"
        );
    }
}

#[test]
fn bytes_that_are_not_utf8() {
    for (bytes, position) in [
        (&b"<a>\xFF</a>"[..], 3),
        (b"<a>\xED\xA0\x80</a>", 3),
        (b"<a>\xC0\xBC</a>", 3),
        (b"\xFF\xFE<\0a\0/\0>\0", 0),
        (
            b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>",
            46,
        ),
        (b"<a/>\xE2\x82", 4),
    ] {
        let error = decode::<Sample>(bytes).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("expected UTF-8, found other bytes, at byte {position}")
        );
    }
    // The bytes decide, not the declaration.
    let document = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u{e9}</a>";
    assert_eq!(decode(document.as_bytes()), Ok("\u{e9}".to_owned()));
}

/// With a quadratic algorithm, the test would take an hour.
#[test]
fn the_time_is_linear() {
    const TIMES: usize = 100_000;
    let repeat = |part: &str| part.repeat(TIMES);
    for (document, is_valid) in [
        (format!("<a b='{}'/>", repeat("c")), true),
        (format!("<a {}/>", repeat("b='c' ")), true),
        (format!("<{0}></{0}>", repeat("b")), true),
        (format!("<a>{}</a>", repeat("<b/>")), true),
        (format!("<a>{}</a>", repeat("]")), true),
        (format!("<a>{}</a>", repeat("]]")), true),
        (format!("<a>{}</a>", repeat("&amp;")), true),
        (format!("<a>{}</a>", repeat("<!---->")), true),
        (format!("<a>{}</a>", repeat("<![CDATA[]]>")), true),
        (format!("<a>{}</a>", repeat("<??>")), true),
        (format!("<a>{}", repeat("\r")), false),
        (format!("<a>&{};", repeat("a")), false),
        (format!("<a>&#{};", repeat("0")), false),
        (format!("<a>{}", repeat("&")), false),
        (format!("<a>{}", repeat("<!--")), false),
        (format!("<a>{}", repeat("<![CDATA[")), false),
        (format!("<a>{}", repeat("<?")), false),
        (format!("<a>{}", repeat("<a ")), false),
        (repeat("<a>"), false),
        (repeat("<"), false),
        (repeat("&"), false),
    ] {
        assert_eq!(decode::<Sample>(document.as_bytes()).is_ok(), is_valid);
        let text = decode::<String>(document.as_bytes());
        assert!(text.is_err() || is_valid);
    }
}

/// A structure that is larger than 32 times its shortest document.
struct Large(#[expect(dead_code, reason = "it only takes memory")] [u8; 1000]);

impl Decode for Large {
    fn decode(input: &mut Decoder<'_>, _: &Layout) -> Result<Self, DecodeError> {
        input.skip()?;
        Ok(Self([0; 1000]))
    }
}

#[test]
fn small_elements_do_not_take_much_memory() {
    let document = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count));
    let is_refused = |error: DecodeError| {
        error
            .to_string()
            .starts_with("expected values of at most 32 times the size of the document, found more")
    };
    // A small document may take 8 MiB.
    assert_eq!(
        decode::<Vec<Large>>(document(3_000).as_bytes())
            .unwrap()
            .len(),
        3_000
    );
    assert!(decode::<Vec<Large>>(document(10_000).as_bytes()).is_err_and(is_refused));
    assert!(decode::<Vec<Box<Large>>>(document(10_000).as_bytes()).is_err_and(is_refused));
    assert!(
        decode::<Vec<Vec<Box<Large>>>>(format!("<a>{}</a>", document(5_000).repeat(2)).as_bytes())
            .is_err_and(is_refused)
    );

    let entries: String = (0..10_000)
        .map(|key| format!("<entry><key>{key}</key></entry>"))
        .collect();
    let document = format!("<a>{entries}</a>");
    assert!(decode::<HashMap<String, String>>(document.as_bytes()).is_ok());
    assert!(decode::<HashMap<String, Large>>(document.as_bytes()).is_err_and(is_refused));
}
