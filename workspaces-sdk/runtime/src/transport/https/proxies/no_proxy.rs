//! The hosts that are reached without a proxy.

use std::net::IpAddr;

use http::Uri;

/// The list of `NO_PROXY`, with the rules that curl, Go and Python have in common and the extensions of each.
///
/// Commas and spaces separate the entries, and case does not matter:
///
/// | entry | hosts |
/// |---|---|
/// | `*` | all |
/// | `example.com`, `.example.com` | this host and its subdomains |
/// | `*.example.com` | the subdomains only |
/// | `192.0.2.1`, `2001:db8::1`, `[2001:db8::1]` | this address |
/// | `192.0.2.0/24`, `2001:db8::/32` | the addresses of this network |
/// | any of these but a network, and `:8080` | the same, on this port only |
///
/// Names are not resolved: an entry with an address does not match a name. An entry that is none of these matches nothing.
pub(super) struct NoProxy(Vec<Entry>);

struct Entry {
    hosts: Hosts,
    port: Option<u16>,
}

enum Hosts {
    All,
    Domain(String),
    Subdomains(String),
    Network(IpAddr, u32),
}

impl NoProxy {
    pub(super) fn new(list: &str) -> Self {
        let entries = list.split(|c: char| c == ',' || c.is_whitespace());
        Self(entries.filter_map(Entry::new).collect())
    }

    /// Whether requests to `uri` are sent without a proxy.
    pub(super) fn contains(&self, uri: &Uri) -> bool {
        let Some(host) = uri.host() else {
            return false;
        };
        let host = normalized(host);
        let port = match (uri.port_u16(), uri.scheme_str()) {
            (Some(port), _) => port,
            (None, Some("https")) => 443,
            (None, _) => 80,
        };
        let address = address(&host);
        self.0.iter().any(|entry| {
            entry.port.is_none_or(|only| only == port) && entry.hosts.contain(&host, address)
        })
    }
}

impl Entry {
    fn new(text: &str) -> Option<Self> {
        if let Some(hosts) = Hosts::new(text) {
            return Some(Self { hosts, port: None });
        }
        let (hosts, port) = text.rsplit_once(':')?;
        Some(Self {
            hosts: Hosts::new(hosts)?,
            port: Some(port.parse().ok()?),
        })
    }
}

impl Hosts {
    fn new(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::All);
        }
        if let Some((network, bits)) = text.split_once('/') {
            let network: IpAddr = network.parse().ok()?;
            let bits = bits.parse().ok().filter(|&bits| bits <= width(network))?;
            return Some(Self::Network(network, bits));
        }
        let text = normalized(text);
        if let Some(address) = address(&text) {
            return Some(Self::Network(address, width(address)));
        }
        let (domain, subdomains) = match text.strip_prefix("*.") {
            Some(domain) => (domain, true),
            None => (text.strip_prefix('.').unwrap_or(&text), false),
        };
        if domain.is_empty() || domain.contains([':', '*', '[', ']']) {
            return None;
        }
        Some(match subdomains {
            true => Self::Subdomains(domain.to_owned()),
            false => Self::Domain(domain.to_owned()),
        })
    }

    /// `host` is normalized; `address` is the address that it is, if it is one.
    fn contain(&self, host: &str, address: Option<IpAddr>) -> bool {
        let is_below = |domain: &str| {
            let above = host.strip_suffix(domain);
            address.is_none() && above.is_some_and(|above| above.ends_with('.'))
        };
        match self {
            Self::All => true,
            Self::Domain(domain) => host == domain || is_below(domain),
            Self::Subdomains(domain) => is_below(domain),
            Self::Network(network, bits) => {
                address.is_some_and(|address| network_contains(*network, *bits, address))
            }
        }
    }
}

/// A host in lower case, without the dot of the root domain.
fn normalized(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// The address that a host is, with or without the brackets of a URL. An IPv4 address that is mapped into IPv6 counts as
/// the IPv4 address.
fn address(host: &str) -> Option<IpAddr> {
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let address: IpAddr = inner.unwrap_or(host).parse().ok()?;
    Some(address.to_canonical())
}

/// The number of bits of an address.
fn width(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// Whether the first `bits` bits of two addresses of the same kind are equal.
fn network_contains(network: IpAddr, bits: u32, address: IpAddr) -> bool {
    // `None` is a shift by the whole width: all addresses are equal in their first 0 bits.
    match (network, address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits())
            .checked_shr(32 - bits)
            .is_none_or(|difference| difference == 0),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits())
            .checked_shr(128 - bits)
            .is_none_or(|difference| difference == 0),
        _ => false,
    }
}
