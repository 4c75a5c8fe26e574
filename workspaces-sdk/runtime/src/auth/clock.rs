//! Clock skew: the clock of the service decides whether a signature is still valid.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::{DateTimeFormatError, Format};

/// The maximum round trip from which clock skew is computed.
const SLOWEST_ROUND_TRIP: Duration = Duration::from_secs(15 * 60);

/// The number of milliseconds by which the clock of the service is ahead of the local clock.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Skew(i64);

impl Skew {
    /// The difference between the clocks.
    pub(crate) fn size(self) -> Duration {
        Duration::from_millis(self.0.unsigned_abs())
    }

    /// Converts a time of the local clock.
    fn apply(self, time: SystemTime) -> SystemTime {
        let service_time = if self.0 < 0 {
            time.checked_sub(self.size())
        } else {
            time.checked_add(self.size())
        };
        service_time.unwrap_or(time)
    }

    /// Computes the skew from a response to a request that was sent at `sent` and received at `received`.
    ///
    /// The service is assumed to have read its clock halfway. The date of a response from a cache is too old.
    fn of(response: &HttpResponse, sent: SystemTime, received: SystemTime) -> Option<Self> {
        let round_trip = received.duration_since(sent).unwrap_or_default();
        if round_trip > SLOWEST_ROUND_TRIP || response.headers().contains_key("age") {
            return None;
        }
        let date = DateTime::from_str(response.headers().get("date")?, Format::HttpDate).ok()?;
        let service_time = SystemTime::try_from(date).ok()?;
        let local_time = sent + round_trip / 2;
        let millis = match service_time.duration_since(local_time) {
            Ok(ahead) => i64::try_from(ahead.as_millis()).ok()?,
            Err(error) => -i64::try_from(error.duration().as_millis()).ok()?,
        };
        Some(Self(millis))
    }
}

/// The clock of the service, according to the last response.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    skew: AtomicI64,
}

impl Clock {
    /// Converts a time of the local clock to the clock of the service.
    pub(crate) fn to_service_time(&self, time: SystemTime) -> SystemTime {
        Skew(self.skew.load(Ordering::Relaxed)).apply(time)
    }

    /// Updates the skew from a response, and adds the [`Skew`] to its extensions.
    pub(crate) fn learn(
        &self,
        response: &mut HttpResponse,
        sent: SystemTime,
        received: SystemTime,
    ) {
        if let Some(skew) = Skew::of(response, sent, received) {
            self.skew.store(skew.0, Ordering::Relaxed);
            response.add_extension(skew);
        }
    }
}

/// Formats a time in the basic format of ISO 8601, such as `20150830T123600Z`.
///
/// # Errors
/// For a year with more than four digits.
pub(crate) fn basic_time(time: SystemTime) -> Result<String, DateTimeFormatError> {
    let whole = DateTime::from_secs(DateTime::from(time).secs());
    let mut text = whole.fmt(Format::DateTime)?;
    text.retain(|c| c != '-' && c != ':');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;

    use super::*;

    /// 784111777 seconds after 1970.
    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(784_111_777 + seconds)
    }

    fn learn(
        headers: &[(&'static str, &'static str)],
        sent: SystemTime,
        received: SystemTime,
    ) -> Option<i64> {
        let status = StatusCode::try_from(200).unwrap();
        let mut response = HttpResponse::new(status, SdkBody::empty());
        for (name, value) in headers {
            response.headers_mut().insert(*name, *value);
        }
        let clock = Clock::default();
        clock.learn(&mut response, sent, received);
        let skew = response.extension::<Skew>().copied();
        assert_eq!(
            clock.to_service_time(at(500)),
            skew.unwrap_or_default().apply(at(500))
        );
        skew.map(|skew| skew.0)
    }

    #[test]
    fn the_service_is_assumed_to_read_its_clock_halfway() {
        assert_eq!(learn(&[("date", DATE)], at(0), at(0)), Some(0));
        assert_eq!(learn(&[("date", DATE)], at(8), at(12)), Some(-10_000));
        let hour = Duration::from_secs(3600);
        assert_eq!(
            learn(&[("date", DATE)], at(0) - hour, at(0) - hour),
            Some(3_600_000)
        );
        // The clock was set back in the meantime.
        assert_eq!(learn(&[("date", DATE)], at(10), at(0)), Some(-10_000));
    }

    #[test]
    fn responses_without_a_usable_date_change_nothing() {
        assert_eq!(learn(&[], at(0), at(0)), None);
        assert_eq!(learn(&[("date", "yesterday")], at(0), at(0)), None);
        assert_eq!(learn(&[("date", DATE), ("age", "1")], at(0), at(0)), None);
        assert_eq!(learn(&[("date", DATE)], at(0), at(901)), None);
    }
}
