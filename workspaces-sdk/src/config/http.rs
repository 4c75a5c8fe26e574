//! The HTTP messages that a [`CustomizableOperation`](crate::client::customize::CustomizableOperation) sees.

pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
