//! The connections of a client, which later requests use again.

use std::sync::{Mutex, PoisonError};

use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::{Handle, Id};

use super::Misconfigured;
use super::connect::Connect;
use super::failure::RequestBody;

/// The number of runtimes whose connections are kept. The connections of the runtime that has made no call for the longest time are
/// closed when there is one more.
const MAX_RUNTIMES: usize = 8;

/// The pools of connections of a connect timeout, one for each Tokio runtime that makes calls.
///
/// A connection works only while the runtime that opened it runs. A runtime of a single thread does so in its `block_on` alone, so a
/// call of another runtime could wait for its connection forever.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) connect: Connect,
    /// The runtime of the last call is the first.
    clients: Mutex<Vec<(Id, Client<Connect, RequestBody>)>>,
}

impl Pool {
    pub(super) fn new(connect: Connect) -> Self {
        Self {
            connect,
            clients: Mutex::default(),
        }
    }

    /// Sends a request over a connection of the current runtime.
    ///
    /// # Errors
    /// Outside of a runtime.
    pub(super) fn request(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<ResponseFuture, Misconfigured> {
        let runtime = Handle::try_current().map_err(|_| {
            Misconfigured(
                "the default HTTPS client works in a Tokio runtime only; make the call in one, or make a blocking call"
                    .into(),
            )
        })?;
        let runtime = runtime.id();
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let known = clients.iter().position(|(id, _)| *id == runtime);
        let known = known.map(|index| clients.remove(index));
        let (_, client) = known.unwrap_or_else(|| (runtime, self.client()));
        let response = client.request(request);
        clients.insert(0, (runtime, client));
        clients.truncate(MAX_RUNTIMES);
        Ok(response)
    }

    fn client(&self) -> Client<Connect, RequestBody> {
        Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(self.connect.clone())
    }
}
