use std::collections::HashMap;

use aws_smithy_types::{Blob, DateTime, Document};

use super::super::{Decode, DecodeError, Decoder, Encoder, decode};
use super::{Choice, Nothing, SAMPLE, Sample, accepts, bytes, rejects, sample};

#[test]
fn every_kind_of_value() {
    accepts([(SAMPLE, sample())]);
}

#[test]
fn a_truncated_document_is_an_error() {
    let whole = bytes(SAMPLE);
    for end in 0..whole.len() {
        let cut = whole.get(..end).unwrap_or_default();
        assert_eq!(decode::<Sample>(cut).is_ok(), end == 0, "{end}");
        assert_eq!(decode::<Document>(cut).is_ok(), end == 0, "{end}");
    }
}

#[test]
fn documents_that_are_empty_or_no_map() {
    accepts([("", Sample::default()), ("a0", Sample::default())]);
    accepts([
        ("", Nothing { _request_id: None }),
        ("bf ff", Nothing { _request_id: None }),
    ]);
    rejects::<Sample>(&[
        ("a0 a0", "expected the end, found a map, at byte 1"),
        ("a0 ff", "expected the end, found a break, at byte 1"),
        ("f6", "expected a map, found null, at byte 0"),
        ("80", "expected a map, found a list, at byte 0"),
        ("'<html>'", "expected a map, found an integer, at byte 0"),
        ("ff", "expected a map, found a break, at byte 0"),
    ]);
    rejects::<String>(&[("", "expected a string, found a map, at byte 0")]);
}

#[test]
fn maps() {
    type Map = HashMap<String, i32>;
    let map = |entries: &[(&str, i32)]| -> Map {
        let entries = entries.iter();
        entries
            .map(|(key, value)| ((*key).to_owned(), *value))
            .collect()
    };
    accepts([
        ("a0", map(&[])),
        ("bf ff", map(&[])),
        ("b8 00", map(&[])),
        ("a2 61'a' 01 60 02", map(&[("a", 1), ("", 2)])),
        ("bf 61'a' 01 61'a' 02 ff", map(&[("a", 2)])),
        ("a1 7f ff 01", map(&[("", 1)])),
        ("bb 0000000000000001 61'a' 01", map(&[("a", 1)])),
    ]);
    accepts([(
        "a2 61'a' f6 61'b' f7",
        HashMap::from([("a".to_owned(), None::<i32>), ("b".to_owned(), None)]),
    )]);
    rejects::<Map>(&[
        (
            "a2 61'a' 01 61'b' f6",
            "expected an integer of 32 bits, found null, at byte 6 in [*]",
        ),
        (
            "bf",
            "expected a value or a break, found the end, at byte 1",
        ),
        (
            "a1",
            "expected as many values as announced, found fewer, at byte 1",
        ),
        (
            "a1 61",
            "expected as many values as announced, found fewer, at byte 1",
        ),
        (
            "bf 01 01 ff",
            "expected the name of a member, found an integer, at byte 1",
        ),
        (
            "bf 61'a' ff",
            "expected an integer of 32 bits, found a break, at byte 3 in [*]",
        ),
        (
            "a2 61'a' 01",
            "expected as many values as announced, found fewer, at byte 1",
        ),
        (
            "a1 61'a' 01 00",
            "expected the end, found an integer, at byte 4",
        ),
        (
            "a1 ff 01",
            "expected the name of a member, found a break, at byte 1",
        ),
        (
            "bc 61'a' 01",
            "expected a map, found a reserved byte, at byte 0",
        ),
    ]);
}

#[test]
fn lists() {
    accepts([
        ("80", vec![]),
        ("9f ff", vec![]),
        ("82 01 02", vec![1_i64, 2]),
        ("9f 01 02 ff", vec![1, 2]),
    ]);
    accepts([("82 f6 01", vec![None, Some(1_i64)])]);
    accepts([("82 81 01 9f ff", vec![vec![1_i8], vec![]])]);
    accepts([("9f 9f 01 ff 81 02 ff", vec![vec![1_i8], vec![2]])]);
    rejects::<Vec<Vec<i8>>>(&[("82 80 f6", "expected a list, found null, at byte 2 in [1]")]);
    rejects::<Vec<i64>>(&[
        (
            "9f 01 f7 ff",
            "expected an integer of 64 bits, found null, at byte 2 in [1]",
        ),
        (
            "9f",
            "expected a value or a break, found the end, at byte 1",
        ),
        (
            "81",
            "expected as many values as announced, found fewer, at byte 1",
        ),
        (
            "82 01 60",
            "expected an integer of 64 bits, found a string, at byte 2 in [1]",
        ),
        (
            "81 ff",
            "expected an integer of 64 bits, found a break, at byte 1 in [0]",
        ),
        ("a0", "expected a list, found a map, at byte 0"),
        ("c1 80", "expected a list, found a tag, at byte 0"),
    ]);
}

