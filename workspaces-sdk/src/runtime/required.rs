//! The check for members that an input must have, made before anything is sent.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use super::json::Encode;

/// Collects the members that must be set and are not, by their paths: `Items[0].Id`.
#[derive(Debug, Default)]
pub(crate) struct Required {
    path: String,
    missing: Vec<String>,
}

/// A value in which something may be missing.
pub(crate) trait CheckRequired {
    /// Names what is missing.
    fn required(&self, check: &mut Required);
}

impl Required {
    /// Notes the member `name` as missing when its value is absent.
    pub(crate) fn member(&mut self, name: &str, value: &impl Encode) {
        if value.is_absent() {
            self.note(name);
        }
    }

    /// Notes the member `name` as missing when its text is absent or empty.
    #[allow(dead_code, reason = "a model may have no such member")]
    pub(crate) fn text(&mut self, name: &str, value: Option<&str>) {
        if value.is_none_or(str::is_empty) {
            self.note(name);
        }
    }

    fn note(&mut self, name: &str) {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.missing.push(format!("{}{dot}{name}", self.path));
    }

    /// Looks into the value of the member `name`.
    #[allow(
        dead_code,
        reason = "not every model has structures that can lack something"
    )]
    pub(crate) fn within(&mut self, name: &str, value: &impl CheckRequired) {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.descend(format_args!("{dot}{name}"), value);
    }

    fn descend(&mut self, step: fmt::Arguments<'_>, value: &impl CheckRequired) {
        let len = self.path.len();
        // Writing to a text cannot fail.
        let _ = self.path.write_fmt(step);
        value.required(self);
        self.path.truncate(len);
    }

    /// # Errors
    /// [`MissingMembers`] when something is missing.
    pub(super) fn check(self, operation: &'static str) -> Result<(), MissingMembers> {
        if self.missing.is_empty() {
            return Ok(());
        }
        Err(MissingMembers {
            operation,
            members: self.missing,
        })
    }
}

impl<T: CheckRequired> CheckRequired for Option<T> {
    fn required(&self, check: &mut Required) {
        if let Some(value) = self {
            value.required(check);
        }
    }
}

impl<T: CheckRequired> CheckRequired for Box<T> {
    fn required(&self, check: &mut Required) {
        (**self).required(check);
    }
}

impl<T: CheckRequired> CheckRequired for Vec<T> {
    fn required(&self, check: &mut Required) {
        for (index, value) in self.iter().enumerate() {
            check.descend(format_args!("[{index}]"), value);
        }
    }
}

impl<K: AsRef<str>, T: CheckRequired> CheckRequired for HashMap<K, T> {
    fn required(&self, check: &mut Required) {
        for (key, value) in self {
            check.descend(format_args!("[{:?}]", key.as_ref()), value);
        }
    }
}

/// An input that lacks members, told by their paths on the wire.
#[derive(Debug)]
pub(super) struct MissingMembers {
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

    impl CheckRequired for Leaf {
        fn required(&self, check: &mut Required) {
            check.member("Id", &self.id);
        }
    }

    struct Tree {
        name: Option<String>,
        leaves: Option<Vec<Leaf>>,
        by_name: Option<HashMap<String, Leaf>>,
        one: Option<Box<Leaf>>,
    }

    impl CheckRequired for Tree {
        fn required(&self, check: &mut Required) {
            check.member("Name", &self.name);
            check.within("Leaves", &self.leaves);
            check.within("ByName", &self.by_name);
            check.within("One", &self.one);
        }
    }

    fn missing(tree: Tree) -> Vec<String> {
        let mut check = Required::default();
        check.within("Tree", &Some(tree));
        check.member("Last", &None::<String>);
        assert_eq!(check.path, "");
        check.missing
    }

    #[test]
    fn all_that_is_missing_is_told_by_its_path() {
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
