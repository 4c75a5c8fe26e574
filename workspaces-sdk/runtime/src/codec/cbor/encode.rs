//! The push encoder.

use std::fmt;

use aws_smithy_types::DateTime;

use super::Encode;

/// The major types of data items, in the upper three bits of their first byte.
pub(super) mod major {
    pub(in super::super) const UNSIGNED: u8 = 0 << 5;
    pub(in super::super) const NEGATIVE: u8 = 1 << 5;
    pub(in super::super) const BYTES: u8 = 2 << 5;
    pub(in super::super) const TEXT: u8 = 3 << 5;
    pub(in super::super) const LIST: u8 = 4 << 5;
    pub(in super::super) const MAP: u8 = 5 << 5;
    pub(in super::super) const TAG: u8 = 6 << 5;
    pub(in super::super) const SIMPLE: u8 = 7 << 5;
}

/// The first bytes of values of the major type 7, and the byte that ends a list, a map or a string without a length.
pub(super) mod simple {
    pub(in super::super) const FALSE: u8 = 0xF4;
    pub(in super::super) const TRUE: u8 = 0xF5;
    pub(in super::super) const NULL: u8 = 0xF6;
    pub(in super::super) const UNDEFINED: u8 = 0xF7;
    pub(in super::super) const FLOAT16: u8 = 0xF9;
    pub(in super::super) const FLOAT32: u8 = 0xFA;
    pub(in super::super) const FLOAT64: u8 = 0xFB;
    pub(in super::super) const BREAK: u8 = 0xFF;
}

/// The tags of numbers, see the sections 3.4.2 to 3.4.4 of RFC 8949.
pub(super) mod tag {
    pub(in super::super) const EPOCH_SECONDS: u64 = 1;
    pub(in super::super) const BIG: u64 = 2;
    pub(in super::super) const NEGATIVE_BIG: u64 = 3;
    pub(in super::super) const DECIMAL: u64 = 4;
}

/// Writes one document from front to back into one buffer. Numbers and lengths have their shortest form.
///
/// The functions that generated code calls for each member are never inlined, as in the codec of JSON.
#[doc(hidden)]
pub struct Encoder {
    bytes: Vec<u8>,
}

impl Encoder {
    /// Starts an empty document.
    pub fn new() -> Self {
        Self {
            bytes: Vec::with_capacity(256),
        }
    }

    /// Returns the document.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.bytes.push(simple::NULL);
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.bytes.push(match value {
            true => simple::TRUE,
            false => simple::FALSE,
        });
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        match u64::try_from(value) {
            Ok(value) => self.head(major::UNSIGNED, value),
            // The argument is -1 - value, which is the complement.
            Err(_) => self.head(major::NEGATIVE, !value as u64),
        }
    }

    /// Writes a float in 32 bits if these have the same value, otherwise in 64 bits.
    pub fn float(&mut self, value: f64) {
        let narrow = value as f32;
        if f64::from(narrow) == value || value.is_nan() {
            return self.float32(narrow);
        }
        self.bytes.push(simple::FLOAT64);
        self.bytes.extend_from_slice(&value.to_be_bytes());
    }

    /// Writes a float in 32 bits.
    pub fn float32(&mut self, value: f32) {
        self.bytes.push(simple::FLOAT32);
        self.bytes.extend_from_slice(&value.to_be_bytes());
    }

    /// Writes a text string.
    #[inline(never)]
    pub fn string(&mut self, value: &str) {
        self.head(major::TEXT, value.len() as u64);
        self.bytes.extend_from_slice(value.as_bytes());
    }

    /// Writes a byte string.
    pub fn blob(&mut self, value: &[u8]) {
        self.head(major::BYTES, value.len() as u64);
        self.bytes.extend_from_slice(value);
    }

    /// Writes a timestamp, which the protocol represents to the millisecond. What is left of it is cut off.
    pub fn timestamp(&mut self, value: &DateTime) {
        self.head(major::TAG, tag::EPOCH_SECONDS);
        match value.subsec_nanos() / 1_000_000 {
            0 => self.integer(value.secs()),
            millis => self.float(value.secs() as f64 + f64::from(millis) / 1e3),
        }
    }

    /// Begins a map. Its members follow.
    pub fn object(&mut self) -> ObjectEncoder<'_> {
        let start = self.bytes.len();
        self.bytes.push(major::MAP);
        ObjectEncoder {
            out: self,
            start,
            len: 0,
        }
    }

    /// Writes a list.
    pub fn list<T: Encode>(&mut self, values: &[T]) {
        self.head(major::LIST, values.len() as u64);
        for value in values {
            value.encode(self);
        }
    }

    /// Writes the head of a data item: its major type and its argument, such as a length.
    #[inline]
    pub(super) fn head(&mut self, major: u8, argument: u64) {
        match argument {
            0..24 => self.bytes.push(major | argument as u8),
            _ => self.long_head(major, argument),
        }
    }

    fn long_head(&mut self, major: u8, argument: u64) {
        let (head, len) = long_head(major, argument);
        self.bytes
            .extend_from_slice(head.get(..len).unwrap_or_default());
    }
}

/// Returns a head whose argument is not in its first byte, and its length.
fn long_head(major: u8, argument: u64) -> ([u8; 9], usize) {
    let (info, width) = match argument {
        0..0x100 => (24, 1),
        0x100..0x1_0000 => (25, 2),
        0x1_0000..0x1_0000_0000 => (26, 4),
        _ => (27, 8),
    };
    let mut head = [0; 9];
    let bytes = argument.to_be_bytes().into_iter().skip(8 - width);
    let bytes = std::iter::once(major | info).chain(bytes);
    for (place, byte) in head.iter_mut().zip(bytes) {
        *place = byte;
    }
    (head, 1 + width)
}

impl Default for Encoder {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows nothing of the document, which may contain secrets.
impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}

/// Writes the members of a map.
#[doc(hidden)]
#[derive(Debug)]
#[must_use = "the map has no length until `end` is called"]
pub struct ObjectEncoder<'a> {
    out: &'a mut Encoder,
    /// The position of the head.
    start: usize,
    len: u64,
}

impl ObjectEncoder<'_> {
    /// Writes a member unless its value is absent.
    #[inline(never)]
    pub fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        if !value.is_absent() {
            value.encode(self.name(name));
        }
    }

    /// Ends the map: writes its length in the head, which has one byte for most structures.
    pub fn end(self) {
        let bytes = &mut self.out.bytes;
        if self.len < 24 {
            if let Some(head) = bytes.get_mut(self.start) {
                *head |= self.len as u8;
            }
            return;
        }
        let (head, len) = long_head(major::MAP, self.len);
        bytes.splice(self.start..=self.start, head.into_iter().take(len));
    }

    /// Writes the name of a member. The caller must write its value next.
    #[inline(never)]
    pub fn name(&mut self, name: &str) -> &mut Encoder {
        self.len += 1;
        self.out.string(name);
        self.out
    }
}
