//! What an operation is to the runtime, and the builder that sends one.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::operation::BuildError;

use super::endpoint::{Context, Endpoint, EndpointError, Params};
use super::error::OperationError;
use super::handle::Handle;
use super::json::{Decode, Encode};
use super::required::Required;

/// What the model says of the service as a whole.
#[derive(Debug)]
pub(crate) struct Service {
    /// The service's name in logs and the user agent.
    pub(crate) id: &'static str,
    /// The name under which requests are signed.
    pub(crate) signing_name: &'static str,
    /// What stands before the operation's name in `X-Amz-Target`.
    pub(crate) target_prefix: &'static str,
    /// The content type of requests, as `application/x-amz-json-1.1`.
    pub(crate) content_type: &'static str,
    /// Whether errors bear the codes of the query protocol, in a header.
    pub(crate) query_compatible: bool,
    /// Whether the rules ask for the account that the credentials belong to.
    pub(crate) account_id: bool,
    /// The rules that lead to its endpoint.
    pub(crate) endpoint: fn(&Params<'_>) -> Result<Endpoint, EndpointError>,
}

/// Compresses bytes.
pub(crate) type Compress = fn(&[u8]) -> std::io::Result<Vec<u8>>;

/// An operation, told by its input: the name, what comes back and what must be there.
pub(crate) trait Operation: Encode + Send + Sync {
    /// The operation's name on the wire.
    const NAME: &'static str;

    /// Whether requests are signed.
    const SIGNED: bool = true;

    /// Compresses a large body, where the operation may be sent so.
    const COMPRESS: Option<Compress> = None;

    /// What a successful call gives.
    type Output: Output;

    /// What a refused call gives.
    type Error: OperationError + std::error::Error + Send + Sync + 'static;

    /// Names the members that must be set before a request is made.
    fn required(&self, _check: &mut Required) {}

    /// Fills the idempotency token where the caller gave none.
    fn set_idempotency_token(&mut self, _token: &dyn Fn() -> String) {}

    /// What the operation says to endpoint rules.
    fn endpoint_context(&self) -> Context {
        Context::default()
    }

    /// What the host starts with for this operation, its trailing dot included.
    ///
    /// # Errors
    /// When a member that is part of the host is not set or is no valid host label.
    fn host_prefix(&self) -> Result<Option<String>, BuildError> {
        Ok(None)
    }
}

/// The output of an operation.
pub(crate) trait Output: Decode + Send + 'static {
    /// Keeps the request id of the response.
    fn set_request_id(&mut self, id: Option<String>);
}

/// The value of a member that is a part of the host.
///
/// # Errors
/// When it is not set, or is no host label: 1 to 63 letters, digits and hyphens, a hyphen at neither end.
#[allow(dead_code, reason = "a model may have no such member")]
pub(crate) fn host_label<'a>(
    member: &'static str,
    value: Option<&'a str>,
) -> Result<&'a str, BuildError> {
    let value = value.ok_or(BuildError::missing_field(member, "it is part of the host"))?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let edge = value.starts_with('-') || value.ends_with('-');
    if value.is_empty() || value.len() > 63 || edge || !value.chars().all(allowed) {
        return Err(BuildError::invalid_field(
            member,
            "a part of the host is 1 to 63 letters, digits and hyphens, a hyphen at neither end",
        ));
    }
    Ok(value)
}

/// An input on its way to a client: what every fluent builder holds.
#[derive(Clone, Debug)]
pub(crate) struct Request<I> {
    pub(super) handle: Arc<Handle>,
    pub(crate) input: I,
    pub(super) customization: Customization,
}

impl<I: Operation> Request<I> {
    pub(crate) fn new(handle: Arc<Handle>) -> Self
    where
        I: Default,
    {
        Self {
            handle,
            input: I::default(),
            customization: Customization::default(),
        }
    }

    pub(crate) fn customized(self, customization: Customization) -> Self {
        Self {
            customization,
            ..self
        }
    }

    pub(crate) async fn send(self) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
        super::send(self).await
    }
}

/// What one request has different from the others of its client.
#[derive(Clone, Default)]
pub struct Customization {
    /// Boxed, for it is large and there seldom is one.
    pub(crate) config: Option<Box<crate::config::Builder>>,
    edits: Vec<Arc<Edit>>,
}

type Edit = dyn Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync;

impl Customization {
    /// Lets `edit` change the HTTP request of each attempt before it is signed.
    pub(crate) fn edit(
        &mut self,
        edit: impl Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync + 'static,
    ) {
        self.edits.push(Arc::new(edit));
    }

    /// Makes all edits, in the order in which they were asked for.
    pub(super) fn apply(&self, request: &mut HttpRequest) -> Result<(), BoxError> {
        self.edits.iter().try_for_each(|edit| edit(request))
    }
}

