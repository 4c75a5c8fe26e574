use std::collections::HashMap;
use std::fmt::Debug;

use aws_smithy_types::{Blob, DateTime, Document};

use super::super::{Encode, decode, encode, round_trip};
use super::{Choice, Color, SAMPLE, Sample, Unit, bytes, sample};

fn writes<T: Encode + Debug>(rows: impl IntoIterator<Item = (T, &'static str)>) {
    for (value, notation) in rows {
        assert_eq!(encode(&value), bytes(notation), "{value:?}");
    }
}

#[test]
fn structures() {
    writes([(Sample::default(), "a1 64'Name' 60")]);
    writes([(
        Sample {
            zero: 1,
            count: Some(-300),
            created: Some(DateTime::from_secs(1_398_796_238)),
            color: Some(Color::Red),
            children: Some(vec![Sample::default()]),
            choice: Some(Choice::Text("t".to_owned())),
            ..Sample::default()
        },
        "a7 64'Name' 60 64'Zero' 01 65'Count' 39 012b 67'Created' c1 1a 535fefce 65'Color' 63'red'
            68'Children' 81 a1 64'Name' 60 66'Choice' a1 64'Text' 61't'",
    )]);
    assert_eq!(decode(&encode(&sample())), Ok(sample()));
    let written = round_trip::<Sample>(&bytes(SAMPLE)).unwrap();
    assert_eq!(decode(&written), Ok(sample()));
    writes([(Choice::Unknown, "a0")]);
}

#[test]
fn an_input_that_is_not_in_the_model_has_no_body() {
    const { assert!(Unit::IS_UNIT && !Sample::IS_UNIT) }
    writes([(Unit {}, "a0")]);
}

#[test]
fn strings() {
    writes([
        ("", "60"),
        ("é", "62 c3a9"),
        (
            "abcdefghijklmnopqrstuvwx",
            "78 18 'abcdefghijklmnopqrstuvwx'",
        ),
    ]);
    writes([(Blob::new([0, 255]), "42 00ff"), (Blob::new(""), "40")]);
    for (length, head) in [(255, "78 ff"), (256, "79 0100"), (65_536, "7a 00010000")] {
        let text = "x".repeat(length);
        assert_eq!(encode(&text), [bytes(head), text.into_bytes()].concat());
    }
}

#[test]
fn numbers() {
    writes([
        (0, "00"),
        (23, "17"),
        (24, "18 18"),
        (255, "18 ff"),
        (256, "19 0100"),
        (65_535, "19 ffff"),
        (65_536, "1a 00010000"),
        (4_294_967_296, "1b 0000000100000000"),
        (i64::MAX, "1b 7fffffffffffffff"),
        (-1, "20"),
        (-25, "38 18"),
        (i64::MIN, "3b 7fffffffffffffff"),
    ]);
    writes([(-128_i8, "38 7f")]);
    // The smallest float with the same value, but not one of 16 bits.
    writes([
        (0.0, "fa 00000000"),
        (-0.0, "fa 80000000"),
        (1.5, "fa 3fc00000"),
        (1.1, "fb 3ff199999999999a"),
        (1e300, "fb 7e37e43c8800759c"),
        (f64::INFINITY, "fa 7f800000"),
        (f64::NEG_INFINITY, "fa ff800000"),
        (f64::NAN, "fa 7fc00000"),
    ]);
    writes([(1.5_f32, "fa 3fc00000"), (f32::NAN, "fa 7fc00000")]);
    writes([(true, "f5"), (false, "f4")]);
}

#[test]
fn timestamps() {
    let at = DateTime::from_secs_and_nanos;
    writes([
        (at(0, 0), "c1 00"),
        (at(1_398_796_238, 250_000_000), "c1 fb 41d4d7fbf3900000"),
        (at(-1, 750_000_000), "c1 fa be800000"),
        // Less than a millisecond is cut off.
        (at(1, 999_999), "c1 01"),
        (at(0, 500_999_999), "c1 fa 3f000000"),
        (at(i64::MIN, 1), "c1 3b 7fffffffffffffff"),
    ]);
}

#[test]
fn lists_and_maps() {
    writes([(vec![], "80"), (vec![1], "81 01"), (vec![1, 2], "82 01 02")]);
    writes([(vec![Some(true), None], "82 f5 f6")]);
    writes([
        (HashMap::new(), "a0"),
        (
            HashMap::from([("a".to_owned(), Some("b"))]),
            "a1 61'a' 61'b'",
        ),
        (HashMap::from([("a".to_owned(), None)]), "a1 61'a' f6"),
    ]);
    writes([
        (Document::Null, "f6"),
        (Document::from(u64::MAX), "1b ffffffffffffffff"),
        (
            Document::Array(vec![false.into(), (-1).into(), 0.5.into()]),
            "83 f4 20 fa 3f000000",
        ),
        (
            Document::Object(HashMap::from([("a".to_owned(), "b".into())])),
            "a1 61'a' 61'b'",
        ),
    ]);
    assert_eq!(
        encode(&vec![0_i8; 24]),
        [bytes("98 18"), vec![0; 24]].concat()
    );
}

/// The head of a large map takes more than one byte, which is known only at its end.
#[test]
fn maps_of_any_length() {
    for (length, head) in [
        (23, "b7"),
        (24, "b8 18"),
        (256, "b9 0100"),
        (65_536, "ba 00010000"),
    ] {
        let keys = (0..length).map(|index| format!("{index:x}"));
        let map: HashMap<String, Vec<bool>> = keys.map(|key| (key, vec![true])).collect();
        let written = encode(&vec![map.clone()]);
        let expected = [bytes("81"), bytes(head)].concat();
        assert_eq!(written.get(..expected.len()), Some(&expected[..]));
        assert_eq!(decode(&written), Ok(vec![map]));
    }
}
