//! Escapes strings of a model for other languages.

/// Returns a TOML string.
pub(super) fn toml(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// Returns a list of TOML strings, without its brackets.
pub(super) fn toml_list<'a>(strings: impl Iterator<Item = &'a str>) -> String {
    let strings: Vec<String> = strings.map(toml).collect();
    strings.join(", ")
}

/// Returns Markdown that displays the string on one line.
pub(super) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for c in word.chars() {
            if c.is_ascii_punctuation()
                && !matches!(c, '.' | ',' | '-' | '/' | ':' | '\'' | '(' | ')')
            {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_strings_are_parsed_back() {
        for text in [
            "plain",
            "a \"quoted\" \\ one",
            "two\nlines\t\u{7}",
            "''' \"\"\"",
        ] {
            let document: toml_edit::DocumentMut = format!("key = {}", toml(text)).parse().unwrap();
            assert_eq!(document["key"].as_str(), Some(text));
        }
    }

    #[test]
    fn markdown_is_one_line_without_markup() {
        for (text, escaped) in [
            ("Amazon WorkSpaces", "Amazon WorkSpaces"),
            ("a\r\n# b\n\n```rust", "a \\# b \\`\\`\\`rust"),
            ("<b>*x*</b> [y](z)", "\\<b\\>\\*x\\*\\</b\\> \\[y\\](z)"),
        ] {
            assert_eq!(super::markdown(text), escaped);
        }
    }
}
