//! Authentication: credentials, the clock of the service, and signatures.

mod clock;
mod identity;
mod sigv4;

pub(crate) use clock::{Clock, Skew, basic_time};
pub(crate) use identity::{CredentialsCache, account_id};
pub(crate) use sigv4::{Scope, Signer};
