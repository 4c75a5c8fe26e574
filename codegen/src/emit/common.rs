//! Parts that several emitters share: documentation, imports, accessors and builders.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

use super::defaults::default_function;
use super::layout;
use crate::plan::types::Type;
use crate::plan::{
    Codec, Doc, FallbackValue, Field, Retryable, SetterKind, Structure, TimestampFormat,
};

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in self.lines() {
            tokens.extend(quote!(#[doc = #line]));
        }
    }
}

/// Prints `use a::b::{C, D};` for each module, in the order of rustfmt. The type `defined`, which the file itself
/// defines, is not imported.
pub(super) fn uses(paths: &BTreeSet<String>, defined: Option<&Ident>) -> TokenStream {
    let mut modules: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for path in paths {
        if let Some((module, name)) = path.rsplit_once("::")
            && defined.is_none_or(|defined| defined != name || !module.starts_with("crate::types"))
        {
            modules.entry(module).or_default().insert(name);
        }
    }
    let mut lines: Vec<(u8, String, TokenStream)> = modules
        .into_iter()
        .map(|(module, names)| {
            let path = module.split("::").map(|part| format_ident!("{part}"));
            let list: Vec<Ident> = names.iter().map(|name| format_ident!("{name}")).collect();
            match list.as_slice() {
                [name] => (
                    rank(module),
                    format!("{module}::{name}"),
                    quote!(use #(#path::)* #name;),
                ),
                _ => (
                    rank(module),
                    format!("{module}::{{"),
                    quote!(use #(#path::)* {#(#list),*};),
                ),
            }
        })
        .collect();
    lines.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    lines.into_iter().map(|(_, _, line)| line).collect()
}

/// Returns the position of an import: the standard library comes first, then other crates, then this crate.
fn rank(module: &str) -> u8 {
    match module.split("::").next() {
        Some("std") => 0,
        Some("super") => 2,
        Some("crate") => 3,
        _ => 1,
    }
}

/// Adds paths to the imports of a file.
pub(super) fn add(paths: &mut BTreeSet<String>, new: &[&str]) {
    paths.extend(new.iter().map(|path| (*path).to_owned()));
}

/// Prints `#[deprecated(note = "...")]` for a deprecated item.
pub(super) fn deprecated(note: &Option<String>) -> TokenStream {
    match note.as_deref() {
        None => TokenStream::new(),
        Some("") => quote!(#[deprecated]),
        Some(note) => quote!(#[deprecated(note = #note)]),
    }
}

/// Prints the public fields of a structure with their documentation.
pub(super) fn public_fields(structure: &Structure) -> impl Iterator<Item = TokenStream> {
    structure.fields.iter().map(
        |Field {
             doc,
             name,
             ty,
             optional,
             ..
         }| {
            let ty = if *optional {
                quote!(Option<#ty>)
            } else {
                quote!(#ty)
            };
            quote!(#doc pub #name: #ty)
        },
    )
}

/// Prints the accessor of a field.
pub(super) fn accessor(field: &Field) -> TokenStream {
    let Field {
        summary, name, ty, ..
    } = field;
    let deprecated = deprecated(&field.deprecated);
    let (returned, body) = match (ty, field.optional) {
        (Type::String, true) => (quote!(Option<&str>), quote!(self.#name.as_deref())),
        (Type::String, false) => (quote!(&str), quote!(&self.#name)),
        (Type::Vec(element), true) => (
            quote!(&[#element]),
            quote!(self.#name.as_deref().unwrap_or_default()),
        ),
        (Type::Vec(element), false) => (quote!(&[#element]), quote!(&self.#name)),
        (Type::Box(inner), true) => (quote!(Option<&#inner>), quote!(self.#name.as_deref())),
        (Type::Box(inner), false) => (quote!(&#inner), quote!(&self.#name)),
        (Type::Smithy(_) | Type::Model(_) | Type::Map(..), true) => {
            (quote!(Option<&#ty>), quote!(self.#name.as_ref()))
        }
        (Type::Smithy(_) | Type::Model(_) | Type::Map(..), false) => {
            (quote!(&#ty), quote!(&self.#name))
        }
        // Accessors copy numbers and booleans.
        (_, true) => (quote!(Option<#ty>), quote!(self.#name)),
        (_, false) => (quote!(#ty), quote!(self.#name)),
    };
    quote! {
        #summary
        #deprecated
        pub fn #name(&self) -> #returned {
            #body
        }
    }
}

/// Prints the fields of a builder with this visibility.
pub(super) fn builder_fields(structure: &Structure, visibility: &TokenStream) -> TokenStream {
    let fields = structure
        .fields
        .iter()
        .map(|Field { name, ty, .. }| quote!(#visibility #name: Option<#ty>,));
    quote!(#(#fields)*)
}

/// Prints `setters! { .. }` with a row for each member, if there are any. It also declares the getters.
pub(super) fn setters(structure: &Structure) -> TokenStream {
    if structure.fields.is_empty() {
        return TokenStream::new();
    }
    let rows = setter_rows(structure, false);
    quote!(setters! { #(#rows)* })
}

/// Prints `input_setters! { .. }`, the setters and getters of both builders of an input.
pub(super) fn input_setters(structure: &Structure, fluent_builder: &Ident) -> TokenStream {
    if structure.fields.is_empty() {
        return TokenStream::new();
    }
    let builder = &structure.builder;
    let rows = setter_rows(structure, true);
    quote!(input_setters! { #fluent_builder, #builder => #(#rows)* })
}

/// Prints `name(into String), set_name, get_name;` for each member, with its documentation.
pub(super) fn setter_rows(
    structure: &Structure,
    is_input: bool,
) -> impl Iterator<Item = TokenStream> {
    let fields = structure.fields.iter();
    fields.map(move |field| setter_row(field, &field.summary, is_input))
}

/// Prints `name(into String), set_name, get_name;` with this documentation.
pub(super) fn setter_row(field: &Field, doc: &Doc, is_input: bool) -> TokenStream {
    let Field {
        name,
        setter,
        getter,
        ..
    } = field;
    let deprecated = deprecated(&field.deprecated);
    let argument = match is_input && field.is_stream() {
        true => quote!(stream),
        false => setter_argument(field),
    };
    quote!(#doc #deprecated #name(#argument), #setter, #getter;)
}

/// Prints the argument of a setter in the notation of the macro.
fn setter_argument(field: &Field) -> TokenStream {
    let into = |is_into: bool| is_into.then(|| quote!(into));
    match (field.setter_kind, &field.ty) {
        (SetterKind::Into | SetterKind::Boxed, ty) => quote!(into #ty),
        (SetterKind::Push { into: it }, Type::Vec(element)) => {
            let into = into(it);
            quote!(push #into #element)
        }
        (
            SetterKind::Insert {
                key_into,
                value_into,
            },
            Type::Map(key, value),
        ) => {
            let (key_into, value_into) = (into(key_into), into(value_into));
            quote!(insert #key_into #key => #value_into #value)
        }
        (_, ty) => quote!(#ty),
    }
}

/// Prints `build()`, which fails if a required member is not set.
pub(super) fn build(structure: &Structure, more: &TokenStream) -> TokenStream {
    let name = &structure.name;
    let fields = structure.fields.iter().map(|field| {
        let (structure, name) = (name, &field.name);
        if field.optional {
            quote!(#name: self.#name)
        } else if field.must_be_set() {
            quote!(#name: required!(self.#name, #structure))
        } else {
            match &field.fallback {
                Some(fallback) if fallback.value != FallbackValue::Zero => {
                    let function = default_function(field);
                    quote!(#name: self.#name.unwrap_or_else(#function))
                }
                _ => quote!(#name: self.#name.unwrap_or_default()),
            }
        }
    });
    let doc = format!(" Builds the [`{name}`].");
    if !structure.fallible() {
        return quote! {
            #[doc = #doc]
            pub fn build(self) -> #name {
                #name { #(#fields,)* #more }
            }
        };
    }
    let required: Vec<String> = structure
        .fields
        .iter()
        .filter(|field| field.must_be_set())
        .map(|field| format!("[`{0}`](Self::{0})", field.name.unraw()))
        .collect();
    let errors = format!("Returns an error if {} is not set.", list(&required));
    let errors = Doc::new(&errors, "");
    quote! {
        #[doc = #doc]
        #[doc = ""]
        #[doc = " # Errors"]
        #errors
        pub fn build(self) -> Result<#name, BuildError> {
            Ok(#name { #(#fields,)* #more })
        }
    }
}

/// Prints `#[derive(..)]` of a structure or, with `Default`, of its builder. `Debug` is not derived if it must redact
/// values, see [`debug`]. A stream can neither be cloned nor compared.
pub(super) fn derive(structure: &Structure, default: bool) -> TokenStream {
    let (streams, redacted) = (structure.streams(), structure.redacted);
    let traits = [
        (!streams, "Clone"),
        (!redacted, "Debug"),
        (default, "Default"),
        (!streams, "PartialEq"),
    ];
    let traits = traits.iter().filter(|(derived, _)| *derived);
    let traits: Vec<Ident> = traits.map(|(_, name)| format_ident!("{name}")).collect();
    if traits.is_empty() {
        return TokenStream::new();
    }
    quote!(#[derive(#(#traits),*)])
}

/// Prints `impl Debug` that redacts sensitive values, unless `Debug` is derived. `others` are the fields that are not members.
pub(super) fn debug(structure: &Structure, name: &Ident, others: &[&str]) -> TokenStream {
    if !structure.redacted {
        return TokenStream::new();
    }
    let text = name.to_string();
    let fields = structure.fields.iter().map(
        |Field {
             name, sensitive, ..
         }| {
            let text = name.to_string();
            if *sensitive {
                quote!(.field(#text, &REDACTED))
            } else {
                quote!(.field(#text, &self.#name))
            }
        },
    );
    let others = others.iter().map(|text| {
        let name = format_ident!("{text}");
        quote!(.field(#text, &self.#name))
    });
    quote! {
        impl fmt::Debug for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(#text) #(#fields)* #(#others)* .finish()
            }
        }
    }
}

/// Adds the imports of the code of a structure, except for the types of its fields.
pub(super) fn add_structure_uses(
    structure: &Structure,
    table: String,
    codec: Codec,
    paths: &mut BTreeSet<String>,
) {
    paths.insert(table);
    for field in &structure.fields {
        layout::add_uses(&field.layout, codec, paths);
    }
    if structure.redacted {
        add(paths, &["lean_aws_runtime::codegen::REDACTED", "std::fmt"]);
    }
}

/// Adds the imports of the code of a builder, except for the types of its fields.
pub(super) fn add_builder_uses(structure: &Structure, paths: &mut BTreeSet<String>) {
    if !structure.fields.is_empty() {
        add(paths, &["lean_aws_runtime::codegen::setters"]);
    }
    if structure.fallible() {
        add(
            paths,
            &[
                "crate::error::BuildError",
                "lean_aws_runtime::codegen::required",
            ],
        );
    }
}

/// Returns the name of an `ErrorKind`.
pub(super) fn error_kind(reason: Retryable) -> Ident {
    format_ident!(
        "{}",
        match reason {
            Retryable::Client => "ClientError",
            Retryable::Server => "ServerError",
            Retryable::Throttling => "ThrottlingError",
        }
    )
}

/// Returns the name of a format in `aws_smithy_types`.
pub(super) fn timestamp_format(format: TimestampFormat) -> &'static str {
    match format {
        TimestampFormat::EpochSeconds => "EpochSeconds",
        TimestampFormat::DateTime => "DateTime",
        TimestampFormat::HttpDate => "HttpDate",
    }
}

/// Returns `a`, `a or b`, or `a, b or c`.
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
