//! The layouts of lists and maps in the tables of codecs.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::plan::{Codec, ElementNames, Layout, TimestampFormat};

/// Prints `: list("Item").flat()`, which follows the field of a row.
pub(super) fn suffix(layout: &Option<Layout>) -> Option<TokenStream> {
    let layout = expression(layout.as_ref()?);
    Some(quote!(: #layout))
}

fn expression(layout: &Layout) -> TokenStream {
    let names = match &layout.names {
        ElementNames::List(element) => quote!(list(#element)),
        ElementNames::Map { key, value } => quote!(map(#key, #value)),
        ElementNames::Timestamp(format) => {
            let format = format_ident!("{}", constant(*format));
            quote!(#format)
        }
    };
    let flat = layout.flat.then(|| quote!(.flat()));
    let of = layout.of.as_deref().map(|of| {
        let of = expression(of);
        quote!(.of(&#of))
    });
    quote!(#names #flat #of)
}

/// Returns the name of the layout of a timestamp.
fn constant(format: TimestampFormat) -> &'static str {
    match format {
        TimestampFormat::EpochSeconds => "EPOCH_SECONDS",
        TimestampFormat::DateTime => "DATE_TIME",
        TimestampFormat::HttpDate => "HTTP_DATE",
    }
}

/// Adds the imports of a layout.
pub(super) fn add_uses(layout: &Option<Layout>, codec: Codec, paths: &mut BTreeSet<String>) {
    let layouts = std::iter::successors(layout.as_ref(), |it| it.of.as_deref());
    for layout in layouts {
        let name = match &layout.names {
            ElementNames::List(_) => "list",
            ElementNames::Map { .. } => "map",
            ElementNames::Timestamp(format) => constant(*format),
        };
        paths.insert(codec.path(name));
    }
}
