//! A union: an enum with one variant for each member.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

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
    if union.encode {
        add(
            &mut paths,
            &[
                "crate::runtime::json::Encode",
                "crate::runtime::json::Encoder",
            ],
        );
    }
    if union.decode {
        let json = ["Decode", "DecodeError", "Decoder"];
        paths.extend(
            json.iter()
                .map(|name| format!("crate::runtime::json::{name}")),
        );
    }
    if union.sensitive {
        add(&mut paths, &["crate::runtime::REDACTED", "std::fmt"]);
    }
    if variants.iter().any(|variant| variant.timestamp.is_some()) {
        add(&mut paths, &["aws_smithy_types::date_time::Format"]);
    }
    let uses = uses(&paths, Some(name));
    let documented = variants
        .iter()
        .map(|UnionVariant { name, doc, ty, .. }| quote!(#doc #name(#ty),));
    let tests = variants.iter().map(access);
    let encode = union.encode.then(|| encode(union));
    let decode = union.decode.then(|| decode(union));
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
        #encode
        #decode
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

fn encode(Union { name, variants, .. }: &Union) -> TokenStream {
    let arms = variants.iter().map(
        |UnionVariant {
             name,
             wire,
             timestamp,
             ..
         }| match timestamp {
            None => quote!(Self::#name(value) => object.member(#wire, value),),
            Some(format) => {
                let format = timestamp_format(*format);
                quote!(Self::#name(value) => object.timestamp(#wire, Some(value), #format),)
            }
        },
    );
    quote! {
        impl Encode for #name {
            fn encode(&self, out: &mut Encoder) {
                let mut object = out.object();
                match self {
                    #(#arms)*
                    Self::Unknown => {}
                }
                object.end();
            }
        }
    }
}

fn decode(Union { name, variants, .. }: &Union) -> TokenStream {
    let arms = variants.iter().map(
        |UnionVariant {
             name,
             wire,
             timestamp,
             ..
         }| match timestamp {
            None => quote!(#wire => Self::#name(input.variant_value()?),),
            Some(format) => {
                let format = timestamp_format(*format);
                quote!(#wire => Self::#name(input.variant_timestamp(#format)?),)
            }
        },
    );
    quote! {
        impl Decode for #name {
            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let name = input.variant()?;
                let choice = match &*name {
                    #(#arms)*
                    _ => {
                        input.skip()?;
                        Self::Unknown
                    }
                };
                input.end_variant()?;
                Ok(choice)
            }

            fn missing() -> Result<Self, DecodeError> {
                Ok(Self::Unknown)
            }
        }
    }
}
