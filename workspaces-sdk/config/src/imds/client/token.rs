//! The session token of IMDS, which is kept until shortly before its end.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use http::HeaderValue;
use tokio::sync::{Mutex, MutexGuard};

use super::error::{TokenError, TokenErrorKind};

/// The header of the time to live, in requests and responses.
pub(super) const TTL_HEADER: &str = "x-aws-ec2-metadata-token-ttl-seconds";

/// The header of the token.
pub(super) const TOKEN_HEADER: &str = "x-aws-ec2-metadata-token";

/// The path of tokens.
pub(super) const PATH: &str = "/latest/api/token";

/// The time before the end of a token at which it is replaced.
const REFRESH_BUFFER: Duration = Duration::from_secs(120);

/// A session token.
#[derive(Clone, PartialEq)]
pub(super) struct Token {
    pub(super) value: HeaderValue,
    expiry: SystemTime,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("expiry", &self.expiry)
            .finish_non_exhaustive()
    }
}

impl Token {
    /// Takes the token and its time to live from a response.
    pub(super) fn from_response(
        response: &HttpResponse,
        now: SystemTime,
    ) -> Result<Self, TokenError> {
        match response.status().as_u16() {
            200..=299 => {}
            400 => return Err(TokenErrorKind::BadRequest.into()),
            403 => return Err(TokenErrorKind::Forbidden.into()),
            status => return Err(TokenErrorKind::UnexpectedStatus(status).into()),
        }
        let body = response.body().bytes().unwrap_or_default();
        let mut value = HeaderValue::from_bytes(body).map_err(|_| TokenErrorKind::InvalidToken)?;
        value.set_sensitive(true);
        let ttl = response.headers().get(TTL_HEADER);
        let ttl = ttl.ok_or(TokenErrorKind::NoTtl)?.parse().ok();
        let expiry = ttl.and_then(|seconds| now.checked_add(Duration::from_secs(seconds)));
        Ok(Self {
            value,
            expiry: expiry.ok_or(TokenErrorKind::InvalidTtl)?,
        })
    }

    fn is_fresh(&self, now: SystemTime) -> bool {
        now.checked_add(REFRESH_BUFFER)
            .is_some_and(|then| then < self.expiry)
    }
}

/// The token of a client. Calls that need a new one wait for the same request, unless it takes too long.
#[derive(Debug)]
pub(super) struct TokenCache {
    token: Mutex<Option<Token>>,
    time_source: SharedTimeSource,
}

impl TokenCache {
    pub(super) fn new(time_source: SharedTimeSource) -> Self {
        Self {
            token: Mutex::default(),
            time_source,
        }
    }

    pub(super) fn now(&self) -> SystemTime {
        self.time_source.now()
    }

    /// Waits until no other call loads a token.
    pub(super) async fn lock(&self) -> MutexGuard<'_, Option<Token>> {
        self.token.lock().await
    }

    /// Returns the cached token, or else a new one. Without the lock, it is a new one that is not cached.
    ///
    /// # Errors
    /// The error of `load`.
    pub(super) async fn get<E>(
        &self,
        lock: Option<MutexGuard<'_, Option<Token>>>,
        load: impl Future<Output = Result<Token, E>>,
    ) -> Result<Token, E> {
        let Some(mut cached) = lock else {
            return load.await;
        };
        if let Some(token) = &*cached
            && token.is_fresh(self.now())
        {
            return Ok(token.clone());
        }
        let token = load.await?;
        *cached = Some(token.clone());
        Ok(token)
    }

    /// Removes a token that IMDS does not accept, unless another call has replaced it or is about to do so.
    pub(super) fn remove(&self, token: &Token) {
        if let Ok(mut cached) = self.token.try_lock()
            && cached.as_ref() == Some(token)
        {
            *cached = None;
        }
    }
}
