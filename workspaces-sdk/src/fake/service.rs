//! Request handling that is common to all operations and transports.

use std::error::Error as _;
use std::time::{Duration, SystemTime};

use aws_smithy_types::Document;
use lean_aws_runtime::codegen::Service as _;
use lean_aws_runtime::codegen::json::{self, DecodeError, Encode, Encoder};

use super::call::{Call, Calls, Input};
use super::limiter::RateLimiter;
use super::operations::{Handler, OPERATIONS};
use super::saved::StateFile;
use super::service_error::{ServiceError, code};
use super::state::State;
use super::violations;
use crate::generated::constraints::CONSTRAINTS;
use crate::service::ThisService;

/// The maximum length of the name of an operation that is recorded, in bytes.
const MAX_NAME: usize = 128;

/// The response to a call.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    pub(super) request_id: String,
    pub(super) call: Call,
    /// A pseudo-random number, which depends on the seed and the number of calls.
    pub(super) random: u64,
    /// The time by which the response is delayed.
    pub(super) delay: Duration,
}

/// The service: its state, its rate limit and the recorded calls.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) state: State,
    pub(super) limiter: Option<RateLimiter>,
    pub(super) calls: Calls,
    /// The file that keeps the state.
    pub(super) file: Option<StateFile>,
    /// Whether the state has changed since it was written to the file.
    pub(super) is_unsaved: bool,
}

impl Service {
    /// Handles a call, given its `X-Amz-Target` header and its body, or the reason why the body cannot be read.
    pub(super) fn handle(
        &mut self,
        now: SystemTime,
        target: &str,
        body: Result<&[u8], DecodeError>,
    ) -> Response {
        self.is_unsaved |= self.state.advance_to(now);
        let prefix = ThisService::METADATA.target_prefix;
        let name = target
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix('.'));
        // A target that is no operation can be long, and is recorded.
        let operation = name.unwrap_or(target);
        let operation = operation.get(..MAX_NAME).unwrap_or(operation);
        let handler = name.and_then(|name| OPERATIONS.iter().find(|(it, _)| *it == name));
        let delay = self.state.faults.delay(operation);
        let size = body.as_ref().map_or(0, |body| body.len());
        let mut input = None;
        let result = self.dispatch(operation, handler, body, &mut input);
        self.is_unsaved |= result.is_ok() && !is_read_only(operation);
        let (status, body, error) = match self.save().and(result) {
            Ok(body) => (200, body, None),
            Err(error) => (error.status, json::encode(&error), Some(error.code)),
        };
        let call = Call {
            operation: operation.to_owned(),
            status,
            error,
            at: now,
            input,
        };
        self.calls.record(call.clone(), size);
        Response {
            status,
            body,
            request_id: self.state.ids.next_uuid(),
            random: self.state.ids.random(),
            call,
            delay,
        }
    }

    /// Writes the state to the file if it has changed.
    ///
    /// # Errors
    /// Returns an InternalServerError if it cannot be written.
    fn save(&mut self) -> Result<(), ServiceError> {
        let Some(file) = self.file.as_ref().filter(|_| self.is_unsaved) else {
            return Ok(());
        };
        file.write(&self.state).map_err(|error| {
            let cause = error.source().map(ToString::to_string);
            let message = format!("{error}: {}", cause.unwrap_or_default());
            ServiceError {
                status: 500,
                ..ServiceError::new(code::INTERNAL_SERVER_ERROR, message)
            }
        })?;
        self.is_unsaved = false;
        Ok(())
    }

    fn dispatch(
        &mut self,
        operation: &str,
        handler: Option<&(&str, Handler)>,
        body: Result<&[u8], DecodeError>,
        recorded: &mut Option<Input>,
    ) -> Result<Vec<u8>, ServiceError> {
        let now = self.state.now;
        let limiter = self.limiter.as_mut();
        if limiter.is_some_and(|limiter| !limiter.try_acquire(now)) {
            return Err(ServiceError::throttled());
        }
        if let Some(error) = self.state.faults.call_error(operation) {
            return Err(error);
        }
        let Some((name, handler)) = handler else {
            let message =
                format!("The offline service does not support the operation {operation:?}.");
            return Err(ServiceError::new(code::UNKNOWN_OPERATION, message));
        };
        let read = |body| json::decode(body).map(|input: Document| (body, input));
        let (body, input) = body
            .and_then(read)
            .map_err(|error| ServiceError::new(code::SERIALIZATION, error.to_string()))?;
        violations::check(CONSTRAINTS, name, &input)
            .map_err(|message| ServiceError::new(code::VALIDATION, message))?;
        handler(&mut self.state, body, recorded)
    }
}

/// Whether an operation does not change the state.
fn is_read_only(operation: &str) -> bool {
    let mut prefixes = ["Describe", "Get", "List"].iter();
    prefixes.any(|prefix| operation.starts_with(prefix))
}

impl Encode for ServiceError {
    fn encode(&self, out: &mut Encoder) {
        let mut object = out.object();
        object.member("__type", &self.code);
        let message = Some(&self.message).filter(|message| !message.is_empty());
        object.member("message", &message);
        object.member("ResourceId", &self.resource);
        object.end();
    }
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::CONSTRAINTS;

    #[test]
    fn every_pattern_of_the_model_compiles() {
        let patterns = CONSTRAINTS
            .iter()
            .filter_map(|(name, constraint)| Some((name, constraint.pattern?)));
        assert!(patterns.clone().count() > 0);
        let errors: Vec<_> = patterns
            .filter_map(|(name, pattern)| Some((name, Regex::new(pattern).err()?)))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}
