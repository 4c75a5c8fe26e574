//! Environments, files and replies of services, and the credentials or the error that each of them leads to.
//!
//! The tables are data that do not depend on the crate, so that a program can run them through another one as well. They need
//! [`server`], a server on the loopback interface that takes the part of the services. [`case`] describes the data.

#![allow(dead_code, reason = "no program uses all items")]

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::{CredentialsError, TokenError};
use aws_credential_types::provider::{self, token};
use aws_smithy_types::date_time::{DateTime, Format};

pub(crate) mod case;
pub(crate) mod environment;
mod identity;
pub(crate) mod login;
pub(crate) mod login_errors;
pub(crate) mod process;
pub(crate) mod profile;
pub(crate) mod role_chain;
pub(crate) mod role_chain_errors;
pub(crate) mod server;
pub(crate) mod sso;
pub(crate) mod sso_errors;
pub(crate) mod sso_files;
pub(crate) mod sso_token;
pub(crate) mod web_identity;

/// Describes a result like [`Expected`](case::Expected): the credentials, or the kind and the messages of the error.
pub(crate) fn describe(result: &provider::Result) -> String {
    match result {
        Ok(credentials) => describe_credentials(credentials),
        Err(error) => describe_error(error),
    }
}

fn describe_credentials(credentials: &Credentials) -> String {
    let mut text = format!(
        "{} {}",
        credentials.access_key_id(),
        credentials.secret_access_key()
    );
    if let Some(token) = credentials.session_token() {
        text += &format!(" {token}");
    }
    if let Some(account) = credentials.account_id() {
        text += &format!(" of {}", account.as_str());
    }
    if let Some(expiry) = credentials.expiry() {
        text += &format!(" until {}", format_time(expiry));
    }
    text
}

fn describe_error(error: &CredentialsError) -> String {
    let kind = match error {
        CredentialsError::CredentialsNotLoaded(_) => "NotLoaded",
        CredentialsError::InvalidConfiguration(_) => "InvalidConfiguration",
        CredentialsError::ProviderError(_) => "ProviderError",
        CredentialsError::Unhandled(_) => "Unhandled",
        _ => "other",
    };
    format!("{kind}: {}", messages(error))
}

/// Describes a token like [`Expected`](case::Expected).
pub(crate) fn describe_token(result: &token::Result) -> String {
    let error = match result {
        Ok(token) => {
            let expiry = token.expiration().map(format_time);
            return format!("{} until {}", token.token(), expiry.unwrap_or_default());
        }
        Err(error) => error,
    };
    let kind = match error {
        TokenError::TokenNotLoaded(_) => "NotLoaded",
        TokenError::InvalidConfiguration(_) => "InvalidConfiguration",
        TokenError::ProviderError(_) => "ProviderError",
        TokenError::Unhandled(_) => "Unhandled",
        _ => "other",
    };
    format!("{kind}: {}", messages(error))
}

/// Returns the messages of the sources of an error.
fn messages(error: &dyn Error) -> String {
    let mut messages = Vec::new();
    let mut source = error.source();
    while let Some(error) = source {
        messages.push(error.to_string());
        source = error.source();
    }
    messages.join(": ")
}

fn format_time(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap().as_secs();
    let time = DateTime::from_secs(i64::try_from(seconds).unwrap());
    time.fmt(Format::DateTime).unwrap()
}
