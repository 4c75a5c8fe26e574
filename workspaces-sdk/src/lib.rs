#![doc = include_str!("guide.md")]

pub mod client;
pub mod config;
pub mod error;
#[cfg(feature = "fake")]
pub mod fake;
#[rustfmt::skip]
mod generated;
pub mod meta;
pub mod primitives;
mod runtime;

pub use client::Client;
pub use config::Config;
pub use generated::error::Error;
pub use generated::{operation, types, waiters};

#[cfg(test)]
mod round_trips;

/// The programs of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
