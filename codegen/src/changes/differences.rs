//! The differences between two versions of a shape, without those of the shapes it refers to.

use std::collections::{HashMap, HashSet};

use super::types::ChangeKind;
use super::{describe, impact, wire};
use crate::ir::{
    Constraints, Deprecated, EnumValue, Member, Pagination, Service, Shape, ShapeKind,
};
use crate::markup::beginning;

/// The maximum length of a pattern or default in a difference, in bytes. A shape is reported once for each path to it.
const MAX_VALUE: usize = 2000;

/// A difference between two versions of a shape.
#[derive(Debug)]
pub(super) struct Difference {
    /// The name of the member that differs, or `None` for the shape itself.
    pub(super) member: Option<String>,
    pub(super) kind: ChangeKind,
}

impl Difference {
    fn of_shape(kind: ChangeKind) -> Self {
        Self { member: None, kind }
    }

    fn of_member(member: &Member, kind: ChangeKind) -> Self {
        Self {
            member: Some(member.name.clone()),
            kind,
        }
    }
}

/// Returns the differences between two shapes. A changed type is reported by the members that refer
/// to it, not here.
pub(super) fn between_shapes(
    services: (&Service, &Service),
    old: &Shape,
    new: &Shape,
) -> Vec<Difference> {
    // Whoever adds a property decides whether it is compared.
    let Shape {
        // Not part of the interface.
        path: _,
        documentation: _,
        deprecated: _,
        sensitive: _,
        direction: _,
        // Parts of the types of members.
        sparse: _,
        streaming: _,
        element_format: _,
        // The messages.
        requires_length: _,
        media_type: _,
        xml: _,
        event_stream: _,
        kind,
        constraints: limits,
    } = new;
    let mut found = Vec::new();
    if std::mem::discriminant(&old.kind) == std::mem::discriminant(kind) {
        found.extend(constraints(&old.constraints, limits));
        found.extend(wire::elements(services, (old, new)).map(Difference::of_shape));
        if let (ShapeKind::Structure(old), ShapeKind::Structure(new)) = (&old.kind, kind) {
            found.extend(wire::error(old, new).map(Difference::of_shape));
        }
    }
    match (&old.kind, kind) {
        (ShapeKind::Enum(old), ShapeKind::Enum(new)) => {
            let (added, removed) = (values_only_in(new, old), values_only_in(old, new));
            if !added.is_empty() {
                let kind = ChangeKind::ValuesAdded { values: added };
                found.push(Difference::of_shape(kind));
            }
            if !removed.is_empty() {
                let kind = ChangeKind::ValuesRemoved { values: removed };
                found.push(Difference::of_shape(kind));
            }
            found.extend(renamed(old, new).into_iter().map(Difference::of_shape));
        }
        _ if are_comparable(&old.kind, kind) => {
            found.extend(between_members(
                services,
                old.kind.members(),
                kind.members(),
            ));
        }
        _ => {}
    }
    found
}

/// The values that `values` has and `others` does not.
fn values_only_in(values: &[EnumValue], others: &[EnumValue]) -> Vec<String> {
    let others: HashSet<&str> = others.iter().map(|it| it.value.as_str()).collect();
    let values = values.iter().map(|it| &it.value);
    let new = values.filter(|value| !others.contains(value.as_str()));
    new.cloned().collect()
}

/// The values that have another name, and so another variant.
fn renamed(old: &[EnumValue], new: &[EnumValue]) -> Vec<ChangeKind> {
    let named = old.iter().map(|it| (it.value.as_str(), &it.name));
    let old_names: HashMap<&str, &String> = named.collect();
    let renamed = new.iter().filter_map(|renamed| {
        let EnumValue {
            path: _,
            documentation: _,
            name,
            value,
        } = renamed;
        let from = *old_names.get(value.as_str())?;
        let is_other = from != name && impact::variant(from) != impact::variant(name);
        is_other.then(|| ChangeKind::ValueRenamed {
            value: value.clone(),
            from: from.clone(),
            to: name.clone(),
        })
    });
    renamed.collect()
}

/// Returns the differences between two lists of members.
pub(super) fn between_members(
    (old_service, new_service): (&Service, &Service),
    old: &[Member],
    new: &[Member],
) -> Vec<Difference> {
    let mut found = Vec::new();
    for member in new {
        let mut add = |kind| found.push(Difference::of_member(member, kind));
        let to = describe::member(new_service, member);
        let Some(before) = find_member(old, &member.name) else {
            add(ChangeKind::MemberAdded {
                type_name: to,
                required: member.required,
            });
            continue;
        };
        let from = describe::member(old_service, before);
        if from != to {
            add(ChangeKind::TypeChanged { from, to });
        }
        if let Some(kind) = wire::member((old_service, new_service), (before, member)) {
            add(kind);
        }
        between_properties(before, member).into_iter().for_each(add);
    }
    let removed = old
        .iter()
        .filter(|member| find_member(new, &member.name).is_none());
    found.extend(removed.map(|member| Difference::of_member(member, ChangeKind::MemberRemoved)));
    found
}

