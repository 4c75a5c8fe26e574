//! Waiters: their builders, their acceptors, and the polling of their operations.

mod polling;

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use self::polling::polled;
use super::common::{add, setter_row, uses};
use super::example;
use crate::markup::code;
use crate::plan::{AcceptorArm, ErrorKind, Operation, Plan, States, Waiter};

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
            "; an empty list makes no request",
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
        #![doc = " until all resources have reached the goal. It fails when the maximum time has passed, when a response shows that the goal"]
        #![doc = " cannot be reached, or when a call fails. A throttled poll is retried and is no failure of the wait."]
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
