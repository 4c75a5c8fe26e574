//! Examples: the call of an operation, as a program in its documentation.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::common::uses;
use crate::FirstCall;
use crate::format;
use crate::plan::Operation;
use crate::plan::example::{self, Built, Example, Ids, Outcome, Setter, Value, Wait};

/// Prints an example as a block of code in Markdown. The lines around the call are hidden.
pub(super) fn example(operation: &Operation, crate_name: &Ident) -> Vec<String> {
    let Some(example) = &operation.example else {
        return Vec::new();
    };
    let error = match example.wait {
        Some(_) => "Box<dyn std::error::Error>".to_owned(),
        None => format!("{crate_name}::Error"),
    };
    block(
        format!(" # async fn example(client: &{crate_name}::Client) -> Result<(), {error}> {{"),
        format::program(
            uses(&imports(example, crate_name), None),
            statements(operation, example),
        ),
    )
}

/// Prints a block of code in Markdown, whose first and last lines are hidden.
fn block(first: String, program: Vec<String>) -> Vec<String> {
    let mut lines = vec![String::new(), " ```no_run".to_owned(), first];
    lines.extend(program.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    }));
    lines.extend([" # Ok(()) }".to_owned(), " ```".to_owned()]);
    lines
}

/// Prints the example of a waiter as [`example`] does.
pub(super) fn waiting(wait: &Wait, crate_name: &Ident) -> Vec<String> {
    let mut paths = BTreeSet::new();
    import_wait(wait, &mut paths);
    let error = "Box<dyn std::error::Error>";
    block(
        format!(" # async fn example(client: &{crate_name}::Client) -> Result<(), {error}> {{"),
        format::program(
            uses(&outside(paths, crate_name), None),
            wait_statements(wait),
        ),
    )
}

/// Prints the call in the README.
pub(super) fn first_call(
    operation: &Operation,
    call: &example::FirstCall,
    crate_name: &Ident,
) -> FirstCall {
    let example = &call.example;
    let imports = uses(&imports(example, crate_name), None);
    FirstCall {
        changes: call.changes,
        required: call.required,
        imports: format::program(imports, Vec::new()),
        statements: format::program(TokenStream::new(), statements(operation, example)),
    }
}

