//! The intermediate representation (IR) of a service, independent of the format of its model.
//!
//! Names are those of the model and of the wire. The IR does not contain decisions about Rust. All references are
//! resolved: a [`ShapeId`] is a key of [`Service::shapes`]. Items keep their JSON path in the file, for the diagnostics
//! of later stages.

mod auth;
mod batch;
mod binding;
mod default;
mod discovery;
mod endpoint;
mod index;
mod operation;
mod service;
mod shape;
mod waiter;

pub use auth::*;
pub use batch::*;
pub use binding::*;
pub use default::*;
pub use discovery::*;
pub use endpoint::*;
pub use operation::*;
pub use service::*;
pub use shape::*;
pub use waiter::*;

/// The name of a shape.
pub type ShapeId = String;
