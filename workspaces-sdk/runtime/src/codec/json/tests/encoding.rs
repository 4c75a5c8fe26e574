use std::collections::HashMap;
use std::fmt::Debug;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

use crate::codegen::json::key;

use super::super::{Encode, Encoder, decode, encode};
use super::{Choice, Sample, sample};

fn writes<T: Encode + Debug>(rows: impl IntoIterator<Item = (T, &'static str)>) {
    for (value, json) in rows {
        assert_eq!(
            String::from_utf8(encode(&value)).as_deref(),
            Ok(json),
            "{value:?}"
        );
    }
}

#[test]
fn structures() {
    writes([(Sample::default(), r#"{"Name":""}"#)]);
    writes([(
        Sample {
            count: Some(1),
            expires: Some(DateTime::from_secs(1_398_796_238)),
            children: Some(vec![Sample::default()]),
            choice: Some(Choice::Text("t".to_owned())),
            ..Sample::default()
        },
        concat!(
            r#"{"Name":"","Count":1,"Expires":"2014-04-29T18:30:38Z","#,
            r#""Children":[{"Name":""}],"Choice":{"Text":"t"}}"#,
        ),
    )]);
    assert_eq!(decode(&encode(&sample())), Ok(sample()));

    let mut out = Encoder::new();
    out.object().end();
    assert_eq!(out.into_bytes(), b"{}");
}

#[test]
fn strings() {
    writes([
        ("", r#""""#),
        ("a/é😀\u{7f}\u{2028}", "\"a/é😀\u{7f}\u{2028}\""),
        (
            "\"\\\n\r\t\u{8}\u{c}\0\u{1f}",
            r#""\"\\\n\r\t\b\f\u0000\u001f""#,
        ),
        ("01234567\"", r#""01234567\"""#),
    ]);
}

/// A name that the compiler knows is written as any other.
#[test]
fn names() {
    for (key, name) in [
        (key!("Name"), "Name"),
        (key!("a \"b\" \\ c"), r#"a "b" \ c"#),
        (key!("'é🦀'"), "'é🦀'"),
        (key!(""), ""),
    ] {
        let mut out = Encoder::new();
        let mut object = out.object();
        object.member(key, &1);
        object.member(key, &None::<i32>);
        object.member(key, &2);
        object.end();
        let json = String::from_utf8(out.into_bytes()).unwrap();
        let name = String::from_utf8(encode(name)).unwrap();
        assert_eq!(json, format!("{{{name}:1,{name}:2}}"));
    }
}

#[test]
fn numbers() {
    writes([
        (i64::MIN, "-9223372036854775808"),
        (i64::MAX, "9223372036854775807"),
    ]);
    writes([(-128_i8, "-128")]);
    writes([
        (0.1, "0.1"),
        (-0.0, "-0.0"),
        (1.0, "1.0"),
        (1e300, "1e300"),
        (f64::NAN, "\"NaN\""),
        (f64::INFINITY, "\"Infinity\""),
        (f64::NEG_INFINITY, "\"-Infinity\""),
    ]);
    writes([
        (0.1_f32, "0.1"),
        (f32::NAN, "\"NaN\""),
        (f32::NEG_INFINITY, "\"-Infinity\""),
    ]);
    for (text, json) in [
        ("-0012", "-12"),
        ("000", "0"),
        ("123456789012345678901", "123456789012345678901"),
    ] {
        writes(text.parse::<BigInteger>().map(|value| (value, json)));
    }
    for (text, json) in [("+.5", "0.5"), ("-5.", "-5"), ("01.50E-07", "1.50E-07")] {
        writes(text.parse::<BigDecimal>().map(|value| (value, json)));
    }
}

#[test]
fn timestamps() {
    let at = DateTime::from_secs_and_nanos;
    writes([
        (at(1_398_796_238, 0), "1398796238"),
        (at(1_398_796_238, 120_000_000), "1398796238.12"),
        (at(0, 1), "0.000000001"),
        (at(-1, 750_000_000), "-0.25"),
        (at(i64::MIN, 1), "-9223372036854775807.999999999"),
        (at(i64::MAX, 999_999_999), "9223372036854775807.999999999"),
    ]);
    for (value, format, json) in [
        (
            at(1_398_796_238, 120_000_000),
            Format::DateTime,
            "\"2014-04-29T18:30:38.12Z\"",
        ),
        (
            at(1_398_796_238, 0),
            Format::HttpDate,
            "\"Tue, 29 Apr 2014 18:30:38 GMT\"",
        ),
        (at(i64::MAX, 0), Format::DateTime, "9223372036854775807"),
    ] {
        let mut out = Encoder::new();
        out.timestamp(&value, format);
        assert_eq!(String::from_utf8(out.into_bytes()).as_deref(), Ok(json));
    }
}

/// The format applies to lists and maps at any depth, and to nothing after the member.
#[test]
fn timestamps_in_lists_and_maps() {
    let time = DateTime::from_secs(784_111_777);
    let rows = Some(vec![vec![time], vec![]]);
    let by_name = HashMap::from([("k".to_owned(), vec![Some(time), None])]);
    let mut out = Encoder::new();
    let mut object = out.object();
    object.timestamp("Rows", &rows, Format::DateTime);
    object.timestamp("ByName", &by_name, Format::HttpDate);
    object.timestamp("Unset", &None::<Vec<DateTime>>, Format::DateTime);
    object.member("Plain", &vec![time]);
    object.end();
    let json = String::from_utf8(out.into_bytes());
    assert_eq!(
        json.as_deref(),
        Ok(
            r#"{"Rows":[["1994-11-06T08:49:37Z"],[]],"ByName":{"k":["Sun, 06 Nov 1994 08:49:37 GMT",null]},"Plain":[784111777]}"#
        )
    );
}

#[test]
fn lists_and_maps() {
    writes([(vec![], "[]"), (vec![1], "[1]"), (vec![1, 2, 3], "[1,2,3]")]);
    writes([(vec![Some(true), None], "[true,null]")]);
    writes([
        (HashMap::new(), "{}"),
        (
            HashMap::from([("a\"".to_owned(), Some("b"))]),
            r#"{"a\"":"b"}"#,
        ),
        (HashMap::from([("a".to_owned(), None)]), r#"{"a":null}"#),
    ]);
    writes([(Blob::new("foo"), "\"Zm9v\""), (Blob::new(""), "\"\"")]);
    writes([
        (Document::Null, "null"),
        (Document::from(u64::MAX), "18446744073709551615"),
        (
            Document::Array(vec![false.into(), (-1).into(), 0.5.into()]),
            "[false,-1,0.5]",
        ),
        (
            Document::Object(HashMap::from([("a".to_owned(), "b".into())])),
            r#"{"a":"b"}"#,
        ),
    ]);
}
