//! The settings that the environment and the profile can have.
//!
//! Each setting is a row of a table: its variable, its property and how its value is read. The environment comes before the
//! profile. A blank value counts as none. A value that is not valid is ignored with a warning that names its place.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::retry::RetryMode;
use aws_types::app_name::AppName;
use aws_types::endpoint_config::AccountIdEndpointMode;
use aws_types::origin::Origin;
use aws_types::region::SigningRegionSet;

use crate::provider_config::ProviderConfig;
use crate::retry::error::RetryConfigError;

/// A setting of the environment and the profile.
pub(crate) struct Setting<T> {
    /// The environment variable; empty if there is none.
    pub(crate) variable: &'static str,
    /// The property of the profile; empty if there is none.
    property: &'static str,
    /// Reads a value without the space around it.
    parse: fn(&str) -> Result<T, BoxError>,
}

pub(crate) const ACCOUNT_ID_ENDPOINT_MODE: Setting<AccountIdEndpointMode> = Setting {
    variable: "AWS_ACCOUNT_ID_ENDPOINT_MODE",
    property: "account_id_endpoint_mode",
    parse: from_str,
};
pub(crate) const APP_NAME: Setting<AppName> = Setting {
    variable: "AWS_SDK_UA_APP_ID",
    property: "sdk_ua_app_id",
    parse: app_name,
};
/// The older name of the property.
pub(crate) const OLD_APP_NAME: Setting<AppName> = Setting {
    variable: "",
    property: "sdk-ua-app-id",
    parse: app_name,
};
pub(crate) const AUTH_SCHEME_PREFERENCE: Setting<AuthSchemePreference> = Setting {
    variable: "AWS_AUTH_SCHEME_PREFERENCE",
    property: "auth_scheme_preference",
    parse: auth_schemes,
};
pub(crate) const DISABLE_CLOCK_SKEW_CORRECTION: Setting<bool> = Setting {
    variable: "AWS_DISABLE_CLOCK_SKEW_CORRECTION",
    property: "disable_clock_skew_correction",
    parse: boolean,
};
pub(crate) const DISABLE_REQUEST_COMPRESSION: Setting<bool> = Setting {
    variable: "AWS_DISABLE_REQUEST_COMPRESSION",
    property: "disable_request_compression",
    parse: boolean,
};
pub(crate) const ENDPOINT_URL: Setting<String> = Setting {
    variable: "AWS_ENDPOINT_URL",
    property: "endpoint_url",
    parse: url,
};
pub(crate) const IGNORE_CONFIGURED_ENDPOINT_URLS: Setting<bool> = Setting {
    variable: "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    property: "ignore_configured_endpoint_urls",
    parse: boolean,
};
pub(crate) const MAX_ATTEMPTS: Setting<u32> = Setting {
    variable: "AWS_MAX_ATTEMPTS",
    property: "max_attempts",
    parse: |value| Ok(RetryConfigError::parse_max_attempts(value)?),
};
pub(crate) const NEW_RETRIES_2026: Setting<bool> = Setting {
    variable: "AWS_NEW_RETRIES_2026",
    property: "",
    parse: boolean,
};
pub(crate) const REQUEST_CHECKSUM_CALCULATION: Setting<RequestChecksumCalculation> = Setting {
    variable: "AWS_REQUEST_CHECKSUM_CALCULATION",
    property: "request_checksum_calculation",
    parse: from_str,
};
pub(crate) const REQUEST_MIN_COMPRESSION_SIZE_BYTES: Setting<u32> = Setting {
    variable: "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
    property: "request_min_compression_size_bytes",
    parse: from_str,
};
pub(crate) const RESPONSE_CHECKSUM_VALIDATION: Setting<ResponseChecksumValidation> = Setting {
    variable: "AWS_RESPONSE_CHECKSUM_VALIDATION",
    property: "response_checksum_validation",
    parse: from_str,
};
pub(crate) const RETRY_MODE: Setting<RetryMode> = Setting {
    variable: "AWS_RETRY_MODE",
    property: "retry_mode",
    parse: |value| Ok(RetryConfigError::parse_retry_mode(value)?),
};
pub(crate) const SIGV4A_SIGNING_REGION_SET: Setting<SigningRegionSet> = Setting {
    variable: "AWS_SIGV4A_SIGNING_REGION_SET",
    property: "sigv4a_signing_region_set",
    parse: regions,
};
pub(crate) const USE_DUAL_STACK: Setting<bool> = Setting {
    variable: "AWS_USE_DUALSTACK_ENDPOINT",
    property: "use_dualstack_endpoint",
    parse: boolean,
};
pub(crate) const USE_FIPS: Setting<bool> = Setting {
    variable: "AWS_USE_FIPS_ENDPOINT",
    property: "use_fips_endpoint",
    parse: boolean,
};

impl<T> Setting<T> {
    /// Returns the value of the setting, if it has a valid one.
    pub(crate) async fn load(&self, config: &ProviderConfig) -> Option<T> {
        self.load_with_origin(config).await.0
    }

