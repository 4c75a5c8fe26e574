//! What a misspelt name was probably meant to be.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How many known names a suggestion lists.
const LISTED: usize = 16;

/// What to write in place of an unknown name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Suggestion {
    /// A known name that is spelled almost like the unknown one.
    Similar(String),
    /// All the known names, of which there are few.
    OneOf(Vec<String>),
    /// Nothing; the fault itself says what can be done.
    None,
}

impl Suggestion {
    /// The known name closest to an unknown one, if one is close.
    pub(crate) fn similar<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let nearest = nearest(wrong, known.into_iter().map(|name| (name, name)));
        nearest.map_or(Self::None, |name| Self::Similar(name.to_owned()))
    }

    /// The known name closest to an unknown one, or else all known names where there are few.
    pub(crate) fn among<'a>(
        wrong: &str,
        known: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
    ) -> Self {
        let known = known.into_iter();
        match Self::similar(wrong, known.clone()) {
            Self::None if (1..=LISTED).contains(&known.clone().count()) => {
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
                [name] => write!(f, "; the only known one is {name}"),
                names => write!(f, "; known are {}", names.join(", ")),
            },
            Self::None => Ok(()),
        }
    }
}

/// `did you mean "x"?` for the known name closest to a wrong one, or else what to do instead.
pub(crate) fn did_you_mean<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
    or_else: &str,
) -> String {
    match Suggestion::similar(wrong, known) {
        Suggestion::Similar(name) => format!("did you mean \"{name}\"?"),
        _ => or_else.to_owned(),
    }
}

/// Of some named things the one whose name is spelled almost like a wrong one.
pub(crate) fn nearest<'a, T: Ord>(
    wrong: &str,
    known: impl Iterator<Item = (&'a str, T)>,
) -> Option<T> {
    let far = |name: &str| 1 + name.len() / 5;
    let lower = wrong.to_lowercase();
    let distance = |name: &str| {
        let alike = strsim::damerau_levenshtein(&lower, &name.to_lowercase());
        // A difference in case adds at most one to the distance.
        (alike <= far(name)).then(|| strsim::damerau_levenshtein(wrong, name).min(alike + 1))
    };
    known
        .filter(|(name, _)| name.len().abs_diff(wrong.len()) <= far(name))
        .filter_map(|(name, thing)| Some((distance(name)?, name, thing)))
        .filter(|(distance, name, _)| *distance <= far(name))
        .min()
        .map(|(_, _, thing)| thing)
}
