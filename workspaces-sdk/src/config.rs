//! The settings of a client, most of them shared with other services through `SdkConfig`.

use std::fmt;

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::shared::IntoShared;
use aws_types::SdkConfig;
pub use aws_types::region::Region;
use aws_types::service_config::ServiceConfigKey;

use crate::generated::service::SERVICE;

pub mod http;
pub mod retry;
pub mod timeout;

/// The settings of a [`Client`](crate::Client).
#[derive(Clone)]
pub struct Config {
    pub(crate) settings: Settings,
}

/// What can be set; `None` is the default of each.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    pub(crate) behavior_version: Option<BehaviorVersion>,
    pub(crate) credentials_provider: Option<SharedCredentialsProvider>,
    pub(crate) endpoint_url: Option<String>,
    pub(crate) http_client: Option<SharedHttpClient>,
    pub(crate) region: Option<Region>,
    pub(crate) time_source: Option<SharedTimeSource>,
}

impl Config {
    /// Starts with every setting at its default.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Starts with the settings of this configuration.
    pub fn to_builder(&self) -> Builder {
        Builder {
            settings: self.settings.clone(),
        }
    }

    /// Takes the settings that all services share.
    pub fn new(config: &SdkConfig) -> Self {
        Builder::from(config).build()
    }

    /// The HTTP client that was set, if one was.
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.settings.http_client.clone()
    }

    /// The region that was set, if one was.
    pub fn region(&self) -> Option<&Region> {
        self.settings.region.as_ref()
    }

    /// The name under which requests are signed.
    pub fn signing_name(&self) -> &'static str {
        SERVICE.signing_name
    }

    /// Where the time comes from, if that was set.
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.settings.time_source.clone()
    }

    /// These settings, with those of `overrides` in place of them where it has one.
    pub(crate) fn with(&self, overrides: &Builder) -> Self {
        let (new, old) = (&overrides.settings, &self.settings);
        Self {
            settings: Settings {
                behavior_version: new.behavior_version.or(old.behavior_version),
                credentials_provider: new
                    .credentials_provider
                    .clone()
                    .or_else(|| old.credentials_provider.clone()),
                endpoint_url: new
                    .endpoint_url
                    .clone()
                    .or_else(|| old.endpoint_url.clone()),
                http_client: new.http_client.clone().or_else(|| old.http_client.clone()),
                region: new.region.clone().or_else(|| old.region.clone()),
                time_source: new.time_source.clone().or_else(|| old.time_source.clone()),
            },
        }
    }
}

impl From<&SdkConfig> for Config {
    fn from(config: &SdkConfig) -> Self {
        Builder::from(config).build()
    }
}

/// Builds a [`Config`].
#[derive(Clone, Default)]
pub struct Builder {
    settings: Settings,
}

impl Builder {
    /// Starts with every setting at its default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets which defaults apply. This crate has one set of them so far, that of the latest version.
    pub fn behavior_version(mut self, behavior_version: BehaviorVersion) -> Self {
        self.set_behavior_version(Some(behavior_version));
        self
    }

    /// Sets or clears which defaults apply.
    pub fn set_behavior_version(&mut self, behavior_version: Option<BehaviorVersion>) -> &mut Self {
        self.settings.behavior_version = behavior_version;
        self
    }

    /// Sets that the latest defaults apply.
    pub fn behavior_version_latest(self) -> Self {
        self.behavior_version(BehaviorVersion::latest())
    }

    /// Sets who gives the credentials that requests are signed with.
    pub fn credentials_provider(
        mut self,
        credentials_provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials_provider)));
        self
    }

    /// Sets or clears who gives the credentials that requests are signed with.
    pub fn set_credentials_provider(
        &mut self,
        credentials_provider: Option<SharedCredentialsProvider>,
    ) -> &mut Self {
        self.settings.credentials_provider = credentials_provider;
        self
    }

    /// Sets where requests go: a URL with scheme and host, and a path that comes before theirs.
    pub fn endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
        self.set_endpoint_url(Some(endpoint_url.into()));
        self
    }

    /// Sets or clears where requests go.
    pub fn set_endpoint_url(&mut self, endpoint_url: Option<String>) -> &mut Self {
        self.settings.endpoint_url = endpoint_url;
        self
    }

    /// Sets what carries requests, in place of the default HTTPS client.
    pub fn http_client(mut self, http_client: impl HttpClient + 'static) -> Self {
        self.set_http_client(Some(http_client.into_shared()));
        self
    }

    /// Sets or clears what carries requests.
    pub fn set_http_client(&mut self, http_client: Option<SharedHttpClient>) -> &mut Self {
        self.settings.http_client = http_client;
        self
    }

    /// Sets the region, for which requests are signed.
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.set_region(region.into());
        self
    }

    /// Sets or clears the region.
    pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
        self.settings.region = region;
        self
    }

    /// Sets where the time comes from, in place of the system's clock.
    pub fn time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
        self.set_time_source(Some(time_source.into_shared()));
        self
    }

    /// Sets or clears where the time comes from.
    pub fn set_time_source(&mut self, time_source: Option<SharedTimeSource>) -> &mut Self {
        self.settings.time_source = time_source;
        self
    }

    /// Builds the [`Config`].
    pub fn build(self) -> Config {
        Config {
            settings: self.settings,
        }
    }
}

impl From<&SdkConfig> for Builder {
    fn from(config: &SdkConfig) -> Self {
        Self {
            settings: Settings {
                behavior_version: config.behavior_version(),
                credentials_provider: config.credentials_provider(),
                endpoint_url: endpoint_url(config),
                http_client: config.http_client(),
                region: config.region().cloned(),
                time_source: config.time_source(),
            },
        }
    }
}

/// The endpoint that the program set, else the one of the environment or profile for this service,
/// else the one for all services.
fn endpoint_url(config: &SdkConfig) -> Option<String> {
    let for_all = || config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return for_all();
    }
    let key = ServiceConfigKey::builder()
        .service_id(SERVICE.id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok()?;
    config
        .service_config()
        .and_then(|service| service.load_config(key))
        .or_else(for_all)
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.debug("Config", f)
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.debug("Builder", f)
    }
}

impl Settings {
    /// Tells of the credentials only whether there are any.
    fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("behavior_version", &self.behavior_version)
            .field(
                "credentials_provider",
                &self.credentials_provider.as_ref().map(|_| "set"),
            )
            .field("endpoint_url", &self.endpoint_url)
            .field("http_client", &self.http_client)
            .field("region", &self.region)
            .field("time_source", &self.time_source)
            .finish()
    }
}
