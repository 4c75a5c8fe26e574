//! Scalars, lists, maps, and values that may be absent or are behind a pointer.

use std::collections::HashMap;

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime};

use super::{Encode, Encoder};
use crate::codec::layout::Layout;
use crate::codec::scalar::encode_scalars;

encode_scalars!(value);

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut Encoder, layout: &Layout) {
        out.list(self, layout);
    }
}

/// The order of the entries is that of their keys, so that a request does not change from call to call.
impl<K: AsRef<str>, T: Encode> Encode for HashMap<K, T> {
    fn encode(&self, out: &mut Encoder, layout: &Layout) {
        let mut entries: Vec<_> = self
            .iter()
            .map(|(key, value)| (key.as_ref(), value))
            .collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        out.map(entries, layout);
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut Encoder, layout: &Layout) {
        match self {
            Some(value) => value.encode(out, layout),
            None => out.value(""),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, out: &mut Encoder, layout: &Layout) {
        (**self).encode(out, layout);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, out: &mut Encoder, layout: &Layout) {
        (**self).encode(out, layout);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}
