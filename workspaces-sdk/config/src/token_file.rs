//! Tokens in files, which are refreshed before they expire: those of IAM Identity Center and of `aws login`.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::error::display::DisplayErrorContext;
use lean_aws_runtime::codegen::json::{DecodeError, Decoder};
use lean_aws_runtime::codegen::{BoxError, push_hex};
use tokio::sync::Mutex;

use crate::files::Files;

/// The time before the expiry from which on a token is refreshed.
const REFRESH: Duration = Duration::from_secs(5 * 60);

/// The minimum time between two attempts to refresh a token.
const MIN_INTERVAL: Duration = Duration::from_secs(30);

/// A token in a file.
pub(crate) trait StoredToken: Clone {
    /// The time at which the token expires.
    fn expires_at(&self) -> SystemTime;

    /// Whether the token can be refreshed.
    fn is_refreshable(&self, now: SystemTime) -> bool;
}

/// How a token is loaded and refreshed.
pub(crate) trait TokenSource: Sync {
    type Token: StoredToken + Send;

    /// The command with which the user logs in.
    const COMMAND: &'static str;

    /// Reads the token from its file.
    fn load(&self) -> impl Future<Output = Result<Self::Token, TokenFileError>> + Send;

    /// Refreshes a token and writes it to its file.
    fn refresh(
        &self,
        token: &Self::Token,
        now: SystemTime,
    ) -> impl Future<Output = Result<Self::Token, BoxError>> + Send;
}

/// The current token in memory, if one has been loaded.
#[derive(Debug)]
pub(crate) struct TokenCache<T>(Mutex<State<T>>);

#[derive(Debug)]
struct State<T> {
    token: Option<T>,
    /// The time of the last attempt to refresh.
    refreshed: Option<SystemTime>,
    /// The error of that attempt.
    failure: Option<Arc<BoxError>>,
}

impl<T> Default for TokenCache<T> {
    fn default() -> Self {
        Self(Mutex::new(State {
            token: None,
            refreshed: None,
            failure: None,
        }))
    }
}

impl<T: StoredToken> TokenCache<T> {
    /// Returns a token that is valid at `now`. One call at a time loads or refreshes it, while the others wait.
    ///
    /// A token that expires within five minutes is refreshed, at most every 30 seconds. If this fails, it is used until it expires.
    ///
    /// # Errors
    /// When the token cannot be read, or has expired and cannot be refreshed.
    pub(crate) async fn get<S: TokenSource<Token = T>>(
        &self,
        now: SystemTime,
        source: &S,
    ) -> Result<T, TokenFileError> {
        let mut state = self.0.lock().await;
        if let Some(token) = &state.token
            && holds(token, now, REFRESH)
        {
            return Ok(token.clone());
        }
        // Another program may have refreshed the token meanwhile. The one in memory is newer if it could not be stored.
        let stored = source.load().await?;
        let mut token = match &state.token {
            Some(token) if token.expires_at() > stored.expires_at() => token.clone(),
            _ => stored,
        };
        let is_refreshable = token.is_refreshable(now);
        if !holds(&token, now, REFRESH) && is_refreshable && state.may_refresh(now) {
            let outcome = source.refresh(&token, now).await;
            // An attempt that is canceled does not count.
            state.refreshed = Some(now);
            state.failure = match outcome {
                Ok(refreshed) => {
                    token = refreshed;
                    None
                }
                Err(error) => {
                    tracing::debug!(error = %DisplayErrorContext(&*error), "refreshing the token failed");
                    Some(Arc::new(error))
                }
            };
        }
        if !holds(&token, now, Duration::ZERO) {
            let failure = state.failure.clone().filter(|_| is_refreshable);
            return Err(Reason::Expired(failure).after(S::COMMAND));
        }
        state.token = Some(token.clone());
        Ok(token)
    }
}

#[cfg(feature = "sso")]
impl<T: PartialEq> TokenCache<T> {
    /// Removes a token that the service does not accept, unless another call has replaced it or is about to do so.
    pub(crate) fn remove(&self, token: &T) {
        if let Ok(mut state) = self.0.try_lock()
            && state.token.as_ref() == Some(token)
        {
            state.token = None;
        }
    }
}

impl<T> State<T> {
    fn may_refresh(&self, now: SystemTime) -> bool {
        // A clock that goes back does not prevent an attempt.
        let since = self.refreshed.map(|last| now.duration_since(last));
        !matches!(since, Some(Ok(since)) if since < MIN_INTERVAL)
    }
}

/// Whether a token is valid for more than `time` from `now`.
fn holds(token: &impl StoredToken, now: SystemTime, time: Duration) -> bool {
    let remaining = token.expires_at().duration_since(now);
    remaining.is_ok_and(|remaining| remaining > time)
}

/// The error of a token in a file.
#[derive(Debug)]
pub(crate) struct TokenFileError {
    reason: Reason,
    /// The command that writes the file.
    command: &'static str,
}

