//! The differences between two versions of a shape, without those of the shapes it refers to.

use super::types::ChangeKind;
use super::wire;
use crate::ir::{
    Constraints, Deprecated, EnumValue, Member, Pagination, Service, Shape, ShapeKind,
    TimestampFormat,
};

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
    let mut found = Vec::new();
    if std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind) {
        found.extend(constraints(&old.constraints, &new.constraints));
        found.extend(wire::elements(services, (old, new)).map(Difference::of_shape));
    }
    match (&old.kind, &new.kind) {
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
        }
        _ if are_comparable(&old.kind, &new.kind) => {
            found.extend(between_members(
                services,
                old.kind.members(),
                new.kind.members(),
            ));
        }
        _ => {}
    }
    found
}

/// The values that `values` has and `others` does not.
fn values_only_in(values: &[EnumValue], others: &[EnumValue]) -> Vec<String> {
    let is_new = |value: &&EnumValue| others.iter().all(|other| other.value != value.value);
    let new = values.iter().filter(is_new);
    new.map(|value| value.value.clone()).collect()
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
        let to = describe_member(new_service, member);
        let Some(before) = find_member(old, &member.name) else {
            add(ChangeKind::MemberAdded {
                type_name: to,
                required: member.required,
            });
            continue;
        };
        let from = describe_member(old_service, before);
        if from != to {
            add(ChangeKind::TypeChanged { from, to });
        }
        if let Some(kind) = wire::member((old_service, new_service), (before, member)) {
            add(kind);
        }
        match (before.required, member.required) {
            (false, true) => add(ChangeKind::BecameRequired),
            (true, false) => add(ChangeKind::BecameOptional),
            _ => {}
        }
        if let Some(kind) = deprecation(&before.deprecated, &member.deprecated) {
            add(kind);
        }
    }
    let removed = old
        .iter()
        .filter(|member| find_member(new, &member.name).is_none());
    found.extend(removed.map(|member| Difference::of_member(member, ChangeKind::MemberRemoved)));
    found
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
    description
}

fn constraints(old: &Constraints, new: &Constraints) -> Vec<Difference> {
    let number = |number: &Option<serde_json::Number>| number.as_ref().map(ToString::to_string);
    [
        ("min", number(&old.min), number(&new.min)),
        ("max", number(&old.max), number(&new.max)),
        ("pattern", old.pattern.clone(), new.pattern.clone()),
    ]
    .into_iter()
    .filter(|(_, from, to)| from != to)
    .map(|(constraint, from, to)| {
        Difference::of_shape(ChangeKind::ConstraintChanged {
            constraint,
            from,
            to,
        })
    })
    .collect()
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

/// Describes the type of a member.
fn describe_member(service: &Service, member: &Member) -> String {
    let description = describe_shape(service, &member.shape, member.timestamp_format);
    match member.boxed {
        true => format!("{description}, recursive"),
        false => description,
    }
}

/// Describes a shape, for example as `list of string`. `format` is that of the reference to a timestamp.
fn describe_shape(service: &Service, id: &str, format: Option<TimestampFormat>) -> String {
    let Some(shape) = service.shapes.get(id) else {
        return "nothing".to_owned();
    };
    let inner = |id| describe_shape(service, id, shape.element_format);
    match &shape.kind {
        ShapeKind::List(element) => format!("list of {}", inner(element)),
        ShapeKind::Map { value, .. } => format!("map of {}", inner(value)),
        ShapeKind::Enum(_) => format!("enum {id}"),
        ShapeKind::Union(_) => format!("union {id}"),
        ShapeKind::Structure(_) => format!("structure {id}"),
        ShapeKind::Timestamp(of_shape) => {
            let format = format.or(*of_shape);
            let format = format.unwrap_or_else(|| service.protocol.timestamp_format());
            format!("timestamp ({format:?})")
        }
        ShapeKind::BigInteger => "big integer".to_owned(),
        ShapeKind::BigDecimal => "big decimal".to_owned(),
        simple => format!("{simple:?}").to_lowercase(),
    }
}
