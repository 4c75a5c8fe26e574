//! Lowers the trait `waitable`.

use serde_json::Value;

use super::Lower;
use crate::diagnostic::WaiterFault;
use crate::ir;
use crate::lower::waiter::{self, Place};
use crate::source::Entries;
use crate::source::smithy::{self as source, Comparator, Matcher, OutputMatcher, Waitable};
use crate::source::waiters::{Acceptor, Waiter};
use crate::warning::{Warning, WarningKind};

const ID: &str = "smithy.waiters#waitable";

/// The default of the minimum and the maximum delay, in seconds.
const DEFAULT_DELAYS: (u32, u32) = (2, 120);

/// The keys of botocore's format and the corresponding keys of the trait.
const KEYS: &[(&str, &str)] = &[
    ("delay", "minDelay"),
    ("argument", "matcher.output.path"),
    ("expected", "matcher.output.expected"),
];

impl<'a> Lower<'a> {
    /// Lowers the waiters of an operation.
    pub(super) fn waiters(&mut self, name: &str, id: &'a str, service: &mut ir::Service) {
        let traits = self.traits_of(id);
        let waitable: Option<Entries<Waitable>> = self.get(&traits, ID);
        let trait_path = format!("shapes.{id}.traits.{ID}");
        for (waiter, waitable) in waitable.iter().flat_map(Entries::iter) {
            let path = format!("{trait_path}.{waiter}");
            let mut acceptors = waitable.acceptors.iter().enumerate();
            let one_key = |(i, acceptor): (usize, &source::Acceptor)| {
                let has_one = keys(&acceptor.matcher) == 1;
                if !has_one {
                    let path = format!("{path}.acceptors[{i}].matcher");
                    self.report.fault(path, WaiterFault::MatcherKeys);
                }
                has_one
            };
            if !acceptors.all(one_key) {
                continue;
            }
            let Some(acceptors) = waitable.acceptors.iter().map(acceptor).collect() else {
                let kind = WarningKind::WaiterOfInput;
                self.warnings.insert(Warning::new(path, kind));
                continue;
            };
            let lowered = Waiter {
                description: waitable.documentation.clone(),
                operation: name.to_owned(),
                delay: waitable.min_delay.unwrap_or(DEFAULT_DELAYS.0),
                max_delay: Some(waitable.max_delay.unwrap_or(DEFAULT_DELAYS.1)),
                absent: None,
                after: Vec::new(),
                acceptors,
            };
            let place = Place { path, keys: KEYS };
            waiter::add(
                waiter,
                &lowered,
                &place,
                &mut self.waiters,
                service,
                &mut self.report,
            );
        }
    }
}

/// Returns the number of keys of a matcher.
fn keys(matcher: &Matcher) -> usize {
    let Matcher {
        success,
        error_type,
        output,
        input_output,
    } = matcher;
    let keys = [
        success.is_some(),
        error_type.is_some(),
        output.is_some(),
        input_output.is_some(),
    ];
    keys.into_iter().filter(|is_present| *is_present).count()
}

/// Converts an acceptor to botocore's format. Returns `None` if it depends on the input.
fn acceptor(acceptor: &source::Acceptor) -> Option<Acceptor> {
    let Matcher {
        success,
        error_type,
        output,
        ..
    } = &acceptor.matcher;
    let (matcher, argument, expected) = if let Some(success) = success {
        ("error", None, Value::Bool(!success))
    } else if let Some(code) = error_type {
        let code = code.split_once('#').map_or(code.as_str(), |(_, name)| name);
        ("error", None, Value::String(code.to_owned()))
    } else {
        let output = output.as_ref()?;
        let (matcher, expected) = output_matcher(output);
        (matcher, Some(output.path.clone()), expected)
    };
    Some(Acceptor {
        state: acceptor.state.clone(),
        matcher: matcher.to_owned(),
        argument,
        expected,
    })
}

/// Returns the expected value of a comparison with a boolean.
fn boolean(expected: &str) -> Value {
    match expected {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        // No boolean equals a string, which results in a warning.
        _ => Value::String(expected.to_owned()),
    }
}

fn output_matcher(output: &OutputMatcher) -> (&'static str, Value) {
    let string = || Value::String(output.expected.clone());
    match output.comparator {
        Comparator::Boolean => ("path", boolean(&output.expected)),
        Comparator::String => ("path", string()),
        Comparator::AllStrings => ("pathAll", string()),
        Comparator::AnyString => ("pathAny", string()),
    }
}
