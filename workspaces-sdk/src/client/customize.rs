//! Changing a single request on its way: its HTTP form, or the settings it is sent with.

use std::fmt;
use std::marker::PhantomData;

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};

use crate::config::Builder;
use crate::error::SdkError;
use crate::runtime::operation::Customization;

/// One request that is not sent like the others; every builder's `customize()` starts one.
///
/// `T` is what the operation gives, `E` its error, `B` its builder.
pub struct CustomizableOperation<T, E, B> {
    request: B,
    customization: Customization,
    outcome: PhantomData<fn() -> Result<T, E>>,
}

impl<T, E, B> CustomizableOperation<T, E, B> {
    pub(crate) fn new(request: B) -> Self {
        Self {
            request,
            customization: Customization::default(),
            outcome: PhantomData,
        }
    }

    /// Replaces the HTTP request before it is signed, once for each attempt.
    ///
    /// An error of `f` ends the call as [`SdkError::DispatchFailure`](crate::error::SdkError).
    pub fn map_request<F, MapE>(mut self, f: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpRequest, MapE> + Send + Sync + 'static,
        MapE: std::error::Error + Send + Sync + 'static,
    {
        self.customization.edit(move |request| {
            let taken = std::mem::replace(request, HttpRequest::empty());
            *request = f(taken)?;
            Ok(())
        });
        self
    }

    /// Changes the HTTP request before it is signed, once for each attempt.
    pub fn mutate_request<F>(mut self, f: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        self.customization.edit(move |request| {
            f(request);
            Ok(())
        });
        self
    }

    /// Sends this request with other settings. What `config_override` leaves unset stays as the client has it.
    pub fn config_override(mut self, config_override: impl Into<Builder>) -> Self {
        self.customization.config = Some(Box::new(config_override.into()));
        self
    }

    /// Sends the request and waits for the answer.
    ///
    /// # Errors
    /// As the `send` of the operation's builder.
    pub async fn send(self) -> Result<T, SdkError<E, HttpResponse>>
    where
        E: std::error::Error + Send + Sync + 'static,
        B: internal::CustomizableSend<T, E>,
    {
        self.request.send(self.customization).await
    }
}

impl<T, E, B: fmt::Debug> fmt::Debug for CustomizableOperation<T, E, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomizableOperation")
            .field("request", &self.request)
            .field("customization", &self.customization)
            .finish()
    }
}

/// What the builders of operations and [`CustomizableOperation`] agree on.
#[doc(hidden)]
pub mod internal {
    use std::pin::Pin;

    use crate::error::SdkError;
    use crate::runtime::operation::Customization;

    /// A future that may move between threads.
    pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

    /// What sending gives.
    pub type SendResult<T, E> = Result<T, SdkError<E>>;

    /// A request that can be sent with a customization.
    pub trait CustomizableSend<T, E>: Send + Sync {
        /// Sends it.
        fn send(self, customization: Customization) -> BoxFuture<SendResult<T, E>>;
    }
}
