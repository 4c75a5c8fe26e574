use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use aws_smithy_async::rt::sleep::Sleep;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_types::SdkConfig;

use super::*;
use crate::identity::IdentityCache;
use crate::profile::profile_file::ProfileFileKind;
use crate::settings::tests::cases::{CONFIG, VARIABLES, describe};

/// Returns a loader with these variables and this config file.
fn loader(env: &[(&str, &str)], config: &str) -> ConfigLoader {
    crate::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[&VARIABLES[..], env].concat()))
        .fs(Fs::from_slice(&[(CONFIG, config)]))
}

/// The name of a setting in [`describe`], its setter, its variable, its property, and the values of all three.
type Row = (
    &'static str,
    fn(ConfigLoader) -> ConfigLoader,
    (&'static str, &'static str),
    (&'static str, &'static str),
    [&'static str; 3],
);

const ROWS: &[Row] = &[
    (
        "Region",
        |loader| loader.region("program"),
        ("AWS_REGION", "environment"),
        ("region", "profile"),
        ["program", "environment", "profile"],
    ),
    (
        "app name",
        |loader| loader.app_name(AppName::new("program").unwrap()),
        ("AWS_SDK_UA_APP_ID", "environment"),
        ("sdk_ua_app_id", "profile"),
        ["program", "environment", "profile"],
    ),
    (
        "account ID endpoint mode",
        |loader| loader.account_id_endpoint_mode(AccountIdEndpointMode::Required),
        ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled"),
        ("account_id_endpoint_mode", "preferred"),
        ["required", "disabled", "preferred"],
    ),
    (
        "auth schemes",
        |loader| loader.auth_scheme_preference([AuthSchemeId::from("program")]),
        ("AWS_AUTH_SCHEME_PREFERENCE", "environment"),
        ("auth_scheme_preference", "profile"),
        ["program", "environment", "profile"],
    ),
    (
        "no clock skew correction",
        |loader| loader.disable_clock_skew_correction(false),
        ("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true"),
        ("disable_clock_skew_correction", "false"),
        ["false", "true", "false"],
    ),
    (
        "no request compression",
        |loader| loader.disable_request_compression(false),
        ("AWS_DISABLE_REQUEST_COMPRESSION", "true"),
        ("disable_request_compression", "false"),
        ["false", "true", "false"],
    ),
    (
        "min compression size",
        |loader| loader.request_min_compression_size_bytes(1),
        ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "2"),
        ("request_min_compression_size_bytes", "3"),
        ["1", "2", "3"],
    ),
    (
        "request checksums",
        |loader| loader.request_checksum_calculation(RequestChecksumCalculation::WhenRequired),
        ("AWS_REQUEST_CHECKSUM_CALCULATION", "when_supported"),
        ("request_checksum_calculation", "when_required"),
        ["WhenRequired", "WhenSupported", "WhenRequired"],
    ),
    (
        "response checksums",
        |loader| loader.response_checksum_validation(ResponseChecksumValidation::WhenRequired),
        ("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_supported"),
        ("response_checksum_validation", "when_required"),
        ["WhenRequired", "WhenSupported", "WhenRequired"],
    ),
    (
        "endpoint",
        |loader| loader.endpoint_url("http://program"),
        ("AWS_ENDPOINT_URL", "http://environment"),
        ("endpoint_url", "http://profile"),
        ["http://program", "http://environment", "http://profile"],
    ),
    (
        "retry mode",
        |loader| loader.retry_config(RetryConfig::adaptive()),
        ("AWS_RETRY_MODE", "standard"),
        ("retry_mode", "adaptive"),
        ["Adaptive", "Standard", "Adaptive"],
    ),
    (
        "max attempts",
        |loader| loader.retry_config(RetryConfig::standard().with_max_attempts(6)),
        ("AWS_MAX_ATTEMPTS", "7"),
        ("max_attempts", "8"),
        ["6", "7", "8"],
    ),
    (
        "SigV4a Regions",
        |loader| loader.sigv4a_signing_region_set("program"),
        ("AWS_SIGV4A_SIGNING_REGION_SET", "environment"),
        ("sigv4a_signing_region_set", "profile"),
        ["program", "environment", "profile"],
    ),
    (
        "dual stack",
        |loader| loader.use_dual_stack(false),
        ("AWS_USE_DUALSTACK_ENDPOINT", "true"),
        ("use_dualstack_endpoint", "false"),
        ["false", "true", "false"],
    ),
    (
        "FIPS",
        |loader| loader.use_fips(false),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("use_fips_endpoint", "false"),
        ["false", "true", "false"],
    ),
];

#[tokio::test]
async fn the_program_comes_before_the_environment_and_the_environment_before_the_profile() {
    for (name, set, variable, (property, value), expected) in ROWS {
        let file = format!("[default]\n{property} = {value}\n");
        let loaders = [
            set(loader(&[*variable], &file)),
            loader(&[*variable], &file),
            loader(&[], &file),
        ];
        for (loader, expected) in loaders.into_iter().zip(expected) {
            let found = describe(&loader.load().await);
            assert_eq!(found.get(*name).unwrap(), expected, "{name}");
        }
    }
}

