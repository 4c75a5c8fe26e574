//! How the messages of waiters and batches name resources and items, with the reasons of the service: bounded, so that a message can
//! be logged.

use std::fmt;

/// The number of resources or items that a message names.
const MAX_NAMED: usize = 10;

/// The number of characters of a string of the service that a message contains.
const MAX_CHARACTERS: usize = 200;

/// Returns the beginning of a string of the service.
pub(crate) fn short(string: &str) -> &str {
    let end = string.char_indices().nth(MAX_CHARACTERS);
    end.and_then(|(end, _)| string.get(..end)).unwrap_or(string)
}

/// Prints ` (Code: message)`, without what is absent or empty.
pub(crate) fn write_reason(
    f: &mut fmt::Formatter<'_>,
    code: Option<&str>,
    message: Option<&str>,
) -> fmt::Result {
    let [code, message] = [code, message].map(|it| it.filter(|it| !it.is_empty()).map(short));
    match (code, message) {
        (Some(code), Some(message)) => write!(f, " ({code}: {message})"),
        (Some(only), None) | (None, Some(only)) => write!(f, " ({only})"),
        (None, None) => Ok(()),
    }
}

/// Prints `a, b and 3 more`.
pub(crate) fn write_names<T: fmt::Display>(f: &mut fmt::Formatter<'_>, names: &[T]) -> fmt::Result {
    for (i, name) in names.iter().take(MAX_NAMED).enumerate() {
        let separator = if i == 0 { "" } else { ", " };
        write!(f, "{separator}{name}")?;
    }
    match names.len().saturating_sub(MAX_NAMED) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Reason(Option<&'static str>, Option<&'static str>);

    impl fmt::Display for Reason {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write_reason(f, self.0, self.1)
        }
    }

    #[test]
    fn a_reason_has_no_empty_parts() {
        for (code, message, expected) in [
            (Some("Code"), Some("message"), " (Code: message)"),
            (Some("Code"), Some(""), " (Code)"),
            (Some("Code"), None, " (Code)"),
            (Some(""), Some("message"), " (message)"),
            (None, Some("message"), " (message)"),
            (Some(""), Some(""), ""),
            (Some(""), None, ""),
            (None, None, ""),
        ] {
            assert_eq!(Reason(code, message).to_string(), expected);
        }
    }

    #[test]
    fn strings_are_cut_between_characters() {
        let long = "ü".repeat(MAX_CHARACTERS + 1);
        assert_eq!(short(&long), "ü".repeat(MAX_CHARACTERS));
        assert_eq!(short("ü"), "ü");
    }

    #[test]
    fn a_message_names_ten() {
        struct Names(usize);
        impl fmt::Display for Names {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_names(f, &Vec::from_iter(0..self.0))
            }
        }
        for (number, expected) in [
            (0, ""),
            (1, "0"),
            (3, "0, 1, 2"),
            (10, "0, 1, 2, 3, 4, 5, 6, 7, 8, 9"),
            (12, "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"),
        ] {
            assert_eq!(Names(number).to_string(), expected);
        }
    }
}
