//! The encodings of messages: bytes only, no protocol.

#[cfg(any(feature = "json", feature = "xml"))]
mod error;
#[cfg(feature = "form")]
pub(crate) mod form;
#[cfg(feature = "json")]
pub(crate) mod json;
#[cfg(any(feature = "form", feature = "xml"))]
pub(crate) mod layout;
#[cfg(any(feature = "json", feature = "xml"))]
pub(crate) mod memory;
#[cfg(any(feature = "form", feature = "xml"))]
mod scalar;
#[cfg(feature = "xml")]
pub(crate) mod xml;
