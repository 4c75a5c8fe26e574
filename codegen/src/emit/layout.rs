//! The layouts of lists and maps in the tables of codecs.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::plan::{Codec, ElementNames, Layout, TimestampFormat, XmlNamespace};

/// Prints `: list("Item").flat()`, which follows the field of a row.
pub(super) fn suffix(layout: &Option<Layout>) -> Option<TokenStream> {
    let layout = expression(layout.as_ref()?);
    Some(quote!(: #layout))
}

fn expression(layout: &Layout) -> TokenStream {
    let of_element = layout.namespace.as_ref().map(namespace);
    let (names, of_element) = match &layout.names {
        ElementNames::Other => (of_element.unwrap_or_default(), None),
        ElementNames::List(element) => (quote!(list(#element)), of_element),
        ElementNames::Map { key, value } => (quote!(map(#key, #value)), of_element),
        ElementNames::Timestamp(format) => {
            let format = format_ident!("{}", constant(*format));
            (quote!(#format), of_element)
        }
    };
    let of_element = of_element.map(|namespace| quote!(.#namespace));
    let of_key = layout.key_namespace.as_ref().map(|namespace| {
        let (prefix, uri) = parts(namespace);
        quote!(.key_namespace(#prefix, #uri))
    });
    let flat = layout.flat.then(|| quote!(.flat()));
    let of = layout.of.as_deref().map(|of| {
        let of = expression(of);
        quote!(.of(&#of))
    });
    quote!(#names #flat #of_element #of_key #of)
}

/// Prints `namespace("prefix", "uri")`.
pub(super) fn namespace(namespace: &XmlNamespace) -> TokenStream {
    let (prefix, uri) = parts(namespace);
    quote!(namespace(#prefix, #uri))
}

fn parts(namespace: &XmlNamespace) -> (&str, &str) {
    let prefix = namespace.prefix.as_deref().unwrap_or_default();
    (prefix, &namespace.uri)
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
            ElementNames::Other => "namespace",
        };
        paths.insert(codec.path(name));
    }
}
