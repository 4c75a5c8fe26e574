//! Services and operations: the traits that a generated crate implements.

use std::fmt::Debug;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::retry::ErrorKind;
use aws_types::request_id::RequestId;

use crate::auth::AuthScheme;
#[cfg(feature = "checksums")]
use crate::checksum::{RequestChecksum, ResponseChecksum};
use crate::endpoint::Context;
use crate::error::modeled::OperationError;
use crate::protocol::{Messages, Protocol, SerializedRequest};
use crate::required_members::MissingMembers;
use crate::service_metadata::ServiceMetadata;
use crate::settings::Settings;

/// A service. The type identifies the service in the implementations of its operations.
#[doc(hidden)]
pub trait Service: 'static {
    /// The protocol of the service.
    type Protocol: Protocol;

    /// The facts that do not depend on an operation.
    const METADATA: &'static ServiceMetadata;

    /// The headers that all requests have: their names and values.
    const HEADERS: &'static [(&'static str, &'static str)] = &[];

    /// Whether signed requests have the header `x-amz-content-sha256`.
    const CONTENT_SHA256: bool = false;

    /// Whether responses with a successful status can contain an error.
    const ERRORS_IN_SUCCESS: bool = false;

    /// Whether a failed response with status 404 and an empty body has the error code `NotFound`.
    const EMPTY_NOT_FOUND: bool = false;

    /// Whether a failed response without an error code is a response error, unless the operation models no errors. If not, it is a
    /// service error without a code.
    const REQUIRES_ERROR_CODE: bool = false;

    /// The codes of the errors that the model marks as retryable, and the reasons.
    const RETRYABLE: &'static [(&'static str, ErrorKind)] = &[];

    /// Whether programs can set interceptors and resolvers. They cannot if the client is part of another crate; its calls then
    /// contain no code for them.
    const IS_EXTENSIBLE: bool = true;

    /// The parameters of the endpoint rules, as resolvers and interceptors of the program get them: a `config::endpoint::Params`
    /// of the generated crate. A call without them must not name this, as it would be compiled with the functions.
    const ENDPOINT_PARAMS: Option<EndpointParams> = None;
}

/// The parameters of the endpoint rules as a type of the generated crate.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct EndpointParams {
    /// Collects the settings, what the operation sets, and the account of the credentials.
    pub collect: fn(&Settings, &Context, Option<&str>) -> EndpointResolverParams,
    /// The values of the parameters. `None` if they are those of another service.
    pub values: fn(&mut EndpointResolverParams) -> Option<&mut Context>,
}

/// Compresses the body of a request.
#[doc(hidden)]
pub type Compress = fn(&[u8]) -> std::io::Result<Vec<u8>>;

/// Computes the value of the header `content-md5` from the body of a request.
#[doc(hidden)]
pub type ContentMd5 = fn(&[u8]) -> String;

/// An operation, implemented for its input type.
///
/// The trait describes the operation. The protocol of its service determines how its messages are encoded.
#[doc(hidden)]
pub trait Operation: Debug + Send + Sync + Sized + 'static {
    /// The name of the operation in the model.
    const NAME: &'static str;

    /// How requests can be authenticated, in the order of the model.
    const AUTH: &'static [AuthScheme] = &[AuthScheme::SigV4];

    /// Whether signatures do not cover the body.
    const UNSIGNED_PAYLOAD: bool = false;

    /// Whether a stream in the input must have a known length.
    const REQUIRES_LENGTH: bool = false;

    /// Whether the body of a successful response is a stream, which the caller reads.
    const STREAMS_OUTPUT: bool = false;

    /// Compresses large bodies, if the operation accepts compressed requests.
    const COMPRESS: Option<Compress> = None;

    /// Computes a checksum, if the operation requires one.
    const CONTENT_MD5: Option<ContentMd5> = None;

    /// The checksum of requests, if the caller can choose its algorithm.
    #[cfg(feature = "checksums")]
    const REQUEST_CHECKSUM: Option<&'static RequestChecksum> = None;

    /// The checksums of responses, if they have any.
    #[cfg(feature = "checksums")]
    const RESPONSE_CHECKSUM: Option<&'static ResponseChecksum> = None;

    /// Whether requests have the tree hash of their body.
    const TREE_HASH: bool = false;

    /// Whether the service waits before it responds, until it has something to return. Programs call such an operation in a loop.
    const LONG_POLLING: bool = false;

    /// The service that the operation belongs to.
    type Service: Service<Protocol: Messages<Self, Self::Output, Self::Error>>;

    /// The result of a successful call.
    type Output: Output;

    /// The errors that the service may return.
    type Error: OperationError + std::error::Error + Send + Sync + 'static;

    /// Sets the members that have a default value, unless the caller set them, and removes the prefixes of IDs.
    fn set_defaults(&mut self) {}

    /// Adds the required members that are not set to `missing`.
    fn check_required(&self, _missing: &mut MissingMembers) {}

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

    /// See [`Messages::serialize`].
    ///
    /// This and the following two methods exist so that `compiled_messages!` can choose the crate that compiles them: the program,
    /// for the operations that it calls, or the crate of the client, for all operations.
    ///
    /// # Errors
    /// Those of [`Messages::serialize`].
    fn into_message(self, service: &ServiceMetadata) -> Result<SerializedRequest, BoxError> {
        ProtocolOf::<Self>::serialize(self, Self::NAME, service)
    }

    /// See [`Messages::deserialize`].
    ///
    /// # Errors
    /// Those of [`Messages::deserialize`].
    fn read_output(response: &mut HttpResponse) -> Result<Self::Output, BoxError> {
        ProtocolOf::<Self>::deserialize(response, Self::NAME)
    }

    /// See [`Messages::deserialize_error`].
    ///
    /// # Errors
    /// Those of [`Messages::deserialize_error`].
    fn read_error(
        meta: ErrorMetadata,
        response: &mut HttpResponse,
    ) -> Result<Self::Error, BoxError> {
        ProtocolOf::<Self>::deserialize_error(meta, response)
    }
}

