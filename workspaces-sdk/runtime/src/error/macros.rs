//! The macros that declare the error types of a generated crate.

/// Implements an error for a structure with a member `message` and a field `meta`. The last argument is the `ErrorKind` of
/// an error after which clients may retry.
#[doc(hidden)]
#[macro_export]
macro_rules! __modeled_error {
    ($name:ident, $wire:literal, $kind:ident) => {
        impl $name {
            /// The reason why the call may be repeated.
            #[inline]
            pub fn retryable_error_kind(&self) -> $crate::codegen::ErrorKind {
                $crate::codegen::ErrorKind::$kind
            }
        }

        $crate::__modeled_error!($name, $wire);
    };
    ($name:ident, $wire:literal) => {
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($wire)?;
                match $crate::codegen::Message::text(&self.message) {
                    Some(message) => write!(f, ": {message}"),
                    None => Ok(()),
                }
            }
        }

        impl ::std::error::Error for $name {}

        impl $crate::codegen::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::codegen::ErrorMetadata {
                &self.meta
            }
        }

        impl $crate::codegen::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                $crate::codegen::RequestId::request_id(&self.meta)
            }
        }

        impl $crate::codegen::ModeledError for $name {
            #[inline]
            fn set_meta(&mut self, meta: $crate::codegen::ErrorMetadata) {
                $crate::codegen::Message::fill(&mut self.message, meta.message());
                self.meta = meta;
            }
        }
    };
}

/// Declares the error of an operation: an enum with a variant for each row and `Unhandled`.
///
/// A row is the documentation of the variant, the code on the wire, the variant (named after its structure), the name
/// of the method that tests for it, and the `ErrorKind` of an error after which clients may retry. The enum converts into `$service`, the error of all operations.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation_error {
    (
        $(#[$doc:meta])*
        $name:ident as $service:ident {
            $($(#[$variant_doc:meta])* $wire:literal $(| $query_code:literal)? => $variant:ident, $is:ident $(, $kind:ident)?;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                $variant($variant),
            )*
            /// Any other error. Its metadata contains the code and the message.
            Unhandled($crate::error::Unhandled),
        }

        impl $name {
            /// Creates an error that the operation does not model, from its cause.
            #[inline]
            pub fn unhandled(
                error: impl Into<Box<dyn ::std::error::Error + Send + Sync + 'static>>,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(error, Default::default()))
            }

            /// Creates an error that is known by its metadata only.
            #[inline]
            pub fn generic(meta: $crate::codegen::ErrorMetadata) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(meta.clone(), meta))
            }

            /// The code, the message and the request id that the service returned.
            #[inline]
            pub fn meta(&self) -> &$crate::codegen::ErrorMetadata {
                $crate::codegen::meta_of(self.kind())
            }

            #[inline]
            fn kind(&self) -> $crate::codegen::Kind<'_> {
                match self {
                    $(Self::$variant(error) => Ok(error),)*
                    Self::Unhandled(unhandled) => Err(unhandled),
                }
            }

            $(
                #[doc = concat!("Returns `true` for [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::codegen::fmt_kind(self.kind(), f)
            }
        }

        impl ::std::error::Error for $name {
            #[inline]
            fn source(&self) -> Option<&(dyn ::std::error::Error + 'static)> {
                Some($crate::codegen::source_of(self.kind()))
            }
        }

        impl $crate::codegen::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::codegen::ErrorMetadata {
                Self::meta(self)
            }
        }

        impl $crate::codegen::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                $crate::codegen::RequestId::request_id(Self::meta(self))
            }
        }

        impl $crate::codegen::ProvideErrorKind for $name {
            #[inline]
            fn retryable_error_kind(&self) -> Option<$crate::codegen::ErrorKind> {
                $($(
                    if let Self::$variant(_) = self {
                        return Some($crate::codegen::ErrorKind::$kind);
                    }
                )?)*
                None
            }

            #[inline]
            fn code(&self) -> Option<&str> {
                Self::meta(self).code()
            }
        }

        impl $crate::codegen::CreateUnhandledError for $name {
            #[inline]
            fn create_unhandled_error(
                source: Box<dyn ::std::error::Error + Send + Sync + 'static>,
                meta: Option<$crate::codegen::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(source, meta.unwrap_or_default()))
            }
        }

        impl $crate::codegen::OperationError for $name {
            const IS_MODELED: bool = !<[&str]>::is_empty(&[$($wire),*]);

            #[inline]
            fn generic(meta: $crate::codegen::ErrorMetadata) -> Self {
                Self::generic(meta)
            }
        }

        // No type of a model has a name with an underscore.
        impl<P_> $crate::codegen::DeserializeOperationError<P_> for $name
        where
            $($variant: $crate::codegen::DeserializeModeledError<P_>,)*
        {
            #[inline]
            fn deserialize_operation_error(
                meta: $crate::codegen::ErrorMetadata,
                _response: &mut $crate::codegen::HttpResponse,
            ) -> Result<Self, $crate::codegen::BoxError> {
                match $crate::codegen::error_name(&meta) {
                    $(Some($wire $(| $query_code)?) => {
                        $crate::codegen::DeserializeModeledError::<P_>::deserialize_modeled_error(meta, _response).map(Self::$variant)
                    })*
                    _ => Ok(Self::generic(meta)),
                }
            }
        }

        impl From<$name> for $service {
            #[inline]
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(error) => Self::$variant(error),)*
                    $name::Unhandled(unhandled) => Self::Unhandled(unhandled),
                }
            }
        }
    };
}

