use std::collections::HashMap;

use aws_smithy_types::{Blob, DateTime, Document};

use super::super::{Decode, DecodeError, Decoder, Encoder, decode};
use super::{Choice, SAMPLE, Sample, accepts, rejects, sample};

#[test]
fn every_kind_of_value() {
    assert_eq!(decode(SAMPLE.as_bytes()), Ok(sample()));
}

#[test]
fn a_truncated_document_is_an_error() {
    for (end, _) in SAMPLE.char_indices() {
        let (part, _) = SAMPLE.split_at(end);
        let cut = decode::<Sample>(part.as_bytes());
        match end {
            0 => assert_eq!(cut, Ok(Sample::default())),
            _ => assert!(cut.is_err(), "{part}"),
        }
    }
    for end in 1..SAMPLE.len() {
        let part = SAMPLE.as_bytes().get(..end).unwrap_or_default();
        assert!(decode::<Document>(part).is_err());
    }
}

#[test]
fn documents_that_are_empty_or_no_json() {
    accepts([("", Sample::default()), (" \r\n\t", Sample::default())]);
    rejects::<Sample>(&[
        ("{}{}", "expected the end, found an object, at byte 2"),
        (
            "{} x",
            "expected the end, found another character, at byte 3",
        ),
        ("null", "expected an object, found null, at byte 0"),
        ("[]", "expected an object, found a list, at byte 0"),
    ]);
    rejects::<String>(&[("", "expected a string, found an object, at byte 0")]);
    rejects::<Document>(&[
        (
            "\u{feff}{}",
            "expected a value, found another character, at byte 0",
        ),
        (
            "\u{b}",
            "expected a value, found another character, at byte 0",
        ),
        (
            "// \n{}",
            "expected a value, found another character, at byte 0",
        ),
        ("nul", "expected a value, found null, at byte 0"),
        (
            "nulll",
            "expected the end, found another character, at byte 4",
        ),
        ("truE", "expected true or false, found a boolean, at byte 0"),
    ]);
}

