//! The push encoder.

use std::fmt;

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::primitive;

use super::{Encode, string};

/// Writes one JSON document from front to back into one buffer.
///
/// What generated code calls for each member is never inlined: over 300 structures that is 2.6 CPU
/// seconds of compilation instead of 4.6.
#[derive(Default)]
pub(crate) struct Encoder {
    bytes: Vec<u8>,
}

impl Encoder {
    /// Starts an empty document.
    pub(crate) fn new() -> Self {
        Self {
            bytes: Vec::with_capacity(256),
        }
    }

    /// The document as it stands.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes `null`.
    pub(crate) fn null(&mut self) {
        self.raw("null");
    }

    /// Writes `true` or `false`.
    pub(crate) fn boolean(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    /// Writes an integer.
    pub(crate) fn integer(&mut self, value: i64) {
        self.raw(primitive::Encoder::from(value).encode());
    }

    /// Writes a number, or the string `NaN`, `Infinity` or `-Infinity`.
    pub(crate) fn float(&mut self, value: f64) {
        self.float_text(value.is_finite(), primitive::Encoder::from(value));
    }

    /// Writes a number with the digits that an `f32` has, or the string `NaN`, `Infinity` or `-Infinity`.
    pub(crate) fn float32(&mut self, value: f32) {
        self.float_text(value.is_finite(), primitive::Encoder::from(value));
    }

    /// Writes a string.
    #[inline(never)]
    pub(crate) fn string(&mut self, value: &str) {
        string::write(&mut self.bytes, value);
    }

    /// Writes a timestamp. One that the format cannot tell, such as a year past 9999 as a date, is
    /// written as seconds since 1970.
    pub(crate) fn timestamp(&mut self, value: &DateTime, format: Format) {
        let text = match format {
            Format::EpochSeconds => None,
            format => value.fmt(format).ok(),
        };
        match text {
            Some(text) => self.string(&text),
            None => self.raw(&value.fmt(Format::EpochSeconds).unwrap_or_default()),
        }
    }

    /// Writes an object; its members follow.
    pub(crate) fn object(&mut self) -> ObjectEncoder<'_> {
        self.bytes.push(b'{');
        ObjectEncoder {
            out: self,
            first: true,
        }
    }

    /// Writes a list.
    pub(crate) fn list<'v, T: Encode + 'v>(&mut self, values: impl IntoIterator<Item = &'v T>) {
        self.bytes.push(b'[');
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.bytes.push(b',');
            }
            value.encode(self);
        }
        self.bytes.push(b']');
    }

    /// Writes text that is one JSON value already.
    pub(super) fn raw(&mut self, json: &str) {
        self.bytes.extend_from_slice(json.as_bytes());
    }

    fn float_text(&mut self, finite: bool, mut text: primitive::Encoder) {
        match finite {
            true => self.raw(text.encode()),
            false => self.string(text.encode()),
        }
    }
}

/// Tells nothing of the document, which may hold secrets.
impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}

/// Writes the members of an object.
#[derive(Debug)]
#[must_use = "an object lacks its closing brace until `end`"]
pub(crate) struct ObjectEncoder<'a> {
    out: &'a mut Encoder,
    first: bool,
}

impl ObjectEncoder<'_> {
    /// Writes a member, unless its value is absent.
    #[inline(never)]
    pub(crate) fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        if !value.is_absent() {
            value.encode(self.name(name));
        }
    }

    /// Writes a member that is a timestamp in a format of its own, unless it is absent.
    #[allow(dead_code, reason = "a model may have no such member")]
    pub(crate) fn timestamp<'v>(
        &mut self,
        name: &str,
        value: impl Into<Option<&'v DateTime>>,
        format: Format,
    ) {
        if let Some(value) = value.into() {
            self.name(name).timestamp(value, format);
        }
    }

    /// Ends the object.
    pub(crate) fn end(self) {
        self.out.bytes.push(b'}');
    }

    /// Writes the name of a member; its value has to follow.
    #[inline(never)]
    pub(crate) fn name(&mut self, name: &str) -> &mut Encoder {
        if !std::mem::take(&mut self.first) {
            self.out.bytes.push(b',');
        }
        self.out.string(name);
        self.out.bytes.push(b':');
        self.out
    }
}
