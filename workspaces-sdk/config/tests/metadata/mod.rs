//! Environments, files and metadata endpoints, and the credentials or the error that each of them leads to.
//!
//! The tables are data that do not depend on the crate, so that a program can run them through another one as well. They need
//! [`server`], a server on the loopback interface, the clock [`Clock`] and a sleep implementation that ends backoff early,
//! [`Hasty`].

#![allow(dead_code, reason = "no program uses all items")]

use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider;
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep, TokioSleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_types::error::display::DisplayErrorContext;

pub(crate) mod containers;
pub(crate) mod imds;
pub(crate) mod imds_endpoints;
pub(crate) mod server;

/// 2026-01-01T00:00:00Z
pub(crate) fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

/// A row of a table.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Environment variables. In their values, `{server}` stands for the address of the server, such as `127.0.0.1:8080`, and
    /// `{closed}` for one without a server.
    pub(crate) env: &'static [(&'static str, &'static str)],
    /// Files, with the same placeholders in their content.
    pub(crate) files: &'static [(&'static str, &'static str)],
    /// The replies of the server to each request, such as `GET /path`. The last reply is repeated.
    pub(crate) server: Rules,
    pub(crate) expected: Expected,
    /// The requests that the server gets, with the token that is in a header. A request to another host than the server begins
    /// with `http://`.
    pub(crate) requests: &'static [&'static str],
}

impl Case {
    /// Whether the environment or a file has the address of a server. Otherwise, the HTTP client must be [`server::Redirect`].
    pub(crate) fn names_server(&self) -> bool {
        let mut values = self.env.iter().chain(self.files);
        values.any(|(_, value)| value.contains("{server}") || value.contains("{closed}"))
    }
}

/// What a server does with each request, such as `GET /path`.
pub(crate) type Rules = &'static [(&'static str, &'static [Reply])];

/// What a server does with a request.
#[derive(Clone, Copy)]
pub(crate) enum Reply {
    /// Sends a response with this status and body.
    Status(u16, &'static str),
    /// Sends a session token for this number of seconds.
    Token(&'static str, &'static str),
    /// Sends these bytes and closes the connection.
    Bytes(&'static [u8]),
    /// Sends these bytes and keeps the connection open.
    Endless(&'static [u8]),
    /// Does not reply.
    Silence,
}

/// The result of loading credentials.
pub(crate) enum Expected {
    Credentials {
        /// The access key ID, the secret, the session token, and the account if there is one, separated by spaces.
        values: &'static str,
        /// In how many seconds they expire.
        seconds: RangeInclusive<u64>,
    },
    /// The variant of the error, and a part of its messages.
    NotLoaded(&'static str),
    InvalidConfiguration(&'static str),
    ProviderError(&'static str),
    Unhandled(&'static str),
}

/// Describes a result like [`Expected`]: the credentials, or the variant of the error.
pub(crate) fn describe(result: &provider::Result) -> (String, String) {
    let error = match result {
        Ok(credentials) => {
            let mut values = format!(
                "{} {} {}",
                credentials.access_key_id(),
                credentials.secret_access_key(),
                credentials.session_token().unwrap_or("none"),
            );
            if let Some(account) = credentials.account_id() {
                values = format!("{values} {}", account.as_str());
            }
            let expiry = credentials.expiry().unwrap_or(now());
            let seconds = expiry.duration_since(now()).unwrap_or_default().as_secs();
            return (values, seconds.to_string());
        }
        Err(error) => error,
    };
    let variant = match error {
        CredentialsError::CredentialsNotLoaded(_) => "NotLoaded",
        CredentialsError::InvalidConfiguration(_) => "InvalidConfiguration",
        CredentialsError::ProviderError(_) => "ProviderError",
        CredentialsError::Unhandled(_) => "Unhandled",
        CredentialsError::ProviderTimedOut(_) => "ProviderTimedOut",
        _ => "another error",
    };
    let messages = DisplayErrorContext(error).to_string();
    (variant.to_owned(), messages)
}

/// Checks the result of a case and its requests.
pub(crate) fn check(case: &Case, result: &provider::Result, requests: &[String]) {
    let name = case.name;
    let (found, details) = describe(result);
    let (variant, message) = match &case.expected {
        Expected::Credentials { values, seconds } => {
            assert_eq!(found, *values, "{name}: {details}");
            let found: u64 = details.parse().unwrap();
            assert!(seconds.contains(&found), "{name}: {found} seconds");
            assert_eq!(requests, case.requests, "{name}");
            return;
        }
        Expected::NotLoaded(message) => ("NotLoaded", message),
        Expected::InvalidConfiguration(message) => ("InvalidConfiguration", message),
        Expected::ProviderError(message) => ("ProviderError", message),
        Expected::Unhandled(message) => ("Unhandled", message),
    };
    assert_eq!(found, variant, "{name}: {details}");
    assert!(details.contains(message), "{name}: {details}");
    for secret in ["hidden", "T0KEN"] {
        assert!(!details.contains(secret), "{name}: {details}");
        assert!(
            !format!("{result:?}").contains(secret),
            "{name}: {result:?}"
        );
    }
    assert_eq!(requests, case.requests, "{name}: {details}");
}

/// A clock that only a test moves.
#[derive(Clone, Debug)]
pub(crate) struct Clock(Arc<Mutex<SystemTime>>);

impl Default for Clock {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(now())))
    }
}

impl Clock {
    pub(crate) fn advance(&self, seconds: u64) {
        *self.0.lock().unwrap() += Duration::from_secs(seconds);
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        *self.0.lock().unwrap()
    }
}

/// A sleep implementation that ends backoff early, but not the timeouts of attempts, which are longer.
#[derive(Debug)]
pub(crate) struct Hasty;

impl AsyncSleep for Hasty {
    fn sleep(&self, duration: Duration) -> Sleep {
        let is_backoff = duration < Duration::from_secs(9);
        TokioSleep::new().sleep(match is_backoff {
            true => duration / 1000,
            false => duration,
        })
    }
}
