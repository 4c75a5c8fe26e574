//! Ranges of IPv4 addresses.

use std::net::Ipv4Addr;

/// A range of IPv4 addresses that share a prefix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cidr {
    bits: u32,
    prefix: u32,
}

impl Cidr {
    /// Parses CIDR notation, such as `203.0.113.0/24`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let digits = prefix.bytes().all(|byte| byte.is_ascii_digit());
        let prefix = prefix.parse().ok().filter(|it| digits && *it <= 32)?;
        let bits = address.parse::<Ipv4Addr>().ok()?.to_bits() & mask(prefix);
        Some(Self { bits, prefix })
    }

    /// Returns the ranges with a prefix of `prefix` bits within this one. There are none if this one is
    /// smaller.
    pub(super) fn split(self, prefix: u32) -> impl Iterator<Item = Self> {
        let fits = self.prefix <= prefix && prefix <= 32;
        let count = if fits {
            1u64 << (prefix - self.prefix)
        } else {
            0
        };
        let size = 1u64 << (32 - prefix.min(32));
        let first = u64::from(self.bits);
        (0..count).filter_map(move |number| {
            let bits = u32::try_from(first + number * size).ok()?;
            Some(Self { bits, prefix })
        })
    }

    /// Whether this range contains all addresses of `other`.
    pub(super) fn contains(self, other: Self) -> bool {
        self.prefix <= other.prefix && other.bits & mask(self.prefix) == self.bits
    }
}

impl std::fmt::Display for Cidr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from_bits(self.bits), self.prefix)
    }
}

/// Returns a mask of `prefix` one bits followed by zero bits.
fn mask(prefix: u32) -> u32 {
    u32::MAX.checked_shl(32 - prefix.min(32)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cidr_notation_is_parsed() {
        let rows = [
            ("203.0.113.0/24", Some("203.0.113.0/24")),
            ("203.0.113.7/24", Some("203.0.113.0/24")),
            ("203.0.113.7/32", Some("203.0.113.7/32")),
            ("203.0.113.7/0", Some("0.0.0.0/0")),
            ("203.0.113.7", None),
            ("203.0.113.7/33", None),
            ("203.0.113.7/+8", None),
            ("203.0.113.256/8", None),
            ("203.0.113/24", None),
            ("2001:db8::/32", None),
            ("", None),
        ];
        for (text, expected) in rows {
            let parsed = Cidr::parse(text).map(|cidr| cidr.to_string());
            assert_eq!(parsed.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn ranges_contain_their_parts() {
        let cidr = |text| Cidr::parse(text).unwrap();
        let parts: Vec<_> = cidr("198.18.0.0/15").split(16).collect();
        assert_eq!(parts, [cidr("198.18.0.0/16"), cidr("198.19.0.0/16")]);
        assert!(
            parts
                .iter()
                .all(|part| cidr("198.18.0.0/15").contains(*part))
        );
        assert!(!cidr("198.18.0.0/16").contains(cidr("198.18.0.0/15")));
        assert_eq!(cidr("198.18.0.0/16").split(15).count(), 0);
    }
}
