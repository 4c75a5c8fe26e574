//! The user agent: the value of `user-agent` and `x-amz-user-agent`, in the format of all AWS SDKs.
//!
//! ```text
//! crate-name/0.1.0 ua/2.1 api/service/0.1.0 os/linux lang/rust/1.94.1 m/E,N lib/axum/0.8 md/http#hyper-1.x app/name
//! ```
//!
//! The list behind `m/` has the features in use. Most of them belong to the client, so its text is built once. Those of a call
//! and of its identity are inserted.

use std::env::consts::OS;

use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_types::config_bag::FrozenLayer;
use aws_smithy_types::retry::RetryMode;
use aws_types::build_metadata::BUILD_METADATA;
use aws_types::endpoint_config::AccountIdEndpointMode;
use aws_types::sdk_ua_metadata::FrameworkMetadata;

use crate::environment;
use crate::service_metadata::ServiceMetadata;
use crate::settings::Settings;

/// The maximum number of frameworks in the user agent. The official crates have the same.
const MAX_FRAMEWORKS: usize = 10;

/// The codes of features that single calls have. The official crates define the codes in
/// [`metrics.rs`](https://docs.rs/aws-runtime/1.10.2/src/aws_runtime/user_agent/metrics.rs.html).
pub(crate) mod feature {
    pub(crate) const WAITER: &str = "B";
    pub(crate) const PAGINATOR: &str = "C";
    pub(crate) const GZIP: &str = "L";
    #[cfg(feature = "rpc-v2-cbor")]
    pub(crate) const CBOR: &str = "M";
    #[cfg(feature = "checksums")]
    pub(crate) const CRC32: &str = "U";
    #[cfg(feature = "checksums")]
    pub(crate) const CRC32C: &str = "V";
    #[cfg(feature = "checksums")]
    pub(crate) const CRC64: &str = "W";
    #[cfg(feature = "checksums")]
    pub(crate) const SHA1: &str = "X";
    #[cfg(feature = "checksums")]
    pub(crate) const SHA256: &str = "Y";
    #[cfg(feature = "checksums")]
    pub(crate) const REQUEST_CHECKSUM_WHEN_SUPPORTED: &str = "Z";
    #[cfg(feature = "checksums")]
    pub(crate) const REQUEST_CHECKSUM_WHEN_REQUIRED: &str = "a";
    #[cfg(feature = "checksums")]
    pub(crate) const RESPONSE_CHECKSUM_WHEN_SUPPORTED: &str = "b";
    #[cfg(feature = "checksums")]
    pub(crate) const RESPONSE_CHECKSUM_WHEN_REQUIRED: &str = "c";
}

/// The code of the standard retry mode. That of each mode has this length.
const MODE: &str = "E";

/// The codes of what credentials come from.
const CREDENTIALS: [(AwsCredentialFeature, &str); 23] = [
    (AwsCredentialFeature::S3ExpressBucket, "J"),
    (AwsCredentialFeature::ResolvedAccountId, "T"),
    (AwsCredentialFeature::CredentialsCode, "e"),
    (AwsCredentialFeature::CredentialsEnvVars, "g"),
    (AwsCredentialFeature::CredentialsEnvVarsStsWebIdToken, "h"),
    (AwsCredentialFeature::CredentialsStsAssumeRole, "i"),
    (AwsCredentialFeature::CredentialsStsAssumeRoleSaml, "j"),
    (AwsCredentialFeature::CredentialsStsAssumeRoleWebId, "k"),
    (AwsCredentialFeature::CredentialsStsFederationToken, "l"),
    (AwsCredentialFeature::CredentialsStsSessionToken, "m"),
    (AwsCredentialFeature::CredentialsProfile, "n"),
    (AwsCredentialFeature::CredentialsProfileSourceProfile, "o"),
    (AwsCredentialFeature::CredentialsProfileNamedProvider, "p"),
    (AwsCredentialFeature::CredentialsProfileStsWebIdToken, "q"),
    (AwsCredentialFeature::CredentialsProfileSso, "r"),
    (AwsCredentialFeature::CredentialsSso, "s"),
    (AwsCredentialFeature::CredentialsProfileProcess, "v"),
    (AwsCredentialFeature::CredentialsProcess, "w"),
    (AwsCredentialFeature::CredentialsHttp, "z"),
    (AwsCredentialFeature::CredentialsImds, "0"),
    (AwsCredentialFeature::BearerServiceEnvVars, "3"),
    (AwsCredentialFeature::CredentialsProfileLogin, "AC"),
    (AwsCredentialFeature::CredentialsLogin, "AD"),
];

