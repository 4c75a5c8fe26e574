//! The methods of the client: one for each operation, each giving a fluent builder.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::common::deprecated;
use crate::plan::{Operation, Plan};

pub(super) fn file(plan: &Plan) -> TokenStream {
    let methods = plan.operations.iter().map(method);
    quote! {
        #![doc = " The operations as methods of the client."]

        use crate::client::Client;
        use crate::operation;

        impl Client {
            #(#methods)*
        }
    }
}

fn method(
    Operation {
        doc,
        method,
        module,
        fluent_builder,
        deprecated: note,
        ..
    }: &Operation,
) -> TokenStream {
    let module = format_ident!("{module}");
    let deprecated = deprecated(note);
    quote! {
        #doc
        #deprecated
        pub fn #method(&self) -> operation::#module::builders::#fluent_builder {
            operation::#module::builders::#fluent_builder::new(self.handle.clone())
        }
    }
}
