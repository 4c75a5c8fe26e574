//! Environments and profiles, and the settings that each of them leads to.
//!
//! The tables are data that do not depend on the crate, so that a program can run them through another one as well.

#![allow(dead_code, reason = "no program uses all items")]

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};

use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

pub(crate) mod clients;
pub(crate) mod endpoints;
pub(crate) mod regions;

/// A row of a table.
#[derive(Clone, Copy)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// The environment variables. `HOME` is `/home/user`, and the metadata service is disabled.
    pub(crate) env: &'static [(&'static str, &'static str)],
    /// The file `~/.aws/config`; there is none if this is empty.
    pub(crate) config: &'static str,
    /// The settings that differ from [`DEFAULTS`].
    pub(crate) expected: &'static [(&'static str, &'static str)],
}

/// The home directory of all cases.
pub(crate) const HOME: &str = "/home/user";

/// The variables of all cases.
pub(crate) const VARIABLES: [(&str, &str); 2] =
    [("HOME", HOME), ("AWS_EC2_METADATA_DISABLED", "true")];

/// The path of the config file.
pub(crate) const CONFIG: &str = "/home/user/.aws/config";

/// Makes a row with environment variables.
const fn env(
    name: &'static str,
    env: &'static [(&'static str, &'static str)],
    expected: &'static [(&'static str, &'static str)],
) -> Case {
    both(name, env, "", expected)
}

/// Makes a row with a config file.
const fn file(
    name: &'static str,
    config: &'static str,
    expected: &'static [(&'static str, &'static str)],
) -> Case {
    both(name, &[], config, expected)
}

/// Makes a row with environment variables and a config file.
const fn both(
    name: &'static str,
    env: &'static [(&'static str, &'static str)],
    config: &'static str,
    expected: &'static [(&'static str, &'static str)],
) -> Case {
    Case {
        name,
        env,
        config,
        expected,
    }
}

/// The settings without an environment and a config file. All others are `none`.
pub(crate) const DEFAULTS: &[(&str, &str)] = &[
    ("connect timeout", "3.1s"),
    ("max attempts", "3"),
    ("origin of the endpoint", "unknown"),
    ("request checksums", "WhenSupported"),
    ("response checksums", "WhenSupported"),
    ("retry mode", "Standard"),
];

/// The services whose endpoints are described.
const SERVICES: [&str; 3] = ["S3", "SSO OIDC", "WorkSpaces"];

/// Describes the settings of a configuration by name, except for those that have no value.
pub(crate) fn describe(config: &SdkConfig) -> BTreeMap<String, String> {
    let retries = config.retry_config();
    let timeouts = config.timeout_config();
    let connect = timeouts.and_then(|timeouts| timeouts.connect_timeout());
    let schemes = config.auth_scheme_preference().cloned().map(|schemes| {
        let names = schemes.into_iter().map(|id| id.inner().to_owned());
        names.collect::<Vec<_>>().join(" ")
    });
    let mut settings = BTreeMap::new();
    let mut add = |name: &str, value: Option<String>| {
        settings.extend(value.map(|value| (name.to_owned(), value)));
    };
    add("Region", display(config.region()));
    add("retry mode", debug(retries.map(|retries| retries.mode())));
    add(
        "max attempts",
        display(retries.map(|retries| retries.max_attempts())),
    );
    let spec = retries.and_then(|retries| retries.retry_spec());
    add("retries of 2026", spec.map(|_| "true".to_owned()));
    add("connect timeout", debug(connect));
    add("endpoint", display(config.endpoint_url()));
    add(
        "origin of the endpoint",
        display(Some(config.get_origin("endpoint_url"))),
    );
    for service in SERVICES {
        let url = endpoint_of(config, service);
        add(&format!("endpoint of {service}"), url);
    }
    add("FIPS", debug(config.use_fips()));
    add("dual stack", debug(config.use_dual_stack()));
    add(
        "account ID endpoint mode",
        display(config.account_id_endpoint_mode()),
    );
    add(
        "no request compression",
        debug(config.disable_request_compression()),
    );
    add(
        "min compression size",
        debug(config.request_min_compression_size_bytes()),
    );
    add(
        "request checksums",
        debug(config.request_checksum_calculation()),
    );
    add(
        "response checksums",
        debug(config.response_checksum_validation()),
    );
    add("app name", display(config.app_name()));
    add("auth schemes", schemes);
    let regions = config.sigv4a_signing_region_set();
    add("SigV4a Regions", regions.map(|set| set.as_ref().to_owned()));
    add(
        "no clock skew correction",
        debug(config.disable_clock_skew_correction()),
    );
    settings
}

/// Returns the endpoint of a service in the environment or the profile.
fn endpoint_of(config: &SdkConfig, service: &str) -> Option<String> {
    let key = ServiceConfigKey::builder()
        .service_id(service)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url");
    config.service_config()?.load_config(key.build().ok()?)
}

fn display(value: Option<impl Display>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn debug(value: Option<impl Debug>) -> Option<String> {
    value.map(|value| format!("{value:?}"))
}
