//! An enum of strings, as one table: documentation, variant and wire name together.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{Enumeration, Variant};

pub(super) fn file(enumeration: &Enumeration) -> TokenStream {
    let Enumeration {
        name,
        doc,
        variants,
        sensitive,
        ..
    } = enumeration;
    let rows = variants
        .iter()
        .map(|Variant { name, doc, wire }| quote!(#doc #name = #wire,));
    let sensitive = sensitive.then(|| quote!(sensitive));
    quote! {
        use lean_aws_runtime::codegen::json::string_enum;

        use crate::error::UnknownVariantError;

        string_enum! {
            #doc
            #sensitive #name { #(#rows)* }
        }
    }
}
