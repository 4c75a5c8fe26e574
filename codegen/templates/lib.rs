#![doc = include_str!("../README.md")]

#[rustfmt::skip]
mod generated;

pub use generated::{Client, Config, Error};
pub use generated::{client, config, error, meta, operation, primitives, types, waiters};
use generated::service;
