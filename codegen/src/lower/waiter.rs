//! `waiters-2.json`: waiters, and how they poll the service.

use std::collections::BTreeMap;

use super::expression::{self, Fault, Matched};
use super::unique;
use crate::Warning;
use crate::diagnostic::{Report, did_you_mean};
use crate::ir::{
    Acceptor, AcceptorState, Expression, ExpressionKind, Ids, Matcher, Operation, Poll, Service,
    ShapeKind, ValueType, Waiter,
};
use crate::source::botocore;

/// The default of the longest wait between two polls, in seconds.
const MAX_DELAY: u32 = 120;

const STATES: [(&str, AcceptorState); 3] = [
    ("success", AcceptorState::Success),
    ("failure", AcceptorState::Failure),
    ("retry", AcceptorState::Retry),
];

const MATCHERS: [&str; 5] = ["path", "pathAll", "pathAny", "status", "error"];

/// Adds the waiters of the file to the service.
pub(super) fn attach(file: &botocore::Waiters, service: &mut Service, report: &mut Report) {
    unique("waiters.", &file.waiters, report);
    unique("polls.", &file.polls, report);
    names(file, report);
    let mut waiters = BTreeMap::new();
    let mut polls = BTreeMap::new();
    let mut warnings = Vec::new();
    for (name, poll) in file.polls.iter() {
        let path = format!("polls.{name}");
        if let Some(operation) = find(service, name, &path, report) {
            let poll = lower_poll(poll, operation, service, &path, report);
            polls.insert(name.to_owned(), poll);
        }
    }
    for (name, waiter) in file.waiters.iter() {
        let path = format!("waiters.{name}");
        let at = format!("{path}.operation");
        if let Some(operation) = find(service, &waiter.operation, &at, report) {
            let waiter = lower_waiter(waiter, operation, service, &path, &mut warnings, report);
            polls.entry(waiter.operation.clone()).or_default();
            waiters.insert(name.to_owned(), waiter);
        }
    }
    for name in polls.keys() {
        if !waiters.values().any(|waiter| waiter.operation == *name) {
            let path = format!("polls.{name}");
            report.fault(path, "no waiter polls this operation", "remove the entry");
        }
    }
    service.waiters = waiters;
    service.polls = polls;
    service.warnings.extend(warnings);
}

/// Reports each name that is not valid in Rust or that another waiter has.
fn names(file: &botocore::Waiters, report: &mut Report) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for name in file.waiters.names() {
        let path = format!("waiters.{name}");
        let letter_first = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !letter_first || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
            let hint = "use ASCII letters and digits, and start with a letter";
            report.fault(
                &path,
                format!("\"{name}\" is not a valid name in Rust"),
                hint,
            );
        }
        match seen.insert(name.to_lowercase(), name) {
            Some(other) if other != name => {
                let fault = format!("\"{other}\" and \"{name}\" would be the same in Rust");
                report.fault(path, fault, "rename one of them");
            }
            _ => {}
        }
    }
}

fn find<'a>(
    service: &'a Service,
    name: &str,
    path: &str,
    report: &mut Report,
) -> Option<&'a Operation> {
    let found = service.operations.get(name);
    if found.is_none() {
        let known = service.operations.keys().map(String::as_str);
        let hint = did_you_mean(name, known, "name an operation");
        report.fault(path, format!("no operation \"{name}\""), hint);
    }
    found
}

/// The output of an operation, at which expressions start.
fn output(operation: &Operation) -> Expression {
    // An operation without output has an empty one, without a shape.
    expression::current(ValueType::Shape(
        operation.output.clone().unwrap_or_default(),
    ))
}

