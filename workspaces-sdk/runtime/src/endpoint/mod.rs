//! Endpoints: where requests go, and what they are signed for.
//!
//! The rules that map a Region to an endpoint belong to the service. They are a function of the generated crate, written
//! with [`Params`], [`Endpoint`], [`partition`] and [`functions`].

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_types::endpoint_config::AccountIdEndpointMode;
use http::Uri;
use http::uri::PathAndQuery;

use crate::auth::Scope;
use crate::handle::Handle;
use crate::operation::ServiceMetadata;
use crate::orchestrator::Call;

mod context;
pub mod functions;
mod partition;

pub use context::Context;
pub use partition::{Partition, partition};

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
    signing_name: Option<&'static str>,
    signing_region: Option<String>,
}

impl Endpoint {
    /// Creates an endpoint.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            signing_name: None,
            signing_region: None,
        }
    }

    /// Signs requests with another service name than that of the service.
    pub fn signing_name(mut self, name: &'static str) -> Self {
        self.signing_name = Some(name);
        self
    }

    /// Signs requests for another Region than that of the settings.
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Resolves the endpoint of a call. An endpoint that depends on the settings only is resolved once.
    ///
    /// # Errors
    /// When there is no Region, when the rules reject the settings, or when the URL has no scheme or host.
    pub(crate) fn of<'a>(
        handle: &'a Handle,
        call: &Call,
        account_id: Option<&str>,
    ) -> Result<Cow<'a, Self>, BoxError> {
        if call.host_prefix.is_some()
            || call.endpoint_context != Context::default()
            || account_id.is_some()
        {
            return Self::resolve(handle, call, account_id).map(Cow::Owned);
        }
        if let Some(endpoint) = handle.endpoint.get() {
            return Ok(Cow::Borrowed(endpoint));
        }
        let endpoint = Self::resolve(handle, call, None)?;
        Ok(Cow::Borrowed(handle.endpoint.get_or_init(|| endpoint)))
    }

    fn resolve(handle: &Handle, call: &Call, account_id: Option<&str>) -> Result<Self, BoxError> {
        let (service, settings) = (handle.service, &*handle.settings);
        let region = settings
            .region
            .as_ref()
            .ok_or("no region is set; set `region` on the configuration")?;
        if !functions::is_valid_host_label(region.as_ref(), false) {
            return Err(format!(
                "the region `{region}` is not a valid host label; set `region` on the configuration"
            )
            .into());
        }
        let params = Params {
            region: Some(region.as_ref()),
            use_fips: settings.use_fips.unwrap_or_default(),
            use_dual_stack: settings.use_dual_stack.unwrap_or_default(),
            endpoint: settings.endpoint_url.as_deref(),
            account_id,
            account_id_endpoint_mode: Some(
                match settings.service_specific.account_id_endpoint_mode {
                    Some(AccountIdEndpointMode::Disabled) => "disabled",
                    Some(AccountIdEndpointMode::Required) => "required",
                    _ => "preferred",
                },
            ),
            context: &call.endpoint_context,
        };
        let mut endpoint = (service.endpoint)(&params)?;
        endpoint.url = request_url(&endpoint.url, call.host_prefix.as_deref()).map_err(|why| {
            let url = without_userinfo(&endpoint.url);
            format!("the endpoint URL `{url}` cannot be used: {why}")
        })?;
        endpoint
            .signing_region
            .get_or_insert_with(|| region.to_string());
        Ok(endpoint)
    }

    /// The URL of requests.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The scope of signatures for this endpoint.
    pub(crate) fn scope(&self, service: &ServiceMetadata) -> Scope<'_> {
        Scope {
            region: self.signing_region.as_deref().unwrap_or_default(),
            name: self.signing_name.unwrap_or(service.signing_name),
        }
    }
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
}

impl std::fmt::Display for EndpointError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EndpointError {}

/// The URL of requests to an endpoint. Its path ends with a slash, and it has no query.
fn request_url(endpoint: &str, host_prefix: Option<&str>) -> Result<String, BoxError> {
    let url: Uri = endpoint.parse()?;
    let scheme = url.scheme_str().ok_or("it has no scheme")?;
    // An HTTP client may treat an unknown scheme as plain HTTP.
    if !matches!(scheme, "http" | "https") {
        return Err("its scheme is neither `http` nor `https`".into());
    }
    let authority = url.authority().ok_or("it has no host")?;
    let path = url
        .path_and_query()
        .map_or("", PathAndQuery::path)
        .trim_end_matches('/');
    let prefix = host_prefix.unwrap_or_default();
    // Requests are signed, so the user information before the host is not sent.
    let host = authority.as_str();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    Ok(format!("{scheme}://{prefix}{host}{path}/"))
}

/// The URL without the user information before the host, for errors and `Debug`.
pub(crate) fn without_userinfo(url: &str) -> Cow<'_, str> {
    let start = url.find("//").map_or(0, |slashes| slashes + 2);
    let (scheme, rest) = url.split_at(start);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest.get(..end).and_then(|authority| authority.rfind('@')) {
        Some(at) => format!("{scheme}{}", rest.get(at + 1..).unwrap_or_default()).into(),
        None => url.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{request_url, without_userinfo};

    #[test]
    fn what_is_shown_of_a_url() {
        for (url, shown) in [
            ("https://example.com/a@b", "https://example.com/a@b"),
            ("https://name:word@example.com/a", "https://example.com/a"),
            ("ftp://name:w@rd@example.com", "ftp://example.com"),
            ("name:word@example.com", "example.com"),
            ("//", "//"),
            ("", ""),
        ] {
            assert_eq!(without_userinfo(url), shown, "{url}");
        }
    }

    #[test]
    fn request_urls() {
        let cases = [
            (
                "http://localhost:8080",
                None,
                Some("http://localhost:8080/"),
            ),
            ("https://example.com/", None, Some("https://example.com/")),
            (
                "https://example.com/a/b?c=d",
                None,
                Some("https://example.com/a/b/"),
            ),
            (
                "https://example.com",
                Some("data-"),
                Some("https://data-example.com/"),
            ),
            (
                "http://name:word@example.com",
                Some("data-"),
                Some("http://data-example.com/"),
            ),
            ("example.com", None, None),
            ("/path", None, None),
            ("http://", None, None),
            ("", None, None),
            ("HTTPS://example.com", None, Some("https://example.com/")),
            ("http://[::1]:8080", None, Some("http://[::1]:8080/")),
            ("ftp://example.com", None, None),
            ("htps://example.com", None, None),
            ("http://exa mple.com", None, None),
        ];
        for (endpoint, prefix, expected) in cases {
            assert_eq!(
                request_url(endpoint, prefix).ok().as_deref(),
                expected,
                "{endpoint}"
            );
        }
    }
}
