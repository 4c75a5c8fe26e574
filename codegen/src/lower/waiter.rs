//! Lowers waiters and their polling.

mod poll;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::expression::{self, Matched};
use super::{names, unique};
use crate::diagnostic::{Fault, Item, NameFault, Report, Scope, Suggestion, WaiterFault};
use crate::ir::{
    Acceptor, AcceptorState, Expression, ExpressionKind, Matcher, Operation, Service, States,
    ValueType, Waiter,
};
use crate::source::waiters as source;
use crate::warning::{Warning, WarningKind};

/// The default of the maximum delay between two polls, in seconds.
const DEFAULT_MAX_DELAY: u32 = 120;

const STATES: [(&str, AcceptorState); 3] = [
    ("success", AcceptorState::Success),
    ("failure", AcceptorState::Failure),
    ("retry", AcceptorState::Retry),
];

const MATCHERS: [&str; 5] = ["path", "pathAll", "pathAny", "status", "error"];

/// The maximum number of acceptors of a waiter. The waiters of AWS have at most 15.
const MAX_ACCEPTORS: usize = 100;

/// The names of waiters by their names in lowercase.
pub(super) type Names = HashMap<String, String>;

/// The place of a waiter in a file, and the names of botocore's keys there.
pub(super) struct Place {
    pub(super) path: String,
    pub(super) keys: &'static [(&'static str, &'static str)],
}

impl Place {
    fn at(&self, key: &str) -> String {
        let renamed = self.keys.iter().find(|(known, _)| *known == key);
        format!("{}.{}", self.path, renamed.map_or(key, |(_, key)| key))
    }
}

/// Lowers the waiters of `waiters-2.json`.
pub(super) fn attach(file: &source::Waiters, service: &mut Service, report: &mut Report) {
    unique("waiters.", &file.waiters, report);
    unique("polls.", &file.polls, report);
    let mut polls = BTreeMap::new();
    for (name, poll) in file.polls.iter() {
        let path = format!("polls.{name}");
        if let Some(operation) = find(service, name, &path, report) {
            let poll = poll::lower(poll, operation, service, &path, report);
            polls.insert(name.to_owned(), poll);
        }
    }
    service.polls.append(&mut polls);
    let names = service.waiters.keys();
    let mut known: Names = names
        .map(|it| (it.to_ascii_lowercase(), it.clone()))
        .collect();
    for (name, waiter) in file.waiters.iter() {
        let path = format!("waiters.{name}");
        let place = Place { path, keys: &[] };
        add(name, waiter, &place, &mut known, service, report);
    }
    let waiters = service.waiters.values().map(|it| &it.operation);
    let of_file = file.waiters.iter().map(|(_, waiter)| &waiter.operation);
    let polled: BTreeSet<&String> = waiters.chain(of_file).collect();
    for name in service.polls.keys() {
        if !polled.contains(name) {
            report.fault(format!("polls.{name}"), WaiterFault::UnusedPoll);
        }
    }
}

/// Lowers a waiter, which replaces one with the same name. One with an invalid name is left out.
pub(super) fn add(
    name: &str,
    waiter: &source::Waiter,
    place: &Place,
    known: &mut Names,
    service: &mut Service,
    report: &mut Report,
) {
    let is_visible = names::check_name(&place.path, name, report);
    let is_valid = check_name(name, &place.path, known, report) && is_visible;
    if let Some(operation) = find(service, &waiter.operation, &place.at("operation"), report) {
        let mut warnings = Vec::new();
        let waiter = lower_waiter(waiter, operation, service, place, &mut warnings, report);
        service.warnings.append(&mut warnings);
        service.polls.entry(waiter.operation.clone()).or_default();
        if is_valid {
            service.waiters.insert(name.to_owned(), waiter);
        }
    }
}

/// Reports a name without a valid form in Rust, or with the same form as another waiter. Returns whether it is neither.
fn check_name(name: &str, path: &str, known: &mut Names, report: &mut Report) -> bool {
    let letter_first = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !letter_first || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        let (name, scope) = (name.to_owned(), Scope::Waiter);
        report.fault(path, NameFault::NotRust { name, scope });
        return false;
    }
    let other = known.entry(name.to_ascii_lowercase());
    let other = other.or_insert_with(|| name.to_owned());
    if other != name {
        let fault = NameFault::Same {
            names: [other.clone(), name.to_owned()],
            rust: name.to_lowercase(),
            scope: Scope::Waiter,
        };
        report.fault(path, fault);
        return false;
    }
    true
}

fn find<'a>(
    service: &'a Service,
    name: &str,
    path: &str,
    report: &mut Report,
) -> Option<&'a Operation> {
    let found = super::operation(service, name, report);
    found.map_err(|fault| report.fault(path, fault)).ok()
}

/// Returns the output of an operation, at which expressions start.
fn output(operation: &Operation) -> Expression {
    // The output can be empty and have no shape.
    expression::current(ValueType::Shape(
        operation.output.clone().unwrap_or_default(),
    ))
}

