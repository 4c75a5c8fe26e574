//! The type of stalled stream protection.

pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
