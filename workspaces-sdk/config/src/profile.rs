//! Profiles from the shared files `~/.aws/config` and `~/.aws/credentials`.
//!
//! [`load`] reads the files and describes their syntax.

pub mod credentials;
mod error;
pub(crate) mod home;
mod merge;
mod missing;
mod parse;
pub mod parser;
pub mod profile_file;
mod property;
mod read;
pub mod region;
mod section;
mod set;
#[cfg(feature = "sso")]
pub mod token;

#[doc(inline)]
pub use credentials::ProfileFileCredentialsProvider;
#[doc(inline)]
pub use error::{CouldNotReadConfigFile, ProfileFileLoadError, ProfileParseError};
#[doc(inline)]
pub use parser::load;
#[doc(inline)]
pub use property::{Place, Profile, Property, SsoSession};
#[doc(inline)]
pub use region::ProfileFileRegionProvider;
#[doc(inline)]
pub use set::ProfileSet;
#[cfg(feature = "sso")]
#[doc(inline)]
pub use token::ProfileFileTokenProvider;
