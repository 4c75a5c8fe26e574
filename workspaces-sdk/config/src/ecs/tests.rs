use std::net::IpAddr;

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep, TokioSleep};
use aws_smithy_runtime_api::client::dns::{DnsFuture, ResolveDnsError};
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::os_shim_internal::{Env, Fs};

use super::*;
use crate::metadata_tests::cases::Reply::{Endless, Silence, Status};
use crate::metadata_tests::cases::server::{Redirect, Server};
use crate::metadata_tests::cases::{Rules, check, containers};
use crate::metadata_tests::{configuration, with_environment};

const URL: (&str, &str) = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://{server}/c");
const DOCUMENT: &str = r#"{"AccessKeyId":"id","SecretAccessKey":"hidden","Token":"hidden","Expiration":"2026-01-01T06:00:00Z"}"#;
const WORKING: Rules = &[("GET /c", &[Status(200, DOCUMENT)])];

#[tokio::test]
async fn cases() {
    for case in containers::CASES {
        let server = Server::start(case.server).await;
        let config = configuration(case, &server);
        let provider = EcsCredentialsProvider::builder().configure(&config).build();
        let result = provider.provide_credentials().await;
        check(case, &result, &server.take_requests());
    }
}

/// Resolves all names to these addresses.
#[derive(Debug)]
struct Dns(Result<Vec<IpAddr>, &'static str>);

impl ResolveDns for Dns {
    fn resolve_dns<'a>(&'a self, name: &'a str) -> DnsFuture<'a> {
        assert_eq!(name, "name.example");
        DnsFuture::ready(self.0.clone().map_err(ResolveDnsError::new))
    }
}

#[tokio::test]
async fn all_addresses_of_a_name_must_be_allowed() {
    let is_loaded = "";
    let cases: [(Result<&[&str], &str>, &str); 9] = [
        (Ok(&["127.0.0.1"]), is_loaded),
        (
            Ok(&[
                "127.0.0.1",
                "::1",
                "169.254.170.2",
                "169.254.170.23",
                "fd00:ec2::23",
            ]),
            is_loaded,
        ),
        (
            Ok(&["10.0.0.1"]),
            "AWS_CONTAINER_CREDENTIALS_FULL_URI names the host name.example, which resolves to 10.0.0.1 and is neither loopback",
        ),
        (Ok(&["127.0.0.1", "10.0.0.1"]), "resolves to 10.0.0.1"),
        (Ok(&["::ffff:127.0.0.1"]), "resolves to ::ffff:127.0.0.1"),
        (Ok(&["0.0.0.0"]), "resolves to 0.0.0.0"),
        (Ok(&["169.254.169.254"]), "resolves to 169.254.169.254"),
        (
            Ok(&[]),
            "names the host name.example, which cannot be resolved: it has no address",
        ),
        (
            Err("no such name"),
            "names the host name.example, which cannot be resolved: ",
        ),
    ];
    for (addresses, expected) in cases {
        let server = Server::start(WORKING).await;
        let env = [(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "http://name.example/c",
        )];
        let config =
            with_environment(&server, &env, &[]).with_http_client(Redirect(server.address));
        let parsed =
            addresses.map(|texts| texts.iter().map(|text| text.parse().unwrap()).collect());
        let provider = EcsCredentialsProvider::builder()
            .configure(&config)
            .dns(Dns(parsed))
            .build();
        match provider.credentials().await {
            Ok(_) => assert_eq!(expected, is_loaded, "{addresses:?}"),
            Err(error) => {
                assert!(
                    matches!(error, CredentialsError::InvalidConfiguration(_)),
                    "{error:?}"
                );
                let text = DisplayErrorContext(&error).to_string();
                assert!(
                    !expected.is_empty() && text.contains(expected),
                    "{addresses:?}: {text}"
                );
            }
        }
    }
}

#[tokio::test]
async fn schemes() {
    for (url, expected) in [
        (
            "ftp://127.0.0.1/c",
            "begins neither with `http://` nor with `https://`",
        ),
        (
            "localhost",
            "begins neither with `http://` nor with `https://`",
        ),
        ("http:///c", "is not a URL"),
    ] {
        let env = Env::from_slice(&[("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)]);
        let config = ProviderConfig::empty().with_env(env);
        let provider = EcsCredentialsProvider::builder().configure(&config).build();
        let error = provider.credentials().await.unwrap_err();
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains(expected), "{url}: {text}");
    }
}

#[tokio::test]
async fn the_token_file_is_read_each_time() {
    let server = Server::start(WORKING).await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("token");
    let env = [
        URL,
        (
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            file.to_str().unwrap(),
        ),
    ];
    let config = with_environment(&server, &env, &[]).with_fs(Fs::real());
    let provider = EcsCredentialsProvider::builder().configure(&config).build();
    for token in ["T0KEN-1", "T0KEN-2"] {
        std::fs::write(&file, token).unwrap();
        provider.credentials().await.unwrap();
        assert_eq!(server.take_requests(), [format!("GET /c {token}")]);
    }
    directory.close().unwrap();
    provider.credentials().await.unwrap_err();
}

async fn error_of(server: &Server, set: impl Fn(Builder) -> Builder) -> String {
    let config = with_environment(server, &[URL], &[]);
    let provider = set(EcsCredentialsProvider::builder().configure(&config)).build();
    let error = provider.credentials().await.unwrap_err();
    assert!(matches!(error, CredentialsError::Unhandled(_)), "{error:?}");
    DisplayErrorContext(&error).to_string()
}

#[tokio::test]
async fn an_endpoint_that_does_not_respond_is_asked_three_times() {
    let server = Server::start(&[("GET /c", &[Silence])]).await;
    let short = Duration::from_millis(50);
    let long = Duration::from_secs(10);
    let error = error_of(&server, |builder| {
        builder.connect_timeout(long).read_timeout(short)
    });
    let error = error.await;
    assert!(error.contains(" did not respond: "), "{error}");
    assert!(error.contains("took longer than 50ms"), "{error}");
    assert_eq!(server.take_requests(), ["GET /c", "GET /c", "GET /c"]);
}

/// A sleep implementation for which a thousandth of a second is a second.
#[derive(Debug)]
struct Fast;

impl AsyncSleep for Fast {
    fn sleep(&self, duration: Duration) -> Sleep {
        TokioSleep::new().sleep(duration / 1000)
    }
}

#[tokio::test]
async fn a_response_that_does_not_end() {
    const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";
    let server = Server::start(&[("GET /c", &[Endless(HEAD)])]).await;
    let config = with_environment(&server, &[URL], &[]).with_sleep_impl(Fast);
    let provider = EcsCredentialsProvider::builder().configure(&config).build();
    let error = provider.credentials().await.unwrap_err();
    let error = DisplayErrorContext(&error).to_string();
    assert!(error.contains("an attempt took longer than 12s"), "{error}");
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let env = [("AWS_CONTAINER_AUTHORIZATION_TOKEN", "hidden"), URL];
    let server = Server::start(WORKING).await;
    let config = with_environment(&server, &env, &[]);
    let builder = EcsCredentialsProvider::builder().configure(&config);
    let shown = format!("{builder:?}");
    let provider = builder.build();
    let credentials = provider.credentials().await.unwrap();
    let shown = format!("{shown} {provider:?} {credentials:?}");
    assert!(!shown.contains("hidden"), "{shown}");
}

#[test]
fn futures_are_small() {
    let provider = EcsCredentialsProvider::builder().build();
    let size = size_of_val(&provider.credentials());
    assert!(size < 4096, "{size}");
}
