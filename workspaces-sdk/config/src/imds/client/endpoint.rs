//! The endpoint of IMDS, from the program, the environment and the profile.

use aws_smithy_runtime_api::box_error::BoxError;
use http::Uri;

use super::EndpointMode;
use super::error::BuildError;
use crate::provider_config::ProviderConfig;

/// A setting of the environment and the profile. In contrast to other settings, a value that is not valid is an error.
struct Setting {
    variable: &'static str,
    property: &'static str,
}

const ENDPOINT: Setting = Setting {
    variable: "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    property: "ec2_metadata_service_endpoint",
};

const ENDPOINT_MODE: Setting = Setting {
    variable: "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    property: "ec2_metadata_service_endpoint_mode",
};

impl Setting {
    /// Returns the value if there is one.
    ///
    /// # Errors
    /// When the value is not valid.
    async fn load<T, E: Into<BoxError>>(
        &self,
        config: &ProviderConfig,
        parse: fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, BuildError> {
        if let Ok(value) = config.env().get(self.variable) {
            let value = parse(&value).map_err(|error| BuildError::new(self.variable, error))?;
            return Ok(Some(value));
        }
        let Some(profiles) = config.profiles().await else {
            return Ok(None);
        };
        let profile = profiles.get_profile(profiles.selected_profile());
        let Some(property) = profile.and_then(|profile| profile.property(self.property)) else {
            return Ok(None);
        };
        let place = || format!("{} in {}", self.property, property.place());
        let value = parse(property.value()).map_err(|error| BuildError::new(place(), error))?;
        Ok(Some(value))
    }
}

/// Where the endpoint comes from.
#[derive(Debug)]
pub(super) enum EndpointSource {
    Program(Uri),
    Environment {
        mode: Option<EndpointMode>,
        config: Box<ProviderConfig>,
    },
}

impl EndpointSource {
    pub(super) fn new(
        endpoint: Option<Uri>,
        mode: Option<EndpointMode>,
        config: ProviderConfig,
    ) -> Self {
        match endpoint {
            Some(endpoint) => {
                if mode.is_some() {
                    tracing::warn!(
                        "the endpoint mode of IMDS is ignored, because an endpoint is set"
                    );
                }
                Self::Program(endpoint)
            }
            None => Self::Environment {
                mode,
                config: Box::new(config),
            },
        }
    }

    /// Returns the URL of IMDS.
    ///
    /// # Errors
    /// When it is not valid.
    pub(super) async fn resolve(&self) -> Result<Uri, BuildError> {
        let (mode, config) = match self {
            Self::Program(endpoint) => {
                let valid = check(endpoint.clone());
                return valid.map_err(|error| BuildError::new("`endpoint`", error));
            }
            Self::Environment { mode, config } => (mode, config),
        };
        let url = |value: &str| check(value.parse()?);
        if let Some(endpoint) = ENDPOINT.load(config, url).await? {
            return Ok(endpoint);
        }
        let mode = match mode {
            Some(mode) => Some(mode.clone()),
            None => ENDPOINT_MODE.load(config, str::parse).await?,
        };
        Ok(mode.unwrap_or(EndpointMode::IpV4).url())
    }
}

fn check(url: Uri) -> Result<Uri, BoxError> {
    match (url.scheme_str(), url.host()) {
        (Some("http" | "https"), Some(host)) if !host.is_empty() => Ok(url),
        _ => Err("expected a URL that begins with `http://` or `https://`".into()),
    }
}

/// Returns the URL of a path at an endpoint.
///
/// # Errors
/// When the path cannot be a part of a URL.
pub(super) fn join(endpoint: &Uri, path: &str) -> Result<Uri, http::Error> {
    let base = endpoint.path().trim_end_matches('/');
    let path = path.trim_start_matches('/');
    let mut parts = endpoint.clone().into_parts();
    parts.path_and_query = Some(format!("{base}/{path}").parse()?);
    Ok(Uri::from_parts(parts)?)
}
