//! Blank lines between items, and placeholders for the contents of macro calls.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};

/// The prefix of the identifier that replaces a table. The index of the table follows.
const PLACEHOLDER: &str = "__table_";

/// Inserts blank lines between items and replaces the contents of macro calls in braces, the tables, with
/// placeholders, since prettyplease does not format them.
#[derive(Default)]
pub(super) struct Layout {
    tables: Vec<TokenStream>,
}

impl Layout {
    /// Takes the table whose placeholder is `line`.
    pub(super) fn take_table(&mut self, line: &str) -> Option<TokenStream> {
        let index = line.strip_prefix(PLACEHOLDER)?.parse::<usize>().ok()?;
        self.tables.get_mut(index).map(std::mem::take)
    }
}

impl VisitMut for Layout {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        visit_mut::visit_file_mut(self, file);
        file.items = with_blank_lines(std::mem::take(&mut file.items));
        if !file.attrs.is_empty() {
            file.items
                .insert(0, syn::Item::Verbatim(TokenStream::new()));
        }
    }

    fn visit_item_mod_mut(&mut self, item: &mut syn::ItemMod) {
        visit_mut::visit_item_mod_mut(self, item);
        if let Some((_, items)) = &mut item.content {
            *items = with_blank_lines(std::mem::take(items));
        }
    }

    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        visit_mut::visit_item_impl_mut(self, item);
        let mut spaced = Vec::with_capacity(item.items.len() * 2);
        for associated in std::mem::take(&mut item.items) {
            let same_group = matches!(
                (spaced.last(), &associated),
                (None, _)
                    | (
                        Some(syn::ImplItem::Const(_) | syn::ImplItem::Type(_)),
                        syn::ImplItem::Const(_) | syn::ImplItem::Type(_)
                    )
            );
            if !same_group {
                spaced.push(syn::ImplItem::Verbatim(TokenStream::new()));
            }
            spaced.push(associated);
        }
        item.items = spaced;
    }

    fn visit_item_trait_mut(&mut self, item: &mut syn::ItemTrait) {
        visit_mut::visit_item_trait_mut(self, item);
        let mut spaced = Vec::with_capacity(item.items.len() * 2);
        for associated in std::mem::take(&mut item.items) {
            if !spaced.is_empty() {
                spaced.push(syn::TraitItem::Verbatim(TokenStream::new()));
            }
            spaced.push(associated);
        }
        item.items = spaced;
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if matches!(mac.delimiter, syn::MacroDelimiter::Brace(_)) {
            let placeholder = format_ident!("{PLACEHOLDER}{}", self.tables.len());
            self.tables
                .push(std::mem::replace(&mut mac.tokens, quote!(#placeholder)));
        }
    }
}

/// Separates items with blank lines, except those of one group.
fn with_blank_lines(items: Vec<syn::Item>) -> Vec<syn::Item> {
    let mut spaced: Vec<syn::Item> = Vec::with_capacity(items.len() * 2);
    for item in items {
        if let Some(last) = spaced.last()
            && (group(last) == Group::Other || group(last) != group(&item))
        {
            spaced.push(syn::Item::Verbatim(TokenStream::new()));
        }
        spaced.push(item);
    }
    spaced
}

/// The groups of items. Items of a group, except `Other`, follow each other without a blank line.
#[derive(PartialEq)]
enum Group {
    UseStd,
    UseExternal,
    UseLocal,
    Reexport,
    Mod,
    Other,
}

fn group(item: &syn::Item) -> Group {
    match item {
        syn::Item::Use(item) if matches!(item.vis, syn::Visibility::Inherited) => {
            match &item.tree {
                syn::UseTree::Path(path) if path.ident == "std" => Group::UseStd,
                syn::UseTree::Path(path) if path.ident == "crate" || path.ident == "super" => {
                    Group::UseLocal
                }
                _ => Group::UseExternal,
            }
        }
        syn::Item::Use(_) => Group::Reexport,
        syn::Item::Mod(item) if item.content.is_none() => Group::Mod,
        _ => Group::Other,
    }
}
