//! The push encoder.

use std::fmt;

use super::Encode;
use crate::codec::layout::Layout;

/// Writes one XML document from front to back into one buffer.
///
/// A start tag stays open until content follows it, so that attributes can be added.
#[doc(hidden)]
#[derive(Default)]
pub struct Encoder {
    bytes: Vec<u8>,
    place: Place,
}

/// Where the next text goes.
#[derive(Clone, Copy, Default, PartialEq)]
enum Place {
    #[default]
    Content,
    /// After the name and the attributes of a start tag, which has no closing `>` yet.
    Tag,
    /// Into the value of an attribute.
    Attribute,
}

impl Encoder {
    /// Starts an empty document. Its root is the first [`element`](Self::element).
    pub fn new() -> Self {
        Self {
            bytes: Vec::with_capacity(256),
            place: Place::Content,
        }
    }

    /// Returns the document.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes a member of a structure unless its value is absent.
    #[inline(never)]
    pub fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T, layout: &Layout) {
        if !value.is_absent() {
            value.encode_member(self, name, layout);
        }
    }

    /// Writes a member of a structure as an attribute unless its value, a scalar, is absent. Attributes precede all other
    /// members.
    pub fn attribute<T: Encode + ?Sized>(&mut self, name: &str, value: &T, layout: &Layout) {
        if self.place == Place::Tag && !value.is_absent() {
            self.start_attribute(name);
            value.encode(self, layout);
            self.end_attribute();
        }
    }

    /// Writes an element around a value.
    #[inline(never)]
    pub fn element<T: Encode + ?Sized>(&mut self, name: &str, value: &T, layout: &Layout) {
        self.element_in(name, layout.namespace, value, layout);
    }

    /// Writes an element with this namespace around a value.
    pub(super) fn element_in<T: Encode + ?Sized>(
        &mut self,
        name: &str,
        namespace: Option<(&str, &str)>,
        value: &T,
        layout: &Layout,
    ) {
        self.start(name, namespace);
        value.encode(self, layout);
        self.end(name);
    }

    /// Begins the root element, whose attributes and members follow. The layout has its namespace.
    pub fn start_root(&mut self, name: &str, layout: &Layout) {
        self.start(name, layout.namespace);
    }

    /// Ends the root element.
    pub fn end_root(&mut self, name: &str) {
        self.end(name);
    }

    /// Writes text.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        self.close_tag();
        escape(&mut self.bytes, text);
    }

    fn start(&mut self, name: &str, namespace: Option<(&str, &str)>) {
        self.close_tag();
        self.raw("<");
        self.raw(name);
        self.place = Place::Tag;
        match namespace {
            Some(("", uri)) => self.text_attribute("xmlns", uri),
            Some((prefix, uri)) => self.text_attribute(&["xmlns:", prefix].concat(), uri),
            None => {}
        }
    }

    fn end(&mut self, name: &str) {
        self.close_tag();
        self.raw("</");
        self.raw(name);
        self.raw(">");
    }

    fn text_attribute(&mut self, name: &str, value: &str) {
        self.start_attribute(name);
        self.text(value);
        self.end_attribute();
    }

    fn start_attribute(&mut self, name: &str) {
        self.raw(" ");
        self.raw(name);
        self.raw("=\"");
        self.place = Place::Attribute;
    }

    fn end_attribute(&mut self) {
        self.raw("\"");
        self.place = Place::Tag;
    }

    fn close_tag(&mut self) {
        if self.place == Place::Tag {
            self.raw(">");
            self.place = Place::Content;
        }
    }

    fn raw(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// Appends a text with references for what has a meaning in content or in the value of an attribute, and for control
/// characters. Line breaks are references, too, because a reader changes those of Windows, and all in attributes. U+0085 and U+2028
/// are line breaks for a reader of XML 1.1.
fn escape(out: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    const NEXT_LINE: [u8; 2] = [0xc2, 0x85];
    const LINE_SEPARATOR: [u8; 3] = [0xe2, 0x80, 0xa8];
    let is_plain = |byte: &u8| {
        !matches!(
            byte,
            b'&' | b'<' | b'>' | b'"' | b'\'' | 0..0x20 | 0xc2 | 0xe2
        )
    };
    loop {
        let plain = rest.iter().take_while(|byte| is_plain(byte)).count();
        let (plain, special) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        out.extend_from_slice(plain);
        let breaks = [(&NEXT_LINE[..], "&#x85;"), (&LINE_SEPARATOR, "&#x2028;")];
        let found = breaks.iter().find_map(|(bytes, reference)| {
            special
                .strip_prefix(*bytes)
                .map(|behind| (reference, behind))
        });
        if let Some((reference, behind)) = found {
            out.extend_from_slice(reference.as_bytes());
            rest = behind;
            continue;
        }
        let Some((byte, behind)) = special.split_first() else {
            return;
        };
        match byte {
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            b'"' => out.extend_from_slice(b"&quot;"),
            b'\'' => out.extend_from_slice(b"&apos;"),
            0..0x20 => out.extend_from_slice(format!("&#x{byte:X};").as_bytes()),
            byte => out.push(*byte),
        }
        rest = behind;
    }
}

/// Shows nothing of the document, which may contain secrets.
impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}
