//! An offline Amazon WorkSpaces for tests and experiments: an in-memory implementation of the service.
//!
//! The offline service handles requests in the wire format, so clients encode and decode the same
//! messages as on the network. It needs no account and no network access, it is deterministic, and
//! tests control its clock.
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
//! let request = WorkspaceRequest::builder()
//!     .directory_id("d-906700000a")
//!     .user_name("ada")
//!     .bundle_id(BUNDLE_ID)
//!     .build()?;
//! client.create_workspaces().workspaces(request).send().await?;
//! fake.advance(Duration::from_secs(20 * 60));
//!
//! let response = client.describe_workspaces().send().await?;
//! assert_eq!(response.workspaces()[0].state(), Some(&WorkspaceState::Available));
//! # Ok(())
//! # }
//! ```
//!
//! # Ways to use it
//!
//! - [`Fake::client`] returns a client of the offline service, and [`Fake::config`] the configuration for
//!   other clients.
//! - A [`Fake`] is an [`HttpClient`](crate::config::HttpClient): any client of the AWS SDKs for Rust,
//!   including the official `aws-sdk-workspaces`, accepts it as `http_client`.
//! - [`Fake::serve`] starts an HTTP server: set its URL as the endpoint URL of any SDK or command-line
//!   tool, of the protocol awsJson 1.1 or rpcv2Cbor. `cargo xtask serve` runs such a server from a checkout of the project.
//!
//! Tests of a program that uses the official crate need this crate only as a dev-dependency:
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
//! A state change that takes Amazon WorkSpaces minutes takes the offline service minutes by its
//! [`Clock`]. The default clock advances only by [`Fake::advance`] and by clients that sleep on it, such
//! as a [waiter](crate::client::Waiters):
//!
//! ```
//! # use std::time::Duration;
//! # use workspaces_sdk::client::Waiters;
//! # use workspaces_sdk::fake::Fake;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let directory = "d-906700000a";
//! let fake = Fake::builder().directory(directory, [""; 0]).fleet(directory, 40).build();
//! let (client, hour) = (fake.client(), Duration::from_secs(3600));
//! client.wait_until_workspaces_available().directory_id(directory).wait(hour).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Clock::tokio`] runs with the time of Tokio, which tests can pause, and [`Clock::real`] with that of the system.
//!
//! # Faults
//!
//! [`Fake::inject`] injects a [`Fault`], which fails or delays calls, or fails or blocks state changes. A fault on an operation
//! that does not exist is a panic, and [`Fake::unused_faults`] returns the faults that did not occur.
//!
//! # State in a file
//!
//! [`Builder::open`] keeps the state in a file, so that a service goes on where another one stopped. [`Fake::save`] saves it once,
//! and [`Builder::load`] starts with a saved state. The format is JSON and belongs to a version of this crate: another version
//! reads it or fails with a [`StateFileError`]. A service never replaces a file that it cannot read.
//!
//! # Operations
//!
#![doc = include_str!("operations.md")]
//!
//! # Assumptions
//!
#![doc = include_str!("assumptions.md")]

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_async::time::TimeSource;

use crate::Client;
use crate::config::{self, Credentials, Region};
use crate::types::WorkspaceState;

mod account;
mod account_links;
mod applications;
mod builder;
mod bundles;
mod call;
mod cidr;
mod clock;
mod connection_aliases;
pub(crate) mod constraint;
mod directories;
mod fault;
mod fault_text;
mod fleet;
mod http;
mod ids;
mod images;
mod ip_groups;
mod limiter;
mod operations;
mod page;
mod pools;
mod preconditions;
mod saved;
mod server;
mod server_io;
mod service;
mod service_error;
mod similar;
mod state;
mod table;
mod tags;
mod violations;
mod wire;
mod workspaces;

pub use builder::Builder;
pub use call::Call;
pub use clock::Clock;
pub use fault::Fault;
pub use fault_text::ParseFaultError;
pub use fleet::Fleet;
pub use saved::StateFileError;
pub use server::Server;

use builder::Observer;
use service::Service;

