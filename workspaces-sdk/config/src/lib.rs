//! Configuration and credentials for AWS clients, from the environment, profiles and metadata services.
//!
//! This crate takes the place of `aws-config`. It has the same modules, types and functions, and its result is the same
//! [`SdkConfig`], which the clients of this project and those of the official SDK accept. A program changes one line of its
//! `Cargo.toml`, where `PATH` is a checkout of the repository:
//!
//! ```toml
//! aws-config = { package = "lean-aws-config", path = "PATH/workspaces-sdk/config" }
//! ```
//!
//! ```no_run
//! use lean_aws_config::BehaviorVersion;
//!
//! # async fn example() {
//! let config = lean_aws_config::load_defaults(BehaviorVersion::latest()).await;
//! // let client = workspaces_sdk::Client::new(&config);
//! # }
//! ```
//!
//! # Sources
//!
//! Credentials come from the first of these sources that has some:
//!
//! 1. the [environment](environment::credentials);
//! 2. the [profile](profile::credentials): keys, a role, IAM Identity Center, `aws login`, a web identity token or a program;
//! 3. a [web identity token](web_identity_token) that the environment names, as in Kubernetes;
//! 4. the [credentials endpoint of a container](ecs);
//! 5. the [metadata service of an EC2 instance](imds::credentials).
//!
//! A source that has credentials but cannot load them ends the search. Without credentials, the error lists what was tried:
//!
//! ```text
//! Environment (AWS_ACCESS_KEY_ID is not set),
//! Profile (profile "dev" is not defined in ~/.aws/config), ...
//! ```
//!
//! # Settings
//!
#![doc = include_str!("settings.md")]
//!
//! # Features
//!
//! | feature | default | adds |
//! |---|---|---|
//! | `default-https-client` | yes | HTTPS with hyper and rustls; without it, set an [`http_client`](ConfigLoader::http_client) |
//! | `rt-tokio` | yes | tokio's timer; without it, set a [`sleep_impl`](ConfigLoader::sleep_impl) |
//! | `sso` | yes | IAM Identity Center; needs a C compiler for `ring` |
//! | `credentials-process` | yes | programs that print credentials |
//! | `credentials-login` | no | `aws login`; needs a C compiler for `ring` |
//! | `behavior-version-latest` | no | [`from_env`] and [`load_from_env`] without a deprecation warning |
//! | `test-util` | no | the environment and the files of a test, `ConfigLoader::env` and `ConfigLoader::fs` |
//!
//! `rustls`, `client-hyper`, `legacy-client` and `allow-compilation` exist for programs that name them.
//!
//! # Differences from `aws-config`
//!
//! - The types of `aws-runtime` and `aws-smithy-runtime`, such as [`profile::ProfileSet`] and [`identity::IdentityCache`], are
//!   types of this crate with the same paths.
//! - A blank environment variable of a setting, a Region or keys counts as one that is not set. A setting that is not valid is
//!   ignored with a `tracing` warning, also one of retries, where `aws-config` panics; with a Region or a URL that is not valid,
//!   calls fail. Variables that name a profile, a file or another source of credentials, such as `AWS_PROFILE` and
//!   `AWS_CONTAINER_CREDENTIALS_FULL_URI`, are used as they are, as in `aws-config`: an endpoint or a token for credentials that is not valid is an error.
//! - Requests to metadata services ignore the proxies of the environment.
//! - `mfa_serial` in a profile is an error, because there is nobody to ask for a code.
//!
//! `benches/config-differences` in the repository runs both crates on the same inputs, and its README lists each difference.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "credentials-process")]
pub mod credential_process;
pub mod default_provider;
pub mod ecs;
pub mod environment;
mod http;
pub mod identity;
pub mod imds;
#[cfg(feature = "credentials-login")]
pub mod login;
pub mod meta;
pub mod profile;
pub mod provider_config;
pub mod retry;
#[cfg(feature = "sso")]
pub mod sso;
pub mod stalled_stream_protection;
pub mod sts;
pub mod timeout;
pub mod web_identity_token;

#[rustfmt::skip]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "generated clients have everything that public ones have"
)]
mod clients;
#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod credentials_tests;
mod features;
mod files;
mod json_credentials;
mod loader;
#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
#[cfg(any(feature = "sso", feature = "credentials-login"))]
mod login_tests;
#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod metadata_tests;
mod service_config;
mod service_error;
mod settings;
#[cfg(any(feature = "sso", feature = "credentials-login"))]
mod token_file;

pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_types::SdkConfig;
pub use aws_types::app_name::{AppName, InvalidAppName};
pub use aws_types::region::Region;
pub use aws_types::sdk_ua_metadata::{FrameworkMetadata, InvalidFrameworkMetadata};
pub use loader::ConfigLoader;

/// Creates a loader with the latest behavior version.
#[cfg(feature = "behavior-version-latest")]
pub fn from_env() -> ConfigLoader {
    ConfigLoader::default().behavior_version(BehaviorVersion::latest())
}

/// Loads a configuration with the latest behavior version.
#[cfg(feature = "behavior-version-latest")]
pub async fn load_from_env() -> SdkConfig {
    from_env().load().await
}

/// Creates a loader with the latest behavior version.
#[cfg(not(feature = "behavior-version-latest"))]
#[deprecated(
    note = "call `defaults` with a behavior version, or enable the feature `behavior-version-latest` for defaults that change"
)]
pub fn from_env() -> ConfigLoader {
    ConfigLoader::default().behavior_version(BehaviorVersion::latest())
}

/// Loads a configuration with the latest behavior version.
#[cfg(not(feature = "behavior-version-latest"))]
#[deprecated(
    note = "call `load_defaults` with a behavior version, or enable the feature `behavior-version-latest` for defaults that change"
)]
pub async fn load_from_env() -> SdkConfig {
    defaults(BehaviorVersion::latest()).load().await
}

/// Creates a loader with a behavior version.
pub fn defaults(version: BehaviorVersion) -> ConfigLoader {
    ConfigLoader::default().behavior_version(version)
}

/// Loads a configuration with a behavior version.
///
/// This reads the environment and the profile files, and asks the metadata service of EC2 for the Region if they have none.
/// Credentials are loaded when a client needs them.
pub async fn load_defaults(version: BehaviorVersion) -> SdkConfig {
    defaults(version).load().await
}