/// The user agent of a client.
#[derive(Debug)]
pub(crate) struct UserAgent {
    /// The user agent of calls without features of their own.
    text: String,
    /// The position behind the features of the client.
    end: usize,
    /// The position behind the retry mode, which is the first feature.
    behind_retries: usize,
}

impl UserAgent {
    /// Builds the user agent of a client.
    pub(crate) fn new(
        service: &ServiceMetadata,
        settings: &Settings,
        retry_mode: RetryMode,
        connector: Option<ConnectorMetadata>,
    ) -> Self {
        let api = service.id.to_lowercase().replace(' ', "-");
        let (name, version) = service.package;
        let rust = BUILD_METADATA.rust_version;
        let mut text =
            format!("{name}/{version} ua/2.1 api/{api}/{version} os/{OS} lang/rust/{rust}");
        let environment = environment::text("AWS_EXECUTION_ENV");
        if let Some(environment) = environment.filter(|name| is_word(name)) {
            text += " exec-env/";
            text += &environment;
        }
        text += " m/";
        text += match retry_mode {
            RetryMode::Adaptive => "F",
            _ => MODE,
        };
        let behind_retries = text.len();
        for feature in features(service, settings) {
            text.push(',');
            text += feature;
        }
        let end = text.len();
        for framework in frameworks(&settings.framework_metadata) {
            text.push(' ');
            text += &framework.to_string();
        }
        if let Some(connector) = connector.map(|it| it.to_string())
            && connector.split('#').all(is_word)
        {
            text += " md/";
            text += &connector;
        }
        if let Some(name) = &settings.app_name {
            text += " app/";
            text += name.as_ref();
        }
        Self {
            text,
            end,
            behind_retries,
        }
    }

    /// The user agent of a call that has these features and this identity.
    pub(crate) fn of_call(&self, features: &[&str], identity: Option<&Identity>) -> String {
        let layer = identity.and_then(Identity::property::<FrozenLayer>);
        if features.is_empty() && layer.is_none() {
            return self.text.clone();
        }
        let credentials = layer.map(of_credentials).unwrap_or_default();
        let (start, rest) = self.text.split_at(self.behind_retries - MODE.len());
        let (mode, rest) = rest.split_at(MODE.len());
        let (of_client, rest) = rest.split_at(self.end - self.behind_retries);
        let mut text = String::with_capacity(self.text.len() + 16);
        text += start;
        let (of_body, others) = (features.iter(), features.iter());
        for feature in of_body.rev().filter(|it| is_of_body(it)) {
            text += feature;
            text.push(',');
        }
        text += mode;
        for feature in others.filter(|it| !is_of_body(it)) {
            text.push(',');
            text += feature;
        }
        text += of_client;
        for feature in credentials {
            text.push(',');
            text += feature;
        }
        text += rest;
        text
    }
}

/// Whether a feature changes the body of a request. Such features precede the retry mode, the last one first, as in the official
/// crates.
fn is_of_body(code: &str) -> bool {
    "LUVWXYZa".contains(code)
}

/// The features of a client besides its retry mode.
fn features(service: &ServiceMetadata, settings: &Settings) -> impl Iterator<Item = &'static str> {
    let mode = match settings.service_specific.account_id_endpoint_mode {
        Some(AccountIdEndpointMode::Disabled) => "Q",
        Some(AccountIdEndpointMode::Required) => "R",
        _ => "P",
    };
    let mode = service.needs_account_id.then_some(mode);
    let endpoint = settings.endpoint_url.as_ref().map(|_| "N");
    [endpoint, mode].into_iter().flatten()
}

/// What credentials come from, in the order in which their provider recorded it.
fn of_credentials(layer: &FrozenLayer) -> Vec<&'static str> {
    let mut found = Vec::new();
    let recorded: Vec<_> = layer.load::<AwsCredentialFeature>().collect();
    // The layer returns the last one first.
    for feature in recorded.into_iter().rev() {
        let row = CREDENTIALS.iter().find(|(known, _)| known == feature);
        if let Some((_, code)) = row
            && !found.contains(code)
        {
            found.push(*code);
        }
    }
    found
}

/// The first frameworks, each once.
fn frameworks(all: &[FrameworkMetadata]) -> Vec<&FrameworkMetadata> {
    let mut found: Vec<&FrameworkMetadata> = Vec::new();
    for framework in all {
        if found.len() < MAX_FRAMEWORKS && !found.contains(&framework) {
            found.push(framework);
        }
    }
    found
}

