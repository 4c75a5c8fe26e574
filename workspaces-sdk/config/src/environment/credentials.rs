//! Credentials from environment variables.

use std::env::VarError;
use std::fmt;

use aws_credential_types::Credentials;
use aws_credential_types::attributes::AccountId;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_types::os_shim_internal::Env;

use crate::features::add_feature;

/// Provides the credentials in environment variables.
///
/// | variable | value |
/// |---|---|
/// | `AWS_ACCESS_KEY_ID` | the access key ID |
/// | `AWS_SECRET_ACCESS_KEY`, or else `SECRET_ACCESS_KEY` | the secret access key |
/// | `AWS_SESSION_TOKEN` | the session token, if there is one |
/// | `AWS_ACCOUNT_ID` | the account, if it is known |
///
/// A blank value counts as none.
#[derive(Clone, Default)]
pub struct EnvironmentVariableCredentialsProvider {
    env: Env,
}

/// Shows nothing of the environment, which contains credentials.
impl fmt::Debug for EnvironmentVariableCredentialsProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EnvironmentVariableCredentialsProvider")
            .finish_non_exhaustive()
    }
}

impl EnvironmentVariableCredentialsProvider {
    /// Creates a provider that reads the environment of the process.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with_env(env: Env) -> Self {
        Self { env }
    }

    fn credentials(&self) -> provider::Result {
        let access_key_id = self.required(&["AWS_ACCESS_KEY_ID"])?;
        let secret_access_key = self.required(&["AWS_SECRET_ACCESS_KEY", "SECRET_ACCESS_KEY"])?;
        let optional = |name| {
            let value = self.env.get(name).unwrap_or_default();
            Some(value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let mut credentials = Credentials::builder()
            .access_key_id(access_key_id)
            .secret_access_key(secret_access_key)
            .provider_name("EnvironmentVariable");
        credentials.set_session_token(optional("AWS_SESSION_TOKEN"));
        credentials.set_account_id(optional("AWS_ACCOUNT_ID").map(AccountId::from));
        let mut credentials = credentials.build();
        add_feature(&mut credentials, AwsCredentialFeature::CredentialsEnvVars);
        Ok(credentials)
    }

    /// Returns the value of the first of these variables that is not blank.
    fn required(&self, names: &[&'static str]) -> Result<String, CredentialsError> {
        for name in names {
            match self.env.get(name) {
                Ok(value) if !value.trim().is_empty() => return Ok(value),
                // The value is not a part of the error, because it may be a secret.
                Err(VarError::NotUnicode(_)) => {
                    return Err(CredentialsError::unhandled(format!(
                        "{name} is not Unicode"
                    )));
                }
                _ => {}
            }
        }
        let first = names.first().copied().unwrap_or_default();
        Err(CredentialsError::not_loaded(format!("{first} is not set")))
    }
}

impl ProvideCredentials for EnvironmentVariableCredentialsProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(self.credentials())
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;

    fn provide(variables: &[(&str, &str)]) -> provider::Result {
        let env = Env::from_slice(variables);
        EnvironmentVariableCredentialsProvider::with_env(env).credentials()
    }

    #[test]
    fn optional_values() {
        let keys = [
            ("AWS_ACCESS_KEY_ID", "id"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
        ];
        let credentials = provide(&keys).unwrap();
        assert_eq!(credentials.access_key_id(), "id");
        assert_eq!(credentials.secret_access_key(), "secret");
        assert_eq!(credentials.session_token(), None);
        assert_eq!(credentials.expiry(), None);

        let more = [
            ("AWS_SESSION_TOKEN", "token"),
            ("AWS_ACCOUNT_ID", "123456789012"),
        ];
        let credentials = provide(&[keys, more].concat()).unwrap();
        assert_eq!(credentials.session_token(), Some("token"));
        let account = credentials.account_id().unwrap();
        assert_eq!(account.as_str(), "123456789012");

        let blank = [("AWS_SESSION_TOKEN", " "), ("AWS_ACCOUNT_ID", "")];
        let credentials = provide(&[keys, blank].concat()).unwrap();
        assert_eq!(credentials.session_token(), None);
        assert!(credentials.account_id().is_none());
    }

    #[test]
    fn the_secret_has_a_second_name() {
        let variables = [
            ("AWS_ACCESS_KEY_ID", "id"),
            ("AWS_SECRET_ACCESS_KEY", " "),
            ("SECRET_ACCESS_KEY", "second"),
        ];
        let credentials = provide(&variables).unwrap();
        assert_eq!(credentials.secret_access_key(), "second");
    }

    #[test]
    fn errors_name_the_variable() {
        let cases: [(&[(&str, &str)], &str); 3] = [
            (&[], "AWS_ACCESS_KEY_ID is not set"),
            (&[("AWS_ACCESS_KEY_ID", "")], "AWS_ACCESS_KEY_ID is not set"),
            (
                &[("AWS_ACCESS_KEY_ID", "id")],
                "AWS_SECRET_ACCESS_KEY is not set",
            ),
        ];
        for (variables, expected) in cases {
            let error = provide(variables).unwrap_err();
            assert!(matches!(error, CredentialsError::CredentialsNotLoaded(_)));
            assert_eq!(
                error.source().unwrap().to_string(),
                expected,
                "{variables:?}"
            );
        }
    }
}
