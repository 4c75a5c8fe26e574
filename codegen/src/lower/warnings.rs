//! Warnings about properties of the IR that generated crates do not support.

use crate::ir::{AuthScheme, Operation, Service};
use crate::warning::{Warning, WarningKind};

/// Adds the warnings that depend only on the IR.
pub(super) fn add(service: &mut Service) {
    let mut warnings: Vec<Warning> = {
        let operations = service.operations.values();
        operations
            .flat_map(|it| of_operation(service, it))
            .collect()
    };
    if service.operations.values().any(|it| it.auth.is_none()) {
        let auth = unsupported_auth(&service.auth);
        warnings.extend(auth.map(|kind| Warning::new("service", kind)));
    }
    service.warnings.append(&mut warnings);
}

fn of_operation(service: &Service, operation: &Operation) -> impl Iterator<Item = Warning> {
    let checksum = operation.checksum.as_ref();
    let algorithm = checksum.and_then(|it| it.request_algorithm_member.as_deref());
    let header = algorithm.and_then(|member| service.header_of(operation, member));
    let has_checksum = operation.needs_md5() || header.is_some();
    let kinds = [(
        checksum.is_some_and(|checksum| checksum.required) && !has_checksum,
        WarningKind::Checksum,
    )];
    let kinds = kinds.into_iter().filter(|(is, _)| *is);
    let auth = unsupported_auth(operation.auth.as_deref().unwrap_or_default());
    let kinds = kinds.map(|(_, kind)| kind).chain(auth);
    kinds.map(|kind| Warning::new(&operation.path, kind))
}

/// Returns the warning about schemes none of which the crate supports.
fn unsupported_auth(schemes: &[AuthScheme]) -> Option<WarningKind> {
    use AuthScheme::{Bearer, None as NoAuth, Other, SigV4, SigV4a};
    let is_supported = |scheme: &AuthScheme| match scheme {
        SigV4 | Bearer | NoAuth => true,
        SigV4a | Other(_) => false,
    };
    match schemes {
        schemes if schemes.is_empty() || schemes.iter().any(is_supported) => None,
        schemes if schemes.contains(&SigV4a) => Some(WarningKind::Sigv4aOnly),
        _ => Some(WarningKind::AuthScheme),
    }
}