#[tokio::test]
async fn the_endpoint_of_the_program_does_not_depend_on_the_variable_to_ignore_others() {
    let env = [
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
        ("AWS_ENDPOINT_URL_S3", "http://s3"),
    ];
    let config = loader(&env, "").endpoint_url("http://program").load().await;
    let found = describe(&config);
    let found: BTreeMap<_, _> = found.iter().map(|(k, v)| (&**k, &**v)).collect();
    assert_eq!(found["endpoint"], "http://program");
    // Clients with this origin do not look for another endpoint.
    assert!(config.get_origin("endpoint_url").is_client_config());
    assert_eq!(found["endpoint of S3"], "http://s3");
    assert_eq!(found.get("endpoint of WorkSpaces"), None);
}

#[tokio::test]
async fn timeouts_that_the_program_does_not_set_are_the_defaults() {
    let second = Duration::from_secs(1);
    let builder = TimeoutConfig::builder;
    let defaults = Duration::from_millis(3100);
    for (set, connect, read) in [
        (builder().read_timeout(second), defaults, Some(second)),
        (builder().connect_timeout(second), second, None),
        (builder(), defaults, None),
    ] {
        let config = loader(&[], "").timeout_config(set.build()).load().await;
        let timeouts = config.timeout_config().unwrap();
        assert_eq!(timeouts.connect_timeout(), Some(connect));
        assert_eq!(timeouts.read_timeout(), read);
    }
}

/// Returns the access key ID of a configuration.
async fn key(config: &SdkConfig) -> String {
    let provider = config.credentials_provider().unwrap();
    let credentials = provider.provide_credentials().await.unwrap();
    credentials.access_key_id().to_owned()
}

#[tokio::test]
async fn credentials_and_tokens_of_the_program_come_first() {
    let env = [
        ("AWS_ACCESS_KEY_ID", "environment"),
        ("AWS_SECRET_ACCESS_KEY", "hidden"),
    ];
    let file = "[default]\naws_access_key_id = profile\naws_secret_access_key = hidden\n";
    let program = || Credentials::new("program", "hidden", None, None, "program");
    let set = loader(&env, file).credentials_provider(program());
    assert_eq!(key(&set.load().await).await, "program");
    assert_eq!(key(&loader(&env, file).load().await).await, "environment");
    assert_eq!(key(&loader(&[], file).load().await).await, "profile");
    let none = loader(&env, file).no_credentials().load().await;
    assert!(none.credentials_provider().is_none());

    let token = Token::new("program", None);
    let config = loader(&env, file).token_provider(token).load().await;
    assert!(config.get_origin("token_provider").is_client_config());
    let token = config.token_provider().unwrap().provide_token().await;
    assert_eq!(token.unwrap().token(), "program");
}

#[tokio::test]
async fn profiles_of_the_program_come_first() {
    let env = [("AWS_PROFILE", "environment"), ("AWS_CONFIG_FILE", "/a")];
    let load = async |set: fn(ConfigLoader) -> ConfigLoader| {
        let files = [
            (
                "/a",
                "[profile environment]\nregion = 1\n[profile program]\nregion = 2\n",
            ),
            ("/b", "[profile environment]\nregion = 3\n"),
        ];
        let loader = loader(&env, "").fs(Fs::from_slice(&files));
        let config = set(loader).load().await;
        config.region().unwrap().to_string()
    };
    assert_eq!(load(|loader| loader).await, "1");
    assert_eq!(load(|loader| loader.profile_name("program")).await, "2");
    let other = |loader: ConfigLoader| {
        let files = ProfileFiles::builder().with_file(ProfileFileKind::Config, "/b");
        loader.profile_files(files.build())
    };
    assert_eq!(load(other).await, "3");
}

#[derive(Debug)]
struct NoSleep;

impl AsyncSleep for NoSleep {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

#[tokio::test]
async fn what_only_the_program_can_set_is_a_part_of_the_configuration() {
    let time = UNIX_EPOCH + Duration::from_secs(1);
    let config = loader(&[], "")
        .framework_metadata(FrameworkMetadata::new("a", None::<&str>).unwrap())
        .framework_metadata(FrameworkMetadata::new("b", None::<&str>).unwrap())
        .identity_cache(IdentityCache::no_cache())
        .sleep_impl(NoSleep)
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .time_source(StaticTimeSource::new(time))
        .load()
        .await;
    assert_eq!(config.framework_metadata().len(), 2);
    assert_eq!(config.time_source().unwrap().now(), time);
    assert!(!config.stalled_stream_protection().unwrap().upload_enabled());
    let debug = format!("{:?} {:?}", config.sleep_impl(), config.identity_cache());
    assert!(
        debug.contains("NoSleep") && debug.contains("NoCache"),
        "{debug}"
    );
    assert_eq!(config.behavior_version(), Some(BehaviorVersion::latest()));
}

/// Programs may compare recorded signatures with those of the official crate.
#[tokio::test]
async fn test_credentials_are_those_of_the_official_crate() {
    let config = loader(&[], "").test_credentials().load().await;
    let provider = config.credentials_provider().unwrap();
    let credentials = provider.provide_credentials().await.unwrap();
    let secret = "notrealrnrELgWzOk3IfjzDKtFBhDby";
    let expected = Credentials::new("ANOTREAL", secret, None, None, "test");
    assert_eq!(credentials, expected);
    let token = config.token_provider().unwrap().provide_token().await;
    assert_eq!(token.unwrap().token(), "test-token");
}
