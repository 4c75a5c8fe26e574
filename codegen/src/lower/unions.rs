//! The unions that botocore's models do not mark as such.

use crate::source::Entries;

/// Structures by service, established from the same services' Smithy models.
const UNIONS: &str = include_str!("../tables/unions.json");

/// The names of structures of a service that are unions.
pub(super) fn of_service(id: &str) -> Vec<String> {
    table()
        .and_then(|table| super::find(&table, id).cloned())
        .unwrap_or_default()
}

fn table() -> Option<Entries<Vec<String>>> {
    serde_json::from_str(UNIONS).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sound() {
        assert!(table().is_some());
        assert_eq!(of_service("DynamoDB"), ["AttributeValue"]);
        assert!(of_service("WorkSpaces").is_empty());
    }
}
