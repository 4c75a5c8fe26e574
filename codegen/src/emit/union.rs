//! A union: an enum with one variant for each member.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::common::{add, timestamp_format, uses};
use super::layout;
use super::members::{directions, wire};
use crate::plan::{Codec, Union, UnionVariant};

pub(super) fn file(union: &Union, codec: Codec) -> TokenStream {
    let Union {
        name,
        doc,
        variants,
        ..
    } = union;
    let mut paths = BTreeSet::new();
    for variant in variants {
        variant.ty.imports(&mut paths);
        layout::add_uses(&variant.layout, codec, &mut paths);
    }
    paths.insert(codec.path("choices"));
    let debug = debug(union);
    if debug.is_some() {
        add(
            &mut paths,
            &["lean_aws_runtime::codegen::REDACTED", "std::fmt"],
        );
    }
    let uses = uses(&paths, Some(name));
    let documented = variants
        .iter()
        .map(|UnionVariant { name, doc, ty, .. }| quote!(#doc #name(#ty),));
    let tests = variants.iter().map(access);
    let choices = choices(union);
    let derive_debug = debug.is_none().then(|| quote!(Debug,));
    quote! {
        #uses

        #doc
        #[derive(Clone, #derive_debug PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#documented)*
            /// A variant that this version of the crate does not know. It cannot be sent.
            #[non_exhaustive]
            Unknown,
        }

        impl #name {
            #(#tests)*

            /// Returns `true` for a variant that this version of the crate does not know.
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }

        #debug
        #choices
    }
}

/// Prints `impl Debug` that redacts sensitive variants. Returns `None` if there are none and `Debug` is derived.
fn debug(union: &Union) -> Option<TokenStream> {
    let name = &union.name;
    let body = if union.sensitive {
        quote!(f.write_str(REDACTED))
    } else if union.variants.iter().any(|it| it.sensitive) {
        let arms = union.variants.iter().map(|variant| {
            let (name, text) = (&variant.name, variant.name.to_string());
            match variant.sensitive {
                true => quote!(Self::#name(_) => f.write_str(REDACTED),),
                false => quote!(Self::#name(value) => f.debug_tuple(#text).field(value).finish(),),
            }
        });
        quote! {
            match self {
                #(#arms)*
                Self::Unknown => f.write_str("Unknown"),
            }
        }
    } else {
        return None;
    };
    Some(quote! {
        impl fmt::Debug for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                #body
            }
        }
    })
}

fn access(
    UnionVariant {
        name, is, as_, ty, ..
    }: &UnionVariant,
) -> TokenStream {
    let returns = format!(" Returns the value of [`{name}`](Self::{name}).");
    let tests = format!(" Returns `true` for [`{name}`](Self::{name}).");
    quote! {
        #[doc = #returns]
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = " Returns the union itself if it is another variant."]
        pub fn #as_(&self) -> Result<&#ty, &Self> {
            if let Self::#name(value) = self { Ok(value) } else { Err(self) }
        }

        #[doc = #tests]
        pub fn #is(&self) -> bool {
            matches!(self, Self::#name(_))
        }
    }
}

/// Prints `choices! { .. }`, the table of the codec with a row for each member.
fn choices(union: &Union) -> TokenStream {
    let name = &union.name;
    let directions = directions(union.encode, union.decode);
    let rows = union.variants.iter().map(|variant| {
        let UnionVariant {
            name, timestamp, ..
        } = variant;
        let wire = wire(
            &variant.wire,
            &variant.form_name,
            [union.encode, union.decode],
        );
        let format = timestamp.map(|format| {
            let format = format_ident!("{}", timestamp_format(format));
            quote!(as #format)
        });
        let layout = layout::suffix(&variant.layout);
        quote!(#wire => #name #format #layout;)
    });
    quote! {
        choices! {
            #directions #name { #(#rows)* }
        }
    }
}
