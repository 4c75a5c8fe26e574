//! The tables that bind the members of an operation to the parts of HTTP messages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::common::timestamp_format;
use super::layout;
use super::members::{name_literal, presence};
use crate::plan::{Field, FieldLocation, Operation, Payload, RootElement, Structure};

/// Prints `request! { .. }`, with a row for each member of an input.
pub(super) fn request(operation: &Operation) -> TokenStream {
    let (input, http) = (&operation.input, &operation.http);
    let (name, template) = (&input.name, &http.uri);
    let method = format_ident!("{}", http.method);
    let rows = input.fields.iter().map(|field| {
        let location = location(field, operation.roots.is_some());
        let (name, format) = (&field.name, format(field));
        let layout = layout::suffix(&field.layout);
        let model_name = model_name(input, field);
        quote!(#location #model_name => #name #format #layout;)
    });
    let streaming = streaming(input);
    let roots = operation.roots.as_ref().filter(|_| has_body(input));
    let root = roots.map(|roots| {
        let RootElement { name, namespace } = &roots.input;
        let namespace = namespace.as_ref().map(|namespace| {
            let namespace = layout::namespace(namespace);
            quote!(: #namespace)
        });
        quote!(in (#name #namespace))
    });
    quote! {
        request! {
            #streaming #name: #method #template #root { #(#rows)* }
        }
    }
}

/// Prints the request that is presigned, if it is not the one that is sent: members of the body are in the query of a GET
/// request.
pub(super) fn presigned(operation: &Operation) -> Option<TokenStream> {
    let (input, template) = (&operation.input, &operation.http.uri);
    let is_body = |field: &Field| field.location == FieldLocation::Body;
    let rows = input.fields.iter().map(|field| {
        let (name, format) = (&field.name, format(field));
        let location = match is_body(field) {
            true => {
                let wire = &field.wire;
                quote!(query #wire)
            }
            false => location(field, false),
        };
        quote!(#location => #name #format;)
    });
    let has_body = input.fields.iter().any(is_body);
    has_body.then(|| quote!(as GET #template { #(#rows)* }))
}

/// Whether members are in the body, apart from one that is the whole body.
pub(super) fn has_body(structure: &Structure) -> bool {
    let locations = [FieldLocation::Body, FieldLocation::Attribute];
    let mut fields = structure.fields.iter();
    fields.any(|field| locations.contains(&field.location))
}

/// Prints `response! { .. }`, with a row for each member of an output or an error. `root` is the root element in XML.
pub(super) fn response(
    structure: &Structure,
    builder: &TokenStream,
    root: Option<TokenStream>,
    more: &TokenStream,
) -> TokenStream {
    let name = &structure.name;
    let is_xml = root.is_some();
    let root = root
        .filter(|_| has_body(structure))
        .map(|root| quote!(in #root));
    let rows = structure.fields.iter().map(|field| {
        let location = location(field, is_xml);
        let (name, format) = (&field.name, format(field));
        let layout = layout::suffix(&field.layout);
        let aliases = match field.location {
            FieldLocation::Body => field.aliases.as_slice(),
            _ => &[],
        };
        let presence = presence(field).filter(|_| !field.is_stream());
        let model_name = model_name(structure, field);
        quote!(#location #(| #aliases)* #model_name => #name #presence #format #layout;)
    });
    let streaming = streaming(structure);
    quote! {
        response! {
            #streaming #name(#builder) #root { #(#rows)* } + #more
        }
    }
}

/// Prints `@ "Name"`, the name of a member in the model, unless its row contains it. A member of the body has its name there
/// instead, if no other member has that.
fn model_name(structure: &Structure, field: &Field) -> Option<TokenStream> {
    if structure.streams() {
        return None;
    }
    let in_row = match &field.location {
        FieldLocation::Body | FieldLocation::Attribute => {
            let same = (structure.fields.iter()).filter(|it| in_documents(it) == field.wire);
            return (same.count() > 1).then(|| at(&field.model_name));
        }
        FieldLocation::Payload(_)
        | FieldLocation::QueryParams
        | FieldLocation::Endpoint
        | FieldLocation::Status => None,
        FieldLocation::Header { name, .. }
        | FieldLocation::PrefixHeaders(name)
        | FieldLocation::Query(name)
        | FieldLocation::Label(name) => Some(name),
    };
    (in_row != Some(&field.model_name)).then(|| at(&field.model_name))
}

/// The name of a member in documents of serde, unless another member has the same.
fn in_documents(field: &Field) -> &str {
    match field.location {
        FieldLocation::Body | FieldLocation::Attribute => &field.wire,
        _ => &field.model_name,
    }
}

fn at(name: &str) -> TokenStream {
    quote!(@ #name)
}

/// Prints what precedes the table of a structure with a stream, which cannot be serialized by serde.
fn streaming(structure: &Structure) -> Option<TokenStream> {
    structure.streams().then(|| quote!(streaming))
}

fn location(field: &Field, is_xml: bool) -> TokenStream {
    let wire = &field.wire;
    match &field.location {
        FieldLocation::Attribute => quote!(attribute #wire),
        FieldLocation::Payload(Payload::Structure | Payload::Encoded) if is_xml => {
            quote!(payload structure #wire)
        }
        FieldLocation::Body => {
            let wire = name_literal(wire);
            quote!(body #wire)
        }
        FieldLocation::Header {
            name,
            lenient: true,
            ..
        } => quote!(header lenient #name),
        FieldLocation::Header {
            name, json: true, ..
        } => quote!(header json #name),
        FieldLocation::Header { name, .. } => quote!(header #name),
        FieldLocation::PrefixHeaders(prefix) => quote!(prefix_headers #prefix),
        FieldLocation::Query(name) if field.required && !field.idempotency_token => {
            quote!(query required #name)
        }
        FieldLocation::Query(name) => quote!(query #name),
        FieldLocation::QueryParams => quote!(query_params),
        FieldLocation::Label(name) => quote!(label #name),
        FieldLocation::Endpoint => quote!(endpoint),
        FieldLocation::Payload(Payload::Structure) => quote!(payload structure),
        FieldLocation::Payload(Payload::Encoded) => quote!(payload json),
        FieldLocation::Payload(Payload::Text) => quote!(payload text),
        FieldLocation::Payload(Payload::Blob) => quote!(payload blob),
        FieldLocation::Payload(Payload::Stream) => quote!(payload stream),
        FieldLocation::Status => quote!(status),
    }
}

fn format(field: &Field) -> Option<TokenStream> {
    let format = format_ident!("{}", timestamp_format(field.timestamp?));
    Some(quote!(as #format))
}
