use std::collections::HashMap;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

use super::super::{DecodeError, Decoder, decode};
use super::{Sample, accepts, rejects};

#[test]
fn strings() {
    accepts([
        (r#""""#, String::new()),
        ("\"é😀\u{7f}\u{2028}\"", "é😀\u{7f}\u{2028}".to_owned()),
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t".to_owned()),
        (r#""\u0000\u00e9\u20AC\uD83D\uDE00.""#, "\0é€😀.".to_owned()),
        (
            r#""0123456\n01234567\n012345678\n""#,
            "0123456\n01234567\n012345678\n".to_owned(),
        ),
    ]);
    rejects::<String>(&[
        ("\"a", "expected a closing quote, found the end, at byte 2"),
        (
            "\"a\n\"",
            "expected a string, found a control character, at byte 2",
        ),
        (
            "\"01234567\u{1f}\"",
            "expected a string, found a control character, at byte 9",
        ),
        (
            r#""\"#,
            "expected an escape sequence, found something else, at byte 1",
        ),
        (
            r#""\x""#,
            "expected an escape sequence, found something else, at byte 1",
        ),
        (
            r#""\u12"#,
            "expected the escape of a character, found something else, at byte 1",
        ),
        (
            r#""\u+123""#,
            "expected the escape of a character, found something else, at byte 1",
        ),
        (
            r#""\ud83d""#,
            "expected the escape of a character, found a lone surrogate, at byte 1",
        ),
        (
            r#""\ude00""#,
            "expected the escape of a character, found a lone surrogate, at byte 1",
        ),
        (
            r#""\ud83d\u0041""#,
            "expected the escape of a character, found a lone surrogate, at byte 1",
        ),
        (
            r#""\ude00\ude00""#,
            "expected the escape of a character, found a lone surrogate, at byte 1",
        ),
        (
            "'a'",
            "expected a string, found another character, at byte 0",
        ),
        ("null", "expected a string, found null, at byte 0"),
    ]);
    for bytes in [
        &b"\"\xff\""[..],
        b"\"\xc3\"",
        b"\"\xed\xa0\xbd\"",
        b"\"\xc0\x80\"",
    ] {
        let error = decode::<String>(bytes).map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("expected UTF-8, found other bytes, at byte 1".to_owned())
        );
    }
    // Values that are skipped must be valid JSON, too.
    for bytes in [
        &b"{\"New\":\"\xff\"}"[..],
        br#"{"New":"\ud83d"}"#,
        b"{\"New\":\"\t\"}",
    ] {
        assert!(decode::<Sample>(bytes).is_err());
    }
}

#[test]
fn integers() {
    accepts([("0", 0_i64), ("-0", 0), ("9223372036854775807", i64::MAX)]);
    accepts([("-9223372036854775808", i64::MIN)]);
    accepts([("127", i8::MAX), ("-128", i8::MIN)]);
    accepts([("-32768", i16::MIN)]);
    accepts([("2147483647", i32::MAX)]);
    rejects::<i8>(&[(
        "128",
        "expected an integer of 8 bits, found another number, at byte 0",
    )]);
    rejects::<i64>(&[
        (
            "9223372036854775808",
            "expected an integer of 64 bits, found another number, at byte 0",
        ),
        (
            "1.0",
            "expected an integer of 64 bits, found another number, at byte 0",
        ),
        (
            "1e2",
            "expected an integer of 64 bits, found another number, at byte 0",
        ),
        ("01", "expected the end, found a number, at byte 1"),
        (
            "+1",
            "expected an integer of 64 bits, found another character, at byte 0",
        ),
        (
            "-",
            "expected an integer of 64 bits, found a number, at byte 0",
        ),
        (
            "\"1\"",
            "expected an integer of 64 bits, found a string, at byte 0",
        ),
        ("1x", "expected the end, found another character, at byte 1"),
    ]);
    assert!(decode::<i32>("9".repeat(100_000).as_bytes()).is_err());
}

/// The end of the document ends no number in a list.
#[test]
fn integers_in_lists() {
    for value in [
        0,
        1,
        -1,
        999_999_999_999_999_999,
        1_000_000_000_000_000_000,
        i64::MAX,
        i64::MIN,
    ] {
        let values = decode::<Vec<i64>>(format!("[{value},{value} ]").as_bytes());
        assert_eq!(values.unwrap(), [value; 2]);
    }
    accepts([("[-0]", vec![0_i64])]);
    let expected = "expected an integer of 64 bits, found";
    rejects::<Vec<i64>>(&[
        (
            "[9223372036854775808]",
            &format!("{expected} another number, at byte 1 in [0]"),
        ),
        (
            "[1.0]",
            &format!("{expected} another number, at byte 1 in [0]"),
        ),
        (
            "[1E2]",
            &format!("{expected} another number, at byte 1 in [0]"),
        ),
        ("[1.]", &format!("{expected} a number, at byte 1 in [0]")),
        ("[-]", &format!("{expected} a number, at byte 1 in [0]")),
        (
            "[]]",
            "expected the end, found another character, at byte 2",
        ),
        ("[01]", "expected `,` or `]`, found a number, at byte 2"),
        ("[-01]", "expected `,` or `]`, found a number, at byte 3"),
        ("[1-2]", "expected `,` or `]`, found a number, at byte 2"),
    ]);
}

#[test]
fn floats() {
    accepts([
        ("1", 1.0),
        ("-0.5e+1", -5.0),
        ("1E-400", 0.0),
        ("1.7976931348623157e308", f64::MAX),
        ("\"Infinity\"", f64::INFINITY),
        ("\"-Infinity\"", f64::NEG_INFINITY),
    ]);
    accepts([
        ("16777217", 16_777_216_f32),
        ("\"-Infinity\"", f32::NEG_INFINITY),
    ]);
    assert!(decode::<f64>(b"\"NaN\"").is_ok_and(f64::is_nan));
    assert!(decode::<f32>(b"\"NaN\"").is_ok_and(f32::is_nan));
    let expected = "a number, \"NaN\", \"Infinity\" or \"-Infinity\"";
    for (json, found) in [
        ("1.", "a number"),
        (".5", "another character"),
        ("1e", "a number"),
        ("-e1", "a number"),
        ("NaN", "another character"),
        ("\"inf\"", "another string"),
        ("\"1\"", "another string"),
    ] {
        let error = format!("expected {expected}, found {found}, at byte 0");
        rejects::<f64>(&[(json, &error)]);
    }
    rejects::<f64>(&[(
        "1e309",
        "expected a number in range, found a number out of range, at byte 0",
    )]);
    rejects::<f32>(&[(
        "1e39",
        "expected a float of 32 bits, found a number out of range, at byte 0",
    )]);
}

#[test]
fn timestamps() {
    let at = DateTime::from_secs_and_nanos;
    accepts([
        ("0", at(0, 0)),
        ("1398796238", at(1_398_796_238, 0)),
        ("1398796238.123456789", at(1_398_796_238, 123_456_789)),
        ("1.39879623812E9", at(1_398_796_238, 120_000_000)),
        ("139879623812e-2", at(1_398_796_238, 120_000_000)),
        ("0.0000000019", at(0, 1)),
        ("0e999", at(0, 0)),
        ("1e-999", at(0, 0)),
        ("-1", at(-1, 0)),
        ("-0.25", at(-1, 750_000_000)),
        ("-0.0", at(0, 0)),
        ("9223372036854775807.999999999", at(i64::MAX, 999_999_999)),
        ("-9223372036854775808", at(i64::MIN, 0)),
        ("\"2014-04-29T18:30:38Z\"", at(1_398_796_238, 0)),
        (
            "\"2014-04-29T19:30:38.5+01:00\"",
            at(1_398_796_238, 500_000_000),
        ),
    ]);
    for json in [
        "9223372036854775808",
        "1e19",
        "1e999999999",
        "1e99999999999",
        "\"NaN\"",
        "true",
    ] {
        assert!(decode::<DateTime>(json.as_bytes()).is_err(), "{json}");
    }
    assert!(decode::<DateTime>("9".repeat(100_000).as_bytes()).is_err());
}

/// The format applies to lists and maps at any depth, and to nothing after the member. A number and the format of RFC 3339
/// are accepted for any format.
#[test]
fn timestamps_in_lists_and_maps() {
    type Rows = HashMap<String, Vec<Option<DateTime>>>;
    let read = |json: &'static str, format| {
        let mut input = Decoder::new(json.as_bytes())?;
        input.object()?;
        assert_eq!(input.member()?.as_deref(), Some("Rows"));
        let rows = input.timestamp::<Rows>(format)?;
        assert_eq!(input.member()?.as_deref(), Some("Plain"));
        let plain = input.value::<DateTime>();
        Ok::<_, DecodeError>((rows, plain.map_err(|error| error.to_string())))
    };
    let time = Some(DateTime::from_secs(784_111_777));
    let rows = Some(HashMap::from([("k".to_owned(), vec![time, None])]));
    for (json, format) in [
        (
            r#"{"Rows":{"k":["1994-11-06T08:49:37Z",null]},"Plain":1}"#,
            Format::DateTime,
        ),
        (
            r#"{"Rows":{"k":["Sun, 06 Nov 1994 08:49:37 GMT",null]},"Plain":1}"#,
            Format::HttpDate,
        ),
        (
            r#"{"Rows":{"k":[784111777,null]},"Plain":1}"#,
            Format::HttpDate,
        ),
    ] {
        let plain = Ok(Some(DateTime::from_secs(1)));
        assert_eq!(read(json, format), Ok((rows.clone(), plain)), "{json}");
    }
    let http = r#"{"Rows":null,"Plain":"Sun, 06 Nov 1994 08:49:37 GMT"}"#;
    let (rows, plain) = read(http, Format::HttpDate).unwrap();
    assert_eq!(rows, None);
    assert!(plain.is_err());
    let wrong = r#"{"Rows":{"k":["","then"]},"Plain":1}"#;
    let error = read(wrong, Format::DateTime).unwrap_err().to_string();
    assert!(error.ends_with("in Rows[*][0]"), "{error}");
}

