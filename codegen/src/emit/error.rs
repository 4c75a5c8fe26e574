//! Errors: their structures, and the enum of all errors of the service.

use proc_macro2::TokenStream;
use quote::quote;

use super::binding;
use super::common::{add, error_kind, uses};
use super::members::members;
use super::structure::{StructureExtras, print};
use crate::plan::{ErrorStructure, Plan, ProtocolItems, Structure};

/// Prints the structure of an error, which has metadata in addition to its members.
pub(super) fn file(error: &ErrorStructure, protocol: ProtocolItems) -> TokenStream {
    let ErrorStructure {
        structure,
        code,
        retryable,
        ..
    } = error;
    let retryable = retryable.map(error_kind);
    let retryable = retryable.iter();
    let (name, builder) = (&structure.name, &structure.builder);
    let builder = quote!(#builder);
    let decoded = quote!(meta: ErrorMetadata::default());
    let (table, members) = match protocol.bindings {
        Some(bindings) => (
            bindings.path("response"),
            binding::response(
                structure,
                &builder,
                protocol.has_xml_bodies().then(|| quote!(error)),
                &decoded,
            ),
        ),
        None => (
            protocol.codec.path("members"),
            members(structure, &builder, &decoded),
        ),
    };
    print(
        structure,
        &StructureExtras {
            uses: &[
                "crate::error::ErrorMetadata",
                "lean_aws_runtime::codegen::modeled_error",
            ],
            others: &["meta"],
            field: quote!(meta: ErrorMetadata,),
            table,
            members,
            codec: protocol.codec,
            built: quote!(meta: self.meta.unwrap_or_default(),),
            items: quote!(modeled_error!(#name, #code #(, #retryable)*);),
            builder_field: quote!(meta: Option<ErrorMetadata>,),
            builder_methods: quote! {
                /// Sets the metadata: the code, the message and the request ID.
                pub fn meta(mut self, meta: ErrorMetadata) -> Self {
                    self.meta = Some(meta);
                    self
                }

                /// Sets or clears the metadata.
                pub fn set_meta(&mut self, meta: Option<ErrorMetadata>) -> &mut Self {
                    self.meta = meta;
                    self
                }
            },
        },
    )
}

/// Prints `Error`: any error of any operation.
pub(super) fn service_error(plan: &Plan) -> TokenStream {
    let mut paths = plan
        .errors
        .iter()
        .map(|error| format!("crate::types::error::{}", error.structure.name))
        .collect();
    add(&mut paths, &["lean_aws_runtime::codegen::service_error"]);
    let extended = plan.service_metadata.extended_request_ids.then(|| {
        let path = "lean_aws_runtime::codegen::extended_request_ids";
        add(&mut paths, &[path]);
        let names = plan.errors.iter().map(|error| &error.structure.name);
        quote!(extended_request_ids! { Error, #(#names),* })
    });
    let uses = uses(&paths, None);
    let rows = plan.errors.iter().map(
        |ErrorStructure {
             structure: Structure { name, .. },
             summary,
             ..
         }| { quote!(#summary #name;) },
    );
    let doc = format!(" Any error of any operation of {}.", plan.title);
    quote! {
        #![doc = " The error type of all operations."]

        #uses

        service_error! {
            #[doc = #doc]
            Error { #(#rows)* }
        }
        #extended
    }
}

/// Prints the module `error`: the types for errors of calls.
pub(super) fn module() -> TokenStream {
    quote! {
        #![doc = " The errors of calls, and tools to examine them."]
        #![doc = ""]
        #![doc = " The kind of an [`SdkError`] shows how far the call got:"]
        #![doc = ""]
        #![doc = " | kind | meaning | retried |"]
        #![doc = " |---|---|---|"]
        #![doc = " | `ConstructionFailure` | The request was not sent: a member or a setting is missing or invalid. | never |"]
        #![doc = " | `DispatchFailure` | No response was received: there are no credentials or no endpoint, or the connection failed. `is_io`, `is_timeout`, `is_user` and `is_other` distinguish the causes. | if `is_io` or `is_timeout` |"]
        #![doc = " | `TimeoutError` | The call or its last attempt exceeded its time limit. The service may have processed the request. | if it was an attempt |"]
        #![doc = " | `ResponseError` | The response is malformed or incomplete, or it comes from a proxy and not from the service. | depends on the status; if it is incomplete |"]
        #![doc = " | `ServiceError` | The service returned an error. It has a code, usually a message, and often a specific type. | after throttling and server errors |"]
        #![doc = ""]
        #![doc = " [`ProvideErrorMetadata`] returns the code and the message of any kind, and [`DisplayErrorContext`] displays an error"]
        #![doc = " with all its causes. An error that the operation does not model is `Unhandled`; its code identifies it."]

        pub use lean_aws_runtime::error::{
            BoxError, BuildError, ConnectorError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata,
        };
        use lean_aws_runtime::codegen::{HttpResponse, unknown_variant_error};

        /// The error of a call: `E` is the error of the operation, `R` the response.
        pub type SdkError<E, R = HttpResponse> = lean_aws_runtime::error::SdkError<E, R>;

        unknown_variant_error! { UnknownVariantError }
    }
}
