//! Operations: their inputs, outputs and errors.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use quote::format_ident;

use super::batch::{self, Batch};
use super::binding::RootElement;
use super::checksum::{RequestChecksum, ResponseChecksum};
use super::context::ContextSource;
use super::docs::{Doc, method_link, note};
use super::example::{Example, example};
use super::paginator::{Paginator, paginator};
use super::structure::{Presence, Structure, of_operation};
use super::template::{self, Part};
use super::types::Type;
use super::waiter::{self, Poll, Waiter};
use super::{auth, binding, checksum, context, http, names};
use crate::diagnostic::{Fault, Item, NameFault, Report};
use crate::ir::{
    self, ANY_ROOT, AuthScheme, EndpointDiscovery, Http, Protocol, Retryable, Service, Shape,
    ShapeId, ShapeKind,
};
use crate::markup::code;

/// An operation with its input, output, errors and builders.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) wire: String,
    pub(crate) module: String,
    pub(crate) method: Ident,
    /// The type that stands for the operation, unless Rust code needs its name for something else.
    pub(crate) marker: Option<Ident>,
    pub(crate) doc: Doc,
    pub(crate) example: Option<Example>,
    /// Links to related types and waiters, in a line of Markdown.
    pub(crate) related: String,
    pub(crate) deprecated: Option<String>,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    pub(crate) fluent_builder: Ident,
    pub(crate) error: Ident,
    pub(crate) errors: Vec<ErrorVariant>,
    pub(crate) host_prefix: Option<HostPrefix>,
    pub(crate) paginator: Option<Paginator>,
    pub(crate) batch: Option<Batch>,
    pub(crate) waiters: Vec<Waiter>,
    /// The polling of the operation, if any waiter polls it.
    pub(crate) poll: Option<Poll>,
    /// The authentication schemes of requests, the preferred one first.
    pub(crate) auth: Vec<AuthScheme>,
    /// Whether requests can be presigned.
    pub(crate) presigned: bool,
    /// Whether signatures do not cover the body.
    pub(crate) unsigned_payload: bool,
    /// Whether the length of the stream in the input must be known.
    pub(crate) requires_length: bool,
    /// The method and the path of requests, in protocols with bindings.
    pub(crate) http: Http,
    /// The root elements of the bodies of requests and of responses, in protocols whose bodies are XML.
    pub(crate) roots: Option<Roots>,
    /// Whether requests have the tree hash of their body.
    pub(crate) tree_hash: bool,
    /// Whether the service waits before it responds, until it has something to return.
    pub(crate) long_polling: bool,
    /// Whether large requests are compressed.
    pub(crate) compressed: bool,
    /// Whether requests have an MD5 checksum of their body.
    pub(crate) content_md5: bool,
    /// Whether responses have extended request IDs.
    pub(crate) extended_request_id: bool,
    /// The checksum of requests, if the caller can choose its algorithm.
    pub(crate) request_checksum: Option<RequestChecksum>,
    /// The checksums of responses, if they have any.
    pub(crate) response_checksum: Option<ResponseChecksum>,
    /// The parameters of endpoint rules that the operation sets.
    pub(crate) context: Vec<(String, ContextSource)>,
    /// Whether the discovered endpoint replaces that of the rules.
    pub(crate) discovered: bool,
    /// Whether the messages are compiled with the client, rather than with each program that calls the operation.
    pub(crate) compiled_messages: bool,
}

/// The root elements of bodies.
#[derive(Debug)]
pub(crate) struct Roots {
    pub(crate) input: RootElement,
    /// The name in responses, if it is known.
    pub(crate) output: Option<String>,
}

/// An error that an operation can return.
#[derive(Debug)]
pub(crate) struct ErrorVariant {
    pub(crate) code: String,
    /// The code of the query protocol, if it is a different one.
    pub(crate) query_code: Option<String>,
    /// The reason why clients may retry, if they may.
    pub(crate) retryable: Option<Retryable>,
    pub(crate) name: Ident,
    pub(crate) is: Ident,
    pub(crate) doc: Doc,
}

