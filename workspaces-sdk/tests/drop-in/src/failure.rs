//! The errors of the program.

use std::error::Error;
use std::fmt;

use aws_sdk_workspaces::error::{BuildError, DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_workspaces::operation::RequestId;
use aws_sdk_workspaces::operation::create_tags::CreateTagsError;
use aws_sdk_workspaces::operation::describe_workspaces::DescribeWorkspacesError;

/// The error of an operation of the program.
#[derive(Debug)]
pub enum Failure {
    /// The fleet could not be listed.
    Listing(SdkError<DescribeWorkspacesError>),

    /// A resource could not be tagged.
    Tagging(SdkError<CreateTagsError>),

    /// A required member of a request is missing.
    Incomplete(BuildError),

    /// The resource does not exist.
    Gone(Option<String>),

    /// Another error of the service.
    Service(aws_sdk_workspaces::Error),
}

impl From<SdkError<DescribeWorkspacesError>> for Failure {
    fn from(error: SdkError<DescribeWorkspacesError>) -> Self {
        Self::Listing(error)
    }
}

impl From<SdkError<CreateTagsError>> for Failure {
    fn from(error: SdkError<CreateTagsError>) -> Self {
        match error {
            SdkError::ServiceError(error) if error.err().is_resource_not_found_exception() => {
                match error.into_err() {
                    CreateTagsError::ResourceNotFoundException(gone) => {
                        Self::Gone(gone.resource_id)
                    }
                    other => Self::Service(other.into()),
                }
            }
            other => Self::Tagging(other),
        }
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::Incomplete(error)
    }
}

impl From<aws_sdk_workspaces::Error> for Failure {
    fn from(error: aws_sdk_workspaces::Error) -> Self {
        Self::Service(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listing(error) => write!(f, "cannot list: {}", DisplayErrorContext(error)),
            Self::Tagging(error) => write!(f, "cannot tag: {}", DisplayErrorContext(error)),
            Self::Incomplete(error) => write!(f, "incomplete: {error}"),
            Self::Gone(id) => write!(f, "{} is gone", id.as_deref().unwrap_or("it")),
            Self::Service(error) => write!(f, "service error: {error}"),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Listing(error) => Some(error),
            Self::Tagging(error) => Some(error),
            Self::Incomplete(error) => Some(error),
            Self::Gone(_) => None,
            Self::Service(error) => Some(error),
        }
    }
}

/// How far a call got before it failed.
pub fn stage<E, R>(error: &SdkError<E, R>) -> &'static str {
    match error {
        SdkError::ConstructionFailure(_) => "construction",
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "dispatch: timeout",
        SdkError::DispatchFailure(failure) if failure.is_io() => "dispatch: io",
        SdkError::DispatchFailure(failure) if failure.is_user() => "dispatch: user",
        SdkError::DispatchFailure(_) => "dispatch",
        SdkError::ResponseError(_) => "response",
        SdkError::ServiceError(_) => "service",
        _ => "unknown",
    }
}

/// Describes an error of any operation in one line.
pub fn line<E>(error: &SdkError<E>) -> String
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let status = error
        .raw_response()
        .map_or(0, |response| response.status().as_u16());
    format!(
        "{status} {} ({}) [{}]",
        error.code().unwrap_or("no code"),
        error.message().unwrap_or("no message"),
        error.request_id().unwrap_or("no request id"),
    )
}

/// Whether a later attempt may succeed.
pub fn is_temporary<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) => true,
        SdkError::ResponseError(response) => response.raw().status().is_server_error(),
        SdkError::ServiceError(error) => {
            error.raw().status().is_server_error()
                || matches!(
                    error.err().code(),
                    Some("ThrottlingException" | "ResourceUnavailableException")
                )
        }
        _ => false,
    }
}

/// The message for the user about an error of any operation.
pub fn advice(error: &aws_sdk_workspaces::Error) -> String {
    use aws_sdk_workspaces::Error as E;
    match error {
        E::AccessDeniedException(denied) => {
            format!("ask for access: {}", denied.message().unwrap_or_default())
        }
        E::ResourceNotFoundException(gone) => {
            format!("check the id {}", gone.resource_id().unwrap_or("you gave"))
        }
        E::InvalidParameterValuesException(wrong) => format!("correct the request: {wrong}"),
        E::ResourceLimitExceededException(_) => "ask for a higher limit".to_owned(),
        other => match other.code() {
            Some(code) => format!("look up {code} (request {:?})", other.request_id()),
            None => format!("report this: {}", DisplayErrorContext(other)),
        },
    }
}
