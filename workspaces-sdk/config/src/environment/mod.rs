//! Credentials and the Region from environment variables.

pub mod credentials;
pub mod region;

pub use credentials::EnvironmentVariableCredentialsProvider;
pub use region::EnvironmentVariableRegionProvider;
