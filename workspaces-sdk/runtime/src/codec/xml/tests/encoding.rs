use std::collections::HashMap;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime};

use super::{Sample, document};
use crate::codec::layout::{Layout, list, map, timestamp};
use crate::codec::xml::{Encode, Encoder, encode};

/// Encodes a value as the member `A` of a structure.
fn member<T: Encode + ?Sized>(value: &T, layout: &Layout) -> String {
    let mut out = Encoder::new();
    out.member("A", value, layout);
    String::from_utf8(out.into_bytes()).unwrap()
}

#[test]
fn structures() {
    assert_eq!(
        encode("S", &Sample::default(), &Layout::DEFAULT),
        b"<S></S>"
    );
    let expected = "<S xmlns=\"https://example.com/?a&amp;b\" xsi:kind=\"a!]]&gt;\"><Text>x\u{1F600}&lt;&amp;&gt;]]</Text><Number>-1</Number>\
        <List><member>a</member><member></member></List><Flat>b</Flat><Flat>c</Flat>\
        <Map><entry><key>d</key><value>e</value></entry></Map><Inner><Number>2</Number></Inner></S>";
    let layout = Layout::DEFAULT.namespace("", "https://example.com/?a&b");
    let bytes = encode("S", &document(), &layout);
    assert_eq!(String::from_utf8(bytes).as_deref(), Ok(expected));
}

#[test]
fn scalars() {
    let default = &Layout::DEFAULT;
    for (encoded, expected) in [
        (member("", default), "<A></A>"),
        (
            member("a\"'\r\n\t\u{1}\u{e9}", default),
            "<A>a&quot;&apos;&#xD;&#xA;&#x9;&#x1;\u{e9}</A>",
        ),
        (
            member("\u{84}\u{85}\u{2027}\u{2028}\u{2029}\u{85}", default),
            "<A>\u{84}&#x85;\u{2027}&#x2028;\u{2029}&#x85;</A>",
        ),
        (member(&true, default), "<A>true</A>"),
        (member(&i64::MIN, default), "<A>-9223372036854775808</A>"),
        (member(&f32::NAN, default), "<A>NaN</A>"),
        (member(&f64::NEG_INFINITY, default), "<A>-Infinity</A>"),
        (member(&Blob::new("value"), default), "<A>dmFsdWU=</A>"),
        (member(&None::<i32>, default), ""),
        (member(&Some(Box::new(1)), default), "<A>1</A>"),
        (
            member(&DateTime::from_secs(0), default),
            "<A>1970-01-01T00:00:00Z</A>",
        ),
        (
            member(&DateTime::from_secs(0), &timestamp(Format::HttpDate)),
            "<A>Thu, 01 Jan 1970 00:00:00 GMT</A>",
        ),
    ] {
        assert_eq!(encoded, expected);
    }
}

#[test]
fn containers() {
    const NAMESPACES: Layout = map("K", "V")
        .namespace("x", "y")
        .of(&list("b").namespace("", "z"));
    let names = vec!["x".to_owned(), "y".to_owned()];
    let entries = HashMap::from([("b", vec![2]), ("a", vec![1])]);
    for (encoded, expected) in [
        (member(&names, &list("b")), "<A><b>x</b><b>y</b></A>"),
        (member(&names, &list("b").flat()), "<A>x</A><A>y</A>"),
        (member(&Vec::<i32>::new(), &list("b")), "<A></A>"),
        (member(&Vec::<i32>::new(), &list("b").flat()), ""),
        (
            member(&entries, &NAMESPACES),
            "<A xmlns:x=\"y\"><entry><K>a</K><V xmlns=\"z\"><b>1</b></V></entry>\
             <entry><K>b</K><V xmlns=\"z\"><b>2</b></V></entry></A>",
        ),
        (
            member(&entries, &map("K", "V").flat()),
            "<A><K>a</K><V><member>1</member></V></A><A><K>b</K><V><member>2</member></V></A>",
        ),
    ] {
        assert_eq!(encoded, expected);
    }
}

/// A structure with attributes.
struct Grantee;

impl Encode for Grantee {
    fn encode(&self, out: &mut Encoder, _: &Layout) {
        out.attribute("xsi:type", "a\"<\n", &Layout::DEFAULT);
        out.attribute("b", &None::<i32>, &Layout::DEFAULT);
        out.attribute("c", &Some(true), &Layout::DEFAULT);
        out.member("Id", "d", &Layout::DEFAULT);
    }
}

#[test]
fn attributes() {
    assert_eq!(
        member(&Grantee, &Layout::DEFAULT.namespace("xsi", "x")),
        "<A xmlns:xsi=\"x\" xsi:type=\"a&quot;&lt;&#xA;\" c=\"true\"><Id>d</Id></A>"
    );
}

#[test]
fn debug_shows_no_content() {
    assert_eq!(format!("{:?}", Encoder::new()), "Encoder { .. }");
}
