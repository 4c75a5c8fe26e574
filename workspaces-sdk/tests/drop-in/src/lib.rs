//! A program that looks after a fleet of WorkSpaces, as a user of `aws-sdk-workspaces` writes it.
//!
//! It names `aws_sdk_workspaces` and never this repository's crate. Only a line of its `Cargo.toml` says
//! which of the two it is built with; with either it compiles and its tests pass.

pub mod access;
pub mod failure;
pub mod fleet;
pub mod images;
pub mod settings;
