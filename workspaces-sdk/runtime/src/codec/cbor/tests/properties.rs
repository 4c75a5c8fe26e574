use std::collections::HashMap;

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number};
use proptest::collection::{hash_map, vec};
use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
use proptest::option;
use proptest::prelude::*;

use super::super::{Decode, Decoder, decode, encode};
use super::{Choice, Color, SAMPLE, Sample, bytes};

/// Timestamps to the millisecond, and whole seconds.
fn date_time() -> impl Strategy<Value = DateTime> {
    // The years from 1 to 9999.
    let seconds = prop_oneof![
        -8_000_000_000..8_000_000_000_i64,
        -62_135_596_800..253_402_300_799_i64
    ];
    let with_millis = (seconds, 0..1000_u32)
        .prop_map(|(seconds, millis)| DateTime::from_secs_and_nanos(seconds, millis * 1_000_000));
    prop_oneof![with_millis, any::<i64>().prop_map(DateTime::from_secs)]
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

fn color() -> impl Strategy<Value = Color> {
    prop_oneof![Just("red".to_owned()), any::<String>()].prop_map(|name| Color::from(&*name))
}

fn sample() -> impl Strategy<Value = Sample> {
    let leaf = Just(Sample::default()).boxed();
    leaf.prop_recursive(4, 24, 4, |inner| {
        let choice = prop_oneof![
            any::<String>().prop_map(Choice::Text),
            inner.clone().prop_map(|it| Choice::Sample(Box::new(it))),
        ];
        let scalars = (
            any::<String>(),
            any::<i32>(),
            option::of(any::<i32>()),
            option::of(any::<f64>()),
            option::of(vec(any::<u8>(), 0..40)),
            option::of(date_time()),
        );
        let composed = (
            option::of(color()),
            option::of(hash_map(color(), any::<String>(), 0..4)),
            option::of(vec(inner.clone(), 0..4)),
            option::of(vec(any::<Option<bool>>(), 0..40)),
            option::of(inner),
            option::of(choice),
        );
        (scalars, composed).prop_map(|(scalars, composed)| {
            let (name, zero, count, ratio, data, created) = scalars;
            let (color, tags, children, sparse, parent, choice) = composed;
            Sample {
                name,
                zero,
                count,
                ratio,
                data: data.map(Blob::new),
                created,
                color,
                tags,
                children,
                sparse,
                parent: parent.map(Box::new),
                choice,
            }
        })
    })
}

/// Random sequences of data items and parts of them, which reach more code than random bytes.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let names = [
        "Name", "Count", "Ratio", "Data", "Created", "Tags", "Children", "Parent", "Choice",
        "Text", "Sample", "__type", "red",
    ];
    let name = prop::sample::select(names.to_vec()).prop_map(encode);
    let first = any::<u8>().prop_map(|byte| vec![byte]);
    let open = prop::sample::select(
        &[
            0x9F, 0xBF, 0x5F, 0x7F, 0xFF, 0x80, 0xA0, 0x81, 0xA1, 0xA2, 0xC1, 0xC2, 0xC4, 0xF6,
            0xF7, 0xF9, 0xFB, 0x7B, 0x9B,
        ][..],
    );
    let open = open.prop_map(|byte| vec![byte]);
    let number = any::<f64>().prop_map(|value| encode(&value));
    let piece = prop_oneof![name, first, open.clone(), open, number];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Decodes the bytes as several types. The results do not matter, as long as nothing panics.
fn decode_all(bytes: &[u8]) {
    let _ = decode::<Sample>(bytes);
    let _ = decode::<Document>(bytes);
    let _ = decode::<DateTime>(bytes);
    let _ = decode::<BigInteger>(bytes);
    let _ = decode::<BigDecimal>(bytes);
    let _ = decode::<Vec<Option<i8>>>(bytes);
    let _ = decode::<f32>(bytes);
}

proptest! {
    #[test]
    fn structures_round_trip(value in sample()) {
        prop_assert_eq!(decode(&encode(&value)), Ok(value));
    }

    #[test]
    fn scalars_round_trip(long: i64, short: i16, double: f64, single: f32, bytes: Vec<u8>, text: String) {
        prop_assert_eq!(decode(&encode(&long)), Ok(long));
        prop_assert_eq!(decode(&encode(&short)), Ok(short));
        prop_assert_eq!(decode::<f64>(&encode(&double)).map(f64::to_bits), Ok(double.to_bits()));
        prop_assert_eq!(decode::<f32>(&encode(&single)).map(f32::to_bits), Ok(single.to_bits()));
        prop_assert_eq!(decode(&encode(&Blob::new(bytes.clone()))), Ok(Blob::new(bytes)));
        prop_assert_eq!(decode(&encode(&text)), Ok(text));
    }

    #[test]
    fn timestamps_round_trip(value in date_time()) {
        prop_assert_eq!(decode(&encode(&value)), Ok(value));
    }

    #[test]
    fn big_numbers_round_trip(digits in "-?[1-9][0-9]{0,80}", exponent in -400..400_i32) {
        let integer: BigInteger = digits.parse().unwrap();
        prop_assert_eq!(decode(&encode(&integer)), Ok(integer));
        let text = match exponent {
            0 => digits,
            _ => format!("{digits}e{exponent}"),
        };
        let decimal: BigDecimal = text.parse().unwrap();
        prop_assert_eq!(decode(&encode(&decimal)), Ok(decimal));
    }

    #[test]
    fn documents_round_trip(value in document()) {
        prop_assert_eq!(decode(&encode(&value)), Ok(value));
    }

    #[test]
    fn maps_round_trip(value in hash_map("[a-z]{0,3}", vec(any::<Option<i32>>(), 0..4), 0..30)) {
        let value: HashMap<String, Vec<Option<i32>>> = value;
        prop_assert_eq!(decode(&encode(&value)), Ok(value));
    }

    #[test]
    fn a_document_that_decodes_can_be_skipped(bytes in pieces()) {
        let mut input = Decoder::new(&bytes);
        let decoded = Document::decode(&mut input).map(|_| input.position());
        let mut input = Decoder::new(&bytes);
        let skipped = input.skip().map(|()| input.position());
        if decoded.is_ok() {
            prop_assert_eq!(decoded, skipped);
        }
    }

    #[test]
    fn bytes_never_panic(bytes: Vec<u8>, pieces in pieces()) {
        decode_all(&bytes);
        decode_all(&pieces);
    }

    #[test]
    fn a_changed_byte_never_panics(index in 0..400_usize, byte: u8) {
        let mut bytes = bytes(SAMPLE);
        if let Some(place) = bytes.get_mut(index) {
            *place = byte;
        }
        decode_all(&bytes);
    }
}
