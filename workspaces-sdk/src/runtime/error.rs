//! Errors of the service: reading them from a response, and what those of the model do, written once.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{CreateUnhandledError, SdkError};
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_types::request_id::apply_request_id;

pub(crate) use kind::{Kind, meta_of, show, source_of};

use super::Failure;
use super::json::{self, Decode, DecodeError, Decoder};

mod kind;

/// Lets a success through and makes a failure of any other response.
///
/// # Errors
/// A service error with the metadata of the response; a response error where it names no code, or its
/// body is no JSON.
pub(crate) fn check(
    response: HttpResponse,
    query_compatible: bool,
) -> Result<HttpResponse, Failure> {
    if response.status().is_success() {
        return Ok(response);
    }
    match metadata(&response, query_compatible) {
        Ok(meta) if meta.code().is_some() => Err(SdkError::service_error(meta, response)),
        Ok(_) => {
            let why = format!(
                "the response has status {} and no error code",
                response.status()
            );
            Err(SdkError::response_error(why, response))
        }
        Err(source) => Err(SdkError::response_error(source, response)),
    }
}

/// The body of a response, which has been collected.
pub(crate) fn body_of(response: &HttpResponse) -> &[u8] {
    response.body().bytes().unwrap_or_default()
}

/// The code, the message and the request id of a response.
fn metadata(response: &HttpResponse, query_compatible: bool) -> Result<ErrorMetadata, DecodeError> {
    let envelope: Envelope = json::decode_first(body_of(response))?;
    let header = response.headers().get("x-amzn-errortype");
    let code = header
        .or(envelope.code.as_deref())
        .or(envelope.shape.as_deref())
        .map(bare_code);
    let mut meta = ErrorMetadata::builder();
    let code = code.filter(|code| !code.is_empty());
    let query_code = response.headers().get(QUERY_ERROR).map(first_part);
    if let Some(query_code) = query_code.filter(|code| query_compatible && !code.is_empty()) {
        meta = meta.code(query_code);
        if let Some(code) = code {
            meta = meta.custom(SHAPE, code);
        }
    } else if let Some(code) = code {
        meta = meta.code(code);
    }
    if let Some(message) = envelope.message {
        meta = meta.message(message);
    }
    Ok(apply_request_id(meta, response.headers()).build())
}

/// The header in which a service that once spoke the query protocol tells the code that an error had
/// there, and whose fault it is: `AWS.Service.Code;Sender`.
const QUERY_ERROR: &str = "x-amzn-query-error";

/// Under this key the metadata keep the name of the error where its code is another.
const SHAPE: &str = "shape";

fn first_part(header: &str) -> &str {
    header.split_once(';').map_or(header, |(code, _)| code)
}

/// The name by which an operation knows the error.
pub(crate) fn name(meta: &ErrorMetadata) -> Option<&str> {
    meta.extra(SHAPE).or(meta.code())
}

/// The name in a code such as `aws.protocoltests#FooError:http://internal.amazon.com/`.
fn bare_code(code: &str) -> &str {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.split_once('#').map_or(code, |(_, code)| code)
}

/// What the bodies of all errors have in common.
///
/// It is read with patience, lest a code be lost: members that are no texts are passed over, and so is
/// a body that is JSON but no object.
#[derive(Default)]
struct Envelope {
    code: Option<String>,
    shape: Option<String>,
    message: Option<String>,
}

impl Decode for Envelope {
    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut envelope = Self::default();
        if !input.object_or_skip()? {
            return Ok(envelope);
        }
        while let Some(name) = input.member()? {
            match &*name {
                "code" => envelope.code = input.text_or_skip()?,
                "__type" => envelope.shape = input.text_or_skip()?,
                "message" | "Message" | "errorMessage" => {
                    envelope.message = input.text_or_skip()?.or(envelope.message);
                }
                _ => input.skip()?,
            }
        }
        Ok(envelope)
    }
}

