//! The encoding of scalars, lists, maps, and values that may be absent or are behind a pointer.

use std::collections::HashMap;

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime};

use super::{Encode, Encoder};
use crate::codec::layout::Layout;
use crate::codec::scalar::encode_scalars;

encode_scalars!(text);

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut Encoder, layout: &Layout) {
        for element in self {
            out.element(layout.element, element, layout.inner());
        }
    }

    fn encode_member(&self, out: &mut Encoder, name: &str, layout: &Layout) {
        if !layout.is_flat {
            return out.element(name, self, layout);
        }
        for element in self {
            out.element(name, element, layout.inner());
        }
    }
}

/// An entry of a map.
struct Entry<'a, T>(&'a str, &'a T);

impl<T: Encode> Encode for Entry<'_, T> {
    fn encode(&self, out: &mut Encoder, layout: &Layout) {
        out.element_in(layout.key, layout.key_namespace, self.0, &Layout::DEFAULT);
        out.element(layout.value, self.1, layout.inner());
    }
}

/// The entries of a map, in the order of their keys, so that a request does not change from call to call.
fn entries<K: AsRef<str>, T>(map: &HashMap<K, T>) -> Vec<Entry<'_, T>> {
    let mut entries: Vec<_> = map
        .iter()
        .map(|(key, value)| Entry(key.as_ref(), value))
        .collect();
    entries.sort_unstable_by_key(|Entry(key, _)| *key);
    entries
}

impl<K: AsRef<str>, T: Encode> Encode for HashMap<K, T> {
    fn encode(&self, out: &mut Encoder, layout: &Layout) {
        let entry = layout.without_namespace();
        for pair in entries(self) {
            out.element(layout.entry, &pair, &entry);
        }
    }

    fn encode_member(&self, out: &mut Encoder, name: &str, layout: &Layout) {
        if !layout.is_flat {
            return out.element(name, self, layout);
        }
        for pair in entries(self) {
            out.element(name, &pair, layout);
        }
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut Encoder, layout: &Layout) {
        if let Some(value) = self {
            value.encode(out, layout);
        }
    }

    fn encode_member(&self, out: &mut Encoder, name: &str, layout: &Layout) {
        if let Some(value) = self {
            value.encode_member(out, name, layout);
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// Implements `Encode` for a pointer.
macro_rules! pointer {
    ($([$($parameters:tt)*] $type:ty;)*) => {
        $(
            impl<$($parameters)*> Encode for $type {
                fn encode(&self, out: &mut Encoder, layout: &Layout) {
                    (**self).encode(out, layout);
                }

                fn encode_member(&self, out: &mut Encoder, name: &str, layout: &Layout) {
                    (**self).encode_member(out, name, layout);
                }

                fn is_absent(&self) -> bool {
                    (**self).is_absent()
                }
            }
        )*
    };
}

pointer! {
    [T: Encode + ?Sized] &T;
    [T: Encode] Box<T>;
}