fn lower_poll(
    poll: &botocore::Poll,
    operation: &Operation,
    service: &Service,
    path: &str,
    report: &mut Report,
) -> Poll {
    let ids = match (&poll.ids, &poll.listed) {
        (Some(input), Some(listed)) => {
            let max = max_ids(input, operation, service).map_err(|fault| ("ids", fault));
            let listed = listed_ids(listed, operation, service).map_err(|fault| ("listed", fault));
            let lowered = max.and_then(|max| {
                Ok(Ids {
                    input: input.clone(),
                    max,
                    listed: listed?,
                })
            });
            lowered
                .map_err(|(key, (fault, hint))| report.fault(format!("{path}.{key}"), fault, hint))
                .ok()
        }
        (None, None) => None,
        _ => {
            let fault = "only one of \"ids\" and \"listed\" is present";
            report.fault(path, fault, "name both, or neither");
            None
        }
    };
    if poll.burst == Some(0) {
        let hint = "remove it, or use at least 1";
        report.fault(format!("{path}.burst"), "no request could be sent", hint);
    }
    Poll {
        ids,
        per_second: poll.per_second.unwrap_or(0),
        burst: poll.burst.unwrap_or(1),
    }
}

/// The largest number of identifiers in the member of the input.
fn max_ids(name: &str, operation: &Operation, service: &Service) -> Result<Option<i64>, Fault> {
    let members = service.members(operation.input.as_deref());
    let Some(member) = members.iter().find(|member| member.name == name) else {
        let known = members.iter().map(|member| member.name.as_str());
        return Err(expression::fault(
            format!("no member \"{name}\" of the input"),
            did_you_mean(name, known, "name a list of strings"),
        ));
    };
    let list = service.shapes.get(&member.shape);
    let max = |list: &crate::ir::Shape| list.constraints.max.as_ref()?.as_i64();
    match list.map(|list| (&list.kind, max(list))) {
        Some((ShapeKind::List(element), max)) if is_text(element, service) => match max {
            Some(..=0) => Err(expression::fault("the list has to be empty", "")),
            max => Ok(max),
        },
        _ => Err(expression::fault(
            format!("\"{name}\" is not a list of strings"),
            "name a list of strings",
        )),
    }
}

/// The identifiers that an output lists.
fn listed_ids(text: &str, operation: &Operation, service: &Service) -> Result<Expression, Fault> {
    let listed = expression::list(text, service, output(operation))?;
    match &listed.ty {
        ValueType::List(element) if matches!(element.as_ref(), ValueType::Shape(id) if is_text(id, service)) => {
            Ok(listed)
        }
        _ => Err(expression::fault(
            format!("\"{text}\" is not a list of strings"),
            "name a list of strings",
        )),
    }
}

fn is_text(id: &str, service: &Service) -> bool {
    let shape = service.shapes.get(id);
    shape.is_some_and(|shape| shape.kind == ShapeKind::String)
}

fn lower_waiter(
    waiter: &botocore::Waiter,
    operation: &Operation,
    service: &Service,
    path: &str,
    warnings: &mut Vec<Warning>,
    report: &mut Report,
) -> Waiter {
    let absent_is_success = match waiter.absent.as_deref() {
        Some("success") => true,
        Some("retry") | None => false,
        Some(other) => {
            let hint = did_you_mean(other, ["success", "retry"], "use success or retry");
            report.fault(
                format!("{path}.absent"),
                format!("no outcome \"{other}\""),
                hint,
            );
            false
        }
    };
    for (i, name) in waiter.after.iter().enumerate() {
        find(service, name, &format!("{path}.after[{i}]"), report);
    }
    if waiter.delay == 0 {
        let hint = "wait at least 1 second";
        report.fault(
            format!("{path}.delay"),
            "the delay between polls is zero",
            hint,
        );
    }
    let max_delay = waiter.max_delay.unwrap_or(MAX_DELAY.max(waiter.delay));
    if max_delay < waiter.delay {
        let fault = "the longest delay is shorter than the shortest one";
        report.fault(
            format!("{path}.maxDelay"),
            fault,
            "use at least the value of \"delay\"",
        );
    }
    if service
        .members(operation.input.as_deref())
        .iter()
        .any(|it| it.name.eq_ignore_ascii_case("wait"))
    {
        let fault = "the member \"wait\" of the input conflicts with a method of the builder";
        report.fault(format!("{path}.operation"), fault, "rename the member");
    }
    let mut acceptors = Vec::new();
    for (i, acceptor) in waiter.acceptors.iter().enumerate() {
        let path = format!("{path}.acceptors[{i}]");
        match lower_acceptor(acceptor, operation, service, absent_is_success) {
            Ok((acceptor, remarks)) => {
                acceptors.push(acceptor);
                warnings.extend(remarks.into_iter().map(|text| Warning {
                    path: path.clone(),
                    text,
                }));
            }
            Err((key, (fault, hint))) => report.fault(format!("{path}.{key}"), fault, hint),
        }
    }
    Waiter {
        documentation: waiter.description.clone(),
        operation: waiter.operation.clone(),
        min_delay: waiter.delay,
        max_delay,
        absent_is_success,
        after: waiter.after.clone(),
        acceptors,
    }
}

