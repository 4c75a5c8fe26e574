//! Blocking calls: on any thread, over real connections, and never in an asynchronous task.

mod calls;
mod contexts;
mod fleets;

use tokio::runtime::{Builder, Runtime};

use crate::server::{Request, Server, Step};

/// A server with a runtime of its own, as the test has none.
struct Peer {
    server: Server,
    _runtime: Runtime,
}

impl Peer {
    fn start(respond: impl Fn(usize, &Request) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
        Self {
            server: runtime.block_on(Server::start(respond)),
            _runtime: runtime,
        }
    }
}
