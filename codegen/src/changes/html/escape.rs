//! The strings of a model in HTML.

use std::fmt::Write;

use crate::markup::beginning;
use crate::visible::printable;

/// The length of the longest value that is printed in full, in bytes.
const MAX: usize = 2000;

/// A string as text or as the value of an attribute in double quotes. Invisible characters are escaped as in Rust.
pub(super) fn escape(text: &str) -> String {
    let shown = beginning(text, MAX);
    let mut out = String::with_capacity(shown.len());
    for c in printable(shown).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    if shown.len() < text.len() {
        out.push('…');
    }
    out
}

/// The length of a name that fits into a line of a narrow table, in bytes.
const NARROW: usize = 24;

/// A name or a path as text. A long one breaks between its words, if it has to.
pub(super) fn breakable(text: &str) -> String {
    let escaped = escape(text);
    if escaped.len() <= NARROW {
        return escaped;
    }
    ["::", ".", "_"].iter().fold(escaped, |text, end| {
        text.replace(end, &format!("{end}<wbr>"))
    })
}

/// A fragment of a URL, and the `id` that it leads to. Strings that differ have different ones.
pub(super) fn anchor(text: &str) -> String {
    let mut out = "op-".to_owned();
    for byte in text.bytes() {
        match byte {
            b'.' | b'-' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => out.push(char::from(byte)),
            byte => {
                let _ = write!(out, "_{byte:02x}");
            }
        }
    }
    out
}
