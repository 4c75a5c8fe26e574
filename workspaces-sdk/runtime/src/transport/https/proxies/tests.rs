use super::*;

/// Returns the URL of the proxy that an environment selects for requests to `uri`, or the text of the error.
fn proxy_of(variables: &[(&str, &str)], uri: &str) -> Option<String> {
    let value = |name: &str| {
        let mut variables = variables.iter();
        let value = variables.find(|(known, _)| *known == name)?.1;
        Some(OsString::from(value)).filter(|value| !value.is_empty())
    };
    match Proxies::new(value).of(&uri.parse().unwrap()) {
        Ok(proxy) => proxy.map(|proxy| proxy.uri().to_string()),
        Err(error) => Some(error.to_string()),
    }
}

#[test]
fn the_first_variable_that_is_not_empty_selects_the_proxy() {
    let (http, https) = ("http://a.test", "https://a.test");
    type Variables = &'static [(&'static str, &'static str)];
    #[rustfmt::skip]
    let cases: [(Variables, &str, Option<&str>); 19] = [
        (&[], http, None),
        (&[("HTTP_PROXY", "http://p:1")], http, Some("http://p:1/")),
        (&[("HTTP_PROXY", "http://p:1")], https, None),
        (&[("HTTPS_PROXY", "http://p:1")], https, Some("http://p:1/")),
        (&[("HTTPS_PROXY", "http://p:1")], http, None),
        (&[("http_proxy", "http://p:1")], http, Some("http://p:1/")),
        (&[("https_proxy", "http://p:1")], https, Some("http://p:1/")),
        (&[("all_proxy", "http://p:1")], https, Some("http://p:1/")),
        (&[("ALL_PROXY", "http://p:1")], http, Some("http://p:1/")),
        (&[("ALL_PROXY", "http://p:1"), ("HTTP_PROXY", "http://q:1")], http, Some("http://q:1/")),
        (&[("ALL_PROXY", "ftp://p:1"), ("HTTP_PROXY", "http://q:1")], http, Some("http://q:1/")),
        (&[("HTTP_PROXY", "http://p:1"), ("http_proxy", "http://q:1")], http, Some("http://p:1/")),
        (&[("HTTP_PROXY", ""), ("http_proxy", "http://q:1")], http, Some("http://q:1/")),
        (&[("HTTPS_PROXY", ""), ("https_proxy", ""), ("ALL_PROXY", "p")], https, Some("http://p/")),
        (&[("HTTP_PROXY", "p"), ("NO_PROXY", ""), ("no_proxy", "a.test")], http, None),
        // Under CGI.
        (&[("HTTP_PROXY", "p"), ("REQUEST_METHOD", "GET")], http, None),
        (&[("HTTP_PROXY", "p"), ("REQUEST_METHOD", "")], http, Some("http://p/")),
        (&[("HTTP_PROXY", "p"), ("REQUEST_METHOD", "GET"), ("ALL_PROXY", "q")], http, Some("http://q/")),
        (&[("HTTPS_PROXY", "p"), ("REQUEST_METHOD", "GET")], https, Some("http://p/")),
    ];
    for (variables, uri, expected) in cases {
        assert_eq!(
            proxy_of(variables, uri).as_deref(),
            expected,
            "{variables:?} {uri}"
        );
    }
}

