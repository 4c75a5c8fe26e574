//! How long a presigned request is valid.

use std::fmt;
use std::time::{Duration, SystemTime};

/// The maximum time for which a presigned request is valid.
const ONE_WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The time for which a presigned request is valid.
///
/// If the credentials expire earlier, the request becomes invalid then.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PresigningConfig {
    start_time: SystemTime,
    expires_in: Duration,
}

impl PresigningConfig {
    /// Makes requests valid from now on for this time, of which whole seconds count.
    ///
    /// # Errors
    /// When the time is longer than one week.
    pub fn expires_in(expires_in: Duration) -> Result<Self, PresigningConfigError> {
        Self::builder().expires_in(expires_in).build()
    }

    /// Creates a builder.
    pub fn builder() -> PresigningConfigBuilder {
        PresigningConfigBuilder::default()
    }

    /// The time for which a request is valid.
    pub fn expires(&self) -> Duration {
        self.expires_in
    }

    /// The time from which on a request is valid.
    pub fn start_time(&self) -> SystemTime {
        self.start_time
    }

    /// The time at which a request becomes invalid, if there is such a time.
    pub(super) fn end(&self) -> Option<SystemTime> {
        self.start_time.checked_add(self.expires_in)
    }
}

/// Builds a [`PresigningConfig`].
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct PresigningConfigBuilder {
    start_time: Option<SystemTime>,
    expires_in: Option<Duration>,
}

impl PresigningConfigBuilder {
    /// Sets the time from which on a request is valid. The default is now, by the clock of the system.
    pub fn start_time(mut self, start_time: SystemTime) -> Self {
        self.set_start_time(Some(start_time));
        self
    }

    /// Sets or clears the time from which on a request is valid.
    pub fn set_start_time(&mut self, start_time: Option<SystemTime>) {
        self.start_time = start_time;
    }

    /// Sets the time for which a request is valid, of which whole seconds count. It is required.
    pub fn expires_in(mut self, expires_in: Duration) -> Self {
        self.set_expires_in(Some(expires_in));
        self
    }

    /// Sets or clears the time for which a request is valid.
    pub fn set_expires_in(&mut self, expires_in: Option<Duration>) {
        self.expires_in = expires_in;
    }

    /// Builds the [`PresigningConfig`].
    ///
    /// # Errors
    /// When `expires_in` is not set or is longer than one week.
    pub fn build(self) -> Result<PresigningConfig, PresigningConfigError> {
        let expires_in = self
            .expires_in
            .ok_or(PresigningConfigError(Fault::Required))?;
        if expires_in > ONE_WEEK {
            return Err(PresigningConfigError(Fault::TooLong));
        }
        Ok(PresigningConfig {
            start_time: self.start_time.unwrap_or_else(SystemTime::now),
            expires_in,
        })
    }
}

/// The error of a [`PresigningConfig`] that cannot be built.
#[derive(Debug)]
pub struct PresigningConfigError(Fault);

#[derive(Debug)]
enum Fault {
    Required,
    TooLong,
}

impl fmt::Display for PresigningConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Fault::Required => "`expires_in` is required",
            Fault::TooLong => "`expires_in` must be no longer than one week",
        })
    }
}

impl std::error::Error for PresigningConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_valid_for_a_week_at_most() {
        let start = SystemTime::UNIX_EPOCH;
        let build = |expires_in| {
            let mut builder = PresigningConfig::builder().start_time(start);
            builder.set_expires_in(expires_in);
            let config = builder.build().map_err(|error| error.to_string());
            config.map(|config| (config.start_time(), config.expires(), config.end()))
        };
        let longer = ONE_WEEK + Duration::from_nanos(1);
        assert_eq!(
            build(Some(ONE_WEEK)),
            Ok((start, ONE_WEEK, Some(start + ONE_WEEK)))
        );
        for (expires_in, error) in [
            (None, "`expires_in` is required"),
            (Some(longer), "`expires_in` must be no longer than one week"),
        ] {
            assert_eq!(build(expires_in), Err(error.to_owned()));
        }
        let before = SystemTime::now();
        let config = PresigningConfig::expires_in(Duration::from_secs(1)).unwrap();
        assert!((before..=SystemTime::now()).contains(&config.start_time()));
    }
}
