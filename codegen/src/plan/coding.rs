//! The directions of its codec that a type needs.

use crate::ir::{Service, Shape};

/// Whether a type implements one direction of the codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Always,
    /// Only for the offline service, which decodes requests and encodes responses, and for its tests.
    Offline,
    Never,
}

impl Coding {
    /// Returns the direction of a type that a client needs or does not need.
    pub(super) fn of(service: &Service, needed: bool) -> Self {
        match (needed, service.offline) {
            (true, _) => Self::Always,
            (false, true) => Self::Offline,
            (false, false) => Self::Never,
        }
    }

    /// Returns whether a nested type is decoded. In JSON, each one is, because each has the method `deserialize` of the
    /// official crates.
    pub(super) fn of_nested(service: &Service, shape: &Shape) -> Self {
        match service.protocol.has_xml() {
            true => Self::of(service, shape.direction.output),
            false => Self::Always,
        }
    }
}
