//! Credentials of a role for a web identity token, such as the token of a Kubernetes service account.
//!
//! The token is in a file, which is read on each load. The sources of its path are:
//!
//! 1. these environment variables, which are a part of the [default chain](crate::default_provider::credentials):
//!
//!    | variable | value |
//!    |---|---|
//!    | `AWS_WEB_IDENTITY_TOKEN_FILE` | the path of the file |
//!    | `AWS_ROLE_ARN` | the ARN of the role |
//!    | `AWS_ROLE_SESSION_NAME` | the name of the session; the default is `web-identity-token-` and the time in milliseconds |
//!
//! 2. a [profile](crate::profile::credentials) with `web_identity_token_file`, `role_arn` and, optionally, `role_session_name`;
//! 3. a [`StaticConfiguration`].
//!
//! ```no_run
//! use lean_aws_config::provider_config::ProviderConfig;
//! use lean_aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
//!
//! # async fn example() {
//! let provider = WebIdentityTokenCredentialsProvider::builder()
//!     .configure(&ProviderConfig::with_default_region().await)
//!     .build();
//! # }
//! ```

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_smithy_types::error::display::DisplayErrorContext;
use tokio::sync::OnceCell;
use tracing::warn;

use crate::clients::sts::Client;
use crate::features::add_feature;
use crate::provider_config::ProviderConfig;
use crate::service_error;
use crate::sts::session;

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE_ARN: &str = "AWS_ROLE_ARN";
const SESSION_NAME: &str = "AWS_ROLE_SESSION_NAME";

/// Provides credentials of a role for a web identity token. See [the module](self) for its sources.
///
/// The provider caches nothing; the client that uses it does.
///
/// # Errors
///
/// [`CredentialsError::CredentialsNotLoaded`] if an environment variable is not set, [`CredentialsError::ProviderError`] if
/// the file cannot be read or the call of STS fails.
pub struct WebIdentityTokenCredentialsProvider {
    source: Option<StaticConfiguration>,
    config: ProviderConfig,
    policy: Option<String>,
    policy_arns: Option<Vec<String>>,
    client: OnceCell<Client>,
}

/// A web identity token and its role, set by the program.
#[derive(Debug, Clone)]
pub struct StaticConfiguration {
    /// The path of the file that contains the token.
    pub web_identity_token_file: PathBuf,

    /// The ARN of the role.
    pub role_arn: String,

    /// The name of the session, which logs and the ARN of the session show.
    pub session_name: String,
}

impl WebIdentityTokenCredentialsProvider {
    /// Creates a builder.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the file and the role, from the environment if the program has not set them.
    fn source(&self) -> Result<Cow<'_, StaticConfiguration>, CredentialsError> {
        if let Some(source) = &self.source {
            return Ok(Cow::Borrowed(source));
        }
        let env = self.config.env();
        let required = |name| {
            let not_set = |_| CredentialsError::not_loaded(format!("{name} is not set"));
            env.get(name).map_err(not_set)
        };
        Ok(Cow::Owned(StaticConfiguration {
            web_identity_token_file: required(TOKEN_FILE)?.into(),
            role_arn: required(ROLE_ARN)?,
            session_name: env.get(SESSION_NAME).unwrap_or_else(|_| {
                session::default_name("web-identity-token", self.config.time_source().now())
            }),
        }))
    }

    async fn token(&self, path: &Path) -> Result<String, CredentialsError> {
        let bytes = self.config.files().read(path).await.map_err(|source| {
            CredentialsError::provider_error(UnreadableToken {
                path: path.to_path_buf(),
                is_from_environment: self.source.is_none(),
                source,
            })
        })?;
        String::from_utf8(bytes).map_err(|_| {
            // The bytes are not a part of the error, because they are a secret.
            CredentialsError::unhandled(format!(
                "the web identity token in {} is not UTF-8",
                path.display()
            ))
        })
    }

    async fn credentials(&self) -> provider::Result {
        let source = self.source()?;
        let token = self.token(&source.web_identity_token_file).await?;
        let create = || async { Client::new(&self.config.client_config().await) };
        let client = self.client.get_or_init(create).await;
        let output = client
            .assume_role_with_web_identity()
            .role_arn(&source.role_arn)
            .role_session_name(&source.session_name)
            .set_policy(self.policy.clone())
            .set_policy_arns(self.policy_arns.clone().map(session::policies))
            .web_identity_token(token)
            .send()
            .await
            .map_err(|error| {
                let error = service_error::describe(error);
                warn!(error = %DisplayErrorContext(&*error), "STS did not accept the web identity token");
                CredentialsError::provider_error(error)
            })?;
        let user = output.assumed_role_user;
        let mut credentials =
            session::into_credentials(output.credentials, user, "WebIdentityToken")?;
        add_feature(
            &mut credentials,
            AwsCredentialFeature::CredentialsProfileStsWebIdToken,
        );
        Ok(credentials)
    }
}

impl fmt::Debug for WebIdentityTokenCredentialsProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebIdentityTokenCredentialsProvider")
            .field("source", &self.source)
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl ProvideCredentials for WebIdentityTokenCredentialsProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

/// A builder of [`WebIdentityTokenCredentialsProvider`].
#[derive(Debug, Default)]
pub struct Builder {
    source: Option<StaticConfiguration>,
    config: Option<ProviderConfig>,
    policy: Option<String>,
    policy_arns: Option<Vec<String>>,
}

impl Builder {
    /// Sets the environment, the files, the Region, the HTTP client and the clock.
    pub fn configure(mut self, provider_config: &ProviderConfig) -> Self {
        self.config = Some(provider_config.clone());
        self
    }

