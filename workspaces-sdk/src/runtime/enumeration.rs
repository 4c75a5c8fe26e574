//! What every enum of strings does, written once.

use std::fmt;

/// A text that is no value of the enum it was parsed for, as far as this version of the crate knows.
#[derive(Debug)]
pub struct UnknownVariantError {
    value: String,
}

impl UnknownVariantError {
    pub(crate) fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
        }
    }
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum variant: '{}'", self.value)
    }
}

impl std::error::Error for UnknownVariantError {}

/// Makes an enum of a table of variants and their wire names.
///
/// It has one unit variant for each row and `Unknown(String)` for every other value, so a value that
/// the service adds later survives a round trip. `sensitive` before the name keeps `Debug` from
/// showing the value.
macro_rules! string_enum {
    ($(#[$doc:meta])* sensitive $name:ident { $($rows:tt)* }) => {
        $crate::runtime::enumeration::string_enum!(@make [$(#[$doc])*] [] $name $($rows)*);

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::runtime::REDACTED)
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($rows:tt)* }) => {
        $crate::runtime::enumeration::string_enum!(@make [$(#[$doc])*] [#[derive(Debug)]] $name $($rows)*);
    };
    (
        @make [$($doc:tt)*] [$($debug:tt)*] $name:ident
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
            /// The value as it stands on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }

            /// All values that this version of the crate knows, as they stand on the wire.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[$($wire),*]
            }

            /// Parses a value, refusing those that this version of the crate does not know.
            ///
            /// # Errors
            /// [`UnknownVariantError`](crate::error::UnknownVariantError) with the value.
            #[inline]
            pub fn try_parse(value: &str) -> Result<Self, $crate::runtime::enumeration::UnknownVariantError> {
                match Self::from(value) {
                    Self::Unknown(value) => Err($crate::runtime::enumeration::UnknownVariantError::new(value)),
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

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        impl AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::runtime::json::Encode for $name {
            #[inline]
            fn encode(&self, out: &mut $crate::runtime::json::Encoder) {
                out.string(self.as_str());
            }
        }

        impl $crate::runtime::json::Decode for $name {
            #[inline]
            fn decode(
                input: &mut $crate::runtime::json::Decoder<'_>,
            ) -> Result<Self, $crate::runtime::json::DecodeError> {
                Ok(Self::from(&*input.string()?))
            }

            #[inline]
            fn missing() -> Result<Self, $crate::runtime::json::DecodeError> {
                Ok(Self::from("no value was set"))
            }
        }
    };
}
pub(crate) use string_enum;
