//! How a test says that a call is refused.

/// Asserts that calls are refused, each with its exception and, where it is given, its message.
macro_rules! refused {
    ($($call:expr => $is:ident $(, $message:expr)?;)*) => {$({
        let error = $call.send().await.unwrap_err().into_service_error();
        assert!(error.$is(), "{error:?}");
        $(assert_eq!(error.meta().message(), Some(&*$message), "{error:?}");)?
    })*};
}
pub(crate) use refused;
