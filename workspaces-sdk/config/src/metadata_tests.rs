//! What the tests of metadata endpoints have in common.

#[path = "../tests/metadata/mod.rs"]
pub(crate) mod cases;

use aws_types::os_shim_internal::{Env, Fs};

use crate::provider_config::ProviderConfig;
use cases::server::{Redirect, Server};
use cases::{Case, Clock, Hasty};

/// Returns the configuration of a case.
pub(crate) fn configuration(case: &Case, server: &Server) -> ProviderConfig {
    let config = with_environment(server, case.env, case.files);
    match case.names_server() {
        true => config,
        false => config.with_http_client(Redirect(server.address)),
    }
}

/// Returns a configuration with these variables and files, the clock of the cases and without backoff.
pub(crate) fn with_environment(
    server: &Server,
    env: &[(&str, &str)],
    files: &[(&str, &str)],
) -> ProviderConfig {
    let env = server.fill_in_all(env);
    let env: Vec<_> = env
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let files = server.fill_in_all(files);
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    ProviderConfig::empty()
        .with_env(Env::from_slice(&env))
        .with_fs(Fs::from_slice(&files))
        .with_time_source(Clock::default())
        .with_sleep_impl(Hasty)
}
