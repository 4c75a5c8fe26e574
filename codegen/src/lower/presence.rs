//! Which members are `Option`s in the official crates, and the defaults of the others, where botocore's models do not say.
//!
//! The rows are facts of the Smithy models of the services and of the types in the official crates. A row for a shape or member
//! that a model does not have is ignored, because models of a service differ.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::rows;
use crate::ir::{Member, Service};

/// The facts by the ID of the service.
const TABLE: &str = include_str!("../tables/presence.json");

static ROWS: rows::Table<Presence> = LazyLock::new(|| rows::parse(TABLE));

/// The facts about the members of a service. Members are written as `Shape.Member`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Presence {
    /// The numbers and booleans whose members are zero or false if they are not set.
    zeros: Vec<String>,
    /// Members of the shapes in `zeros` that have no default, or `*` for all members of the service.
    no_default: Vec<String>,
    /// The defaults of other members.
    defaults: BTreeMap<String, Value>,
    /// Members whose default was added later, so that clients send it.
    added: Vec<String>,
    /// Required members that clients may omit, or `*` for all.
    optional: Vec<String>,
    /// Lists and maps that can contain null.
    sparse: Vec<String>,
}

impl Presence {
    /// Applies the facts about a member, given the type of its value.
    pub(super) fn apply_to(&self, structure: &str, member: &mut Member, kind: &str) {
        let name = format!("{structure}.{}", member.model_name);
        let is_in = |names: &[String]| names.contains(&name);
        let are_all = self.optional.iter().any(|name| name == "*");
        member.client_optional = is_in(&self.optional) || (are_all && member.required);
        member.added_default = is_in(&self.added);
        if self.zeros.contains(&member.shape) && !is_in(&self.no_default) {
            member.default = match kind {
                "boolean" => Some(false.into()),
                _ => Some(0.into()),
            };
        }
        if let Some(value) = self.defaults.get(&name) {
            member.default = Some(value.clone());
        }
    }

    /// Whether a list or map can contain null.
    pub(super) fn is_sparse(&self, shape: &str) -> bool {
        self.sparse.iter().any(|name| name == shape)
    }
}

/// Returns the facts about the service with an ID.
pub(super) fn of_service(id: &str) -> Presence {
    rows::of_service(&ROWS, id)
}

/// Removes the defaults of a service whose official crate has none, which Smithy models have, too.
pub(super) fn remove_defaults(service: &mut Service) {
    let presence = of_service(&service.id);
    if presence.no_default.iter().any(|name| name == "*") {
        let members = service.shapes.values_mut();
        let members = members.flat_map(|shape| shape.kind.members_mut());
        members.for_each(|member| member.default = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_apply_to_their_members() {
        use serde_json::json;
        let step = "LinearConfiguration.stepBakeTimeInMinutes";
        for (service, name, shape, required, default, flags) in [
            ("ECS", "Service.x", "Integer", false, json!(0), ""),
            ("ECS", "Service.x", "Boolean", true, json!(false), ""),
            ("ECS", "Service.x", "Other", false, json!(null), ""),
            ("ECS", "Scale.value", "Double", false, json!(0), ""),
            ("ECS", step, "Integer", false, json!(null), ""),
            (
                "CloudFront",
                "LoggingConfig.Bucket",
                "S",
                false,
                json!(""),
                "+",
            ),
            (
                "CloudFront",
                "ViewerMtlsConfig.Mode",
                "S",
                false,
                json!("required"),
                "",
            ),
            ("CloudFormation", "Stack.x", "S", true, json!(null), "?"),
            ("CloudFormation", "Stack.x", "S", false, json!(null), ""),
            ("RDS", "Filter.Name", "S", true, json!(null), "?"),
            ("RDS", "Stack.Name", "S", true, json!(null), ""),
            ("Other", "Service.x", "Integer", false, json!(null), ""),
        ] {
            let (structure, model_name) = name.split_once('.').unwrap();
            let mut member = Member {
                model_name: model_name.to_owned(),
                shape: shape.to_owned(),
                required,
                ..Member::default()
            };
            let kind = shape.to_lowercase();
            of_service(service).apply_to(structure, &mut member, &kind);
            let found = match (member.added_default, member.client_optional) {
                (true, false) => "+",
                (false, true) => "?",
                (false, false) => "",
                (true, true) => "+?",
            };
            assert_eq!(found, flags, "{service} {name}");
            assert_eq!(
                member.default.unwrap_or_default(),
                default,
                "{service} {name}"
            );
        }
        assert!(of_service("Support").is_sparse("StringList"));
        assert!(!of_service("Other").is_sparse("StringList"));
    }

    #[test]
    fn table_is_sound() {
        for (service, facts) in &rows::checked::<Presence>(TABLE) {
            let Presence {
                no_default,
                defaults,
                added,
                optional,
                ..
            } = facts;
            let names = [no_default, added, optional].into_iter().flatten();
            let mut names = names.chain(defaults.keys());
            let wrong = names.find(|name| name.split('.').count() != 2 && *name != "*");
            assert_eq!(wrong, None, "{service}");
            let without = added.iter().find(|name| !defaults.contains_key(*name));
            assert_eq!(without, None, "{service}");
        }
    }

    /// In Smithy models, too.
    #[test]
    fn members_of_ec2_have_no_default() {
        for (id, has_default) in [("EC2", false), ("Other", true)] {
            let member = |default: bool| {
                let mut traits = serde_json::json!({});
                if default {
                    traits["smithy.api#default"] = 0.into();
                }
                serde_json::json!({"target": "smithy.api#Integer", "traits": traits})
            };
            let model = serde_json::json!({"smithy": "2.0", "shapes": {
                "x#A": {"type": "service", "version": "1", "operations": [{"target": "x#Get"}], "traits": {
                    "aws.api#service": {"sdkId": id}, "aws.auth#sigv4": {"name": "a"}, "aws.protocols#ec2Query": {},
                    "smithy.api#xmlNamespace": {"uri": "https://example.com/"},
                }},
                "x#Get": {"type": "operation", "input": {"target": "x#In"}, "output": {"target": "smithy.api#Unit"}},
                "x#In": {"type": "structure", "members": {"Size": member(true), "Count": member(false)}},
            }});
            let file = crate::ModelFile {
                name: "model.json".to_owned(),
                bytes: model.to_string().into_bytes(),
            };
            let mut faults = crate::diagnostic::Faults::default();
            let service = crate::lower::lower(&crate::ModelFiles::new(file), None, &mut faults);
            assert!(faults.is_empty(), "{faults:?}");
            let service = service.unwrap();
            let members = service.members(Some("In")).iter();
            let defaults: Vec<bool> = members.map(|member| member.default.is_some()).collect();
            assert_eq!(defaults, [has_default, false], "{id}");
        }
    }
}
