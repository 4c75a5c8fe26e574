//! The service-specific settings of the configuration.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::docs::Doc;
use super::reserved::Scope;
use super::{auth, checksum, endpoint, names};
use crate::ir::Service;

/// A service-specific setting, or several that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    AccountIdEndpoints,
    BearerTokens,
    Checksums,
    Compression,
    IdempotencyTokens,
}

/// A setting that is a parameter of the endpoint rules.
#[derive(Debug)]
pub(crate) struct ClientParameter {
    /// The name in the rules, such as `ForcePathStyle`.
    pub(crate) wire: String,
    /// The method of the builder, such as `force_path_style`.
    pub(crate) method: Ident,
    /// The method that sets or clears it, such as `set_force_path_style`.
    pub(crate) setter: Ident,
    /// Whether it is a boolean. Otherwise it is a string.
    pub(crate) is_boolean: bool,
    pub(crate) doc: Doc,
}

/// Returns the settings that are parameters of the endpoint rules. If several have the same name in Rust, the first one counts.
pub(super) fn client_parameters(service: &Service) -> Vec<ClientParameter> {
    let (mut found, mut methods) = (Vec::new(), HashSet::new());
    for parameter in &service.client_parameters {
        let wire = &parameter.name;
        let default = format!("Sets the parameter `{wire}` of the endpoint rules.");
        let method = names::member_name_unless(wire, |scope| scope == Scope::Config);
        if names::is_valid(wire) && methods.insert(method.clone()) {
            found.push(ClientParameter {
                wire: wire.clone(),
                setter: names::prefixed("set_", &names::unraw(&method)),
                method,
                is_boolean: parameter.is_boolean,
                doc: Doc::of(service, &[], &parameter.documentation, &default),
            });
        }
    }
    found
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
        (checksum::in_any(service), Setting::Checksums),
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
