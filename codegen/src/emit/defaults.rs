//! The functions that return the values of fields that are not set, unless they are zero.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use crate::plan::types::Type;
use crate::plan::{FallbackValue, Field, Structure};

/// Returns the name of the function.
pub(super) fn default_function(field: &Field) -> Ident {
    format_ident!("default_{}", field.name.unraw())
}

/// Prints `fn default_port() -> i32 { 3128 }` for each field with a default that is not zero.
pub(super) fn functions(structure: &Structure) -> TokenStream {
    structure.fields.iter().filter_map(function).collect()
}

fn function(field: &Field) -> Option<TokenStream> {
    let ty = &field.ty;
    let value = match &field.fallback.as_ref()?.value {
        FallbackValue::Zero => return None,
        FallbackValue::True => quote!(true),
        FallbackValue::Integer(value) => number(Literal::i64_unsuffixed(*value)),
        FallbackValue::Float(value) => number(Literal::f64_unsuffixed(*value)),
        FallbackValue::String(value) => quote!(#value.to_owned()),
        FallbackValue::Variant(name) => quote!(#ty::#name),
    };
    let value = match ty {
        Type::Box(_) => quote!(Box::new(#value)),
        _ => value,
    };
    let name = default_function(field);
    let doc = format!(" The value of `{}` if it is not set.", field.name.unraw());
    Some(quote! {
        #[doc = #doc]
        fn #name() -> #ty {
            #value
        }
    })
}

fn number(literal: Literal) -> TokenStream {
    quote!(#literal)
}
