//! Decodes XML: once as a structure with a member of each kind, and once as text.
//!
//! Nothing panics, a decoded value can be written as a form, and the decoder accepts every document that `roxmltree` accepts,
//! with the same text.

#![no_main]

use std::collections::HashMap;

use lean_aws_runtime::codegen::query::{
    Decoder, Encode, Encoder, Layout, choices, list, map, members, timestamp,
};
use lean_aws_runtime::codegen::{Format, xml};
use lean_aws_runtime::primitives::{Blob, DateTime};
use libfuzzer_sys::fuzz_target;
use roxmltree::{Document, ParsingOptions};

/// A structure with a member of each kind.
#[derive(Debug, Default)]
struct Sample {
    text: Option<String>,
    flag: Option<bool>,
    byte: Option<i8>,
    long: Option<i64>,
    float: Option<f32>,
    double: Option<f64>,
    blob: Option<Blob>,
    at: Option<DateTime>,
    epoch: Option<DateTime>,
    http_date: Option<DateTime>,
    list: Option<Vec<String>>,
    flat: Option<Vec<i32>>,
    dates: Option<Vec<DateTime>>,
    map: Option<HashMap<String, String>>,
    flat_map: Option<HashMap<String, Vec<String>>>,
    entries: Option<Vec<Entry>>,
    inner: Option<Box<Sample>>,
    choice: Option<Choice>,
}

members! {
    encode decode Sample(Self) {
        "T" => text;
        "Flag" => flag;
        "I8" => byte;
        "I64" => long;
        "F32" => float;
        "F64" => double;
        "Blob" => blob;
        "At" => at;
        "Epoch" => epoch as EpochSeconds;
        "Date" => http_date as HttpDate;
        "L" => list;
        "F" => flat: list("member").flat();
        "Dates" => dates: list("d").of(&timestamp(Format::HttpDate));
        "M" => map;
        "FM" => flat_map: map("K", "V").flat().of(&list("m"));
        "E" => entries;
        "I" => inner;
        "C" => choice;
    }
}

/// A structure with required members.
#[derive(Debug)]
struct Entry {
    key: String,
    values: Vec<String>,
}

#[derive(Default)]
struct EntryBuilder {
    key: Option<String>,
    values: Option<Vec<String>>,
}

members! {
    encode decode Entry(EntryBuilder) {
        "K" => key required;
        "V" => values required: list("member").flat();
    }
}

/// A union.
#[derive(Debug)]
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

/// Whether a document is well-formed, and how deeply its elements are nested.
fn skip(bytes: &[u8]) -> Result<(), String> {
    let skip = || {
        let mut input = Decoder::new(bytes)?;
        input.root()?;
        input.skip()?;
        input.finish()
    };
    skip().map_err(|error: xml::DecodeError| error.to_string())
}

/// Compares the decoder with another one, which reads more of XML.
fn compare(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    // `roxmltree` takes `:a` for `a`.
    if text.contains("<:") || text.contains("</:") {
        return;
    }
    let options = ParsingOptions {
        nodes_limit: 10_000,
        ..ParsingOptions::default()
    };
    let Ok(document) = Document::parse_with_options(text, options) else {
        return;
    };
    match skip(bytes) {
        Ok(()) => {}
        Err(error) if error.contains("128 levels") => return,
        // `roxmltree` takes a reference to a code that is no character for U+FFFD.
        Err(error) if error.contains("a known reference") && text.contains("&#") => return,
        Err(error) => panic!("{error}"),
    }
    let root = document.root_element();
    if root.descendants().filter(|node| node.is_element()).count() == 1 {
        let expected: String = root
            .children()
            .filter(|node| node.is_text())
            .filter_map(|node| node.text())
            .collect();
        assert_eq!(xml::decode::<String>(bytes), Ok(expected));
    }
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(sample) = xml::decode::<Sample>(bytes) {
        assert_eq!(skip(bytes), Ok(()));
        drop(format!("{sample:?}"));
        let mut out = Encoder::new();
        sample.encode(&mut out, &Layout::DEFAULT);
        let form = String::from_utf8(out.into_bytes());
        assert!(form.is_ok_and(|form| form.is_ascii()));
    }
    compare(bytes);
});
