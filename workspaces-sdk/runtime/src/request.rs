//! A request that is being built.

use std::sync::Arc;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use crate::customize::Customization;
use crate::handle::Handle;
use crate::operation::Operation;
use crate::orchestrator;

/// An input together with the client that sends it.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Request<I> {
    /// The state of the client.
    pub handle: Arc<Handle>,
    /// The input.
    pub input: I,
    /// The settings and edits of this one request.
    pub customization: Customization,
}

impl<I: Operation> Request<I> {
    /// Creates a request.
    pub fn new(handle: Arc<Handle>, input: I) -> Self {
        Self {
            handle,
            input,
            customization: Customization::default(),
        }
    }

    /// Replaces the customization.
    pub fn customized(self, customization: Customization) -> Self {
        Self {
            customization,
            ..self
        }
    }

    /// Sends the request and waits for the response.
    ///
    /// # Errors
    /// Any failure of the call.
    pub async fn send(self) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
        orchestrator::send(self.handle, self.input, self.customization).await
    }
}
