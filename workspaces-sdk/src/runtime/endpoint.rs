//! Where requests go, and what they are signed for there.
//!
//! The rules that lead from a region to an endpoint are the service's; they come with its [`Service`].
//! Here is what they are written in: [`Params`], [`Endpoint`], [`partition`] and [`functions`].

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_types::endpoint_config::AccountIdEndpointMode;
use http::Uri;
use http::uri::PathAndQuery;

use super::Call;
use super::handle::Handle;
use super::operation::Service;
use super::sign::Scope;

mod context;
pub(crate) mod functions;
mod partition;

pub(crate) use context::Context;
pub(crate) use partition::{Partition, partition};

/// What endpoint rules decide by.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Params<'a> {
    /// The region, as `eu-west-1`.
    pub(crate) region: Option<&'a str>,
    /// Whether the endpoint has to be one that meets FIPS 140.
    pub(crate) use_fips: bool,
    /// Whether the endpoint has to be reachable over IPv4 and IPv6.
    pub(crate) use_dual_stack: bool,
    /// The URL that the user wants instead.
    pub(crate) endpoint: Option<&'a str>,
    /// The account that the credentials belong to, where they tell.
    #[allow(dead_code, reason = "not every rule set asks for it")]
    pub(crate) account_id: Option<&'a str>,
    /// Whether the host may or must name the account.
    #[allow(dead_code, reason = "not every rule set asks for it")]
    pub(crate) account_id_endpoint_mode: Option<&'a str>,
    /// What the operation says.
    #[allow(dead_code, reason = "not every rule set asks for it")]
    pub(crate) context: &'a Context,
}

/// The address of a service.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Endpoint {
    url: String,
    signing_name: Option<&'static str>,
    signing_region: Option<String>,
}

impl Endpoint {
    pub(crate) fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            signing_name: None,
            signing_region: None,
        }
    }

    /// Signs requests under another name than that of the service.
    #[allow(dead_code, reason = "few rule sets say so")]
    pub(crate) fn signing_name(mut self, name: &'static str) -> Self {
        self.signing_name = Some(name);
        self
    }

    /// Signs requests for another region than that of the configuration.
    #[allow(dead_code, reason = "few rule sets say so")]
    pub(crate) fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// The endpoint that the configuration and the call ask for; where only the configuration does, it is
    /// resolved once.
    ///
    /// # Errors
    /// When there is no region, or the rules refuse the configuration, or the URL has no scheme or host.
    pub(super) fn of<'a>(
        handle: &'a Handle,
        call: &Call,
        account_id: Option<&str>,
    ) -> Result<Cow<'a, Self>, BoxError> {
        if call.host_prefix.is_some() || call.context != Context::default() || account_id.is_some()
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
        let (service, config) = (handle.service, &handle.config);
        let settings = &config.settings;
        let region = config
            .region()
            .ok_or("no region is set; set `region` on the configuration")?;
        if !functions::is_valid_host_label(region.as_ref(), false) {
            return Err(format!(
                "the region `{region}` is no valid host label; set `region` on the configuration"
            )
            .into());
        }
        let params = Params {
            region: Some(region.as_ref()),
            use_fips: settings.use_fips.unwrap_or_default(),
            use_dual_stack: settings.use_dual_stack.unwrap_or_default(),
            endpoint: settings.endpoint_url.as_deref(),
            account_id,
            account_id_endpoint_mode: Some(match settings.own.account_id_endpoint_mode {
                Some(AccountIdEndpointMode::Disabled) => "disabled",
                Some(AccountIdEndpointMode::Required) => "required",
                _ => "preferred",
            }),
            context: &call.context,
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

    /// The URL that requests go to.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// What a signature for this endpoint holds for.
    pub(super) fn scope(&self, service: &Service) -> Scope<'_> {
        Scope {
            region: self.signing_region.as_deref().unwrap_or_default(),
            name: self.signing_name.unwrap_or(service.signing_name),
        }
    }
}

/// A configuration that the rules of a service refuse, in the words of the rules.
#[derive(Debug, PartialEq)]
pub(crate) struct EndpointError(Cow<'static, str>);

impl EndpointError {
    pub(crate) fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }
}

impl std::fmt::Display for EndpointError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EndpointError {}

/// The URL of requests at an endpoint: its path ends with a slash, its query is dropped.
fn request_url(endpoint: &str, host_prefix: Option<&str>) -> Result<String, BoxError> {
    let url: Uri = endpoint.parse()?;
    let scheme = url.scheme_str().ok_or("it has no scheme")?;
    // Of a scheme it does not know, an HTTP client may make plain HTTP.
    if !matches!(scheme, "http" | "https") {
        return Err("its scheme is neither `http` nor `https`".into());
    }
    let authority = url.authority().ok_or("it has no host")?;
    let path = url
        .path_and_query()
        .map_or("", PathAndQuery::path)
        .trim_end_matches('/');
    let prefix = host_prefix.unwrap_or_default();
    // Requests are signed; a name and a password before the host are of no use to them.
    let host = authority.as_str();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    Ok(format!("{scheme}://{prefix}{host}{path}/"))
}

/// A URL as it may be shown: without a name and a password before the host.
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