    /// Sets the file and the role. The default is that environment variables name them.
    pub fn static_configuration(mut self, config: StaticConfiguration) -> Self {
        self.source = Some(config);
        self
    }

    /// Sets a policy, in JSON, that restricts the permissions of the session.
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Sets the ARNs of managed policies that restrict the permissions of the session.
    pub fn policy_arns(mut self, policy_arns: Vec<String>) -> Self {
        self.policy_arns = Some(policy_arns);
        self
    }

    /// Creates the provider.
    pub fn build(self) -> WebIdentityTokenCredentialsProvider {
        WebIdentityTokenCredentialsProvider {
            source: self.source,
            config: self.config.unwrap_or_default(),
            policy: self.policy,
            policy_arns: self.policy_arns,
            client: OnceCell::new(),
        }
    }
}

/// The file of the token could not be read.
#[derive(Debug)]
struct UnreadableToken {
    path: PathBuf,
    is_from_environment: bool,
    source: io::Error,
}

impl fmt::Display for UnreadableToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "could not read the web identity token in {:?}",
            self.path
        )?;
        match self.is_from_environment {
            true => write!(f, ", the value of {TOKEN_FILE}"),
            false => Ok(()),
        }
    }
}

impl std::error::Error for UnreadableToken {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

#[cfg(test)]
#[cfg(all(feature = "default-https-client", feature = "rt-tokio"))]
mod tests {
    use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind};
    use aws_types::os_shim_internal::{Env, Fs};
    use aws_types::region::Region;

    use super::*;
    use crate::clients::sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
    use crate::clients::sts::types::error::{
        IdpCommunicationErrorException, RegionDisabledException,
    };
    use crate::credentials_tests::cases::case::Reply;
    use crate::credentials_tests::cases::server::Server;

    #[tokio::test]
    async fn the_program_can_set_all_and_the_file_is_read_on_each_load() {
        const SCRIPT: &[(&str, Reply)] = &[
            (
                "unsigned AssumeRoleWithWebIdentity RoleArn=arn:a RoleSessionName=name WebIdentityToken=SECRET-1 \
                 PolicyArns.member.1.arn=arn:p Policy={}",
                Reply::Keys("ASIA1"),
            ),
            (
                "unsigned AssumeRoleWithWebIdentity RoleArn=arn:a RoleSessionName=name WebIdentityToken=SECRET-2 \
                 PolicyArns.member.1.arn=arn:p Policy={}",
                Reply::Keys("ASIA2"),
            ),
        ];
        let server = Server::start(SCRIPT).await;
        let fs = Fs::from_slice(&[("/token", "SECRET-1")]);
        // The variables of the role do not count.
        let env = Env::from_slice(&[
            ("AWS_ENDPOINT_URL_STS", server.url().as_str()),
            ("AWS_WEB_IDENTITY_TOKEN_FILE", "/other"),
            ("AWS_ROLE_ARN", "arn:other"),
        ]);
        let config = ProviderConfig::without_region()
            .with_fs(fs.clone())
            .with_env(env)
            .with_region(Some(Region::from_static("us-east-1")));
        let provider = WebIdentityTokenCredentialsProvider::builder()
            .configure(&config)
            .static_configuration(StaticConfiguration {
                web_identity_token_file: "/token".into(),
                role_arn: "arn:a".to_owned(),
                session_name: "name".to_owned(),
            })
            .policy("{}")
            .policy_arns(vec!["arn:p".to_owned()])
            .build();
        let first = provider.provide_credentials().await.unwrap();
        fs.write("/token", "SECRET-2").await.unwrap();
        let second = provider.provide_credentials().await.unwrap();
        assert_eq!(
            (first.access_key_id(), second.access_key_id()),
            ("ASIA1", "ASIA2")
        );
        let requests: Vec<_> = SCRIPT.iter().map(|(request, _)| *request).collect();
        server.check(&requests).unwrap();
        assert!(!format!("{provider:?} {first:?}").contains("SECRET"));
    }

    /// The client of STS has the only error here after which its model allows a retry.
    #[test]
    fn errors_name_the_reason_for_a_retry() {
        let failed = IdpCommunicationErrorException::builder().build();
        assert_eq!(failed.retryable_error_kind(), ErrorKind::ServerError);
        let failed = AssumeRoleWithWebIdentityError::IdpCommunicationErrorException(failed);
        assert_eq!(failed.retryable_error_kind(), Some(ErrorKind::ServerError));
        let disabled = RegionDisabledException::builder().build();
        let disabled = AssumeRoleWithWebIdentityError::RegionDisabledException(disabled);
        assert_eq!(disabled.retryable_error_kind(), None);
    }

    #[tokio::test]
    async fn a_token_that_is_not_utf8_is_not_a_part_of_the_error() {
        let file = ("/token".to_owned(), b"SECRET\xFF".to_vec());
        let config = ProviderConfig::empty()
            .with_fs(Fs::from_map([file].into()))
            .with_env(Env::from_slice(&[
                ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"),
                ("AWS_ROLE_ARN", "arn:a"),
            ]));
        let provider = Builder::default().configure(&config).build();
        let error = provider.provide_credentials().await.unwrap_err();
        assert!(matches!(error, CredentialsError::Unhandled(_)), "{error:?}");
        let message = DisplayErrorContext(&error).to_string();
        assert!(
            message.contains("the web identity token in /token is not UTF-8"),
            "{message}"
        );
        assert!(!message.contains("SECRET"), "{message}");
    }
}
