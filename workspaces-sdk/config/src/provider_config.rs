//! What providers of credentials and settings have in common.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, default_async_sleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::HttpClient;
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::region::Region;
use aws_types::sdk_config::SharedHttpClient;
use tokio::sync::OnceCell;

use crate::default_provider::region::DefaultRegionChain;
use crate::files::Files;
use crate::profile::profile_file::ProfileFiles;
use crate::profile::{self, ProfileFileLoadError, ProfileSet};
use crate::service_config::ServiceConfig;
use crate::settings;

/// What providers of credentials and settings use: the environment, files, the HTTP client and the clock.
///
/// Most builders of providers have a method `configure` that takes it. Clones are cheap, and share the profile files, which are
/// read at most once.
#[derive(Clone)]
pub struct ProviderConfig(Arc<Shared>);

/// Behind a pointer, so that providers hold it without copies of the code that clones and drops it.
#[derive(Clone)]
struct Shared {
    env: Env,
    files: Files,
    time_source: SharedTimeSource,
    http_client: Option<SharedHttpClient>,
    retry_config: Option<RetryConfig>,
    timeout_config: Option<TimeoutConfig>,
    sleep_impl: Option<SharedAsyncSleep>,
    region: Option<Region>,
    use_fips: Option<bool>,
    use_dual_stack: Option<bool>,
    behavior_version: Option<BehaviorVersion>,
    profile_files: ProfileFiles,
    profile_name: Option<Cow<'static, str>>,
    /// The profiles, once they have been read.
    profiles: Arc<OnceCell<Result<ProfileSet, ProfileFileLoadError>>>,
}

/// A future that is compiled once. Without the box, it would be compiled again in each future that awaits it.
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl Default for ProviderConfig {
    fn default() -> Self {
        Self::empty().with_sleep(default_async_sleep())
    }
}

impl fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The environment contains credentials.
        f.debug_struct("ProviderConfig")
            .field("time_source", &self.0.time_source)
            .field("http_client", &self.0.http_client)
            .field("retry_config", &self.0.retry_config)
            .field("timeout_config", &self.0.timeout_config)
            .field("sleep_impl", &self.0.sleep_impl)
            .field("region", &self.0.region)
            .field("use_fips", &self.0.use_fips)
            .field("use_dual_stack", &self.0.use_dual_stack)
            .field("behavior_version", &self.0.behavior_version)
            .field("profile_name", &self.0.profile_name)
            .finish_non_exhaustive()
    }
}

impl ProviderConfig {
    /// Creates a configuration without a Region, with the default sleep implementation.
    pub fn without_region() -> Self {
        Self::default()
    }

    /// Creates a configuration in which nothing is set, not even a sleep implementation.
    pub fn empty() -> Self {
        Self(Arc::new(Shared {
            env: Env::default(),
            files: Files::default(),
            time_source: SharedTimeSource::default(),
            http_client: None,
            retry_config: None,
            timeout_config: None,
            sleep_impl: None,
            region: None,
            use_fips: None,
            use_dual_stack: None,
            behavior_version: None,
            profile_files: ProfileFiles::default(),
            profile_name: None,
            profiles: Arc::default(),
        }))
    }

    /// Returns the fields, for a change of this clone.
    fn change(&mut self) -> &mut Shared {
        Arc::make_mut(&mut self.0)
    }

    /// Creates a configuration with the Region of the [default chain](crate::default_provider::region).
    pub async fn with_default_region() -> Self {
        Self::without_region().load_default_region().await
    }

    /// Sets the Region to that of the [default chain](crate::default_provider::region).
    pub async fn load_default_region(self) -> Self {
        let chain = DefaultRegionChain::builder().configure(&self).build();
        let region = chain.region().await;
        self.with_region(region)
    }

    /// Sets the Region.
    pub fn with_region(mut self, region: Option<Region>) -> Self {
        self.change().region = region;
        self
    }

    /// Sets whether clients use FIPS endpoints.
    pub fn with_use_fips(mut self, use_fips: Option<bool>) -> Self {
        self.change().use_fips = use_fips;
        self
    }

    /// Sets whether clients use dual-stack endpoints.
    pub fn with_use_dual_stack(mut self, use_dual_stack: Option<bool>) -> Self {
        self.change().use_dual_stack = use_dual_stack;
        self
    }

    /// Sets the behavior version.
    pub fn with_behavior_version(mut self, behavior_version: Option<BehaviorVersion>) -> Self {
        self.change().behavior_version = behavior_version;
        self
    }

