//! Tables with a row for each service.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::DeserializeOwned;

/// A table, which is parsed once.
pub(super) type Table<T> = LazyLock<BTreeMap<String, T>>;

/// Parses a table.
pub(super) fn parse<T: DeserializeOwned>(table: &str) -> BTreeMap<String, T> {
    serde_json::from_str(table).unwrap_or_default()
}

/// Returns the row for the service ID `id`, or the default value if the table has no such row.
pub(super) fn of_service<T: Clone + Default>(table: &Table<T>, id: &str) -> T {
    table.get(id).cloned().unwrap_or_default()
}

/// Returns all rows, and checks that they are sorted and that each service has one.
#[cfg(test)]
pub(super) fn checked<T: DeserializeOwned>(table: &str) -> BTreeMap<String, T> {
    let rows: BTreeMap<String, T> = serde_json::from_str(table).unwrap();
    let names: Vec<String> = table
        .lines()
        .filter(|line| line.starts_with("  \""))
        .filter_map(|line| line.split('"').nth(1))
        .map(str::to_lowercase)
        .collect();
    assert_eq!(names.len(), rows.len());
    assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    rows
}
