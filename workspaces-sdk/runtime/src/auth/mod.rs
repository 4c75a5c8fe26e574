//! Authentication: schemes, the identities of a client, the clock of the service, and signatures.

#[cfg(feature = "bearer")]
mod bearer;
mod cached_identity;
mod clock;
pub(crate) mod custom;
mod hash;
mod identities;
mod identity_cache;
mod macros;
#[cfg(feature = "streams")]
mod payload;
mod scheme;
pub(crate) mod shared_cache;
mod sigv4;

#[cfg(feature = "bearer")]
pub(crate) use bearer::add_token;
pub(crate) use clock::{Clock, Reading, Skew, basic_time};
pub use custom::{AuthParams, CustomAuth, auth_options};
pub(crate) use custom::{Chosen, Operation, Signable};
#[cfg(any(feature = "checksums", feature = "tree-hash"))]
pub(crate) use hash::Sha256;
pub(crate) use identities::Identities;
pub(crate) use identity_cache::{IdentityCache, account_id};
#[cfg(feature = "streams")]
pub(crate) use payload::add_content_sha256;
pub use scheme::AuthScheme;
pub(crate) use sigv4::{Scope, Signer};
