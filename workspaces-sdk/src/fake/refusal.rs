//! What a call is refused with.

/// The names of the exceptions that the offline service throws.
pub(super) mod code {
    pub(in crate::fake) const ACCESS_DENIED: &str = "AccessDeniedException";
    pub(in crate::fake) const INVALID_PARAMETER_VALUES: &str = "InvalidParameterValuesException";
    pub(in crate::fake) const INVALID_RESOURCE_STATE: &str = "InvalidResourceStateException";
    pub(in crate::fake) const OPERATION_IN_PROGRESS: &str = "OperationInProgressException";
    pub(in crate::fake) const OPERATION_NOT_SUPPORTED: &str = "OperationNotSupportedException";
    pub(in crate::fake) const RESOURCE_ALREADY_EXISTS: &str = "ResourceAlreadyExistsException";
    pub(in crate::fake) const RESOURCE_ASSOCIATED: &str = "ResourceAssociatedException";
    pub(in crate::fake) const RESOURCE_LIMIT_EXCEEDED: &str = "ResourceLimitExceededException";
    pub(in crate::fake) const RESOURCE_NOT_FOUND: &str = "ResourceNotFoundException";
    pub(in crate::fake) const RESOURCE_UNAVAILABLE: &str = "ResourceUnavailableException";
    pub(in crate::fake) const SERIALIZATION: &str = "SerializationException";
    pub(in crate::fake) const THROTTLING: &str = "ThrottlingException";
    pub(in crate::fake) const UNKNOWN_OPERATION: &str = "UnknownOperationException";
    pub(in crate::fake) const VALIDATION: &str = "ValidationException";
}

/// An exception: its HTTP status, name and message, and the resource it is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) resource: Option<String>,
}

impl Refusal {
    /// A refusal of status 400.
    pub(super) fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            status: 400,
            code: code.to_owned(),
            message: message.into(),
            resource: None,
        }
    }

    /// The resource that it is about.
    pub(super) fn about(mut self, resource: &str) -> Self {
        self.resource = Some(resource.to_owned());
        self
    }

    /// That there were too many calls.
    pub(super) fn throttled() -> Self {
        Self::new(code::THROTTLING, "Rate exceeded")
    }

    /// That something does not exist, as `WorkSpace ws-...`.
    pub(super) fn not_found(what: &str, id: &str) -> Self {
        let message = format!("{what} {id} could not be found.");
        Self::new(code::RESOURCE_NOT_FOUND, message).about(id)
    }
}

/// Holds a number to its quota; `who` and `what` tell which, as "A resource has" and "tags".
///
/// # Errors
/// ResourceLimitExceededException when there are more than `max`.
pub(super) fn within(count: usize, max: usize, who: &str, what: &str) -> Result<(), Refusal> {
    if count > max {
        let why = format!("{who} at most {max} {what}.");
        return Err(Refusal::new(code::RESOURCE_LIMIT_EXCEEDED, why));
    }
    Ok(())
}
