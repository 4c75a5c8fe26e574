//! Streams of pages and items as iterators.

use std::fmt;

use aws_smithy_async::future::pagination_stream::PaginationStream;

use super::block_on;
use super::error::ConstructionFailure;

/// An iterator over the pages, or over the items of all pages, of a paginated operation.
///
/// The method `send_blocking` of a paginator returns it. It requests a page when the previous one has been taken, and goes on after an
/// error, as the stream does that `send` returns. It ends after a call in an asynchronous task, which is an error.
pub struct PaginationIter<T>(Option<PaginationStream<T>>);

impl<T> PaginationIter<T> {
    pub(crate) fn new(stream: PaginationStream<T>) -> Self {
        Self(Some(stream))
    }
}

impl<T, E: ConstructionFailure> Iterator for PaginationIter<Result<T, E>> {
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        match block_on(self.0.as_mut()?.next()) {
            Ok(next) => next,
            Err(error) => {
                self.0 = None;
                Some(Err(E::construction_failure(error)))
            }
        }
    }
}

impl<T> fmt::Debug for PaginationIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaginationIter").finish_non_exhaustive()
    }
}
