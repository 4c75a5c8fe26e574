use std::collections::HashMap;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime, Document, Number};
use proptest::collection::{hash_map, vec};
use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
use proptest::prelude::*;

use super::super::{Decode, Decoder, Encoder, decode, encode};
use super::{SAMPLE, Sample};

fn date_time() -> impl Strategy<Value = DateTime> {
    let seconds = prop_oneof![any::<i64>(), -5_000_000_000..5_000_000_000_i64];
    (seconds, 0..1_000_000_000_u32)
        .prop_map(|(seconds, nanos)| DateTime::from_secs_and_nanos(seconds, nanos))
}

fn document() -> impl Strategy<Value = Document> {
    let finite = POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO;
    let leaf = prop_oneof![
        Just(Document::Null),
        any::<bool>().prop_map(Document::Bool),
        any::<u64>().prop_map(Document::from),
        (i64::MIN..0).prop_map(|value| Document::Number(Number::NegInt(value))),
        finite.prop_map(Document::from),
        any::<String>().prop_map(Document::String),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Document::Array),
            hash_map(any::<String>(), inner, 0..8).prop_map(Document::Object),
        ]
    })
}

/// By default, a map has up to 100 lists of up to 100 values: creating those takes most of the time of all tests.
fn map() -> impl Strategy<Value = HashMap<String, Vec<Option<i32>>>> {
    hash_map(any::<String>(), vec(any::<Option<i32>>(), 0..8), 0..8)
}

/// Random sequences of tokens of JSON, which reach more code than random bytes.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "d83d",
            "\\ude00",
            "null",
            "true",
            "-",
            "0",
            "12",
            ".5",
            "e9",
            " ",
            "é",
            "\u{1}",
            "\"Name\":",
            "\"Count\":",
            "\"Ratio\":",
            "\"Data\":",
            "\"Created\":",
            "\"Expires\":",
            "\"Tags\":",
            "\"Children\":",
            "\"Parent\":",
            "\"Choice\":",
            "\"Text\":",
            "\"Sample\":",
            "\"Extra\":",
            "\"__type\":",
            "\"a\"",
            "{}",
            "\"NaN\"",
        ][..],
    );
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Decodes the bytes as several types. The results do not matter, as long as nothing panics.
fn decode_all(bytes: &[u8]) {
    let _ = decode::<Sample>(bytes);
    let _ = decode::<Document>(bytes);
    let _ = decode::<DateTime>(bytes);
    let _ = decode::<Vec<Option<i8>>>(bytes);
    for format in [Format::DateTime, Format::HttpDate, Format::EpochSeconds] {
        let _ = Decoder::new(bytes).and_then(|mut input| input.timestamp::<DateTime>(format));
    }
}

proptest! {
    #[test]
    fn strings_round_trip(value: String) {
        prop_assert_eq!(decode(&encode(&value)), Ok(value));
    }

    #[test]
    fn scalars_round_trip(long: i64, short: i16, double: f64, single: f32, bytes: Vec<u8>) {
        prop_assert_eq!(decode(&encode(&long)), Ok(long));
        prop_assert_eq!(decode(&encode(&short)), Ok(short));
        prop_assert_eq!(decode::<f64>(&encode(&double)).map(f64::to_bits), Ok(double.to_bits()));
        prop_assert_eq!(decode::<f32>(&encode(&single)).map(f32::to_bits), Ok(single.to_bits()));
        prop_assert_eq!(decode(&encode(&Blob::new(bytes.clone()))), Ok(Blob::new(bytes)));
    }

    #[test]
    fn timestamps_round_trip(value in date_time()) {
        prop_assert_eq!(decode(&encode(&value)), Ok(value));
        // RFC 3339 is written to the microsecond.
        let value = DateTime::from_secs_and_nanos(value.secs(), value.subsec_nanos() / 1000 * 1000);
        let mut out = Encoder::new();
        out.timestamp(&value, Format::DateTime);
        let bytes = out.into_bytes();
        let back = Decoder::new(&bytes).and_then(|mut input| input.timestamp(Format::DateTime));
        prop_assert_eq!(back, Ok(Some(value)));
    }

    #[test]
    fn documents_round_trip(value in document()) {
        prop_assert_eq!(decode(&encode(&value)), Ok(value));
    }

    #[test]
    fn maps_round_trip(value in map()) {
        prop_assert_eq!(decode(&encode(&value)), Ok(value));
    }

    #[test]
    fn a_document_that_decodes_can_be_skipped(text in pieces()) {
        let decoded = Decoder::new(text.as_bytes())
            .and_then(|mut input| Document::decode(&mut input).map(|_| input.position()));
        let skipped = Decoder::new(text.as_bytes())
            .and_then(|mut input| input.skip().map(|()| input.position()));
        if decoded.is_ok() {
            prop_assert_eq!(decoded, skipped);
        }
    }

    #[test]
    fn bytes_never_panic(bytes: Vec<u8>, text in pieces()) {
        decode_all(&bytes);
        decode_all(text.as_bytes());
    }

    #[test]
    fn a_changed_date_never_panics(index in 0..30_usize, character: char, http: bool) {
        let date = match http {
            true => "Tue, 29 Apr 2014 18:30:38 GMT",
            false => "2014-04-29T18:30:38.123+01:00",
        };
        let mut characters: Vec<char> = date.chars().collect();
        match characters.get_mut(index) {
            Some(place) => *place = character,
            None => characters.push(character),
        }
        decode_all(&encode(&characters.iter().collect::<String>()));
    }

    #[test]
    fn a_changed_byte_never_panics(index in 0..SAMPLE.len(), byte: u8) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        if let Some(place) = bytes.get_mut(index) {
            *place = byte;
        }
        decode_all(&bytes);
    }
}
