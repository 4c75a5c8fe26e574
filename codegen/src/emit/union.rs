//! A union: an enum with one variant for each member.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::common::{add, timestamp_format, uses};
use crate::plan::{Union, UnionVariant};

pub(super) fn file(union: &Union) -> TokenStream {
    let Union {
        name,
        doc,
        variants,
        ..
    } = union;
    let mut paths = BTreeSet::new();
    for variant in variants {
        variant.ty.imports(&mut paths);
    }
    add(&mut paths, &["crate::runtime::json::choices"]);
    if union.sensitive {
        add(&mut paths, &["crate::runtime::REDACTED", "std::fmt"]);
    }
    let uses = uses(&paths, Some(name));
    let documented = variants
        .iter()
        .map(|UnionVariant { name, doc, ty, .. }| quote!(#doc #name(#ty),));
    let tests = variants.iter().map(access);
    let choices = choices(union);
    let (derive_debug, debug) = if union.sensitive {
        let debug = quote! {
            impl fmt::Debug for #name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(REDACTED)
                }
            }
        };
        (quote!(), debug)
    } else {
        (quote!(Debug,), quote!())
    };
    quote! {
        #uses

        #doc
        #[derive(Clone, #derive_debug PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#documented)*
            /// A choice that this version of the crate does not know; it cannot be sent.
            #[non_exhaustive]
            Unknown,
        }

        impl #name {
            #(#tests)*

            /// Whether it is a choice that this version of the crate does not know.
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }

        #debug
        #choices
    }
}

fn access(
    UnionVariant {
        name, is, as_, ty, ..
    }: &UnionVariant,
) -> TokenStream {
    let gives = format!(" The value of [`{name}`](Self::{name}).");
    let tells = format!(" Whether it is [`{name}`](Self::{name}).");
    quote! {
        #[doc = #gives]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = " The union itself, when it is another choice."]
        pub fn #as_(&self) -> Result<&#ty, &Self> {
            if let Self::#name(value) = self { Ok(value) } else { Err(self) }
        }

        #[doc = #tells]
        pub fn #is(&self) -> bool {
            matches!(self, Self::#name(_))
        }
    }
}

/// `choices! { .. }`: the codec as a table with a row for each member.
fn choices(union: &Union) -> TokenStream {
    let name = &union.name;
    let encode = union.encode.then(|| quote!(encode));
    let decode = union.decode.then(|| quote!(decode));
    let rows = union.variants.iter().map(|variant| {
        let UnionVariant {
            name,
            wire,
            timestamp,
            ..
        } = variant;
        let format = timestamp.map(|format| {
            let format = format_ident!("{}", timestamp_format(format));
            quote!(as #format)
        });
        quote!(#wire => #name #format;)
    });
    quote! {
        choices! {
            #encode #decode #name { #(#rows)* }
        }
    }
}
