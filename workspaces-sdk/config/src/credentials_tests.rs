//! Runs the tables of environments and files.

#[path = "../tests/credentials/mod.rs"]
pub(crate) mod cases;

use std::collections::HashMap;
use std::time::Duration;
use std::{fmt, future};

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::region::Region;

use self::cases::case::{Case, Expected};
use self::cases::server::Server;
use self::cases::{describe, environment, profile, role_chain, role_chain_errors, web_identity};
use crate::environment::EnvironmentVariableCredentialsProvider;
use crate::profile::ProfileFileCredentialsProvider;
use crate::provider_config::ProviderConfig;
use crate::web_identity_token::WebIdentityTokenCredentialsProvider;

/// The home directory of all cases.
const HOME: &str = "/home/user";

#[tokio::test]
async fn environments() {
    run_all(environment::CASES, |config| {
        EnvironmentVariableCredentialsProvider::with_env(config.env().clone())
    })
    .await;
}

#[tokio::test]
async fn profiles() {
    run_all(profile::CASES, from_profile).await;
    #[cfg(feature = "sso")]
    run_all(profile::SSO_CASES, from_profile).await;
}

#[cfg(all(unix, feature = "credentials-process"))]
#[tokio::test]
async fn processes() {
    use self::cases::process;

    run_all(process::CASES, from_profile).await;
    run_all(process::LIMITED_CASES, from_profile).await;
}

#[tokio::test]
async fn role_chains() {
    run_all(role_chain::CASES, from_profile).await;
    run_all(role_chain_errors::CASES, from_profile).await;
    run_all(role_chain_errors::DIFFERENT_CASES, from_profile).await;
}

#[tokio::test]
async fn web_identities() {
    run_all(web_identity::CASES, |config| {
        WebIdentityTokenCredentialsProvider::builder()
            .configure(config)
            .build()
    })
    .await;
    run_all(web_identity::PROFILE_CASES, from_profile).await;
}

pub(crate) fn from_profile(config: &ProviderConfig) -> ProfileFileCredentialsProvider {
    let custom = Credentials::new("AKIDCUSTOM", "SECRET-custom", None, None, "test");
    ProfileFileCredentialsProvider::builder()
        .configure(config)
        .with_custom_provider("Custom", custom)
        .build()
}

async fn run_all<P: ProvideCredentials>(cases: &[Case], provider: fn(&ProviderConfig) -> P) {
    let mut failures = String::new();
    for case in cases {
        if let Err(failure) = run(case, provider).await {
            failures += &format!("\n{}:\n{failure}", case.name);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

async fn run<P: ProvideCredentials>(
    case: &Case,
    provider: fn(&ProviderConfig) -> P,
) -> Result<(), String> {
    let server = Server::start(case.server).await;
    let files = files(case, &server, HOME);
    let files: Vec<_> = files
        .iter()
        .map(|(p, t)| (p.as_str(), t.as_str()))
        .collect();
    let config = configuration(case, &server, HOME).with_fs(Fs::from_slice(&files));
    check(case, &server, HOME, &ForCredentials(provider(&config))).await
}

/// Returns a configuration with the variables of a case, without backoff.
pub(crate) fn configuration(case: &Case, server: &Server, home: &str) -> ProviderConfig {
    let defaults = [
        ("HOME", "{home}"),
        ("AWS_ENDPOINT_URL_STS", "{server}"),
        ("AWS_ENDPOINT_URL_SSO", "{server}"),
        ("AWS_ENDPOINT_URL_SSO_OIDC", "{server}"),
        ("AWS_ENDPOINT_URL_SIGNIN", "{server}"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    let mut variables = HashMap::new();
    for (name, value) in defaults.iter().chain(case.env) {
        variables.insert((*name).to_owned(), fill(value, server, home));
    }
    variables.retain(|_, value| value != "-");
    ProviderConfig::without_region()
        .with_env(Env::from(variables))
        .with_sleep_impl(NoBackoff)
        .with_region(Some(Region::from_static("us-east-1")))
}

/// Returns the paths and contents of the files of a case.
pub(crate) fn files(case: &Case, server: &Server, home: &str) -> Vec<(String, String)> {
    let files = case.files.iter();
    files
        .map(|(path, text)| (path.replacen('~', home, 1), fill(text, server, home)))
        .collect()
}

fn fill(text: &str, server: &Server, home: &str) -> String {
    text.replace("{server}", &server.url())
        .replace("{home}", home)
}

/// A provider of credentials or of a token.
pub(crate) trait Provider: fmt::Debug {
    /// Describes the result as [`Expected`] does, and as its `Debug` output.
    async fn load(&self) -> (String, String);
}

#[derive(Debug)]
pub(crate) struct ForCredentials<P>(pub(crate) P);

impl<P: ProvideCredentials> Provider for ForCredentials<P> {
    async fn load(&self) -> (String, String) {
        let result = self.0.provide_credentials().await;
        (describe(&result), format!("{result:?}"))
    }
}

/// Checks the result of a provider, and the requests that it sends.
pub(crate) async fn check(
    case: &Case,
    server: &Server,
    home: &str,
    provider: &impl Provider,
) -> Result<(), String> {
    let load = async || {
        let (found, debug) = provider.load().await;
        let found = found.replace(&server.url(), "{server}");
        (found, debug)
    };
    let (found, debug) = load().await;
    let expected = match case.expected {
        Expected::Credentials(text) => text.to_owned(),
        Expected::Error(kind, text) => format!("{kind:?}: {text}"),
    };
    let expected = expected.replace("{home}", home);
    let requests: Vec<_> = case.server.iter().map(|(request, _)| *request).collect();
    let debug = format!("{provider:?} {debug}");
    let mut results = vec![found];
    if case.server.is_empty() {
        // The result is the same each time.
        results.push(load().await.0);
    }
    let found = &results[0];
    let with_result = |failure| format!("{failure}\nresult {found}");
    server.check(&requests).map_err(with_result)?;
    for found in results {
        if found != expected {
            return Err(format!("   found {found}\nexpected {expected}"));
        }
    }
    // The name of the variable is no secret.
    let debug = debug.replace("AWS_SECRET_ACCESS_KEY", "");
    match debug.contains("SECRET") {
        true => Err(format!("a secret in {debug}")),
        false => Ok(()),
    }
}

/// Does not wait before a retry. Timeouts, which are longer, never expire.
#[derive(Debug)]
struct NoBackoff;

impl AsyncSleep for NoBackoff {
    fn sleep(&self, duration: Duration) -> Sleep {
        match duration > Duration::from_secs(3) {
            true => Sleep::new(future::pending()),
            false => Sleep::new(future::ready(())),
        }
    }
}
