//! The default sources of each setting, of the Region and of credentials: the environment, the profile and metadata services.

pub mod app_name;
pub mod credentials;
pub mod region;
pub mod retry_config;
pub mod timeout_config;
#[cfg(feature = "sso")]
pub mod token;

use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_types::origin::Origin;

use crate::provider_config::ProviderConfig;
use crate::settings;

/// How often checksums are calculated and validated.
pub mod checksums {
    use super::*;

    /// Returns when checksums of requests are calculated. The default is whenever an operation supports it.
    ///
    /// Sources: `AWS_REQUEST_CHECKSUM_CALCULATION`, or `request_checksum_calculation` in the profile.
    pub async fn request_checksum_calculation_provider(
        config: &ProviderConfig,
    ) -> Option<RequestChecksumCalculation> {
        config.profiles().await;
        request_checksum_calculation(config)
    }

    pub(crate) fn request_checksum_calculation(
        config: &ProviderConfig,
    ) -> Option<RequestChecksumCalculation> {
        let set = settings::REQUEST_CHECKSUM_CALCULATION.get(config);
        set.or(Some(RequestChecksumCalculation::WhenSupported))
    }

    /// Returns when checksums of responses are validated. The default is whenever an operation supports it.
    ///
    /// Sources: `AWS_RESPONSE_CHECKSUM_VALIDATION`, or `response_checksum_validation` in the profile.
    pub async fn response_checksum_validation_provider(
        config: &ProviderConfig,
    ) -> Option<ResponseChecksumValidation> {
        config.profiles().await;
        response_checksum_validation(config)
    }

    pub(crate) fn response_checksum_validation(
        config: &ProviderConfig,
    ) -> Option<ResponseChecksumValidation> {
        let set = settings::RESPONSE_CHECKSUM_VALIDATION.get(config);
        set.or(Some(ResponseChecksumValidation::WhenSupported))
    }
}

/// The endpoint for all services.
pub mod endpoint_url {
    use super::*;

    /// Returns the endpoint for all services.
    ///
    /// Sources: `AWS_ENDPOINT_URL`, or `endpoint_url` in the profile.
    pub async fn endpoint_url_provider(config: &ProviderConfig) -> Option<String> {
        settings::ENDPOINT_URL.load(config).await
    }

    /// Returns the endpoint for all services, and where it comes from. The sources are those of [`endpoint_url_provider`].
    pub async fn endpoint_url_provider_with_origin(
        config: &ProviderConfig,
    ) -> (Option<String>, Origin) {
        settings::ENDPOINT_URL.load_with_origin(config).await
    }
}

/// Declares a module with a function that loads one setting.
macro_rules! setting {
    ($(#[$module_docs:meta])* $module:ident, $(#[$docs:meta])* $provider:ident, $setting:ident -> $type:ty) => {
        $(#[$module_docs])*
        pub mod $module {
            use super::*;

            $(#[$docs])*
            pub async fn $provider(config: &ProviderConfig) -> Option<$type> {
                settings::$setting.load(config).await
            }
        }
    };
}

setting! {
    /// Whether endpoints in the environment and the profile are ignored.
    ignore_configured_endpoint_urls,
    /// Returns whether endpoints in the environment and the profile are ignored.
    ///
    /// Sources: `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`, or `ignore_configured_endpoint_urls` in the profile.
    ignore_configured_endpoint_urls_provider, IGNORE_CONFIGURED_ENDPOINT_URLS -> bool
}
setting! {
    /// Whether clients use dual-stack endpoints.
    use_dual_stack,
    /// Returns whether clients use dual-stack endpoints.
    ///
    /// Sources: `AWS_USE_DUALSTACK_ENDPOINT`, or `use_dualstack_endpoint` in the profile.
    use_dual_stack_provider, USE_DUAL_STACK -> bool
}
setting! {
    /// Whether clients use FIPS endpoints.
    use_fips,
    /// Returns whether clients use FIPS endpoints.
    ///
    /// Sources: `AWS_USE_FIPS_ENDPOINT`, or `use_fips_endpoint` in the profile.
    use_fips_provider, USE_FIPS -> bool
}
