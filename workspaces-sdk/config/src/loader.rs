//! The loader of a configuration.

use std::fmt;

use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_credential_types::{Credentials, Token};
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::auth::AuthSchemePreference;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::HttpClient;
use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_schema::protocol::{ClientProtocol, SharedClientProtocol};
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::app_name::AppName;
use aws_types::endpoint_config::AccountIdEndpointMode;
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::region::SigningRegionSet;
use aws_types::sdk_config::SharedHttpClient;
use aws_types::sdk_ua_metadata::FrameworkMetadata;

use crate::meta::region::ProvideRegion;
use crate::profile::profile_file::ProfileFiles;

mod load;
#[cfg(test)]
mod tests;

/// Loads a configuration. What the program sets comes before the environment, and the environment before the profile.
#[derive(Default)]
pub struct ConfigLoader {
    account_id_endpoint_mode: Option<AccountIdEndpointMode>,
    app_name: Option<AppName>,
    auth_scheme_preference: Option<AuthSchemePreference>,
    behavior_version: Option<BehaviorVersion>,
    credentials: CredentialsSetting,
    disable_clock_skew_correction: Option<bool>,
    disable_request_compression: Option<bool>,
    endpoint_url: Option<String>,
    env: Option<Env>,
    framework_metadata: Vec<FrameworkMetadata>,
    fs: Option<Fs>,
    http_client: Option<SharedHttpClient>,
    identity_cache: Option<SharedIdentityCache>,
    profile_files: Option<ProfileFiles>,
    profile_name: Option<String>,
    protocol: Option<SharedClientProtocol>,
    region: Option<Box<dyn ProvideRegion>>,
    request_checksum_calculation: Option<RequestChecksumCalculation>,
    request_min_compression_size_bytes: Option<u32>,
    response_checksum_validation: Option<ResponseChecksumValidation>,
    retry_config: Option<RetryConfig>,
    sigv4a_signing_region_set: Option<SigningRegionSet>,
    sleep_impl: Option<SharedAsyncSleep>,
    stalled_stream_protection: Option<StalledStreamProtectionConfig>,
    time_source: Option<SharedTimeSource>,
    timeout_config: Option<TimeoutConfig>,
    token_provider: Option<SharedTokenProvider>,
    use_dual_stack: Option<bool>,
    use_fips: Option<bool>,
}

/// Where credentials come from.
#[derive(Default)]
enum CredentialsSetting {
    #[default]
    DefaultChain,
    None,
    Provider(SharedCredentialsProvider),
}

/// Shows what the program set and cannot contain secrets.
impl fmt::Debug for ConfigLoader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigLoader")
            .field("app_name", &self.app_name)
            .field("behavior_version", &self.behavior_version)
            .field("profile_name", &self.profile_name)
            .field("region", &self.region)
            .field("retry_config", &self.retry_config)
            .field("timeout_config", &self.timeout_config)
            .finish_non_exhaustive()
    }
}

