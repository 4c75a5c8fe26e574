//! A program that manages WorkSpaces, as a user of `aws-sdk-workspaces` would write it.
//!
//! Its source uses the name `aws_sdk_workspaces` only. A line of its `Cargo.toml` selects the official crate or this one. With
//! either, it compiles and its tests pass.

pub mod access;
pub mod audit;
pub mod failure;
pub mod fleet;
pub mod images;
pub mod settings;
