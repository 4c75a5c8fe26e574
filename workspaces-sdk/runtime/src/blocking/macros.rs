//! The macro that declares the blocking twins of asynchronous methods.

/// Declares the blocking twin of a method. Without the feature `blocking`, it expands to nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking {
    (send $builder:ident -> Result<$output:ident, $error:ident>) => {
        impl $builder {
            $crate::__blocking! {
                /// Sends the request and waits for the response, like `send`, on the current thread.
                ///
                /// # Errors
                /// The same errors as `send`. In an asynchronous task, it is a construction failure.
                pub fn send_blocking(
                    self,
                ) -> Result<$output, $crate::error::SdkError<$error, $crate::codegen::HttpResponse>>
                {
                    $crate::codegen::block_on_call(self.send())
                }
            }
        }
    };
    (customized $name:ident) => {
        impl<T, E, B> $name<T, E, B> {
            $crate::__blocking! {
                /// Sends the request and waits for the response, like `send`, on the current thread.
                ///
                /// # Errors
                /// The same errors as `send_blocking` of the operation's builder.
                pub fn send_blocking(
                    self,
                ) -> Result<T, $crate::error::SdkError<E, $crate::codegen::HttpResponse>>
                where
                    E: ::std::error::Error + Send + Sync + 'static,
                    B: $crate::codegen::CustomizableSend<T, E>,
                {
                    $crate::codegen::block_on_call(self.send())
                }
            }
        }
    };
    (presigned $builder:ident -> $error:ident) => {
        impl $builder {
            $crate::__blocking! {
                /// Signs the request in place of sending it, like `presigned`, on the current thread.
                ///
                /// # Errors
                /// The same errors as `presigned`. In an asynchronous task, it is a construction failure.
                pub fn presigned_blocking(
                    self,
                    presigning_config: $crate::presigning::PresigningConfig,
                ) -> Result<
                    $crate::presigning::PresignedRequest,
                    $crate::error::SdkError<$error, $crate::codegen::HttpResponse>,
                > {
                    $crate::codegen::block_on_call(self.presigned(presigning_config))
                }
            }
        }
    };
    (pages $paginator:ident of Result<$page:ty, $error:ident>) => {
        impl $paginator {
            $crate::__blocking! {
                /// Starts the stream, like `send`, as an iterator for the current thread.
                pub fn send_blocking(
                    self,
                ) -> $crate::blocking::PaginationIter<
                    Result<$page, $crate::error::SdkError<$error, $crate::codegen::HttpResponse>>,
                > {
                    $crate::codegen::pagination_iter(self.send())
                }
            }
        }
    };
    (wait $builder:ident -> Result<$final_poll:ident, $wait_error:ident>) => {
        impl $builder {
            $crate::__blocking! {
                /// Polls until the goal is reached, like `wait`, on the current thread.
                ///
                /// # Errors
                /// The same errors as `wait`. In an asynchronous task, it is a construction failure.
                pub fn wait_blocking(
                    self,
                    max_wait: ::std::time::Duration,
                ) -> Result<$final_poll, $wait_error> {
                    $crate::codegen::block_on_call(self.wait(max_wait))
                }
            }
        }
    };
    // A method, with the attributes of all of them.
    ($(#[$doc:meta])* pub fn $($method:tt)*) => {
        $(#[$doc])*
        #[cfg_attr(
            docsrs,
            doc(cfg(feature = "blocking")),
            allow(unexpected_cfgs, reason = "a module may have no features")
        )]
        #[inline]
        pub fn $($method)*
    };
}
