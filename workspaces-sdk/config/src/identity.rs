//! The cache of credentials and tokens that the clients of a configuration share.

pub use lean_aws_runtime::settings::{IdentityCache, LazyCacheBuilder};

#[cfg(test)]
#[cfg(feature = "rt-tokio")]
mod tests;
