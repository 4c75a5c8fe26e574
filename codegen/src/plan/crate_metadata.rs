//! The metadata of a crate for its manifest and its README.

use super::auth;
use super::protocol::ProtocolItems;
use super::settings::{Setting, settings};
use crate::files::CrateMetadata;
use crate::ir::{Operation, Service};

pub(super) fn crate_metadata(service: &Service) -> CrateMetadata {
    CrateMetadata {
        id: service.id.clone(),
        title: service.title.clone(),
        api_version: service.api_version.clone(),
        operations: service.operations.len(),
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
    if service.extended_request_ids {
        features.push("extended-request-id");
    }
    let settings = settings(service);
    if settings.contains(&Setting::BearerTokens) {
        features.push("bearer");
    }
    if settings.contains(&Setting::Checksums) {
        features.push("checksums");
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
    if service.auth_token.is_some() {
        features.push("auth-token");
    }
    features
}
