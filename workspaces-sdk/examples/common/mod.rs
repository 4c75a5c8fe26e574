//! Where the examples call: an offline service in this process, or with `--aws` your account.

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
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
    Client::new(&config)
}

/// A client of the offline service, or of your account.
#[allow(dead_code, reason = "not every example uses it")]
pub(crate) async fn client(fake: &Fake, on_aws: bool) -> Client {
    if on_aws { aws().await } else { fake.client() }
}
