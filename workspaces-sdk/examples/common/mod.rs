//! The clients of the examples: for an offline service in this process, or with `--aws` for your AWS
//! account.

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
    Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await)
}

/// Creates a client for the offline service or for your AWS account.
#[allow(dead_code, reason = "not every example calls this function")]
pub(crate) async fn client(fake: &Fake, on_aws: bool) -> Client {
    if on_aws { aws().await } else { fake.client() }
}