impl fmt::Debug for Customization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customization")
            .field("config", &self.config)
            .field("edits", &self.edits.len())
            .finish()
    }
}

/// Makes the methods by which a client starts its operations: a row is a method and the builder, of a
/// module of `$operations`, that it gives.
macro_rules! operations {
    ($client:ident of $operations:ident {
        $($(#[$doc:meta])* $method:ident: $module:ident::$builder:ident;)*
    }) => {
        impl $client {
            $(
                $(#[$doc])*
                pub fn $method(&self) -> $operations::$module::builders::$builder {
                    $operations::$module::builders::$builder::new(self.handle.clone())
                }
            )*
        }
    };
}
pub(crate) use operations;

/// Makes a fluent builder, and the builder of the input apart from a client, without their setters.
macro_rules! fluent_builder {
    (
        $(#[$doc:meta])*
        $builder:ident, $input_builder:ident($input:ident) -> Result<$output:ident, $error:ident>
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $builder {
            request: $crate::runtime::operation::Request<$input>,
        }

        impl $builder {
            #[inline]
            pub(crate) fn new(handle: std::sync::Arc<$crate::runtime::handle::Handle>) -> Self {
                Self {
                    request: $crate::runtime::operation::Request::new(handle),
                }
            }

            /// The input as it has been built so far.
            #[inline]
            pub fn as_input(&self) -> &$input {
                &self.request.input
            }

            /// Sends the request and waits for the answer.
            ///
            /// # Errors
            /// [`SdkError`](crate::error::SdkError): the input is incomplete, the service was not
            /// reached, its answer makes no sense, or it refused the call.
            #[inline]
            pub async fn send(
                self,
            ) -> Result<
                $output,
                aws_smithy_runtime_api::client::result::SdkError<
                    $error,
                    aws_smithy_runtime_api::client::orchestrator::HttpResponse,
                >,
            > {
                self.request.send().await
            }

            /// Changes this one request, or the configuration it is sent with.
            #[inline]
            pub fn customize(
                self,
            ) -> $crate::client::customize::CustomizableOperation<$output, $error, Self> {
                $crate::client::customize::CustomizableOperation::new(self)
            }
        }

        impl $input {
            /// Starts an input apart from a client.
            #[inline]
            pub fn builder() -> $input_builder {
                $input_builder::default()
            }
        }

        /// Builds an input apart from a client, to be sent with one later.
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $input_builder {
            input: $input,
        }

        impl $input_builder {
            /// Builds the input; what is missing is told when it is sent.
            ///
            /// # Errors
            /// None: the `Result` is that of the official interface.
            #[inline]
            pub fn build(self) -> Result<$input, $crate::error::BuildError> {
                Ok(self.input)
            }

            /// Sends the input with a client and waits for the answer.
            ///
            /// # Errors
            /// As the `send` of the fluent builder.
            #[inline]
            pub async fn send_with(
                self,
                client: &$crate::Client,
            ) -> Result<
                $output,
                aws_smithy_runtime_api::client::result::SdkError<
                    $error,
                    aws_smithy_runtime_api::client::orchestrator::HttpResponse,
                >,
            > {
                let mut builder = $builder::new(client.handle.clone());
                builder.request.input = self.input;
                builder.send().await
            }
        }

        impl $crate::client::customize::internal::CustomizableSend<$output, $error> for $builder {
            #[inline]
            fn send(
                self,
                customization: $crate::runtime::operation::Customization,
            ) -> $crate::client::customize::internal::BoxFuture<
                $crate::client::customize::internal::SendResult<$output, $error>,
            > {
                Box::pin(self.request.customized(customization).send())
            }
        }
    };
}
pub(crate) use fluent_builder;

/// Lets an output keep its request id.
macro_rules! output {
    ($name:ident) => {
        impl $crate::runtime::operation::Output for $name {
            #[inline]
            fn set_request_id(&mut self, id: Option<String>) {
                self._request_id = id;
            }
        }

        impl aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                self._request_id.as_deref()
            }
        }
    };
}
pub(crate) use output;

#[cfg(test)]
mod tests {
    use super::host_label;

    #[test]
    fn host_labels() {
        for good in ["a", "123456789012", "a-b", &"x".repeat(63)] {
            assert_eq!(host_label("AccountId", Some(good)).unwrap(), good);
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a.b",
            "a/b",
            "\u{e9}",
            "a b",
            &"x".repeat(64),
        ] {
            assert!(host_label("AccountId", Some(bad)).is_err(), "{bad}");
        }
        assert!(host_label("AccountId", None).is_err());
    }
}
