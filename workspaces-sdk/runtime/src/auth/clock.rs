//! Clock skew: the clock of the service decides whether a signature is still valid.
//!
//! Every response has a date, but not every response comes from the service, and not every date is right. A call signs
//! with the skew that the client has learned. A response changes what the client has learned in two cases only:
//!
//! - The service accepted the signature, and the date is close enough to the signed time for that: the skew is *proven*.
//! - The service rejected the signature, and the date explains why: the skew is tried. If the request that is signed with
//!   it is rejected too, it is discarded for the last one that is proven.
//!
//! The official SDKs learn from every response, so that the date of a gateway or an impossible one keeps their clients
//! from signing.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::{DateTimeFormatError, Format};

/// The maximum round trip from which clock skew is computed.
const SLOWEST_ROUND_TRIP: Duration = Duration::from_secs(15 * 60);

/// The maximum clock skew: 100 years. A machine without a clock starts in 1970 or 2000.
const MAX_SKEW: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The minimum difference between the date of a response and the signed time that explains why a signature was rejected.
///
/// Services accept a difference of 5 minutes. The official SDKs use this value too.
const REJECTED: Duration = Duration::from_secs(4 * 60);

/// The maximum difference between the date of a response and the signed time with which a signature can be accepted, which
/// is that of Amazon S3.
const ACCEPTED: Duration = Duration::from_secs(15 * 60);

/// The number of milliseconds by which the clock of the service is ahead of the local clock.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Skew(i64);

impl Skew {
    /// Converts a time of the local clock to the clock of the service.
    pub(crate) fn apply(self, time: SystemTime) -> SystemTime {
        let size = Duration::from_millis(self.0.unsigned_abs());
        let service_time = if self.0 < 0 {
            time.checked_sub(size)
        } else {
            time.checked_add(size)
        };
        service_time.unwrap_or(time)
    }

    fn difference(self, other: Self) -> Duration {
        Duration::from_millis(self.0.abs_diff(other.0))
    }

    /// Computes the skew from the date of a response that was received at `received`, to a request that was sent at `sent`.
    ///
    /// The service is assumed to have read its clock halfway.
    fn of(service_time: SystemTime, sent: SystemTime, received: SystemTime) -> Option<Self> {
        let round_trip = received.duration_since(sent).unwrap_or_default();
        if round_trip > SLOWEST_ROUND_TRIP {
            return None;
        }
        let local_time = sent.checked_add(round_trip / 2)?;
        let (size, sign) = match service_time.duration_since(local_time) {
            Ok(ahead) => (ahead, 1),
            Err(error) => (error.duration(), -1),
        };
        if size > MAX_SKEW {
            return None;
        }
        Some(Self(sign * i64::try_from(size.as_millis()).ok()?))
    }
}

/// The date of a response. That of a response from a cache is too old.
fn date_of(response: &HttpResponse) -> Option<SystemTime> {
    if response.headers().contains_key("age") {
        return None;
    }
    let date = DateTime::from_str(response.headers().get("date")?, Format::HttpDate).ok()?;
    SystemTime::try_from(date).ok()
}

/// The clocks according to a response.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// The skew with which the request was signed.
    signed: Skew,
    /// Whether the date lies between the request and the response if that skew is right. A service that works for minutes before it
    /// responds reads its clock at the end rather than halfway.
    agrees: bool,
    /// The skew according to the response.
    pub(crate) measured: Skew,
    /// The skew according to the response before this one, in the same call.
    before: Option<Skew>,
}

impl Reading {
    /// Reads the clocks from the response to a request that was signed with the skew `signed`.
    ///
    /// `before` is the skew that the preceding response of the call showed.
    pub(crate) fn of(
        response: &HttpResponse,
        sent: SystemTime,
        received: SystemTime,
        signed: Skew,
        before: Option<Skew>,
    ) -> Option<Self> {
        let date = date_of(response)?;
        let measured = Skew::of(date, sent, received)?;
        // The date has whole seconds.
        let end = date.checked_add(Duration::from_secs(1))?;
        Some(Self {
            signed,
            agrees: date <= signed.apply(received) && signed.apply(sent) <= end,
            measured,
            before,
        })
    }

    /// Whether the clocks explain why the service rejected the signature: the signed time was wrong, or the hosts of the
    /// service do not agree on the time.
    pub(crate) fn explains_rejection(&self) -> bool {
        let differs = |skew| self.measured.difference(skew) > REJECTED;
        differs(self.signed) || self.before.is_some_and(differs)
    }
}

/// The clock of the service, as far as it is known.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// The skew to sign with.
    skew: AtomicI64,
    /// The skew of the last request whose signature was accepted.
    proven: AtomicI64,
}

impl Clock {
    /// The skew to sign with.
    pub(crate) fn skew(&self) -> Skew {
        Skew(self.skew.load(Ordering::Relaxed))
    }

