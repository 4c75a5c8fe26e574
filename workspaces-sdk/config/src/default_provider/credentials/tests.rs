use aws_types::region::Region;

use super::*;
use crate::metadata_tests::cases::Reply::{Status, Token};
use crate::metadata_tests::cases::Rules;
use crate::metadata_tests::cases::server::{Redirect, Server};
use crate::metadata_tests::with_environment;

const CONFIG: &str = "/home/.aws/config";

macro_rules! document {
    ($id:literal) => {
        concat!(
            r#"{"AccessKeyId":""#,
            $id,
            r#"","SecretAccessKey":"hidden","Token":"hidden","Expiration":"2026-01-01T06:00:00Z"}"#
        )
    };
}

/// All services: STS, the endpoint of a container, and IMDS.
const SERVICES: Rules = &[
    (
        "POST /",
        &[Status(
            200,
            "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>web identity</AccessKeyId>\
             <SecretAccessKey>hidden</SecretAccessKey><SessionToken>hidden</SessionToken>\
             <Expiration>2026-01-01T06:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>",
        )],
    ),
    ("GET /container", &[Status(200, document!("container"))]),
    ("PUT /latest/api/token", &[Token("T0KEN-1", "21600")]),
    (
        "GET /latest/meta-data/iam/security-credentials/",
        &[Status(200, "role")],
    ),
    (
        "GET /latest/meta-data/iam/security-credentials/role",
        &[Status(200, document!("instance"))],
    ),
];

/// A source, and the variables and files that it needs.
type Source = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, &'static str)],
);

const SOURCES: [Source; 5] = [
    (
        "environment",
        &[
            ("AWS_ACCESS_KEY_ID", "environment"),
            ("AWS_SECRET_ACCESS_KEY", "hidden"),
        ],
        &[],
    ),
    (
        "profile",
        &[],
        &[(
            CONFIG,
            "[default]\naws_access_key_id = profile\naws_secret_access_key = hidden\n",
        )],
    ),
    (
        "web identity",
        &[
            ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"),
            ("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/web"),
        ],
        &[("/token", "hidden")],
    ),
    (
        "container",
        &[("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/container")],
        &[],
    ),
    ("instance", &[], &[]),
];

/// Returns a configuration whose requests all go to the server.
fn config(server: &Server, env: &[(&str, &str)], files: &[(&str, &str)]) -> ProviderConfig {
    let env = [&[("HOME", "/home")], env].concat();
    with_environment(server, &env, files).with_http_client(Redirect(server.address))
}

#[tokio::test]
async fn each_source_comes_before_the_next_ones() {
    for (first, (name, ..)) in SOURCES.iter().enumerate() {
        let server = Server::start(SERVICES).await;
        let left = SOURCES.iter().skip(first);
        let env: Vec<_> = left.clone().flat_map(|(_, env, _)| *env).copied().collect();
        let files: Vec<_> = left.flat_map(|(.., files)| *files).copied().collect();
        let config = config(&server, &env, &files);
        let chain = DefaultCredentialsChain::builder()
            .configure(config)
            .region("us-east-1");
        let credentials = chain.build().await.provide_credentials().await.unwrap();
        assert_eq!(credentials.access_key_id(), *name);
    }
}

#[tokio::test]
async fn settings_of_the_builder() {
    /// Profiles that assume a role, each in another Region.
    const PROFILES: &str = "[default]\nregion = eu-west-1\nrole_arn = arn:a\nsource_profile = base\n\
        [profile other]\nregion = eu-west-2\nrole_arn = arn:a\nsource_profile = base\n\
        [profile custom]\nrole_arn = arn:a\ncredential_source = Custom\n\
        [profile base]\naws_access_key_id = BASE\naws_secret_access_key = hidden\n";
    let custom = || aws_credential_types::Credentials::new("CUSTOM", "hidden", None, None, "test");
    let builder = DefaultCredentialsChain::builder;
    let region = Region::from_static("eu-west-3");
    let mut set = builder();
    set.set_region(Some(region.clone()));
    let mut removed = builder().region(region.clone());
    removed.set_region(None::<Region>);
    let cases = [
        (builder(), "eu-west-1", "BASE"),
        (builder().region(region), "eu-west-3", "BASE"),
        (set, "eu-west-3", "BASE"),
        (removed, "eu-west-1", "BASE"),
        (builder().profile_name("other"), "eu-west-2", "BASE"),
        (
            builder()
                .profile_name("custom")
                .region("eu-west-4")
                .with_custom_credential_source("Custom", custom()),
            "eu-west-4",
            "CUSTOM",
        ),
    ];
    for (builder, region, key) in cases {
        let server = Server::start(&[("POST /", &[Status(400, "")])]).await;
        let config = config(&server, &[], &[(CONFIG, PROFILES)]);
        let chain = builder.configure(config).build().await;
        chain.provide_credentials().await.unwrap_err();
        let requests = server.take_requests();
        let expected =
            format!("POST http://sts.{region}.amazonaws.com/ AWS4-HMAC-SHA256 Credential={key}/");
        assert!(
            matches!(&requests[..], [request] if request.starts_with(&expected)),
            "{requests:?}, {expected}"
        );
    }
}

#[tokio::test]
async fn the_client_of_imds_can_be_set() {
    let (server, other) = (Server::start(SERVICES).await, Server::start(&[]).await);
    let client = imds::Client::builder()
        .configure(&config(&server, &[], &[]))
        .build();
    let chain = DefaultCredentialsChain::builder()
        .imds_client(client)
        .region("us-east-1")
        .configure(config(&other, &[], &[]));
    let credentials = chain.build().await.provide_credentials().await.unwrap();
    assert_eq!(credentials.access_key_id(), "instance");
    assert!(other.take_requests().is_empty());
}
