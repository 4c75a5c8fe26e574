//! What a program adds to the calls of a client: interceptors, retry classifiers and runtime plugins.
//!
//! | file | subject |
//! |---|---|
//! | this one | [`Extensions`], a setting |
//! | `execution` | the state of a call that hooks see, and running the hooks |
//! | `bag` | the settings that hooks see, and those that they and the plugins change |
//! | `failure` | the failures of the runtime as errors that hooks see, and back |
//! | `classifiers` | the rules for retries as classifiers, so that others can run before and after them |
//!
//! The lifecycle of a call with hooks is in [`orchestrator::intercepted`](crate::orchestrator::intercepted).
//!
//! The functions that only calls with hooks need are `#[inline]`. The compiler generates code for such a function in the crates
//! that use it, so the builds of the runtime and of a generated crate do not include them.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_runtime_api::client::runtime_plugin::SharedRuntimePlugin;

use crate::operation::{EndpointParams, Service};
use crate::orchestrator::intercepted::{self, Run};
#[cfg(feature = "presigning")]
use crate::presigning::intercepted as presigning;

pub(crate) mod bag;
mod classifiers;
pub(crate) mod execution;
pub(crate) mod failure;

/// The interceptors, retry classifiers and runtime plugins of a client, or of a single request.
///
/// Only a program that adds one contains what they need: the setters alone create the trait object.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Extensions(Option<Arc<dyn Extend>>);

impl Extensions {
    /// The interceptors, in the order in which they were added.
    pub fn interceptors(&self) -> &[SharedInterceptor] {
        self.lists().map_or(&[], |lists| &lists.interceptors)
    }

    /// The retry classifiers, in the order in which they were added.
    pub fn retry_classifiers(&self) -> &[SharedRetryClassifier] {
        self.lists().map_or(&[], |lists| &lists.retry_classifiers)
    }

    /// The runtime plugins, in the order in which they were added.
    pub(crate) fn runtime_plugins(&self) -> &[SharedRuntimePlugin] {
        self.lists().map_or(&[], |lists| &lists.runtime_plugins)
    }

    /// Changes the lists of a client or a request of service `S`.
    pub fn change<S: Service>(&mut self, change: impl FnOnce(&mut Lists)) {
        let mut lists = self.lists().cloned().unwrap_or_default();
        change(&mut lists);
        self.0 = Some(Arc::new(Added::<S> {
            lists,
            service: PhantomData,
        }));
    }

    /// These extensions, followed by those of `other`.
    pub(crate) fn followed_by(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (Some(first), Some(second)) => Self(Some(first.followed_by(&**second))),
            (first, second) => Self(first.clone().or_else(|| second.clone())),
        }
    }

    /// How calls are made; `None` if there are no extensions.
    pub(crate) fn run(&self) -> Option<Run> {
        Some(self.0.as_ref()?.run())
    }

    /// How requests are presigned; `None` if there are no extensions.
    #[cfg(feature = "presigning")]
    pub(crate) fn presign(&self) -> Option<presigning::Run> {
        Some(self.0.as_ref()?.presign())
    }

    /// The functions for the parameters of the endpoint rules.
    pub(crate) fn endpoint_params(&self) -> Option<EndpointParams> {
        self.0.as_ref()?.endpoint_params()
    }

    fn lists(&self) -> Option<&Lists> {
        self.0.as_ref().map(|extensions| extensions.lists())
    }
}

/// The lists of extensions.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// The interceptors.
    pub interceptors: Vec<SharedInterceptor>,
    /// The retry classifiers.
    pub retry_classifiers: Vec<SharedRetryClassifier>,
    /// The runtime plugins.
    pub runtime_plugins: Vec<SharedRuntimePlugin>,
}

/// What a client with extensions contains.
trait Extend: fmt::Debug + Send + Sync {
    fn lists(&self) -> &Lists;

    fn followed_by(&self, other: &dyn Extend) -> Arc<dyn Extend>;

    /// How calls are made.
    fn run(&self) -> Run;

    /// How requests are presigned.
    #[cfg(feature = "presigning")]
    fn presign(&self) -> presigning::Run;

    /// See [`Service::ENDPOINT_PARAMS`]. A client without extensions does not contain these functions.
    fn endpoint_params(&self) -> Option<EndpointParams>;
}

/// The extensions of a client of service `S`.
struct Added<S> {
    lists: Lists,
    service: PhantomData<fn() -> S>,
}

impl<S: Service> Extend for Added<S> {
    fn lists(&self) -> &Lists {
        &self.lists
    }

    fn followed_by(&self, other: &dyn Extend) -> Arc<dyn Extend> {
        let mut lists = self.lists.clone();
        let other = other.lists();
        lists.interceptors.extend_from_slice(&other.interceptors);
        lists
            .retry_classifiers
            .extend_from_slice(&other.retry_classifiers);
        lists
            .runtime_plugins
            .extend_from_slice(&other.runtime_plugins);
        let service = PhantomData;
        Arc::new(Self { lists, service })
    }

    fn run(&self) -> Run {
        intercepted::run
    }

    #[cfg(feature = "presigning")]
    fn presign(&self) -> presigning::Run {
        presigning::run
    }

    fn endpoint_params(&self) -> Option<EndpointParams> {
        S::ENDPOINT_PARAMS
    }
}

impl<S> fmt::Debug for Added<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lists.fmt(f)
    }
}

impl fmt::Debug for Extensions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
