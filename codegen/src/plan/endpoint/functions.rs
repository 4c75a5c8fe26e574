//! Which functions of the runtime planned rules call.

use std::collections::BTreeSet;

use super::{Condition, Endpoints, Kind, Rule, Then, Value};

impl Endpoints {
    /// Whether a rule asks for a partition.
    pub(crate) fn has_partitions(&self) -> bool {
        self.functions.contains(PARTITION)
    }
}

/// The function that looks into the table of partitions.
pub(crate) const PARTITION: &str = "partition";

impl Rule {
    /// Adds the names of the runtime's functions that the rule calls.
    pub(super) fn functions(&self, found: &mut BTreeSet<&'static str>) {
        for condition in &self.conditions {
            let (Condition::Holds(value) | Condition::Is(_, value)) = condition;
            value.functions(found);
        }
        match &self.then {
            Then::Rules(rules) => rules.iter().for_each(|rule| rule.functions(found)),
            Then::Endpoint {
                url,
                signing_region,
                ..
            } => {
                url.functions(found);
                signing_region
                    .iter()
                    .for_each(|region| region.functions(found));
            }
            Then::Error(message) => message.functions(found),
        }
    }
}

impl Value {
    fn functions(&self, found: &mut BTreeSet<&'static str>) {
        let (name, of) = match &self.kind {
            Kind::Partition(of) => (Some(PARTITION), of),
            Kind::ParseArn(of) => (Some("parse_arn"), of),
            Kind::ParseUrl(of) => (Some("parse_url"), of),
            Kind::UriEncode(of) => (Some("uri_encode"), of),
            Kind::IsValidHostLabel(of, _) => (Some("is_valid_host_label"), of),
            Kind::Substring(of, ..) => (Some("substring"), of),
            Kind::Field(of, _) | Kind::Element(of, ..) | Kind::IsSome(of) | Kind::Not(of) => {
                (None, of)
            }
            Kind::Equal(left, right) => {
                left.functions(found);
                (None, right)
            }
            Kind::Format(_, values) => {
                return values.iter().for_each(|value| value.functions(found));
            }
            _ => return,
        };
        found.extend(name);
        of.functions(found);
    }
}
