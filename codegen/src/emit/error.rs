//! Errors: the structure of one, and the enum of all that the service models.

use proc_macro2::TokenStream;
use quote::quote;

use super::common::{add, uses};
use super::structure::{More, print};
use crate::plan::{ErrorStructure, Plan, Structure};

/// A structure that is an error, with code, message and request id beside its members.
pub(super) fn file(error: &ErrorStructure) -> TokenStream {
    let ErrorStructure {
        structure, code, ..
    } = error;
    let name = &structure.name;
    print(
        structure,
        &More {
            uses: &[
                "crate::error::ErrorMetadata",
                "crate::runtime::error::modeled_error",
            ],
            field: quote!(meta: ErrorMetadata,),
            decoded: quote!(meta: ErrorMetadata::default()),
            built: quote!(meta: self.meta.unwrap_or_default(),),
            items: quote!(modeled_error!(#name, #code);),
            builder_field: quote!(meta: Option<ErrorMetadata>,),
            builder_methods: quote! {
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
            },
        },
    )
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
