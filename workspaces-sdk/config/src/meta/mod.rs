//! Providers that try other providers in order.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

pub mod credentials;
pub mod region;
pub mod token;

/// A provider that a chain tried, and why it provided nothing.
#[derive(Debug)]
pub struct ProviderAttempt<E> {
    name: Cow<'static, str>,
    error: E,
}

impl<E> ProviderAttempt<E> {
    pub(crate) fn new(name: Cow<'static, str>, error: E) -> Self {
        Self { name, error }
    }

    /// Returns the name of the provider.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the error of the provider.
    pub fn error(&self) -> &E {
        &self.error
    }
}

/// The error of a chain in which no provider provided anything. It lists what was tried.
#[derive(Debug)]
pub struct ProviderChainError<E: Error> {
    attempts: Vec<ProviderAttempt<E>>,
}

impl<E: Error> ProviderChainError<E> {
    pub(crate) fn new(attempts: Vec<ProviderAttempt<E>>) -> Self {
        Self { attempts }
    }

    /// Returns the providers that were tried, in order.
    pub fn attempts(&self) -> &[ProviderAttempt<E>] {
        &self.attempts
    }
}

impl<E: Error> fmt::Display for ProviderChainError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, ProviderAttempt { name, error }) in self.attempts.iter().enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            write!(f, "{separator}{name} (")?;
            // The error of a provider only says that it has none. Its source says why.
            match error.source() {
                Some(source) => write_chain(f, source)?,
                None => write!(f, "{error}")?,
            }
            f.write_str(")")?;
        }
        if self.attempts.is_empty() {
            f.write_str("the chain has no provider")?;
        }
        Ok(())
    }
}

impl<E: Error> Error for ProviderChainError<E> {}

/// The error of a chain that ended because a provider failed, after others provided nothing. Its source is that of the failure.
#[derive(Debug)]
pub struct ProviderChainFailure<E: Error> {
    failed: ProviderAttempt<E>,
    earlier: ProviderChainError<E>,
}

impl<E: Error> ProviderChainFailure<E> {
    pub(crate) fn new(name: Cow<'static, str>, error: E, earlier: Vec<ProviderAttempt<E>>) -> Self {
        Self {
            failed: ProviderAttempt::new(name, error),
            earlier: ProviderChainError::new(earlier),
        }
    }

    /// Returns the provider that failed.
    pub fn failed(&self) -> &ProviderAttempt<E> {
        &self.failed
    }

    /// Returns the providers that were tried before, in order.
    pub fn earlier(&self) -> &[ProviderAttempt<E>] {
        self.earlier.attempts()
    }
}

impl<E: Error> fmt::Display for ProviderChainFailure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed, after {}", self.failed.name, self.earlier)
    }
}

impl<E: Error> Error for ProviderChainFailure<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.failed.error.source()
    }
}

/// Writes an error and its sources.
fn write_chain(f: &mut fmt::Formatter<'_>, error: &(dyn Error + 'static)) -> fmt::Result {
    write!(f, "{error}")?;
    let mut source = error.source();
    while let Some(error) = source {
        write!(f, ": {error}")?;
        source = error.source();
    }
    Ok(())
}
