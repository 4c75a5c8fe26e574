//! Whether an attempt that failed is repeated, and after how long.
//!
//! A failure must be one that another attempt may not meet, attempts must be left, and the retry quota
//! must hold the cost. The numbers are those of the official SDKs, in their 2.0 behaviour and, where
//! the configuration asks for it, in their 2.1 behaviour.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::{ErrorKind, ReconnectMode, RetryConfig, RetryMode, RetrySpec};

use super::Failure;
use super::clock::Skew;
use super::transport::Incomplete;
use rate::RateLimiter;

mod rate;

/// What the statuses mean that are worth another attempt, where the code of the error says nothing.
const STATUSES: [(u16, ErrorKind); 5] = [
    (429, ErrorKind::ThrottlingError),
    (500, ErrorKind::TransientError),
    (502, ErrorKind::TransientError),
    (503, ErrorKind::TransientError),
    (504, ErrorKind::TransientError),
];

/// What the codes mean that are worth another attempt.
const CODES: [(&str, ErrorKind); 16] = [
    ("BandwidthLimitExceeded", ErrorKind::ThrottlingError),
    ("EC2ThrottledException", ErrorKind::ThrottlingError),
    ("LimitExceededException", ErrorKind::ThrottlingError),
    ("PriorRequestNotComplete", ErrorKind::ThrottlingError),
    (
        "ProvisionedThroughputExceededException",
        ErrorKind::ThrottlingError,
    ),
    ("RequestLimitExceeded", ErrorKind::ThrottlingError),
    ("RequestThrottled", ErrorKind::ThrottlingError),
    ("RequestThrottledException", ErrorKind::ThrottlingError),
    ("RequestTimeout", ErrorKind::TransientError),
    ("RequestTimeoutException", ErrorKind::TransientError),
    ("SlowDown", ErrorKind::ThrottlingError),
    ("ThrottledException", ErrorKind::ThrottlingError),
    ("Throttling", ErrorKind::ThrottlingError),
    ("ThrottlingException", ErrorKind::ThrottlingError),
    ("TooManyRequestsException", ErrorKind::ThrottlingError),
    ("TransactionInProgressException", ErrorKind::ThrottlingError),
];

/// Codes that may mean that the signature was made at a wrong time.
const SKEW_CODES: [&str; 5] = [
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// The clocks must differ by more than this for a code of [`SKEW_CODES`] to be put down to them.
const SKEW_LIMIT: Duration = Duration::from_secs(4 * 60);

/// How many tokens the retry quota holds when it is full.
const CAPACITY: u32 = 500;

/// Why an attempt that failed may be repeated.
#[derive(Debug, PartialEq)]
pub(super) struct Verdict {
    kind: ErrorKind,
    /// How long the service wants to be left alone.
    after: Option<Duration>,
}

impl Verdict {
    /// Whether it may be the connection that is to blame.
    pub(super) fn is_transient(&self) -> bool {
        self.kind == ErrorKind::TransientError
    }
}

/// Whether the service answered that there are too many requests.
pub(super) fn is_throttling<E>(error: &SdkError<E, HttpResponse>) -> bool
where
    E: ProvideErrorMetadata,
{
    let kind = match error {
        SdkError::ServiceError(error) => answer_kind(error.err().code(), error.raw()),
        SdkError::ResponseError(error) => status_kind(error.raw()),
        _ => None,
    };
    kind == Some(ErrorKind::ThrottlingError)
}

/// Tells whether a failure is worth another attempt.
pub(super) fn verdict(failure: &Failure) -> Option<Verdict> {
    let kind = match failure {
        SdkError::TimeoutError(_) => Some(ErrorKind::TransientError),
        SdkError::DispatchFailure(failure) => failure.as_connector_error().and_then(connector_kind),
        SdkError::ResponseError(_) if is_incomplete(failure) => Some(ErrorKind::TransientError),
        SdkError::ResponseError(error) => status_kind(error.raw()),
        SdkError::ServiceError(error) => answer_kind(error.err().code(), error.raw()),
        _ => None,
    };
    let after = failure.raw_response().and_then(retry_after);
    kind.map(|kind| Verdict { kind, after })
}

fn connector_kind(error: &ConnectorError) -> Option<ErrorKind> {
    if error.is_io() || error.is_timeout() {
        return Some(ErrorKind::TransientError);
    }
    error.as_other()
}

fn answer_kind(code: Option<&str>, response: &HttpResponse) -> Option<ErrorKind> {
    code_kind(code?, response).or_else(|| status_kind(response))
}

fn code_kind(code: &str, response: &HttpResponse) -> Option<ErrorKind> {
    let known = CODES
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, kind)| *kind);
    let skewed = || {
        let skew = response.extension::<Skew>()?;
        (SKEW_CODES.contains(&code) && skew.size() > SKEW_LIMIT).then_some(ErrorKind::ServerError)
    };
    known.or_else(skewed)
}

