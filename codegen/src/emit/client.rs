//! The client: a method for each operation, which returns a fluent builder.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::client_docs;
use super::common::{deprecated, uses};
use super::example::example;
use crate::plan::{Operation, Plan};

pub(super) fn file(plan: &Plan) -> TokenStream {
    let mut paths = BTreeSet::from(
        [
            "crate::config::Config",
            "crate::service::ThisService",
            "lean_aws_runtime::codegen::client",
        ]
        .map(str::to_owned),
    );
    paths.extend(plan.operations.iter().map(|it| {
        let (module, builder) = (&it.module, &it.fluent_builder);
        format!("crate::operation::{module}::builders::{builder}")
    }));
    let uses = uses(&paths, None);
    let methods = plan
        .operations
        .iter()
        .map(|it| method(it, &plan.crate_name));
    let docs = client_docs::client(plan);
    let position = (plan.operations.iter().any(|it| it.paginator.is_some())).then(|| {
        quote!(
            pub use lean_aws_runtime::codegen::PagePosition;
        )
    });
    let batches = (plan.operations.iter().any(|it| it.batch.is_some())).then(|| {
        quote!(
            pub use lean_aws_runtime::codegen::{Batch, BatchError, BatchFailure, BatchOutcome};
        )
    });
    quote! {
        #![doc = " The client: a method for each operation."]

        #uses

        pub use crate::waiters::Waiters;
        #position
        #batches

        pub mod customize;

        client! {
            #(#[doc = #docs])*
            Client(Config) for ThisService
        }

        impl Client {
            #(#methods)*
        }
    }
}

fn method(operation: &Operation, crate_name: &Ident) -> TokenStream {
    let Operation {
        doc,
        related,
        method,
        fluent_builder,
        deprecated: note,
        ..
    } = operation;
    let deprecated = deprecated(note);
    let example = example(operation, crate_name);
    let related = format!(" {related}");
    quote! {
        #doc
        #(#[doc = #example])*
        #[doc = ""]
        #[doc = #related]
        #deprecated
        pub fn #method(&self) -> #fluent_builder {
            #fluent_builder::new(self.handle.clone())
        }
    }
}

/// Prints the module `client::customize`.
pub(super) fn customize(plan: &Plan) -> TokenStream {
    let mut paths = BTreeSet::from(
        [
            "crate::config::Builder",
            "crate::service::ThisService",
            "lean_aws_runtime::codegen::customizable_operation",
        ]
        .map(str::to_owned),
    );
    let unsigned: Vec<&Ident> = plan
        .unsigned_on_request()
        .map(|it| {
            let (module, output) = (&it.module, &it.output.name);
            paths.insert(format!("crate::operation::{module}::{output}"));
            output
        })
        .collect();
    let unsigned = (!unsigned.is_empty()).then(|| {
        paths.insert("lean_aws_runtime::codegen::unsigned_payload".to_owned());
        quote!(unsigned_payload! { CustomizableOperation for #(#unsigned),* })
    });
    let [call, interface] = match plan.presigned() {
        true => {
            paths.insert("lean_aws_runtime::codegen::customizable_presigned".to_owned());
            [
                quote!(customizable_presigned! { CustomizableOperation }),
                quote!(
                    pub use lean_aws_runtime::codegen::CustomizablePresigned;
                ),
            ]
        }
        false => <[TokenStream; 2]>::default(),
    };
    let uses = uses(&paths, None);
    quote! {
        #![doc = " Customizes a single call: its HTTP request, or its settings."]

        #uses

        customizable_operation! { CustomizableOperation(Builder) for ThisService }
        #unsigned
        #call

        /// The interface between the builders of operations and [`CustomizableOperation`].
        #[doc(hidden)]
        pub mod internal {
            pub use lean_aws_runtime::codegen::{BoxFuture, CustomizableSend, SendResult};
            #interface
        }
    }
}
