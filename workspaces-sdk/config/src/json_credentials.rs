//! The JSON documents in which metadata endpoints and programs return credentials.
//!
//! The names of members have no case, the last of several members with one name counts, and a known member of an unexpected
//! type counts as absent. Errors contain nothing of a document except an error code and its message, which are shortened.

use std::error::Error;
use std::fmt;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::attributes::AccountId;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use lean_aws_runtime::codegen::REDACTED;
use lean_aws_runtime::codegen::json::{DecodeError, Decoder};

/// The maximum length of an error code or a message, in characters.
const MAX_TEXT: usize = 512;

/// What a metadata endpoint returned.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum JsonCredentials {
    Credentials(DocumentCredentials),
    /// The endpoint has no credentials, and says why.
    Error {
        code: String,
        message: String,
    },
}

/// The credentials in a document.
#[derive(PartialEq, Eq)]
pub(crate) struct DocumentCredentials {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    /// Always set by [`parse`].
    pub(crate) session_token: Option<String>,
    pub(crate) account_id: Option<String>,
    /// Always set by [`parse`].
    pub(crate) expiration: Option<SystemTime>,
}

impl DocumentCredentials {
    pub(crate) fn into_credentials(self, provider_name: &'static str) -> Credentials {
        let mut credentials = Credentials::builder()
            .access_key_id(self.access_key_id)
            .secret_access_key(self.secret_access_key)
            .provider_name(provider_name);
        credentials.set_session_token(self.session_token);
        credentials.set_account_id(self.account_id.map(AccountId::from));
        credentials.set_expiry(self.expiration);
        credentials.build()
    }
}

impl fmt::Debug for DocumentCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentCredentials")
            .field("access_key_id", &self.access_key_id)
            .field("secret_access_key", &REDACTED)
            .field(
                "session_token",
                &self.session_token.as_ref().map(|_| REDACTED),
            )
            .field("account_id", &self.account_id)
            .field("expiration", &self.expiration)
            .finish()
    }
}

/// Reads a document of a metadata endpoint: credentials for some time, with a session token, or an error.
///
/// ```json
/// {
///   "Code": "Success",
///   "AccessKeyId": "ASIA...",
///   "SecretAccessKey": "...",
///   "Token": "...",
///   "AccountId": "111122223333",
///   "Expiration": "2016-02-25T06:03:31Z"
/// }
/// ```
///
/// `SessionToken` and `ExpiresAt` are other names of `Token` and `Expiration`. `Code` and `AccountId` are optional. With another
/// code than `Success`, the document is an error.
///
/// # Errors
/// When the bytes are no JSON object, when a member is missing, or when the expiration has another format.
pub(crate) fn parse(bytes: &[u8]) -> Result<JsonCredentials, InvalidJsonCredentials> {
    let mut members = Members::read(
        bytes,
        &["token", "sessiontoken"],
        &["expiration", "expiresat"],
    )?;
    match members.code.take() {
        Some(code) if code != "Success" => Ok(JsonCredentials::Error {
            code: excerpt(&code),
            message: excerpt(members.message.as_deref().unwrap_or("no message")),
        }),
        _ => {
            let credentials = members.credentials(Format::DateTime)?;
            required(credentials.session_token.as_ref(), "Token")?;
            required(credentials.expiration.as_ref(), "Expiration")?;
            Ok(JsonCredentials::Credentials(credentials))
        }
    }
}

/// Reads the document that a program prints for `credential_process`: credentials of version 1.
///
/// ```json
/// {
///   "Version": 1,
///   "AccessKeyId": "ASIA...",
///   "SecretAccessKey": "...",
///   "SessionToken": "...",
///   "AccountId": "111122223333",
///   "Expiration": "2016-02-25T07:03:31+01:00"
/// }
/// ```
///
/// The last three members are optional. A space may stand in place of the `T` in the expiration, as in times that Python prints.
///
/// # Errors
/// When the bytes are no JSON object, when a member is missing, or when the version or the expiration is not valid.
#[cfg(any(feature = "credentials-process", test))]
pub(crate) fn parse_process(bytes: &[u8]) -> Result<DocumentCredentials, InvalidJsonCredentials> {
    let mut members = Members::read(bytes, &["sessiontoken"], &["expiration"])?;
    if let Some(time) = members.expiration.take() {
        let mut time = time.into_bytes();
        // The byte after a date such as 2016-02-25.
        if let Some(separator @ b' ') = time.get_mut(10) {
            *separator = b'T';
        }
        members.expiration = Some(String::from_utf8_lossy(&time).into_owned());
    }
    match required(members.version, "Version")? {
        1.0 => members.credentials(Format::DateTimeWithOffset),
        _ => Err(InvalidJsonCredentials::InvalidField {
            name: "Version",
            expected: "1",
        }),
    }
}