    /// Learns from a response of the service, which accepted or rejected the signature.
    pub(crate) fn learn(&self, reading: &Reading, accepted: bool) {
        let Skew(measured) = reading.measured;
        if accepted && reading.agrees {
            let Skew(signed) = reading.signed;
            self.proven.store(signed, Ordering::Relaxed);
        } else if accepted {
            if reading.measured.difference(reading.signed) <= ACCEPTED {
                self.proven.store(measured, Ordering::Relaxed);
                self.skew.store(measured, Ordering::Relaxed);
            }
        } else if reading.explains_rejection() {
            self.skew.store(measured, Ordering::Relaxed);
        } else {
            let Skew(signed) = reading.signed;
            let proven = self.proven.load(Ordering::Relaxed);
            // Another call may have learned something else in the meantime, which is then kept.
            let _ =
                self.skew
                    .compare_exchange(signed, proven, Ordering::Relaxed, Ordering::Relaxed);
        }
    }
}

/// Formats a time in the basic format of ISO 8601, such as `20150830T123600Z`.
///
/// # Errors
/// For a year with more than four digits.
pub(crate) fn basic_time(time: SystemTime) -> Result<String, DateTimeFormatError> {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH);
    match seconds.map(|since| since.as_secs()) {
        Ok(seconds) if seconds <= LAST_SECOND => Ok(basic_time_since_1970(seconds)),
        _ => {
            let whole = DateTime::from_secs(DateTime::from(time).secs());
            let mut text = whole.fmt(Format::DateTime)?;
            text.retain(|c| c != '-' && c != ':');
            Ok(text)
        }
    }
}

/// The last second of the year 9999.
const LAST_SECOND: u64 = 253_402_300_799;

/// Formats a number of seconds since 1970, up to [`LAST_SECOND`]. Each request has such a time, and this takes a tenth of the
/// instructions of a general formatter.
fn basic_time_since_1970(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Years are counted from March 1 of year 0, so that a leap day is the last day of its year, and in eras of 400 years.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let mut text = String::with_capacity(16);
    for number in [year / 100, year % 100, month, day] {
        push_two_digits(&mut text, number);
    }
    text.push('T');
    for number in [second / 3_600, second / 60 % 60, second % 60] {
        push_two_digits(&mut text, number);
    }
    text.push('Z');
    text
}

