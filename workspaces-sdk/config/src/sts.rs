//! Credentials of a role, from AWS Security Token Service (STS).

mod assume_role;
pub(crate) mod session;
#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod tests;

pub use assume_role::{AssumeRoleProvider, AssumeRoleProviderBuilder};
