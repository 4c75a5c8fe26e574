//! Loading what the program did not set.

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_async::rt::sleep::default_async_sleep;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::origin::Origin;

use super::{ConfigLoader, CredentialsSetting};
use crate::default_provider::credentials::DefaultCredentialsChain;
#[cfg(feature = "sso")]
use crate::default_provider::token::DefaultTokenChain;
use crate::default_provider::{app_name, checksums, region, retry_config, timeout_config};
use crate::identity::IdentityCache;
use crate::meta::region::ProvideRegion;
use crate::provider_config::{Boxed, ProviderConfig};
use crate::service_config::ServiceConfig;
use crate::settings;

impl ConfigLoader {
    /// Loads the configuration.
    ///
    /// This reads the environment and the profile files, and asks the metadata service of EC2 for the Region if they have none.
    /// Credentials are loaded when a client needs them. A setting of the environment or a profile that is not valid is ignored,
    /// and a `tracing` warning names it.
    pub async fn load(self) -> SdkConfig {
        self.load_boxed().await
    }

    /// Loads the configuration in a future that is compiled in this crate.
    fn load_boxed(self) -> Boxed<'static, SdkConfig> {
        Box::pin(self.load_all())
    }

    async fn load_all(self) -> SdkConfig {
        let time_source = self.time_source.unwrap_or_default();
        let sleep_impl = self.sleep_impl.or_else(default_async_sleep);
        let mut config = ProviderConfig::empty()
            .with_time_source(time_source.clone())
            .with_sleep(sleep_impl.clone())
            .with_env(self.env.unwrap_or_default())
            .with_behavior_version(self.behavior_version)
            .with_profile(self.profile_files, self.profile_name);
        if let Some(fs) = self.fs {
            config = config.with_fs(fs);
        }
        if let Some(client) = &self.http_client {
            config = config.with_http_client(client.clone());
        }

        // From here on, settings can be looked up without waiting.
        config.profiles().await;
        let use_fips = settings::USE_FIPS.or_get(self.use_fips, &config);
        let use_dual_stack = settings::USE_DUAL_STACK.or_get(self.use_dual_stack, &config);
        config = config
            .with_use_fips(use_fips)
            .with_use_dual_stack(use_dual_stack);
        let region = match self.region {
            Some(provider) => provider.region().await,
            None => {
                region::Builder::default()
                    .configure(&config)
                    .build()
                    .region()
                    .await
            }
        };

        let mut builder = SdkConfig::builder();
        let mut timeouts = self
            .timeout_config
            .unwrap_or_else(|| TimeoutConfig::builder().build());
        timeouts.take_defaults_from(&timeout_config::timeouts());
        let retries = match self.retry_config {
            Some(retries) => {
                builder.insert_origin("retry_config", Origin::shared_config());
                retries
            }
            None => retry_config::retries(&config),
        };
        config = config
            .with_region(region.clone())
            .with_retry_config(retries.clone())
            .with_timeout_config(timeouts.clone());

        let ignore_endpoint_urls = self.endpoint_url.is_none()
            && settings::IGNORE_CONFIGURED_ENDPOINT_URLS.get(&config) == Some(true);
        let (endpoint_url, origin) = match self.endpoint_url {
            Some(url) => (Some(url), Origin::shared_config()),
            None if ignore_endpoint_urls => (None, Origin::unknown()),
            None => settings::ENDPOINT_URL.get_with_origin(&config),
        };
        builder.insert_origin("endpoint_url", origin);
        let service_config =
            ServiceConfig::new(config.clone()).ignore_endpoint_urls(ignore_endpoint_urls);

        if self.auth_scheme_preference.is_some() {
            builder.insert_origin("auth_scheme_preference", Origin::shared_config());
        }
        let credentials = match self.credentials {
            CredentialsSetting::Provider(provider) => Some(provider),
            CredentialsSetting::None => None,
            CredentialsSetting::DefaultChain => {
                let chain = DefaultCredentialsChain::builder().build_with(config.clone());
                Some(SharedCredentialsProvider::new(chain))
            }
        };
        let token_provider = match self.token_provider {
            Some(provider) => {
                builder.insert_origin("token_provider", Origin::shared_config());
                Some(provider)
            }
            None => default_token_provider(&config),
        };
        let identity_cache = self.identity_cache.or_else(|| {
            #[allow(deprecated, reason = "older versions have no cache")]
            let caches =
                |version: BehaviorVersion| version.is_at_least(BehaviorVersion::v2024_03_28());
            let caches = self.behavior_version.is_some_and(caches);
            caches.then(|| IdentityCache::lazy().build())
        });

        builder
            .set_account_id_endpoint_mode(
                settings::ACCOUNT_ID_ENDPOINT_MODE.or_get(self.account_id_endpoint_mode, &config),
            )
            .set_app_name(self.app_name.or_else(|| app_name::app_name(&config)))
            .set_auth_scheme_preference(
                settings::AUTH_SCHEME_PREFERENCE.or_get(self.auth_scheme_preference, &config),
            )
            .set_behavior_version(self.behavior_version)
            .set_credentials_provider(credentials)
            .set_disable_clock_skew_correction(
                settings::DISABLE_CLOCK_SKEW_CORRECTION
                    .or_get(self.disable_clock_skew_correction, &config),
            )
            .set_disable_request_compression(
                settings::DISABLE_REQUEST_COMPRESSION
                    .or_get(self.disable_request_compression, &config),
            )
            .set_endpoint_url(endpoint_url)
            .set_framework_metadata(self.framework_metadata)
            .set_http_client(self.http_client)
            .set_identity_cache(identity_cache)
            .set_protocol(self.protocol)
            .set_region(region)
            .set_request_checksum_calculation(
                (self.request_checksum_calculation)
                    .or_else(|| checksums::request_checksum_calculation(&config)),
            )
            .set_request_min_compression_size_bytes(
                settings::REQUEST_MIN_COMPRESSION_SIZE_BYTES
                    .or_get(self.request_min_compression_size_bytes, &config),
            )
            .set_response_checksum_validation(
                (self.response_checksum_validation)
                    .or_else(|| checksums::response_checksum_validation(&config)),
            )
            .set_retry_config(Some(retries))
            .set_sigv4a_signing_region_set(
                settings::SIGV4A_SIGNING_REGION_SET.or_get(self.sigv4a_signing_region_set, &config),
            )
            .set_sleep_impl(sleep_impl)
            .set_stalled_stream_protection(self.stalled_stream_protection)
            .set_time_source(Some(time_source))
            .set_timeout_config(Some(timeouts))
            .set_token_provider(token_provider)
            .set_use_dual_stack(use_dual_stack)
            .set_use_fips(use_fips);
        builder.service_config(service_config).build()
    }
}

#[cfg(feature = "sso")]
fn default_token_provider(config: &ProviderConfig) -> Option<SharedTokenProvider> {
    let chain = DefaultTokenChain::builder().build_with(config.clone());
    Some(SharedTokenProvider::new(chain))
}

#[cfg(not(feature = "sso"))]
fn default_token_provider(_: &ProviderConfig) -> Option<SharedTokenProvider> {
    None
}
