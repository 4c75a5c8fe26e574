//! The facts of the IR that the crate does not act on.

use crate::ir::{Operation, Service};
use crate::warning::{Warning, WarningKind};

/// Adds the warnings that follow from the IR alone.
pub(super) fn add(service: &mut Service) {
    let mut warnings: Vec<Warning> = service.operations.values().flat_map(of_operation).collect();
    let shapes = service.shapes.values();
    let members = shapes.flat_map(|shape| shape.kind.members());
    let members = members.filter(|it| it.default.is_some()).count();
    if members > 0 {
        warnings.push(Warning::new("shapes", WarningKind::Defaults { members }));
    }
    service.warnings.append(&mut warnings);
}

fn of_operation(operation: &Operation) -> impl Iterator<Item = Warning> {
    let checksum = operation.checksum.as_ref();
    let kinds = [
        (
            checksum.is_some_and(|checksum| checksum.required),
            WarningKind::Checksum,
        ),
        (operation.unsigned_payload, WarningKind::UnsignedPayload),
        (operation.optional_auth, WarningKind::OptionalAuth),
    ];
    let kinds = kinds.into_iter().filter(|(is, _)| *is);
    kinds.map(|(_, kind)| Warning::new(&operation.path, kind))
}
