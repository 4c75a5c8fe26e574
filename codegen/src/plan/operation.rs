//! Operations: input, output, errors, paging.

use proc_macro2::Ident;
use quote::format_ident;

use super::docs::{Doc, method_link};
use super::example::{Example, example};
use super::structure::{Presence, Structure, of_operation};
use super::types::{Type, is_taken};
use super::waiter::{self, Poll, Waiter};
use super::{ContextSource, context, names, with_deprecation};
use crate::diagnostic::{EndpointFault, Fault, Item, NameFault, Report, Scope, Suggestion};
use crate::ir::{self, Service, Shape, ShapeId, ShapeKind};

/// A call with all its parts.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) wire: String,
    pub(crate) module: String,
    pub(crate) method: Ident,
    pub(crate) doc: Doc,
    pub(crate) example: Option<Example>,
    /// What the operation has to do with, in a line of Markdown.
    pub(crate) related: String,
    pub(crate) deprecated: Option<String>,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    pub(crate) fluent_builder: Ident,
    pub(crate) error: Ident,
    pub(crate) errors: Vec<ErrorVariant>,
    pub(crate) host_prefix: Option<HostPrefix>,
    pub(crate) paginator: Option<Paginator>,
    pub(crate) waiters: Vec<Waiter>,
    /// How waiters ask it, where there are any.
    pub(crate) poll: Option<Poll>,
    pub(crate) signed: bool,
    /// Large requests are compressed.
    pub(crate) compressed: bool,
    /// The parameters of endpoint rules that the operation sets.
    pub(crate) context: Vec<(String, ContextSource)>,
}

/// Fields one in the other, and whether each is an `Option`.
pub(crate) type Way = Vec<(Ident, bool)>;

/// An error that an operation may answer with.
#[derive(Debug)]
pub(crate) struct ErrorVariant {
    pub(crate) code: String,
    /// The code under the query protocol, where that is another one.
    pub(crate) query_code: Option<String>,
    pub(crate) name: Ident,
    pub(crate) is: Ident,
    pub(crate) doc: Doc,
}

/// What a host starts with, in pieces.
#[derive(Debug)]
pub(crate) struct HostPrefix {
    /// The text with `{}` for each label.
    pub(crate) format: String,
    /// The input's fields that fill it.
    pub(crate) labels: Vec<Ident>,
}

/// How an operation pages.
#[derive(Debug)]
pub(crate) struct Paginator {
    pub(crate) name: Ident,
    /// The type of the tokens.
    pub(crate) token: Type,
    pub(crate) input_token: Ident,
    /// The way to the next token through the output: fields, and whether each is an `Option`.
    pub(crate) output_token: Way,
    pub(crate) items: Option<PagedItems>,
    /// The input's field that bounds a page, its member's name and its type.
    pub(crate) page_size: Option<(Ident, Type)>,
}

/// The list that an operation pages through.
#[derive(Debug)]
pub(crate) struct PagedItems {
    pub(crate) name: Ident,
    pub(crate) way: Way,
    pub(crate) element: Type,
}

pub(super) fn operations(service: &Service, report: &mut Report) -> Vec<Operation> {
    service
        .operations
        .iter()
        .map(|(name, operation)| plan(service, name, operation, report))
        .collect()
}

fn plan(
    service: &Service,
    wire: &str,
    operation: &ir::Operation,
    report: &mut Report,
) -> Operation {
    let name = names::type_name(wire);
    let method = names::method_name(wire);
    let default = format!("Calls `{wire}`.");
    let input = of_operation(
        service,
        shape(service, &operation.input),
        format_ident!("{name}Input"),
        Doc::new(&format!("What {} sends.", method_link(&method)), ""),
        Presence::Optional,
        report,
    );
    let output = of_operation(
        service,
        shape(service, &operation.output),
        format_ident!("{name}Output"),
        Doc::new(&format!("What {} answers.", method_link(&method)), ""),
        Presence::AsModelled,
        report,
    );
    let paginator = operation
        .pagination
        .as_ref()
        .and_then(|pagination| paginator(service, operation, pagination, &name));
    let waiters = waiter::waiters(service, wire);
    Operation {
        wire: wire.to_owned(),
        example: example(service, wire, operation, &paginator),
        related: related(wire, &name, &waiters),
        module: names::module_name(wire),
        doc: with_deprecation(
            Doc::of(service, &operation.documentation, &default),
            &operation.deprecated,
        ),
        deprecated: operation
            .deprecated
            .as_ref()
            .map(|deprecated| deprecated.0.clone()),
        fluent_builder: format_ident!("{name}FluentBuilder"),
        error: format_ident!("{name}Error"),
        errors: errors(service, wire, operation, report),
        host_prefix: host_prefix(wire, operation, &input, report),
        paginator,
        waiters,
        poll: waiter::poll(service, wire),
        signed: !operation.unsigned,
        compressed: operation.compressed,
        context: context::sources(service, wire, operation, report),
        input,
        output,
        method,
    }
}

/// What the operation answers, and what waits by calling it.
fn related(wire: &str, name: &Ident, waiters: &[Waiter]) -> String {
    let module = names::module_name(wire);
    let link = |suffix: &str| format!("[`{name}{suffix}`](operation::{module}::{name}{suffix})");
    let waits: Vec<String> = waiters
        .iter()
        .map(|it| format!("[`{0}`](crate::client::Waiters::{0})", it.method))
        .collect();
    let waits = match waits.as_slice() {
        [] => String::new(),
        waits => format!(" Called again and again by {}.", waits.join(", ")),
    };
    format!("Answers {}, or {}.{waits}", link("Output"), link("Error"))
}

