//! The metadata service of EC2 instances (IMDS), version 2: a client, credentials and the Region.
//!
//! Only version 2 is used, in which each request has a session token. A container on an instance is one network hop further
//! away, so the instance must have a hop limit of at least 2 for tokens:
//!
//! ```text
//! aws ec2 modify-instance-metadata-options --instance-id i-1234567890abcdef0 \
//!     --http-put-response-hop-limit 2
//! ```

use aws_types::os_shim_internal::Env;

pub mod client;
pub mod credentials;
pub mod region;

#[doc(inline)]
pub use client::Client;

/// The variable that turns IMDS off.
const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";

/// Whether the environment turns IMDS off.
fn is_disabled(env: &Env) -> bool {
    let value = env.get(DISABLED);
    value.is_ok_and(|value| value.eq_ignore_ascii_case("true"))
}

#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod tests;