    /// Returns the value of the setting, if it has a valid one, and where it comes from.
    pub(crate) async fn load_with_origin(&self, config: &ProviderConfig) -> (Option<T>, Origin) {
        config.profiles().await;
        self.get_with_origin(config)
    }

    /// Returns the value that the program set, or else that of the environment or the profile, which has been read.
    pub(crate) fn or_get(&self, set: Option<T>, config: &ProviderConfig) -> Option<T> {
        set.or_else(|| self.get(config))
    }

    /// Returns the value in the environment or the profile, which has been read.
    pub(crate) fn get(&self, config: &ProviderConfig) -> Option<T> {
        self.get_with_origin(config).0
    }

    pub(crate) fn get_with_origin(&self, config: &ProviderConfig) -> (Option<T>, Origin) {
        self.read(find(self.variable, self.property, config))
    }

    /// Returns the value of this setting, or else that of another one. If this one is not valid, there is no value.
    pub(crate) fn get_or(&self, other: &Self, config: &ProviderConfig) -> Option<T> {
        match find(self.variable, self.property, config) {
            None => other.get(config),
            found => self.read(found).0,
        }
    }

    fn read(&self, found: Option<Found>) -> (Option<T>, Origin) {
        let Some(found) = found else {
            return (None, Origin::unknown());
        };
        match (self.parse)(found.value.trim()) {
            Ok(value) => (Some(value), found.origin),
            Err(source) => {
                ignore(found.place, source);
                (None, Origin::unknown())
            }
        }
    }
}

/// A value that is not blank.
struct Found {
    value: String,
    /// The variable, or the property and its file.
    place: String,
    origin: Origin,
}

/// Looks a value up. This is no method of a setting, so that it is compiled once and not for each type.
fn find(variable: &str, property: &str, config: &ProviderConfig) -> Option<Found> {
    if let Some(value) = config.variable(variable) {
        return Some(Found {
            value,
            place: variable.to_owned(),
            origin: Origin::shared_environment_variable(),
        });
    }
    let profiles = config.read_profiles()?;
    let profile = profiles.get_profile(profiles.selected_profile())?;
    let found = profile.property(property)?;
    let value = found.value();
    (!value.trim().is_empty()).then(|| Found {
        value: value.to_owned(),
        place: format!("{property} in {}", found.place()),
        origin: Origin::shared_profile_file(),
    })
}

fn ignore(place: String, source: BoxError) {
    let error = InvalidSetting { place, source };
    tracing::warn!(error = %DisplayErrorContext(&error), "the setting is ignored");
}

/// The error of a setting whose value is not valid.
#[derive(Debug)]
struct InvalidSetting {
    /// The variable, or the property and its file.
    place: String,
    source: BoxError,
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value of {} is not valid", self.place)
    }
}

impl std::error::Error for InvalidSetting {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

fn from_str<T: FromStr<Err: Into<BoxError>>>(value: &str) -> Result<T, BoxError> {
    value.parse().map_err(Into::into)
}

fn boolean(value: &str) -> Result<bool, BoxError> {
    match value {
        value if value.eq_ignore_ascii_case("true") => Ok(true),
        value if value.eq_ignore_ascii_case("false") => Ok(false),
        value => Err(format!("expected `true` or `false`, found {value:?}").into()),
    }
}

fn app_name(value: &str) -> Result<AppName, BoxError> {
    Ok(AppName::new(value.to_owned())?)
}

fn url(value: &str) -> Result<String, BoxError> {
    let uri: http::Uri = value.parse()?;
    match (uri.scheme_str(), uri.host()) {
        (Some("http" | "https"), Some(_)) => Ok(value.to_owned()),
        _ => Err("expected a URL that begins with `https://` or `http://`".into()),
    }
}

/// Reads names separated by commas. The namespace of a name, as in `aws.auth#sigv4`, is optional.
fn auth_schemes(value: &str) -> Result<AuthSchemePreference, BoxError> {
    let names = value.split(',').map(|name| {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        match name.rsplit('#').next() {
            Some(scheme) if !scheme.is_empty() => {
                Ok(AuthSchemeId::from(Cow::Owned(scheme.to_owned())))
            }
            _ => Err(format!(
                "expected names separated by commas, found {value:?}"
            )),
        }
    });
    let names = names.collect::<Result<Vec<_>, _>>()?;
    Ok(AuthSchemePreference::from(names))
}

/// Reads names of Regions separated by commas.
fn regions(value: &str) -> Result<SigningRegionSet, BoxError> {
    let regions = value.split(',').map(str::trim);
    let regions: SigningRegionSet = regions.filter(|region| !region.is_empty()).collect();
    match regions.as_ref().is_empty() {
        true => Err(format!("expected Regions separated by commas, found {value:?}").into()),
        false => Ok(regions),
    }
}

#[cfg(test)]
pub(crate) mod tests;
