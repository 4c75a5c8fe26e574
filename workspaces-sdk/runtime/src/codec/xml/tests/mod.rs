//! Tests of the codec of XML.

mod attributes;
mod encoding;
mod hostile;
mod properties;
mod syntax;

use std::collections::HashMap;

use super::{Decode, DecodeError, Decoder, Encode, Encoder, decode};
use crate::codec::layout::{Layout, list};

/// A structure with every kind of member that has elements inside it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Sample {
    kind: Option<String>,
    text: Option<String>,
    number: Option<i32>,
    list: Option<Vec<String>>,
    flat: Option<Vec<String>>,
    map: Option<HashMap<String, String>>,
    inner: Option<Box<Sample>>,
}

const FLAT: Layout = list("member").flat();

impl Encode for Sample {
    fn encode(&self, out: &mut Encoder, _: &Layout) {
        out.attribute("xsi:kind", &self.kind, &Layout::DEFAULT);
        out.member("Text", &self.text, &Layout::DEFAULT);
        out.member("Number", &self.number, &Layout::DEFAULT);
        out.member("List", &self.list, &Layout::DEFAULT);
        out.member("Flat", &self.flat, &FLAT);
        out.member("Map", &self.map, &Layout::DEFAULT);
        out.member("Inner", &self.inner, &Layout::DEFAULT);
    }
}

impl Decode for Sample {
    fn decode(input: &mut Decoder<'_>, _: &Layout) -> Result<Self, DecodeError> {
        let mut sample = Self::default();
        input.attribute("xsi:kind", &mut sample.kind, &Layout::DEFAULT)?;
        while let Some(name) = input.child()? {
            match name {
                "Text" => input.member(&mut sample.text, &Layout::DEFAULT)?,
                "Number" => input.member(&mut sample.number, &Layout::DEFAULT)?,
                "List" => input.member(&mut sample.list, &Layout::DEFAULT)?,
                "Flat" => input.member(&mut sample.flat, &FLAT)?,
                "Map" => input.member(&mut sample.map, &Layout::DEFAULT)?,
                "Inner" => input.member(&mut sample.inner, &Layout::DEFAULT)?,
                _ => input.skip()?,
            }
        }
        Ok(sample)
    }
}

/// A document with every part of the syntax, and the value that it stands for.
const DOCUMENT: &str = "\u{FEFF}<?xml version='1.0' encoding='UTF-8'?>\n<!-- a - b -->\n\
    <r:Sample xmlns:r=\"https://example.com/?a=b&amp;c\" a = '\"' x:kind='a&#33;]]>' >\n\
    <Text>x<!-- y -->&#x1F600;<![CDATA[<&>]]]]><?z?></Text>\r\n\
    <Skipped a='1'><r:Deep><Deeper/></r:Deep>text &lt;</Skipped>\
    <Number>\n-1\n</Number><List><member>a</member><member/></List><Flat>b</Flat><Flat>c</Flat>\
    <Map><entry><key>d</key><value>e</value></entry></Map><r:Inner><Number>2</Number></r:Inner>\
    </r:Sample >\n<!----><?end ?>\n";

fn document() -> Sample {
    let strings = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    Sample {
        kind: Some("a!]]>".to_owned()),
        text: Some("x\u{1F600}<&>]]".to_owned()),
        number: Some(-1),
        list: Some(strings(&["a", ""])),
        flat: Some(strings(&["b", "c"])),
        map: Some([("d".to_owned(), "e".to_owned())].into()),
        inner: Some(Box::new(Sample {
            number: Some(2),
            ..Sample::default()
        })),
    }
}

#[test]
fn a_document_with_everything() {
    assert_eq!(decode(DOCUMENT.as_bytes()), Ok(document()));
}