fn status_kind(response: &HttpResponse) -> Option<ErrorKind> {
    let status = response.status().as_u16();
    STATUSES
        .iter()
        .find(|(known, _)| *known == status)
        .map(|(_, kind)| *kind)
}

fn is_incomplete(failure: &Failure) -> bool {
    std::error::Error::source(failure).is_some_and(|source| source.is::<Incomplete>())
}

/// The wish of the service, which it gives in milliseconds.
fn retry_after(response: &HttpResponse) -> Option<Duration> {
    let header = response.headers().get("x-amz-retry-after")?;
    header.trim().parse().ok().map(Duration::from_millis)
}

/// How the calls of a client are repeated.
#[derive(Debug)]
pub(super) struct Policy {
    config: RetryConfig,
    shared: Arc<Shared>,
}

/// What all clients of one service and region in this process share.
#[derive(Debug)]
struct Shared {
    quota: Mutex<u32>,
    rate: Mutex<RateLimiter>,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            quota: Mutex::new(CAPACITY),
            rate: Mutex::default(),
        }
    }
}

impl Policy {
    /// The policy of a configuration, with the quota of `service` in `region`.
    pub(super) fn new(config: RetryConfig, service: &'static str, region: Option<&str>) -> Self {
        type Key = (&'static str, String);
        static SHARED: LazyLock<Mutex<HashMap<Key, Arc<Shared>>>> = LazyLock::new(Mutex::default);
        let shared = lock(&SHARED)
            .entry((service, region.unwrap_or_default().to_owned()))
            .or_default()
            .clone();
        Self { config, shared }
    }

    /// What it was made from.
    pub(super) fn config(&self) -> &RetryConfig {
        &self.config
    }

    /// How many attempts a call has at most, at least one.
    pub(super) fn max_attempts(&self) -> u32 {
        self.config.max_attempts().max(1)
    }

    /// Whether connections are closed after a transient failure.
    pub(super) fn reconnects(&self) -> bool {
        !self.is_v2_1() && self.config.reconnect_mode() == ReconnectMode::ReconnectOnTransientError
    }

    /// Whether the client itself may hold attempts back, as it does in the adaptive mode.
    pub(super) fn holds_back(&self) -> bool {
        self.rate().is_some()
    }

    /// How long the client itself holds back attempt number `attempt`, which is due at `now`.
    ///
    /// Ask again after that time: another call may have been quicker.
    pub(super) fn hold_back(&self, attempt: u32, now: SystemTime) -> Option<Duration> {
        if attempt > 1 && !self.is_v2_1() {
            return None; // `delay` has seen to it
        }
        self.acquire(rate::FIRST, now)
    }

    /// Starts a call.
    pub(super) fn start(&self) -> Retries<'_> {
        Retries {
            policy: self,
            attempt: 1,
            paid: 0,
        }
    }

