//! The resources that a waiter waits for: their states in a response, and whether what contains them exists.

use std::collections::HashSet;
use std::sync::Arc;

use super::error::{NotFound, Progress, ResourceStatus};
use super::{AcceptorState, Output, PollResult, Polled, Waiter};
use crate::handle::Handle;
use crate::request::Request;

use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// A resource in a response.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    pub id: Option<&'a str>,
    pub state: Option<&'a str>,
    pub code: Option<&'a str>,
    pub message: Option<&'a str>,
}

impl Resource<'_> {
    fn is_in(&self, states: &[&str]) -> bool {
        self.state.is_some_and(|state| states.contains(&state))
    }

    fn status(&self) -> ResourceStatus {
        ResourceStatus {
            id: self.id.unwrap_or("-").to_owned(),
            state: Some(self.state.unwrap_or("-").to_owned()),
            error_code: self.code.map(str::to_owned),
            error_message: self.message.map(str::to_owned),
        }
    }
}

/// The meaning of a response for a waiter whose goal is a state of all resources.
pub(super) fn accept<W: Waiter>(result: PollResult<'_, W::Input>) -> Option<AcceptorState> {
    let output = match result {
        Ok(output) => output,
        Err(error) => {
            let code = error.code()?;
            return W::RETRIED.contains(&code).then_some(AcceptorState::Retry);
        }
    };
    let resources = W::Input::resources(output);
    let may_be_empty = W::ABSENT == AcceptorState::Success;
    if resources.iter().all(|it| it.is_in(W::GOAL)) && (may_be_empty || !resources.is_empty()) {
        return Some(AcceptorState::Success);
    }
    let failed = resources.iter().any(|it| it.is_in(W::FAILURE));
    failed.then_some(AcceptorState::Failure)
}

/// Returns the resources that have not reached the goal, those first that have failed.
pub(super) fn progress<W: Waiter>(output: Option<&Output<W>>, ids: &[String]) -> Progress {
    let resources = output.map(W::Input::resources).unwrap_or_default();
    let total = if ids.is_empty() {
        resources.len()
    } else {
        ids.len()
    };
    let listed: HashSet<&str> = resources.iter().filter_map(|it| it.id).collect();
    let absent = ids.iter().filter(|id| {
        output.is_some() && W::ABSENT == AcceptorState::Retry && !listed.contains(id.as_str())
    });
    let absent = absent.map(|id| ResourceStatus {
        id: id.clone(),
        state: None,
        error_code: None,
        error_message: None,
    });
    let (mut failed, others): (Vec<_>, Vec<_>) = (resources.iter())
        .filter(|it| !it.is_in(W::GOAL))
        .partition(|it| it.is_in(W::FAILURE));
    failed.extend(others);
    Progress {
        name: W::Input::RESOURCES,
        goal: W::GOAL,
        unfinished: failed
            .into_iter()
            .map(Resource::status)
            .chain(absent)
            .collect(),
        total,
    }
}

/// Looks for the resource `id`, to which a list is restricted, with the operation that lists its kind. Returns an error if there is
/// none, and nothing if this cannot be found out.
#[doc(hidden)]
pub async fn look_for<I: Polled>(
    handle: &Arc<Handle>,
    id: Option<String>,
    request: impl FnOnce(String) -> I,
) -> Option<NotFound> {
    let id = id?;
    let request = Request::new(handle.clone(), request(id.clone()));
    let output = request.send().await.ok()?;
    let among = I::RESOURCES;
    I::listed(&output)
        .is_empty()
        .then_some(NotFound { id, among })
}
