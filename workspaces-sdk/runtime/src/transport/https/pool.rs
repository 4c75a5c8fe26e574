//! The connections of a client, which later requests use again.

use std::sync::{Mutex, PoisonError};

use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::{Handle, Id};

use super::Misconfigured;
use super::connect::Connect;
use super::failure::RequestBody;

/// The number of runtimes whose connections are kept. When there is one more, those of the first runtime are closed, which has
/// usually ended.
const MAX_RUNTIMES: usize = 256;

/// The pools of connections of a connect timeout, one for each Tokio runtime that makes calls.
///
/// A connection works only while the runtime that opened it runs. A runtime of a single thread does so in its `block_on` alone, so a
/// call of another runtime could wait for its connection forever.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) connect: Connect,
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
        if let Some((_, client)) = clients.iter().find(|(id, _)| *id == runtime) {
            return Ok(client.request(request));
        }
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(self.connect.clone());
        let response = client.request(request);
        if clients.len() == MAX_RUNTIMES {
            clients.remove(0);
        }
        clients.push((runtime, client));
        Ok(response)
    }
}
