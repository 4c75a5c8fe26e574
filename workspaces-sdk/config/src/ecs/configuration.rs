//! The environment variables of containers.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::dns::{ResolveDns, SharedDnsResolver};
use aws_types::os_shim_internal::Env;
use http::uri::{InvalidUri, PathAndQuery};
use http::{HeaderValue, Uri};

use crate::provider_config::ProviderConfig;

pub(super) const RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
pub(super) const FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// The endpoint of ECS.
///
/// Source: the section on the task metadata endpoint of the Amazon ECS Developer Guide.
const ECS: &str = "http://169.254.170.2";

/// The hosts that requests without TLS may go to, besides loopback addresses: the endpoints of ECS and of EKS Pod Identity.
///
/// Source: the section on container credential providers of the AWS SDKs and Tools Reference Guide.
const ALLOWED: [IpAddr; 3] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 2)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 23)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23)),
];

/// Returns the value of the header `authorization`, if the environment has one.
///
/// # Errors
/// When the file cannot be read, or when the value cannot be that of a header.
pub(super) async fn authorization(
    config: &ProviderConfig,
) -> Result<Option<HeaderValue>, CredentialsError> {
    let (token, place) = if let Ok(path) = config.env().get(TOKEN_FILE) {
        let place = format!("the file {path}, which {TOKEN_FILE} names,");
        match config.files().read(&path).await {
            Ok(token) => (token, place),
            Err(source) => {
                let what = format!("{place} cannot be read");
                let source = source.into();
                return Err(CredentialsError::provider_error(Invalid { what, source }));
            }
        }
    } else if let Ok(token) = config.env().get(TOKEN) {
        (token.into_bytes(), format!("the value of {TOKEN}"))
    } else {
        return Ok(None);
    };
    match HeaderValue::from_bytes(&token) {
        Ok(mut value) => {
            value.set_sensitive(true);
            Ok(Some(value))
        }
        Err(source) => {
            let hint = match token.last() {
                Some(b'\n' | b'\r') => "; remove the line break at its end",
                _ => "",
            };
            let what = format!("{place} cannot be the value of a header{hint}");
            let source = source.into();
            Err(CredentialsError::invalid_configuration(Invalid {
                what,
                source,
            }))
        }
    }
}

/// Returns the URL of the credentials, if the environment has one.
///
/// # Errors
/// When the URL is not valid, or when its host is not allowed.
pub(super) async fn url(
    env: &Env,
    dns: Option<&SharedDnsResolver>,
) -> Result<Option<Uri>, CredentialsError> {
    if let Ok(path) = env.get(RELATIVE_URI) {
        let url = relative(&path).map_err(|source| {
            let what = format!("the value of {RELATIVE_URI} is not a path");
            CredentialsError::invalid_configuration(Invalid { what, source })
        })?;
        return Ok(Some(url));
    }
    match env.get(FULL_URI) {
        Ok(url) => match full(&url, dns).await {
            Ok(url) => Ok(Some(url)),
            Err(kind) => Err(CredentialsError::invalid_configuration(
                InvalidFullUriError { kind },
            )),
        },
        Err(_) => Ok(None),
    }
}

/// Returns the URL of a path at the endpoint of ECS. Only the path and the query of a whole URL are used.
fn relative(path: &str) -> Result<Uri, BoxError> {
    let uri: Uri = path.parse()?;
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    if !path.starts_with('/') {
        return Err("it does not begin with `/`".into());
    }
    Ok(format!("{ECS}{path}").parse()?)
}

