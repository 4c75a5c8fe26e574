//! The batch of an operation.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::common::add;
use crate::plan::{Batch, BatchResponse, Failures, Operation};

/// Prints `batch! { .. }`.
pub(super) fn batch(operation: &Operation, batch: &Batch) -> TokenStream {
    let (builder, input, output) = (
        &operation.fluent_builder,
        &operation.input.name,
        &operation.output.name,
    );
    let (max, items) = (Literal::u32_unsuffixed(batch.max), &batch.items);
    let row = match &batch.response {
        BatchResponse::Changes { item, id, failures } => {
            let failures = unless(failures);
            quote!(changes #max #items(#item) by #id #failures;)
        }
        BatchResponse::Creates {
            item,
            created,
            success,
            failures,
        } => {
            let failures = unless(failures);
            quote!(creates #max #items(#item) as #created(#success) #failures;)
        }
        BatchResponse::Lists {
            listed,
            success,
            id,
        } => {
            let next_page = operation.paginator.iter().map(|_| quote!(next_page));
            quote!(lists #max #items as #listed(#success) by #id #(, #next_page)*;)
        }
    };
    quote! {
        batch! {
            #builder(#input) -> #output;
            #row
        }
    }
}

fn unless(Failures { list, fields }: &Failures) -> TokenStream {
    quote!(unless #list(#(#fields),*))
}

/// Adds the imports of the batch to those of its file.
pub(super) fn add_uses(batch: &Batch, paths: &mut BTreeSet<String>) {
    add(paths, &["lean_aws_runtime::codegen::batch"]);
    let types = match &batch.response {
        BatchResponse::Changes { item, .. } => [Some(item), None],
        BatchResponse::Creates { item, success, .. } => [Some(item), Some(success)],
        BatchResponse::Lists { success, .. } => [Some(success), None],
    };
    types.into_iter().flatten().for_each(|ty| ty.imports(paths));
}
