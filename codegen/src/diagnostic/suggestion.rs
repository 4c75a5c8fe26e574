//! Suggestions for misspelled names.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;

use heck::ToSnakeCase;
use serde::{Deserialize, Serialize};

/// The maximum number of known names that a suggestion lists.
const MAX_LISTED: usize = 16;

/// The maximum number of known names that it lists if there are others.
const MAX_NEIGHBORS: usize = 6;

/// A suggestion for an unknown name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Suggestion {
    /// A known name with a similar spelling.
    Similar(String),
    /// All known names.
    OneOf(Vec<String>),
    /// Some known names of which one may have been meant.
    Neighbors(Vec<String>),
    /// No suggestion.
    None,
}

impl Suggestion {
    /// Suggests the known name with the most similar spelling, if any is similar.
    ///
    /// The search is slow, and a model can have a fault for each of its names. So this is for names that are not those of a
    /// model; `Report` limits the searches among these.
    pub(crate) fn similar(wrong: &str, known: impl IntoIterator<Item = &'static str>) -> Self {
        Self::of(nearest(wrong, known.into_iter().map(|name| (name, name))))
    }

    /// Suggests the known name with the most similar spelling, or all known names if none is similar and there
    /// are only a few.
    pub fn among(
        wrong: &str,
        known: impl IntoIterator<Item = &'static str, IntoIter: Clone>,
    ) -> Self {
        let known = known.into_iter();
        match Self::similar(wrong, known.clone()) {
            Self::None => Self::all(known),
            found => found,
        }
    }

    /// Suggests the nearest name.
    pub(super) fn of(nearest: Option<&str>) -> Self {
        nearest.map_or(Self::None, |name| Self::Similar(name.to_owned()))
    }

    /// Suggests all names if there are only a few.
    pub(super) fn all<'a>(known: impl Iterator<Item = &'a str> + Clone) -> Self {
        match (1..=MAX_LISTED).contains(&known.clone().count()) {
            true => Self::OneOf(known.map(str::to_owned).collect()),
            false => Self::None,
        }
    }

    /// Suggests the known name with the most similar spelling. If none is similar, suggests those that share the most words with
    /// the wrong name, or else those around it in alphabetical order.
    pub fn near<'a>(
        wrong: &str,
        known: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Self {
        let known = known.into_iter();
        match Self::of(nearest(wrong, known.clone().map(|name| (name, name)))) {
            Self::None => {
                let neighbors = neighbors(wrong, known);
                Self::Neighbors(neighbors.into_iter().map(str::to_owned).collect())
            }
            found => found,
        }
    }
}

fn neighbors<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let words = |name: &str| -> BTreeSet<String> {
        let name = name.to_snake_case();
        name.split('_')
            .map(|word| word.trim_end_matches('s').to_owned())
            .collect()
    };
    let wanted = words(wrong);
    let mut names: Vec<(usize, &str)> = known
        .map(|name| (words(name).intersection(&wanted).count(), name))
        .collect();
    names.sort_unstable_by_key(|(shared, name)| (Reverse(*shared), *name));
    let most = names.first().map_or(0, |(shared, _)| *shared);
    let skipped = match most {
        0 => {
            let before = names.partition_point(|(_, name)| *name < wrong);
            let last = names.len().saturating_sub(MAX_NEIGHBORS);
            before.saturating_sub(MAX_NEIGHBORS / 2).min(last)
        }
        _ => 0,
    };
    let names = names.into_iter().filter(|(shared, _)| *shared == most);
    names
        .skip(skipped)
        .take(MAX_NEIGHBORS)
        .map(|(_, name)| name)
        .collect()
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Similar(name) => write!(f, "; did you mean \"{name}\"?"),
            Self::OneOf(names) => match names.as_slice() {
                [name] => write!(f, "; use {name}"),
                names => write!(f, "; use one of {}", names.join(", ")),
            },
            Self::Neighbors(names) if names.is_empty() => Ok(()),
            Self::Neighbors(names) => write!(f, "; others are {}", names.join(", ")),
            Self::None => Ok(()),
        }
    }
}

/// Returns the value whose name has the most similar spelling to a wrong name, if any is similar.
pub(crate) fn nearest<'a, T: Ord>(
    wrong: &str,
    known: impl Iterator<Item = (&'a str, T)>,
) -> Option<T> {
    let max_distance = |name: &str| 1 + name.len() / 5;
    let lower = wrong.to_lowercase();
    let distance = |name: &str| {
        let ignoring_case = strsim::damerau_levenshtein(&lower, &name.to_lowercase());
        // All differences in case count as one edit.
        (ignoring_case <= max_distance(name))
            .then(|| strsim::damerau_levenshtein(wrong, name).min(ignoring_case + 1))
    };
    known
        .filter(|(name, _)| name.len().abs_diff(wrong.len()) <= max_distance(name))
        .filter_map(|(name, value)| Some((distance(name)?, name, value)))
        .filter(|(distance, name, _)| *distance <= max_distance(name))
        .min()
        .map(|(_, _, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_share_words_are_near() {
        let known = [
            "BatchGetItem",
            "DeleteItem",
            "GetItem",
            "ListTables",
            "PutItem",
            "Scan",
        ];
        for (wrong, suggestion) in [
            ("GetItme", "; did you mean \"GetItem\"?"),
            (
                "FetchItems",
                "; others are BatchGetItem, DeleteItem, GetItem, PutItem",
            ),
            (
                "DescribeEndpoints",
                "; others are BatchGetItem, DeleteItem, GetItem, ListTables, PutItem, Scan",
            ),
        ] {
            assert_eq!(Suggestion::near(wrong, known).to_string(), suggestion);
        }
        let many: Vec<String> = (0..20).map(|i| format!("Call{i:02}")).collect();
        let many = many.iter().map(String::as_str);
        assert_eq!(
            Suggestion::near("Zoo", many.clone()).to_string(),
            "; others are Call14, Call15, Call16, Call17, Call18, Call19"
        );
        assert_eq!(Suggestion::near("A", []).to_string(), "");
    }
}
