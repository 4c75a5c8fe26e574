//! The source of invocation IDs.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::config_bag::{Storable, StoreReplace};

/// A source of the IDs that all attempts of a call have in the header `amz-sdk-invocation-id`.
pub trait InvocationIdGenerator: fmt::Debug + Send + Sync {
    /// Returns the ID of a call. A call without an ID does not have the header.
    ///
    /// # Errors
    /// An error fails the call before anything is sent.
    fn generate(&self) -> Result<Option<InvocationId>, BoxError>;
}

/// The ID of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvocationId(String);

impl InvocationId {
    /// Creates an ID. A call with one that a header cannot have fails.
    #[inline]
    pub fn new(invocation_id: String) -> Self {
        Self(invocation_id)
    }

    /// Creates an ID from a string literal.
    #[inline]
    pub fn new_from_str(invocation_id: &'static str) -> Self {
        Self(invocation_id.to_owned())
    }

    #[inline]
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl Storable for InvocationId {
    type Storer = StoreReplace<Self>;
}

/// A source of invocation IDs that clients can share.
#[derive(Clone, Debug)]
pub struct SharedInvocationIdGenerator(Arc<dyn InvocationIdGenerator>);

impl SharedInvocationIdGenerator {
    /// Shares a source.
    #[inline]
    pub fn new(generator: impl InvocationIdGenerator + 'static) -> Self {
        Self(Arc::new(generator))
    }
}

impl InvocationIdGenerator for SharedInvocationIdGenerator {
    #[inline]
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        self.0.generate()
    }
}

impl Storable for SharedInvocationIdGenerator {
    type Storer = StoreReplace<Self>;
}
