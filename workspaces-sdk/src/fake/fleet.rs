//! WorkSpaces that exist from the beginning.

use std::time::Duration;

use super::BUNDLE_ID;
use crate::types::{RunningMode, WorkspaceState};

/// WorkSpaces of a directory that exist when the service starts, for [`Builder::add_fleet`](super::Builder::add_fleet).
///
/// ```
/// use std::time::Duration;
/// use workspaces_sdk::fake::{Fake, Fleet};
/// use workspaces_sdk::types::{RunningMode, WorkspaceState};
///
/// let unused = Fleet::new("d-906700000a", 20)
///     .users("former")
///     .running_mode(RunningMode::AutoStop)
///     .state(WorkspaceState::Stopped)
///     .last_connected(Duration::from_secs(90 * 24 * 60 * 60));
/// let fake = Fake::builder()
///     .directory("d-906700000a", [""; 0])
///     .add_fleet(Fleet::new("d-906700000a", 80))
///     .add_fleet(unused)
///     .build();
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fleet has no effect until it is added"]
pub struct Fleet {
    pub(super) directory_id: String,
    pub(super) count: usize,
    pub(super) bundle_id: String,
    pub(super) users: String,
    pub(super) running_mode: RunningMode,
    pub(super) state: WorkspaceState,
    /// The time since the user was connected.
    pub(super) last_connected: Option<Duration>,
}

impl Fleet {
    /// Creates a fleet of `count` WorkSpaces in a directory.
    pub fn new(directory_id: impl Into<String>, count: usize) -> Self {
        Self {
            directory_id: directory_id.into(),
            count,
            bundle_id: BUNDLE_ID.to_owned(),
            users: "user".to_owned(),
            running_mode: RunningMode::AlwaysOn,
            state: WorkspaceState::Available,
            last_connected: None,
        }
    }

    /// Sets the bundle. The default is [`BUNDLE_ID`](super::BUNDLE_ID). If there is no such bundle, the fleet has no WorkSpaces.
    pub fn bundle(mut self, bundle_id: impl Into<String>) -> Self {
        self.bundle_id = bundle_id.into();
        self
    }

    /// Sets the beginning of the names of the users. The default is `user`, for the users `user-000001`, `user-000002` and so on.
    pub fn users(mut self, prefix: impl Into<String>) -> Self {
        self.users = prefix.into();
        self
    }

    /// Sets the running mode. The default is `ALWAYS_ON`. WorkSpaces with `AUTO_STOP` stop after an hour.
    pub fn running_mode(mut self, mode: RunningMode) -> Self {
        self.running_mode = mode;
        self
    }

    /// Sets the state. The default is `AVAILABLE`. From a transitional state, such as `PENDING`, the WorkSpaces change to the next
    /// one.
    pub fn state(mut self, state: WorkspaceState) -> Self {
        self.state = state;
        self
    }

    /// Sets the time since the users were last connected. By default, they never were.
    pub fn last_connected(mut self, ago: Duration) -> Self {
        self.last_connected = Some(ago);
        self
    }
}
