//! How long a call, an attempt, a connect and a read may take.

pub use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
