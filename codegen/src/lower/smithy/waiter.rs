//! The trait `waitable`.

use serde_json::Value;

use super::Lower;
use crate::ir;
use crate::lower::waiter::{self, Place};
use crate::source::Entries;
use crate::source::smithy::{Comparator, Matcher, OutputMatcher, Waitable};
use crate::source::waiters::{Acceptor, Waiter};
use crate::warning::{Warning, WarningKind};

const ID: &str = "smithy.waiters#waitable";

/// The delays that the trait has where it does not say them, in seconds.
const DELAYS: (u32, u32) = (2, 120);

/// What the keys of botocore's format are in the trait.
const KEYS: &[(&str, &str)] = &[
    ("delay", "minDelay"),
    ("argument", "matcher.output.path"),
    ("expected", "matcher.output.expected"),
];

impl<'a> Lower<'a> {
    /// Gives the service the waiters of an operation.
    pub(super) fn waiters(&mut self, name: &str, id: &'a str, service: &mut ir::Service) {
        let traits = self.traits_of(id);
        let waitable: Option<Entries<Waitable>> = self.get(&traits, ID);
        let trait_path = format!("shapes.{id}.traits.{ID}");
        for (waiter, waitable) in waitable.iter().flat_map(Entries::iter) {
            let path = format!("{trait_path}.{waiter}");
            let Some(acceptors) = waitable.acceptors.iter().map(acceptor).collect() else {
                let kind = WarningKind::WaiterOfInput;
                self.warnings.insert(Warning::new(path, kind));
                continue;
            };
            let lowered = Waiter {
                description: waitable.documentation.clone(),
                operation: name.to_owned(),
                delay: waitable.min_delay.unwrap_or(DELAYS.0),
                max_delay: Some(waitable.max_delay.unwrap_or(DELAYS.1)),
                absent: None,
                after: Vec::new(),
                acceptors,
            };
            let place = Place { path, keys: KEYS };
            waiter::add(waiter, &lowered, &place, service, &mut self.report);
        }
    }
}

/// An acceptor in botocore's words; none if it looks at the input.
fn acceptor(acceptor: &crate::source::smithy::Acceptor) -> Option<Acceptor> {
    let (matcher, argument, expected) = match &acceptor.matcher {
        Matcher::Success(success) => ("error", None, Value::Bool(!success)),
        Matcher::ErrorType(code) => {
            let code = code.split_once('#').map_or(code.as_str(), |(_, name)| name);
            ("error", None, Value::String(code.to_owned()))
        }
        Matcher::Output(output) => {
            let (matcher, expected) = output_matcher(output);
            (matcher, Some(output.path.clone()), expected)
        }
        Matcher::InputOutput(_) => return None,
    };
    Some(Acceptor {
        state: acceptor.state.clone(),
        matcher: matcher.to_owned(),
        argument,
        expected,
    })
}

fn output_matcher(output: &OutputMatcher) -> (&'static str, Value) {
    let text = || Value::String(output.expected.clone());
    match output.comparator {
        Comparator::Boolean => ("path", Value::Bool(output.expected == "true")),
        Comparator::String => ("path", text()),
        Comparator::AllStrings => ("pathAll", text()),
        Comparator::AnyString => ("pathAny", text()),
    }
}