/// An error that the operation does not model, or that never came from the service.
///
/// It tells nothing by itself: ask the error around it with
/// [`ProvideErrorMetadata`](aws_smithy_types::error::metadata::ProvideErrorMetadata).
#[derive(Debug)]
pub struct Unhandled {
    pub(crate) source: BoxError,
    pub(crate) meta: ErrorMetadata,
}

impl Unhandled {
    pub(crate) fn new(source: impl Into<BoxError>, meta: ErrorMetadata) -> Self {
        Self {
            source: source.into(),
            meta,
        }
    }

    /// How the error around it is displayed.
    pub(crate) fn show(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.meta.code() {
            Some(code) => write!(f, "unhandled error ({code})"),
            None => f.write_str("unhandled error"),
        }
    }
}

/// An enum of the errors that one operation models.
pub(crate) trait OperationError:
    ProvideErrorMetadata + CreateUnhandledError + Sized
{
    /// The error behind a code of the wire, with the members that `body` holds.
    ///
    /// # Errors
    /// When `body` is no JSON, or a member has another type than the model says.
    fn from_response(meta: ErrorMetadata, body: &[u8]) -> Result<Self, DecodeError>;

    /// An error that is known only by its metadata.
    fn generic(meta: ErrorMetadata) -> Self;
}

/// A structure of the model that is an error.
pub(crate) trait ModeledError: Decode {
    /// Sets code, message and request id as the response gave them.
    fn set_meta(&mut self, meta: ErrorMetadata);
}

/// Decodes a modelled error.
pub(crate) fn decode_error<E: ModeledError>(
    meta: ErrorMetadata,
    body: &[u8],
) -> Result<E, DecodeError> {
    let mut error: E = json::decode_first(body)?;
    error.set_meta(meta);
    Ok(error)
}

/// Makes an error of a structure with `message` and `meta`: Display, Error and metadata.
macro_rules! modeled_error {
    ($name:ident, $wire:literal) => {
        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($wire)?;
                match self.message() {
                    Some(message) => write!(f, ": {message}"),
                    None => Ok(()),
                }
            }
        }

        impl std::error::Error for $name {}

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &aws_smithy_types::error::ErrorMetadata {
                &self.meta
            }
        }

        impl aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                self.meta.request_id()
            }
        }

        impl $crate::runtime::error::ModeledError for $name {
            #[inline]
            fn set_meta(&mut self, meta: aws_smithy_types::error::ErrorMetadata) {
                self.meta = meta;
            }
        }
    };
}
pub(crate) use modeled_error;

