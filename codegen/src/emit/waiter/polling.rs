//! The polling of an operation for all requested resources.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::common::add;
use crate::plan::{Ids, Operation, Poll, Resources, Step, Within};

/// Prints `impl Polled`.
pub(super) fn polled(
    operation: &Operation,
    poll: &Poll,
    paths: &mut BTreeSet<String>,
) -> TokenStream {
    let (input, output) = (&operation.input.name, &operation.output.name);
    let module = &operation.module;
    add(paths, &["lean_aws_runtime::codegen::Polled"]);
    paths.insert(format!("crate::operation::{module}::{input}"));
    let pace = (poll.per_second > 0).then(|| {
        let (per_second, burst) = (
            Literal::u32_unsuffixed(poll.per_second),
            Literal::u32_unsuffixed(poll.burst),
        );
        quote! {
            const PER_SECOND: u32 = #per_second;
            const BURST: u32 = #burst;
        }
    });
    let mut names_output = poll.resources.is_some();
    let listing = poll.resources.as_ref().map(|resources| {
        add(paths, &["lean_aws_runtime::codegen::Resource"]);
        listing(resources, operation)
    });
    let container = poll.within.as_ref().map(|within| {
        add(
            paths,
            &[
                "lean_aws_runtime::codegen::Handle",
                "lean_aws_runtime::codegen::look_for",
                "std::sync::Arc",
            ],
        );
        let Within { field, module, input, ids } = within;
        paths.insert(format!("crate::operation::{module}::{input}"));
        quote! {
            fn look_for_container(&self, handle: &Arc<Handle>) -> impl Future<Output = Option<NotFound>> + Send {
                look_for(handle, self.#field.clone(), |id| #input {
                    #ids: Some(vec![id]),
                    ..Default::default()
                })
            }
        }
    });
    let ids = poll.ids.as_ref().map(|Ids { field, max, listed }| {
        let listed = listing.is_none().then(|| {
            names_output = true;
            quote! {
                fn listed(output: &#output) -> Vec<&str> {
                    #listed.collect()
                }
            }
        });
        let max = max.map(|max| {
            let max = Literal::usize_unsuffixed(max);
            quote!(const MAX_IDS: usize = #max;)
        });
        quote! {
            #max

            fn ids(&mut self) -> Option<&mut Vec<String>> {
                self.#field.as_mut()
            }

            #listed
        }
    });
    let paginator = operation.paginator.as_ref();
    let pages = paginator.and_then(|it| it.items.as_ref()).map(|items| {
        names_output = true;
        add(
            paths,
            &[
                "lean_aws_runtime::codegen::PagedItems",
                "lean_aws_runtime::codegen::next_page",
                "lean_aws_runtime::codegen::prepend",
            ],
        );
        let join = join(items.path.steps(), &quote!(page), Some(&quote!(earlier)));
        quote! {
            fn next_page(&mut self, page: &#output) -> Option<String> {
                next_page(self, page)
            }

            fn join(earlier: #output, page: &mut #output) {
                #join
            }
        }
    });
    if names_output {
        paths.insert(format!("crate::operation::{module}::{output}"));
    }
    quote! {
        impl Polled for #input {
            #pace
            #listing
            #ids
            #container
            #pages
        }
    }
}

/// Prints the resources in an output.
fn listing(resources: &Resources, operation: &Operation) -> TokenStream {
    let Resources { name, list, fields } = resources;
    let output = &operation.output.name;
    let none = (!operation.output.fallible()).then(|| {
        quote! {
            fn none() -> Option<#output> {
                Some(#output::builder().build())
            }
        }
    });
    let names = ["id", "state", "code", "message"].map(|name| format_ident!("{name}"));
    let fields = names.iter().zip(fields).map(|(name, value)| match value {
        Some(value) => quote!(#name: #value),
        None => quote!(#name: None),
    });
    quote! {
        const RESOURCES: &'static str = #name;

        fn resources(output: &#output) -> Vec<Resource<'_>> {
            #list.map(|it| Resource { #(#fields),* }).collect()
        }

        #none
    }
}

/// Prints `prepend(page.items.get_or_insert_default(), Self::items(earlier));`.
///
/// A structure on the path that is absent in `page` is replaced by that of `earlier`.
fn join(path: &[Step], of: &TokenStream, earlier: Option<&TokenStream>) -> TokenStream {
    match path {
        [] => TokenStream::new(),
        [
            Step {
                field,
                optional: true,
            },
        ] => {
            quote!(prepend(#of.#field.get_or_insert_default(), Self::items(earlier));)
        }
        [
            Step {
                field,
                optional: false,
            },
        ] => quote!(prepend(&mut #of.#field, Self::items(earlier));),
        [
            Step {
                field,
                optional: true,
            },
            rest @ ..,
        ] => {
            let inner = join(rest, &quote!(#field), None);
            let or = earlier.map(|earlier| quote!(else { #of.#field = #earlier.#field; }));
            quote! {
                if let Some(#field) = &mut #of.#field {
                    #inner
                } #or
            }
        }
        [
            Step {
                field,
                optional: false,
            },
            rest @ ..,
        ] => {
            let earlier = earlier.map(|earlier| quote!(#earlier.#field));
            join(rest, &quote!(#of.#field), earlier.as_ref())
        }
    }
}
