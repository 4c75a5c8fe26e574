//! Whether fields must be set, and what a change of that means for programs.

use super::impact::{Location, breaking, minor, patch};
use super::types::{ChangeKind, Impact, Side};
use crate::ir::{Member, Service};

/// The form of a field, apart from its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    /// The field is an `Option`.
    Optional,
    /// The field has a default.
    Defaulted,
    /// The method `build()` fails if the field is not set.
    Required,
}

impl Presence {
    /// Returns the form of a member's field in an output or in a structure.
    fn of(service: &Service, member: &Member) -> Self {
        let shape = service.shapes.get(&member.shape);
        match shape.is_some_and(|shape| shape.streaming) {
            // A stream is empty unless it is set.
            true => Self::Defaulted,
            false if service.is_optional(member) => Self::Optional,
            false if service.default_of(member).is_some() => Self::Defaulted,
            false => Self::Required,
        }
    }
}

impl Location<'_> {
    /// The impact of a new member of a structure.
    pub(super) fn of_new_field(&self, required: bool) -> Impact {
        match self.presences() {
            (_, Some(Presence::Required)) => breaking("new field required by build()", self.item()),
            _ if required && self.side == Side::Request => {
                minor("new field required by the service", self.item())
            }
            _ => minor("new field", self.item()),
        }
    }

    /// The impact of a change of the properties of a member that decide whether its field must be set.
    pub(super) fn of_presence(&self, kind: &ChangeKind) -> Impact {
        use Presence::{Defaulted, Optional, Required};
        let item = self.item();
        match self.presences() {
            (Some(Optional), Some(Defaulted | Required)) => {
                breaking("field no longer an Option", item)
            }
            (Some(Defaulted | Required), Some(Optional)) => breaking("field now an Option", item),
            (Some(Defaulted), Some(Required)) => breaking("field now required by build()", item),
            // Without such fields, `build()` does not return a `Result`.
            (Some(Required), Some(Defaulted)) if !self.is_fallible() => {
                breaking("build() no longer returns a Result", item)
            }
            (Some(Required), Some(Defaulted)) => minor("field no longer required by build()", item),
            _ => match kind {
                ChangeKind::BecameRequired if self.side == Side::Request => {
                    minor("field now required by the service", item)
                }
                ChangeKind::BecameOptional if self.side == Side::Request => {
                    minor("field no longer required by the service", item)
                }
                ChangeKind::PropertyChanged { .. } => patch("field with a different default", item),
                _ => patch("field with the same type", item),
            },
        }
    }

    /// The forms of the field in each model. All fields of an input are `Option`s.
    fn presences(&self) -> (Option<Presence>, Option<Presence>) {
        let (old, new) = self.services;
        let of = |service, id| {
            let member = self.member_in(service, id)?;
            Some(match self.is_input() {
                true => Presence::Optional,
                false => Presence::of(service, member),
            })
        };
        (of(old, self.types.0), of(new, self.types.1))
    }

    /// Whether a field of the structure must be set in the newer model.
    fn is_fallible(&self) -> bool {
        let service = self.services.1;
        let members = self.members_in(service, self.types.1).iter();
        members
            .map(|member| Presence::of(service, member))
            .any(|presence| presence == Presence::Required)
    }
}