#[test]
fn lengths_beyond_the_document_are_errors() {
    let announced = "expected as many values as announced, found fewer, at byte";
    for (notation, at) in [
        ("9a ffffffff 00", 5),
        ("9b 0000000100000000 00", 9),
        ("9b ffffffffffffffff 00", 9),
        ("99 0002 00", 3),
    ] {
        rejects::<Vec<i8>>(&[(notation, &format!("{announced} {at}"))]);
        rejects::<Document>(&[(notation, &format!("{announced} {at}"))]);
    }
    // A member has at least two bytes.
    rejects::<HashMap<String, bool>>(&[("a2 60 f4 60", &format!("{announced} 1"))]);
    let announced = "expected as many bytes as announced, found the end, at byte";
    rejects::<String>(&[
        ("61", &format!("{announced} 1")),
        ("7b ffffffffffffffff 61", &format!("{announced} 9")),
        ("7f 7a ffffffff 61 ff", &format!("{announced} 6")),
    ]);
    rejects::<Blob>(&[("5b 7fffffffffffffff 00", &format!("{announced} 9"))]);
}

#[test]
fn members() {
    let count = |count| Sample {
        count,
        ..Sample::default()
    };
    accepts([
        ("a2 65'Count' 01 65'Count' 02", count(Some(2))),
        ("a1 65'Count' f6", count(None)),
        ("a1 65'Count' f7", count(None)),
        ("a2 63'New' a1 65'Count' 80 65'Count' 01", count(Some(1))),
        ("a1 7f 62'Co' 63'unt' ff 01", count(Some(1))),
        ("a1 65'count' 01", count(None)),
    ]);
    rejects::<Sample>(&[
        (
            "a1 68'Children' 83 a0 a0 a1 66'Parent' a1 64'Tags' a1 66'secret' 07",
            "expected a string, found an integer, at byte 35 in Children[2].Parent.Tags[*]",
        ),
        (
            "a1 67'Created' 66'secret'",
            "expected a timestamp, found something else, at byte 9 in Created",
        ),
        (
            "a1 66'secret' fe",
            "expected a value, found a reserved byte, at byte 8",
        ),
        (
            "a1 66'secret' ff",
            "expected a value, found a malformed one, at byte 8",
        ),
        (
            "a1 64'Name' a0",
            "expected a string, found a map, at byte 6 in Name",
        ),
        (
            "a1 7f 64'Name' ff a0",
            "expected a string, found a map, at byte 8 in ?",
        ),
    ]);
}

#[test]
fn unions() {
    accepts([
        ("a1 64'Text' 61't'", Choice::Text("t".to_owned())),
        (
            "bf 66'__type' 61'U' 66'Sample' f6 64'Text' 61't' 63'New' f7 ff",
            Choice::Text("t".to_owned()),
        ),
        ("a1 66'Sample' a0", Choice::Sample(Box::default())),
        ("a1 63'New' 81 a0", Choice::Unknown),
    ]);
    let expected = "expected a union with one member, found";
    rejects::<Choice>(&[
        ("a0", &format!("{expected} none set, at byte 0")),
        ("a1 64'Text' f6", &format!("{expected} none set, at byte 0")),
        (
            "a2 64'Text' 61't' 66'Sample' a0",
            &format!("{expected} another one set, at byte 15"),
        ),
        (
            "a2 64'Text' 61't' 63'New' 01",
            &format!("{expected} another one set, at byte 12"),
        ),
        (
            "a1 64'Text' 01",
            "expected a string, found an integer, at byte 6 in Text",
        ),
        ("80", "expected a union, found a list, at byte 0"),
    ]);
    assert!(missing::<Choice>().is_ok_and(|choice| choice == Choice::Unknown));
}