/// Why there is no token.
#[derive(Debug)]
pub(crate) enum Reason {
    /// No variable names the home directory.
    NoHome,
    NoFile {
        path: PathBuf,
    },
    Io {
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    NotJson {
        path: PathBuf,
        source: DecodeError,
    },
    Missing {
        path: PathBuf,
        member: &'static str,
    },
    Invalid {
        path: PathBuf,
        member: &'static str,
        expected: &'static str,
    },
    /// The token has expired. The error is that of refreshing it.
    Expired(Option<Arc<BoxError>>),
}

impl Reason {
    /// The error of a file that the command writes.
    pub(crate) fn after(self, command: &'static str) -> TokenFileError {
        TokenFileError {
            reason: self,
            command,
        }
    }
}

impl TokenFileError {
    #[cfg(feature = "credentials-login")]
    pub(crate) fn reason(&self) -> &Reason {
        &self.reason
    }
}

impl fmt::Display for TokenFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)?;
        match &self.reason {
            Reason::NoHome | Reason::Io { .. } => Ok(()),
            _ => write!(f, "; run `{}`", self.command),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHome => f.write_str("there is no home directory; set HOME"),
            Self::NoFile { path } => write!(f, "{} does not exist", path.display()),
            Self::Io { what, path, .. } => write!(f, "cannot {what} {}", path.display()),
            Self::NotJson { path, .. } => {
                write!(f, "{} does not contain a JSON object", path.display())
            }
            Self::Missing { path, member } => write!(f, "{} has no `{member}`", path.display()),
            Self::Invalid {
                path,
                member,
                expected,
            } => write!(f, "`{member}` in {} is not {expected}", path.display()),
            Self::Expired(None) => f.write_str("the login has expired"),
            Self::Expired(Some(_)) => {
                f.write_str("the login has expired and could not be refreshed")
            }
        }
    }
}

impl Error for TokenFileError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.reason {
            Reason::Io { source, .. } => Some(source),
            Reason::NotJson { source, .. } => Some(source),
            Reason::Expired(Some(source)) => Some(&***source),
            _ => None,
        }
    }
}

/// Reads a file by this function.
///
/// # Errors
/// When the file cannot be read, or the function returns an error.
pub(crate) async fn read<T>(
    files: &Files,
    path: Result<PathBuf, Reason>,
    parse: impl FnOnce(&[u8], &Path) -> Result<T, Reason>,
) -> Result<T, Reason> {
    let path = path?;
    match files.read(&path).await {
        Ok(bytes) => parse(&bytes, &path),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Err(Reason::NoFile { path }),
        Err(source) => Err(Reason::Io {
            what: "read",
            path,
            source,
        }),
    }
}

/// Writes a file.
///
/// # Errors
/// When the file cannot be written.
pub(crate) async fn write(
    files: &Files,
    path: Result<PathBuf, Reason>,
    contents: &[u8],
) -> Result<(), Reason> {
    let path = path?;
    let written = files.write_secret(&path, contents).await;
    written.map_err(|source| Reason::Io {
        what: "write",
        path,
        source,
    })
}

/// Reads the members of a JSON object that are strings. Other members are skipped. The names have no case.
///
/// # Errors
/// When the input is not a JSON object.
pub(crate) fn read_strings<const N: usize>(
    input: &mut Decoder<'_>,
    names: [&str; N],
    mut other: impl FnMut(&str, &mut Decoder<'_>) -> Result<(), DecodeError>,
) -> Result<[Option<String>; N], DecodeError> {
    let mut values = [const { None }; N];
    input.object()?;
    while let Some(name) = input.member()? {
        let known = names
            .iter()
            .position(|known| known.eq_ignore_ascii_case(&name));
        match known.and_then(|i| values.get_mut(i)) {
            Some(value) => *value = input.string_or_skip()?,
            None => other(&name, input)?,
        }
    }
    Ok(values)
}

/// Reads a time such as `2019-11-14T04:05:45Z`. Early versions of the AWS CLI wrote `UTC` instead of `Z`, and other tools write an offset.
pub(crate) fn time(text: &str) -> Option<SystemTime> {
    let text = match text.strip_suffix("UTC") {
        Some(text) => Cow::Owned(format!("{text}Z")),
        None => Cow::Borrowed(text),
    };
    let time = DateTime::from_str(&text, Format::DateTimeWithOffset).ok()?;
    SystemTime::try_from(time).ok()
}

/// Returns the time to write to a file, in seconds, which every reader of the files supports.
pub(crate) fn in_seconds(time: SystemTime) -> DateTime {
    DateTime::from_secs(DateTime::from(time).secs())
}

/// Returns the name of the file of a token: a digest in hexadecimal.
pub(crate) fn file_name(digest: &ring::digest::Digest) -> String {
    let mut name = String::new();
    push_hex(&mut name, digest.as_ref());
    name + ".json"
}

#[cfg(test)]
mod tests;