/// The members of a document that have a meaning.
#[derive(Default)]
struct Members {
    version: Option<f64>,
    code: Option<String>,
    message: Option<String>,
    access_key_id: Option<String>,
    secret_access_key: Option<String>,
    session_token: Option<String>,
    account_id: Option<String>,
    expiration: Option<String>,
}

impl Members {
    /// Reads a document in which the session token and the expiration have one of these names, in lower case.
    fn read(
        bytes: &[u8],
        token_names: &[&str],
        expiration_names: &[&str],
    ) -> Result<Self, InvalidJsonCredentials> {
        if bytes.trim_ascii().is_empty() {
            return Err(InvalidJsonCredentials::Empty);
        }
        let mut input = Decoder::new(bytes)?;
        let mut members = Self::default();
        input.object()?;
        while let Some(name) = input.member()? {
            let name = name.to_ascii_lowercase();
            if name == "version" {
                match input.peek() {
                    Some(b'-' | b'0'..=b'9') => members.version = input.value()?,
                    _ => input.skip()?,
                }
                continue;
            }
            let member = match &*name {
                "code" => &mut members.code,
                "message" => &mut members.message,
                "accesskeyid" => &mut members.access_key_id,
                "secretaccesskey" => &mut members.secret_access_key,
                "accountid" => &mut members.account_id,
                name if token_names.contains(&name) => &mut members.session_token,
                name if expiration_names.contains(&name) => &mut members.expiration,
                _ => {
                    input.skip()?;
                    continue;
                }
            };
            // A value of another type does not replace a string.
            if let Some(value) = input.string_or_skip()? {
                *member = Some(value);
            }
        }
        input.finish()?;
        Ok(members)
    }

    fn credentials(self, format: Format) -> Result<DocumentCredentials, InvalidJsonCredentials> {
        let time = |text: String| time(&text, format);
        Ok(DocumentCredentials {
            access_key_id: required(self.access_key_id, "AccessKeyId")?,
            secret_access_key: required(self.secret_access_key, "SecretAccessKey")?,
            session_token: self.session_token,
            account_id: self.account_id,
            expiration: self.expiration.map(time).transpose()?,
        })
    }
}

fn required<T>(member: Option<T>, name: &'static str) -> Result<T, InvalidJsonCredentials> {
    member.ok_or(InvalidJsonCredentials::MissingField(name))
}

fn time(text: &str, format: Format) -> Result<SystemTime, InvalidJsonCredentials> {
    let time = DateTime::from_str(text, format).ok();
    time.and_then(|time| SystemTime::try_from(time).ok()).ok_or(
        InvalidJsonCredentials::InvalidField {
            name: "Expiration",
            expected: "a time such as 2016-02-25T06:03:31Z",
        },
    )
}

/// Returns the beginning of a text of a server, on one line.
fn excerpt(text: &str) -> String {
    let printable = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().take(MAX_TEXT).map(printable).collect()
}

/// The error of a document that has neither credentials nor an error.
#[derive(Debug)]
pub(crate) enum InvalidJsonCredentials {
    Empty,
    Json(DecodeError),
    MissingField(&'static str),
    InvalidField {
        name: &'static str,
        expected: &'static str,
    },
}

impl From<DecodeError> for InvalidJsonCredentials {
    fn from(error: DecodeError) -> Self {
        Self::Json(error)
    }
}

impl fmt::Display for InvalidJsonCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the credentials document is empty"),
            Self::Json(_) => f.write_str("the credentials document is not a JSON object"),
            Self::MissingField(name) => write!(f, "the credentials document has no `{name}`"),
            Self::InvalidField { name, expected } => {
                write!(f, "`{name}` in the credentials document is not {expected}")
            }
        }
    }
}

impl Error for InvalidJsonCredentials {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
