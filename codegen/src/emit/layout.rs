//! The layouts of lists and maps in the tables of codecs.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Codec, ElementNames, Layout};

/// Prints `: list("Item").flat()`, which follows the field of a row.
pub(super) fn suffix(layout: &Option<Layout>) -> Option<TokenStream> {
    let layout = expression(layout.as_ref()?);
    Some(quote!(: #layout))
}

fn expression(layout: &Layout) -> TokenStream {
    let names = match &layout.names {
        ElementNames::List(element) => quote!(list(#element)),
        ElementNames::Map { key, value } => quote!(map(#key, #value)),
    };
    let flat = layout.flat.then(|| quote!(.flat()));
    let of = layout.of.as_deref().map(|of| {
        let of = expression(of);
        quote!(.of(&#of))
    });
    quote!(#names #flat #of)
}

/// Adds the imports of a layout.
pub(super) fn add_uses(layout: &Option<Layout>, codec: Codec, paths: &mut BTreeSet<String>) {
    let layouts = std::iter::successors(layout.as_ref(), |it| it.of.as_deref());
    for layout in layouts {
        paths.insert(match &layout.names {
            ElementNames::List(_) => codec.path("list"),
            ElementNames::Map { .. } => codec.path("map"),
        });
    }
}
