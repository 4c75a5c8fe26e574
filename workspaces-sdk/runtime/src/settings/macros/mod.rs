//! The macros that declare `Config` and its builder in a generated crate.

#[cfg(feature = "bearer")]
mod bearer;
mod builder;
mod config;
mod extensions;
mod plumbing;
pub(crate) mod test_util;
