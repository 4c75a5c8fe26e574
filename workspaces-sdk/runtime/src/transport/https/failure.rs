//! The one place that maps the errors of hyper: each to its kind, which decides whether a call is retried.
//!
//! | error | kind | retried |
//! |---|---|---|
//! | a time limit has passed | timeout | yes |
//! | the local configuration is not usable | user | no |
//! | the body of the request fails | user | no |
//! | no connection: names, TCP, proxy, TLS, handshake | I/O | yes |
//! | the connection breaks, or its channel is closed | I/O | yes |
//! | the connection ends before the response does | other | yes |
//! | the task of the connection is gone, with its tokio runtime | I/O | yes |
//! | the request cannot be sent by HTTP/1.1 | user | no |
//! | the response is not HTTP/1.1 | other | no |
//!
//! These are the kinds of the official HTTP client, except for the task that is gone: hyper counts that as an error of its
//! user, and the official client does not retry it.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper_util::client::legacy::Error;

use super::Misconfigured;
use crate::timeout::Elapsed;

/// Converts an error of the pool of connections.
pub(super) fn connector_error(error: Error) -> ConnectorError {
    let kind = kind_of(&error);
    match kind {
        Kind::Timeout => ConnectorError::timeout(error.into()),
        Kind::User => ConnectorError::user(error.into()),
        Kind::Io => ConnectorError::io(error.into()),
        Kind::Incomplete => ConnectorError::other(error.into(), Some(ErrorKind::TransientError)),
        Kind::Other => ConnectorError::other(error.into(), None),
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Timeout,
    User,
    Io,
    Incomplete,
    Other,
}

fn kind_of(error: &Error) -> Kind {
    // The errors of this crate, which hyper passes on.
    if find::<Elapsed>(error).is_some() {
        return Kind::Timeout;
    }
    if find::<Misconfigured>(error).is_some() || find::<BodyFailed>(error).is_some() {
        return Kind::User;
    }
    if error.is_connect() {
        return Kind::Io;
    }
    match find::<hyper::Error>(error) {
        Some(http) => http_kind(http),
        // Those that the pool finds in the request itself: its method, its version or a URL without a host.
        None => Kind::User,
    }
}

/// The kind of an error on a connection.
fn http_kind(error: &hyper::Error) -> Kind {
    let kinds = [
        (error.is_timeout(), Kind::Timeout),
        // The pool has given up a request that it had not sent.
        (error.is_canceled(), Kind::Io),
        (error.is_closed(), Kind::Io),
        (error.is_shutdown(), Kind::Io),
        (error.is_incomplete_message(), Kind::Incomplete),
        (error.is_parse(), Kind::Other),
        // Only the sender of a body can abort it, which this client does not use.
        (error.is_body_write_aborted(), Kind::User),
        // The other errors of a user are those of its body, which is `BodyFailed`, and of upgrades, which this client does
        // not use. What is left is the task of the connection that is gone.
        (error.is_user(), Kind::Io),
        (find::<io::Error>(error).is_some(), Kind::Io),
    ];
    let known = kinds.into_iter().find(|(matches, _)| *matches);
    known.map_or(Kind::Other, |(_, kind)| kind)
}

/// Finds the first error of type `E` in a chain of sources.
fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    std::iter::successors(Some(error), |&error| error.source())
        .find_map(|error| error.downcast_ref())
}

/// The body of a request, whose errors can be distinguished from those of the connection.
#[derive(Debug)]
pub(super) struct RequestBody(pub(super) SdkBody);

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BodyFailed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyFailed>>> {
        let frame = Pin::new(&mut self.0).poll_frame(cx);
        frame.map(|frame| frame.map(|frame| frame.map_err(BodyFailed)))
    }

    fn is_end_stream(&self) -> bool {
        Body::is_end_stream(&self.0)
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.0)
    }
}

/// The error of the body of a request.
#[derive(Debug)]
pub(super) struct BodyFailed(BoxError);

impl fmt::Display for BodyFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body of the request cannot be read")
    }
}

impl StdError for BodyFailed {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}