/// The acceptor and remarks on it, or the key at which a fault is, and the fault.
fn lower_acceptor(
    acceptor: &botocore::Acceptor,
    operation: &Operation,
    service: &Service,
    absent_is_success: bool,
) -> Result<(Acceptor, Vec<String>), (&'static str, Fault)> {
    let known = STATES.map(|(name, _)| name);
    let state = STATES.iter().find(|(name, _)| *name == acceptor.state);
    let Some((_, state)) = state else {
        let hint = did_you_mean(&acceptor.state, known, "use success, failure or retry");
        let fault = format!("no state \"{}\"", acceptor.state);
        return Err(("state", expression::fault(fault, hint)));
    };
    let expected = &acceptor.expected;
    let bad = |what: &str| {
        let hint = format!("{} expects {what}", acceptor.matcher);
        let fault = format!("{expected} is not supported here");
        ("expected", expression::fault(fault, hint))
    };
    let all = match absent_is_success && *state == AcceptorState::Success {
        true => Matched::All,
        false => Matched::NonEmptyAll,
    };
    let mut remarks = Vec::new();
    let mut output = |matched| {
        let text = acceptor.argument.as_deref().unwrap_or_default();
        let lowered = expression::acceptor(text, matched, expected, service, output(operation));
        let (condition, found) = lowered.map_err(|fault| ("argument", fault))?;
        remarks = found;
        if condition.kind == ExpressionKind::Boolean(false) {
            remarks.push("no output can match it".to_owned());
        }
        Ok(match condition.kind {
            ExpressionKind::Boolean(true) => Matcher::AnyOutput,
            _ => Matcher::Output(condition),
        })
    };
    let matcher = match (acceptor.matcher.as_str(), expected) {
        ("path", _) => output(Matched::Value)?,
        ("pathAll", _) => output(all)?,
        ("pathAny", _) => output(Matched::Any)?,
        ("error", serde_json::Value::String(code)) => Matcher::Error(code.clone()),
        ("error", serde_json::Value::Bool(true)) => Matcher::AnyError,
        ("error", serde_json::Value::Bool(false)) => Matcher::AnyOutput,
        ("error", _) => return Err(bad("a code, true or false")),
        ("status", status) => match status.as_u64().and_then(|it| u16::try_from(it).ok()) {
            // The operations of the supported protocols have no other status of success.
            Some(200) => Matcher::AnyOutput,
            Some(status @ 300..=599) => Matcher::Status(status),
            _ => return Err(bad("200 or the status of an error")),
        },
        (other, _) => {
            let hint = did_you_mean(other, MATCHERS, "use one of botocore's matchers");
            let fault = format!("no matcher \"{other}\"");
            return Err(("matcher", expression::fault(fault, hint)));
        }
    };
    let state = *state;
    Ok((Acceptor { state, matcher }, remarks))
}
