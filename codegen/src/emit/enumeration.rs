//! An enum of strings: a table of its variants with their documentation and wire names.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::common::uses;
use crate::plan::{Codec, Enumeration, Variant};

pub(super) fn file(enumeration: &Enumeration, codec: Codec) -> TokenStream {
    let Enumeration {
        name,
        doc,
        variants,
        sensitive,
        ..
    } = enumeration;
    let paths = BTreeSet::from([
        codec.path("string_enum"),
        "crate::error::UnknownVariantError".to_owned(),
    ]);
    let uses = uses(&paths, None);
    let rows = variants
        .iter()
        .map(|Variant { name, doc, wire }| quote!(#doc #name = #wire,));
    let sensitive = sensitive.then(|| quote!(sensitive));
    quote! {
        #uses

        string_enum! {
            #doc
            #sensitive #name { #(#rows)* }
        }
    }
}