/// Declares the error of all operations: an enum with a variant for each row and `Unhandled`.
#[doc(hidden)]
#[macro_export]
macro_rules! __service_error {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                $variant($variant),
            )*
            /// Any other error. Its metadata contains the code and the message.
            Unhandled($crate::error::Unhandled),
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant(error) => ::std::fmt::Display::fmt(error, f),)*
                    Self::Unhandled(unhandled) => unhandled.fmt_outer(f),
                }
            }
        }

        impl ::std::error::Error for $name {
            #[inline]
            fn source(&self) -> Option<&(dyn ::std::error::Error + 'static)> {
                match self {
                    $(Self::$variant(error) => ::std::error::Error::source(error),)*
                    Self::Unhandled(unhandled) => Some(unhandled.source()),
                }
            }
        }

        impl $crate::codegen::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::codegen::ErrorMetadata {
                match self {
                    $(Self::$variant(error) => $crate::codegen::ProvideErrorMetadata::meta(error),)*
                    Self::Unhandled(unhandled) => unhandled.meta(),
                }
            }
        }

        impl $crate::codegen::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                let meta = $crate::codegen::ProvideErrorMetadata::meta(self);
                $crate::codegen::RequestId::request_id(meta)
            }
        }

        impl<E, R> From<$crate::error::SdkError<E, R>> for $name
        where
            Self: From<E>,
            E: $crate::codegen::ProvideErrorMetadata + ::std::error::Error + Send + Sync + 'static,
            R: Send + Sync + ::std::fmt::Debug + 'static,
        {
            fn from(error: $crate::error::SdkError<E, R>) -> Self {
                match error {
                    $crate::error::SdkError::ServiceError(context) => Self::from(context.into_err()),
                    other => {
                        let meta = $crate::codegen::ProvideErrorMetadata::meta(&other).clone();
                        Self::Unhandled($crate::error::Unhandled::new(other, meta))
                    }
                }
            }
        }

        impl<O, E> From<$crate::codegen::WaiterError<O, E>> for $name
        where
            O: ::std::fmt::Debug + Send + Sync + 'static,
            E: ::std::error::Error + Send + Sync + 'static,
        {
            fn from(error: $crate::codegen::WaiterError<O, E>) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(error, Default::default()))
            }
        }

        impl From<$crate::error::BuildError> for $name {
            #[inline]
            fn from(error: $crate::error::BuildError) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(error, Default::default()))
            }
        }
    };
}
