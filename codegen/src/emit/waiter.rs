//! Waiters: their builders, their acceptors, and the polling of their operations.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::common::{add, setter_row, uses};
use super::example;
use crate::markup::code;
use crate::plan::{
    AcceptorArm, Code, ErrorKind, Ids, Operation, Plan, Poll, Resources, States, Step, Waiter,
    Within,
};

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Name(name) => format_ident!("{name}").into_token_stream(),
            Self::Deref(of) => quote!(*#of),
            Self::Ref(of) => quote!(&#of),
            Self::Field(of, name) => quote!(#of.#name),
            Self::Method(of, name, arguments) => quote!(#of.#name(#(#arguments),*)),
            Self::Call(name, arguments) => {
                let name = format_ident!("{name}");
                quote!(#name(#(#arguments),*))
            }
            Self::Closure(pattern, body) => {
                let pattern: TokenStream = pattern.parse().unwrap_or_default();
                quote!(|#pattern| #body)
            }
            Self::Binary(left, operator, right) => {
                let (left, right) = (operand(left, operator), operand(right, operator));
                let operator: TokenStream = operator.parse().unwrap_or_default();
                quote!(#left #operator #right)
            }
            Self::Not(of) => match of.as_ref() {
                Self::Binary(..) => quote!(!(#of)),
                _ => quote!(!#of),
            },
            Self::Some(of) => quote!(Some(#of)),
            Self::Variant(ty, name) => quote!(&#ty::#name),
            Self::String(string) => string.to_token_stream(),
            Self::Integer(integer) => {
                let digits = Literal::u64_unsuffixed(integer.unsigned_abs());
                match integer {
                    ..0 => quote!(-#digits),
                    _ => quote!(#digits),
                }
            }
            Self::Float(float) => {
                let digits = Literal::f64_unsuffixed(float.abs());
                match float.is_sign_negative() {
                    true => quote!(-#digits),
                    false => quote!(#digits),
                }
            }
            Self::Boolean(is) => is.to_token_stream(),
        });
    }
}

/// Prints an operand, in parentheses if its operator has a lower precedence.
fn operand(code: &Code, operator: &str) -> TokenStream {
    let binds_less = match (code, operator) {
        (Code::Binary(_, "||", _), operator) => operator != "||",
        (Code::Binary(..), operator) => operator != "&&" && operator != "||",
        _ => false,
    };
    match binds_less {
        true => quote!((#code)),
        false => quote!(#code),
    }
}

/// Prints the module of all waiters: the trait that starts them, and the polling of their operations.
pub(super) fn modules(plan: &Plan) -> TokenStream {
    let doc = format!(" Waiters: polling {} until a goal is reached.", plan.title);
    let resources = (plan.operations.iter()).any(|it| {
        it.poll
            .as_ref()
            .is_some_and(|poll| poll.resources.is_some())
    });
    let errors = resources.then(|| {
        quote! {
            pub use lean_aws_runtime::codegen::{
                ExceededMaxWait, FailureState, NotFound, OperationFailed, ResourceStatus, WaitError,
            };
        }
    });
    let mut waiters: Vec<&Waiter> = plan.operations.iter().flat_map(|it| &it.waiters).collect();
    waiters.sort_by_key(|waiter| &waiter.module);
    let example = waiters.iter().find_map(|waiter| waiter.example.as_ref());
    let example = example.map_or_else(Vec::new, |it| example::waiting(it, &plan.crate_name));
    let explanation = (!waiters.is_empty()).then(|| explanation(&example, resources));
    let modules = waiters.iter().map(|waiter| {
        let module = format_ident!("{}", waiter.module);
        quote!(pub mod #module;)
    });
    let mut paths = BTreeSet::new();
    let polled: Vec<TokenStream> = plan
        .operations
        .iter()
        .filter_map(|operation| Some(polled(operation, operation.poll.as_ref()?, &mut paths)))
        .collect();
    let (declarations, definitions): (Vec<_>, Vec<_>) = (waiters
        .iter()
        .map(|waiter| starting_method(waiter, &plan.crate_name)))
    .unzip();
    paths.extend(waiters.iter().map(|waiter| {
        let (module, builder) = (&waiter.module, &waiter.fluent_builder);
        format!("crate::waiters::{module}::{builder}")
    }));
    let implementation = (!waiters.is_empty()).then(|| {
        paths.insert("crate::client::Client".to_owned());
        quote! {
            impl Waiters for Client {
                #(#definitions)*
            }
        }
    });
    let uses = uses(&paths, None);
    quote! {
        #![doc = #doc]
        #explanation

        #uses
        #errors
        #(#modules)*

        /// The waiters of a client. Each method returns a builder, whose method `wait` takes the maximum time to wait.
        pub trait Waiters {
            #(#declarations)*
        }

        #implementation
        #(#polled)*
    }
}

/// Prints the introduction of the module.
fn explanation(example: &[String], resources: bool) -> TokenStream {
    let (empty, errors) = match resources {
        true => (
            ": none for an empty list",
            &[
                "",
                " The error of a wait is a [`WaitError`]. Its message names resources that are not there yet, with their states and",
                " errors, and how many they are. [`WaitError::unfinished`] returns all of them, and [`WaitError::output`] the last poll.",
            ][..],
        ),
        false => ("", &[][..]),
    };
    let polling = format!(
        " A poll reads all pages, and splits lists of identifiers into as many requests as necessary{empty}."
    );
    quote! {
        #![doc = ""]
        #![doc = " A method of [`Waiters`] returns a builder: set what to wait for, then call `wait` with the maximum time. The waiter polls"]
        #![doc = " until all of it has reached the goal. It fails when the maximum time has passed, when a response shows that the goal"]
        #![doc = " cannot be reached, or when a call fails. Throttling is no failure."]
        #(#![doc = #example])*
        #![doc = ""]
        #![doc = #polling]
        #![doc = " Between two polls, the waiter waits for a random time, which grows up to two minutes for most waiters."]
        #(#![doc = #errors])*
    }
}

/// Prints the method that starts a waiter, for the trait and for its implementation.
fn starting_method(waiter: &Waiter, crate_name: &Ident) -> (TokenStream, TokenStream) {
    let Waiter {
        doc,
        method,
        fluent_builder,
        ..
    } = waiter;
    let signature = quote!(fn #method(&self) -> #fluent_builder);
    let example = waiter.example.as_ref();
    let example = example
        .map(|it| example::waiting(it, crate_name))
        .into_iter()
        .flatten();
    (
        quote!(#doc #(#[doc = #example])* #signature;),
        quote!(#signature { #fluent_builder::new(self.handle.clone()) }),
    )
}

/// Prints `impl Polled`: the polling of an operation for all requested resources.
fn polled(operation: &Operation, poll: &Poll, paths: &mut BTreeSet<String>) -> TokenStream {
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

/// Prints the file of a waiter.
pub(super) fn file(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let Waiter {
        doc,
        fluent_builder,
        final_poll,
        error,
        ..
    } = waiter;
    let header = format!(
        " {}: the types of [`{1}`](crate::client::Waiters::{1}).",
        code(&waiter.wire),
        waiter.method
    );
    let (input, output, operation_error) = (
        &operation.input.name,
        &operation.output.name,
        &operation.error,
    );
    let input_builder = &operation.input.builder;
    let mut paths = waiter.imports.clone();
    paths.extend(operation.input.imports());
    paths.extend(
        [input, output, operation_error]
            .map(|name| format!("crate::operation::{}::{name}", operation.module)),
    );
    paths.insert(format!(
        "crate::operation::{}::builders::{input_builder}",
        operation.module
    ));
    add(
        &mut paths,
        &[
            "lean_aws_runtime::codegen::Waiter",
            "lean_aws_runtime::codegen::waiter",
        ],
    );
    let docs = operation.poll.as_ref().map_or(&[][..], |poll| &poll.docs);
    let mut rows = (operation.input.fields.iter())
        .filter_map(
            |field| match docs.iter().find(|(name, _)| *name == field.name) {
                Some((_, None)) => None,
                Some((_, Some(doc))) => Some(setter_row(field, doc, true)),
                None => Some(setter_row(field, &field.summary, true)),
            },
        )
        .peekable();
    let setters = rows.peek().is_some().then(|| {
        add(&mut paths, &["lean_aws_runtime::codegen::setters"]);
        quote! {
            impl #fluent_builder {
                setters! { inner.input => #(#rows)* }
            }
        }
    });
    let (min_delay, max_delay) = (
        Literal::u64_unsuffixed(waiter.min_delay),
        Literal::u64_unsuffixed(waiter.max_delay),
    );
    let absent = waiter.absent_is_success.then(|| {
        add(&mut paths, &["lean_aws_runtime::codegen::AcceptorState"]);
        quote!(
            const ABSENT: AcceptorState = AcceptorState::Success;
        )
    });
    let accept = match &waiter.states {
        Some(states) => by_state(states),
        None => accept(waiter, &mut paths),
    };
    let by = match &waiter.states {
        Some(_) => quote!(WaitError by wait),
        None => quote!(WaiterError by wait_until),
    };
    let uses = uses(&paths, None);
    quote! {
        #![doc = #header]

        #uses

        waiter! {
            #doc
            #fluent_builder(#input_builder) -> Result<#final_poll, #error: #by>;
            polls Result<#output, #operation_error>;
        }

        #setters

        impl Waiter for #fluent_builder {
            type Input = #input;
            const MIN_DELAY: u64 = #min_delay;
            const MAX_DELAY: u64 = #max_delay;
            #absent
            #accept
        }
    }
}

/// Prints the states of resources that decide.
fn by_state(states: &States) -> TokenStream {
    let States {
        goal,
        failure,
        retried,
    } = states;
    let table = |name: &str, rows: &[String]| {
        let name = format_ident!("{name}");
        (!rows.is_empty()).then(|| quote!(const #name: &'static [&'static str] = &[#(#rows),*];))
    };
    let tables = [("GOAL", goal), ("FAILURE", failure), ("RETRIED", retried)];
    let tables = tables
        .into_iter()
        .filter_map(|(name, rows)| table(name, rows));
    quote!(#(#tables)*)
}

/// Prints the acceptors.
fn accept(waiter: &Waiter, paths: &mut BTreeSet<String>) -> TokenStream {
    add(
        paths,
        &[
            "lean_aws_runtime::codegen::AcceptorState",
            "lean_aws_runtime::codegen::PollResult",
        ],
    );
    let outputs = waiter
        .outputs
        .iter()
        .map(|AcceptorArm { is, state }| (is.as_ref(), state));
    let on_output = first_of(outputs, &quote!(Ok(output)), &quote!(Ok(_)));
    let errors: Vec<(TokenStream, &Ident)> = waiter
        .errors
        .iter()
        .map(|AcceptorArm { is, state }| {
            let kinds: Vec<_> = is.iter().map(|kind| is_error(kind, paths)).collect();
            (quote!(#(#kinds)||*), state)
        })
        .collect();
    let errors = errors.iter().map(|(is, state)| (Some(is), *state));
    let on_error = first_of(errors, &quote!(Err(error)), &quote!(Err(_)));
    quote! {
        fn accept(result: PollResult<'_, Self::Input>) -> Option<AcceptorState> {
            match result {
                #on_output
                #on_error
            }
        }
    }
}

/// Prints an arm of a `match`, which returns the state of the first condition that holds.
fn first_of<'a, T: ToTokens + 'a>(
    conditions: impl DoubleEndedIterator<Item = (Option<&'a T>, &'a Ident)>,
    bound: &TokenStream,
    ignored: &TokenStream,
) -> TokenStream {
    let mut pattern = ignored;
    let mut chain = quote!(None);
    for (condition, state) in conditions.rev() {
        let state = quote!(Some(AcceptorState::#state));
        chain = match condition {
            None => state,
            Some(condition) => {
                // `else if`, if another condition follows.
                let rest = match pattern {
                    pattern if std::ptr::eq(pattern, bound) => quote!(#chain),
                    _ => quote!({ #chain }),
                };
                pattern = bound;
                quote!(if #condition { #state } else #rest)
            }
        };
    }
    quote!(#pattern => #chain,)
}

/// Prints the condition that `error` is of a kind.
fn is_error(kind: &ErrorKind, paths: &mut BTreeSet<String>) -> TokenStream {
    match kind {
        ErrorKind::Any => {
            add(paths, &["crate::error::SdkError"]);
            quote!(matches!(error, SdkError::ServiceError(_)))
        }
        ErrorKind::Code(code) => {
            add(paths, &["crate::error::ProvideErrorMetadata"]);
            quote!(error.code() == Some(#code))
        }
        ErrorKind::Status(status) => {
            add(paths, &["lean_aws_runtime::codegen::status"]);
            let status = Literal::u16_unsuffixed(*status);
            quote!(status(error) == Some(#status))
        }
    }
}
