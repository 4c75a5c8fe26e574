//! Runs the tables of IAM Identity Center and of `aws login`, whose files are on the disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_types::os_shim_internal::{Env, Fs};
use aws_types::region::Region;
use tempfile::TempDir;

use crate::credentials_tests::cases::case::{NOW, StoredCase};
use crate::credentials_tests::cases::server::Server;
use crate::credentials_tests::{
    ForCredentials, Provider, check, configuration, files, from_profile,
};
use crate::provider_config::ProviderConfig;

#[cfg(feature = "sso")]
#[tokio::test]
async fn sso() {
    use crate::credentials_tests::cases::{sso, sso_errors, sso_files, sso_token};

    let provider = |config: &ProviderConfig| ForCredentials(from_profile(config));
    for cases in [
        sso::CASES,
        sso_files::CASES,
        sso_errors::CASES,
        sso_errors::DIFFERENT_CASES,
    ] {
        run_all(cases, provider).await;
    }
    for cases in [sso_token::CASES, sso_token::DIFFERENT_CASES] {
        run_all(cases, token::from_profile).await;
    }
}

#[cfg(feature = "credentials-login")]
#[tokio::test]
async fn logins() {
    use crate::credentials_tests::cases::{login, login_errors};

    let provider = |config: &ProviderConfig| ForCredentials(from_profile(config));
    for cases in [login::CASES, login_errors::CASES, login::DIFFERENT_CASES] {
        run_all(cases, provider).await;
    }
}

/// The message of the error says to run `aws sso login`, which writes another token.
#[cfg(feature = "sso")]
#[tokio::test]
async fn a_token_that_the_service_rejects_is_read_again() {
    use crate::credentials_tests::cases::case::{CASE, Case, Expected, Reply};
    use crate::credentials_tests::cases::sso::SESSION;

    const FILE: &str = "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
    const REQUESTS: [&str; 2] = [
        "unsigned GET /federation/credentials account_id=111122223333 role_name=reader bearer=A",
        "unsigned GET /federation/credentials account_id=111122223333 role_name=reader bearer=B",
    ];
    let token =
        |token| format!(r#"{{"accessToken": "{token}", "expiresAt": "2031-01-01T00:00:00Z"}}"#);
    let case = Case {
        files: &[SESSION],
        server: &[
            (
                REQUESTS[0],
                Reply::Error(401, "UnauthorizedException", "the token has ended"),
            ),
            (REQUESTS[1], Reply::Keys("ASIA1")),
        ],
        expected: Expected::Credentials("ASIA1"),
        ..CASE
    };
    let server = Server::start(case.server).await;
    let fs = Fs::from_slice(&[("/home/.aws/config", SESSION.1), (FILE, &token("A"))]);
    let now = UNIX_EPOCH + Duration::from_secs(NOW);
    let config = configuration(&case, &server, "/home")
        .with_fs(fs.clone())
        .with_time_source(StaticTimeSource::new(now));
    let provider = from_profile(&config);
    assert!(provider.provide_credentials().await.is_err());
    fs.write(FILE, token("B")).await.unwrap();
    let credentials = provider.provide_credentials().await.unwrap();
    assert_eq!(credentials.access_key_id(), "ASIA1");
    server.check(&REQUESTS).unwrap();
}

/// The Region of a session, or the one in which the user has logged in, is that of the client.
#[tokio::test]
async fn endpoints_are_those_of_the_session() {
    const TOKEN: &str = r#"{"accessToken": "a", "expiresAt": "2031-01-01T00:00:00Z"}"#;
    const EXPIRED: &str = r#"{"accessToken": "a", "expiresAt": "2029-01-01T00:00:00Z", "clientId": "a", "clientSecret": "a",
        "registrationExpiresAt": "2031-01-01T00:00:00Z", "refreshToken": "a"}"#;
    const SSO: &str = "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n[sso-session corp]\n\
                       sso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n";
    const LOGIN: &str = "[default]\nlogin_session = arn:aws:iam::111122223333:user/ada\n";
    let login = |more: &str| {
        let key = include_str!("login/test_key.pem").replace('\n', "\\n");
        format!(
            r#"{{"accessToken": {{"accessKeyId": "a", "secretAccessKey": "a", "sessionToken": "a", "accountId": "a",
            "expiresAt": "2029-01-01T00:00:00Z"}}, "refreshToken": "a", "clientId": "a", "dpopKey": "{key}"{more}}}"#
        )
    };
    let (sso, signin) = (
        "/home/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
        "/home/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json",
    );
    for (feature, config, file, contents, expected) in [
        (
            cfg!(feature = "sso"),
            SSO,
            sso,
            TOKEN.to_owned(),
            "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?role_name=r&account_id=1",
        ),
        (
            cfg!(feature = "sso"),
            SSO,
            sso,
            EXPIRED.to_owned(),
            "https://oidc.eu-west-1.amazonaws.com/token",
        ),
        (
            cfg!(feature = "credentials-login"),
            LOGIN,
            signin,
            login(""),
            "https://us-east-1.signin.aws.amazon.com/v1/token",
        ),
        (
            cfg!(feature = "credentials-login"),
            LOGIN,
            signin,
            login(r#", "signInRegion": "eu-west-1""#),
            "https://eu-west-1.signin.aws.amazon.com/v1/token",
        ),
    ] {
        if !feature {
            continue;
        }
        let client = Recorder::default();
        let now = UNIX_EPOCH + Duration::from_secs(NOW);
        let config = ProviderConfig::without_region()
            .with_env(Env::from_slice(&[("HOME", "/home")]))
            .with_fs(Fs::from_slice(&[
                ("/home/.aws/config", config),
                (file, &contents),
            ]))
            .with_http_client(client.clone())
            .with_time_source(StaticTimeSource::new(now))
            .with_region(Some(Region::from_static("us-east-1")));
        let result = from_profile(&config).provide_credentials().await;
        assert!(result.is_err());
        assert_eq!(*client.0.lock().unwrap(), [expected]);
    }
}