/// The prefix of a host, with labels that the input fills.
#[derive(Debug)]
pub(crate) struct HostPrefix {
    /// The prefix with `{}` for each label.
    pub(crate) format: String,
    /// The members of the input that fill the labels: their names in the model and their fields.
    pub(crate) labels: Vec<(String, Ident)>,
}

pub(super) fn operations(
    service: &Service,
    compiled_messages: bool,
    report: &mut Report,
) -> Vec<Operation> {
    let mut waiters: BTreeMap<&str, Vec<Waiter>> = BTreeMap::new();
    for (name, waiter) in &service.waiters {
        let polled = waiters.entry(&waiter.operation).or_default();
        polled.push(waiter::waiter(service, name, waiter));
    }
    let operations = service.operations.iter();
    let operations = operations.map(|(name, operation)| {
        let waiters = waiters.remove(name.as_str()).unwrap_or_default();
        plan(
            service,
            (name, operation),
            waiters,
            compiled_messages,
            report,
        )
    });
    operations.collect()
}

fn plan(
    service: &Service,
    (wire, operation): (&str, &ir::Operation),
    waiters: Vec<Waiter>,
    compiled_messages: bool,
    report: &mut Report,
) -> Operation {
    let (name, own_name) = (names::type_prefix(wire), names::operation_prefix(wire));
    let method = names::method_name(wire);
    let default = format!("Calls {}.", code(wire));
    let input = of_operation(
        service,
        shape(service, &operation.input),
        format_ident!("{name}Input"),
        Doc::new(&format!("The input of {}.", method_link(&method)), ""),
        Presence::Optional,
        report,
    );
    let output = of_operation(
        service,
        shape(service, &operation.output),
        format_ident!("{name}Output"),
        Doc::new(&format!("The output of {}.", method_link(&method)), ""),
        Presence::AsModeled,
        report,
    );
    http::check_request(service, operation, &input, report);
    http::check_fields(service, &output, report);
    let paginator = operation
        .pagination
        .as_ref()
        .and_then(|pagination| paginator(service, operation, pagination, &name));
    let structures = [&operation.input, &operation.output];
    let structures: Vec<&str> = structures
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    Operation {
        wire: wire.to_owned(),
        example: example(service, wire, operation, &paginator),
        related: related(wire, &waiters, service.batches.contains_key(wire)),
        module: names::module_name(wire),
        doc: Doc::of(service, &structures, &operation.documentation, &default)
            .and_deprecation(&operation.deprecated),
        deprecated: note(&operation.deprecated),
        marker: names::marker(wire),
        fluent_builder: format_ident!("{own_name}FluentBuilder"),
        error: format_ident!("{own_name}Error"),
        errors: errors(service, operation, report),
        host_prefix: host_prefix(operation, &input, report),
        paginator,
        batch: batch::batch(service, wire, operation),
        waiters,
        poll: waiter::poll(service, wire),
        auth: auth::schemes(service, operation),
        presigned: operation.presigned,
        unsigned_payload: operation.unsigned_payload,
        requires_length: requires_length(service, operation),
        http: operation.http.clone(),
        roots: roots(service, operation),
        tree_hash: operation.tree_hash && input.streams(),
        long_polling: operation.long_polling,
        compressed: operation.compressed,
        content_md5: operation.needs_md5(),
        extended_request_id: service.extended_request_ids,
        request_checksum: checksum::of_requests(service, operation),
        response_checksum: checksum::of_responses(service, operation),
        context: context::sources(service, operation, report),
        discovered: operation.endpoint_discovery != EndpointDiscovery::None,
        compiled_messages,
        input,
        output,
        method,
    }
}

/// Returns the root elements of bodies, in protocols whose bodies are XML.
fn roots(service: &Service, operation: &ir::Operation) -> Option<Roots> {
    let root = |shape: &Option<ShapeId>| {
        binding::root_element(service, shape.as_deref().unwrap_or_default())
    };
    (service.protocol == Protocol::RestXml).then(|| Roots {
        input: root(&operation.input),
        output: Some(root(&operation.output).name).filter(|name| name != ANY_ROOT),
    })
}

