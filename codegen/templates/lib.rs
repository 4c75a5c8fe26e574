#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[rustfmt::skip]
mod generated;

pub use generated::*;
#[cfg(feature = "blocking")]
pub use lean_aws_runtime::blocking;
