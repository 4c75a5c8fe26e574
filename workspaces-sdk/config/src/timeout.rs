//! The types of timeouts.

pub use aws_smithy_types::timeout::{OperationTimeoutConfig, TimeoutConfig, TimeoutConfigBuilder};
