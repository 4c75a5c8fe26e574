use aws_smithy_types::{BigDecimal, BigInteger, DateTime, Document, Number};

use super::super::{decode, encode};
use super::{accepts, bytes, rejects};

#[test]
fn integers() {
    accepts([
        ("00", 0_i64),
        ("17", 23),
        ("18 18", 24),
        ("18 00", 0),
        ("19 0100", 256),
        ("1a 00010000", 65536),
        ("1b 7fffffffffffffff", i64::MAX),
        ("20", -1),
        ("38 ff", -256),
        ("3b 7fffffffffffffff", i64::MIN),
    ]);
    accepts([("18 7f", i8::MAX), ("38 7f", i8::MIN)]);
    accepts([("19 7fff", i16::MAX), ("39 7fff", i16::MIN)]);
    accepts([("1a 7fffffff", i32::MAX), ("3a 7fffffff", i32::MIN)]);
    let other = "found another number, at byte 0";
    rejects::<i8>(&[
        ("18 80", &format!("expected an integer of 8 bits, {other}")),
        ("38 80", &format!("expected an integer of 8 bits, {other}")),
    ]);
    rejects::<i64>(&[
        (
            "1b 8000000000000000",
            &format!("expected an integer of 64 bits, {other}"),
        ),
        (
            "3b 8000000000000000",
            &format!("expected an integer of 64 bits, {other}"),
        ),
        (
            "1f",
            "expected an integer of 64 bits, found a malformed number, at byte 0",
        ),
        (
            "1c",
            "expected an integer of 64 bits, found a reserved byte, at byte 0",
        ),
        (
            "19 00",
            "expected an integer of 64 bits, found the end, at byte 0",
        ),
        (
            "f9 3c00",
            "expected an integer of 64 bits, found a float or a simple value, at byte 0",
        ),
        (
            "61'1'",
            "expected an integer of 64 bits, found a string, at byte 0",
        ),
        (
            "c2 41 01",
            "expected an integer of 64 bits, found a tag, at byte 0",
        ),
        (
            "f5",
            "expected an integer of 64 bits, found a boolean, at byte 0",
        ),
    ]);
}

/// The examples of half-precision floats in appendix A of RFC 8949, and others.
#[test]
fn floats() {
    accepts([
        ("f9 0000", 0.0),
        ("f9 3c00", 1.0),
        ("f9 3e00", 1.5),
        ("f9 7bff", 65504.0),
        ("f9 0001", 5.960_464_477_539_063e-8),
        ("f9 03ff", 6.097_555_160_522_461e-5),
        ("f9 0400", 6.103_515_625e-5),
        ("f9 c400", -4.0),
        ("f9 7c00", f64::INFINITY),
        ("f9 fc00", f64::NEG_INFINITY),
        ("fa 47c35000", 100_000.0),
        ("fa 7f7fffff", f32::MAX.into()),
        ("fa ff800000", f64::NEG_INFINITY),
        ("fb 3ff199999999999a", 1.1),
        ("fb 7ff0000000000000", f64::INFINITY),
        ("19 0100", 256.0),
        ("20", -1.0),
        ("3b ffffffffffffffff", -18_446_744_073_709_551_616.0),
    ]);
    accepts([
        ("f9 3e00", 1.5_f32),
        ("fb 3ff8000000000000", 1.5),
        ("07", 7.0),
        ("f9 7c00", f32::INFINITY),
        ("fb fff0000000000000", f32::NEG_INFINITY),
    ]);
    for notation in [
        "f9 7e00",
        "f9 fe00",
        "f9 7c01",
        "fa 7fc00000",
        "fb 7ff8000000000000",
    ] {
        assert!(
            decode::<f64>(&bytes(notation)).is_ok_and(f64::is_nan),
            "{notation}"
        );
        assert!(
            decode::<f32>(&bytes(notation)).is_ok_and(f32::is_nan),
            "{notation}"
        );
    }
    assert!(decode::<f64>(&bytes("f9 8000")).is_ok_and(f64::is_sign_negative));
    rejects::<f64>(&[
        ("f9 00", "expected a float, found the end, at byte 0"),
        (
            "f8 20",
            "expected a number, found a float or a simple value, at byte 0",
        ),
        ("63'NaN'", "expected a number, found a string, at byte 0"),
        ("f6", "expected a number, found null, at byte 0"),
    ]);
    rejects::<f32>(&[(
        "fb 7fefffffffffffff",
        "expected a float of 32 bits, found a number out of range, at byte 0",
    )]);
}

