//! The memory of decoded values is in proportion to the document.

use std::collections::HashMap;

use aws_smithy_types::Document;

use super::super::{Decode, DecodeError, Decoder, decode};
use super::{Sample, bytes};

/// A list of `count` times the same element.
fn list(element: &str, count: usize) -> Vec<u8> {
    let mut document = vec![0x9F];
    document.extend(bytes(element).repeat(count));
    document.push(0xFF);
    document
}

/// A map of `count` entries with the same value.
fn map(value: &str, count: usize) -> Vec<u8> {
    let value = bytes(value);
    let mut document = vec![0xBF];
    for key in 0..count {
        let key = format!("{key:x}");
        document.push(0x60 | key.len() as u8);
        document.extend_from_slice(key.as_bytes());
        document.extend_from_slice(&value);
    }
    document.push(0xFF);
    document
}

fn assert_too_large<T: Decode>(document: &[u8]) {
    let error = decode::<T>(document).err().unwrap().to_string();
    let expected =
        "expected values of at most 64 times the size of the document, found more, at byte";
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn values_that_take_much_more_memory_than_the_document_are_errors() {
    const COUNT: usize = 100_000;
    assert_too_large::<Vec<Sample>>(&list("a0", COUNT));
    assert_too_large::<Vec<Vec<Sample>>>(&list("81 a0", COUNT));
    assert_too_large::<HashMap<String, Sample>>(&map("a0", COUNT));
    assert_too_large::<Vec<Box<Sample>>>(&list("a0", COUNT));
    assert_too_large::<Vec<Document>>(&list("a1 60 00", COUNT));
    assert_too_large::<Document>(&list("a1 60 00", COUNT));
}

#[derive(Debug)]
struct AttributeValue(String, [u64; 4]);

impl Decode for AttributeValue {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.variant()?;
        let value = Self(input.variant_value()?, [0; 4]);
        input.end_variant()?;
        Ok(value)
    }
}

#[test]
fn values_of_few_bytes_are_no_errors() {
    const COUNT: usize = 20_000;
    let accepts = |document: Vec<u8>| assert!(decode::<Document>(&document).is_ok());
    accepts(list("00", COUNT));
    accepts(list("80", COUNT));
    accepts(list("81 80", COUNT));
    accepts(list("a0", COUNT));
    accepts(map("00", COUNT));
    accepts(map("81 00", COUNT));
    let strings: Vec<String> = decode(&list("60", COUNT)).unwrap();
    assert_eq!(strings.len(), COUNT);
    // The room for elements that are all alike is nearly exact.
    assert!(
        strings.capacity() < COUNT + COUNT / 100,
        "{}",
        strings.capacity()
    );
    // An item of Amazon DynamoDB, with 80 bytes for each entry.
    let items = list("a1 61'a' a1 61'N' 61'1'", COUNT);
    let items: Vec<HashMap<String, AttributeValue>> = decode(&items).unwrap();
    assert_eq!(items[0]["a"].0, "1");
}

#[test]
fn a_small_document_may_take_more() {
    let samples: Vec<Sample> = decode(&list("a0", 1000)).unwrap();
    assert_eq!(samples.len(), 1000);
}

/// A structure that requires itself has no value.
#[derive(Debug)]
struct Endless {
    _inner: Box<Endless>,
}

impl Decode for Endless {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.object()?;
        while input.member()?.is_some() {
            input.skip()?;
        }
        Ok(Self {
            _inner: input.required(None)?,
        })
    }
}

#[test]
fn missing_members_count_too() {
    let error = decode::<Endless>(&[0xA0]).unwrap_err().to_string();
    assert!(error.contains("at most 128 levels"), "{error}");
}
