//! The clients of the examples: for an offline service in this process, or with `--aws` for your AWS
//! account.

use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use workspaces_sdk::Client;
use workspaces_sdk::config::BehaviorVersion;
use workspaces_sdk::fake::Fake;

/// Returns the command-line arguments without `--aws`, and whether `--aws` is among them.
pub(crate) fn arguments() -> (Vec<String>, bool) {
    let (flags, others): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|it| it == "--aws");
    (others, !flags.is_empty())
}

/// Creates a client for the AWS account that environment variables or the profile select.
#[allow(dead_code, reason = "not every example calls this function")]
pub(crate) async fn aws() -> Client {
    // aws-config is built without its default HTTPS client, which would add a second TLS library to the
    // build.
    let https = aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let config = aws_config::defaults(BehaviorVersion::latest());
    Client::new(&config.http_client(https).load().await)
}

/// Creates a client for the offline service or for your AWS account.
#[allow(dead_code, reason = "not every example calls this function")]
pub(crate) async fn client(fake: &Fake, on_aws: bool) -> Client {
    if on_aws { aws().await } else { fake.client() }
}
