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
//! # Waiting
//!
//! Most changes take minutes after their call has returned. [`client::Waiters`] has a method for each
//! thing that can be waited for. It asks the service again and again, at a rate that the service allows,
//! and fails as soon as the goal can no longer be reached. Any number of WorkSpaces is waited for at once.
//!
//! ```no_run
//! use std::time::Duration;
//! use workspaces_sdk::Client;
//! use workspaces_sdk::client::Waiters;
//! use workspaces_sdk::waiters::workspaces_available::WaitUntilWorkspacesAvailableError;
//!
//! # async fn run(client: Client) -> Result<(), WaitUntilWorkspacesAvailableError> {
//! client
//!     .wait_until_workspaces_available()
//!     .workspace_ids("ws-0123456ab")
//!     .workspace_ids("ws-0123456cd")
//!     .wait(Duration::from_secs(30 * 60))
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Testing offline
//!
//! The feature `fake` adds a module of that name: an offline WorkSpaces in memory, for tests and to try
//! things out, on which all of this crate works, and other SDKs too.
//!
//! [`send`]: operation::describe_workspaces::builders::DescribeWorkspacesFluentBuilder::send

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
