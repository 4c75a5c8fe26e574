//! Faults as text, for command lines.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use super::Fault;
use super::fault::unknown_operation;
use super::similar::most_similar;
use Kind::{Number, Plain, Text};

/// How a kind of fault is created. The kinds with a value describe it.
enum Kind {
    Plain(fn() -> Fault),
    Text(&'static str, fn(&str) -> Fault),
    Number(&'static str, RangeInclusive<u32>, fn(u32) -> Fault),
}

/// The kinds of faults by name.
#[rustfmt::skip]
const KINDS: &[(&str, Kind)] = &[
    ("access-denied", Plain(Fault::access_denied)),
    ("delay", Number("a number of seconds", 0..=u32::MAX, |it| Fault::delay(Duration::from_secs(it.into())))),
    ("end-in-error", Text("an error code", |code| Fault::end_in_error(code, MESSAGE))),
    ("fail-item", Text("an error code", |code| Fault::fail_item(code, MESSAGE))),
    ("server-error", Number("an HTTP status from 500 to 599", 500..=599, |it| {
        Fault::server_error(u16::try_from(it).unwrap_or_default())
    })),
    ("stuck", Plain(Fault::stuck)),
    ("throttle", Plain(Fault::throttle)),
];

/// The message of errors whose code the text has.
const MESSAGE: &str = "This is an injected fault.";

/// The error of a text that is no fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseFaultError(String);

impl fmt::Display for ParseFaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParseFaultError {}

/// Parses a kind of fault, with a value if it needs one, and restrictions.
///
/// ```
/// use workspaces_sdk::fake::Fault;
///
/// # fn main() -> Result<(), workspaces_sdk::fake::ParseFaultError> {
/// for text in [
///     "throttle,on=DescribeWorkspaces,times=3",
///     "server-error=503",
///     "access-denied,on=TerminateWorkspaces",
///     "delay=2",
///     "fail-item=ResourceNotFound.User,item=grace",
///     "end-in-error=DomainJoinFailed,on=CreateWorkspaces,times=1",
///     "stuck,on=StopWorkspaces",
/// ] {
///     let fault: Fault = text.parse()?;
/// }
/// # Ok(())
/// # }
/// ```
impl FromStr for Fault {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split(',');
        let mut fault = parse_kind(parts.next().unwrap_or_default())?;
        for part in parts {
            fault = match part.split_once('=') {
                Some(("on", operation)) => match unknown_operation(operation) {
                    None => fault.on(operation),
                    Some(message) => return Err(ParseFaultError(message)),
                },
                Some(("item", item)) => fault.item(item),
                Some(("times", times)) => fault.times(number("times", times, &(1..=u32::MAX))?),
                _ => {
                    let message =
                        format!("unknown restriction {part:?}; a fault has on=, item= and times=");
                    return Err(ParseFaultError(message));
                }
            };
        }
        Ok(fault)
    }
}

/// Parses the kind of a fault with its value.
fn parse_kind(text: &str) -> Result<Fault, ParseFaultError> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (text, None),
    };
    let Some((_, kind)) = KINDS.iter().find(|(kind, _)| *kind == name) else {
        let names = || KINDS.iter().map(|(kind, _)| *kind);
        let known = names().collect::<Vec<_>>().join(", ");
        let suggestion = most_similar(name, names()).map(|it| format!("; did you mean {it}?"));
        let message = format!(
            "unknown fault {name:?}{}; the faults are {known}",
            suggestion.unwrap_or_default()
        );
        return Err(ParseFaultError(message));
    };
    match (kind, value.filter(|value| !value.is_empty())) {
        (Plain(new), None) => Ok(new()),
        (Text(_, new), Some(value)) => Ok(new(value)),
        (Number(_, range, new), Some(value)) => number(name, value, range).map(new),
        (Plain(_), Some(_)) => Err(ParseFaultError(format!("{name} has no value"))),
        (Text(expected, _) | Number(expected, ..), None) => Err(ParseFaultError(format!(
            "{name} requires {expected}: {name}=..."
        ))),
    }
}

fn number(name: &str, text: &str, range: &RangeInclusive<u32>) -> Result<u32, ParseFaultError> {
    let parsed = text.parse().ok();
    parsed.filter(|it| range.contains(it)).ok_or_else(|| {
        let (min, max) = (range.start(), range.end());
        ParseFaultError(format!(
            "{name} requires a number from {min} to {max}, not {text:?}"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::operations::OPERATIONS;

    #[test]
    fn every_operation_and_kind_is_parsed() {
        for (operation, _) in OPERATIONS {
            let text = format!("throttle,on={operation}");
            assert!(text.parse::<Fault>().is_ok(), "{text}");
        }
        let rows = [
            ("access-denied", Fault::access_denied()),
            ("delay=503", Fault::delay(Duration::from_secs(503))),
            ("end-in-error=503", Fault::end_in_error("503", MESSAGE)),
            ("fail-item=503", Fault::fail_item("503", MESSAGE)),
            ("server-error=503", Fault::server_error(503)),
            ("stuck", Fault::stuck()),
            ("throttle", Fault::throttle()),
        ];
        let names = rows.each_ref().map(|(text, _)| text.split('=').next());
        assert!(KINDS.iter().map(|(name, _)| Some(*name)).eq(names));
        for (text, expected) in rows {
            let restricted = format!("{text},item=a,times=2").parse::<Fault>();
            let expected = expected.item("a").times(2);
            assert_eq!(
                format!("{:?}", restricted.unwrap()),
                format!("{expected:?}")
            );
        }
    }

    #[test]
    fn errors_name_what_is_wrong() {
        for (text, expected) in [
            (
                "",
                "unknown fault \"\"; the faults are access-denied, delay, end-in-error, fail-item, server-error, stuck, throttle",
            ),
            (
                "throtle",
                "unknown fault \"throtle\"; did you mean throttle?; the faults are",
            ),
            ("throttle=3", "throttle has no value"),
            ("delay", "delay requires a number of seconds: delay=..."),
            ("delay=", "delay requires a number of seconds: delay=..."),
            (
                "delay=x",
                "delay requires a number from 0 to 4294967295, not \"x\"",
            ),
            (
                "server-error=404",
                "server-error requires a number from 500 to 599, not \"404\"",
            ),
            (
                "stuck,times=0",
                "times requires a number from 1 to 4294967295, not \"0\"",
            ),
            (
                "stuck,when=now",
                "unknown restriction \"when=now\"; a fault has on=, item= and times=",
            ),
            (
                "stuck,on=StopWorkspace",
                "Amazon WorkSpaces has no operation \"StopWorkspace\"; did you mean \"StopWorkspaces\"?",
            ),
        ] {
            let error = text.parse::<Fault>().unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
