//! Where requests go, and the region they are signed for.

use aws_smithy_runtime_api::box_error::BoxError;
use http::Uri;
use http::uri::PathAndQuery;

use super::operation::Service;
use super::sign::Scope;
use crate::config::Config;

/// The address of a service.
#[derive(Debug)]
pub(crate) struct Endpoint {
    url: String,
    region: String,
}

impl Endpoint {
    /// The endpoint that the configuration asks for, with `host_prefix` before its host.
    ///
    /// # Errors
    /// When region or endpoint are not set, or the endpoint is no URL with scheme and host.
    pub(crate) fn resolve(config: &Config, host_prefix: Option<&str>) -> Result<Self, BoxError> {
        let region = config
            .region()
            .ok_or("no region is set; set `region` on the configuration")?;
        let url = config
            .settings
            .endpoint_url
            .as_deref()
            .ok_or("no endpoint is set; set `endpoint_url` on the configuration")?;
        let url = request_url(url, host_prefix)
            .map_err(|why| format!("the endpoint URL `{url}` cannot be used: {why}"))?;
        Ok(Self {
            url,
            region: region.to_string(),
        })
    }

    /// The URL that requests go to.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What a signature for this endpoint holds for.
    pub(crate) fn scope(&self, service: &Service) -> Scope<'_> {
        Scope {
            region: &self.region,
            name: service.signing_name,
        }
    }
}

/// The URL of requests at an endpoint: its path ends with a slash, its query is dropped.
fn request_url(endpoint: &str, host_prefix: Option<&str>) -> Result<String, BoxError> {
    let url: Uri = endpoint.parse()?;
    let scheme = url.scheme_str().ok_or("it has no scheme")?;
    let authority = url.authority().ok_or("it has no host")?;
    let path = url
        .path_and_query()
        .map_or("", PathAndQuery::path)
        .trim_end_matches('/');
    let prefix = host_prefix.unwrap_or_default();
    Ok(format!("{scheme}://{prefix}{authority}{path}/"))
}

#[cfg(test)]
mod tests {
    use super::request_url;

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
            ("example.com", None, None),
            ("/path", None, None),
            ("http://", None, None),
            ("", None, None),
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