    /// Sets the time source.
    pub fn with_time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
        self.change().time_source = time_source.into_shared();
        self
    }

    /// Sets the HTTP client. The default is that of the feature `default-https-client`.
    pub fn with_http_client(mut self, http_client: impl HttpClient + 'static) -> Self {
        self.change().http_client = Some(http_client.into_shared());
        self
    }

    /// Sets the sleep implementation used for backoff and timeouts.
    pub fn with_sleep_impl(mut self, sleep_impl: impl AsyncSleep + 'static) -> Self {
        self.change().sleep_impl = Some(sleep_impl.into_shared());
        self
    }

    /// Sets the retries of the clients that load credentials.
    pub fn with_retry_config(mut self, retry_config: RetryConfig) -> Self {
        self.change().retry_config = Some(retry_config);
        self
    }

    /// Sets the timeouts of the clients that load credentials.
    pub fn with_timeout_config(mut self, timeout_config: TimeoutConfig) -> Self {
        self.change().timeout_config = Some(timeout_config);
        self
    }

    pub(crate) fn with_env(mut self, env: Env) -> Self {
        let shared = self.change();
        shared.env = env;
        shared.profiles = Arc::default();
        self
    }

    pub(crate) fn with_fs(mut self, fs: Fs) -> Self {
        let shared = self.change();
        shared.files = fs.into();
        shared.profiles = Arc::default();
        self
    }

    /// Sets the sleep implementation, or removes it.
    pub(crate) fn with_sleep(mut self, sleep_impl: Option<SharedAsyncSleep>) -> Self {
        self.change().sleep_impl = sleep_impl;
        self
    }

    /// Replaces the profile files or the name of the profile, if they are given.
    pub(crate) fn with_profile(
        mut self,
        files: Option<ProfileFiles>,
        name: Option<String>,
    ) -> Self {
        if files.is_none() && name.is_none() {
            return self;
        }
        let shared = self.change();
        if let Some(files) = files {
            shared.profile_files = files;
        }
        if let Some(name) = name {
            shared.profile_name = Some(name.into());
        }
        shared.profiles = Arc::default();
        self
    }

    pub(crate) fn env(&self) -> &Env {
        &self.0.env
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn time_source(&self) -> &SharedTimeSource {
        &self.0.time_source
    }

    pub(crate) fn http_client(&self) -> Option<&SharedHttpClient> {
        self.0.http_client.as_ref()
    }

    pub(crate) fn sleep_impl(&self) -> Option<&SharedAsyncSleep> {
        self.0.sleep_impl.as_ref()
    }

    /// Returns the value of an environment variable that is set and not blank.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        self.0
            .env
            .get(name)
            .ok()
            .filter(|value| !value.trim().is_empty())
    }

    /// Returns the profiles.
    ///
    /// # Errors
    /// When a profile file cannot be read or has a fault.
    pub(crate) fn try_profiles(&self) -> Boxed<'_, Result<&ProfileSet, &ProfileFileLoadError>> {
        let load = || async {
            let name = self.0.profile_name.clone();
            let profiles =
                profile::load(self.0.files.fs(), &self.0.env, &self.0.profile_files, name).await;
            if let Err(error) = &profiles {
                let error = DisplayErrorContext(error);
                tracing::warn!(%error, "the profiles are ignored");
            }
            profiles
        };
        Box::pin(async move { self.0.profiles.get_or_init(load).await.as_ref() })
    }

    /// Returns the profiles, if they have been read and have no fault.
    pub(crate) fn read_profiles(&self) -> Option<&ProfileSet> {
        self.0.profiles.get()?.as_ref().ok()
    }

    /// Returns the profiles, if they have no fault.
    pub(crate) async fn profiles(&self) -> Option<&ProfileSet> {
        self.try_profiles().await.ok()
    }

    /// Returns the configuration of the clients that load credentials.
    pub(crate) fn client_config(&self) -> Boxed<'_, SdkConfig> {
        Box::pin(self.load_client_config())
    }

    async fn load_client_config(&self) -> SdkConfig {
        self.profiles().await;
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .retry_config((self.0.retry_config.clone()).unwrap_or_else(RetryConfig::standard))
            .region(self.0.region.clone())
            .service_config(ServiceConfig::new(self.clone()))
            .time_source(self.0.time_source.clone())
            .use_dual_stack(
                settings::USE_DUAL_STACK
                    .or_get(self.0.use_dual_stack, self)
                    .unwrap_or_default(),
            )
            .use_fips(
                settings::USE_FIPS
                    .or_get(self.0.use_fips, self)
                    .unwrap_or_default(),
            );
        config
            .set_http_client(self.0.http_client.clone())
            .set_sleep_impl(self.0.sleep_impl.clone())
            .set_timeout_config(self.0.timeout_config.clone());
        config.build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn clients_have_the_endpoint_variants_of_the_program_or_else_of_the_environment() {
        let env = Env::from_slice(&[
            ("AWS_USE_FIPS_ENDPOINT", "true"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "true"),
        ]);
        let config = ProviderConfig::empty()
            .with_env(env)
            .with_fs(Fs::from_slice(&[]));
        let set = config
            .clone()
            .with_use_fips(Some(false))
            .with_use_dual_stack(Some(false));
        for (config, expected) in [(config, Some(true)), (set, Some(false))] {
            let client = config.client_config().await;
            assert_eq!(client.use_fips(), expected);
            assert_eq!(client.use_dual_stack(), expected);
        }
    }
}
