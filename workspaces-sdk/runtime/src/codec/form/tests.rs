//! Tests of the codec of forms.

use std::collections::HashMap;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime};

use super::{Encode, Encoder};
use crate::codec::layout::{Layout, list, map, timestamp};

/// Encodes a value as the member `A` of a structure.
fn encode<T: Encode + ?Sized>(value: &T, layout: &Layout) -> String {
    let mut out = Encoder::new();
    out.member("A", value, layout);
    String::from_utf8(out.into_bytes()).unwrap()
}

fn encode_default<T: Encode + ?Sized>(value: &T) -> String {
    encode(value, &Layout::DEFAULT)
}

#[test]
fn scalars() {
    let cases: [(&dyn Fn() -> String, &str); 20] = [
        (&|| encode_default("text"), "A=text"),
        (&|| encode_default(""), "A="),
        (&|| encode_default("-._~azAZ09"), "A=-._~azAZ09"),
        (
            &|| encode_default(" +&=%/:\n\u{e9}\u{1f600}"),
            "A=%20%2B%26%3D%25%2F%3A%0A%C3%A9%F0%9F%98%80",
        ),
        (&|| encode_default(&true), "A=true"),
        (&|| encode_default(&false), "A=false"),
        (&|| encode_default(&-128_i8), "A=-128"),
        (&|| encode_default(&i64::MIN), "A=-9223372036854775808"),
        (&|| encode_default(&10.8_f64), "A=10.8"),
        (&|| encode_default(&0.1_f32), "A=0.1"),
        (&|| encode_default(&f64::NAN), "A=NaN"),
        (&|| encode_default(&f32::INFINITY), "A=Infinity"),
        (&|| encode_default(&f64::NEG_INFINITY), "A=-Infinity"),
        (&|| encode_default(&Blob::new("value")), "A=dmFsdWU%3D"),
        (&|| encode_default(&Blob::new("")), "A="),
        (&|| encode_default(&None::<String>), ""),
        (&|| encode_default(&Some(Box::new(1))), "A=1"),
        (
            &|| encode_default(&DateTime::from_secs(1_422_172_800)),
            "A=2015-01-25T08%3A00%3A00Z",
        ),
        (
            &|| {
                encode(
                    &DateTime::from_millis(1_500),
                    &timestamp(Format::EpochSeconds),
                )
            },
            "A=1.5",
        ),
        (
            &|| encode(&DateTime::from_secs(0), &timestamp(Format::HttpDate)),
            "A=Thu%2C%2001%20Jan%201970%2000%3A00%3A00%20GMT",
        ),
    ];
    for (encode, expected) in cases {
        assert_eq!(encode(), expected);
    }
    // A year after 9999 has no date in the format.
    assert_eq!(
        encode_default(&DateTime::from_secs(999_999_999_999)),
        "A=999999999999"
    );
}

#[test]
fn lists() {
    const NESTED: Layout = list("b").of(&list("c"));
    let names = vec!["x".to_owned(), "y".to_owned()];
    for (layout, expected) in [
        (Layout::DEFAULT, "A.member.1=x&A.member.2=y"),
        (list("item"), "A.item.1=x&A.item.2=y"),
        (list("item").flat(), "A.1=x&A.2=y"),
        (Layout::DEFAULT.flat(), "A.1=x&A.2=y"),
    ] {
        assert_eq!(encode(&names, &layout), expected);
        assert_eq!(encode(&Vec::<String>::new(), &layout), "A=");
    }
    assert_eq!(
        encode(&vec![vec![1, 2], vec![], vec![3]], &NESTED),
        "A.b.1.c.1=1&A.b.1.c.2=2&A.b.2=&A.b.3.c.1=3"
    );
    // Numbers go on after nine.
    assert!(encode_default(&vec![0; 12]).ends_with("&A.member.12=0"));
}

#[test]
fn maps() {
    const LISTS: Layout = Layout::DEFAULT.of(&list("item"));
    let entries = HashMap::from([("b&".to_owned(), 2), ("a".to_owned(), 1)]);
    for (layout, expected) in [
        (
            Layout::DEFAULT,
            "A.entry.1.key=a&A.entry.1.value=1&A.entry.2.key=b%26&A.entry.2.value=2",
        ),
        (
            map("K", "V").entry("E"),
            "A.E.1.K=a&A.E.1.V=1&A.E.2.K=b%26&A.E.2.V=2",
        ),
        (map("K", "V").flat(), "A.1.K=a&A.1.V=1&A.2.K=b%26&A.2.V=2"),
    ] {
        assert_eq!(encode(&entries, &layout), expected);
        assert_eq!(encode(&HashMap::<String, i32>::new(), &layout), "");
    }
    assert_eq!(
        encode(&HashMap::from([("a".to_owned(), vec![1, 2])]), &LISTS),
        "A.entry.1.key=a&A.entry.1.value.item.1=1&A.entry.1.value.item.2=2"
    );
}

#[test]
fn debug_shows_no_content() {
    let mut out = Encoder::new();
    out.member("Password", "secret", &Layout::DEFAULT);
    assert_eq!(format!("{out:?}"), "Encoder { .. }");
}
