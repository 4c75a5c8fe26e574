//! The values of fields that are not set.

use proc_macro2::Ident;

use super::names;
use crate::ir::{DefaultValue, Member, Service};

/// The value of a field that is not set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fallback {
    pub(crate) value: FallbackValue,
    /// Whether it is sent.
    pub(crate) is_sent: bool,
}

/// A value that stands for one that is not set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FallbackValue {
    /// Zero, false, or empty.
    Zero,
    True,
    Integer(i64),
    Float(f64),
    String(String),
    /// A variant of the type of the field.
    Variant(Ident),
}

impl Fallback {
    pub(super) fn of(service: &Service, member: &Member) -> Option<Self> {
        let value = match service.default_of(member)? {
            DefaultValue::Zero => FallbackValue::Zero,
            DefaultValue::True => FallbackValue::True,
            DefaultValue::Integer(value) => FallbackValue::Integer(value),
            DefaultValue::Float(value) => FallbackValue::Float(value),
            DefaultValue::String(value) => FallbackValue::String(value.to_owned()),
            DefaultValue::Variant(value) => {
                FallbackValue::Variant(names::variant_name(&value.name))
            }
        };
        let is_sent = service.sends_default(member);
        Some(Self { value, is_sent })
    }
}
