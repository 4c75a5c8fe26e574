//! The initial state of an offline service.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_async::time::TimeSource;

use super::clock::MAX_ELAPSED;
use super::limiter::RateLimiter;
use super::service::Service;
use super::state::State;
use super::{BUNDLE_ID, Call, Clock, Fake, bundles, directories, workspaces};

/// A callback for every completed call.
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
    visibility_delay: Duration,
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
            visibility_delay: Duration::ZERO,
            directories: Vec::new(),
            unregistered: Vec::new(),
            fleets: Vec::new(),
            observer: None,
        }
    }
}

impl Builder {
    /// Sets the Region. The default is `us-east-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Sets the account ID, which has twelve digits. The default is `123456789012`.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = account.into();
        self
    }

    /// Sets the clock. The default is [`Clock::manual`].
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Sets the seed for the generated identifiers. The default is 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Limits the rate of calls and throttles those that exceed it. By default there is no limit.
    ///
    /// Amazon WorkSpaces allows 2 calls per second with a burst of 5.
    pub fn rate(mut self, per_second: u32, burst: u32) -> Self {
        self.rate = Some((per_second, burst));
        self
    }

    /// Sets the time after which descriptions contain a new WorkSpace. The default is zero.
    ///
    /// Amazon WorkSpaces can omit a WorkSpace from descriptions for a short time after its creation.
    pub fn visibility_delay(mut self, delay: Duration) -> Self {
        self.visibility_delay = delay.min(MAX_ELAPSED);
        self
    }

    /// Adds a registered directory with the given users. If there are none, it accepts every user name.
    pub fn directory<U: Into<String>>(
        mut self,
        directory_id: impl Into<String>,
        users: impl IntoIterator<Item = U>,
    ) -> Self {
        let users = users.into_iter().map(Into::into).collect();
        self.directories.push((directory_id.into(), users));
        self
    }

    /// Adds a directory that exists but is not registered with WorkSpaces, with the given users. If
    /// there are none, it accepts every user name.
    pub fn unregistered_directory<U: Into<String>>(
        mut self,
        directory_id: impl Into<String>,
        users: impl IntoIterator<Item = U>,
    ) -> Self {
        let users = users.into_iter().map(Into::into).collect();
        self.unregistered.push((directory_id.into(), users));
        self
    }

    /// Adds `count` WorkSpaces in the state `AVAILABLE` to a directory. Their users are `user-000001`,
    /// `user-000002` and so on.
    pub fn fleet(mut self, directory_id: impl Into<String>, count: usize) -> Self {
        self.fleets.push((directory_id.into(), count));
        self
    }

    /// Sets a callback that receives every completed call, for example to log it.
    pub fn on_call(mut self, observer: impl Fn(&Call) + Send + Sync + 'static) -> Self {
        self.observer = Some(Observer(Arc::new(observer)));
        self
    }

    /// Starts the service.
    pub fn build(self) -> Fake {
        let clock = self.clock.unwrap_or_else(Clock::manual);
        let mut state = State::new(self.region, self.account, self.seed, clock.now());
        state.visibility_delay = self.visibility_delay;
        state.bundles = bundles::public_bundles();
        for (id, users) in self.unregistered {
            directories::add(&mut state, &id, users, false);
        }
        for (id, users) in self.directories {
            directories::add(&mut state, &id, users, true);
        }
        for (directory, count) in self.fleets {
            workspaces::add_fleet(&mut state, &directory, BUNDLE_ID, count);
        }
        let service = Service {
            state,
            limiter: self
                .rate
                .map(|(per_second, burst)| RateLimiter::new(per_second, burst)),
            calls: Vec::new(),
        };
        Fake {
            service: Arc::new(Mutex::new(service)),
            clock,
            observer: self.observer,
        }
    }
}
