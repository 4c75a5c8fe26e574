//! The codec of a structure and a union, written like those that the macros implement.

mod decoding;
mod encoding;
mod memory;
mod properties;
mod scalars;

use std::collections::HashMap;
use std::fmt::Debug;

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime, Document};

use super::{Decode, DecodeError, Decoder, Encode, Encoder, decode};

#[derive(Clone, Debug, Default, PartialEq)]
struct Sample {
    name: String,
    count: Option<i32>,
    ratio: Option<f64>,
    data: Option<Blob>,
    created: Option<DateTime>,
    expires: Option<DateTime>,
    tags: Option<HashMap<String, String>>,
    children: Option<Vec<Sample>>,
    parent: Option<Box<Sample>>,
    choice: Option<Choice>,
    extra: Option<Document>,
}

impl Encode for Sample {
    fn encode(&self, out: &mut Encoder) {
        let mut object = out.object();
        object.member("Name", &self.name);
        object.member("Count", &self.count);
        object.member("Ratio", &self.ratio);
        object.member("Data", &self.data);
        object.member("Created", &self.created);
        object.timestamp("Expires", &self.expires, Format::DateTime);
        object.member("Tags", &self.tags);
        object.member("Children", &self.children);
        object.member("Parent", &self.parent);
        object.member("Choice", &self.choice);
        object.member("Extra", &self.extra);
        object.end();
    }
}

impl Decode for Sample {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut name = None;
        let mut sample = Self::default();
        input.object()?;
        while let Some(member) = input.member()? {
            match &*member {
                "Name" => name = input.value()?,
                "Count" => sample.count = input.value()?,
                "Ratio" => sample.ratio = input.value()?,
                "Data" => sample.data = input.value()?,
                "Created" => sample.created = input.value()?,
                "Expires" => sample.expires = input.timestamp(Format::DateTime)?,
                "Tags" => sample.tags = input.value()?,
                "Children" => sample.children = input.value()?,
                "Parent" => sample.parent = input.value()?,
                "Choice" => sample.choice = input.value()?,
                "Extra" => sample.extra = input.value()?,
                _ => input.skip()?,
            }
        }
        sample.name = input.required(name)?;
        Ok(sample)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Text(String),
    Sample(Box<Sample>),
    Unknown,
}

impl Encode for Choice {
    fn encode(&self, out: &mut Encoder) {
        let mut object = out.object();
        match self {
            Self::Text(value) => object.member("Text", value),
            Self::Sample(value) => object.member("Sample", value),
            Self::Unknown => {}
        }
        object.end();
    }
}

impl Decode for Choice {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let name = input.variant()?;
        let union = match &*name {
            "Text" => Self::Text(input.variant_value()?),
            "Sample" => Self::Sample(input.variant_value()?),
            _ => {
                input.skip()?;
                Self::Unknown
            }
        };
        input.end_variant()?;
        Ok(union)
    }
}

/// A document that sets every member and has a value of each kind.
const SAMPLE: &str = r#"{ "Name": "a\n\"\u00e9\ud83d\ude00é", "Count": -12, "Ratio": 2.5e-3,
    "Data": "AAEC", "Created": 1398796238.25, "Expires": "2014-04-29T18:30:38Z",
    "Tags": {"k": "v"}, "Children": [{"Name": "b"}, {}], "Parent": {"Name": "c"},
    "Choice": {"__type": "x#Y", "Sample": null, "Text": "t"},
    "Extra": [1, -1, 1.0, true, false, null, "s", {"x": []}], "New": [{"y": [0, "z", null]}] }"#;

fn sample() -> Sample {
    let named = |name: &str| Sample {
        name: name.to_owned(),
        ..Sample::default()
    };
    Sample {
        count: Some(-12),
        ratio: Some(0.0025),
        data: Some(Blob::new([0, 1, 2])),
        created: Some(DateTime::from_secs_and_nanos(1_398_796_238, 250_000_000)),
        expires: Some(DateTime::from_secs(1_398_796_238)),
        tags: Some(HashMap::from([("k".to_owned(), "v".to_owned())])),
        children: Some(vec![named("b"), named("")]),
        parent: Some(Box::new(named("c"))),
        choice: Some(Choice::Text("t".to_owned())),
        extra: Some(Document::Array(vec![
            1_u64.into(),
            (-1_i64).into(),
            1.0.into(),
            true.into(),
            false.into(),
            Document::Null,
            "s".into(),
            Document::Object(HashMap::from([("x".to_owned(), Document::Array(vec![]))])),
        ])),
        ..named("a\n\"é😀é")
    }
}

fn accepts<T: Decode + Debug + PartialEq>(rows: impl IntoIterator<Item = (&'static str, T)>) {
    for (json, value) in rows {
        assert_eq!(decode(json.as_bytes()), Ok(value), "{json}");
    }
}

/// Each row is a document and its error.
fn rejects<T: Decode + Debug>(rows: &[(&str, &str)]) {
    for (json, error) in rows {
        let result = decode::<T>(json.as_bytes()).map_err(|error| error.to_string());
        assert_eq!(result.err().as_deref(), Some(*error), "{json}");
    }
}
