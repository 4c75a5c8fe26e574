//! The macros that declare the builders of an operation and implement its output.

/// Declares the fluent builder of an operation and the builder of its input, without their setters. `stream` before the
/// names says that a member of the input is a stream, so that the builders cannot be cloned.
#[doc(hidden)]
#[macro_export]
macro_rules! __fluent_builder {
    ($(#[$doc:meta])* stream $($rest:tt)*) => {
        $crate::__fluent_builder!(@declare [$(#[$doc])*] [#[derive(Debug)]] [#[derive(Debug, Default)]] $($rest)*);
    };
    ($(#[$doc:meta])* $builder:ident $($rest:tt)*) => {
        $crate::__fluent_builder!(
            @declare [$(#[$doc])*] [#[derive(Clone, Debug)]] [#[derive(Clone, Debug, Default, PartialEq)]]
            $builder $($rest)*
        );
    };
    (
        @declare [$($doc:tt)*] [$($derive:tt)*] [$($derive_input:tt)*]
        $builder:ident, $input_builder:ident($input:ident) -> Result<$output:ident, $error:ident>
        in $($client:ident)::+
    ) => {
        $($doc)*
        $($derive)*
        pub struct $builder {
            request: $crate::codegen::Request<$input>,
        }

        impl $builder {
            #[inline]
            pub(crate) fn new(handle: ::std::sync::Arc<$crate::codegen::Handle>) -> Self {
                Self {
                    request: $crate::codegen::Request::new(handle),
                }
            }

            /// The input that has been built so far.
            #[inline]
            pub fn as_input(&self) -> &$input {
                &self.request.input
            }

            /// Sends the request and waits for the response.
            ///
            /// # Errors
            /// Returns an `SdkError` when the input is incomplete, the service cannot be reached, the response is malformed,
            /// or the service returns an error.
            #[inline]
            pub async fn send(
                self,
            ) -> Result<$output, $crate::error::SdkError<$error, $crate::codegen::HttpResponse>>
            {
                self.request.send().await
            }

            /// Customizes this one request, or the settings it is sent with.
            #[inline]
            pub fn customize(
                self,
            ) -> $($client)::+::customize::CustomizableOperation<$output, $error, Self> {
                $($client)::+::customize::CustomizableOperation::new(self)
            }
        }

        impl $input {
            /// Creates a builder of an input that is independent of a client.
            #[inline]
            pub fn builder() -> $input_builder {
                $input_builder::default()
            }
        }

        /// Builds an input that is independent of a client, to be sent later.
        $($derive_input)*
        #[non_exhaustive]
        pub struct $input_builder {
            input: $input,
        }

        impl $input_builder {
            /// Builds the input. Missing members are an error when it is sent.
            ///
            /// # Errors
            /// Never. The signature is the same as in the official crates.
            #[inline]
            pub fn build(self) -> Result<$input, $crate::error::BuildError> {
                Ok(self.input)
            }

            /// Sends the input with a client and waits for the response.
            ///
            /// # Errors
            /// The same errors as `send` of the fluent builder.
            #[inline]
            pub async fn send_with(
                self,
                client: &$($client)::+::Client,
            ) -> Result<$output, $crate::error::SdkError<$error, $crate::codegen::HttpResponse>>
            {
                $crate::codegen::Request::with_input(client.handle.clone(), self.input)
                    .send()
                    .await
            }
        }

        impl $crate::codegen::CustomizableSend<$output, $error> for $builder {
            #[inline]
            fn send(
                self,
                customization: $crate::codegen::Customization,
            ) -> $crate::codegen::BoxFuture<$crate::codegen::SendResult<$output, $error>> {
                Box::pin(self.request.customized(customization).send())
            }
        }
    };
}

/// Implements an output that stores its request id, and its extended request id in the field after `with`.
#[doc(hidden)]
#[macro_export]
macro_rules! __output {
    ($name:ident with $extended:ident) => {
        $crate::__output!(@implement $name {
            #[inline]
            fn set_extended_request_id(&mut self, id: Option<&str>) {
                self.$extended = id.map(str::to_owned);
            }
        });

        impl $crate::codegen::RequestIdExt for $name {
            #[inline]
            fn extended_request_id(&self) -> Option<&str> {
                self.$extended.as_deref()
            }
        }
    };
    ($name:ident) => {
        $crate::__output!(@implement $name {});
    };
    (@implement $name:ident { $($method:tt)* }) => {
        impl $crate::codegen::Output for $name {
            #[inline]
            fn set_request_id(&mut self, id: Option<String>) {
                self._request_id = id;
            }

            $($method)*
        }

        impl $crate::codegen::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                self._request_id.as_deref()
            }
        }
    };
}