#[test]
fn blobs_and_big_numbers() {
    accepts([("\"Zm9v\"", Blob::new("foo")), ("\"\"", Blob::new(""))]);
    rejects::<Blob>(&[(
        "\"Zm9\"",
        "expected base64, found another string, at byte 0",
    )]);
    let digits = "123456789012345678901234567890";
    assert_eq!(
        decode(digits.as_bytes()),
        digits.parse::<BigInteger>().map_err(|_| error())
    );
    let decimal = "-1.50e-20";
    assert_eq!(
        decode(decimal.as_bytes()),
        decimal.parse::<BigDecimal>().map_err(|_| error())
    );
    accepts([("\"0\"", BigInteger::default())]);
    rejects::<BigInteger>(&[(
        "1.5",
        "expected an integer, found something else, at byte 0",
    )]);
}

fn error() -> DecodeError {
    DecodeError::new(0, "", "")
}

#[test]
fn documents() {
    accepts([
        ("18446744073709551615", Document::from(u64::MAX)),
        ("-9223372036854775808", Document::from(i64::MIN)),
        (
            "18446744073709551616",
            Document::from(18_446_744_073_709_551_616.0),
        ),
        ("null", Document::Null),
    ]);
    accepts([(
        r#"{"Extra":null}"#,
        Sample {
            extra: Some(Document::Null),
            ..Sample::default()
        },
    )]);
    rejects::<Document>(&[(
        "[1e999]",
        "expected a number in range, found a number out of range, at byte 1 in [0]",
    )]);
}
