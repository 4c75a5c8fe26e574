use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_types::error::display::DisplayErrorContext;

use super::Client;
use super::credentials::ImdsCredentialsProvider;
use super::region::ImdsRegionProvider;
use crate::default_provider::credentials::DefaultCredentialsChain;
use crate::meta::region::ProvideRegion;
use crate::metadata_tests::cases::Reply::{Bytes, Status, Token};
use crate::metadata_tests::cases::server::Server;
use crate::metadata_tests::cases::{Clock, Reply, Rules, check, imds, imds_endpoints, now};
use crate::metadata_tests::{configuration, with_environment};

const ENDPOINT: (&str, &str) = ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://{server}");
const TOKEN: (&str, &[Reply]) = ("PUT /latest/api/token", &[Token("T0KEN-1", "21600")]);
const ROLE: &str = "GET /latest/meta-data/iam/security-credentials/";
const CREDENTIALS: &str = "GET /latest/meta-data/iam/security-credentials/role";
const REGION: &str = "GET /latest/meta-data/placement/region";

#[tokio::test]
async fn cases() {
    for case in imds::CASES.iter().chain(imds_endpoints::CASES) {
        let server = Server::start(case.server).await;
        let config = configuration(case, &server);
        let provider = ImdsCredentialsProvider::builder()
            .configure(&config)
            .build();
        let result = provider.provide_credentials().await;
        check(case, &result, &server.take_requests());
    }
}

const FIRST: &str = r#"{"AccessKeyId":"first","SecretAccessKey":"hidden","Token":"hidden","Expiration":"2026-01-01T06:00:00Z"}"#;
const SECOND: &str = r#"{"AccessKeyId":"second","SecretAccessKey":"hidden","Token":"hidden","Expiration":"2026-01-02T06:00:00Z"}"#;
const WORKING: Rules = &[
    TOKEN,
    (ROLE, &[Status(200, "role")]),
    (CREDENTIALS, &[Status(200, FIRST)]),
];

/// The access key ID, and the seconds from the beginning of the test until the credentials expire.
fn summary(credentials: &Credentials) -> (&str, u64) {
    let expiry = credentials.expiry().unwrap();
    let seconds = expiry.duration_since(now()).unwrap().as_secs();
    (credentials.access_key_id(), seconds)
}

fn provider(server: &Server, clock: &Clock) -> ImdsCredentialsProvider {
    let config = with_environment(server, &[ENDPOINT], &[]).with_time_source(clock.clone());
    ImdsCredentialsProvider::builder()
        .configure(&config)
        .build()
}

