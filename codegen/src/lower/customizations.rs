//! What the official crates know about single services, beyond their models.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The customizations by the ID of the service.
const TABLE: &str = include_str!("../tables/services.json");

/// The customizations of a service. The default has none.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Customizations {
    /// The structures that are unions in Smithy models, which botocore's model does not mark.
    pub(super) unions: Vec<String>,
    /// By enum and value: the names of values in Smithy models, which botocore's model does not have.
    pub(super) variants: BTreeMap<String, BTreeMap<String, String>>,
}

/// Returns the customizations of the service with an ID.
pub(super) fn of_service(id: &str) -> Customizations {
    table().remove(id).unwrap_or_default()
}

fn table() -> BTreeMap<String, Customizations> {
    serde_json::from_str(TABLE).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sound() {
        serde_json::from_str::<BTreeMap<String, Customizations>>(TABLE).unwrap();
        assert_eq!(of_service("DynamoDB").unions, ["AttributeValue"]);
        assert!(of_service("WorkSpaces").unions.is_empty());
    }
}
