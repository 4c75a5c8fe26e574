//! Determines whether a pattern rejects the empty string, from its syntax tree. Compiling the pattern takes much longer.

use regex_syntax::hir::{Hir, HirKind, Look};

/// Whether a pattern rejects the empty string. Patterns that the parser does not support are left to the service.
pub(super) fn rejects_empty(pattern: &str) -> bool {
    regex_syntax::parse(pattern).is_ok_and(|pattern| !matches_empty(&pattern))
}

/// Whether a pattern matches the empty string.
fn matches_empty(pattern: &Hir) -> bool {
    match pattern.kind() {
        HirKind::Empty => true,
        HirKind::Literal(_) | HirKind::Class(_) => false,
        HirKind::Look(look) => !needs_word(*look),
        HirKind::Repetition(it) => it.min == 0 || matches_empty(&it.sub),
        HirKind::Capture(it) => matches_empty(&it.sub),
        HirKind::Concat(parts) => parts.iter().all(matches_empty),
        HirKind::Alternation(parts) => parts.iter().any(matches_empty),
    }
}

/// Whether an assertion requires an adjacent letter or digit.
fn needs_word(look: Look) -> bool {
    use Look::{
        WordAscii, WordEndAscii, WordEndUnicode, WordStartAscii, WordStartUnicode, WordUnicode,
    };
    let ascii = matches!(look, WordAscii | WordStartAscii | WordEndAscii);
    ascii || matches!(look, WordUnicode | WordStartUnicode | WordEndUnicode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, expected) in [
            ("", false),
            (".*", false),
            ("^$|^ws-[0-9a-z]{8,63}$", false),
            ("(a|b?)c*", false),
            ("(a{0,3}){2}", false),
            (r"\B", false),
            (r"\s*|.+", false),
            (r"\b", true),
            (r"\b{start}", true),
            ("^ws-[0-9a-z]{8,63}$", true),
            ("[a-z]{1,100000}", true),
            ("(a|b)c*", true),
            (r"[\s\S]+", true),
            // Only other engines support look-around.
            ("(?!aws:).+", false),
        ] {
            assert_eq!(rejects_empty(pattern), expected, "{pattern}");
        }
    }
}
