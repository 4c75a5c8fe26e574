//! Credentials that a command prints.
//!
//! The command writes a JSON object to its standard output and exits with status 0:
//!
//! ```json
//! {
//!   "Version": 1,
//!   "AccessKeyId": "...",
//!   "SecretAccessKey": "...",
//!   "SessionToken": "...",
//!   "Expiration": "2030-01-02T03:04:05Z",
//!   "AccountId": "123456789012"
//! }
//! ```
//!
//! The last three members are optional. The expiration is a time of RFC 3339, in which a space may stand in place of the `T`. Without
//! one, the credentials do not expire.
//!
//! The property `credential_process` of a [profile](crate::profile::credentials) is such a command. Its account is the default of
//! `AccountId`.

use std::fmt;

use aws_credential_types::attributes::AccountId;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use tracing::debug;

use crate::features::add_feature;
use crate::json_credentials;

mod error;
mod output;

/// Provides the credentials that a command prints. [The module](self) describes what it prints.
///
/// The command runs in `sh -c`, or in `cmd.exe /C` on Windows, on each load: the provider caches nothing; the client that uses it
/// does. The command has the environment, the working directory and the standard input of this program. It is not limited in
/// time, but if the load is canceled, as the clients do when it takes too long, the shell is killed.
///
/// The program runs in a tokio runtime whose I/O driver is enabled.
///
/// # Errors
///
/// [`CredentialsError::ProviderError`] if the command cannot be started, exits with another status than 0, prints more than 64 KiB, or
/// does not print credentials. For another status, the message contains the beginning of its standard error. No message contains the
/// arguments of the command or its standard output.
pub struct CredentialProcessProvider {
    command: String,
    /// The account of credentials without one.
    account_id: Option<AccountId>,
}

impl CredentialProcessProvider {
    /// Creates a provider that runs this command.
    pub fn new(command: String) -> Self {
        Self::with_account_id(command, None)
    }

    pub(crate) fn with_account_id(command: String, account_id: Option<AccountId>) -> Self {
        Self {
            command,
            account_id,
        }
    }

    async fn credentials(&self) -> provider::Result {
        debug!(
            program = program(&self.command),
            "running the credential process"
        );
        let credentials = self
            .run()
            .await
            .map_err(|error| CredentialsError::provider_error(error.of(program(&self.command))))?;
        let mut credentials = credentials.into_credentials("CredentialProcess");
        add_feature(&mut credentials, AwsCredentialFeature::CredentialsProcess);
        Ok(credentials)
    }

    async fn run(&self) -> Result<json_credentials::DocumentCredentials, error::Reason> {
        let document = output::run(&self.command).await?;
        let mut credentials = json_credentials::parse_process(&document)?;
        let default = || self.account_id.as_ref().map(|id| id.as_str().to_owned());
        credentials.account_id = credentials.account_id.or_else(default);
        Ok(credentials)
    }
}

/// Returns the first word of a command after variables such as `NAME=value`. All others may be secrets. If a variable is not of this
/// simple form, it is not clear where its value ends, and the name is empty.
fn program(command: &str) -> &str {
    let is_simple = |text: &str, more: &[u8]| {
        let mut bytes = text.bytes();
        bytes.all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte))
    };
    for word in command.split_whitespace() {
        match word.split_once('=') {
            None => return word,
            Some((name, value)) if is_simple(name, b"_") && is_simple(value, b"_-.,:/+@%=") => {}
            Some(_) => break,
        }
    }
    ""
}

/// Shows the name of the program.
impl fmt::Debug for CredentialProcessProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialProcessProvider")
            .field("program", &program(&self.command))
            .finish_non_exhaustive()
    }
}

impl ProvideCredentials for CredentialProcessProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_the_program_is_shown() {
        for (command, expected) in [
            ("/opt/bin/creds --password secret", "/opt/bin/creds"),
            ("  creds\tsecret", "creds"),
            ("TOKEN=s.secret /opt/bin/creds", "/opt/bin/creds"),
            ("TOKEN=secret A_1=b= creds", "creds"),
            ("TOKEN=secret", ""),
            ("TOKEN='a secret' creds", ""),
            ("TOKEN=\"a secret\" creds", ""),
            ("TOKEN=a\\ secret creds", ""),
            ("TOKEN=$(cat secret) creds", ""),
            ("TOKEN=a&&creds secret", ""),
            ("(TOKEN=secret creds)", ""),
            ("a;TOKEN=secret creds", ""),
            ("/opt/a=b/creds secret", ""),
            ("env TOKEN=secret creds", "env"),
            ("", ""),
        ] {
            assert_eq!(program(command), expected, "{command}");
        }
    }
}
