//! Bearer tokens in the header `authorization`.

use aws_credential_types::Token;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Uri};

use crate::transport;

/// Adds `authorization: Bearer TOKEN`.
///
/// Whoever reads the request can use the token, so it is sent over HTTPS only, as
/// [RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-5.3) requires. Requests that stay on this machine, which those by a proxy
/// do not, are exempt.
///
/// # Errors
/// When `identity` holds no token, when the token has characters that a header cannot have, or when the request would leave
/// this machine unencrypted. No error contains the token.
pub(crate) fn add_token(request: &mut HttpRequest, identity: &Identity) -> Result<(), BoxError> {
    let token = identity
        .data::<Token>()
        .ok_or("the identity has no token to send")?;
    if !is_confidential(request.uri()) {
        return Err(
            "a bearer token is sent over HTTPS, or to this machine without a proxy; set an `endpoint_url` that begins with `https://`"
                .into(),
        );
    }
    let mut value = HeaderValue::try_from(format!("Bearer {}", token.token()))
        .map_err(|_| "the token contains a character that HTTP does not allow")?;
    value.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, value);
    Ok(())
}

/// Whether only this machine and the service can read a request to the URL.
fn is_confidential(url: &str) -> bool {
    let Ok(url) = url.parse::<Uri>() else {
        return false;
    };
    let host = url.host().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = match address.parse::<std::net::IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    };
    url.scheme_str() == Some("https") || is_loopback && !transport::is_proxied(&url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(url: &str) -> HttpRequest {
        let mut request = HttpRequest::empty();
        request.set_uri(url).unwrap();
        request
    }

    #[test]
    fn the_token_replaces_the_header() {
        let mut request = request("https://example.com/");
        request.headers_mut().insert("authorization", "old");
        add_token(&mut request, &Token::new("a.b", None).into()).unwrap();
        let found = request.headers().get_all("authorization");
        assert_eq!(found.collect::<Vec<_>>(), ["Bearer a.b"]);
        assert!(!format!("{request:?}").contains("a.b"));
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for (url, allowed) in [
            ("https://example.com/", true),
            ("http://localhost:8080/", true),
            ("http://LOCALHOST/", true),
            ("http://127.1.2.3/", true),
            ("http://[::1]:80/", true),
            ("http://example.com/", false),
            ("http://localhost.example.com/", false),
            ("http://10.0.0.1/", false),
            ("http://[::2]/", false),
        ] {
            let result = add_token(&mut request(url), &Token::new("secret", None).into());
            assert_eq!(result.is_ok(), allowed, "{url}");
        }
    }

    #[test]
    fn errors_do_not_contain_the_token() {
        for (url, identity, expected) in [
            (
                "https://example.com/",
                Identity::from(Token::new("secret\n", None)),
                "the token contains a character that HTTP does not allow",
            ),
            (
                "http://example.com/",
                Identity::from(Token::new("secret", None)),
                "a bearer token is sent over HTTPS, or to this machine without a proxy; set an `endpoint_url` that begins with `https://`",
            ),
            (
                "https://example.com/",
                Identity::new((), None),
                "the identity has no token to send",
            ),
        ] {
            let error = add_token(&mut request(url), &identity).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
    }
}