/// Makes the error of an operation: an enum with one variant for each row and `Unhandled(Unhandled)`.
///
/// A row is the variant's documentation, the code on the wire, the variant (named as its structure)
/// and the name of the test for it. The enum turns into `$service`, the error of all operations.
macro_rules! operation_error {
    (
        $(#[$doc:meta])*
        $name:ident as $service:ident {
            $($(#[$variant_doc:meta])* $wire:literal $(| $query_code:literal)? => $variant:ident, $is:ident;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                $variant($variant),
            )*
            /// Anything else; its code and message, if it has any, are in the metadata.
            Unhandled($crate::runtime::error::Unhandled),
        }

        impl $name {
            /// An error of another kind, with its cause.
            #[inline]
            pub fn unhandled(
                error: impl Into<Box<dyn std::error::Error + Send + Sync + 'static>>,
            ) -> Self {
                Self::Unhandled($crate::runtime::error::Unhandled::new(error, Default::default()))
            }

            /// An error that is known only by its metadata.
            #[inline]
            pub fn generic(meta: aws_smithy_types::error::ErrorMetadata) -> Self {
                Self::Unhandled($crate::runtime::error::Unhandled::new(meta.clone(), meta))
            }

            /// The code, the message and the request id that the service gave.
            #[inline]
            pub fn meta(&self) -> &aws_smithy_types::error::ErrorMetadata {
                $crate::runtime::error::meta_of(self.kind())
            }

            #[inline]
            fn kind(&self) -> $crate::runtime::error::Kind<'_> {
                match self {
                    $(Self::$variant(error) => Ok(error),)*
                    Self::Unhandled(unhandled) => Err(unhandled),
                }
            }

            $(
                #[doc = concat!("Whether it is [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::error::show(self.kind(), f)
            }
        }

        impl std::error::Error for $name {
            #[inline]
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                Some($crate::runtime::error::source_of(self.kind()))
            }
        }

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &aws_smithy_types::error::ErrorMetadata {
                Self::meta(self)
            }
        }

        impl aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                self.meta().request_id()
            }
        }

        impl aws_smithy_runtime_api::client::result::CreateUnhandledError for $name {
            #[inline]
            fn create_unhandled_error(
                source: Box<dyn std::error::Error + Send + Sync + 'static>,
                meta: Option<aws_smithy_types::error::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::runtime::error::Unhandled::new(source, meta.unwrap_or_default()))
            }
        }

        impl $crate::runtime::error::OperationError for $name {
            #[allow(unused_variables, reason = "an operation may model no error")]
            #[inline]
            fn from_response(
                meta: aws_smithy_types::error::ErrorMetadata,
                body: &[u8],
            ) -> Result<Self, $crate::runtime::json::DecodeError> {
                match $crate::runtime::error::name(&meta) {
                    $(Some($wire $(| $query_code)?) => {
                        $crate::runtime::error::decode_error(meta, body).map(Self::$variant)
                    })*
                    _ => Ok(Self::generic(meta)),
                }
            }

            #[inline]
            fn generic(meta: aws_smithy_types::error::ErrorMetadata) -> Self {
                Self::generic(meta)
            }
        }

        impl From<$name> for $service {
            #[inline]
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(error) => Self::$variant(error),)*
                    $name::Unhandled(unhandled) => Self::Unhandled(unhandled),
                }
            }
        }
    };
}
pub(crate) use operation_error;

/// Makes the error of all operations: an enum with one variant for each row and `Unhandled(Unhandled)`.
macro_rules! service_error {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident;)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                $variant($variant),
            )*
            /// Anything else; its code and message, if it has any, are in the metadata.
            Unhandled($crate::runtime::error::Unhandled),
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant(error) => std::fmt::Display::fmt(error, f),)*
                    Self::Unhandled(unhandled) => unhandled.show(f),
                }
            }
        }

        impl std::error::Error for $name {
            #[inline]
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                match self {
                    $(Self::$variant(error) => error.source(),)*
                    Self::Unhandled(unhandled) => Some(&*unhandled.source),
                }
            }
        }

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &aws_smithy_types::error::ErrorMetadata {
                match self {
                    $(Self::$variant(error) => {
                        aws_smithy_types::error::metadata::ProvideErrorMetadata::meta(error)
                    })*
                    Self::Unhandled(unhandled) => &unhandled.meta,
                }
            }
        }

        impl aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> Option<&str> {
                aws_smithy_types::error::metadata::ProvideErrorMetadata::meta(self).request_id()
            }
        }

        impl<E, R> From<aws_smithy_runtime_api::client::result::SdkError<E, R>> for $name
        where
            Self: From<E>,
            E: aws_smithy_types::error::metadata::ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
            R: Send + Sync + std::fmt::Debug + 'static,
        {
            fn from(error: aws_smithy_runtime_api::client::result::SdkError<E, R>) -> Self {
                match error {
                    aws_smithy_runtime_api::client::result::SdkError::ServiceError(context) => {
                        Self::from(context.into_err())
                    }
                    other => {
                        let meta = aws_smithy_types::error::metadata::ProvideErrorMetadata::meta(&other).clone();
                        Self::Unhandled($crate::runtime::error::Unhandled::new(other, meta))
                    }
                }
            }
        }

        impl From<aws_smithy_types::error::operation::BuildError> for $name {
            #[inline]
            fn from(error: aws_smithy_types::error::operation::BuildError) -> Self {
                Self::Unhandled($crate::runtime::error::Unhandled::new(error, Default::default()))
            }
        }
    };
}
pub(crate) use service_error;
