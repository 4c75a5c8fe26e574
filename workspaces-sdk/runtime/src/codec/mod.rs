//! The encodings of messages: bytes only, no protocol.

#[cfg(any(feature = "cbor", feature = "json"))]
mod all_types;
#[cfg(feature = "cbor")]
pub(crate) mod cbor;
#[cfg(any(feature = "cbor", feature = "json"))]
mod choices;
#[cfg(any(feature = "cbor", feature = "json"))]
mod containers;
#[cfg(any(feature = "cbor", feature = "json", feature = "xml"))]
mod error;
#[cfg(feature = "form")]
pub(crate) mod form;
#[cfg(feature = "json")]
pub(crate) mod json;
#[cfg(any(feature = "form", feature = "xml"))]
pub(crate) mod layout;
#[cfg(any(feature = "cbor", feature = "json"))]
mod members;
#[cfg(any(feature = "cbor", feature = "json", feature = "xml"))]
pub(crate) mod memory;
#[cfg(any(feature = "cbor", feature = "json"))]
mod room;
#[cfg(any(feature = "form", feature = "xml"))]
mod scalar;
#[cfg(any(feature = "cbor", feature = "json"))]
mod string_enum;
#[cfg(any(feature = "cbor", feature = "json"))]
mod strings;
#[cfg(any(feature = "cbor", feature = "json"))]
mod union;
#[cfg(any(feature = "cbor", feature = "json"))]
mod values;
#[cfg(feature = "xml")]
pub(crate) mod xml;
