//! The settings of a client: what can be set, what the defaults are, and how the settings of one call replace them.
//!
//! A generated crate declares its own `Config` and `Builder` around [`Settings`], with the macro
//! [`config!`](crate::codegen::config).

pub use aws_credential_types::Credentials;
#[cfg(feature = "bearer")]
pub use aws_credential_types::Token;
#[cfg(feature = "bearer")]
pub use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
pub use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, SharedEndpointResolver};
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
#[cfg(feature = "bearer")]
pub use aws_smithy_runtime_api::client::identity::ResolveIdentity;
pub use aws_smithy_runtime_api::client::identity::{ResolveCachedIdentity, SharedIdentityCache};
pub use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
pub use aws_smithy_runtime_api::client::retries::ShouldAttempt;
pub use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};
pub use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
pub use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, SharedRuntimePlugin};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_runtime_api::shared::IntoShared;
#[cfg(feature = "checksums")]
pub use aws_smithy_types::checksum_config::{
    RequestChecksumCalculation, ResponseChecksumValidation,
};
pub use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
pub use aws_smithy_types::endpoint::Endpoint;
pub use aws_smithy_types::retry::{ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode};
pub use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
pub use aws_types::app_name::AppName;
pub use aws_types::endpoint_config::AccountIdEndpointMode;
pub use aws_types::region::Region;
pub use aws_types::sdk_ua_metadata::FrameworkMetadata;

#[cfg(feature = "bearer")]
mod bearer;
pub(crate) mod client;
mod invocation_id;
pub(crate) mod macros;
mod service_specific;

pub use crate::auth::shared_cache::{IdentityCache, LazyCacheBuilder};
pub use crate::request_rate::RequestRate;
pub use crate::retry::{
    ClientRateLimiter, ClientRateLimiterBuilder, RetryPartition, RetryPartitionBuilder,
    TokenBucket, TokenBucketBuilder,
};
pub(crate) use client::Settings;
pub use invocation_id::{InvocationId, InvocationIdGenerator, SharedInvocationIdGenerator};
pub use service_specific::IdempotencyTokenProvider;
