//! Suggestions for misspelled names.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The maximum number of known names that a suggestion lists.
const MAX_LISTED: usize = 16;

/// A suggestion for an unknown name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Suggestion {
    /// A known name with a similar spelling.
    Similar(String),
    /// All known names.
    OneOf(Vec<String>),
    /// No suggestion.
    None,
}

impl Suggestion {
    /// Suggests the known name with the most similar spelling, if any is similar.
    pub(crate) fn similar<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let nearest = nearest(wrong, known.into_iter().map(|name| (name, name)));
        nearest.map_or(Self::None, |name| Self::Similar(name.to_owned()))
    }

    /// Suggests the known name with the most similar spelling, or all known names if none is similar and there
    /// are only a few.
    pub(crate) fn among<'a>(
        wrong: &str,
        known: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Self {
        let known = known.into_iter();
        match Self::similar(wrong, known.clone()) {
            Self::None if (1..=MAX_LISTED).contains(&known.clone().count()) => {
                Self::OneOf(known.map(str::to_owned).collect())
            }
            found => found,
        }
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Similar(name) => write!(f, "; did you mean \"{name}\"?"),
            Self::OneOf(names) => match names.as_slice() {
                [name] => write!(f, "; use {name}"),
                names => write!(f, "; use one of {}", names.join(", ")),
            },
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
