//! The macros that declare the method `presigned`.

/// Declares the method `presigned` of a fluent builder.
///
/// `as` is followed by the request that is presigned, in the form of `request!`, if it differs from the one that is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __presigned {
    ($builder:ident($input:ident) -> Result<PresignedRequest, $error:ident> $(as $method:ident $template:literal $rows:tt)?) => {
        impl $crate::codegen::Presign for $input {
            $(
                #[allow(unused_mut, unused_variables, reason = "some locations have no members")]
                fn serialize_presigned(
                    mut self,
                ) -> Result<$crate::codegen::SerializedRequest, $crate::codegen::BoxError> {
                    $crate::codegen::bindings::request!(@serialize __rest_json_body; self $method $template $rows)
                }
            )?
        }

        impl $builder {
            /// Signs the request in place of sending it. Whoever has the result can send it until it expires.
            ///
            /// # Errors
            /// The errors of `send` that do not come from the service, such as missing credentials.
            pub async fn presigned(
                self,
                presigning_config: $crate::presigning::PresigningConfig,
            ) -> Result<
                $crate::presigning::PresignedRequest,
                $crate::error::SdkError<$error, $crate::codegen::HttpResponse>,
            > {
                $crate::codegen::presign(self.into_request(), presigning_config).await
            }
        }

        $crate::__blocking! { presigned $builder -> $error }

        impl $crate::codegen::CustomizablePresigned<$error> for $builder {
            fn presign(
                self,
                customization: $crate::codegen::Customization,
                config: $crate::presigning::PresigningConfig,
            ) -> $crate::codegen::BoxFuture<$crate::codegen::PresignedResult<$error>> {
                Box::pin($crate::codegen::presign(
                    self.into_request().customized(customization),
                    config,
                ))
            }
        }
    };
}

/// Declares the method `presigned` of a `CustomizableOperation`.
#[doc(hidden)]
#[macro_export]
macro_rules! __customizable_presigned {
    ($name:ident) => {
        impl<T, E, B> $name<T, E, B> {
            /// Signs the request in place of sending it.
            ///
            /// # Errors
            /// The same errors as `presigned` of the operation's builder.
            pub async fn presigned(
                self,
                presigning_config: $crate::presigning::PresigningConfig,
            ) -> Result<
                $crate::presigning::PresignedRequest,
                $crate::error::SdkError<E, $crate::codegen::HttpResponse>,
            >
            where
                E: ::std::error::Error + Send + Sync + 'static,
                B: $crate::codegen::CustomizablePresigned<E>,
            {
                self.request
                    .presign(self.customization, presigning_config)
                    .await
            }
        }
    };
}