/// Declares methods that set a field.
macro_rules! setters {
    ($($(#[$docs:meta])* $name:ident: $type:ty $(=> $convert:expr)?;)*) => {
        $(
            $(#[$docs])*
            pub fn $name(mut self, $name: $type) -> Self {
                self.$name = Some(setters!(@value $name $(=> $convert)?));
                self
            }
        )*
    };
    (@value $name:ident) => { $name };
    (@value $name:ident => $convert:expr) => { $convert($name) };
}

impl ConfigLoader {
    setters! {
        /// Sets whether endpoints contain the account. The default is where this is possible.
        account_id_endpoint_mode: AccountIdEndpointMode;
        /// Sets the name of the application, a part of the user agent.
        app_name: AppName;
        /// Sets the authentication schemes to use, most preferred first, where an operation supports several.
        auth_scheme_preference: impl Into<AuthSchemePreference> => Into::into;
        /// Sets the behavior version, which determines defaults.
        behavior_version: BehaviorVersion;
        /// Sets whether clients use the local clock as it is. By default, they learn its skew from responses.
        disable_clock_skew_correction: bool;
        /// Sets whether bodies of requests are never compressed.
        disable_request_compression: bool;
        /// Sets the endpoint for all services.
        endpoint_url: impl Into<String> => Into::into;
        /// Sets the HTTP client. The default is that of the feature `default-https-client`.
        http_client: impl HttpClient + 'static => IntoShared::into_shared;
        /// Sets the cache of credentials and tokens, which clients share. The default is
        /// [`lazy`](crate::identity::IdentityCache::lazy).
        identity_cache: impl ResolveCachedIdentity + 'static => IntoShared::into_shared;
        /// Sets the profile files. The defaults are `~/.aws/config` and `~/.aws/credentials`.
        profile_files: ProfileFiles;
        /// Sets the name of the profile. The default is the value of `AWS_PROFILE`, or else `default`.
        profile_name: impl Into<String> => Into::into;
        /// Sets a protocol for clients that can change theirs.
        protocol: impl ClientProtocol + 'static => SharedClientProtocol::new;
        /// Sets the Region, or a source of it. The default is [this chain](crate::default_provider::region).
        region: impl ProvideRegion + 'static => |region| Box::new(region) as _;
        /// Sets when checksums of requests are calculated.
        request_checksum_calculation: RequestChecksumCalculation;
        /// Sets the size, in bytes, from which on bodies of requests are compressed.
        request_min_compression_size_bytes: u32;
        /// Sets when checksums of responses are validated.
        response_checksum_validation: ResponseChecksumValidation;
        /// Sets the retries.
        retry_config: RetryConfig;
        /// Sets the Regions of signatures by SigV4a.
        sigv4a_signing_region_set: impl Into<SigningRegionSet> => Into::into;
        /// Sets the sleep implementation used for backoff and timeouts. The default is that of the feature `rt-tokio`.
        sleep_impl: impl AsyncSleep + 'static => IntoShared::into_shared;
        /// Sets the protection against streams that stall.
        stalled_stream_protection: StalledStreamProtectionConfig;
        /// Sets the time source. The default is the clock of the system.
        time_source: impl TimeSource + 'static => IntoShared::into_shared;
        /// Sets the timeouts. Where one is not set, the [default](crate::default_provider::timeout_config) holds.
        timeout_config: TimeoutConfig;
        /// Sets the provider of bearer tokens. The default is [this chain](crate::default_provider::token).
        token_provider: impl ProvideToken + 'static => SharedTokenProvider::new;
        /// Sets whether clients use dual-stack endpoints.
        use_dual_stack: bool;
        /// Sets whether clients use FIPS endpoints.
        use_fips: bool;
    }

    /// Sets the credentials provider. The default is [this chain](crate::default_provider::credentials).
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        let provider = SharedCredentialsProvider::new(provider);
        self.credentials = CredentialsSetting::Provider(provider);
        self
    }

    /// Loads no credentials. Clients with this configuration cannot sign requests.
    pub fn no_credentials(mut self) -> Self {
        self.credentials = CredentialsSetting::None;
        self
    }

    /// Sets credentials and a token for tests, which no service accepts.
    pub fn test_credentials(self) -> Self {
        let secret = "notrealrnrELgWzOk3IfjzDKtFBhDby";
        self.credentials_provider(Credentials::new("ANOTREAL", secret, None, None, "test"))
            .token_provider(Token::new("test-token", None))
    }

    /// Ignores the environment of the process, for tests.
    pub fn empty_test_environment(mut self) -> Self {
        self.env = Some(Env::from_slice(&[]));
        self
    }

    /// Adds the name and version of a framework to the user agent.
    pub fn framework_metadata(mut self, metadata: FrameworkMetadata) -> Self {
        self.framework_metadata.push(metadata);
        self
    }

    /// Sets the environment, for tests.
    #[cfg(any(test, feature = "test-util"))]
    pub fn env(mut self, env: Env) -> Self {
        self.env = Some(env);
        self
    }

    /// Sets the file system, for tests.
    #[cfg(any(test, feature = "test-util"))]
    pub fn fs(mut self, fs: Fs) -> Self {
        self.fs = Some(fs);
        self
    }
}
