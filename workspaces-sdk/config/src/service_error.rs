//! Errors of the services that credentials come from.

use std::error::Error;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// Describes an error that a service returns by its code and message. Other errors stay as they are.
///
/// The clients have a type only for those errors that providers distinguish.
pub(crate) fn describe<E>(error: SdkError<E, HttpResponse>) -> BoxError
where
    E: Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    let meta = error.as_service_error().map(ProvideErrorMetadata::meta);
    match meta.map(|meta| (meta.code(), meta.message())) {
        Some((Some(code), Some(message))) => format!("{code}: {message}").into(),
        Some((Some(code), None)) => code.into(),
        _ => error.into(),
    }
}
