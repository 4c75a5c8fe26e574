//! Templates with labels in braces: the paths of requests and the prefixes of hosts.

use crate::diagnostic::EndpointFault;

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    /// The name in braces.
    Label(&'a str),
}

/// Splits a template such as `/books/{Id}` or `data.{AccountId}.`.
///
/// # Errors
/// Returns a fault for a brace without its counterpart.
pub(super) fn parts(template: &str) -> Result<Vec<Part<'_>>, EndpointFault> {
    let (mut parts, mut rest) = (Vec::new(), template);
    loop {
        let (text, after) = rest.split_once('{').unwrap_or((rest, ""));
        if text.contains('}') {
            return Err(EndpointFault::UnopenedBrace);
        }
        parts.push(Part::Text(text));
        if text.len() == rest.len() {
            return Ok(parts);
        }
        let (label, after) = after.split_once('}').ok_or(EndpointFault::UnclosedBrace)?;
        parts.push(Part::Label(label));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        use Part::{Label, Text};
        for (template, expected) in [
            ("", Ok(vec![Text("")])),
            ("/a", Ok(vec![Text("/a")])),
            ("{A}", Ok(vec![Text(""), Label("A"), Text("")])),
            (
                "a.{B}-{C+}.",
                Ok(vec![
                    Text("a."),
                    Label("B"),
                    Text("-"),
                    Label("C+"),
                    Text("."),
                ]),
            ),
            ("{{A}}", Err(EndpointFault::UnopenedBrace)),
            ("a{", Err(EndpointFault::UnclosedBrace)),
            ("a}", Err(EndpointFault::UnopenedBrace)),
            ("}{A}", Err(EndpointFault::UnopenedBrace)),
            ("{A}b}", Err(EndpointFault::UnopenedBrace)),
        ] {
            assert_eq!(parts(template), expected, "{template}");
        }
    }
}
