//! The environment variables that this crate reads.
//!
//! | variable | read for |
//! |---|---|
//! | `AWS_EXECUTION_ENV` | the user agent |
//! | `AWS_LAMBDA_FUNCTION_NAME`, `_X_AMZN_TRACE_ID` | the header `x-amzn-trace-id` |
//! | `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, also in lower case; `REQUEST_METHOD` | proxies of the default HTTPS client |
//!
//! A variable with an empty value counts as one that is not set. All reads go through this module, so that this holds for each.

use std::ffi::OsString;

/// Returns the value of a variable that is set and not empty.
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Returns the value of a variable that is set, not empty, and Unicode.
pub(crate) fn text(name: &str) -> Option<String> {
    variable(name)?.into_string().ok()
}
