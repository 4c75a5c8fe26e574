//! An operation: its input, output and errors, and their builders.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::common::{
    accessor, add, add_builder_uses, add_structure_uses, build, builder_fields, debug, derive,
    error_kind, input_setters, public_fields, setters, uses,
};
use super::members::members;
use super::{batch, binding, defaults, paginator};
use crate::markup::code;
use crate::plan::docs::method_link;
use crate::plan::{AuthScheme, ErrorVariant, Field, Operation, ProtocolItems, Structure};

mod implementation;

use implementation::implementation;
pub(super) use implementation::scheme;

pub(super) fn file(operation: &Operation, protocol: ProtocolItems) -> TokenStream {
    let header = format!(
        " {}: the types of {}.",
        code(&operation.wire),
        method_link(&operation.method)
    );
    let uses = file_uses(operation, protocol);
    let input = input(operation, protocol);
    let output = output(operation, protocol);
    let error = error(operation);
    let builders = builders(operation, protocol);
    let paginator = operation
        .paginator
        .as_ref()
        .map(|paginator| paginator::module(operation, paginator));
    quote! {
        #![doc = #header]

        #uses
        #input
        #output
        #error

        #builders
        #paginator
    }
}

fn file_uses(operation: &Operation, protocol: ProtocolItems) -> TokenStream {
    let mut paths = operation.input.imports();
    paths.extend(operation.output.imports());
    let [of_input, of_output] = match protocol.bindings {
        Some(bindings) => ["request", "response"].map(|table| bindings.path(table)),
        None => [(); 2].map(|()| protocol.codec.path("members")),
    };
    add_structure_uses(&operation.input, of_input, protocol.codec, &mut paths);
    add_structure_uses(&operation.output, of_output, protocol.codec, &mut paths);
    let roots = operation
        .roots
        .as_ref()
        .filter(|_| binding::has_body(&operation.input));
    if roots.is_some_and(|roots| roots.input.namespace.is_some()) {
        paths.insert(protocol.codec.path("namespace"));
    }
    paths.extend(
        operation
            .errors
            .iter()
            .map(|error| format!("crate::types::error::{}", error.name)),
    );
    add(
        &mut paths,
        &[
            "crate::Error",
            "crate::service::ThisService",
            "lean_aws_runtime::codegen::Operation",
            "lean_aws_runtime::codegen::fluent_builder",
            "lean_aws_runtime::codegen::operation_error",
            "lean_aws_runtime::codegen::output",
        ],
    );
    add_builder_uses(&operation.output, &mut paths);
    if !operation.input.fields.is_empty() {
        add(&mut paths, &["lean_aws_runtime::codegen::input_setters"]);
    }
    if let Some(paginator) = &operation.paginator {
        paginator::add_uses(paginator, &mut paths);
    }
    if let Some(batch) = &operation.batch {
        batch::add_uses(batch, &mut paths);
    }
    if operation.input.required().next().is_some() {
        add(&mut paths, &["lean_aws_runtime::codegen::MissingMembers"]);
    }
    if operation.input.fields.iter().any(|it| it.default.is_some()) {
        add(&mut paths, &["lean_aws_runtime::codegen::set_default"]);
    }
    let mut fields = operation.input.fields.iter();
    if fields.any(|it| !it.trimmed_prefixes.is_empty()) {
        add(&mut paths, &["lean_aws_runtime::codegen::trim_prefix"]);
    }
    if operation.auth != [AuthScheme::SigV4] {
        add(&mut paths, &["lean_aws_runtime::codegen::AuthScheme"]);
    }
    if operation.presigned {
        add(&mut paths, &["lean_aws_runtime::codegen::presigned"]);
    }
    if operation.compressed {
        add(
            &mut paths,
            &[
                "lean_aws_runtime::codegen::Compress",
                "lean_aws_runtime::codegen::gzip",
            ],
        );
    }
    if operation.content_md5 {
        let md5 = ["ContentMd5", "content_md5"];
        paths.extend(md5.map(|name| format!("lean_aws_runtime::codegen::{name}")));
    }
    if operation.extended_request_id {
        let path = "lean_aws_runtime::codegen::extended_request_ids";
        add(&mut paths, &[path]);
    }
    let of_request = (operation.request_checksum.is_some()).then_some("RequestChecksum");
    let of_response = (operation.response_checksum.is_some()).then_some("ResponseChecksum");
    let checksums = of_request.into_iter().chain(of_response);
    paths.extend(checksums.map(|name| format!("lean_aws_runtime::codegen::{name}")));
    if operation.discovered || !operation.context.is_empty() {
        add(&mut paths, &["lean_aws_runtime::codegen::Context"]);
    }
    if operation.compiled_messages {
        add(
            &mut paths,
            &["lean_aws_runtime::codegen::compiled_messages"],
        );
    }
    if let Some(prefix) = &operation.host_prefix {
        add(&mut paths, &["crate::error::BuildError"]);
        if !prefix.labels.is_empty() {
            add(&mut paths, &["lean_aws_runtime::codegen::host_label"]);
        }
    }
    uses(&paths, None)
}

