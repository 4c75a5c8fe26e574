//! Selects a proxy by the variables of any environment.
//!
//! The result is a URL that can be connected to, no proxy, or an error that names the variable. Nothing panics, an error
//! contains no part of a value, and `NO_PROXY=*` leaves no proxy.
//!
//! The input consists of a byte for the variables that are set, and lines: the URL of the request and a value for each of the
//! variables.

#![no_main]

use http::Uri;
use lean_aws_runtime::codegen::proxy_for;
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 9] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
];

/// All that an error may say besides the name of a variable.
const REASONS: [&str; 7] = [
    "it is not Unicode",
    "its syntax is invalid",
    "proxies with the protocol SOCKS are not supported",
    "its scheme is neither `http` nor `https`",
    "its port is not a number from 1 to 65535",
    "its scheme is not followed by `://`",
    "a user name or password must be percent-encoded",
];

fuzz_target!(|data: &[u8]| {
    let Some((&mask, text)) = data.split_first() else {
        return;
    };
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    let mut lines = text.split('\n');
    let Some(uri) = lines.next().and_then(|uri| uri.parse::<Uri>().ok()) else {
        return;
    };
    let variables: Vec<_> = NAMES
        .into_iter()
        .zip(lines)
        .enumerate()
        .filter(|(bit, _)| *bit == 8 || mask & (1 << bit) != 0)
        .map(|(_, variable)| variable)
        .collect();
    match proxy_for(&uri, &variables) {
        Ok(None) => {}
        Ok(Some(proxy)) => {
            assert!(
                matches!(proxy.scheme_str(), Some("http" | "https")),
                "{proxy}"
            );
            let authority = proxy.authority().expect("an authority");
            assert!(
                !authority.host().is_empty() && !authority.as_str().contains('@'),
                "{proxy}"
            );
            let port = authority.as_str().strip_prefix(authority.host());
            let port = port.and_then(|port| port.strip_prefix(':'));
            assert!(
                port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0)),
                "{proxy}"
            );
        }
        Err(error) => {
            let named = NAMES.iter().any(|name| {
                REASONS.iter().chain(["it has no host"].iter()).any(|why| {
                    error
                        == format!(
                            "the environment variable {name} is not the URL of a proxy: {why}"
                        )
                })
            });
            assert!(named, "{error}");
        }
    }
    let mut direct = vec![("NO_PROXY", "*")];
    direct.extend(
        variables
            .into_iter()
            .filter(|(name, _)| *name != "NO_PROXY"),
    );
    assert_eq!(proxy_for(&uri, &direct).map(|_| ()), Ok(()), "{uri}");
    if uri.host().is_some() {
        assert_eq!(proxy_for(&uri, &direct), Ok(None), "{uri}");
    }
});
