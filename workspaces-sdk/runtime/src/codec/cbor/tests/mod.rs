//! Tests of the codec, with types as the generator declares them.

mod decoding;
mod encoding;
mod hostile;
mod numbers;
mod properties;

use std::collections::HashMap;
use std::fmt::Debug;

use aws_smithy_types::{Blob, DateTime};

use super::{Decode, decode};
use crate::codegen::cbor::{choices, members, string_enum};

crate::__unknown_variant_error!(UnknownVariantError);

string_enum! {
    /// An enum.
    Color {
        /// Red.
        Red = "red",
    }
}

/// A structure with a member of each kind.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sample {
    name: String,
    zero: i32,
    count: Option<i32>,
    ratio: Option<f64>,
    data: Option<Blob>,
    created: Option<DateTime>,
    color: Option<Color>,
    tags: Option<HashMap<Color, String>>,
    children: Option<Vec<Sample>>,
    sparse: Option<Vec<Option<bool>>>,
    parent: Option<Box<Sample>>,
    choice: Option<Choice>,
}

#[derive(Default)]
struct SampleBuilder {
    name: Option<String>,
    zero: Option<i32>,
    count: Option<i32>,
    ratio: Option<f64>,
    data: Option<Blob>,
    created: Option<DateTime>,
    color: Option<Color>,
    tags: Option<HashMap<Color, String>>,
    children: Option<Vec<Sample>>,
    sparse: Option<Vec<Option<bool>>>,
    parent: Option<Box<Sample>>,
    choice: Option<Choice>,
}

members! {
    encode decode Sample(SampleBuilder) {
        "Name" | "name" => name required;
        "Zero" => zero default;
        "Count" => count;
        "Ratio" => ratio;
        "Data" => data;
        "Created" => created;
        "Color" => color;
        "Tags" => tags;
        "Children" => children;
        "Sparse" => sparse;
        "Parent" => parent;
        "Choice" => choice;
    }
}

/// A union.
#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Text(String),
    Sample(Box<Sample>),
    Unknown,
}

choices! {
    encode decode Choice {
        "Text" => Text;
        "Sample" => Sample;
    }
}

/// The input of an operation for which the model has none.
#[derive(Debug, Default, PartialEq)]
struct Unit {}

members! {
    encode unit Unit
}

/// The output of an operation for which the model has none, which has a request id.
#[derive(Debug, Default, PartialEq)]
struct Nothing {
    _request_id: Option<String>,
}

members! {
    decode Nothing(Self) {}
    + _request_id: None
}

/// Returns the bytes that a string of hexadecimal digits stands for. Text in quotes is the text itself, and white space
/// separates parts.
fn bytes(notation: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (index, part) in notation.split('\'').enumerate() {
        if index % 2 == 1 {
            bytes.extend_from_slice(part.as_bytes());
            continue;
        }
        let digits: Vec<u8> = part
            .bytes()
            .filter(|it| !it.is_ascii_whitespace())
            .collect();
        let digit = |digit: u8| (digit as char).to_digit(16).unwrap() as u8;
        let pairs = digits.chunks(2);
        bytes.extend(pairs.map(|pair| digit(pair[0]) << 4 | digit(pair[1])));
    }
    bytes
}

fn accepts<T: Decode + Debug + PartialEq>(rows: impl IntoIterator<Item = (&'static str, T)>) {
    for (notation, value) in rows {
        assert_eq!(decode(&bytes(notation)), Ok(value), "{notation}");
    }
}

/// Each row is a document and its error.
fn rejects<T: Decode + Debug>(rows: &[(&str, &str)]) {
    for (notation, error) in rows {
        let result = decode::<T>(&bytes(notation)).map_err(|error| error.to_string());
        assert_eq!(result.err().as_deref(), Some(*error), "{notation}");
    }
}

/// A document that sets every member and has a value of each kind, with and without lengths.
const SAMPLE: &str = "bf
    64'Name' 7f 61'a' 62'bc' ff
    65'Count' 2b
    65'Ratio' f9 3e00
    64'Data' 5f 42 0001 41 02 ff
    67'Created' c1 fb 41d4d7fbf3900000
    65'Color' 63'red'
    64'Tags' a2 63'red' 61'v' 64'blue' 61'w'
    68'Children' 9f a1 64'Name' 61'b' a0 bf ff ff
    66'Sparse' 83 f5 f6 f4
    66'Parent' a1 64'Name' 61'c'
    66'Choice' a3 66'__type' 63'x#Y' 66'Sample' f6 64'Text' 61't'
    63'New' a3 61'x' 82 c2 41 01 d8 20 60 00 9f fb 0000000000000000 e0 f8 20 ff 41'k' f7
    ff";

fn sample() -> Sample {
    let named = |name: &str| Sample {
        name: name.to_owned(),
        ..Sample::default()
    };
    Sample {
        count: Some(-12),
        ratio: Some(1.5),
        data: Some(Blob::new([0, 1, 2])),
        created: Some(DateTime::from_secs_and_nanos(1_398_796_238, 250_000_000)),
        color: Some(Color::Red),
        tags: Some(HashMap::from([
            (Color::Red, "v".to_owned()),
            (Color::from("blue"), "w".to_owned()),
        ])),
        children: Some(vec![named("b"), named(""), named("")]),
        sparse: Some(vec![Some(true), None, Some(false)]),
        parent: Some(Box::new(named("c"))),
        choice: Some(Choice::Text("t".to_owned())),
        ..named("abc")
    }
}
