//! The proxies that the environment selects.

use std::ffi::OsString;

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use super::Misconfigured;
use crate::environment;
use crate::url::port;
use no_proxy::NoProxy;

mod no_proxy;

/// The proxies for requests over HTTP and over HTTPS.
///
/// `HTTP_PROXY` and `HTTPS_PROXY` contain the URL of a proxy; `ALL_PROXY` is used in place of one that is not set. Each
/// may be in lower case, and the upper case takes precedence. A URL without a scheme has the scheme `http`.
///
/// A CGI program, which the variable `REQUEST_METHOD` reveals, ignores `HTTP_PROXY`: there, the header `Proxy` of any request
/// sets it (see <https://httpoxy.org>).
pub(super) struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    no_proxy: NoProxy,
}

/// A proxy, or the reason why it cannot be used.
type Proxy = Result<Intercept, Misconfigured>;

impl Proxies {
    /// Reads the environment of this process.
    pub(super) fn from_env() -> Self {
        Self::new(environment::variable)
    }

    /// Uses no proxies.
    pub(super) fn none() -> Self {
        Self::new(|_| None)
    }

    /// Reads an environment. `variable` returns the value of a variable unless it is empty.
    pub(super) fn new(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let is_cgi = variable("REQUEST_METHOD").is_some();
        // Windows does not distinguish the case of names.
        let is_forged =
            |name| is_cgi && (name == "HTTP_PROXY" || cfg!(windows) && name == "http_proxy");
        let first = |names: &[&'static str]| {
            names.iter().find_map(|name| {
                let value = variable(name).filter(|_| !is_forged(*name))?;
                Some((*name, value))
            })
        };
        let proxy = |names| first(names).map(|(name, url)| proxy(name, url));
        let all = ["ALL_PROXY", "all_proxy"];
        let [all_upper, all_lower] = all;
        let no_proxy = first(&["NO_PROXY", "no_proxy"]).map(|(_, list)| list);
        Self {
            http: proxy(&["HTTP_PROXY", "http_proxy", all_upper, all_lower]),
            https: proxy(&["HTTPS_PROXY", "https_proxy", all_upper, all_lower]),
            no_proxy: NoProxy::new(&no_proxy.unwrap_or_default().to_string_lossy()),
        }
    }

    /// Returns the proxy for requests to `uri`, if there is one.
    ///
    /// # Errors
    /// When the environment selects a proxy that cannot be used.
    pub(super) fn of(&self, uri: &Uri) -> Result<Option<&Intercept>, Misconfigured> {
        let proxy = match uri.scheme_str() {
            Some("http") => &self.http,
            Some("https") => &self.https,
            _ => &None,
        };
        match proxy {
            Some(_) if self.no_proxy.contains(uri) => Ok(None),
            Some(Ok(proxy)) => Ok(Some(proxy)),
            Some(Err(error)) => Err(error.clone()),
            None => Ok(None),
        }
    }
}

/// Returns the URL of the proxy that an environment selects for requests to `uri`, for fuzz targets.
///
/// # Errors
/// The text of the error when the proxy cannot be used.
#[cfg(feature = "test-util")]
pub fn proxy_for(uri: &Uri, variables: &[(&str, &str)]) -> Result<Option<Uri>, String> {
    let value = |name: &str| {
        let mut variables = variables.iter().filter(|(_, value)| !value.is_empty());
        let (_, value) = variables.find(|(known, _)| *known == name)?;
        Some(OsString::from(value))
    };
    match Proxies::new(value).of(uri) {
        Ok(proxy) => Ok(proxy.map(|proxy| proxy.uri().clone())),
        Err(error) => Err(error.to_string()),
    }
}

/// Returns the proxy with the URL that a variable contains.
///
/// # Errors
/// When the URL cannot be used. The error does not contain it, because it may contain a password.
fn proxy(name: &str, url: OsString) -> Proxy {
    url.into_string()
        .map_err(|_| "it is not Unicode")
        .and_then(|url| intercept(url.trim()))
        .map_err(|why| {
            let text = format!("the environment variable {name} is not the URL of a proxy: {why}");
            Misconfigured(text.into())
        })
}

fn intercept(url: &str) -> Result<Intercept, &'static str> {
    let url = match url.contains("://") {
        true => url.to_owned(),
        false if url.contains(":/") => return Err("its scheme is not followed by `://`"),
        false => format!("http://{url}"),
    };
    let uri: Uri = url.parse().map_err(|_| "its syntax is invalid")?;
    match uri.scheme_str() {
        Some("http" | "https") => {}
        Some(scheme) if scheme.starts_with("socks") => {
            return Err("proxies with the protocol SOCKS are not supported");
        }
        _ => return Err("its scheme is neither `http` nor `https`"),
    }
    let authority = uri.authority().ok_or("it has no host")?;
    if authority.host().is_empty() {
        return Err("it has no host");
    }
    port(authority)?;
    let has_user = authority.as_str().contains('@');
    if url.matches('@').count() > usize::from(has_user) {
        return Err("a user name or password must be percent-encoded");
    }
    // This decodes the password; the request that it intercepts does not matter.
    Matcher::builder()
        .http(url)
        .build()
        .intercept(&Uri::from_static("http://localhost"))
        .ok_or("its syntax is invalid")
}

#[cfg(test)]
mod tests;
