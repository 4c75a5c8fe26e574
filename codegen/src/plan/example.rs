//! Examples: for each operation, a call that sets the required members and a use of the response.

mod call;
mod value;
mod wait;

use proc_macro2::Ident;
use quote::format_ident;

use super::member;
use super::paginator::{PagedItems, Paginator};
use crate::ir::{Operation, Service};
pub(crate) use call::{Built, Example, Ids, Outcome, Setter, Value, Wait};
use value::{ValueGenerator, singular};
pub(super) use wait::waiting;

/// The names that examples use for other values.
const USED_NAMES: [&str; 5] = ["answer", "client", "example", "ids", "waiter"];

/// Examples use short general names in place of longer ones.
const MAX_NAME_LENGTH: usize = 24;

/// The first words of the names of operations that change nothing.
const READS: [&str; 5] = ["BatchGet", "Describe", "Get", "List", "Scan"];

/// The call in the README.
#[derive(Debug)]
pub(crate) struct FirstCall {
    /// The wire name of the operation.
    pub(crate) wire: String,
    /// Whether the operation may change something.
    pub(crate) changes: bool,
    /// The number of required members.
    pub(crate) required: usize,
    pub(crate) example: Example,
}

/// Plans the example of an operation; `None` if its input would be very large.
pub(super) fn example(
    service: &Service,
    wire: &str,
    operation: &Operation,
    paginator: &Option<Paginator>,
) -> Option<Example> {
    let mut generator = ValueGenerator::new(service);
    let mut setters = match (&operation.input, paginator) {
        // A paginated operation lists all items without further members. Others need at least one member.
        (Some(input), Some(_)) => generator.required(input)?,
        (Some(input), None) => generator.setters(input)?,
        (None, _) => Vec::new(),
    };
    let wait = wait::wait(&mut generator, wire, operation);
    Some(Example {
        values: named(&mut setters),
        setters,
        outcome: match (paginator, &wait) {
            (Some(paginator), _) => pages(&paginator.items),
            (None, Some(Wait { ids: Some(ids), .. })) if ids.list.is_none() => Outcome::Keep,
            (None, _) => show(service, operation),
        },
        wait,
    })
}

/// Plans the call in the README, with the required members only.
///
/// The operation preferably changes nothing, and has as few required members as possible. If there is an operation that returns
/// endpoints, only this one needs no endpoint discovery.
pub(super) fn first_call(service: &Service, planned: &[super::Operation]) -> Option<FirstCall> {
    let mut operations: Vec<_> = service.operations.iter().collect();
    let required = |operation: &Operation| {
        let members = service.members(operation.input.as_deref()).iter();
        members.filter(|member| member.required).count()
    };
    operations.sort_by_key(|(name, operation)| {
        (
            service.discovery.as_ref() != Some(*name),
            !reads(name),
            required(operation),
            operation.deprecated.is_some(),
        )
    });
    operations.into_iter().find_map(|(name, operation)| {
        let planned = planned.iter().find(|it| it.wire == *name)?;
        let mut setters = match &operation.input {
            Some(input) => ValueGenerator::new(service).required(input)?,
            None => Vec::new(),
        };
        let example = Example {
            values: named(&mut setters),
            setters,
            outcome: match &planned.paginator {
                Some(paginator) => pages(&paginator.items),
                None => show(service, operation),
            },
            wait: None,
        };
        Some(FirstCall {
            wire: name.clone(),
            changes: !reads(name),
            required: required(operation),
            example,
        })
    })
}

/// Whether an operation with this name changes nothing.
fn reads(name: &str) -> bool {
    let mut verbs = READS.iter();
    verbs.any(|verb| {
        name.strip_prefix(verb)
            .is_some_and(|rest| !rest.starts_with(char::is_lowercase))
    })
}

/// Moves the values that builders build before the call, which keeps the call short.
fn named(setters: &mut [Setter]) -> Vec<(Ident, Value)> {
    let mut values: Vec<(Ident, Value)> = Vec::new();
    for Setter {
        name,
        values: given,
    } in setters
    {
        let member = name.to_string();
        for value in given {
            let Value::Built(built) = value else {
                continue;
            };
            // The name of the member or of its type, whichever is shorter.
            let names = [singular(&member), built.name.as_str()].into_iter();
            let free =
                |name: &&str| is_free(name) && !values.iter().any(|(other, _)| other == name);
            let name = names.filter(free).min_by_key(|name| name.len());
            if let Some(name) = name.filter(|_| !built.setters.is_empty()) {
                let name = format_ident!("{name}");
                let built = std::mem::replace(value, Value::Name(name.clone()));
                values.push((name, built));
            }
        }
    }
    values
}

/// Whether an example may use the name for a value.
fn is_free(name: &str) -> bool {
    !USED_NAMES.contains(&name) && syn::parse_str::<Ident>(name).is_ok()
}

fn pages(items: &Option<PagedItems>) -> Outcome {
    let Some(items) = items else {
        return Outcome::Pages;
    };
    let all = items.path.last_field().map(Ident::to_string);
    let all = all.unwrap_or_default();
    let one = singular(&all);
    if one == all || !is_free(one) || !is_free(&all) || all.len() > MAX_NAME_LENGTH {
        Outcome::Items(format_ident!("items"), format_ident!("item"))
    } else {
        Outcome::Items(format_ident!("{all}"), format_ident!("{one}"))
    }
}

fn show(service: &Service, operation: &Operation) -> Outcome {
    let output = operation.output.as_deref();
    let mut members = service.members(output).iter();
    match (output, members.find(|member| member.deprecated.is_none())) {
        (Some(output), Some(member)) => Outcome::Show(member::name(service, output, &member.name)),
        _ => Outcome::Nothing,
    }
}
