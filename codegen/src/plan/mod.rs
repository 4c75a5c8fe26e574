//! Plans a crate: makes every decision about names, types and documentation, so that the emitters only print.

pub(crate) mod auth;
mod batch;
mod binding;
mod checksum;
mod coding;
mod constraints;
mod context;
mod crate_metadata;
mod default;
mod discovery;
pub(crate) mod docs;
pub(crate) mod endpoint;
mod enumeration;
mod error;
pub(crate) mod example;
mod expression;
mod http;
mod layout;
mod limits;
pub(crate) mod member;
mod mention;
mod message_names;
mod name_conflicts;
pub(crate) mod names;
mod operation;
mod paginator;
mod path;
mod protocol;
mod related;
mod reserved;
mod sample;
mod service;
mod settings;
mod structure;
mod template;
pub(crate) mod types;
mod union;
mod waiter;

use proc_macro2::Ident;

pub(crate) use batch::{Batch, BatchResponse, Failures};
pub(crate) use binding::{FieldLocation, Payload, RootElement};
pub(crate) use checksum::{RequestChecksum, ResponseChecksum};
pub(crate) use coding::Coding;
pub(crate) use constraints::{Bounds, Constraint, MemberConstraint, NamedConstraint};
pub(crate) use context::ContextSource;
pub(crate) use default::FallbackValue;
pub(crate) use discovery::{Discovery, DiscoveryField};
pub(crate) use docs::Doc;
pub(crate) use enumeration::{Enumeration, Variant};
pub(crate) use error::ErrorStructure;
pub(crate) use expression::Code;
pub(crate) use layout::{ElementNames, Layout};
pub(crate) use limits::check_limits;
use name_conflicts::Definition;
pub(crate) use operation::{ErrorVariant, HostPrefix, Operation};
pub(crate) use paginator::Paginator;
pub(crate) use path::{FieldPath, Step};
pub(crate) use protocol::{Codec, ProtocolItems};
use related::Related;
pub use reserved::WINDOWS_DEVICES;
pub(crate) use service::ServiceMetadata;
pub(crate) use settings::{ClientParameter, Setting};
pub(crate) use structure::{Field, SetterKind, Structure};
pub(crate) use union::{Union, UnionVariant};
pub(crate) use waiter::{AcceptorArm, ErrorKind, Ids, Poll, Resources, States, Waiter, Within};

use crate::diagnostic::{Diagnostics, Report};
use crate::files::CrateMetadata;
use crate::ir::Service;
/// Values of the IR that a plan contains unchanged.
pub(crate) use crate::ir::{
    AuthScheme, ContextType, Partition, RequestRate, Retryable, TimestampFormat, XmlNamespace,
};
use crate::markup;
use crate::{ModelFiles, ModulePath, Options};

/// A crate, with every name and type decided.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The full name of the service, as Markdown.
    pub(crate) title: String,
    /// The name of the crate in programs.
    pub(crate) crate_name: Ident,
    /// The modules around the code, outermost first. Code at the root of the crate has none.
    pub(crate) module: Vec<Ident>,
    pub(crate) crate_metadata: CrateMetadata,
    pub(crate) service_metadata: ServiceMetadata,
    pub(crate) protocol: ProtocolItems,
    pub(crate) structures: Vec<Structure>,
    pub(crate) enumerations: Vec<Enumeration>,
    pub(crate) unions: Vec<Union>,
    pub(crate) errors: Vec<ErrorStructure>,
    pub(crate) operations: Vec<Operation>,
    /// The call in the README, by the wire name of its operation.
    pub(crate) first_call: Option<example::FirstCall>,
    pub(crate) endpoints: endpoint::Endpoints,
    /// The discovery of the endpoint, if the service requires it.
    pub(crate) discovery: Option<Discovery>,
    /// The constraints on inputs, for a crate with an offline service.
    pub(crate) constraints: Vec<NamedConstraint>,
    /// The settings that are parameters of the endpoint rules.
    pub(crate) client_parameters: Vec<ClientParameter>,
    /// The other service-specific settings.
    pub(crate) settings: Vec<Setting>,
    /// The limit on the rate of requests that the service publishes.
    pub(crate) request_rate: Option<RequestRate>,
    /// The service and the action that tokens in place of passwords are signed for, if there are any.
    pub(crate) auth_token: Option<[String; 2]>,
    /// Whether the crate has an offline service.
    pub(crate) offline: bool,
}

