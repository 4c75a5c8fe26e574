//! The constraints on inputs, for a crate with an offline service that checks them.

use std::collections::BTreeSet;

use serde_json::Number;

use crate::ir::{Constraints, Service, ShapeId, ShapeKind};

/// A row of the table: the constraint on an operation's input or on a shape that inputs contain.
#[derive(Debug)]
pub(crate) struct NamedConstraint {
    /// The name of the operation or the shape.
    pub(crate) name: String,
    pub(crate) constraint: Constraint,
}

/// A constraint on a value, by the value's kind.
#[derive(Debug)]
pub(crate) enum Constraint {
    String(Bounds),
    Blob(Bounds),
    Number(Bounds),
    OneOf(Vec<String>),
    List(Bounds, Option<ShapeId>),
    Map(Option<ShapeId>),
    Structure(Vec<MemberConstraint>),
}

/// The minimum and the maximum of a number or a length, and the pattern of a string.
#[derive(Debug, Default)]
pub(crate) struct Bounds {
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    pub(crate) pattern: Option<String>,
}

impl Bounds {
    /// Returns the bounds that are integers; the offline service does not check others.
    fn new(constraints: &Constraints) -> Self {
        Self {
            min: constraints.min.as_ref().and_then(Number::as_i64),
            max: constraints.max.as_ref().and_then(Number::as_i64),
            pattern: constraints.pattern.clone(),
        }
    }
}

/// A member that is required, or whose value has a constraint.
#[derive(Debug)]
pub(crate) struct MemberConstraint {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) shape: Option<ShapeId>,
}

/// Collects the constraints on operations and on shapes that inputs contain, sorted by name.
pub(super) fn constraints(service: &Service) -> Vec<NamedConstraint> {
    if !service.offline {
        return Vec::new();
    }
    let constrained = constrained(service);
    let row = |name: &str, id: &str| {
        let constraint = constraint(service, id, &constrained)?;
        let name = name.to_owned();
        Some(NamedConstraint { name, constraint })
    };
    let shapes = service
        .shapes
        .keys()
        .filter(|id| constrained.contains(*id) && service.is_nested(id))
        .filter_map(|id| row(id, id));
    let operations = service.operations.iter().filter_map(|(name, operation)| {
        let input = operation.input.as_ref()?;
        row(name, input)
    });
    let mut rows: Vec<NamedConstraint> = shapes.chain(operations).collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

/// Finds the input shapes that have a constraint, directly or in a shape that they contain.
fn constrained(service: &Service) -> BTreeSet<&ShapeId> {
    let mut constrained = BTreeSet::new();
    loop {
        let before = constrained.len();
        for (id, shape) in &service.shapes {
            let nested = shape.kind.references().any(|id| constrained.contains(id));
            let direct = shape.constraints != Constraints::default()
                || matches!(shape.kind, ShapeKind::Enum(_))
                || shape.kind.members().iter().any(|member| member.required);
            if shape.direction.input && (direct || nested) {
                constrained.insert(id);
            }
        }
        if constrained.len() == before {
            return constrained;
        }
    }
}

fn constraint(service: &Service, id: &str, constrained: &BTreeSet<&ShapeId>) -> Option<Constraint> {
    let shape = service.shapes.get(id)?;
    let reference = |id: &ShapeId| constrained.contains(id).then(|| id.clone());
    let bounds = Bounds::new(&shape.constraints);
    Some(match &shape.kind {
        ShapeKind::String => Constraint::String(bounds),
        ShapeKind::Blob => Constraint::Blob(bounds),
        ShapeKind::Enum(values) => {
            Constraint::OneOf(values.iter().map(|value| value.value.clone()).collect())
        }
        ShapeKind::List(element) => Constraint::List(bounds, reference(element)),
        ShapeKind::Map { value, .. } => Constraint::Map(reference(value)),
        ShapeKind::Structure(_) | ShapeKind::Union(_) => {
            let members = shape.kind.members().iter();
            let members = members.map(|member| MemberConstraint {
                name: member.name.clone(),
                required: member.required,
                shape: reference(&member.shape),
            });
            Constraint::Structure(
                members
                    .filter(|member| member.required || member.shape.is_some())
                    .collect(),
            )
        }
        _ => Constraint::Number(bounds),
    })
}
