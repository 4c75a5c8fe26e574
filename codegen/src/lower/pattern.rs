//! Whether a pattern refuses an empty text, told by its parts: to compile one takes far longer.

use regex_syntax::hir::{Hir, HirKind, Look};

/// Whether an empty text breaks a pattern. One that only other engines understand is left to the
/// service.
pub(super) fn refuses_empty(pattern: &str) -> bool {
    regex_syntax::parse(pattern).is_ok_and(|pattern| !matches_empty(&pattern))
}

/// Whether all of an empty text is a match.
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

/// Whether a place is one only where a letter or digit is beside it.
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
        for (pattern, refuses) in [
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
            // Look-around is what other engines understand.
            ("(?!aws:).+", false),
        ] {
            assert_eq!(refuses_empty(pattern), refuses, "{pattern}");
        }
    }
}
