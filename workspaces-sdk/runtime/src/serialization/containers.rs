//! Lists, maps, and values that may be null or are behind a pointer.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, Serializer};

use super::{Borrowed, Owned, Value};

impl<T: Value> Value for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Borrowed))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

pub(super) struct ListVisitor<T>(pub(super) PhantomData<T>);

impl<'de, T: Value> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut elements = Vec::new();
        while let Some(Owned(element)) = list.next_element()? {
            elements.push(element);
        }
        Ok(elements)
    }
}

/// Keys are strings or enums of strings. They are sorted, so that equal maps are equal documents.
impl<K: AsRef<str> + for<'k> From<&'k str> + Eq + Hash, T: Value> Value for HashMap<K, T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries: Vec<(&str, Borrowed<'_, T>)> = self
            .iter()
            .map(|(key, value)| (key.as_ref(), Borrowed(value)))
            .collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        serializer.collect_map(entries)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MapVisitor(PhantomData))
    }
}

pub(super) struct MapVisitor<K, T>(pub(super) PhantomData<(K, T)>);

impl<'de, K: for<'k> From<&'k str> + Eq + Hash, T: Value> Visitor<'de> for MapVisitor<K, T> {
    type Value = HashMap<K, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<HashMap<K, T>, A::Error> {
        let mut entries = HashMap::new();
        while let Some((key, Owned(value))) = map.next_entry::<String, Owned<T>>()? {
            entries.insert(K::from(&key), value);
        }
        Ok(entries)
    }
}

/// A member that may be absent, an element of a sparse list, or a value of a sparse map.
impl<T: Value> Value for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Borrowed(value)),
            None => serializer.serialize_none(),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: Option<Owned<T>> = serde::Deserialize::deserialize(deserializer)?;
        Ok(value.map(|Owned(value)| value))
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Value> Value for Box<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).write(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self::new)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn null() -> Option<Self> {
        T::null().map(Self::new)
    }
}