/// Whether the input has a stream whose length must be known.
fn requires_length(service: &Service, operation: &ir::Operation) -> bool {
    let Some((
        _,
        Shape {
            kind: ShapeKind::Structure(input),
            ..
        },
    )) = shape(service, &operation.input)
    else {
        return false;
    };
    let members = input.members.iter();
    members
        .filter_map(|member| service.shapes.get(&member.shape))
        .any(|shape| shape.streaming && shape.requires_length)
}

/// Links to the output and the error, to the waiters that poll the operation, and to its batch.
fn related(wire: &str, waiters: &[Waiter], is_batched: bool) -> String {
    let module = names::module_name(wire);
    let link = |name: String| format!("[`{name}`](crate::operation::{module}::{name})");
    let waits: Vec<String> = waiters
        .iter()
        .map(|it| format!("[`{0}`](crate::client::Waiters::{0})", it.method))
        .collect();
    let waits = match waits.as_slice() {
        [] => String::new(),
        waits => format!(" Polled by {}.", waits.join(", ")),
    };
    let builder = format_ident!("{}FluentBuilder", names::operation_prefix(wire));
    let batch = match is_batched {
        true => format!(
            " Its [`into_batch`](crate::operation::{module}::builders::{builder}::into_batch) takes any number of items."
        ),
        false => String::new(),
    };
    let output = link(names::type_prefix(wire) + "Output");
    let error = link(names::operation_prefix(wire) + "Error");
    format!("Returns {output} on success and {error} on a service error.{waits}{batch}")
}

fn shape<'a>(service: &'a Service, id: &'a Option<ShapeId>) -> Option<(&'a str, &'a Shape)> {
    let id = id.as_ref()?;
    Some((id, service.shapes.get(id)?))
}

fn errors(service: &Service, operation: &ir::Operation, report: &mut Report) -> Vec<ErrorVariant> {
    let mut ids: Vec<&str> = operation.errors.iter().map(String::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut codes = BTreeMap::new();
    // The numbers of errors with each code in the query protocol or name.
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for id in &operation.errors {
        let code = query_code(service, id).filter(|code| *code != id);
        for name in code.into_iter().chain([id]) {
            *shared.entry(name).or_default() += 1;
        }
    }
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
            if let Some(other) = codes.insert(&error.code, id) {
                let fault = NameFault::SameCode {
                    names: [other, id].map(str::to_owned),
                    code: error.code.clone(),
                };
                report.fault(&shape.path, fault);
            }
            Some(ErrorVariant {
                code: error.code.clone(),
                // A code that several errors share does not identify an error.
                query_code: (error.query_code.clone())
                    .filter(|code| shared.get(code.as_str()) == Some(&1)),
                retryable: error.retryable,
                name,
                is: names::prefixed("is_", id),
                doc: Doc::summary_of(
                    service,
                    &[id],
                    &shape.documentation,
                    &format!("The error {}.", code(&error.code)),
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

/// Splits a prefix such as `data.{AccountId}.`; each label must be a string member of the input.
fn host_prefix(
    operation: &ir::Operation,
    input: &Structure,
    report: &mut Report,
) -> Option<HostPrefix> {
    let prefix = operation.host_prefix.as_ref()?;
    let path = &prefix.path;
    let parts = match template::parts(&prefix.template) {
        Ok(parts) => parts,
        Err(fault) => {
            report.fault(path, fault);
            return None;
        }
    };
    let strings = || input.fields.iter().filter(|field| field.ty == Type::String);
    let (mut format, mut labels) = (String::new(), Vec::new());
    for part in parts {
        let label = match part {
            Part::Text(text) => {
                format.push_str(text);
                continue;
            }
            Part::Label(label) => label,
        };
        let Some(field) = strings().find(|field| field.model_name == label) else {
            let known = strings().map(|field| field.model_name.as_str());
            let suggestion = report.similar(label, known);
            report.fault(path, Fault::unknown(Item::Label, label, suggestion));
            return None;
        };
        format.push_str("{}");
        labels.push((field.model_name.clone(), field.name.clone()));
    }
    Some(HostPrefix { format, labels })
}