/// The protocol of an operation.
#[doc(hidden)]
pub type ProtocolOf<I> = <<I as Operation>::Service as Service>::Protocol;

/// Defines the methods of [`Operation`] that serialize and deserialize messages, so that the crate of the client compiles them.
/// Generated code calls the macro in the implementation of the trait.
///
/// Without it, each build of a program compiles the messages of the operations that it calls, which is better for a client with all
/// operations of a service. A client whose operations were chosen has it: a program calls most of them, and does not compile their
/// messages again after each edit.
#[doc(hidden)]
#[macro_export]
macro_rules! __compiled_messages {
    () => {
        fn into_message(
            self,
            service: &$crate::codegen::ServiceMetadata,
        ) -> Result<$crate::codegen::SerializedRequest, $crate::error::BoxError> {
            <$crate::codegen::ProtocolOf<Self> as $crate::codegen::Messages<_, Self::Output, Self::Error>>::serialize(
                self,
                Self::NAME,
                service,
            )
        }

        fn read_output(
            response: &mut $crate::codegen::HttpResponse,
        ) -> Result<Self::Output, $crate::error::BoxError> {
            <$crate::codegen::ProtocolOf<Self> as $crate::codegen::Messages<Self, _, Self::Error>>::deserialize(
                response,
                Self::NAME,
            )
        }

        fn read_error(
            meta: $crate::error::ErrorMetadata,
            response: &mut $crate::codegen::HttpResponse,
        ) -> Result<Self::Error, $crate::error::BoxError> {
            <$crate::codegen::ProtocolOf<Self> as $crate::codegen::Messages<Self, Self::Output, _>>::deserialize_error(
                meta, response,
            )
        }
    };
}

/// The output of an operation.
#[doc(hidden)]
pub trait Output: RequestId + Debug + Send + Sync + 'static {
    /// Stores the request id of the response.
    fn set_request_id(&mut self, id: Option<String>);

    /// Stores the extended request id of the response, if the service has such ids.
    #[cfg(feature = "extended-request-id")]
    fn set_extended_request_id(&mut self, _id: Option<&str>) {}
}

/// Sets a member to its default, unless it has a value. An empty string counts as no value.
#[doc(hidden)]
pub fn set_default(member: &mut Option<String>, default: &str) {
    if member.as_deref().unwrap_or_default().is_empty() {
        *member = Some(default.to_owned());
    }
}

/// Removes the first of these prefixes that a member has, with or without a slash before it.
#[doc(hidden)]
pub fn trim_prefix(member: &mut Option<String>, prefixes: &[&str]) {
    let Some(value) = member else {
        return;
    };
    let bare = value.strip_prefix('/').unwrap_or(value);
    let found = prefixes.iter().find_map(|prefix| bare.strip_prefix(prefix));
    if let Some(trimmed) = found {
        *member = Some(trimmed.to_owned());
    }
}

/// Returns the value of a member that is a part of the host.
///
/// # Errors
/// When the value is not set, or is not a host label: 1 to 63 letters, digits and hyphens, with no hyphen at either
/// end.
#[doc(hidden)]
pub fn host_label<'a>(member: &'static str, value: Option<&'a str>) -> Result<&'a str, BuildError> {
    let value = value
        .filter(|value| !value.is_empty())
        .ok_or(BuildError::missing_field(
            member,
            "was unset or empty but must be set as part of the endpoint prefix",
        ))?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let edge = value.starts_with('-') || value.ends_with('-');
    if value.len() > 63 || edge || !value.chars().all(allowed) {
        return Err(BuildError::invalid_field(
            member,
            "a part of the host name has 1 to 63 letters, digits and hyphens, and no hyphen at either end",
        ));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::{host_label, trim_prefix};

    #[test]
    fn prefixes_of_ids() {
        for (id, expected) in [
            ("a/1", "1"),
            ("/a/1", "1"),
            ("b/", ""),
            ("a/b/1", "b/1"),
            ("//a/1", "//a/1"),
            ("/1", "/1"),
            ("a", "a"),
            ("", ""),
        ] {
            let mut member = Some(id.to_owned());
            trim_prefix(&mut member, &["a/", "b/"]);
            assert_eq!(member.as_deref(), Some(expected), "{id}");
        }
        let mut none = None;
        trim_prefix(&mut none, &["a/"]);
        assert_eq!(none, None);
    }

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
        for none in [None, Some("")] {
            let error = host_label("AccountId", none).unwrap_err().to_string();
            let expected = "was unset or empty but must be set as part of the endpoint prefix";
            assert!(
                error.contains("AccountId was missing") && error.ends_with(expected),
                "{error}"
            );
        }
    }
}
