//! The URLs of endpoints.

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use http::Uri;
use http::uri::{Authority, PathAndQuery};

/// Returns the URL of requests to an endpoint. Its path ends with a slash, and it has no query.
///
/// `host_prefix` precedes the host and includes its trailing dot, if it has one.
///
/// # Errors
/// When `endpoint` is not a URL with a host and the scheme `http` or `https`.
pub(crate) fn request_url(endpoint: &str, host_prefix: Option<&str>) -> Result<String, BoxError> {
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
    let host = authority.host();
    let port = match port(authority)? {
        Some(port) => format!(":{port}"),
        None => String::new(),
    };
    Ok(format!("{scheme}://{prefix}{host}{port}{path}/"))
}

/// The port of a URL, if it has one.
///
/// # Errors
/// When what follows the host is not a port. HTTP clients treat such a URL as one without a port.
pub(crate) fn port(authority: &Authority) -> Result<Option<u16>, &'static str> {
    let text = authority.as_str();
    let host_and_port = text.rsplit_once('@').map_or(text, |(_, host)| host);
    let port = host_and_port.strip_prefix(authority.host());
    match port.and_then(|port| port.strip_prefix(':')) {
        None if port == Some("") => Some(None),
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok().filter(|&port| port > 0).map(Some)
        }
        _ => None,
    }
    .ok_or("its port is not a number from 1 to 65535")
}

/// Returns the URL without the user information before the host, for errors and `Debug`.
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
    fn user_information_is_not_shown() {
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