/// Plans the crate of a service. The names of the files are used in diagnostics.
///
/// # Errors
/// Returns a diagnostic for each part of the model that has no valid, unambiguous Rust form.
pub(crate) fn plan(
    service: &Service,
    options: &Options<'_>,
    files: &ModelFiles,
) -> Result<Plan, Diagnostics> {
    let file = &files.service.name;
    let rules_file = &files.rules_file().name;
    let mut report = Report::new(file);
    name_conflicts::check_names(service, &mut report);
    message_names::check(service, &mut report);
    check_limits(service, &mut report);
    let found = report.into_found();
    if !found.is_empty() {
        return Err(Diagnostics(found));
    }
    // A program calls most of the operations that were chosen. If the client is a module, its caller is in the same crate.
    let compiled_messages = options.operations.is_some() && options.module.is_none();
    let mut report = Report::new(file);
    let mut rules_report = Report::new(rules_file);
    let mut plan = Plan {
        title: markup::plain(&service.title),
        crate_name: names::crate_name(options.crate_name, &service.id),
        module: options.module.map(ModulePath::names).unwrap_or_default(),
        crate_metadata: crate_metadata::crate_metadata(service),
        service_metadata: service::metadata(service),
        protocol: ProtocolItems::new(service.protocol),
        structures: structure::structures(service, &mut report),
        enumerations: enumeration::enumerations(service, &mut report),
        unions: union::unions(service, &mut report),
        errors: error::errors(service, &mut report),
        operations: operation::operations(service, compiled_messages, &mut report),
        first_call: None,
        endpoints: endpoint::endpoints(service, &mut rules_report),
        discovery: discovery::discovery(service),
        constraints: constraints::constraints(service),
        client_parameters: settings::client_parameters(service),
        settings: settings::settings(service),
        request_rate: service.request_rate.clone(),
        auth_token: service.auth_token.clone(),
        offline: service.offline,
    };
    if !plan.module.is_empty() {
        // Examples use the public paths of items, which do not exist if the module is private.
        let operations = plan.operations.iter_mut();
        operations.for_each(|operation| {
            operation.example = None;
            let waiters = operation.waiters.iter_mut();
            waiters.for_each(|waiter| waiter.example = None);
        });
    }
    plan.first_call = example::first_call(service, &plan.operations);
    plan.document_related(&Related::new(service));
    name_conflicts::distinct_operations(service, plan.modules(), &mut report);
    name_conflicts::distinct_types(service, plan.definitions(), &mut report);
    let mut found = report.into_found();
    found.extend(rules_report.into_found());
    if found.is_empty() {
        Ok(plan)
    } else {
        Err(Diagnostics(found))
    }
}

impl Plan {
    /// Whether any member of an operation is a stream.
    pub(crate) fn streams(&self) -> bool {
        let operations = self.operations.iter();
        let mut structures = operations.flat_map(|it| [&it.input, &it.output]);
        structures.any(Structure::streams)
    }

    /// Whether any operation can be presigned.
    pub(crate) fn presigned(&self) -> bool {
        self.operations.iter().any(|it| it.presigned)
    }

    /// The operations whose requests can leave their streams out of the signature, though the model has them signed.
    ///
    /// Only services that read the hash of the body from a header know by it that the body is unsigned.
    pub(crate) fn unsigned_on_request(&self) -> impl Iterator<Item = &Operation> {
        let operations = self.operations.iter();
        operations.filter(|it| {
            self.service_metadata.content_sha256 && it.input.streams() && !it.unsigned_payload
        })
    }

    /// Adds the related operations to the documentation of each type.
    fn document_related(&mut self, related: &Related<'_>) {
        let structures = self.structures.iter_mut();
        let errors = self.errors.iter_mut().map(|it| &mut it.structure);
        let structures = structures.chain(errors).map(|it| (&it.shape, &mut it.doc));
        let enumerations = self.enumerations.iter_mut();
        let enumerations = enumerations.map(|it| (&it.shape, &mut it.doc));
        let unions = self.unions.iter_mut().map(|it| (&it.shape, &mut it.doc));
        for (shape, doc) in structures.chain(enumerations).chain(unions) {
            *doc = std::mem::take(doc).and_line(&related.line(shape));
        }
    }

    /// Returns the wire name and the module of each operation.
    fn modules(&self) -> impl Iterator<Item = (&str, &str)> {
        let operations = self.operations.iter();
        operations.map(|it| (it.wire.as_str(), it.module.as_str()))
    }

    /// Returns the types that the crate defines.
    fn definitions(&self) -> impl Iterator<Item = Definition<'_>> {
        let structures = self.structures.iter().map(Structure::definition);
        let enumerations = self.enumerations.iter().map(Enumeration::definition);
        let unions = self.unions.iter().map(Union::definition);
        let errors = self.errors.iter().map(|it| it.structure.definition());
        structures.chain(enumerations).chain(unions).chain(errors)
    }
}
