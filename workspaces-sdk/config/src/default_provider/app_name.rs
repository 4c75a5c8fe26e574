//! The name of the application in the user agent, from the environment and the profile.

use aws_types::app_name::AppName;

use crate::provider_config::ProviderConfig;
use crate::settings;

/// Creates a builder of the name of the application.
///
/// Sources: `AWS_SDK_UA_APP_ID`, or `sdk_ua_app_id` in the profile, or else `sdk-ua-app-id` there.
pub fn default_provider() -> Builder {
    Builder::default()
}

/// Builds the name of the application.
#[derive(Debug, Default)]
pub struct Builder {
    config: ProviderConfig,
}

impl Builder {
    /// Sets the name of the profile.
    pub fn profile_name(mut self, name: &str) -> Self {
        self.config = self.config.with_profile(None, Some(name.to_owned()));
        self
    }

    /// Returns the name of the application. One that is not valid is ignored with a warning.
    pub async fn app_name(self) -> Option<AppName> {
        self.config.profiles().await;
        app_name(&self.config)
    }
}

/// Returns the name of the application in the environment or the profile, which has been read.
pub(crate) fn app_name(config: &ProviderConfig) -> Option<AppName> {
    settings::APP_NAME.get_or(&settings::OLD_APP_NAME, config)
}
