//! The module files: what stands where, and under which public path.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::plan::{Plan, Setting};

pub(super) fn root(plan: &Plan) -> TokenStream {
    let doc = format!(
        " The part of the crate that is generated from the model of {}.",
        plan.title
    );
    let partitions = plan.endpoints.has_partitions().then(|| {
        quote!(
            mod partitions;
        )
    });
    let constraints = (!plan.constraints.is_empty()).then(|| {
        quote!(
            #[cfg(feature = "fake")]
            pub(crate) mod constraints;
        )
    });
    let config = (!plan.settings.is_empty()).then(|| {
        quote!(
            mod config;
        )
    });
    let compression = (plan.settings.contains(&Setting::Compression)).then(|| {
        quote!(
            pub(crate) mod compression;
        )
    });
    quote! {
        #![doc = #doc]

        #[cfg(test)]
        pub(crate) mod all_types;
        mod client;
        #compression
        #config
        #constraints
        mod endpoint;
        pub(crate) mod error;
        pub mod operation;
        #partitions
        pub(crate) mod service;
        pub mod types;
        pub mod waiters;
    }
}

pub(super) fn types(plan: &Plan) -> TokenStream {
    let mut modules: BTreeMap<&str, &Ident> = BTreeMap::new();
    let mut builders: BTreeMap<&str, &Ident> = BTreeMap::new();
    for structure in &plan.structures {
        modules.insert(&structure.module, &structure.name);
        builders.insert(&structure.module, &structure.builder);
    }
    modules.extend(
        plan.enumerations
            .iter()
            .map(|it| (it.module.as_str(), &it.name)),
    );
    modules.extend(plan.unions.iter().map(|it| (it.module.as_str(), &it.name)));
    let doc = format!(" The structures, enums and unions of {}.", plan.title);
    let errors = (!plan.errors.is_empty()).then(|| {
        quote!(
            pub mod error;
        )
    });
    let (declare, export) = private(&modules);
    let builders = builders_module(&builders);
    quote! {
        #![doc = #doc]

        #errors
        #declare
        #export
        #builders
    }
}

pub(super) fn errors(plan: &Plan) -> TokenStream {
    let errors = || plan.errors.iter().map(|error| &error.structure);
    let modules = errors().map(|it| (it.module.as_str(), &it.name)).collect();
    let builders = errors()
        .map(|it| (it.module.as_str(), &it.builder))
        .collect();
    let doc = format!(" The errors of {}.", plan.title);
    let (declare, export) = private(&modules);
    let builders = builders_module(&builders);
    quote! {
        #![doc = #doc]

        #declare
        #export
        #builders
    }
}

pub(super) fn operations(plan: &Plan) -> TokenStream {
    let doc = format!(
        " The operations of {}: inputs, outputs, errors and builders.",
        plan.title
    );
    let modules = plan
        .operations
        .iter()
        .map(|operation| format_ident!("{}", operation.module));
    quote! {
        #![doc = #doc]

        pub use aws_types::request_id::RequestId;

        #(pub mod #modules;)*
    }
}

/// `mod tag;` and `pub use tag::Tag;` for each.
fn private(modules: &BTreeMap<&str, &Ident>) -> (TokenStream, TokenStream) {
    let names = modules.keys().map(|module| format_ident!("{module}"));
    let declare = quote!(#(mod #names;)*);
    let export = modules.iter().map(|(module, name)| {
        let module = format_ident!("{module}");
        quote!(pub use #module::#name;)
    });
    (declare, quote!(#(#export)*))
}

fn builders_module(builders: &BTreeMap<&str, &Ident>) -> TokenStream {
    let export = builders.iter().map(|(module, name)| {
        let module = format_ident!("{module}");
        quote!(pub use super::#module::#name;)
    });
    quote! {
        /// The builders of the types.
        pub mod builders {
            #(#export)*
        }
    }
}
