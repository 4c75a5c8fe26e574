//! The functions of endpoint rules, except for those that are operators in Rust.

use http::Uri;

use crate::percent;

/// Whether a string is a valid host label: 1 to 63 letters, digits and hyphens, not starting with a hyphen.
///
/// With `allow_dots`, the string may consist of several labels.
pub fn is_valid_host_label(text: &str, allow_dots: bool) -> bool {
    if allow_dots {
        return text
            .split('.')
            .all(|label| is_valid_host_label(label, false));
    }
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Whether a string is the name of a bucket that can be a part of a host name: 3 to 63 lowercase letters, digits and hyphens,
/// with a letter or digit at each end.
///
/// With `allow_dots`, it may consist of several labels, each of which is such a name, but must not look like an IPv4 address. Certificates of wildcard host names do not cover such a name.
pub fn is_virtual_hostable_s3_bucket(text: &str, allow_dots: bool) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_label = |label: &str| {
        let bytes = label.as_bytes();
        let [Some(first), Some(last)] = [bytes.first(), bytes.last()] else {
            return false;
        };
        (3..=63).contains(&label.len())
            && is_inner(*first)
            && is_inner(*last)
            && bytes.iter().all(|byte| is_inner(*byte) || *byte == b'-')
    };
    text.len() <= 63
        && text.split('.').all(is_label)
        && (allow_dots || !text.contains('.'))
        && text.parse::<std::net::Ipv4Addr>().is_err()
}

/// Returns the parts of a string between separators, at most `limit` of them unless it is zero. The last part is the rest of the
/// string.
pub fn split<'a>(text: &'a str, separator: &str, limit: usize) -> Vec<&'a str> {
    match limit {
        0 => text.split(separator).collect(),
        limit => text.splitn(limit, separator).collect(),
    }
}

/// Returns the element of a list at a position from its end, where 1 is the last element.
pub fn nth_from_end<S: AsRef<str>>(list: &[S], position: usize) -> Option<&str> {
    let index = list.len().checked_sub(position)?;
    list.get(index).map(AsRef::as_ref)
}

/// The parts of a URL.
#[derive(Debug, PartialEq)]
pub struct Url {
    /// `http` or `https`.
    pub scheme: String,
    /// The host, and the port if there is one.
    pub authority: String,
    /// The path as it is written; empty if there is none.
    pub path: String,
    /// The path with a slash at each end.
    pub normalized_path: String,
    /// Whether the host is an IP address.
    pub is_ip: bool,
}

/// Parses a URL with the scheme `http` or `https`. Returns `None` for other strings, and for a URL with a query.
pub fn parse_url(url: &str) -> Option<Url> {
    let parsed: Uri = url.parse().ok()?;
    let scheme = parsed
        .scheme_str()
        .filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let authority = parsed.authority()?;
    if parsed.query().is_some() {
        return None;
    }
    let host = authority.host();
    let path = match parsed.path() {
        "/" if !url.ends_with('/') => "",
        path => path,
    };
    let trimmed = path.trim_matches('/');
    Some(Url {
        scheme: scheme.to_owned(),
        authority: authority.to_string(),
        path: path.to_owned(),
        normalized_path: if trimmed.is_empty() {
            "/".to_owned()
        } else {
            format!("/{trimmed}/")
        },
        is_ip: host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok(),
    })
}

/// Returns the characters from `start` up to but not including `stop`, counted from the end if `reverse` is set.
///
/// Returns `None` if the string is not ASCII or is too short.
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if !text.is_ascii() || start >= stop {
        return None;
    }
    if reverse {
        return text.get(text.len().checked_sub(stop)?..text.len().checked_sub(start)?);
    }
    text.get(start..stop)
}

/// Percent-encodes everything but the unreserved characters.
pub fn uri_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    percent::push(&mut encoded, text.as_bytes(), b"");
    encoded
}

/// The parts of an Amazon Resource Name.
#[derive(Debug, PartialEq)]
pub struct Arn<'a> {
    /// The partition, such as `aws`.
    pub partition: &'a str,
    /// The service.
    pub service: &'a str,
    /// The Region; may be empty.
    pub region: &'a str,
    /// The account; may be empty.
    pub account_id: &'a str,
    /// The parts of the resource, which `:` and `/` separate.
    pub resource_id: Vec<&'a str>,
}

