//! Tokens as text that does not depend on how the source is formatted.

use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

/// Prints tokens without documentation.
pub(crate) fn print(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    print_to(&mut text, tokens);
    text
}

fn print_to(text: &mut String, tokens: &[TokenTree]) {
    // Whether the token before joins the next one, as in `->` and `'a`.
    let mut joint = false;
    let mut rest = tokens;
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        if let (TokenTree::Punct(punct), Some(TokenTree::Group(group))) = (token, rest.first())
            && punct.as_char() == '#'
            && is_documentation(group)
        {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        // A comma at the end comes from the formatting.
        if rest.is_empty() && is_punct(Some(token), ',') {
            break;
        }
        let piece = match token {
            TokenTree::Group(group) => group_text(group),
            other => other.to_string(),
        };
        if !joint && needs_space(text, &piece) {
            text.push(' ');
        }
        text.push_str(&piece);
        joint = matches!(token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
    }
}

fn group_text(group: &Group) -> String {
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let inner = print(&inner);
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::Brace => format!("{{ {inner} }}"),
        Delimiter::None => inner,
    }
}

/// Whether a space makes the text easier to read.
fn needs_space(text: &str, next: &str) -> bool {
    let Some(last) = text.chars().next_back() else {
        return false;
    };
    let wordy = |c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\'');
    let Some(first) = next.chars().next() else {
        return false;
    };
    match (last, first) {
        (':', '{') if text.ends_with("::") => false,
        ('!', _) | (_, '{') if text.ends_with("macro_rules!") => true,
        (_, '{' | '=' | '+' | '|') | ('=' | '+' | '|' | ',' | ';' | '}', _) => true,
        ('>', _) if text.ends_with("->") => true,
        (':', _) => !text.ends_with("::") && first != ':',
        (last, '-') => last != ' ',
        ('>' | ')' | ']', first) => wordy(first) || first == '#',
        (last, '#' | '$') => wordy(last),
        (last, '&' | '\'') => wordy(last),
        (last, first) => wordy(last) && wordy(first),
    }
}

/// Whether a group after `#` is a documentation comment. `#[doc(hidden)]` is not one.
pub(crate) fn is_documentation(group: &Group) -> bool {
    let mut tokens = group.stream().into_iter();
    group.delimiter() == Delimiter::Bracket
        && matches!(tokens.next(), Some(TokenTree::Ident(name)) if name == "doc")
        && is_punct(tokens.next().as_ref(), '=')
}

pub(crate) fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

pub(crate) fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}
