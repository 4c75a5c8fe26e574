//! Endpoints: the URLs of requests and the scopes of their signatures.
//!
//! The rules that map a Region to an endpoint belong to the service. They are a function of the generated crate, written
//! with [`Params`], [`Endpoint`], [`partition()`] and [`functions`].

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::Headers;
use aws_types::region::Region;

use crate::auth::Scope;
use crate::error::{Failure, not_sent};
use crate::settings::Settings;
use crate::url::{request_url, without_secrets};

mod context;
mod custom;
#[cfg(feature = "endpoint-discovery")]
pub(crate) mod discovery;
pub mod functions;
mod macros;
mod params;
mod partition;

pub use context::Context;
use custom::Resolved;
pub use custom::{CustomEndpoint, follow_rules};
pub(crate) use custom::{NO_AUTH, Query, SIGV4, scheme_config};
pub use params::{InvalidParameter, Parameter, endpoint_values, parameter_name};
pub use partition::{Partition, partition};

/// The endpoint rules of a service.
pub(crate) type Rules = fn(&Params<'_>) -> Result<Endpoint, EndpointError>;

/// The parameters of endpoint rules.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Params<'a> {
    /// The Region, such as `eu-west-1`.
    pub region: Option<&'a str>,
    /// Whether the endpoint must comply with FIPS 140.
    pub use_fips: bool,
    /// Whether the endpoint must be reachable over IPv4 and IPv6.
    pub use_dual_stack: bool,
    /// The URL that replaces the endpoint of the rules.
    pub endpoint: Option<&'a str>,
    /// The account of the credentials, if it is known.
    pub account_id: Option<&'a str>,
    /// Whether the host may or must contain the account.
    pub account_id_endpoint_mode: Option<&'a str>,
    /// The parameters that the operation sets.
    pub context: &'a Context,
}

/// The address of a service.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    url: String,
    signing_name: Option<Cow<'static, str>>,
    signing_region: Option<String>,
    /// The Region of the settings.
    region: Option<String>,
    single_encoding: bool,
    headers: Vec<(Cow<'static, str>, String)>,
    /// The endpoint that a resolver of the program returned.
    resolved: Option<Resolved>,
}

impl Endpoint {
    /// Creates an endpoint.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            signing_name: None,
            signing_region: None,
            region: None,
            single_encoding: false,
            headers: Vec::new(),
            resolved: None,
        }
    }

    /// Signs requests with another service name than that of the service.
    pub fn signing_name(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Signs requests for another Region than that of the settings.
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Signs the path of requests as it is sent, instead of encoding it once more.
    pub fn single_encoding(mut self) -> Self {
        self.single_encoding = true;
        self
    }

    /// Adds a header to requests.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Resolves the endpoint of a call.
    ///
    /// # Errors
    /// A construction failure when the Region is not a host label. A dispatch failure when there is no Region, when the rules
    /// reject the settings, or when the URL cannot be used. The official runtime has the same kinds.
    pub(crate) fn resolve(
        rules: Rules,
        settings: &Settings,
        context: &Context,
        host_prefix: Option<&str>,
        account_id: Option<&str>,
    ) -> Result<Self, Failure> {
        let params = Params::of_settings(settings, context, account_id);
        Self::of_params(rules, settings, &params, host_prefix)
    }

    /// Resolves the endpoint of a call with these parameters. See [`resolve`](Self::resolve).
    fn of_params(
        rules: Rules,
        settings: &Settings,
        params: &Params<'_>,
        host_prefix: Option<&str>,
    ) -> Result<Self, Failure> {
        let region = settings.region.as_ref().ok_or_else(|| {
            not_sent(
                "no region is set; set `region` on the configuration, or, where it is loaded from the environment, `AWS_REGION` or `region` in the profile"
                    .into(),
            )
        })?;
        check_region(region)?;
        let mut endpoint = match discovered(settings, params.context) {
            Some(url) => Self::new(url),
            None => rules(params).map_err(|error| not_sent(error.without_url(params)))?,
        };
        endpoint.url = request_url(&endpoint.url, host_prefix).map_err(|why| {
            let url = without_secrets(&endpoint.url);
            not_sent(format!("the endpoint URL `{url}` cannot be used: {why}").into())
        })?;
        endpoint.region = Some(region.to_string());
        Ok(endpoint)
    }

    /// Whether it has a service name for signatures.
    pub(crate) fn has_signing_name(&self) -> bool {
        self.signing_name.is_some()
    }

    /// Whether it has a Region for signatures.
    pub(crate) fn has_signing_region(&self) -> bool {
        self.signing_region.is_some()
    }

    fn region_to_sign_for(&self) -> Option<&str> {
        self.signing_region.as_deref().or(self.region.as_deref())
    }

    /// The URL of requests.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Whether requests are sent over plain HTTP.
    #[cfg(feature = "streams")]
    pub(crate) fn is_plain(&self) -> bool {
        self.url.starts_with("http:")
    }

    /// Adds the headers of the endpoint to those of a request, and replaces any that have the same names.
    ///
    /// # Errors
    /// A construction failure when HTTP does not allow a name or a value.
    pub(crate) fn add_headers(&self, headers: &mut Headers) -> Result<(), Failure> {
        let mut last = None;
        for (name, value) in &self.headers {
            let added = match last == Some(name) {
                true => headers.try_append(name.clone(), value.clone()),
                false => headers
                    .try_insert(name.clone(), value.clone())
                    .map(|_| false),
            };
            added.map_err(SdkError::construction_failure)?;
            last = Some(name);
        }
        Ok(())
    }

    /// The scope of signatures for this endpoint. `signing_name` is that of the service.
    pub(crate) fn scope(&self, signing_name: &'static str) -> Scope<'_> {
        Scope {
            region: self.region_to_sign_for().unwrap_or_default(),
            name: self.signing_name.as_deref().unwrap_or(signing_name),
            single_encoding: self.single_encoding,
            hash_header: false,
        }
    }
}

/// # Errors
/// A construction failure when the Region is not a host label.
pub(crate) fn check_region(region: &Region) -> Result<(), Failure> {
    match functions::is_valid_host_label(region.as_ref(), false) {
        true => Ok(()),
        false => Err(SdkError::construction_failure(format!(
            "the region `{region}` is not a valid host label; set `region` on the configuration"
        ))),
    }
}

/// The URL of the endpoint that the client has discovered, if the operation and the settings use it.
#[cfg(feature = "endpoint-discovery")]
fn discovered(settings: &Settings, context: &Context) -> Option<String> {
    let discovered = settings.service_specific.discovered_endpoint.as_ref();
    let discovered = discovered.filter(|_| context.uses_discovered_endpoint());
    discovered?.url(settings)
}

#[cfg(not(feature = "endpoint-discovery"))]
fn discovered(_: &Settings, _: &Context) -> Option<String> {
    None
}

/// The error of endpoint rules that reject the settings, with the message of the rules.
#[doc(hidden)]
#[derive(Debug, PartialEq)]
pub struct EndpointError(Cow<'static, str>);

impl EndpointError {
    /// Creates an error with a message.
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }

    /// The same error, in which the URL that the settings contain has no secrets: rules may quote it.
    fn without_url(self, params: &Params<'_>) -> BoxError {
        match params.endpoint.filter(|url| !url.is_empty()) {
            Some(url) if self.0.contains(url) => {
                Self::new(self.0.replace(url, &without_secrets(url))).into()
            }
            _ => self.into(),
        }
    }
}

impl std::fmt::Display for EndpointError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EndpointError {}
