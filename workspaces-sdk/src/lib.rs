#![doc = include_str!("guide.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "fake")]
pub mod fake;
#[rustfmt::skip]
mod generated;

use generated::service;
pub use generated::{Client, Config, Error};
pub use generated::{client, config, error, meta, operation, primitives, types, waiters};
#[cfg(feature = "blocking")]
pub use lean_aws_runtime::blocking;

#[cfg(test)]
mod round_trips;

/// The programs of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
