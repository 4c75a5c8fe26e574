//! A table of all types by the names of their shapes, for tests that iterate over them.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::common::uses;
use crate::plan::{Operation, Plan};

pub(super) fn file(plan: &Plan) -> TokenStream {
    let errors = plan.errors.iter().map(|error| &error.structure);
    let types = (plan.structures.iter().map(|it| (&it.shape, &it.name)))
        .chain(plan.enumerations.iter().map(|it| (&it.shape, &it.name)))
        .chain(plan.unions.iter().map(|it| (&it.shape, &it.name)))
        .map(|(shape, name)| row(shape, &quote!(crate::types), name));
    let errors = errors.map(|it| row(&it.shape, &quote!(crate::types::error), &it.name));
    let operations = plan.operations.iter().flat_map(operation_rows);
    let uses = uses(
        &BTreeSet::from([plan.protocol.codec.path("all_types")]),
        None,
    );
    quote! {
        #![doc = " All types by the names of their shapes, for tests that iterate over them."]

        #uses

        all_types! {
            #(#types)*
            #(#errors)*
            #(#operations)*
        }
    }
}

fn operation_rows(operation: &Operation) -> impl Iterator<Item = TokenStream> {
    let module = format_ident!("{}", operation.module);
    let structures = [&operation.input, &operation.output].into_iter();
    let modeled = structures.filter(|structure| !structure.shape.is_empty());
    modeled.map(move |structure| {
        row(
            &structure.shape,
            &quote!(crate::operation::#module),
            &structure.name,
        )
    })
}

fn row(shape: &str, module: &TokenStream, name: &Ident) -> TokenStream {
    quote!(#shape => #module::#name;)
}
