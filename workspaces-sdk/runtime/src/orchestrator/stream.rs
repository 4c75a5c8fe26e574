//! The preparation of a stream for a request: the headers that need its hash or announce its checksum.

#[cfg(feature = "streams")]
use aws_smithy_runtime_api::client::result::SdkError;

use super::{Call, Route};
#[cfg(feature = "streams")]
use crate::auth::AuthScheme;
#[cfg(feature = "checksums")]
use crate::checksum;
use crate::error::Failure;
use crate::protocol::RequestBody;

impl Call {
    /// Whether [`prepare_stream`] adds something.
    pub(super) fn needs_preparation(&self) -> bool {
        #[cfg(feature = "tree-hash")]
        if self.tree_hash {
            return true;
        }
        matches!(self.message.body, RequestBody::Stream(_))
    }
}

#[cfg(feature = "streams")]
impl Route<'_> {
    /// What a stream is prepared for: whether the request is signed, and whether it is sent over plain HTTP.
    fn requirements(&self) -> [bool; 2] {
        [self.scheme == AuthScheme::SigV4, self.endpoint.is_plain()]
    }
}

/// Adds the headers that need the hash of a stream, and those that announce its checksum in a trailer.
#[cfg_attr(
    not(feature = "streams"),
    allow(
        unused_variables,
        clippy::unused_async,
        reason = "without streams there is nothing to prepare"
    )
)]
pub(super) async fn prepare_stream(call: &mut Call, route: &Route<'_>) -> Result<(), Failure> {
    #[cfg(feature = "streams")]
    {
        call.prepared = Some(route.requirements());
    }
    #[cfg(feature = "tree-hash")]
    if call.tree_hash {
        let added = crate::tree_hash::add_headers(&mut call.message).await;
        added.map_err(SdkError::construction_failure)?;
    }
    #[cfg(feature = "checksums")]
    if let Some(algorithm) = call.checksum {
        let hashed = route.endpoint.is_plain() && !call.unsigned_payload;
        let prepared = checksum::prepare_stream(&mut call.message, algorithm, hashed);
        call.trailer = prepared.await.map_err(SdkError::construction_failure)?;
    }
    #[cfg(feature = "streams")]
    if route.scheme == AuthScheme::SigV4
        && !call.unsigned_payload
        && (!call.content_sha256 || route.endpoint.is_plain())
    {
        crate::auth::add_content_sha256(&mut call.message).await?;
    }
    Ok(())
}

/// Checks that a stream was prepared for a route, which hooks can change afterwards.
///
/// # Errors
/// When the request would be signed, or sent over plain HTTP, without what this needs.
#[cfg(feature = "streams")]
pub(super) fn check_prepared(call: &Call, route: &Route<'_>) -> Result<(), Failure> {
    let prepared = call.prepared.unwrap_or_default();
    let needed = route.requirements();
    let lacks = needed
        .iter()
        .zip(prepared)
        .any(|(needed, prepared)| *needed && !prepared);
    if call.needs_preparation() && lacks {
        return Err(SdkError::construction_failure(
            "an interceptor changed the endpoint or the authentication after a stream was prepared for another; change it before the attempts, in `read_before_execution`",
        ));
    }
    Ok(())
}
