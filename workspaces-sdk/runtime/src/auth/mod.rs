//! Authentication: schemes, the identities of a client, the clock of the service, and signatures.

#[cfg(feature = "bearer")]
mod bearer;
mod cached_identity;
mod clock;
mod hash;
mod identities;
mod identity_cache;
#[cfg(feature = "streams")]
mod payload;
mod scheme;
mod sigv4;

#[cfg(feature = "bearer")]
pub(crate) use bearer::add_token;
pub use cached_identity::{CachePolicy, CachedIdentity};
pub(crate) use clock::{Clock, Reading, Skew, basic_time};
#[cfg(any(feature = "checksums", feature = "tree-hash"))]
pub(crate) use hash::Sha256;
pub(crate) use identities::Identities;
pub(crate) use identity_cache::{IdentityCache, account_id};
pub use identity_cache::{IdentityKind, load_timeout};
#[cfg(feature = "streams")]
pub(crate) use payload::add_content_sha256;
pub use scheme::AuthScheme;
pub(crate) use sigv4::{Scope, Signer};
