//! The files that declare modules and export their items.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::plan::Plan;

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
    let discovery = plan.discovery.as_ref().map(|_| {
        quote!(
            pub mod endpoint_discovery;
        )
    });
    let constraints = (!plan.constraints.is_empty()).then(|| {
        quote!(
            #[cfg(feature = "fake")]
            pub(crate) mod constraints;
        )
    });
    let all_types = plan.offline.then(|| {
        quote!(
            #[cfg(test)]
            pub(crate) mod all_types;
        )
    });
    let presigning = plan.presigned().then(|| {
        quote!(
            pub mod presigning;
        )
    });
    let auth_token = plan.auth_token.as_ref().map(|_| {
        quote!(
            pub mod auth_token;
        )
    });
    quote! {
        #![doc = #doc]
        #![doc = ""]
        #![doc = " The macros in its files, such as `setters!`, come from `lean_aws_runtime::codegen`. The documentation of each"]
        #![doc = " declaration, such as `__setters`, explains the notation."]

        #all_types
        #auth_token
        pub mod client;
        pub mod config;
        #constraints
        mod endpoint;
        #discovery
        pub mod error;
        mod error_meta;
        pub mod meta;
        pub mod operation;
        #partitions
        #presigning
        pub mod primitives;
        pub(crate) mod service;
        pub mod types;
        pub mod waiters;

        pub use client::Client;
        pub use config::Config;
        pub use error_meta::Error;
    }
}

/// Prints the module `auth_token`.
pub(super) fn auth_token([service, action]: &[String; 2]) -> TokenStream {
    quote! {
        #![doc = " Tokens that take the place of passwords."]

        use lean_aws_runtime::codegen::auth_token_generator;

        auth_token_generator! { #service #action }
    }
}

/// Prints the module `presigning`.
pub(super) fn presigning() -> TokenStream {
    quote! {
        #![doc = " Presigned requests, which anybody can send for a limited time."]
        #![doc = ""]
        #![doc = " The builders of some operations have a method `presigned`, which signs the request in place of sending it."]

        pub use lean_aws_runtime::presigning::{
            PresignedRequest, PresigningConfig, PresigningConfigBuilder, PresigningConfigError,
        };
    }
}

/// Prints the module `meta`.
pub(super) fn meta() -> TokenStream {
    quote! {
        #![doc = " Metadata of this crate."]

        /// The version of this crate.
        pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
    }
}

/// Prints the module `primitives`.
pub(super) fn primitives(plan: &Plan) -> TokenStream {
    let streams = plan.streams().then(|| {
        quote! {
            pub use lean_aws_runtime::primitives::{
                AggregatedBytes, ByteStream, ByteStreamError, FsBuilder, Length, SdkBody,
            };
        }
    });
    quote! {
        #![doc = " The types of members that are neither strings, numbers nor types of the model."]

        pub use lean_aws_runtime::codegen::Format as DateTimeFormat;
        pub use lean_aws_runtime::primitives::{BigDecimal, BigInteger, Blob, DateTime, Document};
        #streams

        /// The types of event streams: none, because no operation of this crate has one.
        pub mod event_stream {}
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
    let extended = plan.service_metadata.extended_request_ids.then(|| {
        quote!(
            pub use lean_aws_runtime::codegen::RequestIdExt;
        )
    });
    let modules = plan
        .operations
        .iter()
        .map(|operation| format_ident!("{}", operation.module));
    quote! {
        #![doc = #doc]

        pub use lean_aws_runtime::codegen::RequestId;
        #extended

        #(pub mod #modules;)*
    }
}

/// Prints `mod tag;` and `pub use tag::Tag;` for each module.
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
