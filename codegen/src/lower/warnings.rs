//! Warnings about properties of the IR that generated crates do not support.

use crate::ir::{AuthScheme, Operation, Service};
use crate::warning::{Warning, WarningKind};

/// Adds the warnings that depend only on the IR.
pub(super) fn add(service: &mut Service) {
    let mut warnings: Vec<Warning> = service.operations.values().flat_map(of_operation).collect();
    let shapes = service.shapes.values();
    let members = shapes.flat_map(|shape| shape.kind.members());
    let members = members.filter(|it| it.default.is_some() && !service.has_zero(it));
    let members = members.count();
    if members > 0 {
        warnings.push(Warning::new("shapes", WarningKind::Defaults { members }));
    }
    service.warnings.append(&mut warnings);
}

fn of_operation(operation: &Operation) -> impl Iterator<Item = Warning> {
    let checksum = operation.checksum.as_ref();
    let kinds = [
        (
            checksum.is_some_and(|checksum| checksum.required) && !operation.needs_md5(),
            WarningKind::Checksum,
        ),
        (operation.optional_auth, WarningKind::OptionalAuth),
        (needs_other_auth(operation), WarningKind::AuthScheme),
    ];
    let kinds = kinds.into_iter().filter(|(is, _)| *is);
    kinds.map(|(_, kind)| Warning::new(&operation.path, kind))
}

/// Whether requests can be authenticated only by schemes that the crate does not support.
fn needs_other_auth(operation: &Operation) -> bool {
    use AuthScheme::{Bearer, None, Other, SigV4, SigV4a};
    let schemes = operation.auth.as_deref().unwrap_or_default();
    let supported = schemes.iter().any(|scheme| match scheme {
        SigV4 | SigV4a | None => true,
        Bearer | Other(_) => false,
    });
    !schemes.is_empty() && !supported
}
