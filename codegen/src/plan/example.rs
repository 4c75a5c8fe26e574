//! Examples: for each operation a call that sets the required members, and a use of the response.

mod value;
mod wait;

use proc_macro2::Ident;
use quote::format_ident;

use super::member;
use super::paginator::{PagedItems, Paginator};
use super::types::Type;
use crate::ir::{Operation, Service};
use value::Maker;

/// Names that examples use themselves.
const OWN_NAMES: [&str; 5] = ["answer", "client", "example", "ids", "waiter"];

/// Longer names make longer lines than they are worth.
const LONG: usize = 24;

/// A call of an operation.
#[derive(Debug)]
pub(crate) struct Example {
    /// Values that are made before the call, by their names.
    pub(crate) values: Vec<(Ident, Value)>,
    pub(crate) setters: Vec<Setter>,
    pub(crate) outcome: Outcome,
    pub(crate) wait: Option<Wait>,
}

/// A method of a builder and its arguments.
#[derive(Debug)]
pub(crate) struct Setter {
    pub(crate) name: Ident,
    pub(crate) values: Vec<Value>,
}

/// A value, as it is written.
#[derive(Debug)]
pub(crate) enum Value {
    /// A text where anything that becomes one will do.
    Text(String),
    /// A `String`.
    Owned(String),
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// A value of one of `aws_smithy_types`, by the type's name.
    Smithy(Type, &'static str),
    /// A variant of an enum, or of a union with its value.
    Variant(Type, Ident, Option<Box<Value>>),
    Built(Built),
    /// A list of at most one element.
    List(Option<Box<Value>>),
    /// A map of at most one entry.
    Map(Option<Box<(Value, Value)>>),
    Boxed(Box<Value>),
    /// `Some` of a value.
    Some(Box<Value>),
    /// What has been given a name.
    Name(Ident),
}

/// What a builder builds.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) ty: Type,
    /// A name for it.
    pub(crate) name: String,
    pub(crate) setters: Vec<Setter>,
    /// Building gives a `Result`.
    pub(crate) fallible: bool,
}

/// What the example does with the response.
#[derive(Debug)]
pub(crate) enum Outcome {
    Nothing,
    /// Waits by it.
    Keep,
    /// Shows what this method of the output tells.
    Show(Ident),
    /// Goes through the pages.
    Pages,
    /// Goes through the elements of the list that is paged: the name of all and of one.
    Items(Ident, Ident),
}

/// How one waits for what the operation begins.
#[derive(Debug)]
pub(crate) struct Wait {
    pub(crate) method: Ident,
    pub(crate) setters: Vec<Setter>,
    /// Where the answer tells what to wait for.
    pub(crate) ids: Option<Ids>,
}

/// Where an answer tells what to wait for.
#[derive(Debug)]
pub(crate) struct Ids {
    /// The waiter's method that sets all.
    pub(crate) set: Ident,
    /// The list whose elements have the field; none where the answer itself has it.
    pub(crate) list: Option<Ident>,
    pub(crate) field: Ident,
    /// The field is an `Option`.
    pub(crate) optional: bool,
}

/// The example of an operation; none where its input would be very large.
pub(super) fn example(
    service: &Service,
    wire: &str,
    operation: &Operation,
    paginator: &Option<Paginator>,
) -> Option<Example> {
    let mut maker = Maker::new(service);
    let mut setters = match (&operation.input, paginator) {
        // What reads page by page can be asked for all; anything else is about something.
        (Some(input), Some(_)) => maker.required(input)?,
        (Some(input), None) => maker.setters(input)?,
        (None, _) => Vec::new(),
    };
    let wait = wait::wait(&mut maker, wire, operation);
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

/// Gives names to what builders build, so that the call is short.
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
            // That of the member or that of its type, whichever is short.
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

/// Whether an example may give the name to something.
fn is_free(name: &str) -> bool {
    !OWN_NAMES.contains(&name) && syn::parse_str::<Ident>(name).is_ok()
}

fn pages(items: &Option<PagedItems>) -> Outcome {
    let Some(items) = items else {
        return Outcome::Pages;
    };
    let all = items.path.last_field().map(Ident::to_string);
    let all = all.unwrap_or_default();
    let one = singular(&all);
    if one == all || !is_free(one) || !is_free(&all) || all.len() > LONG {
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

/// `WorkspaceIds` -> `WorkspaceId`
fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(one) if !one.ends_with(['e', 's', 'u', 'i']) => one,
        Some(one) if one.ends_with('e') && !one.ends_with("se") && !one.ends_with("ie") => one,
        _ => name,
    }
}
