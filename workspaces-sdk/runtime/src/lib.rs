//! The runtime of generated AWS clients.
//!
//! A generated crate describes a service: its types, operations and endpoint rules. This crate does everything that
//! services have in common: it resolves settings, serializes and signs requests, sends them, retries, and turns
//! responses into outputs and errors. It knows no service.
//!
//! Programs use the re-exports of the generated crate and rarely name this one. [`orchestrator`] shows the whole way of a
//! request, from input to output.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `aws-json` | the protocols awsJson 1.0 and 1.1 |
//! | `default-https-client` | the default HTTPS client |
//! | `gzip` | compression of request bodies |
//! | `rt-tokio` | tokio's timer for backoff and timeouts |
//! | `test-util` | credentials and a clock for tests |

mod auth;
mod builder;
mod client;
mod codec;
#[doc(hidden)]
pub mod codegen;
#[cfg(feature = "gzip")]
mod compression;
mod customize;
mod endpoint;
mod enumeration;
pub mod error;
mod handle;
mod hex;
mod operation;
mod orchestrator;
mod pagination;
pub mod primitives;
mod protocol;
mod request;
mod retry;
mod service;
pub mod settings;
mod timeout;
mod transport;
mod url;
mod user_agent;
mod uuid;
mod validation;
mod waiter;