fn shape<'a>(service: &'a Service, id: &'a Option<ShapeId>) -> Option<(&'a str, &'a Shape)> {
    let id = id.as_ref()?;
    Some((id, service.shapes.get(id)?))
}

fn errors(
    service: &Service,
    wire: &str,
    operation: &ir::Operation,
    report: &mut Report,
) -> Vec<ErrorVariant> {
    let mut ids: Vec<&str> = operation.errors.iter().map(String::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    let path = |id: &str| {
        let i = operation.errors.iter().position(|other| other == id);
        format!("operations.{wire}.errors[{}].shape", i.unwrap_or_default())
    };
    let mut codes = std::collections::BTreeMap::new();
    ids.into_iter()
        .filter_map(|id| {
            let shape = service.shapes.get(id)?;
            let ShapeKind::Structure(ir::Structure {
                error: Some(error), ..
            }) = &shape.kind
            else {
                return None;
            };
            let name = names::type_name(id);
            if is_taken(service, &name) {
                let fault = NameFault::Taken {
                    rust: name.to_string(),
                    scope: Scope::OperationError,
                };
                report.fault(path(id), fault);
            }
            if let Some(other) = codes.insert(&error.code, id) {
                let fault = NameFault::SameCode {
                    names: [other.to_owned(), id.to_owned()],
                    code: error.code.clone(),
                };
                report.fault(path(id), fault);
            }
            Some(ErrorVariant {
                code: error.code.clone(),
                query_code: error.query_code.clone().filter(|code| {
                    // One that several errors share tells nothing.
                    let same = |id: &&str| *id == code || query_code(service, id) == Some(code);
                    operation
                        .errors
                        .iter()
                        .map(String::as_str)
                        .filter(same)
                        .count()
                        == 1
                }),
                name,
                is: names::prefixed("is_", id),
                doc: Doc::summary_of(
                    service,
                    &shape.documentation,
                    &format!("The error `{}`.", error.code),
                ),
            })
        })
        .collect()
}

fn query_code<'a>(service: &'a Service, id: &str) -> Option<&'a String> {
    match &service.shapes.get(id)?.kind {
        ShapeKind::Structure(structure) => structure.error.as_ref()?.query_code.as_ref(),
        _ => None,
    }
}

/// Takes `data.{AccountId}.` apart; each label must be a string member of the input.
fn host_prefix(
    wire: &str,
    operation: &ir::Operation,
    input: &Structure,
    report: &mut Report,
) -> Option<HostPrefix> {
    let mut rest = operation.host_prefix.as_deref()?;
    let path = format!("operations.{wire}.endpoint.hostPrefix");
    let (mut format, mut labels) = (String::new(), Vec::new());
    while let Some((before, after)) = rest.split_once('{') {
        let Some((label, after)) = after.split_once('}') else {
            report.fault(&path, EndpointFault::UnclosedBrace);
            return None;
        };
        let Some(field) = input
            .fields
            .iter()
            .find(|field| field.wire == label && field.ty == Type::String)
        else {
            let strings = input.fields.iter().filter(|field| field.ty == Type::String);
            let known = strings.map(|field| field.wire.as_str());
            let suggestion = Suggestion::similar(label, known);
            report.fault(&path, Fault::unknown(Item::Label, label, suggestion));
            return None;
        };
        if before.contains('}') {
            report.fault(&path, EndpointFault::UnopenedBrace);
            return None;
        }
        format.push_str(before);
        format.push_str("{}");
        labels.push(field.name.clone());
        rest = after;
    }
    if rest.contains('}') {
        report.fault(&path, EndpointFault::UnopenedBrace);
        return None;
    }
    format.push_str(rest);
    Some(HostPrefix { format, labels })
}

fn paginator(
    service: &Service,
    operation: &ir::Operation,
    pagination: &ir::Pagination,
    name: &Ident,
) -> Option<Paginator> {
    let input = service.shapes.get(operation.input.as_ref()?)?;
    let member = |name: &str| {
        input
            .kind
            .members()
            .iter()
            .find(|member| member.name == name)
    };
    let input_token = member(&pagination.input_token)?;
    let (output_token, token_type) = way(
        service,
        operation.output.as_ref()?,
        &pagination.output_token,
    )?;
    // Any other token needs another stream than the runtime has.
    let is_token = match &token_type {
        Type::String => true,
        Type::Map(key, _) => **key == Type::String,
        _ => false,
    };
    if !is_token || Type::of(service, &input_token.shape) != token_type {
        return None;
    }
    let items = pagination.items.as_ref().and_then(|items| {
        let (way, ty) = way(service, operation.output.as_ref()?, items)?;
        match ty {
            Type::Vec(element) => Some(PagedItems {
                name: format_ident!("{name}PaginatorItems"),
                way,
                element: *element,
            }),
            _ => None,
        }
    });
    Some(Paginator {
        name: format_ident!("{name}Paginator"),
        token: token_type,
        input_token: names::member_name(&input_token.name),
        output_token,
        items,
        page_size: pagination
            .page_size
            .as_deref()
            .and_then(member)
            .map(|member| {
                (
                    names::member_name(&member.name),
                    Type::of(service, &member.shape),
                )
            }),
    })
}

/// Follows members through structures; gives the fields on the way and the type at its end.
pub(super) fn way(service: &Service, from: &str, members: &[String]) -> Option<(Way, Type)> {
    let mut shape = from;
    let mut way = Vec::new();
    for name in members {
        let ShapeKind::Structure(structure) = &service.shapes.get(shape)?.kind else {
            return None;
        };
        let member = structure
            .members
            .iter()
            .find(|member| member.name == *name)?;
        way.push((names::member_name(name), !member.required));
        shape = &member.shape;
    }
    Some((way, Type::of(service, &shape.to_owned())))
}
