//! What services and operations are to the runtime.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::operation::BuildError;
use aws_types::request_id::RequestId;

use crate::endpoint::{Context, Endpoint, EndpointError, Params};
use crate::error::OperationError;
use crate::handle::Handle;
use crate::orchestrator;
use crate::protocol::{Messages, Protocol};
use crate::settings::Settings;
use crate::validation::Validator;

/// A service. The type stands for the service in the signatures of its operations.
#[doc(hidden)]
pub trait Service: 'static {
    /// The protocol that the service speaks.
    type Protocol: Protocol;

    /// The facts that do not depend on an operation.
    const METADATA: &'static ServiceMetadata;
}

/// The facts about a service that its operations have in common.
#[doc(hidden)]
#[derive(Debug)]
pub struct ServiceMetadata {
    /// The name of the service in logs and in the user agent.
    pub id: &'static str,
    /// The service name that signatures use.
    pub signing_name: &'static str,
    /// The prefix of the operation name in `X-Amz-Target`.
    pub target_prefix: &'static str,
    /// Whether errors carry the codes of the query protocol in a header.
    pub query_compatible: bool,
    /// Whether the endpoint rules read the account of the credentials.
    pub needs_account_id: bool,
    /// The endpoint rules.
    pub endpoint: fn(&Params<'_>) -> Result<Endpoint, EndpointError>,
    /// The name and the version of the generated crate.
    pub package: (&'static str, &'static str),
}

/// Compresses the body of a request.
#[doc(hidden)]
pub type Compress = fn(&[u8]) -> std::io::Result<Vec<u8>>;

/// An operation, implemented for its input type.
///
/// The trait says what the operation is. How its messages are encoded is the business of the protocol of its service.
#[doc(hidden)]
pub trait Operation: Send + Sync + Sized {
    /// The name of the operation in the model.
    const NAME: &'static str;

    /// Whether requests are signed.
    const SIGNED: bool = true;

    /// Compresses large bodies, if the operation accepts compressed requests.
    const COMPRESS: Option<Compress> = None;

    /// The service that the operation belongs to.
    type Service: Service<Protocol: Messages<Self>>;

    /// The result of a successful call.
    type Output: Output;

    /// The errors that the service may return.
    type Error: OperationError + std::error::Error + Send + Sync + 'static;

    /// Reports the required members that are not set.
    fn validate(&self, _validator: &mut Validator) {}

    /// Sets the idempotency token to the result of `token`, unless the caller set one.
    fn set_idempotency_token(&mut self, _token: &dyn Fn() -> String) {}

    /// The parameters that the operation passes to the endpoint rules.
    fn endpoint_context(&self) -> Context {
        Context::default()
    }

    /// The prefix of the host for this operation, including its trailing dot.
    ///
    /// # Errors
    /// When a member that is a part of the host is not set or is not a valid host label.
    fn host_prefix(&self) -> Result<Option<String>, BuildError> {
        Ok(None)
    }
}

/// The output of an operation.
#[doc(hidden)]
pub trait Output: RequestId + Send + 'static {
    /// Stores the request id of the response.
    fn set_request_id(&mut self, id: Option<String>);
}

/// Returns the value of a member that is a part of the host.
///
/// # Errors
/// When the value is not set, or is not a host label: 1 to 63 letters, digits and hyphens, with no hyphen at either
/// end.
#[doc(hidden)]
pub fn host_label<'a>(member: &'static str, value: Option<&'a str>) -> Result<&'a str, BuildError> {
    let value = value.ok_or(BuildError::missing_field(
        member,
        "it is a part of the host name",
    ))?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let edge = value.starts_with('-') || value.ends_with('-');
    if value.is_empty() || value.len() > 63 || edge || !value.chars().all(allowed) {
        return Err(BuildError::invalid_field(
            member,
            "a part of the host name has 1 to 63 letters, digits and hyphens, and no hyphen at either end",
        ));
    }
    Ok(value)
}

/// An input together with the client that sends it. Every fluent builder holds one.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Request<I> {
    /// The state of the client.
    pub handle: Arc<Handle>,
    /// The input.
    pub input: I,
    /// The settings and edits of this one request.
    pub customization: Customization,
}

impl<I: Operation> Request<I> {
    /// Creates a request with an empty input.
    pub fn new(handle: Arc<Handle>) -> Self
    where
        I: Default,
    {
        Self::with_input(handle, I::default())
    }

    /// Creates a request with the given input.
    pub fn with_input(handle: Arc<Handle>, input: I) -> Self {
        Self {
            handle,
            input,
            customization: Customization::default(),
        }
    }

    /// Replaces the customization.
    pub fn customized(self, customization: Customization) -> Self {
        Self {
            customization,
            ..self
        }
    }

    /// Sends the request and waits for the response.
    ///
    /// # Errors
    /// Any failure of the call.
    pub async fn send(self) -> Result<I::Output, SdkError<I::Error, HttpResponse>> {
        orchestrator::send(self).await
    }
}

/// The settings and edits of a single request.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Customization {
    /// Settings that replace those of the client. They are boxed because they are large and seldom used.
    pub settings: Option<Box<Settings>>,
    edits: Vec<Arc<Edit>>,
}

type Edit = dyn Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync;

impl Customization {
    /// Adds an edit of the HTTP request, which runs in each attempt before the request is signed.
    pub fn edit(
        &mut self,
        edit: impl Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync + 'static,
    ) {
        self.edits.push(Arc::new(edit));
    }

    /// Applies all edits, in the order in which they were added.
    pub(crate) fn apply(&self, request: &mut HttpRequest) -> Result<(), BoxError> {
        self.edits.iter().try_for_each(|edit| edit(request))
    }
}

impl fmt::Debug for Customization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customization")
            .field("settings", &self.settings)
            .field("edits", &self.edits.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::host_label;

    #[test]
    fn host_labels() {
        for good in ["a", "123456789012", "a-b", &"x".repeat(63)] {
            assert_eq!(host_label("AccountId", Some(good)).unwrap(), good);
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a.b",
            "a/b",
            "\u{e9}",
            "a b",
            &"x".repeat(64),
        ] {
            assert!(host_label("AccountId", Some(bad)).is_err(), "{bad}");
        }
        assert!(host_label("AccountId", None).is_err());
    }
}