fn statements(operation: &Operation, example: &Example) -> Vec<TokenStream> {
    let values = example
        .values
        .iter()
        .map(|(name, value)| quote!(let #name = #value;));
    let wait = example.wait.iter().flat_map(wait_statements);
    values.chain(call(operation, example)).chain(wait).collect()
}

/// Prints the call and the use of its response.
fn call(operation: &Operation, example: &Example) -> Vec<TokenStream> {
    let Example {
        setters, outcome, ..
    } = example;
    let method = &operation.method;
    let request = quote!(client.#method()#(#setters)*);
    let response = quote!(let output = #request.send().await?;);
    match outcome {
        Outcome::Nothing => vec![quote!(#request.send().await?;)],
        Outcome::Keep => vec![response],
        Outcome::Show(member) => vec![response, quote!(println!("{:?}", output.#member());)],
        Outcome::Pages => vec![
            quote!(let mut pages = #request.into_paginator().send();),
            quote! {
                while let Some(page) = pages.next().await {
                    println!("{:?}", page?);
                }
            },
        ],
        Outcome::Items(all, one) => vec![
            quote!(let mut #all = #request.into_paginator().items().send();),
            quote! {
                while let Some(#one) = #all.next().await {
                    println!("{:?}", #one?);
                }
            },
        ],
    }
}

fn wait_statements(
    Wait {
        method,
        setters,
        ids,
    }: &Wait,
) -> Vec<TokenStream> {
    let set = ids.iter().map(|ids| {
        let (set, push) = (&ids.set, &ids.push);
        match ids.list {
            Some(_) => quote!(.#set(Some(ids))),
            None => quote!(.#push(id)),
        }
    });
    let ids = ids.iter().map(answered);
    let waiter = quote!(let waiter = client.#method()#(#setters)*#(#set)*;);
    let wait = quote!(waiter.wait(std::time::Duration::from_secs(30 * 60)).await?;);
    ids.chain([waiter, wait]).collect()
}

fn answered(
    Ids {
        list,
        field,
        optional,
        ..
    }: &Ids,
) -> TokenStream {
    match (list, optional) {
        (None, true) => quote!(let id = output.#field.unwrap_or_default();),
        (None, false) => quote!(let id = output.#field;),
        (Some(list), true) => {
            quote!(let ids = output.#list().iter().filter_map(|it| it.#field.clone()).collect();)
        }
        (Some(list), false) => {
            quote!(let ids = output.#list().iter().map(|it| it.#field.clone()).collect();)
        }
    }
}

impl ToTokens for Setter {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { name, values } = self;
        tokens.extend(quote!(.#name(#(#values),*)));
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::String(string) => string.to_token_stream(),
            Self::Owned(string) => quote!(#string.to_owned()),
            Self::Boolean(value) => value.to_token_stream(),
            Self::Integer(number) => {
                let literal = Literal::u64_unsuffixed(number.unsigned_abs());
                signed(*number < 0, literal)
            }
            Self::Float(number) => signed(*number < 0.0, Literal::f64_unsuffixed(number.abs())),
            Self::Smithy(ty, "Blob") => quote!(#ty::new("example")),
            Self::Smithy(ty, "ByteStream") => quote!(#ty::from_static(b"example")),
            Self::Smithy(ty, "DateTime") => quote!(#ty::from_secs(1_767_225_600)),
            Self::Smithy(ty, "Document") => quote!(#ty::String("example".to_owned())),
            Self::Smithy(ty, _) => quote!(#ty::default()),
            Self::Variant(ty, variant, None) => quote!(#ty::#variant),
            Self::Variant(ty, variant, Some(value)) => quote!(#ty::#variant(#value)),
            Self::Built(Built {
                ty,
                setters,
                fallible,
                ..
            }) => {
                let or_fail = fallible.then(|| quote!(?));
                quote!(#ty::builder()#(#setters)*.build()#or_fail)
            }
            Self::List(None) => quote!(Vec::new()),
            Self::List(Some(value)) => quote!(vec![#value]),
            Self::Map(None) => quote!(HashMap::new()),
            Self::Map(Some(entry)) => {
                let (key, value) = entry.as_ref();
                quote!(HashMap::from([(#key, #value)]))
            }
            Self::Boxed(value) => quote!(Box::new(#value)),
            Self::Some(value) => quote!(Some(#value)),
            Self::Name(name) => name.to_token_stream(),
        });
    }
}

/// Prints a number. Literals have no sign.
fn signed(negative: bool, literal: Literal) -> TokenStream {
    let minus = negative.then(|| quote!(-));
    quote!(#minus #literal)
}

/// Returns the imports of the program, with paths from outside the crate.
fn imports(example: &Example, crate_name: &Ident) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    import_setters(&example.setters, &mut paths);
    for (_, value) in &example.values {
        import(value, &mut paths);
    }
    if let Some(wait) = &example.wait {
        import_wait(wait, &mut paths);
    }
    outside(paths, crate_name)
}

fn import_wait(wait: &Wait, paths: &mut BTreeSet<String>) {
    paths.insert("crate::client::Waiters".to_owned());
    import_setters(&wait.setters, paths);
}

fn import_setters(setters: &[Setter], paths: &mut BTreeSet<String>) {
    for value in setters.iter().flat_map(|setter| &setter.values) {
        import(value, paths);
    }
}

/// Returns the paths from outside the crate.
fn outside(paths: BTreeSet<String>, crate_name: &Ident) -> BTreeSet<String> {
    let outside = |path: String| path.replacen("crate", &crate_name.to_string(), 1);
    paths.into_iter().map(outside).collect()
}

fn import(value: &Value, paths: &mut BTreeSet<String>) {
    match value {
        Value::Smithy(ty, _) | Value::Variant(ty, _, None) => ty.imports(paths),
        Value::Variant(ty, _, Some(value)) => {
            ty.imports(paths);
            import(value, paths);
        }
        Value::Built(built) => {
            built.ty.imports(paths);
            import_setters(&built.setters, paths);
        }
        Value::List(value) => value.iter().for_each(|value| import(value, paths)),
        Value::Map(entry) => {
            paths.insert("std::collections::HashMap".to_owned());
            for (key, value) in entry.iter().map(|entry| entry.as_ref()) {
                import(key, paths);
                import(value, paths);
            }
        }
        Value::Boxed(value) | Value::Some(value) => import(value, paths),
        _ => {}
    }
}
