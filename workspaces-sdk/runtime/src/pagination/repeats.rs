//! Pages without an end: those whose tokens repeat, and those of which there are too many.

use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;

use super::PageToken;
use crate::operation::Operation;

/// The error of a page whose token is that of an earlier page, so that the stream would never end.
#[derive(Debug)]
struct RepeatedToken {
    operation: &'static str,
}

/// The error of pages whose tokens repeat.
pub(crate) fn repeated_token<I: Operation>() -> SdkError<I::Error, HttpResponse> {
    SdkError::construction_failure(RepeatedToken { operation: I::NAME })
}

/// The error of a response that has more pages than a call accepts, which collects them.
#[derive(Debug)]
struct TooManyPages {
    operation: &'static str,
}

/// The error of too many pages.
pub(crate) fn too_many_pages<I: Operation>() -> SdkError<I::Error, HttpResponse> {
    SdkError::construction_failure(TooManyPages { operation: I::NAME })
}

impl fmt::Display for TooManyPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} returned more than {MAX_PAGES} pages", self.operation)
    }
}

impl std::error::Error for TooManyPages {}

/// The maximum number of pages that are collected.
pub(crate) const MAX_PAGES: usize = 10_000;

impl fmt::Display for RepeatedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} returned the token of a page that was requested before",
            self.operation
        )
    }
}

impl std::error::Error for RepeatedToken {}

/// What follows a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Following {
    /// The page that the token identifies.
    Page,
    /// No page: this was the last one.
    End,
    /// A page that was requested before, so that there would be no end. See [`repeated_token`].
    Repeated,
}

/// Finds tokens that repeat, in constant memory.
///
/// The algorithm is Brent's: each token is compared with one that was seen earlier, which is replaced after 1, 2, 4, 8 … tokens. So a
/// cycle is found at the latest when it has been passed three times.
pub(crate) struct Repeats<T> {
    earlier: Option<T>,
    since: u32,
    limit: u32,
}

impl<T: PageToken> Repeats<T> {
    pub(crate) fn new(first: Option<T>) -> Self {
        Self {
            earlier: first,
            since: 0,
            limit: 1,
        }
    }

    /// Returns what follows the page with the token `requested` if its response contains the token `next`.
    pub(crate) fn following(&mut self, requested: Option<&T>, next: Option<&T>) -> Following {
        match next {
            None => Following::End,
            // At the end of a list, some services return the token of the page itself.
            Some(token) if requested == Some(token) => Following::End,
            Some(token) if self.contains(token) => Following::Repeated,
            Some(_) => Following::Page,
        }
    }

    /// Whether the token was seen earlier. Otherwise, it is one of those that later tokens can repeat.
    fn contains(&mut self, token: &T) -> bool {
        if self.earlier.as_ref() == Some(token) {
            return true;
        }
        self.since += 1;
        if self.since >= self.limit {
            self.earlier = Some(token.clone());
            self.limit = self.limit.saturating_mul(2);
            self.since = 0;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_of_any_length_is_found_wherever_it_begins() {
        for (before, length) in [(0, 1), (0, 2), (3, 1), (5, 7), (100, 33), (1, 1000)] {
            let mut repeats = Repeats::new(None);
            let token = |i: usize| match i {
                i if i < before => i,
                i => before + (i - before) % length,
            };
            let passed = (0..).position(|i| repeats.contains(&token(i).to_string()));
            let passed = passed.unwrap_or_default();
            assert!(passed >= before + length, "{before} {length} {passed}");
            assert!(
                passed <= 3 * (before + length),
                "{before} {length} {passed}"
            );
        }
    }
}
