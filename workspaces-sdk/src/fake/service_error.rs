//! The errors that the offline service returns.

/// The names of the exceptions that the offline service returns.
pub(super) mod code {
    pub(in crate::fake) const ACCESS_DENIED: &str = "AccessDeniedException";
    pub(in crate::fake) const APPLICATION_NOT_SUPPORTED: &str = "ApplicationNotSupportedException";
    pub(in crate::fake) const COMPUTE_NOT_COMPATIBLE: &str = "ComputeNotCompatibleException";
    pub(in crate::fake) const CONFLICT: &str = "ConflictException";
    pub(in crate::fake) const INCOMPATIBLE_APPLICATIONS: &str = "IncompatibleApplicationsException";
    pub(in crate::fake) const INTERNAL_SERVER_ERROR: &str = "InternalServerError";
    pub(in crate::fake) const INVALID_PARAMETER_VALUES: &str = "InvalidParameterValuesException";
    pub(in crate::fake) const INVALID_RESOURCE_STATE: &str = "InvalidResourceStateException";
    pub(in crate::fake) const OPERATING_SYSTEM_NOT_COMPATIBLE: &str =
        "OperatingSystemNotCompatibleException";
    pub(in crate::fake) const OPERATION_IN_PROGRESS: &str = "OperationInProgressException";
    pub(in crate::fake) const OPERATION_NOT_SUPPORTED: &str = "OperationNotSupportedException";
    pub(in crate::fake) const RESOURCE_ALREADY_EXISTS: &str = "ResourceAlreadyExistsException";
    pub(in crate::fake) const RESOURCE_ASSOCIATED: &str = "ResourceAssociatedException";
    pub(in crate::fake) const RESOURCE_IN_USE: &str = "ResourceInUseException";
    pub(in crate::fake) const RESOURCE_LIMIT_EXCEEDED: &str = "ResourceLimitExceededException";
    pub(in crate::fake) const RESOURCE_NOT_FOUND: &str = "ResourceNotFoundException";
    pub(in crate::fake) const RESOURCE_UNAVAILABLE: &str = "ResourceUnavailableException";
    pub(in crate::fake) const SERIALIZATION: &str = "SerializationException";
    pub(in crate::fake) const THROTTLING: &str = "ThrottlingException";
    pub(in crate::fake) const UNSUPPORTED_CONFIGURATION: &str =
        "UnsupportedWorkspaceConfigurationException";
    pub(in crate::fake) const UNKNOWN_OPERATION: &str = "UnknownOperationException";
    pub(in crate::fake) const VALIDATION: &str = "ValidationException";
}

/// An exception: its HTTP status, name and message, which is empty if it has none, and the resource that it concerns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ServiceError {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) resource: Option<String>,
}

impl ServiceError {
    /// Creates an error with the status 400.
    pub(super) fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            status: 400,
            code: code.to_owned(),
            message: message.into(),
            resource: None,
        }
    }

    /// Sets the resource that the error concerns.
    pub(super) fn with_resource(mut self, resource: &str) -> Self {
        self.resource = Some(resource.to_owned());
        self
    }

    /// Returns the error as that of one item.
    pub(super) fn into_failure(self) -> Failure {
        (self.code, self.message)
    }

    /// Creates the error for an exceeded request rate.
    pub(super) fn throttled() -> Self {
        Self::new(code::THROTTLING, "Rate exceeded")
    }

    /// Creates the error for a missing resource, such as `WorkSpace ws-...`.
    pub(super) fn not_found(kind: &str, id: &str) -> Self {
        let message = format!("{kind} {id} could not be found.");
        Self::new(code::RESOURCE_NOT_FOUND, message).with_resource(id)
    }
}

/// The error code and message of an item that fails, or of a state change that ends in an error.
pub(super) type Failure = (String, String);

impl From<Failure> for ServiceError {
    fn from((code, message): Failure) -> Self {
        Self::new(&code, message)
    }
}

/// Checks a number against its quota, which `subject` and `items` name: "A resource has" and "tags".
///
/// # Errors
/// Returns a ResourceLimitExceededException if `count` is greater than `max`.
pub(super) fn check_quota(
    count: usize,
    max: usize,
    subject: &str,
    items: &str,
) -> Result<(), ServiceError> {
    if count > max {
        let message = format!("{subject} at most {max} {items}.");
        return Err(ServiceError::new(code::RESOURCE_LIMIT_EXCEEDED, message));
    }
    Ok(())
}
