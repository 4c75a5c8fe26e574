//! The initial state of an offline service.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_async::time::TimeSource;

use super::clock::MAX_ELAPSED;
use super::limiter::RateLimiter;
use super::saved::{self, StateFile, StateFileError};
use super::service::Service;
use super::state::State;
use super::workspaces::{self, Primary};
use super::{Call, Clock, Fake, Fleet, account_links, bundles, directories};

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
    fleets: Vec<Fleet>,
    byol_eligible: bool,
    invitations: Vec<String>,
    primaries: Vec<(String, Primary)>,
    pool_users: Vec<String>,
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
            byol_eligible: false,
            invitations: Vec::new(),
            primaries: Vec::new(),
            pool_users: Vec::new(),
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

    /// Sets the seed for the generated identifiers and for the jitter of clients. The default is 0.
    ///
    /// Clients wait for a random time before they retry a call or poll again. After a response of the service without a server,
    /// the random numbers of its thread, which are those of the crate `fastrand`, depend on the seed and the number of calls. So the
    /// same program waits for the same times, as long as its calls have the same order.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Limits the rate of calls and throttles those that exceed it. By default there is no limit.
    ///
    /// Up to `burst` calls can be made at once, and `per_second` more in each second of the clock. If `per_second` is 0, every call
    /// after the first `burst` calls is throttled. If `burst` is 0, every call is throttled. Amazon WorkSpaces allows 2 calls per
    /// second with a burst of 5.
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

    /// Adds a registered directory in which `users` exist. If `users` is empty, every user name exists in the directory.
    pub fn directory<U: Into<String>>(
        mut self,
        directory_id: impl Into<String>,
        users: impl IntoIterator<Item = U>,
    ) -> Self {
        let users = users.into_iter().map(Into::into).collect();
        self.directories.push((directory_id.into(), users));
        self
    }

    /// Adds a directory that is not registered with WorkSpaces, in which `users` exist. If `users` is empty, every user name exists
    /// in the directory.
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
    /// `user-000002` and so on. Their running mode is `ALWAYS_ON`, which cannot be stopped; those of
    /// [`add_fleet`](Self::add_fleet) have any.
    pub fn fleet(self, directory_id: impl Into<String>, count: usize) -> Self {
        self.add_fleet(Fleet::new(directory_id, count))
    }

    /// Adds WorkSpaces of any running mode, state and last connection.
    pub fn add_fleet(mut self, fleet: Fleet) -> Self {
        self.fleets.push(fleet);
        self
    }

    /// Sets whether Amazon permits the account to bring its own license (BYOL), which is a request to AWS Support. The default is
    /// `false`. The account can then enable it with `ModifyAccount`; until then, operations that require it fail with an
    /// `AccessDeniedException`.
    pub fn byol_eligible(mut self, eligible: bool) -> Self {
        self.byol_eligible = eligible;
        self
    }

    /// Adds an invitation to an account link by another account, for `AcceptAccountLinkInvitation` or
    /// `RejectAccountLinkInvitation`. [`Fake::answer_account_link`] responds to invitations by this account.
    pub fn account_link_invitation(mut self, source_account: impl Into<String>) -> Self {
        self.invitations.push(source_account.into());
        self
    }

    /// Adds a WorkSpace of another Region, for which `CreateStandbyWorkspaces` can create a standby WorkSpace in this one.
    pub fn primary_workspace(
        mut self,
        region: impl Into<String>,
        workspace_id: impl Into<String>,
        user: impl Into<String>,
    ) -> Self {
        let (region, user) = (region.into(), user.into());
        let primary = Primary { region, user };
        self.primaries.push((workspace_id.into(), primary));
        self
    }

    /// Sets the users who connect to each pool as soon as it runs, as far as its capacity suffices.
    /// [`Fake::connect_to_pool`] connects others.
    pub fn pool_users<U: Into<String>>(mut self, users: impl IntoIterator<Item = U>) -> Self {
        self.pool_users = users.into_iter().map(Into::into).collect();
        self
    }

    /// Sets a callback that receives every completed call, for example to log it.
    pub fn on_call(mut self, observer: impl Fn(&Call) + Send + Sync + 'static) -> Self {
        self.observer = Some(Observer(Arc::new(observer)));
        self
    }

    /// Starts the service.
    pub fn build(self) -> Fake {
        let state = self.initial_state();
        self.start(state, None)
    }

    /// Starts a service with the state that [`Fake::save`] or [`open`](Self::open) saved to a file.
    ///
    /// Of the settings, only the clock, the rate, the visibility delay and the callback apply. The clock is advanced to the time
    /// when the state was saved, unless it is later.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read or does not contain the state of a service.
    pub fn load(self, path: impl AsRef<Path>) -> Result<Fake, StateFileError> {
        let state = saved::read(path.as_ref())?;
        Ok(self.start(state, None))
    }

    /// Starts a service that keeps its state in a file. If the file exists, the service [loads](Self::load) it.
    ///
    /// The service writes the file as [`Fake::save`] does, before it responds to a call that changes the state, or the first call
    /// after a scheduled change. A change by other means, such as [`Fake::set_connected`], is written with the next call. If the
    /// file cannot be written, the call fails with an `InternalServerError` and the status 500.
    /// Each time, the whole state is written, which is about half a kilobyte for each WorkSpace.
    ///
    /// A second service cannot use the file at the same time: the first one locks the file `FILE.lock` beside it.
    ///
    /// # Errors
    /// Returns an error if the file is in use, cannot be read or written, or does not contain the state of a service. It is not
    /// changed in this case.
    pub fn open(self, path: impl AsRef<Path>) -> Result<Fake, StateFileError> {
        let (file, state) = StateFile::open(path.as_ref())?;
        let state = match state {
            Some(state) => state,
            None => {
                let state = self.initial_state();
                file.write(&state)?;
                state
            }
        };
        Ok(self.start(state, Some(file)))
    }

    fn initial_state(&self) -> State {
        let now = self
            .clock
            .as_ref()
            .map_or_else(|| Clock::manual().now(), Clock::now);
        let mut state = State::new(self.region.clone(), self.account.clone(), self.seed, now);
        state.bundles = bundles::public_bundles();
        for (id, users) in &self.unregistered {
            directories::add(&mut state, id, users.clone(), false);
        }
        for (id, users) in &self.directories {
            directories::add(&mut state, id, users.clone(), true);
        }
        for fleet in &self.fleets {
            workspaces::add_fleet(&mut state, fleet);
        }
        state.byol_eligible = self.byol_eligible;
        for source in &self.invitations {
            account_links::add_invitation(&mut state, source);
        }
        state.pool_users = self.pool_users.clone();
        state.primaries = self.primaries.iter().cloned().collect();
        state
    }

    fn start(self, mut state: State, file: Option<StateFile>) -> Fake {
        let clock = self.clock.unwrap_or_else(Clock::manual);
        clock.advance(state.now.duration_since(clock.now()).unwrap_or_default());
        state.visibility_delay = self.visibility_delay;
        let service = Service {
            state,
            limiter: self
                .rate
                .map(|(per_second, burst)| RateLimiter::new(per_second, burst)),
            calls: Default::default(),
            file,
            is_unsaved: false,
        };
        Fake {
            service: Arc::new(Mutex::new(service)),
            clock,
            observer: self.observer,
        }
    }
}