fn push_two_digits(text: &mut String, number: u64) {
    for digit in [number / 10, number % 10] {
        text.push(char::from(b'0' + digit as u8));
    }
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

    /// At the ends of days, months, years, centuries and eras, and at thousands of times between them.
    #[test]
    fn the_basic_format_has_the_parts_of_the_extended_one() {
        let days = (0..=LAST_SECOND / 86_400).step_by(11);
        let month_ends = (0..9_000).map(|month| month * 2_629_746 / 86_400);
        for day in days.chain(month_ends).chain([LAST_SECOND / 86_400]) {
            for second in [0, 3_661, 43_199, 86_399] {
                let seconds = day * 86_400 + second;
                let whole = DateTime::from_secs(seconds as i64);
                let mut expected = whole.fmt(Format::DateTime).unwrap();
                expected.retain(|c| c != '-' && c != ':');
                let time = UNIX_EPOCH + Duration::from_secs(seconds);
                assert_eq!(basic_time(time).unwrap(), expected);
            }
        }
        let before = UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(basic_time(before).unwrap(), "19691231T235959Z");
        let after = UNIX_EPOCH + Duration::from_secs(LAST_SECOND + 1);
        assert!(basic_time(after).is_err());
    }

    fn response(headers: &[(&'static str, &'static str)]) -> HttpResponse {
        let status = StatusCode::try_from(200).unwrap();
        let mut response = HttpResponse::new(status, SdkBody::empty());
        for (name, value) in headers {
            response.headers_mut().insert(*name, *value);
        }
        response
    }

    fn skew(
        headers: &[(&'static str, &'static str)],
        sent: SystemTime,
        received: SystemTime,
    ) -> Option<i64> {
        let date = date_of(&response(headers))?;
        Skew::of(date, sent, received).map(|skew| skew.0)
    }

    #[test]
    fn the_service_is_assumed_to_read_its_clock_halfway() {
        assert_eq!(skew(&[("date", DATE)], at(0), at(0)), Some(0));
        assert_eq!(skew(&[("date", DATE)], at(8), at(12)), Some(-10_000));
        let hour = Duration::from_secs(3600);
        assert_eq!(
            skew(&[("date", DATE)], at(0) - hour, at(0) - hour),
            Some(3_600_000)
        );
        // The clock was set back in the meantime.
        assert_eq!(skew(&[("date", DATE)], at(10), at(0)), Some(-10_000));
    }

    #[test]
    fn responses_without_a_usable_date_change_nothing() {
        assert_eq!(skew(&[], at(0), at(0)), None);
        assert_eq!(skew(&[("date", "yesterday")], at(0), at(0)), None);
        assert_eq!(skew(&[("date", DATE), ("age", "1")], at(0), at(0)), None);
        assert_eq!(skew(&[("date", DATE)], at(0), at(901)), None);
    }

    /// A service that works for minutes writes the date at the end, and the clocks are right nevertheless.
    #[test]
    fn a_long_request_does_not_move_a_clock_that_may_be_right() {
        let learned = |signed: i64, sent: u64, received: u64| {
            let signed = Skew(signed * 1000);
            let clock = Clock::default();
            clock.skew.store(signed.0, Ordering::Relaxed);
            let response = response(&[("date", DATE)]);
            let reading = Reading::of(&response, at(sent), at(received), signed, None).unwrap();
            clock.learn(&reading, true);
            clock.skew().0 / 1000
        };
        // The date is that of the 720th second, the end or the middle of the request.
        let later = |seconds: u64| at(0) - Duration::from_secs(seconds);
        let response = response(&[("date", DATE)]);
        let reading = Reading::of(&response, later(720), at(0), Skew(0), None).unwrap();
        assert_eq!(reading.measured, Skew(360_000));
        let clock = Clock::default();
        clock.learn(&reading, true);
        assert_eq!(clock.skew(), Skew(0));
        // The date has whole seconds, so the response may be from the end of that second.
        assert_eq!(learned(0, 1, 1), 0);
        // The date is before the request, or after the response.
        assert_eq!(learned(0, 60, 60), -60);
        assert_eq!(learned(-60, 60, 60), -60);
        assert_eq!(learned(30, 0, 0), 0);
    }

    #[test]
    fn impossible_dates_change_nothing() {
        for date in [
            "Sat, 01 Jan 0000 00:00:00 GMT",
            "Mon, 01 Jan 0001 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Thu, 01 Jan 1880 00:00:00 GMT",
            "Sun, 06 Nov -994 08:49:37 GMT",
            "",
        ] {
            assert_eq!(skew(&[("date", date)], at(0), at(0)), None, "{date}");
        }
        // A time source may return any time.
        let last = UNIX_EPOCH + Duration::from_secs(i64::MAX as u64);
        assert_eq!(skew(&[("date", DATE)], last, last), None);
        assert_eq!(Skew(i64::MAX).apply(last), last);
    }

    /// A response of the service in seconds: the skew that the request was signed with, the one that the date shows, and
    /// whether the signature was accepted.
    fn clock_after(responses: &[(i64, i64, bool)]) -> i64 {
        let clock = Clock::default();
        for &(signed, measured, accepted) in responses {
            let (signed, measured) = (Skew(signed * 1000), Skew(measured * 1000));
            let before = None;
            clock.learn(
                &Reading {
                    signed,
                    agrees: signed == measured,
                    measured,
                    before,
                },
                accepted,
            );
        }
        clock.skew().0 / 1000
    }

    #[test]
    fn a_skew_is_learned_only_if_it_agrees_with_what_happened_to_the_signature() {
        const HOUR: i64 = 3600;
        let (accepted, rejected) = (true, false);
        // An accepted signature proves that the signed time was nearly right.
        assert_eq!(clock_after(&[(0, 3, accepted)]), 3);
        assert_eq!(clock_after(&[(0, 300, accepted), (300, 0, accepted)]), 0);
        assert_eq!(clock_after(&[(0, HOUR, accepted)]), 0);
        // A rejected one is tried again with the date of the service, which the next response proves or refutes.
        assert_eq!(clock_after(&[(0, HOUR, rejected)]), HOUR);
        let learned = [(0, HOUR, rejected), (HOUR, HOUR + 1, accepted)];
        assert_eq!(clock_after(&learned), HOUR + 1);
        let refuted = [(0, HOUR, rejected), (HOUR, HOUR, rejected)];
        assert_eq!(clock_after(&refuted), 0);
        // A proven skew is not discarded because a signature is rejected for another reason.
        let [first, second] = learned;
        let denied = [first, second, (HOUR + 1, HOUR + 1, rejected)];
        assert_eq!(clock_after(&denied), HOUR + 1);
        let misled = [
            first,
            second,
            (HOUR + 1, -HOUR, rejected),
            (-HOUR, -HOUR, rejected),
        ];
        assert_eq!(clock_after(&misled), HOUR + 1);
        // What another call has learned in the meantime is kept.
        assert_eq!(clock_after(&[(0, HOUR, rejected), (0, 0, rejected)]), HOUR);
    }

    #[test]
    fn a_rejection_is_explained_by_the_signed_time_or_by_dates_that_disagree() {
        let explains = |signed, measured, before: Option<i64>| {
            let (signed, measured, before) = (Skew(signed), Skew(measured), before.map(Skew));
            Reading {
                signed,
                agrees: false,
                measured,
                before,
            }
            .explains_rejection()
        };
        assert!(!explains(0, 240_000, None));
        assert!(explains(0, 240_001, None));
        assert!(explains(0, -240_001, None));
        // The clock of the service is right, as the request was signed with its time.
        assert!(!explains(3_600_000, 3_600_000, None));
        assert!(!explains(0, 0, Some(240_000)));
        assert!(explains(0, 0, Some(-60_000_000_000)));
    }
}
