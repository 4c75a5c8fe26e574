//! Assertions about the errors of calls.

/// Asserts that each call fails with an exception and, if it is given, a message.
macro_rules! assert_service_errors {
    ($($call:expr => $is:ident $(, $message:expr)?;)*) => {$({
        let error = $call.send().await.unwrap_err().into_service_error();
        assert!(error.$is(), "{error:?}");
        $(assert_eq!(error.meta().message(), Some(&*$message), "{error:?}");)?
    })*};
}
pub(crate) use assert_service_errors;
