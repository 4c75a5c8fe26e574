//! Settings, credentials, HTTP clients and environment variables.

use std::time::SystemTime;

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, future};
use aws_sdk_workspaces::config::{Builder, Credentials, ProvideCredentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::retry::ErrorKind;

use super::{Fault, SHORT, env, set};

/// Settings that cannot work.
pub fn settings() -> Vec<Fault> {
    vec![
        set("no region", |mut config, _| {
            config.set_region(None);
            config
        }),
        set("no region, no endpoint", |mut config, _| {
            config.set_region(None).set_endpoint_url(None);
            config
        }),
        set("empty region", |config, _| config.region(Region::new(""))),
        set("region with a space", |mut config, _| {
            config.set_endpoint_url(None);
            config.region(Region::new("a b"))
        }),
        set("region with a slash", |config, _| {
            config.region(Region::new("a/b"))
        }),
        set("FIPS and an endpoint", |config, _| config.use_fips(true)),
        set("dual stack and an endpoint", |config, _| {
            config.use_dual_stack(true)
        }),
        set("endpoint: empty", |config, _| config.endpoint_url("")),
        set("endpoint: no scheme", |config, _| {
            config.endpoint_url("127.0.0.1")
        }),
        set("endpoint: FTP", |config, _| {
            config.endpoint_url("ftp://127.0.0.1")
        }),
        set("endpoint: space", |config, _| {
            config.endpoint_url("http://a b")
        }),
        set("endpoint: no host", |config, _| {
            config.endpoint_url("http://")
        }),
        set("endpoint: port", |config, _| {
            config.endpoint_url("http://127.0.0.1:99999")
        }),
        set("endpoint: path only", |config, _| {
            config.endpoint_url("/path")
        }),
        set("endpoint: not ASCII", |config, _| {
            config.endpoint_url("http://käse.invalid")
        }),
    ]
}

#[derive(Debug)]
pub struct Provider(pub fn() -> future::ProvideCredentials<'static>);

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        (self.0)()
    }
}

fn failing(config: Builder, error: fn() -> CredentialsError) -> Builder {
    #[derive(Debug)]
    struct Failing(fn() -> CredentialsError);
    impl ProvideCredentials for Failing {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            let outcome: provider::Result = Err((self.0)());
            future::ProvideCredentials::ready(outcome)
        }
    }
    config.credentials_provider(Failing(error))
}

/// Credentials that are missing or cannot be sent.
pub fn credentials() -> Vec<Fault> {
    fn given(
        config: Builder,
        key: &str,
        token: Option<&str>,
        expiry: Option<SystemTime>,
    ) -> Builder {
        config.credentials_provider(Credentials::new(
            key,
            "SECRET",
            token.map(str::to_owned),
            expiry,
            "failures",
        ))
    }
    vec![
        Fault {
            has_credentials: false,
            ..set("no provider", |config, _| config)
        },
        set("provider: not loaded", |config, _| {
            failing(config, || CredentialsError::not_loaded("none"))
        }),
        set("provider: unhandled", |config, _| {
            failing(config, || CredentialsError::unhandled("none"))
        }),
        set("provider: error", |config, _| {
            failing(config, || CredentialsError::provider_error("none"))
        }),
        set("provider: invalid configuration", |config, _| {
            failing(config, || CredentialsError::invalid_configuration("none"))
        }),
        set("provider: timed out", |config, _| {
            failing(config, || CredentialsError::provider_timed_out(SHORT))
        }),
        set("provider: hangs", |config, _| {
            config.credentials_provider(Provider(|| {
                future::ProvideCredentials::new(std::future::pending())
            }))
        }),
        set("expired credentials", |config, _| {
            given(config, "AKID", None, Some(SystemTime::UNIX_EPOCH))
        }),
        set("empty key", |config, _| given(config, "", None, None)),
        set("key with a line break", |config, _| {
            given(config, "AK\nID", None, None)
        }),
        set("token with a line break", |config, _| {
            given(config, "AKID", Some("a\nb"), None)
        }),
        set("token that is not ASCII", |config, _| {
            given(config, "AKID", Some("tökən"), None)
        }),
    ]
}

/// HTTP clients that fail.
pub fn http_clients() -> Vec<Fault> {
    fn failing(config: Builder, error: fn() -> ConnectorError) -> Builder {
        #[derive(Debug)]
        struct Failing(fn() -> ConnectorError);
        impl HttpConnector for Failing {
            fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
                HttpConnectorFuture::ready(Err((self.0)()))
            }
        }
        config.http_client(http_client_fn(move |_, _| {
            SharedHttpConnector::new(Failing(error))
        }))
    }
    vec![
        set("client: I/O", |config, _| {
            failing(config, || ConnectorError::io("no".into()))
        }),
        set("client: timeout", |config, _| {
            failing(config, || ConnectorError::timeout("no".into()))
        }),
        set("client: user", |config, _| {
            failing(config, || ConnectorError::user("no".into()))
        }),
        set("client: other", |config, _| {
            failing(config, || ConnectorError::other("no".into(), None))
        }),
        set("client: other, transient", |config, _| {
            failing(config, || {
                ConnectorError::other("no".into(), Some(ErrorKind::TransientError))
            })
        }),
        set("client: other, throttling", |config, _| {
            failing(config, || {
                ConnectorError::other("no".into(), Some(ErrorKind::ThrottlingError))
            })
        }),
        set("client: other, client error", |config, _| {
            failing(config, || {
                ConnectorError::other("no".into(), Some(ErrorKind::ClientError))
            })
        }),
    ]
}

/// Environment variables.
pub fn environments() -> Vec<Fault> {
    vec![
        env(
            "proxy: refused",
            &[("HTTP_PROXY", "http://127.0.0.1:{refused}")],
        ),
        env(
            "proxy: 407",
            &[("HTTP_PROXY", "http://127.0.0.1:{proxy-407}")],
        ),
        env(
            "proxy: 502",
            &[("HTTP_PROXY", "http://127.0.0.1:{proxy-502}")],
        ),
        env(
            "proxy: closed",
            &[("HTTP_PROXY", "http://127.0.0.1:{close}")],
        ),
        env("proxy: FTP", &[("HTTP_PROXY", "ftp://127.0.0.1:{refused}")]),
        env(
            "proxy: malformed",
            &[("HTTP_PROXY", "http:/127.0.0.1:{refused}")],
        ),
        env(
            "proxy: SOCKS",
            &[("HTTP_PROXY", "socks5://127.0.0.1:{refused}")],
        ),
        env("proxy: port", &[("HTTP_PROXY", "http://127.0.0.1:99999")]),
        env(
            "proxy: empty",
            &[
                ("HTTP_PROXY", ""),
                ("http_proxy", "http://127.0.0.1:{proxy-502}"),
            ],
        ),
        env(
            "proxy: NO_PROXY is *",
            &[
                ("HTTP_PROXY", "http://127.0.0.1:{proxy-502}"),
                ("NO_PROXY", "*"),
            ],
        ),
        env(
            "proxy: NO_PROXY with port",
            &[
                ("HTTP_PROXY", "http://127.0.0.1:{proxy-502}"),
                ("NO_PROXY", "127.0.0.1:{http}"),
            ],
        ),
    ]
}
