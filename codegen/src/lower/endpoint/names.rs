//! The names in endpoint rules: those of parameters, and of the values that conditions assign.

use crate::diagnostic::{EndpointFault, Report};
use crate::source::Entries;
use crate::source::rules::RuleParameter;

/// The maximum number of assigned values that a rule can use. The rules of AWS use at most 8.
const MAX_VARIABLES: usize = 64;

/// Reports each parameter with an invalid name. `path` is the prefix of the names.
pub(super) fn check_parameters(
    parameters: &Entries<RuleParameter>,
    path: &str,
    report: &mut Report,
) {
    for name in parameters.names().filter(|name| !is_name(name)) {
        let fault = EndpointFault::Name(name.to_owned());
        report.fault(format!("{path}{name}"), fault);
    }
}

/// The values that the conditions of a rule, and of the rules around it, assign.
#[derive(Default)]
pub(super) struct Variables(Vec<String>);

impl Variables {
    /// Adds a value that a condition assigns.
    ///
    /// # Errors
    /// Returns a fault if the name is invalid or not new, or if there are too many values. The value exists nevertheless, up to
    /// the maximum number, so that its uses are no faults.
    pub(super) fn assign(
        &mut self,
        name: &str,
        parameters: &Entries<RuleParameter>,
    ) -> Result<(), EndpointFault> {
        let is_new = !self.contains(name) && parameters.get(name).is_none();
        if self.0.len() == MAX_VARIABLES {
            return Err(EndpointFault::TooManyVariables { max: MAX_VARIABLES });
        }
        self.0.push(name.to_owned());
        match (is_name(name), is_new) {
            (false, _) => Err(EndpointFault::Name(name.to_owned())),
            (_, false) => Err(EndpointFault::AssignedTwice(name.to_owned())),
            _ => Ok(()),
        }
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|variable| variable == name)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Removes the values after the first `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }
}

/// Whether a name consists of ASCII letters, digits and underscores, and does not begin with a digit.
fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars().all(is_part) && !name.starts_with(|c: char| c.is_ascii_digit()) && !name.is_empty()
}
