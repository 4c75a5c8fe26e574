//! The URLs of endpoints.

use std::borrow::Cow;

use aws_smithy_runtime_api::box_error::BoxError;
use http::Uri;
use http::uri::{Authority, PathAndQuery};

use crate::codegen::REDACTED;

/// Returns the URL of requests to an endpoint. Its path ends with a slash, and it has no query.
///
/// `host_prefix` precedes the host and includes its trailing dot, if it has one.
///
/// # Errors
/// When `endpoint` is not a URL with a host and the scheme `http` or `https`.
pub(crate) fn request_url(endpoint: &str, host_prefix: Option<&str>) -> Result<String, BoxError> {
    let url: Uri = endpoint.parse()?;
    let scheme = url
        .scheme_str()
        .ok_or("it has no scheme; begin it with `https://` or `http://`")?;
    // An HTTP client may treat an unknown scheme as plain HTTP.
    if !matches!(scheme, "http" | "https") {
        return Err("its scheme is neither `http` nor `https`".into());
    }
    let authority = url
        .authority()
        .filter(|authority| !authority.host().is_empty())
        .ok_or("it has no host")?;
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

/// Returns the URL without a user name and password, for errors and `Debug`.
///
/// A password in a malformed URL can be anywhere, so such a URL is shown only if nothing in it can be one. Up to five digits
/// behind the only colon are a port.
pub(crate) fn without_secrets(url: &str) -> Cow<'_, str> {
    match request_url(url, None) {
        Ok(_) => Some(without_userinfo(url)).filter(|shown| !shown.contains('@')),
        Err(_) => {
            let rest = url.replacen("://", "", 1);
            let (_, behind) = rest.split_once(':').unwrap_or_default();
            let port = behind.split('/').next().unwrap_or_default();
            let is_port = port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
            let may_have_password = rest.contains('@') || behind.contains(':') || !is_port;
            (!may_have_password).then_some(url.into())
        }
    }
    .unwrap_or(REDACTED.into())
}

/// Returns a valid URL without the user information before the host.
fn without_userinfo(url: &str) -> Cow<'_, str> {
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
    use super::{request_url, without_secrets};
    use crate::codegen::REDACTED;

    #[test]
    fn passwords_are_not_shown() {
        for (url, shown) in [
            ("https://example.com/a", "https://example.com/a"),
            ("https://example.com:8080", "https://example.com:8080"),
            ("https://name:word@example.com/a", "https://example.com/a"),
            ("HTTP://name:word@[::1]:80?b", "HTTP://[::1]:80?b"),
            // A password that contains a slash.
            ("https://name:1/word@example.com", REDACTED),
            ("https://example.com/a@b", REDACTED),
            // Malformed URLs.
            ("https://name:word", REDACTED),
            ("https://name:word/@example.com", REDACTED),
            ("https://name:wo rd@example.com", REDACTED),
            ("https:/name:word@example.com", REDACTED),
            ("ftp://name:w@rd@example.com", REDACTED),
            ("name:word@example.com", REDACTED),
            ("name:word", REDACTED),
            ("name:1a", REDACTED),
            ("localhost:8080", "localhost:8080"),
            (" http://127.0.0.1:80/a", " http://127.0.0.1:80/a"),
            ("http://127.0.0.1:99999", "http://127.0.0.1:99999"),
            ("://name:word", REDACTED),
            ("http:name:word@[::1]a://b", REDACTED),
            ("name:word://b", REDACTED),
            ("name@word://b", REDACTED),
            ("ftp://example.com", "ftp://example.com"),
            ("exa mple.com", "exa mple.com"),
            ("example.com", "example.com"),
            ("//", "//"),
            ("", ""),
        ] {
            assert_eq!(without_secrets(url), shown, "{url}");
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
            ("http://example.com:", None, None),
            ("http://example.com:0", None, None),
            ("http://example.com:+80", None, None),
            ("http://example.com:65536", None, None),
            (
                "http://example.com:0443",
                None,
                Some("http://example.com:443/"),
            ),
            (
                "http://user:1@example.com:8",
                None,
                Some("http://example.com:8/"),
            ),
            ("http://[::1]8", None, None),
            ("http://:8", None, None),
            ("http://user@", None, None),
            // Percent signs are sent as they are, and signed the same way.
            (
                "http://example.com/a%zz/%",
                None,
                Some("http://example.com/a%zz/%/"),
            ),
            (
                "http://example.com/%2F",
                None,
                Some("http://example.com/%2F/"),
            ),
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