#[test]
fn a_url_that_cannot_be_used_is_an_error_that_names_the_variable() {
    const SYNTAX: &str = "its syntax is invalid";
    const SCHEME: &str = "its scheme is neither `http` nor `https`";
    const SOCKS: &str = "proxies with the protocol SOCKS are not supported";
    const PORT: &str = "its port is not a number from 1 to 65535";
    const SLASHES: &str = "its scheme is not followed by `://`";
    const ENCODED: &str = "a user name or password must be percent-encoded";
    #[rustfmt::skip]
    let cases = [
        ("http://proxy", Ok("http://proxy/")),
        ("HTTP://proxy:3128/", Ok("http://proxy:3128/")),
        (" https://proxy:3128 ", Ok("https://proxy:3128/")),
        ("proxy", Ok("http://proxy/")),
        ("proxy:3128", Ok("http://proxy:3128/")),
        ("proxy:3128/", Ok("http://proxy:3128/")),
        ("hunter2:hunter2@proxy", Ok("http://proxy/")),
        ("http://hunter2:hunter%402@[::1]:3128", Ok("http://[::1]:3128/")),
        ("ftp://hunter2:hunter2@proxy:1", Err(SCHEME)),
        ("socks5://hunter2:hunter2@proxy:1", Err(SOCKS)),
        ("socks4a://proxy:1", Err(SOCKS)),
        ("http:/proxy:1", Err(SLASHES)),
        ("http:proxy", Err(PORT)),
        ("//proxy:1", Err(SYNTAX)),
        ("://proxy:1", Err(SCHEME)),
        ("http://", Err(SYNTAX)),
        ("http://:1", Err("it has no host")),
        ("http://proxy:", Err(PORT)),
        ("http://proxy:0", Err(PORT)),
        ("http://proxy:65536", Err(PORT)),
        ("http://proxy:+80", Err(PORT)),
        ("http://proxy:port", Err(PORT)),
        ("http://[::1", Err(SYNTAX)),
        ("http://pröxy:1", Err(SYNTAX)),
        ("http://pro xy:1", Err(SYNTAX)),
        ("http://proxy:1\n", Ok("http://proxy:1/")),
        ("http://user:hunter2/@proxy:1", Err(PORT)),
        ("http://user:1/hunter2@proxy:1", Err(ENCODED)),
        ("http://user:1?hunter2@proxy:1", Err(ENCODED)),
        ("http://user:1#hunter2@proxy:1", Err(ENCODED)),
        ("http://user:hunter@2@proxy:1", Err(ENCODED)),
    ];
    for (url, expected) in cases {
        for name in [
            "HTTP_PROXY",
            "http_proxy",
            "HTTPS_PROXY",
            "https_proxy",
            "ALL_PROXY",
            "all_proxy",
        ] {
            let uri = match name {
                "HTTP_PROXY" | "http_proxy" => "http://a.test",
                _ => "https://a.test",
            };
            let expected = match expected {
                Ok(url) => url.to_owned(),
                Err(why) => {
                    format!("the environment variable {name} is not the URL of a proxy: {why}")
                }
            };
            let found = proxy_of(&[(name, url)], uri).unwrap();
            assert_eq!(found, expected, "{name}={url}");
            assert!(!found.contains("hunter"));
        }
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_unicode_is_an_error() {
    use std::os::unix::ffi::OsStringExt;

    let proxies = Proxies::new(|name| {
        (name == "HTTP_PROXY").then(|| OsString::from_vec(b"http://pr\xff:1".to_vec()))
    });
    let error = proxies.of(&"http://a.test".parse().unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the environment variable HTTP_PROXY is not the URL of a proxy: it is not Unicode"
    );
}

#[test]
fn hosts_that_are_reached_directly() {
    #[rustfmt::skip]
    let cases = [
        ("", "http://a.test", false),
        (" , ,,", "http://a.test", false),
        ("*", "http://a.test", true),
        ("*", "http://127.0.0.1:8080", true),
        ("*", "http://[::1]", true),
        ("b.test,*", "http://a.test", true),
        ("*:80", "http://a.test", true),
        ("*:81", "http://a.test", false),
        // Names.
        ("a.test", "http://a.test", true),
        ("a.test", "http://b.a.test:81", true),
        ("a.test", "http://ba.test", false),
        ("a.test", "http://test", false),
        (".a.test", "http://a.test", true),
        (".a.test", "http://c.b.a.test", true),
        (".a.test", "http://ba.test", false),
        ("*.a.test", "http://b.a.test", true),
        ("*.a.test", "http://c.b.a.test", true),
        ("*.a.test", "http://a.test", false),
        ("*.a.test", "http://ba.test", false),
        ("A.Test.", "http://a.tEST", true),
        ("a.test", "http://a.test.", true),
        ("a*.test", "http://ab.test", false),
        (".", "http://a.test", false),
        ("*.", "http://a.test", false),
        ("b.test a.test", "http://a.test", true),
        (" b.test ,\ta.test ", "http://a.test", true),
        ("http://a.test", "http://a.test", false),
        // Ports.
        ("a.test:80", "http://a.test", true),
        ("a.test:443", "https://a.test", true),
        ("a.test:443", "http://a.test", false),
        ("a.test:8080", "http://a.test:8080", true),
        ("*.a.test:8080", "http://b.a.test:8080", true),
        ("a.test:8080", "http://a.test:8081", false),
        ("a.test:", "http://a.test", false),
        ("a.test:port", "http://a.test", false),
        // Addresses.
        ("127.0.0.1", "http://127.0.0.1:8080", true),
        ("127.0.0.1:8080", "http://127.0.0.1:8080", true),
        ("127.0.0.1:8080", "http://127.0.0.1:8081", false),
        ("0.0.1", "http://127.0.0.1", false),
        (".1", "http://127.0.0.1", false),
        ("::1", "http://[::1]:8080", true),
        ("[::1]", "http://[::1]:8080", true),
        ("[::1]:8080", "http://[::1]:8080", true),
        ("[::1]:8080", "http://[::1]:8081", false),
        ("0:0::1", "http://[::1]", true),
        ("127.0.0.1", "http://[::ffff:127.0.0.1]", true),
        ("2001:DB8::1", "http://[2001:db8::1]", true),
        // Networks.
        ("10.0.0.0/8", "http://10.255.0.1", true),
        ("10.0.0.0/8", "http://11.0.0.0", false),
        ("10.1.2.3/16", "http://10.1.255.255", true),
        ("10.1.2.3/32", "http://10.1.2.3", true),
        ("10.1.2.3/32", "http://10.1.2.2", false),
        ("0.0.0.0/0", "http://10.1.2.3", true),
        ("0.0.0.0/0", "http://a.test", false),
        ("0.0.0.0/0", "http://[2001:db8::1]", false),
        ("10.0.0.0/33", "http://10.0.0.0", false),
        ("10.0.0.0/", "http://10.0.0.0", false),
        ("fd00::/8", "http://[fdff::1]", true),
        ("fd00::/8", "http://[fe00::1]", false),
        ("::/0", "http://[fe00::1]", true),
        ("::1/128", "http://[::1]", true),
        ("::1/129", "http://[::1]", false),
    ];
    for (list, uri, direct) in cases {
        for name in ["NO_PROXY", "no_proxy"] {
            let proxy = proxy_of(&[("ALL_PROXY", "http://p:1"), (name, list)], uri);
            assert_eq!(proxy.is_none(), direct, "{name}={list:?} {uri}");
        }
    }
}

#[test]
fn an_unusable_proxy_is_no_error_for_a_host_that_does_not_need_it() {
    let variables = [("ALL_PROXY", "ftp://p:1"), ("NO_PROXY", "a.test")];
    assert_eq!(proxy_of(&variables, "http://a.test"), None);
    assert!(proxy_of(&variables, "http://b.test").is_some());
}
