//! Tables with a row for each service.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

/// Returns the row for the service ID `id`, or the default value if the table has no such row.
pub(super) fn of_service<T: DeserializeOwned + Default>(table: &str, id: &str) -> T {
    let mut rows: BTreeMap<String, T> = serde_json::from_str(table).unwrap_or_default();
    rows.remove(id).unwrap_or_default()
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
