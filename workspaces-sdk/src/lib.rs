//! A small, fast client for Amazon WorkSpaces with the interface of `aws-sdk-workspaces`.
//!
//! A [`Client`] has one method for each operation of the service. The method returns a builder: set
//! what the operation needs, then [`send`] it.
//!
//! ```no_run
//! use workspaces_sdk::config::{Credentials, Region};
//! use workspaces_sdk::{Client, Config, Error};
//!
//! # async fn run() -> Result<(), Error> {
//! let config = Config::builder()
//!     .region(Region::new("eu-west-1"))
//!     .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "example"))
//!     .build();
//! let answer = Client::from_conf(config).describe_workspaces().directory_id("d-926722edaf").send().await?;
//! println!("{} WorkSpaces", answer.workspaces().len());
//! # Ok(())
//! # }
//! ```
//!
//! [`send`]: operation::describe_workspaces::builders::DescribeWorkspacesFluentBuilder::send

pub mod client;
pub mod config;
pub mod error;
#[rustfmt::skip]
mod generated;
pub mod meta;
pub mod primitives;
mod runtime;

pub use client::Client;
pub use config::Config;
pub use generated::error::Error;
pub use generated::{operation, types};

#[cfg(test)]
mod round_trips;

/// The programs of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
