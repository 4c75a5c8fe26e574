//! Enums of strings: the macro that declares them, and what they hold for a value that they do not know.

use std::fmt;

/// The value of an enum that this version of the crate does not know.
///
/// Programs read it with `as_str` of the enum, and create it with `From<&str>`, so that they keep working when a later
/// version knows the value.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub struct UnknownVariantValue(String);

impl UnknownVariantValue {
    #[doc(hidden)]
    pub fn new(value: &str) -> Self {
        Self(value.to_owned())
    }

    #[doc(hidden)]
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownVariantValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

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
/// The enum has a unit variant for each row and `Unknown` with an [`UnknownVariantValue`] for any other value, so that a value
/// that the service adds later survives a round trip. `sensitive` before the name hides the value from `Debug`.
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
            /// A value that this version of the crate does not know. [`as_str`](Self::as_str) returns it.
            #[deprecated(note = "a later version of the crate can know the value; match it with a wildcard pattern and `as_str`")]
            Unknown($crate::codegen::UnknownVariantValue),
        }

        #[allow(deprecated, reason = "only programs must not depend on `Unknown`")]
        impl $name {
            /// Returns the value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value.as_str(),
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
                    Self::Unknown(_) => Err(UnknownVariantError::new(value)),
                    known => Ok(known),
                }
            }
        }

        impl From<&str> for $name {
            #[inline]
            #[allow(deprecated, reason = "only programs must not depend on `Unknown`")]
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::Unknown($crate::codegen::UnknownVariantValue::new(other)),
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

        $crate::__serde_string_enum!($name);

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

#[cfg(test)]
#[expect(
    unreachable_pub,
    reason = "the types are public in the crate that declares them"
)]
mod tests {
    crate::__unknown_variant_error!(UnknownVariantError);

    crate::__string_enum! {
        /// A state.
        State {
            /// Running.
            Running = "RUNNING",
            /// Stopped.
            Stopped = "STOPPED",
        }
    }

    crate::__string_enum! {
        /// A secret.
        sensitive Secret {
            /// One.
            One = "1",
        }
    }

    /// What the official crates return and print for the same values.
    #[test]
    fn values_known_and_not() {
        let debug = |value: &str| format!("{:?}", State::from(value));
        assert_eq!(debug("RUNNING"), "Running");
        assert_eq!(
            debug("pending"),
            r#"Unknown(UnknownVariantValue("pending"))"#
        );
        assert_eq!(
            format!("{:?} {:?}", Secret::One, Secret::from("2")),
            "*** Sensitive Data Redacted *** *** Sensitive Data Redacted ***"
        );
        assert!(Secret::try_parse("2").is_err() && Secret::values() == ["1"]);
        for value in ["RUNNING", "STOPPED", "pending", ""] {
            let state = State::from(value);
            assert_eq!([state.as_str(), state.as_ref()], [value; 2]);
            assert_eq!(state.to_string(), value);
            assert_eq!(value.parse(), Ok(state.clone()));
            match State::try_parse(value) {
                Ok(known) => assert_eq!(known, state),
                Err(error) => {
                    assert!(!State::values().contains(&value));
                    let text = format!("unknown enum variant: '{value}'");
                    assert_eq!(error.to_string(), text);
                }
            }
        }
        assert_eq!(State::values(), ["RUNNING", "STOPPED"]);
        assert!(State::Running < State::Stopped && State::Stopped < State::from("A"));
        assert!(State::from("A") < State::from("B"));
        #[expect(deprecated, reason = "programs may still use it")]
        let State::Unknown(value) = State::from("pending") else {
            panic!("a known value");
        };
        assert_eq!(value.to_string(), "pending");
    }
}
