//! The metadata of the service that the runtime needs.

use std::collections::BTreeMap;

use super::endpoint;
use crate::ir::{Protocol, Retryable, Service, ShapeKind, Structure};

/// The metadata of the service that the runtime needs.
#[derive(Debug)]
pub(crate) struct ServiceMetadata {
    pub(crate) id: String,
    pub(crate) api_version: String,
    pub(crate) signing_name: String,
    pub(crate) target_prefix: String,
    /// Whether responses contain the error codes of the query protocol.
    pub(crate) query_compatible: bool,
    /// Whether the endpoint rules use the account ID of the credentials.
    pub(crate) account_id: bool,
    /// Whether responses with a successful status can contain an error.
    pub(crate) errors_in_success: bool,
    /// Whether a failed response with status 404 and an empty body has the error code `NotFound`.
    pub(crate) empty_not_found: bool,
    /// Whether a failed response without an error code is a response error.
    pub(crate) requires_error_code: bool,
    /// Whether responses have extended request IDs.
    pub(crate) extended_request_ids: bool,
    /// Whether signed requests have the header `x-amz-content-sha256`.
    pub(crate) content_sha256: bool,
    /// The headers that all requests have: their names and values.
    pub(crate) headers: Vec<(String, String)>,
    /// The codes of the errors that are retried, and the reasons.
    pub(crate) retryable: BTreeMap<String, Retryable>,
}

pub(super) fn metadata(service: &Service) -> ServiceMetadata {
    ServiceMetadata {
        id: service.id.clone(),
        api_version: service.api_version.clone(),
        signing_name: service.signing_name.clone(),
        target_prefix: service.target_prefix.clone().unwrap_or_default(),
        query_compatible: service.query_compatible,
        account_id: endpoint::asks_for_account(service),
        errors_in_success: service.errors_in_success,
        empty_not_found: service.empty_not_found,
        // The protocol requires that errors have a code.
        requires_error_code: service.requires_error_code || service.protocol == Protocol::RpcV2Cbor,
        extended_request_ids: service.extended_request_ids,
        content_sha256: service.content_sha256,
        headers: service.headers.clone(),
        retryable: retryable(service),
    }
}

fn retryable(service: &Service) -> BTreeMap<String, Retryable> {
    let errors = service
        .shapes
        .values()
        .filter_map(|shape| match &shape.kind {
            ShapeKind::Structure(Structure { error, .. }) => error.as_ref(),
            _ => None,
        });
    let codes = errors.filter_map(|error| Some((error.code.clone(), error.retryable?)));
    let more = service.retryable_codes.iter();
    let more = more.map(|code| (code.clone(), Retryable::Server));
    codes.chain(more).collect()
}
