//! A map of resources that is cheap to compile.

use std::collections::{BTreeMap, btree_map};
use std::iter::Map;
use std::ops::Bound::{Excluded, Unbounded};

/// Values by identifier, in the order of the identifiers.
///
/// A `BTreeMap` is compiled again for each type of its values, which took a third of the build of the offline service. All
/// tables use the same map from identifiers to indices of a vector.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    indices: BTreeMap<String, usize>,
    /// The values, and `None` for those that were removed.
    rows: Vec<Option<T>>,
    /// The indices of the rows that are `None`.
    free: Vec<usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Table<T> {
    pub(super) const fn new() -> Self {
        Self {
            indices: BTreeMap::new(),
            rows: Vec::new(),
            free: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.indices.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.indices.is_empty()
    }

    pub(super) fn contains_key(&self, id: &str) -> bool {
        self.indices.contains_key(id)
    }

    pub(super) fn get(&self, id: &str) -> Option<&T> {
        self.row(*self.indices.get(id)?)
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        let index = *self.indices.get(id)?;
        self.rows.get_mut(index)?.as_mut()
    }

    pub(super) fn get_key_value(&self, id: &str) -> Option<(&String, &T)> {
        let (id, index) = self.indices.get_key_value(id)?;
        Some((id, self.row(*index)?))
    }

    /// Inserts a value, and returns the previous one with the same identifier.
    pub(super) fn insert(&mut self, id: String, value: T) -> Option<T> {
        if let Some(row) = self.get_mut(&id) {
            return Some(std::mem::replace(row, value));
        }
        let index = self.free.pop().unwrap_or(self.rows.len());
        match self.rows.get_mut(index) {
            Some(row) => *row = Some(value),
            None => self.rows.push(Some(value)),
        }
        self.indices.insert(id, index);
        None
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<T> {
        let index = self.indices.remove(id)?;
        self.free.push(index);
        self.rows.get_mut(index)?.take()
    }

    /// Removes the values for which `keep` returns `false`.
    pub(super) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        let removed = self.iter().filter(|(_, value)| !keep(value));
        for id in removed.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
            self.remove(&id);
        }
    }

    pub(super) fn iter(&self) -> Rows<'_, T> {
        self.after(None)
    }

    /// Returns the rows whose identifiers are greater than `id`.
    pub(super) fn after(&self, id: Option<&str>) -> Rows<'_, T> {
        let rest = (id.map_or(Unbounded, Excluded), Unbounded);
        Rows {
            indices: self.indices.range::<str, _>(rest),
            rows: &self.rows,
        }
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&String, &mut T)> {
        let mut rows: Vec<_> = self.rows.iter_mut().map(Option::as_mut).collect();
        let indices = self.indices.iter();
        indices.filter_map(move |(id, index)| Some((id, rows.get_mut(*index)?.take()?)))
    }

    pub(super) fn values(&self) -> Values<'_, T> {
        self.iter().map(|(_, value)| value)
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.iter_mut().map(|(_, value)| value)
    }

    fn row(&self, index: usize) -> Option<&T> {
        self.rows.get(index)?.as_ref()
    }
}

/// The values of a table, in the order of their identifiers.
type Values<'a, T> = Map<Rows<'a, T>, fn((&'a String, &'a T)) -> &'a T>;

/// The rows of a table, in the order of their identifiers.
#[derive(Debug)]
pub(super) struct Rows<'a, T> {
    indices: btree_map::Range<'a, String, usize>,
    rows: &'a [Option<T>],
}

impl<T> Clone for Rows<'_, T> {
    fn clone(&self) -> Self {
        Self {
            indices: self.indices.clone(),
            rows: self.rows,
        }
    }
}

impl<'a, T> Iterator for Rows<'a, T> {
    type Item = (&'a String, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        let (id, index) = self.indices.next()?;
        Some((id, self.rows.get(*index)?.as_ref()?))
    }
}

impl<T> DoubleEndedIterator for Rows<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (id, index) = self.indices.next_back()?;
        Some((id, self.rows.get(*index)?.as_ref()?))
    }
}

impl<T> Extend<(String, T)> for Table<T> {
    fn extend<I: IntoIterator<Item = (String, T)>>(&mut self, rows: I) {
        for (id, value) in rows {
            self.insert(id, value);
        }
    }
}

impl<T> FromIterator<(String, T)> for Table<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(rows: I) -> Self {
        let mut table = Self::new();
        table.extend(rows);
        table
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_table_has_the_content_of_a_map(
            steps in prop::collection::vec((0..3_u8, "[a-d]{1,2}", any::<u8>()), 0..60),
            after in "[a-d]{0,2}",
        ) {
            let mut table = Table::new();
            let mut map = BTreeMap::new();
            for (step, id, value) in steps {
                match step {
                    0 => prop_assert_eq!(table.remove(&id), map.remove(&id)),
                    1 => {
                        table.retain(|it| *it != value);
                        map.retain(|_, it| *it != value);
                    }
                    _ => prop_assert_eq!(table.insert(id.clone(), value), map.insert(id, value)),
                }
            }
            prop_assert_eq!(table.len(), map.len());
            prop_assert!(table.iter().eq(&map));
            prop_assert!(table.after(Some(&after)).eq(map.range((Excluded(after.clone()), Unbounded))));
            prop_assert_eq!(table.get_key_value(&after), map.get_key_value(&after));
            for value in table.values_mut().chain(map.values_mut()) {
                *value = value.wrapping_add(1);
            }
            prop_assert!(table.iter_mut().eq(&mut map));
            // Rows are used again.
            let most = table.rows.len();
            prop_assert_eq!(most, table.len() + table.free.len());
        }
    }
}