#[tokio::test]
async fn the_last_credentials_are_used_when_there_are_no_new_ones() {
    let failures: [Rules; 5] = [
        &[(ROLE, &[Bytes(b"")])],
        &[(ROLE, &[Status(404, "")])],
        &[
            (ROLE, &[Status(200, "role")]),
            (CREDENTIALS, &[Status(500, "")]),
        ],
        &[
            (ROLE, &[Status(200, "role")]),
            (CREDENTIALS, &[Status(200, "")]),
        ],
        &[
            (ROLE, &[Status(200, "role")]),
            (CREDENTIALS, &[Status(200, r#"{"Code":"Failed"}"#)]),
        ],
    ];
    for (number, failure) in failures.into_iter().enumerate() {
        let server = Server::start(WORKING).await;
        let clock = Clock::default();
        let provider = provider(&server, &clock);
        assert!(provider.fallback_on_interrupt().is_none());
        let loaded = provider.provide_credentials().await.unwrap();
        assert_eq!(summary(&loaded), ("first", 6 * 3600));

        // Before their end, they stay as they are.
        server.set_rules(failure);
        let interrupted = provider.fallback_on_interrupt().unwrap();
        assert_eq!(summary(&interrupted), ("first", 6 * 3600));
        let last = provider.provide_credentials().await.unwrap();
        assert_eq!(summary(&last), ("first", 6 * 3600), "{number}");

        // After it, they get another one in 10 to 15 minutes.
        let hours = 7 * 3600;
        clock.advance(hours);
        let last = provider.provide_credentials().await.unwrap();
        let (id, seconds) = summary(&last);
        assert_eq!(id, "first", "{number}");
        assert!(
            (600..=900).contains(&(seconds - hours)),
            "{number}: {seconds}"
        );
        let interrupted = provider.fallback_on_interrupt().unwrap();
        assert_eq!(summary(&interrupted), ("first", seconds), "{number}");

        // IMDS is asked each time.
        server.set_rules(&[
            TOKEN,
            (ROLE, &[Status(200, "role")]),
            (CREDENTIALS, &[Status(200, SECOND)]),
        ]);
        let loaded = provider.provide_credentials().await.unwrap();
        assert_eq!(summary(&loaded), ("second", 30 * 3600), "{number}");
    }
}

/// A client that waits for IMDS until its limit must not do so again on each call.
#[tokio::test]
async fn credentials_of_an_interrupted_load_get_a_later_expiration() {
    let server = Server::start(WORKING).await;
    let clock = Clock::default();
    let provider = provider(&server, &clock);
    provider.provide_credentials().await.unwrap();
    let hours = 7 * 3600;
    clock.advance(hours);
    let interrupted = provider.fallback_on_interrupt().unwrap();
    let (id, seconds) = summary(&interrupted);
    assert_eq!(id, "first");
    assert!((600..=900).contains(&(seconds - hours)), "{seconds}");
    let again = provider.fallback_on_interrupt().unwrap();
    assert_eq!(summary(&again), ("first", seconds));
}

#[tokio::test]
async fn a_program_can_name_the_profile() {
    let server = Server::start(WORKING).await;
    let config = with_environment(&server, &[ENDPOINT], &[]);
    let provider = ImdsCredentialsProvider::builder()
        .configure(&config)
        .profile("role")
        .build();
    let credentials = provider.provide_credentials().await.unwrap();
    assert_eq!(credentials.access_key_id(), "first");
    let requests = [
        "PUT /latest/api/token 21600".to_owned(),
        format!("{CREDENTIALS} T0KEN-1"),
    ];
    assert_eq!(server.take_requests(), requests);
    let shown = format!("{provider:?}");
    assert!(
        !shown.contains("hidden") && !shown.contains("T0KEN"),
        "{shown}"
    );
}

#[tokio::test]
async fn the_name_of_the_role_is_the_first_line() {
    let cases: [(Rules, bool); 3] = [
        (
            &[
                TOKEN,
                (ROLE, &[Status(200, "role \nother")]),
                (CREDENTIALS, &[Status(200, FIRST)]),
            ],
            true,
        ),
        (&[TOKEN, (ROLE, &[Status(200, "")])], false),
        (&[TOKEN, (ROLE, &[Status(200, " \n")])], false),
    ];
    for (number, (rules, is_found)) in cases.into_iter().enumerate() {
        let server = Server::start(rules).await;
        let config = with_environment(&server, &[ENDPOINT], &[]);
        let provider = ImdsCredentialsProvider::builder()
            .configure(&config)
            .build();
        let result = provider.provide_credentials().await;
        assert_eq!(result.is_ok(), is_found, "{number}: {result:?}");
    }
}

#[tokio::test]
async fn regions() {
    type Case = (
        &'static [(&'static str, &'static str)],
        Rules,
        Option<&'static str>,
    );
    let cases: [Case; 6] = [
        (
            &[ENDPOINT],
            &[TOKEN, (REGION, &[Status(200, "eu-central-1")])],
            Some("eu-central-1"),
        ),
        (
            &[ENDPOINT],
            &[
                TOKEN,
                (REGION, &[Status(500, ""), Status(200, "eu-central-1")]),
            ],
            Some("eu-central-1"),
        ),
        (
            &[ENDPOINT, ("AWS_EC2_METADATA_DISABLED", "True")],
            &[TOKEN, (REGION, &[Status(200, "eu-central-1")])],
            None,
        ),
        (
            &[ENDPOINT],
            &[TOKEN, (REGION, &[Status(404, "eu-central-1")])],
            None,
        ),
        (&[ENDPOINT], &[TOKEN, (REGION, &[Bytes(b"")])], None),
        (
            &[ENDPOINT],
            &[("PUT /latest/api/token", &[Status(403, "")])],
            None,
        ),
    ];
    for (number, (env, rules, expected)) in cases.into_iter().enumerate() {
        let server = Server::start(rules).await;
        let config = with_environment(&server, env, &[]);
        let provider = ImdsRegionProvider::builder().configure(&config).build();
        let region = ProvideRegion::region(&provider).await;
        assert_eq!(region.as_ref().map(AsRef::as_ref), expected, "{number}");
        let shown = format!("{provider:?}");
        assert!(
            !shown.contains("AWS_"),
            "the environment is secret: {shown}"
        );
    }
}

#[tokio::test]
async fn providers_can_share_a_client() {
    let server = Server::start(&[
        TOKEN,
        (ROLE, &[Status(200, "role")]),
        (CREDENTIALS, &[Status(200, FIRST)]),
        (REGION, &[Status(200, "eu-central-1")]),
    ])
    .await;
    let config = with_environment(&server, &[ENDPOINT], &[]);
    let client = Client::builder().configure(&config).build();
    let region = ImdsRegionProvider::builder().imds_client(client.clone());
    assert!(region.build().region().await.is_some());
    let credentials = ImdsCredentialsProvider::builder().imds_client(client);
    credentials.build().provide_credentials().await.unwrap();
    let tokens = server.take_requests();
    let tokens = tokens.iter().filter(|request| request.starts_with("PUT"));
    assert_eq!(tokens.count(), 1);
}

/// Outside of EC2, a proxy may respond in place of IMDS.
#[tokio::test]
async fn a_status_that_ends_the_default_chain_names_all_sources_and_the_remedy() {
    let cases: [(&str, Rules); 2] = [
        (
            "status 403",
            &[("PUT /latest/api/token", &[Status(403, "hidden")])],
        ),
        (
            "status 502",
            &[("PUT /latest/api/token", &[Status(502, "hidden")])],
        ),
    ];
    for (status, rules) in cases {
        let server = Server::start(rules).await;
        let config = with_environment(&server, &[ENDPOINT], &[]);
        let chain = DefaultCredentialsChain::builder().configure(config).build();
        let error = chain.await.provide_credentials().await.unwrap_err();
        assert!(
            matches!(error, CredentialsError::ProviderError(_)),
            "{error:?}"
        );
        let text = DisplayErrorContext(&error).to_string();
        let parts = [
            "Ec2InstanceMetadata failed, after Environment (",
            "), Profile (",
            "), WebIdentityToken (",
            "), EcsContainer (",
            "set AWS_EC2_METADATA_DISABLED=true",
            status,
        ];
        for part in parts {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("hidden"), "{text}");
    }
}

#[test]
fn futures_are_small() {
    let client = Client::builder().build();
    let size = size_of_val(&client.get("/"));
    assert!(size < 2048, "{size}");
}
