//! Errors: the structure of one, and the enum of all that the service models.

use proc_macro2::TokenStream;
use quote::quote;

use super::common::{
    accessor, add, add_builder_uses, add_structure_uses, build, builder_fields, debug,
    derive_debug, members, public_fields, setters, uses,
};
use crate::plan::{ErrorStructure, Plan, Structure};

/// A structure that is an error, with code, message and request id beside its members.
pub(super) fn file(error: &ErrorStructure) -> TokenStream {
    let ErrorStructure {
        structure, code, ..
    } = error;
    let Structure {
        name, builder, doc, ..
    } = structure;
    let mut paths = structure.imports();
    add_structure_uses(structure, &mut paths);
    add_builder_uses(structure, &mut paths);
    add(
        &mut paths,
        &[
            "crate::error::ErrorMetadata",
            "crate::runtime::error::modeled_error",
        ],
    );
    let uses = uses(&paths, Some(name));
    let derive_debug = derive_debug(structure.redacted);
    let fields = public_fields(structure);
    let accessors = structure.fields.iter().map(accessor);
    let debug_structure = debug(structure, name);
    let members = members(
        structure,
        &quote!(#builder),
        &quote!(meta: ErrorMetadata::default()),
    );
    let builder_fields = builder_fields(structure, &quote!());
    let debug_builder = debug(structure, builder);
    let setters = setters(structure, &quote!());
    let build = build(structure, &quote!(meta: self.meta.unwrap_or_default(),));
    let starts = format!(" Starts a [`{name}`].");
    let builds = format!(" Builds a [`{name}`].");
    quote! {
        #uses

        #doc
        #[derive(Clone, #derive_debug PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            meta: ErrorMetadata,
        }

        impl #name {
            #[doc = #starts]
            pub fn builder() -> #builder {
                #builder::default()
            }

            #(#accessors)*
        }

        modeled_error!(#name, #code);
        #debug_structure
        #members

        #[doc = #builds]
        #[derive(Clone, #derive_debug Default, PartialEq)]
        #[non_exhaustive]
        pub struct #builder {
            #builder_fields
            meta: Option<ErrorMetadata>,
        }

        #debug_builder

        impl #builder {
            #setters

            /// Sets the code, the message and the request id.
            pub fn meta(mut self, meta: ErrorMetadata) -> Self {
                self.meta = Some(meta);
                self
            }

            /// Sets or clears the code, the message and the request id.
            pub fn set_meta(&mut self, meta: Option<ErrorMetadata>) -> &mut Self {
                self.meta = meta;
                self
            }

            #build
        }
    }
}

/// The crate's `Error`: any error of any operation.
pub(super) fn service_error(plan: &Plan) -> TokenStream {
    let mut paths = plan
        .errors
        .iter()
        .map(|error| format!("crate::types::error::{}", error.structure.name))
        .collect();
    add(&mut paths, &["crate::runtime::error::service_error"]);
    let uses = uses(&paths, None);
    let rows = plan.errors.iter().map(
        |ErrorStructure {
             structure: Structure { name, .. },
             summary,
             ..
         }| { quote!(#summary #name;) },
    );
    let doc = format!(
        " Every error that {} may answer with, whatever the operation.",
        plan.title
    );
    quote! {
        #![doc = " The error type of the whole crate."]

        #uses

        service_error! {
            #[doc = #doc]
            Error { #(#rows)* }
        }
    }
}
