//! The macro that declares enums of strings.

/// Declares the error of parsing a string that is not a known value of an enum.
#[doc(hidden)]
#[macro_export]
macro_rules! __unknown_variant_error {
    ($name:ident) => {
        /// The error of parsing a string that is not a known value of an enum.
        #[derive(Debug)]
        pub struct $name {
            value: String,
        }

        impl $name {
            #[doc(hidden)]
            pub fn new(value: impl Into<String>) -> Self {
                Self {
                    value: value.into(),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "unknown enum variant: '{}'", self.value)
            }
        }

        impl ::std::error::Error for $name {}
    };
}

/// Declares an enum from a table of variants and their values on the wire.
///
/// The enum has a unit variant for each row and `Unknown(String)` for any other value, so that a value that the service
/// adds later survives a round trip. `sensitive` before the name hides the value from `Debug`.
///
/// `UnknownVariantError`, the error of the generated crate, must be in scope.
///
/// The codecs have macros of the same name, which add the implementations of the codec.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    ($(#[$doc:meta])* sensitive $name:ident { $($rows:tt)* }) => {
        $crate::__string_enum!(@declare [$(#[$doc])*] [] $name $($rows)*);

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($crate::codegen::REDACTED)
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($rows:tt)* }) => {
        $crate::__string_enum!(@declare [$(#[$doc])*] [#[derive(Debug)]] $name $($rows)*);
    };
    (
        @declare [$($doc:tt)*] [$($debug:tt)*] $name:ident
        $($(#[$variant_doc:meta])* $variant:ident = $wire:literal,)*
    ) => {
        $($doc)*
        $($debug)*
        #[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                $variant,
            )*
            /// A value that this version of the crate does not know.
            Unknown(String),
        }

        impl $name {
            /// Returns the value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }

            /// Returns all values that this version of the crate knows, as they are on the wire.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[$($wire),*]
            }

            /// Parses a value that this version of the crate knows.
            ///
            /// # Errors
            /// Returns an [`UnknownVariantError`] for any other value.
            #[inline]
            pub fn try_parse(value: &str) -> Result<Self, UnknownVariantError> {
                match <Self as From<&str>>::from(value) {
                    Self::Unknown(value) => Err(UnknownVariantError::new(value)),
                    known => Ok(known),
                }
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, ::std::convert::Infallible> {
                Ok(<Self as From<&str>>::from(value))
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
