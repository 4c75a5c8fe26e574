//! The constants of the service that the runtime needs.

use super::endpoint;
use crate::ir::{Protocol, Service};

/// The constants of the service that the runtime needs.
#[derive(Debug)]
pub(crate) struct ServiceMetadata {
    pub(crate) id: String,
    pub(crate) signing_name: String,
    pub(crate) target_prefix: String,
    /// The type that stands for the protocol.
    pub(crate) protocol: &'static str,
    /// Errors carry the codes of the query protocol.
    pub(crate) query_compatible: bool,
    /// The endpoint rules use the account ID, which the credentials contain.
    pub(crate) account_id: bool,
}

pub(super) fn metadata(service: &Service) -> ServiceMetadata {
    ServiceMetadata {
        id: service.id.clone(),
        signing_name: service.signing_name.clone(),
        target_prefix: service.target_prefix.clone().unwrap_or_default(),
        protocol: match service.protocol {
            Protocol::AwsJson1_0 => "AwsJson1_0",
            _ => "AwsJson1_1",
        },
        query_compatible: service.query_compatible,
        account_id: endpoint::asks_for_account(service),
    }
}