#[test]
fn timestamps() {
    let at = DateTime::from_secs_and_nanos;
    accepts([
        ("c1 00", at(0, 0)),
        ("c1 1a 53602abe", at(1_398_811_326, 0)),
        ("c1 20", at(-1, 0)),
        ("d8 01 00", at(0, 0)),
        ("c1 fb 41cc37db380fbe77", at(946_845_296, 123_000_000)),
        ("c1 fa 3f000000", at(0, 500_000_000)),
        ("c1 f9 b400", at(-1, 750_000_000)),
        // Less than a millisecond is cut off, and the error of a float is not.
        ("c1 fb 41d5f97ab2dfdf3b", at(1_474_685_643, 498_000_000)),
        // A float of the year 6869 is exact to 30 microseconds.
        ("c1 fb 4241ffefdab8b8b4", at(154_616_706_417, 443_000_000)),
        ("c1 fb 3fefffffffffffff", at(1, 0)),
        ("c1 fb bfefffffffffffff", at(-1, 0)),
        ("c1 1b 7fffffffffffffff", at(i64::MAX, 0)),
        ("c1 3b 7fffffffffffffff", at(i64::MIN, 0)),
    ]);
    let expected = "expected a timestamp, found";
    rejects::<DateTime>(&[
        ("00", &format!("{expected} something else, at byte 0")),
        ("c0 00", &format!("{expected} something else, at byte 0")),
        (
            "74'2000-01-02T20:34:56Z'",
            &format!("{expected} something else, at byte 0"),
        ),
        ("c1 60", &format!("{expected} a string, at byte 1")),
        ("c1 c1 00", &format!("{expected} a tag, at byte 1")),
        (
            "c1 f9 7e00",
            &format!("{expected} a number out of range, at byte 0"),
        ),
        (
            "c1 fb 7ff0000000000000",
            &format!("{expected} a number out of range, at byte 0"),
        ),
        (
            "c1 fb 43e0000000000000",
            &format!("{expected} a number out of range, at byte 0"),
        ),
        (
            "c1 1b 8000000000000000",
            &format!("{expected} another number, at byte 1"),
        ),
        ("c1", &format!("{expected} the end, at byte 1")),
    ]);
}

#[test]
fn numbers_of_any_size() {
    for (notation, digits) in [
        ("00", "0"),
        ("20", "-1"),
        ("1b ffffffffffffffff", "18446744073709551615"),
        ("3b ffffffffffffffff", "-18446744073709551616"),
        // The examples of RFC 8949.
        ("c2 49 010000000000000000", "18446744073709551616"),
        ("c3 49 010000000000000000", "-18446744073709551617"),
    ] {
        let value: BigInteger = digits.parse().unwrap();
        assert_eq!(decode(&bytes(notation)), Ok(value.clone()), "{notation}");
        assert_eq!(encode(&value), bytes(notation), "{digits}");
    }
    for (notation, digits) in [
        ("c2 40", "0"),
        ("c3 40", "-1"),
        ("c2 43 000001", "1"),
        ("c2 5f 41 01 41 00 ff", "256"),
    ] {
        assert_eq!(
            decode(&bytes(notation)),
            Ok(digits.parse::<BigInteger>().unwrap())
        );
    }
    for (notation, text, written) in [
        ("c4 82 21 19 6ab3", "27315e-2", "273.15"),
        ("c4 82 02 20", "-1e2", "-1E2"),
        ("c4 82 00 05", "5", "+05"),
        (
            "c4 82 21 c2 49 010000000000000000",
            "18446744073709551616e-2",
            "184467440737095516.16",
        ),
    ] {
        let value: BigDecimal = text.parse().unwrap();
        assert_eq!(decode(&bytes(notation)), Ok(value), "{notation}");
        assert_eq!(
            encode(&written.parse::<BigDecimal>().unwrap()),
            bytes(notation),
            "{written}"
        );
    }
    assert_eq!(
        decode(&bytes("9f 07 ff")),
        Ok(vec!["7".parse::<BigDecimal>().unwrap()])
    );
    for notation in [
        "c4 00",
        "c4 80",
        "c4 81 00",
        "c4 83 00 00 00",
        "c4 82 60 00",
        "c4 82 00 60",
        "c5 82 00 00",
    ] {
        assert!(
            decode::<BigDecimal>(&bytes(notation)).is_err(),
            "{notation}"
        );
    }
    for notation in ["60", "f9 3c00", "c1 00", "c2 00", "c2 61'a'"] {
        assert!(
            decode::<BigInteger>(&bytes(notation)).is_err(),
            "{notation}"
        );
    }
    let long = |len: usize| {
        [
            &bytes("c2 59")[..],
            &(len as u16).to_be_bytes(),
            &vec![0xFF; len],
        ]
        .concat()
    };
    let longest = decode::<BigInteger>(&long(1024)).unwrap();
    assert_eq!(longest.as_ref().len(), 2467);
    assert_eq!(encode(&longest), long(1024));
    let error = decode::<BigInteger>(&long(1025)).unwrap_err().to_string();
    assert_eq!(
        error,
        "expected a number of at most 1,024 bytes, found a longer one, at byte 0"
    );
}

#[test]
fn numbers_in_documents() {
    accepts([
        ("1b ffffffffffffffff", Document::from(u64::MAX)),
        ("3b 7fffffffffffffff", Document::from(i64::MIN)),
        (
            "3b ffffffffffffffff",
            Document::from(-18_446_744_073_709_551_616.0),
        ),
        ("f9 3e00", Document::Number(Number::Float(1.5))),
        ("c1 01", Document::from(1_u64)),
        ("42 0001", Document::from("AAE=")),
        ("f6", Document::Null),
        ("f7", Document::Null),
    ]);
}