/// Checks that a URL begins with `https://` or has an allowed host.
async fn full(url: &str, dns: Option<&SharedDnsResolver>) -> Result<Uri, Kind> {
    let url: Uri = url.parse().map_err(Kind::InvalidUri)?;
    let host = url.host().filter(|host| !host.is_empty());
    let host = host.ok_or(Kind::MissingHost)?.to_owned();
    match url.scheme_str() {
        Some("https") => return Ok(url),
        Some("http") => {}
        _ => return Err(Kind::InvalidScheme),
    }
    let address = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = address.parse::<IpAddr>() {
        return match is_allowed(address) {
            true => Ok(url),
            false => Err(Kind::Disallowed {
                host,
                address: None,
            }),
        };
    }
    let default;
    let dns = match dns {
        Some(dns) => dns,
        None => {
            default = default_dns().ok_or(Kind::NoResolver { host: host.clone() })?;
            &default
        }
    };
    let addresses = match dns.resolve_dns(&host).await {
        Ok(addresses) => addresses,
        Err(source) => {
            let source = source.into();
            return Err(Kind::LookupFailed { host, source });
        }
    };
    let disallowed = addresses
        .iter()
        .copied()
        .find(|&address| !is_allowed(address));
    match disallowed {
        None if addresses.is_empty() => Err(Kind::LookupFailed {
            host,
            source: "it has no address".into(),
        }),
        None => Ok(url),
        address => Err(Kind::Disallowed { host, address }),
    }
}

fn is_allowed(address: IpAddr) -> bool {
    address.is_loopback() || ALLOWED.contains(&address)
}

/// The error of a variable whose value is not valid.
#[derive(Debug)]
struct Invalid {
    what: String,
    source: BoxError,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for Invalid {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// The error of a URL in `AWS_CONTAINER_CREDENTIALS_FULL_URI` that is not valid or whose host is not allowed.
#[derive(Debug)]
pub struct InvalidFullUriError {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    InvalidUri(InvalidUri),
    InvalidScheme,
    MissingHost,
    NoResolver {
        host: String,
    },
    LookupFailed {
        host: String,
        source: BoxError,
    },
    Disallowed {
        host: String,
        /// The address that the host resolves to, if it is a name.
        address: Option<IpAddr>,
    },
}

impl fmt::Display for InvalidFullUriError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FULL_URI)?;
        match &self.kind {
            Kind::InvalidUri(_) => f.write_str(" is not a URL"),
            Kind::InvalidScheme => {
                f.write_str(" begins neither with `http://` nor with `https://`")
            }
            Kind::MissingHost => f.write_str(" has no host"),
            Kind::NoResolver { host } => write!(
                f,
                " names the host {host}, which cannot be resolved; enable the feature `rt-tokio` or set `dns` on the builder"
            ),
            Kind::LookupFailed { host, .. } => {
                write!(f, " names the host {host}, which cannot be resolved")
            }
            Kind::Disallowed { host, address } => {
                write!(f, " names the host {host}, which ")?;
                if let Some(address) = address {
                    write!(f, "resolves to {address} and ")?;
                }
                f.write_str("is neither loopback nor an endpoint of ECS or EKS; another host needs `https://`")
            }
        }
    }
}

impl Error for InvalidFullUriError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.kind {
            Kind::InvalidUri(source) => Some(source),
            Kind::LookupFailed { source, .. } => Some(&**source),
            _ => None,
        }
    }
}

#[cfg(not(all(feature = "rt-tokio", not(target_family = "wasm"))))]
fn default_dns() -> Option<SharedDnsResolver> {
    None
}

/// Returns a resolver that asks the system.
#[cfg(all(feature = "rt-tokio", not(target_family = "wasm")))]
fn default_dns() -> Option<SharedDnsResolver> {
    use std::io;
    use std::net::ToSocketAddrs;

    use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDnsError};
    use tokio::runtime::Handle;

    #[derive(Debug)]
    struct System(Handle);

    impl ResolveDns for System {
        fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
            let name = name.to_owned();
            let lookup = self.0.spawn_blocking(move || {
                let addresses = (name, 0).to_socket_addrs()?;
                Ok::<_, io::Error>(addresses.map(|address| address.ip()).collect())
            });
            DnsFuture::new(async {
                let addresses = lookup.await.map_err(ResolveDnsError::new)?;
                addresses.map_err(ResolveDnsError::new)
            })
        }
    }

    let handle = Handle::try_current().ok()?;
    Some(SharedDnsResolver::new(System(handle)))
}
