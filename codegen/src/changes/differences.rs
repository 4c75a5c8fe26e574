//! What differs between a shape and what it was, without following what it is made of.

use super::What;
use crate::ir::{Constraints, Deprecated, Member, Pagination, Service, Shape, ShapeKind};

/// A difference and, where it is one of a member, the member's name.
pub(super) type Difference = (Option<String>, What);

/// The differences of two shapes; those of kind are told where a member refers to them.
pub(super) fn of_shapes(
    services: (&Service, &Service),
    old: &Shape,
    new: &Shape,
) -> Vec<Difference> {
    let mut found = Vec::new();
    if std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind) {
        found.extend(constraints(&old.constraints, &new.constraints));
    }
    match (&old.kind, &new.kind) {
        (ShapeKind::Enum(old), ShapeKind::Enum(new)) => {
            let only = |these: &[crate::ir::EnumValue], others: &[crate::ir::EnumValue]| {
                let lacks = |value: &str| others.iter().all(|other| other.value != value);
                let values = these.iter().map(|value| value.value.clone());
                values.filter(|value| lacks(value)).collect::<Vec<_>>()
            };
            let (values, gone) = (only(new, old), only(old, new));
            if !values.is_empty() {
                found.push((None, What::ValuesAdded { values }));
            }
            if !gone.is_empty() {
                found.push((None, What::ValuesRemoved { values: gone }));
            }
        }
        _ if alike(&old.kind, &new.kind) => {
            found.extend(of_members(services, old.kind.members(), new.kind.members()));
        }
        _ => {}
    }
    found
}

/// The differences of two lists of members.
pub(super) fn of_members(
    (before, now): (&Service, &Service),
    old: &[Member],
    new: &[Member],
) -> Vec<Difference> {
    let mut found = Vec::new();
    for member in new {
        let mut tell = |what| found.push((Some(member.name.clone()), what));
        let kind = describe_member(now, member);
        let Some(was) = find(old, &member.name) else {
            let required = member.required;
            tell(What::MemberAdded { kind, required });
            continue;
        };
        let from = describe_member(before, was);
        if from != kind {
            tell(What::TypeChanged { from, to: kind });
        }
        match (was.required, member.required) {
            (false, true) => tell(What::BecameRequired),
            (true, false) => tell(What::BecameOptional),
            _ => {}
        }
        if let Some(what) = deprecation(&was.deprecated, &member.deprecated) {
            tell(what);
        }
    }
    let gone = old.iter().filter(|was| find(new, &was.name).is_none());
    found.extend(gone.map(|was| (Some(was.name.clone()), What::MemberRemoved)));
    found
}

/// Whether something became deprecated, or stopped being so.
pub(super) fn deprecation(old: &Option<Deprecated>, new: &Option<Deprecated>) -> Option<What> {
    match (old, new) {
        (None, Some(_)) => Some(What::Deprecated),
        (Some(_), None) => Some(What::NoLongerDeprecated),
        _ => None,
    }
}

/// Whether the way an operation pages changed.
pub(super) fn pagination(old: &Option<Pagination>, new: &Option<Pagination>) -> Option<What> {
    let describe = |pagination: &Option<Pagination>| {
        let pagination = pagination.as_ref()?;
        let items = pagination.items.as_ref().map(|way| way.join("."));
        let mut text = format!(
            "{} -> {}",
            pagination.input_token,
            pagination.output_token.join(".")
        );
        if let Some(items) = items {
            text.push_str(": ");
            text.push_str(&items);
        }
        if let Some(size) = &pagination.page_size {
            text.push_str(", by ");
            text.push_str(size);
        }
        Some(text)
    };
    let (from, to) = (describe(old), describe(new));
    (from != to).then_some(What::PaginatorChanged { from, to })
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
        let what = What::ConstraintChanged {
            constraint,
            from,
            to,
        };
        (None, what)
    })
    .collect()
}

/// Whether two shapes are made of parts that can be compared one by one.
pub(super) fn alike(old: &ShapeKind, new: &ShapeKind) -> bool {
    use ShapeKind::{List, Map, Structure, Union};
    matches!(
        (old, new),
        (List(_), List(_))
            | (Map { .. }, Map { .. })
            | (Structure(_), Structure(_))
            | (Union(_), Union(_))
    )
}

pub(super) fn find<'a>(members: &'a [Member], name: &str) -> Option<&'a Member> {
    members.iter().find(|member| member.name == name)
}

fn describe_member(service: &Service, member: &Member) -> String {
    let format = member.timestamp_format.filter(|_| {
        matches!(
            service.shapes.get(&member.shape).map(|shape| &shape.kind),
            Some(ShapeKind::Timestamp(_))
        )
    });
    let kind = match format {
        Some(format) => format!("timestamp ({format:?})"),
        None => describe(service, &member.shape),
    };
    match member.boxed {
        true => format!("{kind}, recursive"),
        false => kind,
    }
}

/// What a shape is, as `list of string`.
fn describe(service: &Service, id: &str) -> String {
    let Some(shape) = service.shapes.get(id) else {
        return "nothing".to_owned();
    };
    match &shape.kind {
        ShapeKind::List(element) => format!("list of {}", describe(service, element)),
        ShapeKind::Map { value, .. } => format!("map of {}", describe(service, value)),
        ShapeKind::Enum(_) => format!("enum {id}"),
        ShapeKind::Union(_) => format!("union {id}"),
        ShapeKind::Structure(_) => format!("structure {id}"),
        ShapeKind::Timestamp(format) => format!("timestamp ({format:?})"),
        ShapeKind::BigInteger => "big integer".to_owned(),
        ShapeKind::BigDecimal => "big decimal".to_owned(),
        simple => format!("{simple:?}").to_lowercase(),
    }
}
