//! AWS Signature Version 4, in the headers of a request.

use std::time::SystemTime;

use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign as signature};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use http::HeaderValue;

/// What a signature holds for.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    /// The region, as `eu-west-1`.
    pub(crate) region: &'a str,
    /// The service's signing name.
    pub(crate) name: &'a str,
}

/// Adds `authorization`, `x-amz-date` and, for temporary credentials, `x-amz-security-token`.
///
/// All headers but those that proxies change are signed, so nothing may touch the request after this.
/// The defaults of [`SigningSettings`] are what services other than S3 expect: the path normalised and
/// encoded twice, no header with the hash of the body.
///
/// # Errors
/// When `identity` holds no credentials, or a header is no text.
pub(crate) fn sign(
    request: &mut HttpRequest,
    identity: &Identity,
    scope: &Scope<'_>,
    time: SystemTime,
) -> Result<(), BoxError> {
    let params = v4::SigningParams::builder()
        .identity(identity)
        .region(scope.region)
        .name(scope.name)
        .time(time)
        .settings(SigningSettings::default())
        .build()?
        .into();
    let body = request
        .body()
        .bytes()
        .ok_or("the body of a request to sign must be in memory")?;
    let signable = SignableRequest::new(
        request.method(),
        request.uri(),
        request.headers().iter(),
        SignableBody::Bytes(body),
    )?;
    let (instructions, _) = signature(signable, &params)?.into_parts();
    let (headers, _) = instructions.into_parts();
    for header in headers {
        let mut value = HeaderValue::from_str(header.value())?;
        value.set_sensitive(header.sensitive());
        request.headers_mut().insert(header.name(), value);
    }
    Ok(())
}
