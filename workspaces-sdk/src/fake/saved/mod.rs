//! The state of a service in a file: how its parts are written as JSON.
//!
//! A part that is a type of the API has the form of the API. The others have a table of their members, [`saved`].

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use lean_aws_runtime::codegen::json::{Decode, DecodeError, Decoder, Encode, Encoder};

use crate::fake::table::Table;
use crate::operation::describe_client_branding::DescribeClientBrandingOutput;
use crate::types;

mod event;
mod file;

pub use file::StateFileError;
pub(super) use file::{StateFile, read, write};

/// A part of the state.
pub(super) trait Saved: Sized {
    fn save(&self, out: &mut Encoder);

    /// Reads the part.
    ///
    /// # Errors
    /// When the JSON is malformed or does not match the type.
    fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError>;

    /// Whether the part is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// The value of a part that is left out, if it can be.
    fn absent() -> Option<Self> {
        None
    }
}

/// A part that is read, in the form that the codec requires.
pub(super) struct Loaded<T>(pub(super) T);

impl<T: Saved> Decode for Loaded<T> {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        T::load(input).map(Self)
    }
}

/// A part that is written, in the form that the codec requires.
pub(super) struct Part<'a, T>(pub(super) &'a T);

impl<T: Saved> Encode for Part<'_, T> {
    fn encode(&self, out: &mut Encoder) {
        self.0.save(out);
    }

    fn is_absent(&self) -> bool {
        self.0.is_absent()
    }
}

/// Implements [`Saved`] for a structure by a table of its members. Fields that are not saved follow after `+`.
macro_rules! saved {
    ($name:ident { $($wire:literal => $field:ident;)* } $(+ $($rest:tt)*)?) => {
        impl $crate::fake::saved::Saved for $name {
            fn save(&self, out: &mut lean_aws_runtime::codegen::json::Encoder) {
                let mut object = out.object();
                $(object.member($wire, &$crate::fake::saved::Part(&self.$field));)*
                object.end();
            }

            fn load(
                input: &mut lean_aws_runtime::codegen::json::Decoder<'_>,
            ) -> Result<Self, lean_aws_runtime::codegen::json::DecodeError> {
                $(let mut $field = None;)*
                input.object()?;
                while let Some(name) = input.member()? {
                    match &*name {
                        $($wire => $field = input.value::<$crate::fake::saved::Loaded<_>>()?,)*
                        _ => input.skip()?,
                    }
                }
                $(
                    let $field = $field.map(|it| it.0).or_else($crate::fake::saved::Saved::absent);
                    let Some($field) = $field else {
                        return Err(input.expected(concat!("the member ", $wire, " before")));
                    };
                )*
                Ok(Self { $($field,)* $($($rest)*)? })
            }
        }
    };
}
pub(super) use saved;

/// Implements [`Saved`] for types that the codec knows.
macro_rules! known {
    ($($name:ty),* $(,)?) => {$(
        impl Saved for $name {
            fn save(&self, out: &mut Encoder) {
                Encode::encode(self, out);
            }

            fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Decode::decode(input)
            }
        }
    )*};
}

known! {
    bool, String, i32, i64, DateTime,
    DescribeClientBrandingOutput,
    types::AccountLinkStatusEnum, types::AssociationState, types::AssociationStateReason, types::AssociationStatus,
    types::ClientProperties, types::ConnectClientAddIn, types::ConnectionAliasState, types::ImageSourceIdentifier,
    types::ModificationResourceEnum, types::Tag, types::Workspace, types::WorkspaceBundle, types::WorkspaceDirectory,
    types::WorkspaceImage, types::WorkspaceProperties, types::WorkspacesIpGroup, types::WorkspacesPool,
    types::WorkspacesPoolSession, types::WorkspacesPoolState,
}

/// Implements [`Saved`] for types that are converted to and from another one that is saved.
macro_rules! converted {
    ($($name:ty as $saved:ty: |$value:ident| $to:expr, |$loaded:ident| $from:expr, $expected:literal;)*) => {$(
        impl Saved for $name {
            fn save(&self, out: &mut Encoder) {
                let $value = self;
                <$saved as Saved>::save(&$to, out);
            }

            fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let $loaded = <$saved as Saved>::load(input)?;
                $from.ok_or_else(|| input.expected($expected))
            }
        }
    )*};
}

converted! {
    u64 as String: |it| it.to_string(), |it| it.parse().ok(), "a number in quotes before";
    SystemTime as DateTime: |it| DateTime::from(*it), |it| Self::try_from(it).ok(), "a time before";
    Duration as u64:
        |it| u64::try_from(it.as_millis()).unwrap_or(u64::MAX),
        |it| Some(Self::from_millis(it)),
        "a number of milliseconds before";
    (String, String) as Vec<String>:
        |it| vec![it.0.clone(), it.1.clone()],
        |it| <[String; 2]>::try_from(it).ok().map(Self::from),
        "an error code and a message before";
}

impl<T: Saved> Saved for Option<T> {
    fn save(&self, out: &mut Encoder) {
        match self {
            Some(value) => value.save(out),
            None => out.null(),
        }
    }

    fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        T::load(input).map(Some)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Saved> Saved for Vec<T> {
    fn save(&self, out: &mut Encoder) {
        out.list(&self.iter().map(Part).collect::<Vec<_>>());
    }

    fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let elements = Vec::<Loaded<T>>::decode(input)?;
        Ok(elements.into_iter().map(|it| it.0).collect())
    }
}

impl Saved for BTreeSet<String> {
    fn save(&self, out: &mut Encoder) {
        out.list(self);
    }

    fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Vec::load(input).map(|elements| elements.into_iter().collect())
    }
}

impl<T: Saved> Saved for Table<T> {
    fn save(&self, out: &mut Encoder) {
        let mut object = out.object();
        for (key, value) in self.iter() {
            value.save(object.name(key.as_str()));
        }
        object.end();
    }

    fn load(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let entries = HashMap::<String, Loaded<T>>::decode(input)?;
        Ok(entries.into_iter().map(|(key, it)| (key, it.0)).collect())
    }
}
