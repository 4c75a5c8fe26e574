//! The user agent.

use std::env::consts::OS;

use aws_smithy_types::retry::RetryMode;
use aws_types::build_metadata::BUILD_METADATA;

use crate::environment;
use crate::service_metadata::ServiceMetadata;
use crate::settings::Settings;

/// The value of `user-agent` and `x-amz-user-agent`, in the format of all AWS SDKs:
/// `crate-name/0.1.0 ua/2.1 api/service/0.1.0 os/linux lang/rust/1.94.1 m/E app/name`.
pub(crate) fn user_agent(
    service: &ServiceMetadata,
    settings: &Settings,
    retry_mode: RetryMode,
) -> String {
    let api = service.id.to_lowercase().replace(' ', "-");
    let (name, version) = service.package;
    let rust = BUILD_METADATA.rust_version;
    let mut words = vec![
        format!("{name}/{version}"),
        "ua/2.1".to_owned(),
        format!("api/{api}/{version}"),
        format!("os/{OS}"),
        format!("lang/rust/{rust}"),
    ];
    let environment = environment::text("AWS_EXECUTION_ENV");
    words.extend(
        environment
            .filter(|name| is_word(name))
            .map(|name| format!("exec-env/{name}")),
    );
    words.push(format!("m/{}", features(settings, retry_mode)));
    words.extend(settings.framework_metadata.iter().map(ToString::to_string));
    let app_name = settings.app_name.as_ref();
    words.extend(app_name.map(|name| format!("app/{name}")));
    words.join(" ")
}

/// The features in use, by the letters that all AWS SDKs use.
fn features(settings: &Settings, retry_mode: RetryMode) -> String {
    let retries = match retry_mode {
        RetryMode::Adaptive => "F",
        _ => "E",
    };
    let endpoint = settings.endpoint_url.as_ref().map(|_| "N");
    [Some(retries), endpoint]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(",")
}

/// Whether a string may be a part of the header.
fn is_word(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}
