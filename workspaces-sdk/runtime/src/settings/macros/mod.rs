//! The macros that declare `Config` and its builder in a generated crate.
//!
//! Their methods are `#[inline]`, so that a program compiles those that it uses, and the generated crate compiles none.

#[cfg(feature = "bearer")]
mod bearer;
mod builder;
mod config;
mod extensions;
mod plumbing;
pub(crate) mod test_util;
