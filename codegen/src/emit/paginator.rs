//! The paginator of an operation.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::common::add;
use crate::plan::docs::method_link;
use crate::plan::{FieldPath, Operation, Paginator, Step};

pub(super) fn module(operation: &Operation, paginator: &Paginator) -> TokenStream {
    let Paginator {
        name,
        token,
        input_token,
        output_token,
        items,
        truncated,
        page_size,
    } = paginator;
    let (input, output, error) = (
        &operation.input.name,
        &operation.output.name,
        &operation.error,
    );
    let mut next_token = borrow(&quote!(output), output_token, false);
    if let Some([Step { field, optional }]) = truncated.as_ref().map(FieldPath::steps) {
        let is_truncated = match optional {
            true => quote!(output.#field == Some(true)),
            false => quote!(output.#field),
        };
        next_token = quote!(#next_token.filter(|_| #is_truncated));
    }
    let items = items.as_ref().map(|items| {
        let (name, element, list) = (&items.name, &items.element, take(&items.path));
        (name, element, list)
    });
    let paged_items = items.as_ref().map(|(_, element, list)| {
        quote! {
            impl PagedItems for #input {
                type Item = #element;

                fn items(output: #output) -> Vec<#element> {
                    #list
                }
            }
        }
    });
    let item_stream = items
        .as_ref()
        .map(|(items, element, _)| quote!(items #items of #element;));
    let page_size = page_size.as_ref().map(|(field, ty)| {
        let doc = format!(" Sets the maximum number of elements in a page, in place of `{field}`.");
        quote! {
            impl #name {
                #[doc = #doc]
                pub fn page_size(mut self, size: #ty) -> Self {
                    self.0.request.input.#field = Some(size);
                    self
                }
            }
        }
    });
    let link = method_link(&operation.method);
    let doc =
        format!(" The streams of pages and of their elements. The example of {link} uses one.");
    quote! {
        #[doc = #doc]
        pub mod paginator {
            use super::*;

            impl Paginated for #input {
                type Token = #token;

                fn token(&self) -> Option<&#token> {
                    self.#input_token.as_ref()
                }

                fn set_token(&mut self, token: Option<#token>) {
                    self.#input_token = token;
                }

                fn next_token(output: &#output) -> Option<&#token> {
                    #next_token
                }
            }

            #paged_items

            paginator! {
                #name(#input) -> Result<#output, #error>;
                #item_stream
            }

            #page_size
        }
    }
}

/// Adds the imports of the module to those of its file.
pub(super) fn add_uses(paginator: &Paginator, paths: &mut BTreeSet<String>) {
    add(
        paths,
        &[
            "lean_aws_runtime::codegen::Paginated",
            "lean_aws_runtime::codegen::paginator",
        ],
    );
    paginator.token.imports(paths);
    if let Some(items) = &paginator.items {
        items.element.imports(paths);
        add(paths, &["lean_aws_runtime::codegen::PagedItems"]);
    }
}

/// Prints `output.page.as_ref().and_then(|page| page.next_token.as_ref())`. With `as_str`, the result is an
/// `Option<&str>`.
pub(super) fn borrow(from: &TokenStream, path: &FieldPath, as_str: bool) -> TokenStream {
    walk(
        path.steps(),
        from,
        &|value, field, optional, last| match (optional, last && as_str) {
            (true, true) => quote!(#value.#field.as_deref()),
            (false, true) => quote!(Some(#value.#field.as_str())),
            (true, false) => quote!(#value.#field.as_ref()),
            (false, false) => quote!(Some(&#value.#field)),
        },
    )
}

/// Prints `output.page.and_then(|page| page.items).unwrap_or_default()`.
fn take(path: &FieldPath) -> TokenStream {
    if let [
        Step {
            field,
            optional: false,
        },
    ] = path.steps()
    {
        return quote!(output.#field);
    }
    let list = walk(
        path.steps(),
        &quote!(output),
        &|value, field, optional, _| match optional {
            true => quote!(#value.#field),
            false => quote!(Some(#value.#field)),
        },
    );
    quote!(#list.unwrap_or_default())
}

type Visit<'a> = &'a dyn Fn(&TokenStream, &Ident, bool, bool) -> TokenStream;

fn walk(steps: &[Step], value: &TokenStream, visit: Visit<'_>) -> TokenStream {
    match steps {
        [] => TokenStream::new(),
        [Step { field, optional }] => visit(value, field, *optional, true),
        [Step { field, optional }, rest @ ..] => {
            let outer = visit(value, field, *optional, false);
            let inner = walk(rest, &quote!(#field), visit);
            quote!(#outer.and_then(|#field| #inner))
        }
    }
}
