//! Characters that cannot be seen, and messages without them.
//!
//! A string of a model or the name of a file can contain anything: escape sequences of a terminal, characters that
//! reverse the order of text, or characters without width. A message that quotes one shows these characters as `\u{1b}`.

use std::borrow::Cow;
use std::fmt::{self, Write};

/// The ranges of characters that are not displayed or change how other text is displayed: those that Unicode calls format
/// characters, except for the ones of single scripts, and the fillers of Hangul.
const INVISIBLE: [(char, char); 15] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// The maximum number of bytes that a message quotes of a string.
const MAX_QUOTED: usize = 2_000;

/// Whether a character is displayed, and does not change how other characters are displayed. This is false for control
/// characters, including line breaks and tabs.
pub(crate) fn is_visible(c: char) -> bool {
    let is_in = |(first, last): &(char, char)| (*first..=*last).contains(&c);
    c.is_ascii_graphic() || c == ' ' || !(c.is_control() || INVISIBLE.iter().any(is_in))
}

/// Returns a text for a terminal, in which each invisible character except for line breaks and tabs is escaped as in
/// `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| is_visible(c) || matches!(c, '\n' | '\t');
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        match is_kept(c) {
            true => printable.push(c),
            false => printable.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(printable)
}

/// Writes messages in which invisible characters are escaped and long strings are shortened.
pub(crate) struct Message<'a, 'b>(pub(crate) &'a mut fmt::Formatter<'b>);

impl Write for Message<'_, '_> {
    // Each string of a message arrives as a whole.
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let shown = text.floor_char_boundary(MAX_QUOTED);
        let (shown, rest) = text.split_at(shown);
        for c in shown.chars() {
            match c {
                c if is_visible(c) => self.0.write_char(c)?,
                '\n' | '\r' | '\t' => write!(self.0, "{}", c.escape_default())?,
                c => write!(self.0, "{}", c.escape_unicode())?,
            }
        }
        match rest.len() {
            0 => Ok(()),
            more => write!(self.0, "... ({more} more bytes)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Shown<'a>(&'a str);

    impl fmt::Display for Shown<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(Message(f), "\"{}\"", self.0)
        }
    }

    #[test]
    fn messages_are_visible_and_short() {
        for (text, shown) in [
            ("Größe 漢字 😀", "\"Größe 漢字 😀\""),
            ("\u{1b}[31m\u{9b}", "\"\\u{1b}[31m\\u{9b}\""),
            ("a\nb\tc\u{202e}\u{feff}", "\"a\\nb\\tc\\u{202e}\\u{feff}\""),
        ] {
            assert_eq!(Shown(text).to_string(), shown);
        }
        let long = Shown(&"é".repeat(10_000)).to_string();
        assert!(long.ends_with("é... (18000 more bytes)\""), "{long}");
    }

    #[test]
    fn lines_stay_lines_on_a_terminal() {
        assert_eq!(printable("a\n\tb"), "a\n\tb");
        assert_eq!(printable("a\r\n\u{1b}c"), "a\\u{d}\n\\u{1b}c");
    }
}
