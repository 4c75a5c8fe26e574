//! Validation of inputs before they are sent: required members must be set.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

/// Collects the paths of required members that are not set: `Items[0].Id`.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Validator {
    path: String,
    missing: Vec<String>,
}

/// A value with required members, or with members that have some.
#[doc(hidden)]
pub trait Validate {
    /// Reports the required members that are not set.
    fn validate(&self, validator: &mut Validator);
}

impl Validator {
    /// Reports the member `name` if it is not set.
    pub fn required<T>(&mut self, name: &str, value: &Option<T>) {
        if value.is_none() {
            self.report(name);
        }
    }

    /// Reports the member `name` if it is not set or is an empty string.
    pub fn required_string(&mut self, name: &str, value: Option<&str>) {
        if value.is_none_or(str::is_empty) {
            self.report(name);
        }
    }

    fn report(&mut self, name: &str) {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.missing.push(format!("{}{dot}{name}", self.path));
    }

    /// Validates the value of the member `name`.
    pub fn nested(&mut self, name: &str, value: &impl Validate) {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.descend(format_args!("{dot}{name}"), value);
    }

    fn descend(&mut self, step: fmt::Arguments<'_>, value: &impl Validate) {
        let len = self.path.len();
        // Writing to a string cannot fail.
        let _ = self.path.write_fmt(step);
        value.validate(self);
        self.path.truncate(len);
    }

    /// Ends the validation.
    ///
    /// # Errors
    /// Returns [`MissingMembers`] if a required member is not set.
    pub(crate) fn finish(self, operation: &'static str) -> Result<(), MissingMembers> {
        if self.missing.is_empty() {
            return Ok(());
        }
        Err(MissingMembers {
            operation,
            members: self.missing,
        })
    }
}

impl<T: Validate> Validate for Option<T> {
    fn validate(&self, validator: &mut Validator) {
        if let Some(value) = self {
            value.validate(validator);
        }
    }
}

impl<T: Validate> Validate for Box<T> {
    fn validate(&self, validator: &mut Validator) {
        (**self).validate(validator);
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn validate(&self, validator: &mut Validator) {
        for (index, value) in self.iter().enumerate() {
            validator.descend(format_args!("[{index}]"), value);
        }
    }
}

impl<K: AsRef<str>, T: Validate> Validate for HashMap<K, T> {
    fn validate(&self, validator: &mut Validator) {
        for (key, value) in self {
            validator.descend(format_args!("[{:?}]", key.as_ref()), value);
        }
    }
}

/// The error of an input whose required members are not all set; the members are paths of names on the wire.
#[derive(Debug)]
pub(crate) struct MissingMembers {
    operation: &'static str,
    members: Vec<String>,
}

impl fmt::Display for MissingMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is missing {}",
            self.operation,
            self.members.join(", ")
        )
    }
}

impl std::error::Error for MissingMembers {}

#[cfg(test)]
mod tests {
    use super::*;

    struct Leaf {
        id: Option<String>,
    }

    impl Validate for Leaf {
        fn validate(&self, validator: &mut Validator) {
            validator.required("Id", &self.id);
        }
    }

    struct Tree {
        name: Option<String>,
        leaves: Option<Vec<Leaf>>,
        by_name: Option<HashMap<String, Leaf>>,
        one: Option<Box<Leaf>>,
    }

    impl Validate for Tree {
        fn validate(&self, validator: &mut Validator) {
            validator.required("Name", &self.name);
            validator.nested("Leaves", &self.leaves);
            validator.nested("ByName", &self.by_name);
            validator.nested("One", &self.one);
        }
    }

    fn missing(tree: Tree) -> Vec<String> {
        let mut validator = Validator::default();
        validator.nested("Tree", &Some(tree));
        validator.required("Last", &None::<String>);
        assert_eq!(validator.path, "");
        validator.missing
    }

    #[test]
    fn missing_members_are_reported_by_their_paths() {
        let leaf = |id: Option<&str>| Leaf {
            id: id.map(str::to_owned),
        };
        let tree = Tree {
            name: None,
            leaves: Some(vec![leaf(Some("a")), leaf(None)]),
            by_name: Some(HashMap::from([("k".to_owned(), leaf(None))])),
            one: Some(Box::new(leaf(None))),
        };
        assert_eq!(
            missing(tree),
            [
                "Tree.Name",
                "Tree.Leaves[1].Id",
                "Tree.ByName[\"k\"].Id",
                "Tree.One.Id",
                "Last"
            ]
        );
        let empty = Tree {
            name: Some(String::new()),
            leaves: None,
            by_name: None,
            one: None,
        };
        assert_eq!(missing(empty), ["Last"]);
    }
}
