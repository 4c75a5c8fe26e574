//! The macros that declare the builders of an operation and implement its output.

/// Declares the fluent builder of an operation and the builder of its input, without their setters. `stream` names the
/// member of the input that is a stream, so that the builders cannot be cloned.
///
/// The two builders are followed by the input that they build, in parentheses, by the result of sending it, and by the path of the
/// module that contains `customize`.
#[doc(hidden)]
#[macro_export]
macro_rules! __fluent_builder {
    (
        $(#[$doc:meta])*
        $builder:ident, $input_builder:ident($input:ident, stream $member:ident) -> $($rest:tt)*
    ) => {
        $crate::__fluent_builder!(
            @declare [$(#[$doc])*] [#[derive(Debug)]] [#[derive(Default)]] [stream => $member]
            $builder, $input_builder($input) -> $($rest)*
        );

        impl ::std::fmt::Debug for $input_builder {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut builder = f.debug_struct(stringify!($input_builder));
                builder.field("input", &self.input).finish_non_exhaustive()
            }
        }
    };
    ($(#[$doc:meta])* $builder:ident $($rest:tt)*) => {
        $crate::__fluent_builder!(
            @declare [$(#[$doc])*] [#[derive(Clone, Debug)]] [#[derive(Clone, Debug, Default, PartialEq)]] []
            $builder $($rest)*
        );
    };
    (
        @declare [$($doc:tt)*] [$($derive:tt)*] [$($derive_input:tt)*] [$($stream:ident => $member:ident)?]
        $builder:ident, $input_builder:ident($input:ident) -> Result<$output:ident, $error:ident>
        in $($client:ident)::+
    ) => {
        $($doc)*
        $($derive)*
        pub struct $builder {
            handle: ::std::sync::Arc<$crate::codegen::Handle>,
            inner: $input_builder,
        }

        impl $builder {
            #[inline]
            pub(crate) fn new(handle: ::std::sync::Arc<$crate::codegen::Handle>) -> Self {
                Self {
                    handle,
                    inner: $input_builder::default(),
                }
            }

            /// The builder of the input, which holds what has been set so far.
            #[inline]
            pub fn as_input(&self) -> &$input_builder {
                &self.inner
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
                self.into_request().send().await
            }

            /// Customizes this one request, or the settings it is sent with.
            #[inline]
            pub fn customize(
                self,
            ) -> $($client)::+::customize::CustomizableOperation<$output, $error, Self> {
                $($client)::+::customize::CustomizableOperation::new(self)
            }

            #[inline]
            fn into_request(self) -> $crate::codegen::Request<$input> {
                $crate::codegen::Request::new(self.handle, self.inner.into_input())
            }
        }

        $crate::__blocking! { send $builder -> Result<$output, $error> }

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
            pub(crate) input: $input,
            // In contrast to the input, a builder can have no stream.
            $($stream: Option<$crate::primitives::ByteStream>,)?
        }

        impl $input_builder {
            /// Builds the input. Missing members are an error when it is sent.
            ///
            /// # Errors
            /// Never. The signature is the same as in the official crates.
            #[inline]
            pub fn build(self) -> Result<$input, $crate::error::BuildError> {
                Ok(self.into_input())
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
                $crate::codegen::Request::new(client.handle.clone(), self.into_input())
                    .send()
                    .await
            }

            #[inline]
            pub(crate) fn into_input(self) -> $input {
                let Self { input, $($stream)? } = self;
                $(
                    let mut input = input;
                    input.$member = $stream.unwrap_or_default();
                )?
                input
            }
        }

        impl $crate::codegen::CustomizableSend<$output, $error> for $builder {
            #[inline]
            fn send(
                self,
                customization: $crate::codegen::Customization,
            ) -> $crate::codegen::BoxFuture<$crate::codegen::SendResult<$output, $error>> {
                Box::pin(self.into_request().customized(customization).send())
            }
        }
    };
}

/// Implements an output that stores its request id, and its extended request id in the field after `with`. The name after
/// `of` becomes the type that stands for the operation.
#[doc(hidden)]
#[macro_export]
macro_rules! __output {
    ($name:ident of $operation:ident $($extended:tt)*) => {
        #[doc = concat!("The operation `", stringify!($operation), "`, as a type without data.")]
        #[derive(Clone, Debug, Default)]
        #[non_exhaustive]
        // The name of a unit structure would also be that of a value, such as `Some`.
        pub struct $operation {}

        impl $operation {
            /// Creates a value of the type.
            #[inline]
            pub fn new() -> Self {
                Self {}
            }
        }

        $crate::__output!($name $($extended)*);
    };
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
