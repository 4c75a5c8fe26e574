//! The checksums of an operation whose algorithm can be chosen.

use crate::ir::{Operation, Service};

/// The checksum of requests.
#[derive(Debug)]
pub(crate) struct RequestChecksum {
    /// The header with the algorithm.
    pub(crate) header: String,
    /// Whether the service demands a checksum.
    pub(crate) required: bool,
}

/// The checksums of responses.
#[derive(Debug)]
pub(crate) struct ResponseChecksum {
    /// The header of requests that asks for checksums.
    pub(crate) header: String,
    /// The names of the algorithms.
    pub(crate) algorithms: Vec<String>,
}

/// Plans the checksum of requests.
pub(super) fn of_requests(service: &Service, operation: &Operation) -> Option<RequestChecksum> {
    let checksum = operation.checksum.as_ref()?;
    let member = checksum.request_algorithm_member.as_deref()?;
    Some(RequestChecksum {
        header: service.header_of(operation, member)?,
        required: checksum.required,
    })
}

/// Plans the checksums of responses.
pub(super) fn of_responses(service: &Service, operation: &Operation) -> Option<ResponseChecksum> {
    let checksum = operation.checksum.as_ref()?;
    let member = checksum.request_validation_member.as_deref()?;
    let header = service.header_of(operation, member)?;
    let algorithms = checksum.response_algorithms.clone();
    (!algorithms.is_empty()).then_some(ResponseChecksum { header, algorithms })
}

/// Whether any operation has checksums whose algorithm can be chosen.
pub(super) fn in_any(service: &Service) -> bool {
    service.operations.values().any(|operation| {
        of_requests(service, operation).is_some() || of_responses(service, operation).is_some()
    })
}