fn input(operation: &Operation, protocol: ProtocolItems) -> TokenStream {
    let Structure { name, doc, .. } = &operation.input;
    let derive = derive(&operation.input, true);
    let fields = public_fields(&operation.input);
    let accessors = accessors(&operation.input, quote!());
    let debug = debug(&operation.input, name, &[]);
    let implementation = implementation(operation);
    let members = match protocol.bindings {
        Some(_) => binding::request(operation),
        None if protocol.has_unit_inputs && operation.input.shape.is_empty() => {
            quote!(members! { encode unit #name })
        }
        None => members(&operation.input, &quote!(#name), &quote!()),
    };
    quote! {
        #doc
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        #accessors
        #debug
        #implementation
        #members
    }
}

fn output(operation: &Operation, protocol: ProtocolItems) -> TokenStream {
    let Structure {
        name, doc, builder, ..
    } = &operation.output;
    let derive = derive(&operation.output, false);
    let fields = public_fields(&operation.output);
    let starts = format!(" Creates a builder of [`{name}`].");
    let start = quote! {
        #[doc = #starts]
        pub fn builder() -> builders::#builder {
            builders::#builder::default()
        }
    };
    let accessors = accessors(&operation.output, start);
    let defaults = defaults::functions(&operation.output);
    let debug = debug(&operation.output, name, ids(operation));
    let (builder, ids) = (quote!(builders::#builder), id_fields(operation));
    let of_operation = operation.marker.as_ref().map(|marker| quote!(of #marker));
    let with_extended = (operation.extended_request_id).then(|| quote!(with _extended_request_id));
    let (id_fields, request_id) = (quote!(#(#ids: Option<String>,)*), quote!(#(#ids: None),*));
    let members = match protocol.bindings {
        Some(_) => {
            let root = operation.roots.as_ref().map(|roots| match &roots.output {
                Some(name) => quote!(#name),
                None => quote!(_),
            });
            binding::response(&operation.output, &builder, root, &request_id)
        }
        None => members(&operation.output, &builder, &request_id),
    };
    quote! {
        #doc
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #id_fields
        }

        #accessors
        output!(#name #of_operation #with_extended);
        #debug
        #members
        #defaults
    }
}

/// Returns the fields of an output that contain the IDs of its request.
fn ids(operation: &Operation) -> &'static [&'static str] {
    match operation.extended_request_id {
        true => &["_extended_request_id", "_request_id"],
        false => &["_request_id"],
    }
}

/// Returns the same as identifiers.
fn id_fields(operation: &Operation) -> Vec<Ident> {
    let names = ids(operation).iter();
    names.map(|name| format_ident!("{name}")).collect()
}

/// Prints the inherent methods of an input or output, if there are any.
fn accessors(structure: &Structure, first: TokenStream) -> TokenStream {
    if structure.fields.is_empty() && first.is_empty() {
        return TokenStream::new();
    }
    let name = &structure.name;
    let accessors = structure.fields.iter().map(accessor);
    quote! {
        impl #name {
            #first
            #(#accessors)*
        }
    }
}

/// Prints the table of the errors. The macro defines the enum and its methods.
fn error(operation: &Operation) -> TokenStream {
    let Operation {
        error,
        errors,
        method,
        ..
    } = operation;
    let doc = format!(" An error of {}.", method_link(method));
    let rows = errors.iter().map(
        |ErrorVariant {
             code,
             query_code,
             retryable,
             name,
             is,
             doc,
         }| {
            let query_code = query_code.iter();
            let retryable = retryable.map(error_kind);
            let retryable = retryable.iter();
            quote!(#doc #code #(| #query_code)* => #name, #is #(, #retryable)*;)
        },
    );
    let extended =
        (operation.extended_request_id).then(|| quote!(extended_request_ids! { #error }));
    quote! {
        operation_error! {
            #[doc = #doc]
            #error as Error { #(#rows)* }
        }
        #extended
    }
}

fn builders(operation: &Operation, protocol: ProtocolItems) -> TokenStream {
    let Operation {
        fluent_builder,
        input,
        output,
        error,
        method,
        ..
    } = operation;
    let (input_name, output_name, output_builder) = (&input.name, &output.name, &output.builder);
    let doc = format!(" Builds and sends a request of {}.", method_link(method));
    let input_builder = &input.builder;
    let input_setters = input_setters(input, fluent_builder);
    let into_paginator = operation.paginator.as_ref().map(|paginator| {
        let name = &paginator.name;
        quote! {
            impl #fluent_builder {
                /// Converts the request into a paginator: a stream of all pages.
                pub fn into_paginator(self) -> paginator::#name {
                    paginator::#name::new(self.into_request())
                }
            }
        }
    });
    let batch = operation
        .batch
        .as_ref()
        .map(|it| batch::batch(operation, it));
    let presigned = (operation.presigned).then(|| {
        let request = (protocol.bindings).and_then(|_| binding::presigned(operation));
        quote! {
            presigned! { #fluent_builder(#input_name) -> Result<PresignedRequest, #error> #request }
        }
    });
    let stream = input.fields.iter().find(|field| field.is_stream());
    let stream = stream.map(|Field { name, .. }| quote!(, stream #name));
    let builds = format!(" The builder of [`{output_name}`].");
    let derive = derive(output, true);
    let fields = builder_fields(output, &quote!(pub(super)));
    let debug = debug(output, output_builder, &[]);
    let output_setters = setters(output);
    let ids = id_fields(operation);
    let build = build(output, &quote!(#(#ids: None,)*));
    quote! {
        /// The builders of the request and of the output.
        pub mod builders {
            use super::*;

            fluent_builder! {
                #[doc = #doc]
                #fluent_builder, #input_builder(#input_name #stream) -> Result<#output_name, #error> in crate::client
            }

            #input_setters
            #into_paginator
            #batch
            #presigned

            #[doc = #builds]
            #derive
            #[non_exhaustive]
            pub struct #output_builder {
                #fields
            }

            #debug

            impl #output_builder {
                #output_setters
                #build
            }
        }
    }
}