/// The identifier of one of the public bundles, which every offline service has.
pub const BUNDLE_ID: &str = "wsb-standard1";

/// An offline Amazon WorkSpaces. Clones share the same service.
#[derive(Clone)]
pub struct Fake {
    service: Arc<Mutex<Service>>,
    clock: Clock,
    observer: Option<Observer>,
}

impl Fake {
    /// Creates a service with the public bundles, no directories, and a [manual](Clock::manual) clock.
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Returns a builder for a service with directories, users, WorkSpaces and other settings.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Creates a client of this service that uses its clock, so the clock advances when the client
    /// waits.
    pub fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }

    /// Returns the configuration for a client of this service: Region, credentials, HTTP client and clock.
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

    /// Returns the clock of the service.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Advances the clock. State changes that become due are visible to the next call.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Returns the current time of the service's clock.
    pub fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// Injects a fault, which applies to subsequent calls.
    pub fn inject(&self, fault: Fault) {
        self.service().state.faults.add(fault);
    }

    /// Returns the injected faults that have not occurred, in the order of injection.
    ///
    /// A test that ends with `assert!(fake.unused_faults().is_empty())` fails if a fault did not apply to any call, for example
    /// because its item is misspelled.
    pub fn unused_faults(&self) -> Vec<Fault> {
        self.service().state.faults.unused()
    }

    /// Removes all faults and resumes stuck state changes.
    pub fn clear_faults(&self) {
        let mut service = self.up_to_date();
        service.state.faults.clear();
        workspaces::resume_stuck(&mut service.state);
        directories::resume_stuck(&mut service.state);
        service.state.resume_stuck();
    }

    /// Sets the state of a WorkSpace, for example to `UNHEALTHY`, which no request leads to. This cancels a
    /// state change in progress.
    ///
    /// Returns `false` if the WorkSpace does not exist.
    pub fn set_workspace_state(&self, workspace_id: &str, state: WorkspaceState) -> bool {
        workspaces::set_state(&mut self.up_to_date().state, workspace_id, state)
    }

    /// Connects or disconnects the user of a WorkSpace. The timeout of the running mode `AUTO_STOP` starts
    /// when the user disconnects.
    ///
    /// Returns `false` if the WorkSpace does not exist.
    pub fn set_connected(&self, workspace_id: &str, connected: bool) -> bool {
        workspaces::set_connected(&mut self.up_to_date().state, workspace_id, connected)
    }

    /// Connects a user to a pool and returns the identifier of the session.
    ///
    /// Returns `None` if the pool does not exist, does not run or has no capacity.
    pub fn connect_to_pool(&self, pool_id: &str, user: &str) -> Option<String> {
        pools::connect(&mut self.up_to_date().state, pool_id, user)
    }

    /// Accepts or rejects an invitation to an account link by this account, in place of the invited account.
    ///
    /// Returns `false` if there is no pending invitation of that account.
    pub fn answer_account_link(&self, target_account: &str, accept: bool) -> bool {
        account_links::answer_as_target(&mut self.up_to_date().state, target_account, accept)
    }

    /// Saves the state of the service to a file, for [`Builder::load`]. Faults are not part of it.
    ///
    /// The state is written to a temporary file beside the file, `FILE.tmp`, which then replaces the file. So the file is whole
    /// even if the process is killed.
    ///
    /// # Errors
    /// Returns an error if the file cannot be written. It then has its old content.
    pub fn save(&self, path: impl AsRef<std::path::Path>) -> std::io::Result<()> {
        saved::write(&self.up_to_date().state, path.as_ref())
    }

    /// Returns the recorded calls, oldest first. At least the latest 5,000 calls are recorded.
    pub fn calls(&self) -> Vec<Call> {
        self.service().calls.get()
    }

    fn service(&self) -> std::sync::MutexGuard<'_, Service> {
        self.service.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the service after it has applied the state changes that are due.
    fn up_to_date(&self) -> std::sync::MutexGuard<'_, Service> {
        let mut service = self.service();
        service.state.advance_to(self.clock.now());
        // The caller can change the state.
        service.is_unsaved = true;
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
