//! Tokens and credentials of IAM Identity Center, formerly AWS SSO.
//!
//! The user logs in with `aws sso login`, which writes a token to `~/.aws/sso/cache`. The providers of this module read that token,
//! refresh it before it expires, and exchange it for credentials of a role.

mod cache;
pub mod credentials;
pub mod token;

pub use credentials::SsoCredentialsProvider;
pub use token::SsoTokenProvider;