/// Returns the differences between the properties of two members with the same name.
fn between_properties(old: &Member, new: &Member) -> Vec<ChangeKind> {
    // Whoever adds a property decides whether it is compared.
    let Member {
        // The same for both, or documentation.
        path: _,
        name: _,
        model_name: _,
        documentation: _,
        // Parts of the type.
        shape: _,
        boxed: _,
        timestamp_format: _,
        // The messages.
        binding: _,
        host_label: _,
        // Corrections of messages by the generator.
        trimmed_prefixes: _,
        lenient: _,
        required,
        client_optional,
        default,
        added_default,
        client_default,
        idempotency_token,
        deprecated,
    } = new;
    let mut found = Vec::new();
    match (old.required, required) {
        (false, true) => found.push(ChangeKind::BecameRequired),
        (true, false) => found.push(ChangeKind::BecameOptional),
        _ => {}
    }
    let json = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    let flag = |is_set: bool| is_set.then(|| is_set.to_string());
    let properties = [
        ("default", json(&old.default), json(default)),
        (
            "added default",
            flag(old.added_default),
            flag(*added_default),
        ),
        (
            "client default",
            old.client_default.clone(),
            client_default.clone(),
        ),
        (
            "optional for clients",
            flag(old.client_optional),
            flag(*client_optional),
        ),
        (
            "idempotency token",
            flag(old.idempotency_token),
            flag(*idempotency_token),
        ),
    ];
    let changed = changed(properties).map(|(property, from, to)| ChangeKind::PropertyChanged {
        property,
        from,
        to,
    });
    found.extend(changed);
    found.extend(deprecation(&old.deprecated, deprecated));
    found
}

/// A property with its value in the older model and in the newer one.
type Property = (&'static str, Option<String>, Option<String>);

/// Returns the properties that differ, with values of limited length.
fn changed<const N: usize>(properties: [Property; N]) -> impl Iterator<Item = Property> {
    let short = |value: Option<String>| value.map(|it| beginning(&it, MAX_VALUE).to_owned());
    let differing = properties.into_iter().filter(|(_, from, to)| from != to);
    differing.map(move |(property, from, to)| (property, short(from), short(to)))
}

/// Returns the change of a deprecation, if it changed.
pub(super) fn deprecation(
    old: &Option<Deprecated>,
    new: &Option<Deprecated>,
) -> Option<ChangeKind> {
    match (old, new) {
        (None, Some(_)) => Some(ChangeKind::Deprecated),
        (Some(_), None) => Some(ChangeKind::NoLongerDeprecated),
        _ => None,
    }
}

/// Returns the change of an operation's pagination, if it changed.
pub(super) fn pagination(old: &Option<Pagination>, new: &Option<Pagination>) -> Option<ChangeKind> {
    let describe = |pagination: &Option<Pagination>| pagination.as_ref().map(describe_pagination);
    let (from, to) = (describe(old), describe(new));
    (from != to).then_some(ChangeKind::PaginatorChanged { from, to })
}

/// Describes a pagination, for example as `NextToken -> NextToken: Workspaces, by Limit`.
fn describe_pagination(pagination: &Pagination) -> String {
    let mut description = format!(
        "{} -> {}",
        pagination.input_token,
        pagination.output_token.join(".")
    );
    if let Some(items) = &pagination.items {
        description.push_str(": ");
        description.push_str(&items.join("."));
    }
    if let Some(size) = &pagination.page_size {
        description.push_str(", by ");
        description.push_str(size);
    }
    if let Some(truncated) = &pagination.truncated {
        description.push_str(", while ");
        description.push_str(truncated);
    }
    description
}

fn constraints(old: &Constraints, new: &Constraints) -> Vec<Difference> {
    let number = |number: &Option<serde_json::Number>| number.as_ref().map(ToString::to_string);
    let constraints = [
        ("min", number(&old.min), number(&new.min)),
        ("max", number(&old.max), number(&new.max)),
        ("pattern", old.pattern.clone(), new.pattern.clone()),
    ];
    let changed =
        changed(constraints).map(|(constraint, from, to)| ChangeKind::ConstraintChanged {
            constraint,
            from,
            to,
        });
    changed.map(Difference::of_shape).collect()
}

/// Whether the parts of two shapes can be compared one by one.
pub(super) fn are_comparable(old: &ShapeKind, new: &ShapeKind) -> bool {
    use ShapeKind::{List, Map, Structure, Union};
    matches!(
        (old, new),
        (List(_), List(_))
            | (Map { .. }, Map { .. })
            | (Structure(_), Structure(_))
            | (Union(_), Union(_))
    )
}

pub(super) fn find_member<'a>(members: &'a [Member], name: &str) -> Option<&'a Member> {
    members.iter().find(|member| member.name == name)
}