/// Parses an ARN.
pub fn parse_arn(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next();
    let (arn, partition, service, region, account_id, resource) =
        (next()?, next()?, next()?, next()?, next()?, next()?);
    if arn != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Arn {
        partition,
        service,
        region,
        account_id,
        resource_id: resource.split([':', '/']).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_labels() {
        let long = "a".repeat(64);
        let cases = [
            ("us-east-1", false, true),
            ("a", false, true),
            (&long[1..], false, true),
            (&long, false, false),
            ("", false, false),
            ("-a", false, false),
            ("a_b", false, false),
            ("a.b", false, false),
            ("a.b", true, true),
            ("a..b", true, false),
            ("a/b", true, false),
            ("ä", false, false),
        ];
        for (text, allow_dots, expected) in cases {
            assert_eq!(
                is_valid_host_label(text, allow_dots),
                expected,
                "{text} {allow_dots}"
            );
        }
    }

    #[test]
    fn buckets_in_host_names() {
        let long = "a".repeat(64);
        let cases = [
            ("bucket", [true, true]),
            ("my-bucket-1", [true, true]),
            ("1bucket1", [true, true]),
            ("abc", [true, true]),
            ("ab", [false, false]),
            (&long[1..], [true, true]),
            (&long, [false, false]),
            ("", [false, false]),
            ("Bucket", [false, false]),
            ("my_bucket", [false, false]),
            ("-bucket", [false, false]),
            ("bucket-", [false, false]),
            ("my.bucket", [false, false]),
            ("our.bucket", [false, true]),
            ("a.b.c", [false, false]),
            ("my..bucket", [false, false]),
            (".bucket", [false, false]),
            ("bucket.", [false, false]),
            ("my.-bucket", [false, false]),
            ("my-.bucket", [false, false]),
            ("192.168.5.4", [false, false]),
            ("123.456.789", [false, true]),
            ("123.123.123.123", [false, false]),
            ("bucket/key", [false, false]),
            ("b\u{fc}cket", [false, false]),
            ("arn:aws:s3", [false, false]),
        ];
        for (text, expected) in cases {
            let found = [false, true].map(|dots| is_virtual_hostable_s3_bucket(text, dots));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn parts() {
        let cases: [(&str, &str, usize, &[&str]); 9] = [
            ("a--b--c", "--", 0, &["a", "b", "c"]),
            ("a--b--c", "--", 2, &["a", "b--c"]),
            ("a--b--c", "--", 1, &["a--b--c"]),
            ("a--b", "--", 5, &["a", "b"]),
            ("--a--", "--", 0, &["", "a", ""]),
            ("a----b", "--", 0, &["a", "", "b"]),
            ("abc", "--", 0, &["abc"]),
            ("", "--", 0, &[""]),
            ("a---b", "--", 0, &["a", "-b"]),
        ];
        for (text, separator, limit, expected) in cases {
            assert_eq!(split(text, separator, limit), expected, "{text} {limit}");
        }
        let list = ["a", "b", "c"];
        for (position, expected) in [(1, Some("c")), (3, Some("a")), (4, None), (0, None)] {
            assert_eq!(nth_from_end(&list, position), expected, "{position}");
        }
        assert_eq!(nth_from_end::<String>(&[], 1), None);
    }

    #[test]
    fn urls() {
        let url = |url: &str| {
            parse_url(url).map(|url| {
                (
                    url.scheme,
                    url.authority,
                    url.path,
                    url.normalized_path,
                    url.is_ip,
                )
            })
        };
        let parts = |scheme: &str, authority: &str, path: &str, normalized: &str, is_ip| {
            Some((
                scheme.into(),
                authority.into(),
                path.into(),
                normalized.into(),
                is_ip,
            ))
        };
        assert_eq!(
            url("https://example.com"),
            parts("https", "example.com", "", "/", false)
        );
        assert_eq!(
            url("https://example.com/"),
            parts("https", "example.com", "/", "/", false)
        );
        assert_eq!(
            url("http://example.com:80/a/b"),
            parts("http", "example.com:80", "/a/b", "/a/b/", false)
        );
        assert_eq!(
            url("https://127.0.0.1"),
            parts("https", "127.0.0.1", "", "/", true)
        );
        assert_eq!(
            url("https://[fe80::1]/x"),
            parts("https", "[fe80::1]", "/x", "/x/", true)
        );
        assert_eq!(url("https://example.com?a=b"), None);
        assert_eq!(url("ftp://example.com"), None);
        assert_eq!(url("example.com"), None);
        assert_eq!(url(""), None);
    }

    #[test]
    fn substrings() {
        let cases = [
            ("abcdefg", 0, 4, false, Some("abcd")),
            ("abcd", 0, 4, false, Some("abcd")),
            ("abc", 0, 4, false, None),
            ("abcdefg", 0, 4, true, Some("defg")),
            ("abcdefg", 1, 3, true, Some("ef")),
            ("abc", 0, 4, true, None),
            ("abc", 2, 2, false, None),
            ("abc", 3, 1, false, None),
            ("äbcd", 0, 2, false, None),
        ];
        for (text, start, stop, reverse, expected) in cases {
            assert_eq!(
                substring(text, start, stop, reverse),
                expected,
                "{text} {start} {stop} {reverse}"
            );
        }
    }

    #[test]
    fn encodings() {
        assert_eq!(uri_encode("aZ09-._~"), "aZ09-._~");
        assert_eq!(uri_encode("a b/c:ä%"), "a%20b%2Fc%3A%C3%A4%25");
    }

    #[test]
    fn arns() {
        let arn = parse_arn("arn:aws:s3:us-east-2:012345678:outpost:op-1234/bucket").unwrap();
        assert_eq!(
            (arn.partition, arn.service, arn.region, arn.account_id),
            ("aws", "s3", "us-east-2", "012345678")
        );
        assert_eq!(arn.resource_id, ["outpost", "op-1234", "bucket"]);
        assert_eq!(parse_arn("arn:aws:s3:::a").unwrap().region, "");
        for text in [
            "",
            "arn:aws:s3",
            "arn:aws:s3:us-east-2:012345678:",
            "arn::s3:::a",
            "urn:aws:s3:::a",
        ] {
            assert_eq!(parse_arn(text), None, "{text}");
        }
    }
}
