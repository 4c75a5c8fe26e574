//! The memory of decoded values is in proportion to the document.

use std::collections::HashMap;

use aws_smithy_types::Document;

use super::super::{Decode, DecodeError, Decoder, decode};
use super::Sample;
use crate::codec::memory::FACTOR;

/// A list of `count` times the same element.
fn list(element: &str, count: usize) -> String {
    format!("[{}]", vec![element; count].join(","))
}

/// A map of `count` entries with the same value.
fn map(value: &str, count: usize) -> String {
    let entries: Vec<_> = (0..count)
        .map(|key| format!(r#""{key:x}":{value}"#))
        .collect();
    format!("{{{}}}", entries.join(","))
}

fn assert_too_large<T: Decode>(json: &str) {
    let error = decode::<T>(json.as_bytes()).err().unwrap().to_string();
    let expected =
        "expected values of at most 32 times the size of the document, found more, at byte";
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn values_that_take_much_more_memory_than_the_document_are_errors() {
    const COUNT: usize = 100_000;
    assert!(size_of::<Sample>() > 3 * FACTOR);
    assert_too_large::<Vec<Sample>>(&list("{}", COUNT));
    assert_too_large::<Vec<Vec<Sample>>>(&list("[{}]", COUNT));
    assert_too_large::<HashMap<String, Sample>>(&map("{}", COUNT));
    assert_too_large::<Vec<Box<Sample>>>(&list("{}", COUNT));
    assert_too_large::<Vec<Sample>>(&list(r#"{"Parent":{}}"#, COUNT));
    assert_too_large::<Vec<Document>>(&list(r#"{"":0}"#, COUNT));
    assert_too_large::<Document>(&list(r#"{"":0}"#, COUNT));
}

#[test]
fn values_of_few_bytes_are_no_errors() {
    const COUNT: usize = 20_000;
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
    let items = list(r#"{"a":{"N":"1"}}"#, COUNT);
    let items = decode::<Vec<HashMap<String, AttributeValue>>>(items.as_bytes()).unwrap();
    assert!(items[0]["a"].0 == "1" && items[0]["a"].1 == [0; 4]);

    let accepts = |json: String| assert!(decode::<Document>(json.as_bytes()).is_ok());
    accepts(list("0", COUNT));
    accepts(list("[]", COUNT));
    accepts(list("[[]]", COUNT));
    accepts(list("{}", COUNT));
    accepts(list(r#"{"a":1,"b":2,"c":3,"d":4}"#, COUNT));
    accepts(map("0", COUNT));
    accepts(map("[0]", COUNT));
    let strings: Vec<String> = decode(list(r#""""#, COUNT).as_bytes()).unwrap();
    assert_eq!(strings.len(), COUNT);
    // The room for elements that are all alike is nearly exact.
    assert!(
        strings.capacity() < COUNT + COUNT / 100,
        "{}",
        strings.capacity()
    );
    let flags: Vec<Option<bool>> = decode(list("null", COUNT).as_bytes()).unwrap();
    assert_eq!(flags.len(), COUNT);
}

#[test]
fn a_small_document_may_take_more() {
    let samples: Vec<Sample> = decode(list("{}", 1000).as_bytes()).unwrap();
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

/// A structure whose required members are 2 to the power of `N` structures.
struct Pyramid<T> {
    _left: Box<T>,
    _right: Box<T>,
}

impl<T: Decode> Decode for Pyramid<T> {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.skip()?;
        Ok(Self {
            _left: input.required(None)?,
            _right: input.required(None)?,
        })
    }
}

#[test]
fn missing_members_count_too() {
    let error = decode::<Endless>(b"{}").unwrap_err().to_string();
    assert!(error.contains("at most 128 levels"), "{error}");

    type P2<T> = Pyramid<Pyramid<T>>;
    type P4<T> = P2<P2<T>>;
    type P8<T> = P4<P4<T>>;
    assert!(decode::<P8<bool>>(b"{}").is_ok());
    assert_too_large::<P8<P8<P8<bool>>>>("{}");
}
