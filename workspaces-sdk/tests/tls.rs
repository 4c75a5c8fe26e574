//! The default client with TLS. It reads the trusted certificates from the environment, so each test runs this
//! program again with the environment that it needs.

use std::io::Write;
use std::process::Command;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::NamedTempFile;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ServerConfig, SupportedProtocolVersion};
use workspaces_sdk::config::retry::RetryConfig;
use workspaces_sdk::config::{Credentials, Region};
use workspaces_sdk::error::DisplayErrorContext;
use workspaces_sdk::{Client, Config};

/// Calls `ENDPOINT` twice and prints the outcomes, which the test that runs this in [`call`] checks.
#[tokio::test]
#[ignore = "fails unless another test runs it with its variables"]
async fn child() {
    let endpoint = std::env::var("ENDPOINT").expect("another test sets ENDPOINT");
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(endpoint);
    let client = Client::from_conf(config.build());
    for _ in 0..2 {
        match client.describe_workspaces().send().await {
            Ok(output) => println!("outcome: {:?}", output.next_token()),
            Err(error) => println!("outcome: {}", DisplayErrorContext(&error)),
        }
        if let Ok(authority) = std::env::var("AUTHORITY") {
            std::fs::copy(authority, std::env::var("SSL_CERT_FILE").unwrap()).unwrap();
        }
    }
}

/// A server with a certificate for `localhost`, and the authority that issued it.
struct TlsServer {
    port: u16,
    /// The certificate of the authority, in a file.
    authority: NamedTempFile,
}

impl TlsServer {
    async fn start(version: &'static SupportedProtocolVersion) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &authority).unwrap();

        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[version])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::Pkcs8(key.serialize_der().into()),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            for connection in 0.. {
                let (socket, _) = listener.accept().await.unwrap();
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(socket).await else {
                        return;
                    };
                    let mut buffer = vec![0; 10_000];
                    while stream.read(&mut buffer).await.is_ok_and(|count| count > 0) {
                        let body = format!(r#"{{"NextToken":"connection {connection}"}}"#);
                        let response = format!(
                            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
                            body.len()
                        );
                        stream.write_all(response.as_bytes()).await.unwrap();
                    }
                });
            }
        });
        let mut authority_file = NamedTempFile::new().unwrap();
        authority_file
            .write_all(authority.pem().as_bytes())
            .unwrap();
        Self {
            port,
            authority: authority_file,
        }
    }

    fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }
}

/// Returns the outcomes of two calls of `endpoint` in a process that trusts the authority of `trusted`.
async fn call(endpoint: String, trusted: &TlsServer, proxy: Option<String>) -> Vec<String> {
    let mut command = command(endpoint, proxy);
    command.env("SSL_CERT_FILE", trusted.authority.path());
    outcomes(command).await
}

/// The command that runs [`child`].
fn command(endpoint: String, proxy: Option<String>) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "tls::child", "--ignored", "--nocapture"])
        .env("ENDPOINT", endpoint);
    for name in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "no_proxy",
        "HTTP_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
        "SSL_CERT_DIR",
    ] {
        command.env_remove(name);
    }
    command.env("HTTPS_PROXY", proxy.unwrap_or_default());
    command
}

async fn outcomes(mut command: Command) -> Vec<String> {
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let outcomes = text.lines().filter_map(|line| line.split_once("outcome: "));
    outcomes.map(|(_, outcome)| outcome.to_owned()).collect()
}

#[tokio::test]
async fn tls_1_2_and_1_3_connect_once_for_two_calls() {
    for (name, version) in [("tls12", &TLS12), ("tls13", &TLS13)] {
        let server = TlsServer::start(version).await;
        let outcomes = call(server.url(), &server, None).await;
        assert_eq!(
            outcomes,
            [r#"Some("connection 0")"#, r#"Some("connection 0")"#],
            "{name}"
        );
    }
}

/// The certificates of the system can be unreadable for a while, such as when the process has no file descriptor left.
#[tokio::test]
async fn certificates_that_cannot_be_read_are_read_again() {
    let server = TlsServer::start(&TLS13).await;
    let absent = server.authority.path().with_extension("absent");
    let mut command = command(server.url(), None);
    command
        .env("AUTHORITY", server.authority.path())
        .env("SSL_CERT_FILE", &absent);
    let outcomes = outcomes(command).await;
    let _ = std::fs::remove_file(absent);
    assert!(outcomes[0].contains("TLS cannot be set up"), "{outcomes:?}");
    // The first connection had no TLS.
    assert_eq!(outcomes[1], r#"Some("connection 1")"#);
}

#[tokio::test]
async fn a_certificate_of_another_authority_is_refused() {
    let server = TlsServer::start(&TLS13).await;
    let other = TlsServer::start(&TLS13).await;
    let outcomes = call(server.url(), &other, None).await;
    assert_eq!(outcomes.len(), 2);
    assert!(
        outcomes[0].contains("invalid peer certificate"),
        "{outcomes:?}"
    );
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let server = TlsServer::start(&TLS13).await;
    let outcomes = call(
        server.url().replace("localhost", "127.0.0.1"),
        &server,
        None,
    )
    .await;
    assert!(
        outcomes[0].contains("invalid peer certificate"),
        "{outcomes:?}"
    );
}

#[tokio::test]
async fn the_certificate_is_checked_through_the_tunnel_of_a_proxy() {
    let server = TlsServer::start(&TLS13).await;
    let target = server.port;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut head = vec![0; 1000];
        let count = client.read(&mut head).await.unwrap();
        assert!(head[..count].starts_with(b"CONNECT workspaces.invalid:443 HTTP/1.1\r\n"));
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", target)).await.unwrap();
        let _ = copy_bidirectional(&mut client, &mut server).await;
    });
    // The certificate is for another host. The error shows that the handshake went through the tunnel.
    let outcomes = call(
        "https://workspaces.invalid".to_owned(),
        &server,
        Some(proxy),
    )
    .await;
    assert!(
        outcomes[0].contains("invalid peer certificate"),
        "{outcomes:?}"
    );
}
