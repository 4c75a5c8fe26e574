//! The metadata of the service that the runtime needs.

use super::endpoint;
use crate::ir::Service;

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
}

pub(super) fn metadata(service: &Service) -> ServiceMetadata {
    ServiceMetadata {
        id: service.id.clone(),
        api_version: service.api_version.clone(),
        signing_name: service.signing_name.clone(),
        target_prefix: service.target_prefix.clone().unwrap_or_default(),
        query_compatible: service.query_compatible,
        account_id: endpoint::asks_for_account(service),
    }
}
