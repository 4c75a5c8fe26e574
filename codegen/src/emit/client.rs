//! The methods of the client: one for each operation, each giving a fluent builder.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::common::deprecated;
use super::example::example;
use crate::plan::{Operation, Plan};

pub(super) fn file(plan: &Plan) -> TokenStream {
    let methods = plan
        .operations
        .iter()
        .map(|it| method(it, &plan.crate_name));
    quote! {
        #![doc = " The operations as methods of the client."]

        use crate::client::Client;
        use crate::operation;
        use crate::runtime::operation::operations;

        operations! {
            Client of operation { #(#methods)* }
        }
    }
}

/// A row: the documentation, the method, and the builder that it gives.
fn method(operation: &Operation, crate_name: &Ident) -> TokenStream {
    let Operation {
        doc,
        related,
        method,
        module,
        fluent_builder,
        deprecated: note,
        ..
    } = operation;
    let module = format_ident!("{module}");
    let deprecated = deprecated(note);
    let example = example(operation, crate_name);
    let related = format!(" {related}");
    quote! {
        #doc
        #(#[doc = #example])*
        #[doc = ""]
        #[doc = #related]
        #deprecated
        #method: #module::#fluent_builder;
    }
}
