//! Signatures in the query of a request.

use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

use super::{
    ALGORITHM, Scope, Signer, Url, canonical_request, credentials_of, headers_to_sign, stamp,
};
use crate::percent;

/// Headers that are not signed either, because the sender chooses them.
const UNSIGNED: [&str; 2] = ["x-amz-checksum-mode", "x-amz-user-agent"];

impl Signer {
    /// Adds the signature to the query of a request, which is valid from `start` on for `valid`.
    ///
    /// Headers and the path are treated as in [`sign`](Self::sign). The signature covers the body, except for services whose
    /// requests have its hash in a header: a presigned request to them can have any body.
    ///
    /// # Errors
    /// When `identity` holds no credentials, or the request has no host.
    pub(crate) fn presign(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        scope: &Scope<'_>,
        start: SystemTime,
        valid: Duration,
    ) -> Result<(), BoxError> {
        let credentials = credentials_of(identity)?;
        let (single_encoding, unsigned_payload) = (scope.single_encoding, scope.hash_header);
        let (time, scope) = stamp(start, scope)?;
        let mut names: Vec<_> = headers_to_sign(request, &Url::of(request)?, &UNSIGNED)
            .iter()
            .map(|(name, _)| *name)
            .collect();
        names.dedup();
        let parameters = [
            ("X-Amz-Algorithm", ALGORITHM.to_owned()),
            (
                "X-Amz-Credential",
                format!("{}/{scope}", credentials.access_key_id()),
            ),
            ("X-Amz-Date", time.clone()),
            ("X-Amz-Expires", valid.as_secs().to_string()),
            ("X-Amz-SignedHeaders", names.join(";")),
        ];
        let token = credentials
            .session_token()
            .filter(|token| !token.is_empty())
            .map(|token| ("X-Amz-Security-Token", token.to_owned()));

        let mut url = request.uri().to_owned();
        parameters.iter().for_each(|it| add(&mut url, it));
        let mut to_sign = url.clone();
        token.iter().for_each(|it| add(&mut to_sign, it));
        request.set_uri(to_sign)?;
        let (text, _) = canonical_request(request, single_encoding, unsigned_payload, &UNSIGNED)?;
        let signature = self.signature(credentials, &time, &scope, text);
        // The order of the reference implementation.
        add(&mut url, &("X-Amz-Signature", signature));
        token.iter().for_each(|it| add(&mut url, it));
        request.set_uri(url)?;
        Ok(())
    }
}

/// Adds a parameter to the query of a URL.
fn add(url: &mut String, (name, value): &(&str, String)) {
    url.push(if url.contains('?') { '&' } else { '?' });
    url.push_str(name);
    url.push('=');
    percent::push(url, value.as_bytes(), b"");
}
