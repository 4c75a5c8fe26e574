//! A service as it is to be at the beginning.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_async::time::TimeSource;

use super::clock::LONGEST;
use super::limiter::Limiter;
use super::service::Service;
use super::state::State;
use super::{BUNDLE_ID, Call, Clock, Fake, bundles, directories, workspaces};

/// Sees every call that was answered.
#[derive(Clone)]
pub(super) struct Observer(pub(super) Arc<dyn Fn(&Call) + Send + Sync>);

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

/// Builds a [`Fake`].
#[derive(Clone, Debug)]
#[must_use]
pub struct Builder {
    region: String,
    account: String,
    clock: Option<Clock>,
    seed: u64,
    rate: Option<(u32, u32)>,
    unseen: Duration,
    directories: Vec<(String, Vec<String>)>,
    unregistered: Vec<(String, Vec<String>)>,
    fleets: Vec<(String, usize)>,
    observer: Option<Observer>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            region: "us-east-1".to_owned(),
            account: "123456789012".to_owned(),
            clock: None,
            seed: 0,
            rate: None,
            unseen: Duration::ZERO,
            directories: Vec::new(),
            unregistered: Vec::new(),
            fleets: Vec::new(),
            observer: None,
        }
    }
}

impl Builder {
    /// Sets the Region; `us-east-1` otherwise.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Sets the account, twelve digits; `123456789012` otherwise.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = account.into();
        self
    }

    /// Sets the clock; [`Clock::manual`] otherwise.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Sets what identifiers are made from: another number gives others.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Limits the rate of calls; what is more is throttled. The service allows 2 calls per second with
    /// a burst of 5; without a limit every call is answered.
    pub fn rate(mut self, per_second: u32, burst: u32) -> Self {
        self.rate = Some((per_second, burst));
        self
    }

    /// Lets a new WorkSpace be missing from descriptions for so long, as happens with the service for
    /// a moment; none is missing otherwise.
    pub fn unseen_for(mut self, time: Duration) -> Self {
        self.unseen = time.min(LONGEST);
        self
    }

    /// Adds a registered directory with these users; without any it knows every user.
    pub fn directory<U: Into<String>>(
        mut self,
        directory_id: impl Into<String>,
        users: impl IntoIterator<Item = U>,
    ) -> Self {
        let users = users.into_iter().map(Into::into).collect();
        self.directories.push((directory_id.into(), users));
        self
    }

    /// Adds a directory that is there but not registered, with these users; without any it knows every
    /// user.
    pub fn unregistered_directory<U: Into<String>>(
        mut self,
        directory_id: impl Into<String>,
        users: impl IntoIterator<Item = U>,
    ) -> Self {
        let users = users.into_iter().map(Into::into).collect();
        self.unregistered.push((directory_id.into(), users));
        self
    }

    /// Adds so many `AVAILABLE` WorkSpaces to a directory, of the users `user-000001` and on.
    pub fn fleet(mut self, directory_id: impl Into<String>, count: usize) -> Self {
        self.fleets.push((directory_id.into(), count));
        self
    }

    /// Shows every call to `observer` when it was answered, for a log, say.
    pub fn on_call(mut self, observer: impl Fn(&Call) + Send + Sync + 'static) -> Self {
        self.observer = Some(Observer(Arc::new(observer)));
        self
    }

    /// Starts the service.
    pub fn build(self) -> Fake {
        let clock = self.clock.unwrap_or_else(Clock::manual);
        let mut state = State::new(self.region, self.account, self.seed, clock.now());
        state.unseen = self.unseen;
        state.bundles = bundles::public();
        for (id, users) in self.unregistered {
            directories::add(&mut state, &id, users, false);
        }
        for (id, users) in self.directories {
            directories::add(&mut state, &id, users, true);
        }
        for (directory, count) in self.fleets {
            workspaces::fleet(&mut state, &directory, BUNDLE_ID, count);
        }
        let service = Service {
            state,
            limiter: self
                .rate
                .map(|(per_second, burst)| Limiter::new(per_second, burst)),
            calls: Vec::new(),
        };
        Fake {
            service: Arc::new(Mutex::new(service)),
            clock,
            observer: self.observer,
        }
    }
}