#[test]
fn strings() {
    let text = |text: &str| text.to_owned();
    accepts([
        ("60", text("")),
        ("62 c3a9", text("é")),
        (
            "78 18 'abcdefghijklmnopqrstuvwx'",
            text("abcdefghijklmnopqrstuvwx"),
        ),
        ("78 01 61", text("a")),
        ("7f ff", text("")),
        ("7f 61'a' 60 78 01 'b' ff", text("ab")),
    ]);
    accepts([
        ("40", Blob::new("")),
        ("43 0001ff", Blob::new([0, 1, 255])),
        ("5f 41 00 40 41 01 ff", Blob::new([0, 1])),
    ]);
    rejects::<String>(&[
        ("61 ff", "expected UTF-8, found other bytes, at byte 0"),
        (
            "7f 61 ff ff",
            "expected UTF-8, found other bytes, at byte 0",
        ),
        (
            "7f 41 61 ff",
            "expected a chunk, found another value, at byte 1",
        ),
        (
            "7f 7f 61'a' ff ff",
            "expected a chunk, found another value, at byte 1",
        ),
        (
            "7f 61'a'",
            "expected a value or a break, found the end, at byte 3",
        ),
        ("41 61", "expected a string, found a byte string, at byte 0"),
        (
            "7c 61",
            "expected a string, found a reserved byte, at byte 0",
        ),
        ("f6", "expected a string, found null, at byte 0"),
    ]);
    rejects::<Blob>(&[
        ("61'a'", "expected a byte string, found a string, at byte 0"),
        (
            "5f 61'a' ff",
            "expected a chunk, found another value, at byte 1",
        ),
    ]);
    // Values that are skipped must be well-formed, too.
    for notation in [
        "a1 60 61 ff",
        "a1 60 f8 10",
        "a1 60 fb 00",
        "a1 60 c1",
        "a1 60 df 00",
    ] {
        assert!(decode::<Sample>(&bytes(notation)).is_err(), "{notation}");
    }
}

#[test]
fn depth() {
    for (levels, fits) in [(128, true), (129, false), (1_000_000, false)] {
        for (open, close) in [(0x81, None), (0x9F, Some(0xFF))] {
            let mut lists = vec![open; levels - 1];
            lists.push(0x80);
            lists.extend(close.into_iter().flat_map(|close| vec![close; levels - 1]));
            assert_eq!(decode::<Document>(&lists).is_ok(), fits);
            let unknown = [&bytes("a1 63'New'")[..], lists.get(1..).unwrap_or_default()].concat();
            let unknown = unknown.get(..unknown.len() - usize::from(close.is_some()));
            assert_eq!(decode::<Sample>(unknown.unwrap_or_default()).is_ok(), fits);
        }
        let mut parents = bytes("a1 66'Parent'").repeat(levels - 1);
        parents.push(0xA0);
        assert_eq!(decode::<Sample>(&parents).is_ok(), fits);
    }
    // Tags do not nest.
    let mut tags = vec![0xC1; 1_000_000];
    tags.push(0x00);
    assert_eq!(decode(&tags), Ok(Document::from(0_u64)));
    let mut wide = vec![0x99, 0x03, 0xE8];
    wide.extend([0x80; 1000]);
    assert!(decode::<Document>(&wide).is_ok());
}

/// The value of a required member that a response lacks.
fn missing<T: Decode>() -> Result<T, DecodeError> {
    Decoder::new(&[0xA0]).required(None)
}

#[test]
fn missing_members() {
    assert_eq!(missing(), Ok(String::new()));
    assert_eq!(missing(), Ok(false));
    assert_eq!(missing(), Ok(0_i16));
    assert_eq!(missing(), Ok(0.0_f32));
    assert_eq!(missing(), Ok(DateTime::from_secs(0)));
    assert_eq!(missing(), Ok(Blob::new("")));
    assert_eq!(missing(), Ok(Document::Null));
    assert_eq!(missing(), Ok(Vec::<i32>::new()));
    assert_eq!(missing(), Ok(HashMap::<String, i32>::new()));
    assert_eq!(missing(), Ok(Box::<Sample>::default()));
}

#[test]
fn errors_and_debug_contain_no_data() {
    let document = bytes("a1 68'Children' 81 a1 65'Count' 66'secret'");
    let error = decode::<Sample>(&document).err();
    let path = error.as_ref().map(|error| error.path());
    assert_eq!(path.as_deref(), Some("Children[0].Count"));
    assert_eq!(error.as_ref().map(|error| error.offset()), Some(18));
    let mut encoder = Encoder::new();
    encoder.string("secret");
    let texts = [
        format!("{error:?} {:?} {encoder:?}", Decoder::new(&document)),
        error.map(|error| error.to_string()).unwrap_or_default(),
    ];
    assert!(
        texts.iter().all(|text| !text.contains("secret")),
        "{texts:?}"
    );
}
