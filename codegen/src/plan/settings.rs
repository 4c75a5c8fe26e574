//! The service-specific settings of the configuration.

use super::{auth, endpoint};
use crate::ir::Service;

/// A service-specific setting, or several that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    AccountIdEndpoints,
    BearerTokens,
    Compression,
    IdempotencyTokens,
}

/// Returns the service-specific settings of the crate.
pub(super) fn settings(service: &Service) -> Vec<Setting> {
    let mut operations = service.operations.values();
    let inputs = operations.clone().flat_map(|operation| &operation.input);
    let mut members = inputs.flat_map(|id| service.members(Some(id)));
    let settings = [
        (
            endpoint::asks_for_account(service),
            Setting::AccountIdEndpoints,
        ),
        (auth::has_bearer(service), Setting::BearerTokens),
        (operations.any(|it| it.compressed), Setting::Compression),
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