/// Whether a string may be a part of the header.
fn is_word(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

#[cfg(test)]
mod tests {
    use aws_credential_types::Credentials;
    use aws_types::app_name::AppName;

    use super::*;

    fn service(needs_account_id: bool) -> ServiceMetadata {
        ServiceMetadata {
            id: "Some Service",
            api_version: "",
            signing_name: "",
            target_prefix: "",
            query_compatible: false,
            needs_account_id,
            endpoint: |_| Err(crate::endpoint::EndpointError::new("")),
            package: ("crate", "1.2.3"),
        }
    }

    /// The user agent of a call behind the version of the language.
    fn agent(settings: &Settings, features: &[&str], identity: Option<&Identity>) -> String {
        let connector = ConnectorMetadata::new("hyper", Some("1.x".into()));
        let mode = RetryMode::Standard;
        let agent = UserAgent::new(&service(false), settings, mode, Some(connector));
        let agent = agent.of_call(features, identity);
        let start = format!("crate/1.2.3 ua/2.1 api/some-service/1.2.3 os/{OS} lang/rust/");
        let rest = agent.strip_prefix(&start).unwrap();
        rest[rest.find(" m/").unwrap() + 1..].to_owned()
    }

    /// The same strings as those of the official crates, measured over a socket.
    #[test]
    fn features_are_in_the_order_of_the_official_crates() {
        let credentials = |features: &[AwsCredentialFeature]| {
            let mut credentials = Credentials::for_tests();
            credentials
                .get_property_mut_or_default::<Vec<AwsCredentialFeature>>()
                .extend(features.iter().cloned());
            Identity::from(credentials)
        };
        let plain = Settings::default();
        let endpoint = Settings {
            endpoint_url: Some("http://localhost".to_owned()),
            app_name: Some(AppName::new("my-app").unwrap()),
            ..Settings::default()
        };
        use AwsCredentialFeature::{
            CredentialsEnvVars, CredentialsLogin, CredentialsProfile, CredentialsStsAssumeRole,
        };
        let env = credentials(&[CredentialsEnvVars]);
        let role = credentials(&[
            CredentialsProfile,
            CredentialsStsAssumeRole,
            CredentialsProfile,
        ]);
        let login = credentials(&[CredentialsLogin]);
        let account = Credentials::builder().account_id("123456789012");
        let account = account.access_key_id("A").secret_access_key("S");
        let account = Identity::from(account.provider_name("test").build());
        let none = Identity::from(Credentials::for_tests());
        let http = "md/http#hyper-1.x";
        for (settings, features, identity, expected) in [
            (&plain, &[][..], None, format!("m/E {http}")),
            (&plain, &[], Some(&none), format!("m/E {http}")),
            (&plain, &[feature::PAGINATOR], None, format!("m/E,C {http}")),
            (&endpoint, &[], None, format!("m/E,N {http} app/my-app")),
            (
                &endpoint,
                &[feature::PAGINATOR],
                Some(&none),
                format!("m/E,C,N {http} app/my-app"),
            ),
            (
                &endpoint,
                &[],
                Some(&env),
                format!("m/E,N,g {http} app/my-app"),
            ),
            (
                &endpoint,
                &[],
                Some(&role),
                format!("m/E,N,n,i {http} app/my-app"),
            ),
            (
                &endpoint,
                &[],
                Some(&account),
                format!("m/E,N,T {http} app/my-app"),
            ),
            (
                &endpoint,
                &[feature::WAITER, feature::GZIP],
                Some(&login),
                format!("m/L,E,B,N,AD {http} app/my-app"),
            ),
            (
                &endpoint,
                &["Z", "U"],
                None,
                format!("m/U,Z,E,N {http} app/my-app"),
            ),
            (
                &endpoint,
                &["a", "b"],
                None,
                format!("m/a,E,b,N {http} app/my-app"),
            ),
        ] {
            assert_eq!(agent(settings, features, identity), expected);
        }
    }

    #[test]
    fn frameworks_are_limited_and_those_that_are_no_words_are_left_out() {
        let framework =
            |number: usize| FrameworkMetadata::new(format!("f{}", number / 2), Some("1")).unwrap();
        let settings = Settings {
            framework_metadata: (0..40).map(framework).collect(),
            ..Settings::default()
        };
        let agent = agent(&settings, &[], None);
        assert_eq!(agent.matches(" lib/f").count(), MAX_FRAMEWORKS, "{agent}");
        let strange = ConnectorMetadata::new("a b\n", None);
        let mode = RetryMode::Adaptive;
        let agent = UserAgent::new(&service(true), &Settings::default(), mode, Some(strange));
        let agent = agent.of_call(&[], None);
        assert!(agent.ends_with(" m/F,P"), "{agent}");
    }
}
