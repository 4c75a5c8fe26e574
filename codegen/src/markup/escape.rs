//! Escapes text for Markdown.

use std::collections::BTreeSet;

use super::address;
use crate::visible::is_visible;

/// The maximum number of characters between `&` and `;` in an entity.
const MAX_ENTITY: usize = 32;

/// Returns a span of code that displays the text on one line. Invisible characters are displayed as `\u{1b}`.
pub(crate) fn code(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => shown.extend(c.escape_default()),
            c if is_visible(c) => shown.push(c),
            c => shown.extend(c.escape_unicode()),
        }
    }
    let text = shown;
    let runs: BTreeSet<usize> = text.split(|c| c != '`').map(str::len).collect();
    let fence = (1..).find(|length| !runs.contains(length)).unwrap_or(1);
    let fence = "`".repeat(fence);
    let is_padded = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    match is_padded {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// Appends a text without spaces, in which no character has a meaning. Addresses of the web become links, unless the text
/// is that of a link.
pub(super) fn push_word(out: &mut String, word: &str, in_link: bool) {
    let mut rest = word;
    while let Some(start) = rest.find("http").filter(|_| !in_link) {
        let (before, at) = rest.split_at(start);
        push_escaped(out, before, in_link);
        match address::bare(at) {
            Some(address) => {
                out.extend(["<", address, ">"]);
                rest = at.get(address.len()..).unwrap_or_default();
            }
            None => {
                out.push_str("http");
                rest = at.get("http".len()..).unwrap_or_default();
            }
        }
    }
    push_escaped(out, rest, in_link);
}

fn push_escaped(out: &mut String, text: &str, in_link: bool) {
    let is_alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut previous = None;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_escaped = match c {
            '\\' | '`' | '*' | '[' | '<' | '~' | '|' => true,
            ']' => in_link,
            '_' => !is_alphanumeric(previous) || !is_alphanumeric(next),
            '&' => is_entity(text.get(i + 1..).unwrap_or_default()),
            _ => false,
        };
        if is_escaped {
            out.push('\\');
        }
        out.push(c);
        previous = Some(c);
    }
}

/// Whether the text after `&` makes an entity of it.
fn is_entity(after: &str) -> bool {
    let mut chars = after.chars().take(MAX_ENTITY);
    let end = chars.find(|c| !c.is_ascii_alphanumeric() && *c != '#');
    end == Some(';')
}

/// Escapes a word that would have a meaning at the start of a line, as `-` or `1.` have. Numbers other than 1 have one only
/// if `any_number` is true.
pub(super) fn at_line_start(word: &str, any_number: bool) -> String {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = word.split_at(digits);
    let starts_list = !number.is_empty() && (any_number || number.trim_start_matches('0') == "1");
    let consists_of = |mark: char| !word.is_empty() && word.chars().all(|c| c == mark);
    let is_mark = ['-', '=', '#', '+', ':'].into_iter().any(consists_of) || word.starts_with('>');
    match (number, rest) {
        (_, "." | ")") if starts_list => format!("{number}\\{rest}"),
        _ if is_mark => format!("\\{word}"),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_code() {
        for (text, expected) in [
            ("a", "`a`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            ("``a`", "``` ``a` ```"),
            ("a\nb\u{1b}", "`a\\nb\\u{1b}`"),
        ] {
            assert_eq!(code(text), expected);
        }
    }

    #[test]
    fn words() {
        for (word, expected) in [
            ("a<b>", "a\\<b>"),
            ("ids[0]", "ids\\[0]"),
            ("a_b", "a_b"),
            ("_a_", "\\_a\\_"),
            ("AT&T", "AT&T"),
            ("&lt;", "\\&lt;"),
            ("(https://example.com/a_b).", "(<https://example.com/a_b>)."),
            ("https:", "https:"),
        ] {
            let mut out = String::new();
            push_word(&mut out, word, false);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn starts_of_lines() {
        for (word, expected) in [
            ("-", "\\-"),
            ("-1", "-1"),
            ("12.", "12\\."),
            ("1.5", "1.5"),
            ("##", "\\##"),
            ("#a", "#a"),
            (">a", "\\>a"),
            ("===", "\\==="),
        ] {
            assert_eq!(at_line_start(word, true), expected);
        }
        assert_eq!(at_line_start("12.", false), "12.");
        assert_eq!(at_line_start("01)", false), "01\\)");
    }
}
