//! The types of retry settings.

pub use aws_smithy_types::retry::{
    ErrorKind, ProvideErrorKind, RetryConfig, RetryConfigBuilder, RetryKind, RetryMode,
};

/// The errors of retry settings.
pub mod error {
    use std::error::Error;
    use std::fmt;
    use std::num::ParseIntError;

    use aws_smithy_types::retry::RetryMode;
    pub use aws_smithy_types::retry::RetryModeParseError;

    /// The error of a retry setting that is not valid.
    #[derive(Debug)]
    pub struct RetryConfigError(Kind);

    #[derive(Debug)]
    enum Kind {
        RetryMode(RetryModeParseError),
        NoAttempts,
        MaxAttempts(ParseIntError),
    }

    impl RetryConfigError {
        pub(crate) fn parse_retry_mode(value: &str) -> Result<RetryMode, Self> {
            value.parse().map_err(|error| Self(Kind::RetryMode(error)))
        }

        pub(crate) fn parse_max_attempts(value: &str) -> Result<u32, Self> {
            match value.parse() {
                Ok(0) => Err(Self(Kind::NoAttempts)),
                Ok(attempts) => Ok(attempts),
                Err(error) => Err(Self(Kind::MaxAttempts(error))),
            }
        }
    }

    impl fmt::Display for RetryConfigError {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(match self.0 {
                Kind::RetryMode(_) => "the retry mode is not valid",
                Kind::NoAttempts => "the maximum number of attempts is 0; it is at least 1",
                Kind::MaxAttempts(_) => "the maximum number of attempts is not a number",
            })
        }
    }

    impl Error for RetryConfigError {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            match &self.0 {
                Kind::RetryMode(error) => Some(error),
                Kind::NoAttempts => None,
                Kind::MaxAttempts(error) => Some(error),
            }
        }
    }
}
