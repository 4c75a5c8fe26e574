//! Where the examples call: an offline service in this process, or with `--aws` your account.

use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use workspaces_sdk::Client;
use workspaces_sdk::config::BehaviorVersion;
use workspaces_sdk::fake::Fake;

/// The words on the command line, `--aws` apart, and whether that is there.
pub(crate) fn arguments() -> (Vec<String>, bool) {
    let (flags, words): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|it| it == "--aws");
    (words, !flags.is_empty())
}

/// A client of the account that environment variables or the profile give.
#[allow(dead_code, reason = "not every example uses it")]
pub(crate) async fn aws() -> Client {
    // aws-config is built without its own HTTPS client, which brings a second TLS library to compile.
    let https = aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let config = aws_config::defaults(BehaviorVersion::latest());
    Client::new(&config.http_client(https).load().await)
}

/// A client of the offline service, or of your account.
#[allow(dead_code, reason = "not every example uses it")]
pub(crate) async fn client(fake: &Fake, on_aws: bool) -> Client {
    if on_aws { aws().await } else { fake.client() }
}
