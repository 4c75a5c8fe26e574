//! Documentation as plain paragraphs: AWS writes HTML, our models Markdown.

/// Elements that stand in a line of text; all others begin a paragraph.
const INLINE: [&str; 12] = [
    "a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup", "u",
];

const ENTITIES: [(&str, &str); 7] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&nbsp;", " "),
    // The last, lest it make others.
    ("&amp;", "&"),
];

/// The paragraphs of a text, an empty line between two. Markdown stays as it is.
pub(super) fn plain(documentation: &str) -> String {
    if !documentation.trim_start().starts_with('<') && !documentation.contains("</") {
        return documentation.trim().to_owned();
    }
    let mut paragraphs = vec![String::new()];
    let mut rest = documentation;
    while let Some((text, tag, after)) = next_tag(rest) {
        push(&mut paragraphs, text);
        let name = tag.trim_matches('/').split_whitespace().next();
        let name = name.unwrap_or_default().to_ascii_lowercase();
        if !INLINE.contains(&name.as_str()) {
            let mark = if tag.starts_with("li") { "- " } else { "" };
            // A paragraph of an item goes on behind the item's mark.
            if paragraphs.last().is_none_or(|last| last != "- ") {
                paragraphs.push(mark.to_owned());
            }
        }
        rest = after;
    }
    push(&mut paragraphs, rest);
    let paragraphs = paragraphs.iter().map(|text| text.trim());
    let full: Vec<&str> = paragraphs
        .filter(|text| !["", "-"].contains(text))
        .collect();
    full.join("\n\n")
}

/// The text before the next tag, what stands in the tag, and the text behind it.
fn next_tag(html: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + html.get(from..)?.find('<')?;
        let inside = html.get(start + 1..)?;
        // A `<` that opens no tag is text.
        if inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            let (tag, after) = inside.split_once('>')?;
            return Some((html.get(..start)?, tag, after));
        }
        from = start + 1;
    }
}

/// Adds a text to the last paragraph, its white space made single blanks.
fn push(paragraphs: &mut [String], text: &str) {
    let Some(last) = paragraphs.last_mut() else {
        return;
    };
    let mut text = text.to_owned();
    for (entity, character) in ENTITIES {
        text = text.replace(entity, character);
    }
    if text.starts_with(char::is_whitespace) && !last.is_empty() && !last.ends_with(' ') {
        last.push(' ');
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    last.push_str(&words.join(" "));
    if text.ends_with(char::is_whitespace) && !last.is_empty() && !last.ends_with(' ') {
        last.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_paragraphs() {
        for (html, text) in [
            ("Plain `<words>` stay.", "Plain `<words>` stay."),
            ("", ""),
            (
                "<p>One <b>bold</b> word.</p> <p>Two.</p>",
                "One bold word.\n\nTwo.",
            ),
            (
                "<p>Run\n  on <code>a &lt; b</code>, then.</p>",
                "Run on a < b, then.",
            ),
            (
                "<p>Choose:</p><ul><li><p>this</p></li> <li>that</li></ul>",
                "Choose:\n\n- this\n\n- that",
            ),
            ("<note><p>Mind &amp;lt;.</p></note>", "Mind &lt;."),
            ("a <a href=\"x\">link</a>, 1 < 2, <p", "a link, 1 < 2, <p"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }
}