    fn is_v2_1(&self) -> bool {
        self.config
            .retry_spec()
            .is_some_and(|spec| spec.is_at_least(RetrySpec::V2_1))
    }

    /// How many tokens of the quota another attempt costs.
    fn cost(&self, kind: ErrorKind) -> u32 {
        match (self.is_v2_1(), kind) {
            (true, ErrorKind::ThrottlingError) => 5,
            (true, _) => 14,
            (false, ErrorKind::TransientError) => 10,
            (false, _) => 5,
        }
    }

    /// How long to wait after the failure of attempt number `attempt`.
    fn delay(&self, verdict: &Verdict, attempt: u32, now: SystemTime) -> Duration {
        let longest = self.config.max_backoff();
        let throttled = verdict.kind == ErrorKind::ThrottlingError;
        if !self.is_v2_1() {
            let cost = if throttled {
                rate::THROTTLED
            } else {
                rate::RETRY
            };
            if let Some(wait) = self.acquire(cost, now) {
                return wait.min(longest);
            }
        }
        let first = match self.config.retry_spec() {
            Some(spec) if !throttled => spec.non_throttling_initial_backoff(),
            _ => self.config.initial_backoff(),
        };
        let doubled = 2_u32
            .checked_pow(attempt - 1)
            .and_then(|factor| first.checked_mul(factor));
        let jitter = if self.config.use_static_exponential_base() {
            1.0
        } else {
            fastrand::f64()
        };
        let backoff = doubled.unwrap_or(longest).min(longest).mul_f64(jitter);
        match verdict.after {
            Some(after) if self.is_v2_1() => after.clamp(backoff, backoff + Duration::from_secs(5)),
            Some(after) => after.min(longest),
            None => backoff,
        }
    }

    fn acquire(&self, tokens: f64, now: SystemTime) -> Option<Duration> {
        lock(self.rate()?).acquire(tokens, now).err()
    }

    /// The limit on the rate of attempts, in the mode that has one.
    fn rate(&self) -> Option<&Mutex<RateLimiter>> {
        (self.config.mode() == RetryMode::Adaptive).then_some(&self.shared.rate)
    }
}

/// The attempts of one call.
#[derive(Debug)]
pub(super) struct Retries<'a> {
    policy: &'a Policy,
    attempt: u32,
    /// What the last attempt cost, for it comes back if that succeeds.
    paid: u32,
}

impl Retries<'_> {
    /// The number of the attempt that is due or was made last, from 1.
    pub(super) fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Notes that the attempt succeeded.
    pub(super) fn succeeded(&self, now: impl FnOnce() -> SystemTime) {
        self.learn(false, now);
        let mut quota = lock(&self.policy.shared.quota);
        *quota = quota.saturating_add(self.paid.max(1)).min(CAPACITY);
    }

    /// Notes that the attempt failed, and tells how long to wait before the next, if there is to be one.
    pub(super) fn failed(
        &mut self,
        verdict: Option<&Verdict>,
        now: SystemTime,
    ) -> Option<Duration> {
        let throttled = verdict.is_some_and(|verdict| verdict.kind == ErrorKind::ThrottlingError);
        self.learn(throttled, || now);
        let verdict = verdict?;
        if self.attempt >= self.policy.max_attempts() {
            return None;
        }
        let cost = self.policy.cost(verdict.kind);
        let mut quota = lock(&self.policy.shared.quota);
        let Some(rest) = quota.checked_sub(cost) else {
            tracing::debug!(cost, left = *quota, "no retry: the retry quota is used up");
            return None;
        };
        *quota = rest;
        drop(quota);
        let delay = self.policy.delay(verdict, self.attempt, now);
        self.paid = cost;
        self.attempt += 1;
        Some(delay)
    }

    fn learn(&self, throttled: bool, now: impl FnOnce() -> SystemTime) {
        if let Some(rate) = self.policy.rate() {
            lock(rate).update(throttled, now());
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
