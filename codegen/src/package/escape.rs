//! Escapes strings for TOML.

use crate::visible::is_visible;

/// Returns a TOML string on one line. Invisible characters are escaped, as TOML forbids some of them and editors hide others.
pub(super) fn toml(text: &str) -> String {
    let mut escaped = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            c if is_visible(c) => escaped.push(c),
            c => escaped.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    escaped.push('"');
    escaped
}

/// Returns a list of TOML strings, without its brackets.
pub(super) fn toml_list<'a>(strings: impl Iterator<Item = &'a str>) -> String {
    let strings: Vec<String> = strings.map(toml).collect();
    strings.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_strings_are_visible_and_parsed_back() {
        for text in [
            "plain",
            "a \"quoted\" \\ one",
            "two\nlines\t\u{7}\u{0}\u{7f}\u{85}",
            "''' \"\"\"",
            "\u{202e}\u{200b}\u{feff}\u{2028}\u{e0001}",
            "Größe \u{1f600}",
        ] {
            let document: toml_edit::DocumentMut = format!("key = {}", toml(text)).parse().unwrap();
            assert_eq!(document["key"].as_str(), Some(text));
            assert!(toml(text).chars().all(is_visible), "{text:?}");
        }
    }
}
