//! Suggestions for misspelled names.

/// Returns the known name that needs the fewest edits to become the wrong one, if it needs few. Case does not count.
pub(super) fn most_similar<'a>(
    wrong: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let distances = known.map(|name| (edits(&wrong, &name.to_lowercase()), name));
    let (distance, name) = distances.min()?;
    (distance <= name.len() / 3).then_some(name)
}

/// Returns the Levenshtein distance: the number of characters to insert, remove or replace.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    // The distances from a prefix of `from` to each prefix of `to`.
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, removed) in from.chars().enumerate() {
        let mut previous = i + 1;
        let mut next = vec![previous];
        for (kept, (above, inserted)) in row
            .windows(2)
            .filter_map(pair)
            .zip(&to)
            .map(|((a, b), c)| (a, (b, c)))
        {
            let replaced = kept + usize::from(removed != *inserted);
            previous = replaced.min(above + 1).min(previous + 1);
            next.push(previous);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

fn pair(window: &[usize]) -> Option<(usize, usize)> {
    Some((*window.first()?, *window.last()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (from, to, expected) in [
            ("", "", 0),
            ("a", "", 1),
            ("", "ab", 2),
            ("kitten", "sitting", 3),
            ("flaw", "lawn", 2),
            ("same", "same", 0),
        ] {
            assert_eq!(edits(from, to), expected, "{from} {to}");
        }
    }

    #[test]
    fn only_similar_names_are_suggested() {
        let suggest = |wrong| most_similar(wrong, ["DescribeTags", "CreateTags"].into_iter());
        assert_eq!(suggest("describe_tags"), Some("DescribeTags"));
        assert_eq!(suggest("CreateTag"), Some("CreateTags"));
        assert_eq!(suggest("x"), None);
    }
}