fn lower_waiter(
    waiter: &source::Waiter,
    operation: &Operation,
    service: &Service,
    place: &Place,
    warnings: &mut Vec<Warning>,
    report: &mut Report,
) -> Waiter {
    let absent_is_success = match waiter.absent.as_deref() {
        Some("success") => true,
        Some("retry") | None => false,
        Some(other) => {
            let suggestion = Suggestion::similar(other, ["success", "retry"]);
            let fault = Fault::unknown(Item::Absence, other, suggestion);
            report.fault(place.at("absent"), fault);
            false
        }
    };
    for (i, name) in waiter.after.iter().enumerate() {
        find(service, name, &place.at(&format!("after[{i}]")), report);
    }
    if waiter.delay == 0 {
        report.fault(place.at("delay"), WaiterFault::NoDelay);
    }
    let max_delay = waiter
        .max_delay
        .unwrap_or(DEFAULT_MAX_DELAY.max(waiter.delay));
    if max_delay < waiter.delay {
        report.fault(place.at("maxDelay"), WaiterFault::DelayOrder);
    }
    let resources = (service.polls.get(&waiter.operation)).and_then(|it| it.resources.as_ref());
    let list = resources.and_then(|resources| match &resources.list.kind {
        ExpressionKind::Member(_, name) => Some((name, &resources.state_path)),
        _ => None,
    });
    let states = list.and_then(|(list, state)| {
        let argument = format!("{list}[].{state}");
        let states = states(waiter, &argument);
        let fault = |i| {
            let fault = WaiterFault::NotByState { argument };
            report.fault(place.at(&format!("acceptors[{i}]")), fault);
        };
        states.map_err(fault).ok()
    });
    if waiter.acceptors.len() > MAX_ACCEPTORS {
        let fault = WaiterFault::TooManyAcceptors { max: MAX_ACCEPTORS };
        report.fault(place.at("acceptors"), fault);
    }
    let mut acceptors = Vec::new();
    for (i, acceptor) in waiter.acceptors.iter().take(MAX_ACCEPTORS).enumerate() {
        let place = Place {
            path: place.at(&format!("acceptors[{i}]")),
            keys: place.keys,
        };
        match lower_acceptor(acceptor, operation, service, absent_is_success, report) {
            Ok((acceptor, remarks)) => {
                acceptors.push(acceptor);
                let remarks = remarks.into_iter();
                warnings.extend(remarks.map(|kind| Warning::new(&place.path, kind)));
            }
            Err((key, fault)) => report.fault(place.at(key), fault),
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
        states,
    }
}

/// Returns the states that the acceptors of a waiter compare. An error is the index of another acceptor.
fn states(waiter: &source::Waiter, argument: &str) -> Result<States, usize> {
    let mut states = States::default();
    for (i, acceptor) in waiter.acceptors.iter().enumerate() {
        let expected = acceptor.expected.as_str().ok_or(i)?.to_owned();
        let on_state = acceptor.argument.as_deref() == Some(argument);
        let kind = (acceptor.matcher.as_str(), acceptor.state.as_str());
        match kind {
            ("pathAll", "success") if on_state => states.goal.push(expected),
            ("pathAny", "failure") if on_state => states.failure.push(expected),
            ("error", "retry") => states.retried.push(expected),
            _ => return Err(i),
        }
    }
    Ok(states)
}

/// Lowers an acceptor, and returns warnings about it. An error contains the key with the fault.
fn lower_acceptor(
    acceptor: &source::Acceptor,
    operation: &Operation,
    service: &Service,
    absent_is_success: bool,
    report: &mut Report,
) -> Result<(Acceptor, Vec<WarningKind>), (&'static str, Fault)> {
    let known = STATES.map(|(name, _)| name);
    let state = STATES.iter().find(|(name, _)| *name == acceptor.state);
    let Some((_, state)) = state else {
        let suggestion = Suggestion::similar(&acceptor.state, known);
        return Err((
            "state",
            Fault::unknown(Item::State, &acceptor.state, suggestion),
        ));
    };
    let expected = &acceptor.expected;
    let invalid = |allowed| {
        let value = expected.to_string();
        ("expected", WaiterFault::Expected { value, allowed }.into())
    };
    let all = match absent_is_success && *state == AcceptorState::Success {
        true => Matched::All,
        false => Matched::NonEmptyAll,
    };
    let mut remarks = Vec::new();
    let mut output = |matched| {
        let argument = acceptor.argument.as_deref().unwrap_or_default();
        let output = output(operation);
        let lowered = expression::acceptor(argument, matched, expected, service, output, report);
        let (condition, found) = lowered.map_err(|fault| ("argument", fault.into()))?;
        remarks = found;
        if condition.kind == ExpressionKind::Boolean(false) {
            remarks.push(WarningKind::NeverMatches);
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
        ("error", _) => return Err(invalid("a code, true or false")),
        ("status", status) => match status.as_u64().and_then(|it| u16::try_from(it).ok()) {
            // The supported protocols have no other status for success.
            Some(200) => Matcher::AnyOutput,
            Some(status @ 300..=599) => Matcher::Status(status),
            _ => return Err(invalid("200 or the status of an error")),
        },
        (other, _) => {
            let suggestion = Suggestion::among(other, MATCHERS);
            return Err(("matcher", Fault::unknown(Item::Matcher, other, suggestion)));
        }
    };
    let state = *state;
    Ok((Acceptor { state, matcher }, remarks))
}
