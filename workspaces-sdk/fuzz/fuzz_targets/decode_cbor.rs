//! Decodes CBOR: as a structure with a member of each kind, as a document, and as nothing.
//!
//! Nothing panics, a decoded value survives encoding and decoding, values take no more memory than the documentation says, and
//! the decoder agrees with two others on which documents are well-formed.

#![no_main]

use std::collections::HashMap;

use ciborium::Value;
use lean_aws_runtime::codegen::cbor::{Decode, Decoder, Encode, choices, decode, encode, members};
use lean_aws_runtime::primitives::{BigDecimal, BigInteger, Blob, DateTime, Document};
use libfuzzer_sys::fuzz_target;

/// A structure with a member of each kind.
#[derive(Debug, Default, PartialEq)]
struct Sample {
    text: Option<String>,
    flag: Option<bool>,
    byte: Option<i8>,
    long: Option<i64>,
    float: Option<f32>,
    double: Option<f64>,
    blob: Option<Blob>,
    at: Option<DateTime>,
    integer: Option<BigInteger>,
    decimal: Option<BigDecimal>,
    list: Option<Vec<String>>,
    sparse: Option<Vec<Option<i32>>>,
    map: Option<HashMap<String, Vec<DateTime>>>,
    entries: Option<Vec<Entry>>,
    inner: Option<Box<Sample>>,
    choice: Option<Choice>,
    extra: Option<Document>,
}

members! {
    encode decode Sample(Self) {
        "T" => text;
        "F" => flag;
        "I8" => byte;
        "I64" => long;
        "F32" => float;
        "F64" => double;
        "B" => blob;
        "A" => at;
        "BI" => integer;
        "BD" => decimal;
        "L" => list;
        "S" => sparse;
        "M" => map;
        "E" => entries;
        "I" => inner;
        "C" => choice;
        "X" => extra;
    }
}

/// A structure with required members.
#[derive(Debug, PartialEq)]
struct Entry {
    key: String,
    values: Vec<bool>,
}

#[derive(Default)]
struct EntryBuilder {
    key: Option<String>,
    values: Option<Vec<bool>>,
}

members! {
    encode decode Entry(EntryBuilder) {
        "K" => key required;
        "V" => values required;
    }
}

/// A union.
#[derive(Debug, PartialEq)]
enum Choice {
    Text(String),
    Entry(Entry),
    Unknown,
}

choices! {
    encode decode Choice {
        "T" => Text;
        "E" => Entry;
    }
}

/// Whether a document is one well-formed data item, and not nested too deeply.
fn skip(bytes: &[u8]) -> Result<(), String> {
    let mut input = Decoder::new(bytes);
    let skipped = input.skip().and_then(|()| input.finish());
    skipped.map_err(|error| error.to_string())
}

/// Decodes a value, encodes it and decodes it again.
fn round_trip<T: Encode + Decode + std::fmt::Debug + PartialEq>(bytes: &[u8], what: &str) {
    let mut value = None;
    let memory = allocation_counter::measure(|| value = decode::<T>(bytes).ok());
    let limit = (bytes.len() * 64).max(8 * 1024 * 1024) as u64;
    // Strings are no larger than the document.
    assert!(
        memory.bytes_max <= limit + bytes.len() as u64 + 1024,
        "{memory:?}"
    );
    let Some(value) = value else {
        return;
    };
    assert_eq!(skip(bytes), Ok(()), "{what}");
    let written = encode(&value);
    let read = decode::<T>(&written);
    // NaN differs from itself, and what no variant is known for is not written.
    let shown = format!("{value:?}");
    if !shown.contains("NaN") && !shown.contains("Unknown") {
        assert_eq!(read, Ok(value), "{what}");
    }
}

/// Compares the decoder with two others, of which one validates text and neither limits the depth in the same way.
fn compare(bytes: &[u8]) {
    let skipped = skip(bytes);
    let mut other = minicbor::Decoder::new(bytes);
    let is_whole = other.skip().is_ok() && other.position() == bytes.len();
    if skipped.is_ok() {
        assert!(is_whole || bytes.is_empty());
    }
    let mut rest = bytes;
    if ciborium::from_reader::<Value, _>(&mut rest).is_ok() && rest.is_empty() {
        // `ciborium` accepts chunks that are in chunks, and simple values in two bytes that fit one, which are not well-formed.
        let differs = ["128 levels", "expected a chunk", "found a malformed one"];
        let is_known = |error: &String| differs.iter().any(|it| error.contains(it));
        assert!(skipped.as_ref().err().is_none_or(is_known), "{skipped:?}");
    }
}

fuzz_target!(|bytes: &[u8]| {
    round_trip::<Sample>(bytes, "a structure");
    round_trip::<Document>(bytes, "a document");
    compare(bytes);
});