#[test]
fn objects() {
    type Map = HashMap<String, i32>;
    let map = |entries: &[(&str, i32)]| -> Map {
        entries
            .iter()
            .map(|(key, value)| (String::from(*key), *value))
            .collect()
    };
    accepts([
        ("{}", map(&[])),
        (" { \"a\" : 1 , \"\" : 2 } ", map(&[("a", 1), ("", 2)])),
        (r#"{"a":1,"a":2}"#, map(&[("a", 2)])),
        (r#"{"\u0061\t":1}"#, map(&[("a\t", 1)])),
    ]);
    accepts([(
        r#"{"a":null}"#,
        HashMap::from([("a".to_owned(), None::<i32>)]),
    )]);
    rejects::<Map>(&[
        (
            "{",
            "expected the name of a member, found the end, at byte 1",
        ),
        (
            "{,",
            "expected the name of a member, found another character, at byte 1",
        ),
        (r#"{"a""#, "expected `:`, found the end, at byte 4"),
        (
            r#"{"a":"#,
            "expected an integer of 32 bits, found the end, at byte 5 in [*]",
        ),
        (
            r#"{"a":1,}"#,
            "expected the name of a member, found another character, at byte 7",
        ),
        (
            r#"{"a":1 "b":2}"#,
            "expected `,` or `}`, found a string, at byte 7",
        ),
        (
            r#"{"a":1]"#,
            "expected `,` or `}`, found another character, at byte 6",
        ),
        (
            "{a:1}",
            "expected the name of a member, found another character, at byte 1",
        ),
        (
            r#"{"a":1,"b":null}"#,
            "expected an integer of 32 bits, found null, at byte 11 in [*]",
        ),
    ]);
}

#[test]
fn lists() {
    accepts([("[]", vec![]), (" [ 1 , 2 ] ", vec![1_i64, 2])]);
    accepts([("[null,1]", vec![None, Some(1_i64)])]);
    accepts([("[[1],[]]", vec![vec![1_i8], vec![]])]);
    rejects::<Vec<Vec<i8>>>(&[(
        "[[1],null]",
        "expected a list, found null, at byte 5 in [1]",
    )]);
    rejects::<Vec<i64>>(&[
        (
            "[1,null]",
            "expected an integer of 64 bits, found null, at byte 3 in [1]",
        ),
        (
            "[",
            "expected an integer of 64 bits, found the end, at byte 1 in [0]",
        ),
        (
            "[1,]",
            "expected an integer of 64 bits, found another character, at byte 3 in [1]",
        ),
        (
            "[,1]",
            "expected an integer of 64 bits, found another character, at byte 1 in [0]",
        ),
        ("[1 2]", "expected `,` or `]`, found a number, at byte 3"),
        (
            "[1}",
            "expected `,` or `]`, found another character, at byte 2",
        ),
        ("{}", "expected a list, found an object, at byte 0"),
    ]);
}

#[test]
fn members() {
    let count = |count| Sample {
        count,
        ..Sample::default()
    };
    accepts([
        (r#"{"Count":1,"Count":2}"#, count(Some(2))),
        (r#"{"Count":null}"#, count(None)),
        (r#"{"Unknown":{"Count":[]},"Count":1}"#, count(Some(1))),
        (r#"{"C\u006funt":1}"#, count(Some(1))),
        (r#"{"count":1}"#, count(None)),
    ]);
    rejects::<Sample>(&[
        (
            r#"{"Children":[{},{  },{"Parent":{"Tags":{"secret":7}}}]}"#,
            "expected a string, found a number, at byte 49 in Children[2].Parent.Tags[*]",
        ),
        (
            r#"{"Expires":"secret"}"#,
            "expected a timestamp, found something else, at byte 11 in Expires",
        ),
        (
            r#"{"secret":tru}"#,
            "expected true or false, found a boolean, at byte 10",
        ),
        (
            r#"{"secret":{"a":-}}"#,
            "expected a value, found a number, at byte 15",
        ),
        (
            r#"{"Name":{}}"#,
            "expected a string, found an object, at byte 8 in Name",
        ),
    ]);
}

#[test]
fn unions() {
    accepts([
        (r#"{"Text":"t"}"#, Choice::Text("t".to_owned())),
        (
            r#"{"__type":"n#U","Sample":null,"Text":"t","New":null}"#,
            Choice::Text("t".to_owned()),
        ),
        (r#"{"Sample":{}}"#, Choice::Sample(Box::default())),
        (r#"{"New":[{}]}"#, Choice::Unknown),
    ]);
    rejects::<Choice>(&[
        (
            "{}",
            "expected a union with one member, found none set, at byte 0",
        ),
        (
            r#"{"Text":null}"#,
            "expected a union with one member, found none set, at byte 0",
        ),
        (
            r#"{"Text":"t","Sample":{}}"#,
            "expected a union with one member, found another one set, at byte 21",
        ),
        (
            r#"{"Text":"t","Text":"u"}"#,
            "expected a union with one member, found another one set, at byte 19",
        ),
        (
            r#"{"Text":"t","New":1}"#,
            "expected a union with one member, found another one set, at byte 18",
        ),
        (
            r#"{"Text":1}"#,
            "expected a string, found a number, at byte 8 in Text",
        ),
        ("[]", "expected a union, found a list, at byte 0"),
    ]);
    assert!(missing::<Choice>().is_err());
}

#[test]
fn depth() {
    let nested =
        |open: &str, close: &str, depth| [open.repeat(depth), close.repeat(depth)].concat();
    for (levels, fits) in [(128, true), (129, false), (1_000_000, false)] {
        let lists = nested("[", "]", levels);
        let parents = nested(r#"{"Parent":"#, "}", levels - 1).replacen(":}", ":{}}", 1);
        let unknown = format!(r#"{{"New":{}}}"#, nested("[", "]", levels - 1));
        assert_eq!(decode::<Document>(lists.as_bytes()).is_ok(), fits);
        assert_eq!(decode::<Sample>(parents.as_bytes()).is_ok(), fits);
        assert_eq!(decode::<Sample>(unknown.as_bytes()).is_ok(), fits);
    }
    let wide = format!("[{}[]]", "[],".repeat(1000));
    assert!(decode::<Document>(wide.as_bytes()).is_ok());
}

/// The value of a required member that a response lacks.
fn missing<T: Decode>() -> Result<T, DecodeError> {
    Decoder::new(b"{}")?.required(None)
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
    let json = r#"{"Tags":{"secret":"secret"},"secret":1,"Children":[{"Name":"secret","Count":"secret"}]}"#;
    let error = decode::<Sample>(json.as_bytes()).err();
    let path = error.as_ref().map(|error| error.path());
    assert_eq!(path.as_deref(), Some("Children[0].Count"));
    assert_eq!(error.as_ref().map(|error| error.offset()), Some(76));
    let decoder = Decoder::new(json.as_bytes());
    let mut encoder = Encoder::new();
    encoder.string("secret");
    let texts = [
        format!("{error:?} {decoder:?} {encoder:?}"),
        error.map(|error| error.to_string()).unwrap_or_default(),
    ];
    assert!(
        texts.iter().all(|text| !text.contains("secret")),
        "{texts:?}"
    );
}
