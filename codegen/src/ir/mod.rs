//! The service as the generator thinks of it, whatever format it was read from.
//!
//! Names are those of the model and of the wire; nothing about Rust is decided here. Every reference is
//! resolved: a [`ShapeId`] in an IR is a key of [`Service::shapes`]. What has a place in a file keeps
//! its path there, for diagnostics of later stages.

mod binding;
mod endpoint;
mod operation;
mod service;
mod shape;
mod waiter;

pub use binding::*;
pub use endpoint::*;
pub use operation::*;
pub use service::*;
pub use shape::*;
pub use waiter::*;

/// The name of a shape.
pub type ShapeId = String;
