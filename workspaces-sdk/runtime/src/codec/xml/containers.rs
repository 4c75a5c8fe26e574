//! Lists, maps, and values behind a pointer.

use std::collections::HashMap;
use std::hash::Hash;

use super::{Decode, Decoder};
use crate::codec::error::{DecodeError, Segment};
use crate::codec::layout::Layout;

/// Each child of the element is an element of the list, whatever its name is. The elements of a flat list are children of
/// the structure that the list is a member of.
impl<T: Decode> Decode for Vec<T> {
    fn decode(input: &mut Decoder<'_>, layout: &Layout) -> Result<Self, DecodeError> {
        let mut elements = Self::new();
        if layout.is_flat {
            push(&mut elements, input, layout)?;
            return Ok(elements);
        }
        while input.child()?.is_some() {
            push(&mut elements, input, layout)?;
        }
        Ok(elements)
    }

    fn decode_into(
        slot: &mut Option<Self>,
        input: &mut Decoder<'_>,
        layout: &Layout,
    ) -> Result<(), DecodeError> {
        match slot {
            Some(elements) if layout.is_flat => push(elements, input, layout),
            slot => {
                *slot = Some(Self::decode(input, layout)?);
                Ok(())
            }
        }
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::new())
    }
}

fn push<T: Decode>(
    elements: &mut Vec<T>,
    input: &mut Decoder<'_>,
    layout: &Layout,
) -> Result<(), DecodeError> {
    let index = elements.len();
    let element =
        T::decode(input, layout.inner()).map_err(|error| error.within(Segment::Index(index)))?;
    if index == elements.capacity() {
        elements.reserve_exact(input.list_room(index, size_of::<T>())?);
    }
    elements.push(element);
    Ok(())
}

/// Keys are strings or enums of strings. The entries of a flat map are children of the structure that the map is a member
/// of.
impl<K: for<'k> From<&'k str> + Eq + Hash, T: Decode> Decode for HashMap<K, T> {
    fn decode(input: &mut Decoder<'_>, layout: &Layout) -> Result<Self, DecodeError> {
        let mut entries = Self::new();
        if layout.is_flat {
            insert(&mut entries, input, layout)?;
            return Ok(entries);
        }
        while let Some(name) = input.child()? {
            if name == layout.entry {
                insert(&mut entries, input, layout)?;
            } else {
                input.skip()?;
            }
        }
        Ok(entries)
    }

    fn decode_into(
        slot: &mut Option<Self>,
        input: &mut Decoder<'_>,
        layout: &Layout,
    ) -> Result<(), DecodeError> {
        match slot {
            Some(entries) if layout.is_flat => insert(entries, input, layout),
            slot => {
                *slot = Some(Self::decode(input, layout)?);
                Ok(())
            }
        }
    }

    fn missing(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self::new())
    }
}

fn insert<K: for<'k> From<&'k str> + Eq + Hash, T: Decode>(
    entries: &mut HashMap<K, T>,
    input: &mut Decoder<'_>,
    layout: &Layout,
) -> Result<(), DecodeError> {
    let (key, value) = entry(input, layout).map_err(|error| error.within(Segment::Entry))?;
    if entries.len() == entries.capacity() {
        input.map_room(entries.capacity(), size_of::<(K, T)>())?;
    }
    entries.insert(key, value);
    Ok(())
}

fn entry<K: for<'k> From<&'k str>, T: Decode>(
    input: &mut Decoder<'_>,
    layout: &Layout,
) -> Result<(K, T), DecodeError> {
    let (mut key, mut value) = (None, None);
    while let Some(name) = input.child()? {
        if name == layout.key {
            key = Some(K::from(&input.text()?));
        } else if name == layout.value {
            value = Some(T::decode(input, layout.inner())?);
        } else {
            input.skip()?;
        }
    }
    match key {
        Some(key) => Ok((key, input.required(value)?)),
        None => Err(input.expected_but("the key of an entry", "none")),
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(input: &mut Decoder<'_>, layout: &Layout) -> Result<Self, DecodeError> {
        input.box_room(size_of::<T>())?;
        T::decode(input, layout).map(Self::new)
    }

    fn missing(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.box_room(size_of::<T>())?;
        T::missing(input).map(Self::new)
    }
}
