//! Settings for one service, such as its endpoint, which clients look up by themselves.

use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

use crate::profile::Property;
use crate::provider_config::ProviderConfig;
use crate::settings::ENDPOINT_URL;

/// The environment and the profile, in which a client looks up the settings of its service.
#[derive(Debug)]
pub(crate) struct ServiceConfig {
    config: ProviderConfig,
    ignore_endpoint_urls: bool,
}

impl ServiceConfig {
    /// The profile counts if it has been read.
    pub(crate) fn new(config: ProviderConfig) -> Self {
        Self {
            config,
            ignore_endpoint_urls: false,
        }
    }

    /// Whether the endpoints in the environment and the profile are ignored.
    pub(crate) fn ignore_endpoint_urls(mut self, ignore: bool) -> Self {
        self.ignore_endpoint_urls = ignore;
        self
    }
}

impl LoadServiceConfig for ServiceConfig {
    /// Returns a setting. The environment comes before the profile, and in each of them, the setting for the service before the
    /// one for all services. A blank value counts as none.
    ///
    /// Source: the section on service-specific endpoints of the AWS SDKs and Tools Reference Guide.
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        if self.ignore_endpoint_urls && key.env() == ENDPOINT_URL.variable {
            return None;
        }
        let service = key.service_id().replace(' ', "_");
        let variable = |name: &str| self.config.variable(name);
        let in_profile = || {
            let profiles = self.config.read_profiles()?;
            let value = |property: &Property| {
                Some(property.value().to_owned()).filter(|value| !value.trim().is_empty())
            };
            let of_service = profiles.service_property(key.service_id(), key.profile());
            of_service
                .and_then(value)
                .or_else(|| profiles.property(key.profile()).and_then(value))
        };
        variable(&format!("{}_{}", key.env(), service.to_uppercase()))
            .or_else(|| variable(key.env()))
            .or_else(in_profile)
    }
}
