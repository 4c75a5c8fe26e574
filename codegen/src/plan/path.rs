//! Paths through the fields of structures, from a structure to a value inside it.

use proc_macro2::Ident;

use super::member;
use super::types::Type;
use crate::ir::{Service, ShapeKind};

/// The fields that lead from a structure to a value, outermost first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FieldPath(Vec<Step>);

/// A field on a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) field: Ident,
    /// The field is an `Option`.
    pub(crate) optional: bool,
}

impl FieldPath {
    /// Follows `members` from the structure `from`; returns the path and the type of the value at its
    /// end, or `None` if a member is missing or is not inside a structure.
    pub(super) fn resolve(
        service: &Service,
        from: &str,
        members: &[String],
    ) -> Option<(Self, Type)> {
        let mut shape = from;
        let mut steps = Vec::with_capacity(members.len());
        for name in members {
            let ShapeKind::Structure(structure) = &service.shapes.get(shape)?.kind else {
                return None;
            };
            let member = structure.members.iter().find(|it| it.name == *name)?;
            steps.push(Step {
                field: member::name(service, shape, name),
                optional: service.is_optional(member),
            });
            shape = &member.shape;
        }
        Some((Self(steps), Type::of(service, &shape.to_owned())))
    }

    /// Like [`resolve`](Self::resolve), from an operation's input, whose fields are all `Option`s.
    pub(super) fn resolve_in_input(
        service: &Service,
        input: &str,
        members: &[String],
    ) -> Option<(Self, Type)> {
        let (mut path, ty) = Self::resolve(service, input, members)?;
        path.0.first_mut()?.optional = true;
        Some((path, ty))
    }

    /// The fields on the path.
    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The field of a path that has no other.
    pub(super) fn single_field(&self) -> Option<&Ident> {
        match self.0.as_slice() {
            [step] => Some(&step.field),
            _ => None,
        }
    }

    /// The last field on the path.
    pub(super) fn last_field(&self) -> Option<&Ident> {
        self.0.last().map(|step| &step.field)
    }
}
