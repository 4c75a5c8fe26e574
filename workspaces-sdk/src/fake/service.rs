//! From a request to its answer: what every call goes through, whatever carried it.

use std::time::{Duration, SystemTime};

use aws_smithy_types::Document;

use super::limiter::Limiter;
use super::operations::{OPERATIONS, Row};
use super::refusal::{Refusal, code};
use super::state::State;
use crate::generated::constraints::CONSTRAINTS;
use crate::generated::service::SERVICE;
use crate::runtime::constraint;
use crate::runtime::json::{self, Encode, Encoder};

/// How many calls are remembered.
const REMEMBERED: usize = 10_000;

/// A call that was answered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Call {
    /// The operation, as `DescribeWorkspaces`; what was asked for, when there is none of that name.
    pub operation: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The name of the exception that refused it.
    pub error: Option<String>,
    /// When it came, by the clock of the service.
    pub at: SystemTime,
}

/// An answer on its way out.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    pub(super) request_id: String,
    pub(super) call: Call,
    /// How much later it comes than usual.
    pub(super) delay: Duration,
}

/// The service: its state, and what guards its door.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) state: State,
    pub(super) limiter: Option<Limiter>,
    pub(super) calls: Vec<Call>,
}

impl Service {
    /// Answers a call for `target`, what the header `X-Amz-Target` says.
    pub(super) fn answer(&mut self, now: SystemTime, target: &str, body: &[u8]) -> Answer {
        self.state.settle(now);
        let prefix = SERVICE.target_prefix;
        let named = target
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix('.'));
        let operation = named.unwrap_or(target);
        let known = named.and_then(|named| OPERATIONS.iter().find(|(name, _)| *name == named));
        let delay = self.state.faults.delay(operation);
        let (status, body, error) = match self.try_answer(operation, known, body) {
            Ok(body) => (200, body, None),
            Err(refusal) => (refusal.status, json::encode(&refusal), Some(refusal.code)),
        };
        if self.calls.len() >= REMEMBERED {
            self.calls.drain(..REMEMBERED / 2);
        }
        let call = Call {
            operation: operation.to_owned(),
            status,
            error,
            at: now,
        };
        self.calls.push(call.clone());
        Answer {
            status,
            body,
            request_id: self.state.ids.next_uuid(),
            call,
            delay,
        }
    }

    fn try_answer(
        &mut self,
        operation: &str,
        known: Option<&Row>,
        body: &[u8],
    ) -> Result<Vec<u8>, Refusal> {
        let now = self.state.now;
        let limited = self.limiter.as_mut().is_some_and(|it| !it.lets_in(now));
        if limited {
            return Err(Refusal::throttled());
        }
        if let Some(refusal) = self.state.faults.refusal(operation) {
            return Err(refusal);
        }
        let Some((name, answer)) = known else {
            let why = format!("The offline service has no operation {operation:?}.");
            return Err(Refusal::new(code::UNKNOWN_OPERATION, why));
        };
        let input: Document = json::decode(body)
            .map_err(|error| Refusal::new(code::SERIALIZATION, error.to_string()))?;
        constraint::check(CONSTRAINTS, name, &input)
            .map_err(|why| Refusal::new(code::VALIDATION, why))?;
        answer(&mut self.state, body)
    }
}

impl Encode for Refusal {
    fn encode(&self, out: &mut Encoder) {
        let mut object = out.object();
        object.member("__type", &self.code);
        object.member("message", &self.message);
        object.member("ResourceId", &self.resource);
        object.end();
    }
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::CONSTRAINTS;

    #[test]
    fn every_pattern_of_the_model_is_understood() {
        let patterns = CONSTRAINTS
            .iter()
            .filter_map(|(name, demand)| Some((name, demand.matching?)));
        assert!(patterns.clone().count() > 0);
        let broken: Vec<_> = patterns
            .filter_map(|(name, pattern)| Some((name, Regex::new(pattern).err()?)))
            .collect();
        assert!(broken.is_empty(), "{broken:#?}");
    }
}
