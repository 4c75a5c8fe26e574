//! What is said of the crate as a whole, and what it has that others have not.

use super::{endpoint, names};
use crate::About;
use crate::ir::Service;

/// A setting, or several that belong together, that only some services have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    AccountIdEndpoints,
    Compression,
    IdempotencyTokens,
}

/// What is said of the crate as a whole.
pub(super) fn about(service: &Service) -> About {
    let operations = service.operations.iter();
    // The fewest members that must be set, then a name that promises to change nothing.
    let example = operations.min_by_key(|(name, operation)| {
        let members = service.members(operation.input.as_deref()).iter();
        let reads = ["List", "Describe", "Get"]
            .iter()
            .any(|verb| name.starts_with(verb));
        (
            members.filter(|member| member.required).count(),
            !reads,
            operation.deprecated.is_some(),
        )
    });
    About {
        id: service.id.clone(),
        title: service.title.clone(),
        api_version: service.api_version.clone(),
        operations: service.operations.len(),
        example: example
            .map(|(name, _)| names::method_name(name).to_string())
            .unwrap_or_default(),
        dependencies: match settings(service).contains(&Setting::Compression) {
            true => vec![GZIP],
            false => Vec::new(),
        },
    }
}

/// The settings that the service has and others have not.
pub(super) fn settings(service: &Service) -> Vec<Setting> {
    let inputs = service
        .operations
        .values()
        .flat_map(|operation| &operation.input);
    let mut members = inputs.flat_map(|id| service.members(Some(id)));
    let settings = [
        (
            endpoint::asks_for_account(service),
            Setting::AccountIdEndpoints,
        ),
        (
            service.operations.values().any(|it| it.compressed),
            Setting::Compression,
        ),
        (
            members.any(|member| member.idempotency_token),
            Setting::IdempotencyTokens,
        ),
    ];
    settings
        .into_iter()
        .filter(|(has, _)| *has)
        .map(|(_, setting)| setting)
        .collect()
}

/// What a crate depends on that compresses requests.
const GZIP: &str = "flate2 = \"1.1.11\"";