/// An HTTP client that records the URLs, and sends nothing.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl HttpClient for Recorder {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Recorder {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().push(request.uri().to_owned());
        HttpConnectorFuture::ready(Err(ConnectorError::user("no network".into())))
    }
}

#[cfg(feature = "sso")]
mod token {
    use aws_credential_types::provider::token::ProvideToken;

    use super::*;
    use crate::credentials_tests::cases::describe_token;
    use crate::profile::ProfileFileTokenProvider;

    #[derive(Debug)]
    pub(super) struct ForToken(ProfileFileTokenProvider);

    impl Provider for ForToken {
        async fn load(&self) -> (String, String) {
            let result = self.0.provide_token().await;
            (describe_token(&result), format!("{result:?}"))
        }
    }

    pub(super) fn from_profile(config: &ProviderConfig) -> ForToken {
        let builder = ProfileFileTokenProvider::builder().configure(config);
        ForToken(builder.build())
    }
}

async fn run_all<P: Provider>(cases: &[StoredCase], provider: impl Fn(&ProviderConfig) -> P) {
    let mut failures = String::new();
    for case in cases {
        let home = TempDir::new().unwrap();
        if let Err(failure) = run(case, home.path(), &provider).await {
            failures += &format!("\n{}:\n{failure}", case.case.name);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

async fn run<P: Provider>(
    StoredCase {
        case,
        removed,
        stored,
    }: &StoredCase,
    home: &Path,
    provider: impl Fn(&ProviderConfig) -> P,
) -> Result<(), String> {
    let server = Server::start(case.server).await;
    let path = home.to_str().unwrap();
    let mut before = files(case, &server, path);
    for (path, contents) in &before {
        fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
    if let Some(folder) = removed {
        let folder = PathBuf::from(folder.replacen('~', path, 1));
        before.retain(|(path, _)| !Path::new(path).starts_with(&folder));
        server.remove(folder);
    }
    let now = UNIX_EPOCH + Duration::from_secs(NOW);
    let config = configuration(case, &server, path).with_time_source(StaticTimeSource::new(now));
    check(case, &server, path, &provider(&config)).await?;

    for (name, contents) in *stored {
        let name = name.replacen('~', path, 1);
        let file = before.iter_mut().find(|(before, _)| *before == name);
        file.unwrap().1 = (*contents).to_owned();
        only_the_owner_can_read(Path::new(&name))?;
    }
    let mut after = read(home);
    after.sort();
    before.sort();
    match after == before {
        true => Ok(()),
        false => Err(format!("   found {after:#?}\nexpected {before:#?}")),
    }
}

/// Returns the paths and contents of all files in a folder.
fn read(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(read(&path)),
            false => {
                let contents = fs::read_to_string(&path).unwrap();
                files.push((path.to_str().unwrap().to_owned(), contents));
            }
        }
    }
    files
}

#[cfg(unix)]
fn only_the_owner_can_read(file: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;

    match fs::metadata(file).unwrap().permissions().mode() & 0o777 {
        0o600 => Ok(()),
        mode => Err(format!("{} has the mode {mode:o}", file.display())),
    }
}

#[cfg(not(unix))]
fn only_the_owner_can_read(_: &Path) -> Result<(), String> {
    Ok(())
}
