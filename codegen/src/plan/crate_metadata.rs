//! The metadata of a crate for its manifest and its README.

use super::protocol::ProtocolItems;
use super::settings::{Setting, settings};
use super::{auth, names};
use crate::files::CrateMetadata;
use crate::ir::{Operation, Service};

pub(super) fn crate_metadata(service: &Service) -> CrateMetadata {
    let operations = service.operations.iter();
    // The example has the fewest required members, preferably of an operation that changes nothing. If there is an operation
    // that returns endpoints, only this one needs no endpoint discovery.
    let example = operations.min_by_key(|(name, operation)| {
        let members = service.members(operation.input.as_deref()).iter();
        let reads = ["List", "Describe", "Get"]
            .iter()
            .any(|verb| name.starts_with(verb));
        (
            service.discovery.as_ref() != Some(*name),
            members.filter(|member| member.required).count(),
            !reads,
            operation.deprecated.is_some(),
        )
    });
    CrateMetadata {
        id: service.id.clone(),
        title: service.title.clone(),
        api_version: service.api_version.clone(),
        operations: service.operations.len(),
        example: example
            .map(|(name, _)| names::method_name(name).to_string())
            .unwrap_or_default(),
        bearer_only: auth::is_bearer_only(service),
        runtime_features: runtime_features(service),
    }
}

fn runtime_features(service: &Service) -> Vec<&'static str> {
    let mut features = vec![ProtocolItems::new(service.protocol).feature];
    if service.discovery.is_some() {
        features.push("endpoint-discovery");
    }
    if !service.client_parameters.is_empty() {
        features.push("client-context");
    }
    let settings = settings(service);
    if settings.contains(&Setting::BearerTokens) {
        features.push("bearer");
    }
    if settings.contains(&Setting::Compression) {
        features.push("gzip");
    }
    if service.operations.values().any(Operation::needs_md5) {
        features.push("md5");
    }
    if service.operations.values().any(|it| it.presigned) {
        features.push("presigning");
    }
    if service.shapes.values().any(|shape| shape.streaming) {
        features.push("streams");
    }
    if service.operations.values().any(|it| it.tree_hash) {
        features.push("tree-hash");
    }
    features
}
