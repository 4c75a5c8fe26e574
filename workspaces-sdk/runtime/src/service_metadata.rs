//! The facts about a service.

use crate::endpoint::Rules;

/// The facts about a service that its operations have in common.
#[doc(hidden)]
#[derive(Debug)]
pub struct ServiceMetadata {
    /// The name of the service in logs and in the user agent.
    pub id: &'static str,
    /// The version of the API, which is the date of its model.
    pub api_version: &'static str,
    /// The service name that signatures use.
    pub signing_name: &'static str,
    /// The prefix of the operation name in `X-Amz-Target`.
    pub target_prefix: &'static str,
    /// Whether errors carry the codes of the query protocol in a header.
    pub query_compatible: bool,
    /// Whether the endpoint rules read the account of the credentials.
    pub needs_account_id: bool,
    /// The endpoint rules.
    pub endpoint: Rules,
    /// The name and the version of the generated crate.
    pub package: (&'static str, &'static str),
}
