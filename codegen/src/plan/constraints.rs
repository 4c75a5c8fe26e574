//! What inputs must meet, for a crate that answers them itself.

use std::collections::BTreeSet;

use crate::ir::{Constraints, Service, ShapeId, ShapeKind};

/// A row of the table: an operation's input, or a shape that an input leads to.
#[derive(Debug)]
pub(crate) struct Constraint {
    /// The name of the operation or of the shape.
    pub(crate) name: String,
    pub(crate) demand: Demand,
}

/// What is demanded of a value.
#[derive(Debug)]
pub(crate) enum Demand {
    Text(Constraints),
    Number(Constraints),
    OneOf(Vec<String>),
    List(Constraints, Option<ShapeId>),
    Map(Option<ShapeId>),
    Members(Vec<MemberDemand>),
}

/// A member that must be there, or whose value must meet something.
#[derive(Debug)]
pub(crate) struct MemberDemand {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) shape: Option<ShapeId>,
}

/// The rows for all shapes that demand something, and then for the operations.
pub(super) fn constraints(service: &Service) -> Vec<Constraint> {
    if !service.offline {
        return Vec::new();
    }
    let demanding = demanding(service);
    let nested = super::types::nested(service);
    let row = |name: &str, id: &str| {
        let demand = demand(service, id, &demanding)?;
        let name = name.to_owned();
        Some(Constraint { name, demand })
    };
    let sent = service
        .shapes
        .keys()
        .filter(|id| demanding.contains(*id) && nested.contains(id.as_str()))
        .filter_map(|id| row(id, id));
    let operations = service.operations.iter().filter_map(|(name, operation)| {
        let input = operation.input.as_ref()?;
        row(name, input)
    });
    let mut rows: Vec<Constraint> = sent.chain(operations).collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

/// The shapes that are sent and that demand something, themselves or further inside.
fn demanding(service: &Service) -> BTreeSet<&ShapeId> {
    let mut demanding = BTreeSet::new();
    loop {
        let before = demanding.len();
        for (id, shape) in &service.shapes {
            let inside = shape.kind.references().any(|id| demanding.contains(id));
            let itself = shape.constraints != Constraints::default()
                || matches!(shape.kind, ShapeKind::Enum(_))
                || shape.kind.members().iter().any(|member| member.required);
            if shape.direction.input && (itself || inside) {
                demanding.insert(id);
            }
        }
        if demanding.len() == before {
            return demanding;
        }
    }
}

fn demand(service: &Service, id: &str, demanding: &BTreeSet<&ShapeId>) -> Option<Demand> {
    let shape = service.shapes.get(id)?;
    let known = |id: &ShapeId| demanding.contains(id).then(|| id.clone());
    let constraints = shape.constraints.clone();
    Some(match &shape.kind {
        ShapeKind::String | ShapeKind::Blob => Demand::Text(constraints),
        ShapeKind::Enum(values) => {
            Demand::OneOf(values.iter().map(|value| value.value.clone()).collect())
        }
        ShapeKind::List(element) => Demand::List(constraints, known(element)),
        ShapeKind::Map { value, .. } => Demand::Map(known(value)),
        ShapeKind::Structure(_) | ShapeKind::Union(_) => {
            let members = shape.kind.members().iter();
            let members = members.map(|member| MemberDemand {
                name: member.name.clone(),
                required: member.required,
                shape: known(&member.shape),
            });
            Demand::Members(
                members
                    .filter(|member| member.required || member.shape.is_some())
                    .collect(),
            )
        }
        _ => Demand::Number(constraints),
    })
}
