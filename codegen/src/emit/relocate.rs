//! Moves generated code from the root of a crate to a module: `crate::types` becomes `crate::sts::types`.

use proc_macro2::{Group, Ident, Literal, Spacing, TokenStream, TokenTree};

/// Prefixes all paths from the root of the crate with a module, in code and in the links of documentation.
pub(super) fn relocate(tokens: TokenStream, module: &[Ident]) -> TokenStream {
    let mut moved = TokenStream::new();
    let mut trees = tokens.into_iter().peekable();
    // The tokens of `doc = "text"` that precede the current one.
    let mut doc = 0;
    while let Some(tree) = trees.next() {
        let before = doc;
        doc = match &tree {
            TokenTree::Ident(ident) if ident == "doc" => 1,
            TokenTree::Punct(punct) if doc == 1 && punct.as_char() == '=' => 2,
            _ => 0,
        };
        let moved_tree = match tree {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), relocate(group.stream(), module));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            TokenTree::Literal(text) if before == 2 => TokenTree::Literal(link(text, module)),
            tree => tree,
        };
        let is_root = matches!(&moved_tree, TokenTree::Ident(ident) if ident == "crate");
        let is_path = matches!(
            trees.peek(),
            Some(TokenTree::Punct(colon)) if colon.as_char() == ':' && colon.spacing() == Spacing::Joint
        );
        moved.extend([moved_tree]);
        if is_root && is_path {
            for name in module {
                moved.extend(quote::quote!(::#name));
            }
        }
    }
    moved
}

/// Relocates the targets of links in documentation.
fn link(literal: Literal, module: &[Ident]) -> Literal {
    let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) else {
        return literal;
    };
    let text = text.value();
    let moved: String = module.iter().map(|name| format!("{name}::")).collect();
    let new = ["](crate::", "](type@crate::"]
        .iter()
        .fold(text.clone(), |text, target| {
            text.replace(target, &format!("{target}{moved}"))
        });
    match new == text {
        true => literal,
        false => Literal::string(&new),
    }
}

#[cfg(test)]
mod tests {
    use quote::{format_ident, quote};

    use super::*;

    #[test]
    fn paths_and_links_are_moved() {
        let tokens = quote! {
            #![doc = " A [`Tag`](type@crate::types::Tag) of [`tag`](crate::Client::tag), crate::x."]
            use crate::types::{Tag, error};
            pub(crate) fn tag() { make!(in crate::client => "[a](crate::text)") }
        };
        let moved = quote! {
            #![doc = " A [`Tag`](type@crate::a::b::types::Tag) of [`tag`](crate::a::b::Client::tag), crate::x."]
            use crate::a::b::types::{Tag, error};
            pub(crate) fn tag() { make!(in crate::a::b::client => "[a](crate::text)") }
        };
        let found = relocate(tokens, &[format_ident!("a"), format_ident!("b")]);
        assert_eq!(found.to_string(), moved.to_string());
    }
}
