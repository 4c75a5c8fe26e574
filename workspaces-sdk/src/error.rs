//! The errors of a call, whichever operation it was, and what is needed to look into them.
//!
//! The kind of an [`SdkError`] tells how far the call got:
//!
//! | kind | what happened | another attempt |
//! |---|---|---|
//! | `ConstructionFailure` | Nothing was sent: something required is missing in the request or the configuration. | never |
//! | `DispatchFailure` | No response came: no credentials, no connection, or it was lost. `is_io`, `is_timeout`, `is_user` and `is_other` tell more. | after `is_io` and `is_timeout` |
//! | `TimeoutError` | The call, or its last attempt, took longer than it may. The service may have carried it out. | where it was an attempt |
//! | `ResponseError` | A response came that is none of the service's, from a proxy, say, or is cut short. | by its status, or where it is cut short |
//! | `ServiceError` | The service refused. Its error has a code, mostly a message, and often a type of its own. | after throttling and errors of the server |
//!
//! [`ProvideErrorMetadata`] gives code and message, whatever the kind, and [`DisplayErrorContext`] shows an error
//! with all its causes. An error is of type `Unhandled` where the operation does not model it: then the code
//! tells what it is.

pub use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
pub use aws_smithy_runtime_api::client::result::ConnectorError;
pub use aws_smithy_types::error::display::DisplayErrorContext;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;

/// Why a call failed: `E` is what the operation models, `R` the response that came, if one did.
pub type SdkError<E, R = HttpResponse> = aws_smithy_runtime_api::client::result::SdkError<E, R>;

pub use crate::runtime::enumeration::UnknownVariantError;
