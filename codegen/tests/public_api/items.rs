//! Splits tokens into items. In contrast to a parser of Rust, it also reads the right sides of macros.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::print::{is_documentation, is_punct, is_word, print};

/// An item without its documentation.
#[derive(Default)]
pub(crate) struct Item {
    /// The attributes that are part of the interface, as text.
    pub(crate) attributes: Vec<String>,
    /// Whether it has `pub` and no restriction.
    pub(crate) public: bool,
    /// The tokens after the visibility, without the body.
    pub(crate) head: Vec<TokenTree>,
    /// The group in braces at the end.
    pub(crate) body: Option<Group>,
    /// Whether it is only compiled for unit tests.
    pub(crate) test: bool,
    /// Whether it opts out of the lint that makes sure that users reach what has `pub`.
    may_be_unreachable: bool,
}

impl Item {
    /// Whether no user sees what is in it.
    pub(crate) fn is_internal(&self) -> bool {
        let module = is_word(self.head.first(), "mod");
        self.test || (self.may_be_unreachable && module && !self.public)
    }
}

/// Attributes that callers notice.
const VISIBLE_ATTRIBUTES: [&str; 7] = [
    "cfg",
    "cfg_attr",
    "deprecated",
    "derive",
    "doc",
    "macro_export",
    "non_exhaustive",
];

/// Splits the tokens of a file, a module, an implementation, a trait or a macro.
pub(crate) fn items(tokens: TokenStream) -> Vec<Item> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut items = Vec::new();
    while !rest.is_empty() {
        let item;
        (item, rest) = next_item(rest, &mut items);
        if !item.head.is_empty() {
            items.push(item);
        }
    }
    items
}

/// Reads one item. The items of a repetition in a macro, `$(...)*`, are added to `repeated`.
fn next_item<'a>(mut rest: &'a [TokenTree], repeated: &mut Vec<Item>) -> (Item, &'a [TokenTree]) {
    let mut item = Item::default();
    loop {
        match rest {
            [hash, bang, TokenTree::Group(_), after @ ..]
                if is_punct(Some(hash), '#') && is_punct(Some(bang), '!') =>
            {
                rest = after;
            }
            [hash, TokenTree::Group(group), after @ ..] if is_punct(Some(hash), '#') => {
                attribute(&mut item, group);
                rest = after;
            }
            [dollar, TokenTree::Group(group), after @ ..] if is_punct(Some(dollar), '$') => {
                repeated.extend(items(group.stream()));
                let end = after.iter().position(|token| {
                    ['*', '+', '?']
                        .iter()
                        .any(|end| is_punct(Some(token), *end))
                });
                rest = end.and_then(|end| after.get(end + 1..)).unwrap_or_default();
            }
            [word, TokenTree::Group(group), after @ ..]
                if is_word(Some(word), "pub") && group.delimiter() == Delimiter::Parenthesis =>
            {
                rest = after;
                break;
            }
            [word, after @ ..] if is_word(Some(word), "pub") => {
                item.public = true;
                rest = after;
                break;
            }
            [dollar, word, after @ ..]
                if is_punct(Some(dollar), '$') && is_word(Some(word), "vis") =>
            {
                item.public = true;
                rest = after;
                break;
            }
            _ => break,
        }
    }
    let to_semicolon = ends_with_semicolon(rest);
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !to_semicolon => {
                item.body = Some(group.clone());
                break;
            }
            token if is_punct(Some(token), ';') => break,
            token => item.head.push(token.clone()),
        }
    }
    (item, rest)
}

fn attribute(item: &mut Item, group: &Group) {
    if is_documentation(group) {
        return;
    }
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let text = print(&tokens);
    item.test |= text == "cfg(test)" || text.starts_with("cfg(all(test");
    item.may_be_unreachable |= text.contains("unreachable_pub");
    if let Some(TokenTree::Ident(name)) = tokens.first()
        && VISIBLE_ATTRIBUTES.contains(&name.to_string().as_str())
    {
        item.attributes.push(format!("#[{text}]"));
    }
}

/// Whether braces in an item do not end it, as in `use a::{b, c};`.
fn ends_with_semicolon(item: &[TokenTree]) -> bool {
    match item {
        [word, next, ..] if is_word(Some(word), "const") => !["fn", "unsafe", "async", "extern"]
            .iter()
            .any(|word| is_word(Some(next), word)),
        [word, ..] => ["use", "static", "type"]
            .iter()
            .any(|end| is_word(Some(word), end)),
        [] => false,
    }
}

/// Splits tokens at the commas that are not between angle brackets.
pub(crate) fn members(group: &Group) -> Vec<Vec<TokenTree>> {
    let mut members = vec![Vec::new()];
    let mut depth = 0_i32;
    let mut arrow = false;
    for token in group.stream() {
        if !arrow {
            depth += i32::from(is_punct(Some(&token), '<'));
            depth -= i32::from(is_punct(Some(&token), '>'));
        }
        arrow = is_punct(Some(&token), '-') || is_punct(Some(&token), '=');
        if depth == 0 && is_punct(Some(&token), ',') {
            members.push(Vec::new());
        } else if let Some(member) = members.last_mut() {
            member.push(token);
        }
    }
    members.retain(|member| !member.is_empty());
    members
}
