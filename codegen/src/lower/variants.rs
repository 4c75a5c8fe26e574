//! The names of the values of enums in Smithy models and in the official crates, which botocore's models do not have.
//!
//! A row for an enum or a value that a model does not have is ignored, because models of a service differ.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::rows;

/// The names by the ID of the service.
const TABLE: &str = include_str!("../tables/variants.json");

static ROWS: rows::Table<Variants> = LazyLock::new(|| rows::parse(TABLE));

/// The names of the values of a service, where they are not those of the values themselves.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Variants {
    /// The enums in whose names a letter after a digit is a capital: `t4g` is `T4G`.
    capitals: Vec<String>,
    /// By enum and value: the name.
    names: BTreeMap<String, BTreeMap<String, String>>,
}

impl Variants {
    /// Returns the name of a value.
    pub(super) fn name(&self, id: &str, value: &str) -> String {
        match self.names.get(id).and_then(|names| names.get(value)) {
            Some(name) => name.clone(),
            None if self.capitals.iter().any(|name| name == id) => capital_after_digit(value),
            None => value.to_owned(),
        }
    }
}

/// Returns the names of the service with an ID.
pub(super) fn of_service(id: &str) -> Variants {
    rows::of_service(&ROWS, id)
}

fn capital_after_digit(value: &str) -> String {
    let mut after_digit = false;
    let mut capital = |c: char| {
        let spelled = match after_digit {
            true => c.to_ascii_uppercase(),
            false => c,
        };
        after_digit = c.is_ascii_digit();
        spelled
    };
    value.chars().map(&mut capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::names::variant_name;

    #[test]
    fn variants_are_named_as_in_the_official_crates() {
        for (service, id, value, variant) in [
            ("EC2", "InstanceType", "a1.4xlarge", "A14xlarge"),
            ("EC2", "InstanceType", "c5n.large", "C5nLarge"),
            ("EC2", "AcceleratorName", "t4g", "T4G"),
            ("Lambda", "Runtime", "nodejs4.3-edge", "Nodejs43edge"),
            ("Lambda", "Runtime", "python3.13", "Python313"),
            ("S3", "ObjectAttributes", "ETag", "Etag"),
            (
                "SageMaker",
                "InstanceType",
                "ml.c5d.9xlarge",
                "MlC5D9Xlarge",
            ),
            ("CloudFront", "IpAddressType", "dualstack", "DualStack"),
            (
                "CloudFront",
                "DnsConfigurationStatus",
                "unknown-configuration",
                "UnknownValue",
            ),
            ("SNS", "LanguageCodeString", "ja-JP", "JpJp"),
            ("Other", "InstanceType", "a1.4xlarge", "A14xlarge"),
            ("Other", "ObjectAttributes", "ETag", "ETag"),
        ] {
            let name = of_service(service).name(id, value);
            assert_eq!(variant_name(&name), variant, "{service} {id} {value}");
        }
    }

    #[test]
    fn table_is_sound() {
        rows::checked::<Variants>(TABLE);
    }
}
