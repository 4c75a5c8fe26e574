//! An offline WorkSpaces: a faithful service in memory to try the client on, and to test with.
//!
//! It works on the wire format, so that what it accepts and answers is what goes over the network;
//! it needs no account and no network, makes no chance decisions, and its time is the test's.
//!
//! ```
//! use std::time::Duration;
//! use workspaces_sdk::fake::{BUNDLE_ID, Fake};
//! use workspaces_sdk::types::{WorkspaceRequest, WorkspaceState};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), workspaces_sdk::Error> {
//! let fake = Fake::builder().directory("d-906700000a", ["ada", "grace"]).build();
//! let client = fake.client();
//!
//! let wanted = WorkspaceRequest::builder()
//!     .directory_id("d-906700000a")
//!     .user_name("ada")
//!     .bundle_id(BUNDLE_ID)
//!     .build()?;
//! client.create_workspaces().workspaces(wanted).send().await?;
//! fake.advance(Duration::from_secs(20 * 60));
//!
//! let answer = client.describe_workspaces().send().await?;
//! assert_eq!(answer.workspaces()[0].state(), Some(&WorkspaceState::Available));
//! # Ok(())
//! # }
//! ```
//!
//! # Three ways to use it
//!
//! - [`Fake::client`] is a client of it, and [`Fake::config`] the configuration to make others of.
//! - A [`Fake`] is an [`HttpClient`](crate::config::HttpClient): any client of the AWS SDKs for Rust can
//!   have it as `http_client`, that of the official `aws-sdk-workspaces`, too.
//! - [`Fake::serve`] answers on a socket: point the endpoint URL of any SDK or command line there.
//!   `cargo xtask serve` does that from the project's folder.
//!
//! With the official crate, in whose place this one then stands only in tests:
//!
//! ```ignore
//! let config = aws_sdk_workspaces::Config::builder()
//!     .behavior_version(BehaviorVersion::latest())
//!     .region(Region::new("us-east-1"))
//!     .credentials_provider(Credentials::new("any", "any", None, None, "test"))
//!     .http_client(fake.clone())
//!     .sleep_impl(fake.clock().clone())
//!     .time_source(fake.clock().clone())
//!     .build();
//! let client = aws_sdk_workspaces::Client::from_conf(config);
//! ```
//!
//! # Time
//!
//! What takes the service minutes takes this one minutes of its [`Clock`]. Unless another is set the
//! clock stands still until [`Fake::advance`] moves it, or a client that sleeps by it, as a
//! [waiter](crate::client::Waiters) does:
//!
//! ```
//! # use std::time::Duration;
//! # use workspaces_sdk::client::Waiters;
//! # use workspaces_sdk::fake::Fake;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let fake = Fake::builder().directory("d-906700000a", [""; 0]).fleet("d-906700000a", 40).build();
//! let (client, hour) = (fake.client(), Duration::from_secs(3600));
//! client.wait_until_workspaces_available().directory_id("d-906700000a").wait(hour).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Faults
//!
//! [`Fake::inject`] makes calls or items fail, come late or get stuck, see [`Fault`].
//!
//! # What it does not do
//!
//! Operations that it does not know are refused with an `UnknownOperationException`. It knows these:
//!
#![doc = include_str!("operations.md")]

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_async::time::TimeSource;

use crate::Client;
use crate::config::{self, Credentials, Region};
use crate::types::WorkspaceState;

mod account;
mod builder;
mod bundles;
mod cidr;
mod clock;
pub(crate) mod constraint;
mod directories;
mod fault;
mod http;
mod ids;
mod images;
mod ip_groups;
mod limiter;
mod operations;
mod page;
mod pools;
mod preconditions;
mod refusal;
mod server;
mod service;
mod state;
mod tags;
mod workspaces;

pub use builder::Builder;
pub use clock::Clock;
pub use fault::Fault;
pub use server::Server;
pub use service::Call;

use builder::Observer;
use service::Service;

/// The identifier of one of the public bundles, which are always there.
pub const BUNDLE_ID: &str = "wsb-standard1";

/// An offline WorkSpaces. Clones are the same service.
#[derive(Clone)]
pub struct Fake {
    service: Arc<Mutex<Service>>,
    clock: Clock,
    observer: Option<Observer>,
}

impl Fake {
    /// A service with the public bundles and without directories, whose clock stands still until it is
    /// moved.
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Starts a service with directories, users and more in it.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A client of this service, by its clock: when the client waits, the time goes on.
    pub fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }

    /// The configuration of a client of this service: region, credentials, HTTP client and clock.
    pub fn config(&self) -> config::Builder {
        let region = self.service().state.region.clone();
        config::Builder::new()
            .behavior_version_latest()
            .region(Region::new(region))
            .credentials_provider(Credentials::new("fake", "fake", None, None, "fake"))
            .http_client(self.clone())
            .sleep_impl(self.clock.clone())
            .time_source(self.clock.clone())
    }

    /// The clock of the service.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Moves the clock on; what is due until then has happened at the next call.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// The time by the clock of the service.
    pub fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// Makes something go wrong from now on.
    pub fn inject(&self, fault: Fault) {
        self.service().state.faults.add(fault);
    }

    /// Lets nothing go wrong any more; what was stuck goes on.
    pub fn clear_faults(&self) {
        let mut service = self.settled();
        service.state.faults.clear();
        workspaces::unstick(&mut service.state);
        directories::unstick(&mut service.state);
        service.state.unstick();
    }

    /// Puts a WorkSpace into a state, one that no request leads to, for instance, as `UNHEALTHY`. What
    /// was under way is given up.
    ///
    /// Gives whether there is such a WorkSpace.
    pub fn set_workspace_state(&self, workspace_id: &str, to: WorkspaceState) -> bool {
        workspaces::put(&mut self.settled().state, workspace_id, to)
    }

    /// Lets the user of a WorkSpace connect to it or disconnect, which `AUTO_STOP` counts from.
    ///
    /// Gives whether there is such a WorkSpace.
    pub fn set_connected(&self, workspace_id: &str, connected: bool) -> bool {
        workspaces::connect(&mut self.settled().state, workspace_id, connected)
    }

    /// The calls so far, the latest 5,000 of them at least.
    pub fn calls(&self) -> Vec<Call> {
        self.service().calls.clone()
    }

    fn service(&self) -> std::sync::MutexGuard<'_, Service> {
        self.service.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The service after all that is due has happened.
    fn settled(&self) -> std::sync::MutexGuard<'_, Service> {
        let mut service = self.service();
        service.state.settle(self.clock.now());
        service
    }
}

impl Default for Fake {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fake")
            .field("clock", &self.clock)
            .finish_non_exhaustive()
    }
}
