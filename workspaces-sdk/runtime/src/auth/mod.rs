//! Authentication: the credentials cache, the clock of the service, and signatures.

mod clock;
mod credentials;
mod hash;
mod sigv4;

pub(crate) use clock::{Clock, Reading, Skew, basic_time};
pub(crate) use credentials::{CredentialsCache, account_id};
#[cfg(feature = "tree-hash")]
pub(crate) use hash::Sha256;
pub(crate) use sigv4::{Scope, Signer};
