//! An operation: its input, output and errors, and their builders.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::common::{
    accessor, add, add_builder_uses, add_structure_uses, build, builder_fields, debug, derive,
    input_setters, public_fields, setters, uses,
};
use super::members::members;
use super::{binding, paginator};
use crate::markup::code;
use crate::plan::docs::method_link;
use crate::plan::{
    AuthScheme, ContextSource, ErrorVariant, HostPrefix, Operation, ProtocolItems, RequestChecksum,
    ResponseChecksum, Structure,
};

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
    let debug = debug(&operation.input, name);
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

/// Prints `impl Operation` for the input: the properties of the operation that the runtime needs.
fn implementation(operation: &Operation) -> TokenStream {
    let (wire, input, output, error) = (
        &operation.wire,
        &operation.input.name,
        &operation.output.name,
        &operation.error,
    );
    let check_required = check_required(&operation.input);
    let token = operation
        .input
        .fields
        .iter()
        .find(|field| field.idempotency_token)
        .map(|field| {
            let name = &field.name;
            quote! {
                fn set_idempotency_token(&mut self, token: &dyn Fn() -> String) {
                    self.#name.get_or_insert_with(token);
                }
            }
        });
    let host_prefix = operation.host_prefix.as_ref().map(host_prefix);
    let auth = (operation.auth != [AuthScheme::SigV4]).then(|| {
        let schemes = operation.auth.iter().map(scheme);
        quote!(
            const AUTH: &'static [AuthScheme] = &[#(AuthScheme::#schemes),*];
        )
    });
    let unsigned_payload = (operation.unsigned_payload).then(|| {
        quote!(
            const UNSIGNED_PAYLOAD: bool = true;
        )
    });
    let requires_length = (operation.requires_length).then(|| {
        quote!(
            const REQUIRES_LENGTH: bool = true;
        )
    });
    let streams = (operation.output.streams()).then(|| {
        quote!(
            const STREAMS_OUTPUT: bool = true;
        )
    });
    let compress = (operation.compressed).then(|| {
        quote!(
            const COMPRESS: Option<Compress> = Some(gzip);
        )
    });
    let content_md5 = (operation.content_md5).then(|| {
        quote!(
            const CONTENT_MD5: Option<ContentMd5> = Some(content_md5);
        )
    });
    let request_checksum = operation.request_checksum.as_ref().map(|it| {
        let RequestChecksum { header, required } = it;
        quote! {
            const REQUEST_CHECKSUM: Option<&'static RequestChecksum> =
                Some(&RequestChecksum { header: #header, required: #required });
        }
    });
    let response_checksum = operation.response_checksum.as_ref().map(|it| {
        let ResponseChecksum { header, algorithms } = it;
        quote! {
            const RESPONSE_CHECKSUM: Option<&'static ResponseChecksum> =
                Some(&ResponseChecksum { header: #header, algorithms: &[#(#algorithms),*] });
        }
    });
    let tree_hash = (operation.tree_hash).then(|| {
        quote!(
            const TREE_HASH: bool = true;
        )
    });
    let defaults = defaults(&operation.input);
    let context = context(operation);
    quote! {
        impl Operation for #input {
            const NAME: &'static str = #wire;
            #auth
            #unsigned_payload
            #requires_length
            #streams
            #compress
            #content_md5
            #request_checksum
            #response_checksum
            #tree_hash
            type Service = ThisService;
            type Output = #output;
            type Error = #error;

            #defaults
            #check_required
            #token
            #context
            #host_prefix
        }
    }
}

/// Prints the method that sets the members with a default and trims IDs, if there are any: `set_default(&mut self.name, "value");`
fn defaults(input: &Structure) -> Option<TokenStream> {
    let statements = input.fields.iter().flat_map(|field| {
        let name = &field.name;
        let default = field.default.iter();
        let default = default.map(move |value| quote!(set_default(&mut self.#name, #value);));
        let prefixes = &field.trimmed_prefixes;
        let trim = (!prefixes.is_empty())
            .then(|| quote!(trim_prefix(&mut self.#name, &[#(#prefixes),*]);));
        default.chain(trim)
    });
    let statements: Vec<TokenStream> = statements.collect();
    (!statements.is_empty()).then(|| {
        quote! {
            fn set_defaults(&mut self) {
                #(#statements)*
            }
        }
    })
}

/// Returns the name of a scheme in the runtime.
fn scheme(scheme: &AuthScheme) -> Ident {
    format_ident!(
        "{}",
        match scheme {
            AuthScheme::SigV4 | AuthScheme::Other(_) => "SigV4",
            AuthScheme::SigV4a => "SigV4a",
            AuthScheme::Bearer => "Bearer",
            AuthScheme::None => "NoAuth",
        }
    )
}

/// Prints the method that checks the required members, if there are any: `missing.check("Name", &self.name);`
fn check_required(input: &Structure) -> Option<TokenStream> {
    let required = input.required().map(|field| {
        let (wire, name) = (&field.model_name, &field.name);
        quote!(missing.check(#wire, &self.#name);)
    });
    let checks: Vec<TokenStream> = required.collect();
    (!checks.is_empty()).then(|| {
        quote! {
            fn check_required(&self, missing: &mut MissingMembers) {
                #(#checks)*
            }
        }
    })
}

/// Prints `Context::default().set_string("ResourceArn", self.table_name.as_deref())`
fn context(operation: &Operation) -> Option<TokenStream> {
    let parameters = &operation.context;
    let discovered = (operation.discovered).then(|| quote!(.use_discovered_endpoint()));
    let set = parameters.iter().map(|(name, source)| match source {
        ContextSource::Boolean(value) => quote!(.set_boolean(#name, Some(#value))),
        ContextSource::String(value) => quote!(.set_string(#name, Some(#value))),
        ContextSource::BooleanField(field) => quote!(.set_boolean(#name, self.#field)),
        ContextSource::StringField(path) => {
            let value = paginator::borrow(&quote!(self), path, true);
            quote!(.set_string(#name, #value))
        }
        ContextSource::StringsField(field) => {
            quote!(.set_strings(#name, self.#field.iter().flatten().map(String::as_str)))
        }
        ContextSource::Keys(field) => {
            quote!(.set_strings(#name, self.#field.iter().flat_map(HashMap::keys).map(String::as_str)))
        }
        ContextSource::Each(field, paths) => {
            let paths = paths.iter().map(|path| paginator::borrow(&quote!(item), path, true));
            quote!(.set_strings(#name, self.#field.iter().flatten().flat_map(|item| [#(#paths),*]).flatten()))
        }
    });
    (operation.discovered || !parameters.is_empty()).then(|| {
        quote! {
            fn endpoint_context(&self) -> Context {
                Context::default() #(#set)* #discovered
            }
        }
    })
}

fn host_prefix(HostPrefix { format, labels }: &HostPrefix) -> TokenStream {
    let prefix = if labels.is_empty() {
        quote!(#format.to_owned())
    } else {
        let values = labels
            .iter()
            .map(|(name, field)| quote!(host_label(#name, self.#field.as_deref())?));
        quote!(format!(#format, #(#values),*))
    };
    quote! {
        fn host_prefix(&self) -> Result<Option<String>, BuildError> {
            Ok(Some(#prefix))
        }
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
    let debug = debug(&operation.output, name);
    let (builder, ids) = (quote!(builders::#builder), ids(operation));
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
        output!(#name #with_extended);
        #debug
        #members
    }
}

/// Returns the fields of an output that contain the IDs of its request.
fn ids(operation: &Operation) -> Vec<Ident> {
    let extended = (operation.extended_request_id).then_some("_extended_request_id");
    let names = ["_request_id"].into_iter().chain(extended);
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
             name,
             is,
             doc,
         }| {
            let query_code = query_code.iter();
            quote!(#doc #code #(| #query_code)* => #name, #is;)
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
                    paginator::#name::new(self.request)
                }
            }
        }
    });
    let presigned = (operation.presigned).then(|| {
        let request = (protocol.bindings).and_then(|_| binding::presigned(operation));
        quote! {
            presigned! { #fluent_builder(#input_name) -> Result<PresignedRequest, #error> #request }
        }
    });
    let streams = input.streams().then(|| quote!(stream));
    let builds = format!(" Builds a [`{output_name}`].");
    let derive = derive(output, true);
    let fields = builder_fields(output, &quote!(pub(super)));
    let debug = debug(output, output_builder);
    let output_setters = setters(output);
    let ids = ids(operation);
    let build = build(output, &quote!(#(#ids: None,)*));
    quote! {
        /// The builders of the request and of the output.
        pub mod builders {
            use super::*;

            fluent_builder! {
                #[doc = #doc]
                #streams #fluent_builder, #input_builder(#input_name) -> Result<#output_name, #error> in crate::client
            }

            #input_setters
            #into_paginator
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
