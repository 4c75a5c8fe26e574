//! Attributes of elements.

use aws_smithy_types::DateTime;

use super::super::{Decode, DecodeError, Decoder, Encode, decode, encode};
use crate::codec::layout::{EPOCH_SECONDS, Layout, map, namespace};

/// A structure with attributes.
#[derive(Debug, Default, PartialEq)]
struct Grantee {
    kind: Option<String>,
    count: Option<i32>,
    since: Option<DateTime>,
    id: Option<String>,
}

crate::codegen::xml::members! {
    encode decode Grantee(Self) {
        attribute "xsi:type" => kind;
        attribute "count" => count;
        attribute "since" => since as EpochSeconds;
        "Id" => id;
    }
}

fn grantee(kind: Option<&str>, count: Option<i32>, id: Option<&str>) -> Grantee {
    Grantee {
        kind: kind.map(str::to_owned),
        count,
        since: None,
        id: id.map(str::to_owned),
    }
}

#[test]
fn attributes_are_members() {
    for (text, expected) in [
        ("<A/>", grantee(None, None, None)),
        ("<A><Id>i</Id></A>", grantee(None, None, Some("i"))),
        (
            "<A xmlns:xsi='x' xsi:type=\"t\" count=' 1 '><Id>i</Id></A>",
            grantee(Some("t"), Some(1), Some("i")),
        ),
        // The prefix does not matter, apart from that of a declaration.
        ("<A type='t'/>", grantee(Some("t"), None, None)),
        ("<A b:type='t'/>", grantee(Some("t"), None, None)),
        ("<A xmlns:type='t' xmlns='u'/>", grantee(None, None, None)),
        // Attributes are not children, and those of other elements do not count.
        (
            "<A><type>t</type><Id count='1'>i</Id></A>",
            grantee(None, None, Some("i")),
        ),
        (
            "<A\n\ttype = 'a&lt;\"]]>&#x1F600;\r\nb' />",
            grantee(Some("a<\"]]>\u{1F600}\nb"), None, None),
        ),
        ("<A type=''></A>", grantee(Some(""), None, None)),
    ] {
        assert_eq!(decode::<Grantee>(text.as_bytes()), Ok(expected), "{text}");
    }
    let since = decode::<Grantee>(b"<A since='1.5'/>").unwrap().since;
    assert_eq!(since, Some(DateTime::from_millis(1_500)));
}

#[test]
fn a_missing_element_has_no_attributes() {
    struct Outer(Grantee);
    impl Decode for Outer {
        fn decode(input: &mut Decoder<'_>, _: &Layout) -> Result<Self, DecodeError> {
            while input.child()?.is_some() {
                input.skip()?;
            }
            Ok(Self(input.required(None)?))
        }
    }
    let outer: Outer = decode(b"<A type='a'><B type='b' count='1'/></A>").unwrap();
    assert_eq!(outer.0, Grantee::default());
}

#[test]
fn errors_name_the_attribute() {
    for (text, expected) in [
        (
            "<A count='x'/>",
            "expected an integer of 32 bits, found another text, at byte 10 in count",
        ),
        (
            "<A type='&b;'/>",
            "expected a known reference, found another one, at byte 9",
        ),
        (
            "<A type=t/>",
            "expected a quote, found another character, at byte 8",
        ),
    ] {
        let error = decode::<Grantee>(text.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), expected, "{text}");
    }
}

#[test]
fn what_is_written_can_be_read() {
    let value = Grantee {
        since: Some(DateTime::from_secs(5)),
        ..grantee(Some("a\"'<>&\r\n\tb]]>"), Some(-1), Some("i"))
    };
    let bytes = encode("A", &value, &namespace("xsi", "https://example.com/"));
    assert_eq!(
        String::from_utf8_lossy(&bytes),
        "<A xmlns:xsi=\"https://example.com/\" xsi:type=\"a&quot;&apos;&lt;&gt;&amp;&#xD;&#xA;&#x9;b]]&gt;\" count=\"-1\" \
         since=\"5\"><Id>i</Id></A>"
    );
    assert_eq!(decode(&bytes), Ok(value));
}

#[test]
fn parts_of_maps_have_namespaces() {
    const LAYOUT: Layout = map("K", "V")
        .namespace("", "a")
        .key_namespace("", "b")
        .of(&EPOCH_SECONDS.namespace("c", "d"));
    let entries = std::collections::HashMap::from([("k".to_owned(), DateTime::from_secs(1))]);
    struct Outer<'a>(&'a std::collections::HashMap<String, DateTime>, Layout);
    impl Encode for Outer<'_> {
        fn encode(&self, out: &mut super::Encoder, _: &Layout) {
            out.member("M", self.0, &self.1);
        }
    }
    for (layout, expected) in [
        (
            LAYOUT,
            "<A><M xmlns=\"a\"><entry><K xmlns=\"b\">k</K><V xmlns:c=\"d\">1</V></entry></M></A>",
        ),
        (
            LAYOUT.flat(),
            "<A><M xmlns=\"a\"><K xmlns=\"b\">k</K><V xmlns:c=\"d\">1</V></M></A>",
        ),
    ] {
        let bytes = encode("A", &Outer(&entries, layout), &Layout::DEFAULT);
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
    }
}
