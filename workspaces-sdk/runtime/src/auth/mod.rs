//! Authentication: the credentials cache, the clock of the service, and signatures.

mod clock;
mod credentials;
mod hash;
#[cfg(feature = "streams")]
mod payload;
mod sigv4;

pub(crate) use clock::{Clock, Reading, Skew, basic_time};
pub(crate) use credentials::{CredentialsCache, account_id};
#[cfg(feature = "tree-hash")]
pub(crate) use hash::Sha256;
#[cfg(feature = "streams")]
pub(crate) use payload::add_content_sha256;
pub(crate) use sigv4::{Scope, Signer};
