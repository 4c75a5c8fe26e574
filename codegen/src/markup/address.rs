//! Addresses of links.

use std::fmt::Write;

use super::Links;

/// The maximum length of an address. The text of a link with a longer one is kept.
const MAX: usize = 2_000;

/// The maximum length of the host of an address in a text.
const MAX_HOST: usize = 256;

/// Returns an address as it is written in parentheses after the text of a link, or `None` if it is not kept.
pub(super) fn address(address: &str, links: Links) -> Option<String> {
    let address = address.trim();
    let scheme = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    let is_web = scheme.starts_with("http://") || scheme.starts_with("https://");
    if address.is_empty() || address.len() > MAX || !(is_web || links == Links::All) {
        return None;
    }
    let mut escaped = String::with_capacity(address.len());
    for byte in address.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'*+,;=%{}|^[]".contains(&byte);
        match is_plain {
            true => escaped.push(char::from(byte)),
            false => write!(escaped, "%{byte:02X}").ok()?,
        }
    }
    // A semicolon would end an entity.
    Some(match escaped.contains('&') {
        true => escaped.replace(';', "%3B"),
        false => escaped,
    })
}

/// Returns the beginning of a text that is an address of the web, without punctuation that follows it.
pub(super) fn bare(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|it| text.starts_with(it))?
        .len();
    let part = |c: &char| c.is_ascii_alphanumeric() || "-@:%_+~#=?&/.,!".contains(*c);
    // All characters of an address are ASCII.
    let length = |max| text.chars().skip(scheme).take(max).take_while(part).count();
    let beginning = |max| {
        let beginning = text.get(..scheme + length(max))?;
        Some(beginning.trim_end_matches(['.', ',', ':', '?', '!', '-', '_']))
    };
    let is_host = beginning(MAX_HOST)?.get(scheme..)?.contains('.');
    is_host.then(|| beginning(MAX)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_kept() {
        for (text, expected) in [
            (
                "https://example.com/a?b=1&c#d",
                Some("https://example.com/a?b=1&c#d"),
            ),
            (" HTTP://example.com", Some("HTTP://example.com")),
            (
                "https://example.com/(a) b",
                Some("https://example.com/%28a%29%20b"),
            ),
            (
                "https://example.com/&lt;`",
                Some("https://example.com/&lt%3B%60"),
            ),
            (
                "https://example.com/é\n",
                Some("https://example.com/%C3%A9"),
            ),
            ("javascript:alert(1)", None),
            ("crate::Client", None),
            ("API_Start.html", None),
            ("", None),
        ] {
            assert_eq!(address(text, Links::Web).as_deref(), expected, "{text}");
        }
        assert_eq!(
            address("crate::Client::start", Links::All).as_deref(),
            Some("crate::Client::start")
        );
    }

    #[test]
    fn bare_addresses_end_before_punctuation() {
        for (text, expected) in [
            ("https://example.com/a_b.", Some("https://example.com/a_b")),
            ("http://example.com),", Some("http://example.com")),
            ("https://{bucket}.example.com", None),
            ("https://localhost", None),
            ("https://", None),
        ] {
            assert_eq!(bare(text), expected, "{text}");
        }
    }
}
