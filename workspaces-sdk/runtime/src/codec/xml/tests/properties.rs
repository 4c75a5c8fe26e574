use proptest::collection::{hash_map, vec};
use proptest::option::of;
use proptest::prelude::*;

use super::{Sample, decode};
use crate::codec::layout::Layout;
use crate::codec::xml::encode;

/// Any text, with many of the characters that have a meaning. XML cannot contain null.
fn text() -> impl Strategy<Value = String> {
    "([<>&\\]\"';#\r\n\t\u{1}-\u{1F}\u{FFFE}a ]|[^\0]){0,12}"
}

fn sample() -> impl Strategy<Value = Sample> {
    let leaf = Just(Sample::default()).boxed();
    leaf.prop_recursive(4, 16, 1, |inner| {
        (
            of(text()),
            of(text()),
            of(any::<i32>()),
            of(vec(text(), 0..4)),
            of(vec(text(), 1..4)),
            of(hash_map(text(), text(), 0..4)),
            of(inner.prop_map(Box::new)),
        )
            .prop_map(|(kind, text, number, list, flat, map, inner)| Sample {
                kind,
                text,
                number,
                list,
                flat,
                map,
                inner,
            })
    })
}

/// Random sequences of tokens of XML, which reach more code than random bytes.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "<",
            ">",
            "</",
            "/>",
            "<a>",
            "</a>",
            "<b/>",
            "<!--",
            "-->",
            "--",
            "<![CDATA[",
            "]]>",
            "<?",
            "?>",
            "<!",
            "=",
            "\"",
            "'",
            "&",
            ";",
            "&#x",
            "&#",
            "&amp;",
            "41",
            "\r",
            "\n",
            " ",
            ":",
            "<Text>",
            "</Text>",
            "<Inner>",
            "</Inner>",
            "<Flat>",
            "</Flat>",
            "<Map>",
            "<entry>",
            "<key>",
            "\u{e9}",
            "\u{FEFF}",
            "\0",
        ][..],
    );
    vec(piece, 0..32).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded(sample in sample()) {
        let bytes = encode("Sample", &sample, &Layout::DEFAULT);
        prop_assert_eq!(decode::<Sample>(&bytes), Ok(sample));
    }

    #[test]
    fn nothing_panics(document in pieces()) {
        drop(decode::<Sample>(document.as_bytes()));
        drop(decode::<String>(document.as_bytes()));
    }
}
