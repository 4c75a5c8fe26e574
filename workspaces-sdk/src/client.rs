//! The client: one method for each operation, all sharing one configuration.

use std::fmt;
use std::sync::Arc;

use aws_types::SdkConfig;

use crate::config::Config;
use crate::generated::service::SERVICE;
pub use crate::generated::waiters::Waiters;
use crate::runtime::handle::Handle;

pub mod customize;

/// A client of the service.
///
/// A clone is cheap and shares everything with its original: connections, credentials and limits.
#[derive(Clone)]
pub struct Client {
    pub(crate) handle: Arc<Handle>,
}

impl Client {
    /// Makes a client from the settings that all services share.
    pub fn new(config: &SdkConfig) -> Self {
        Self::from_conf(Config::new(config))
    }

    /// Makes a client from its own settings.
    ///
    /// It never fails: a setting that is missing or wrong is an error of [`send`], which says what to set.
    ///
    /// [`send`]: crate::client::customize::CustomizableOperation::send
    pub fn from_conf(config: Config) -> Self {
        Self {
            handle: Arc::new(Handle::new(&SERVICE, config)),
        }
    }

    /// The settings of this client.
    pub fn config(&self) -> &Config {
        self.handle.config()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}
