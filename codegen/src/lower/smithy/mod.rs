//! Smithy's JSON AST, told in the terms of botocore's format, so that both are lowered by one code.
//!
//! botocore's models are made from Smithy's: names lose their namespace, what a resource holds stands
//! under the service, traits become keys. Traits that change nothing on the wire of awsJson
//! (`jsonName`, XML and HTTP bindings, documentation of other kinds) are passed over.

mod paths;
mod shapes;
mod traits;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::de::IgnoredAny;
use serde_json::Value;

use super::Source;
use crate::ModelFile;
use crate::diagnostic::{
    EndpointFault, Expected, Fault, Faults, Item, NameFault, Report, Suggestion, nearest,
};
use crate::locate::Locator;
use crate::source::botocore::{
    self, Endpoint, EnumDocs, Metadata, OneOrMany, Paginator, Paginators, RuleSet,
};
use crate::source::smithy::{self, Model, Paginated, ServiceTrait, Shape, Sigv4, Target};
use crate::source::{Entries, parse};

pub(super) use paths::native;
use traits::Traits;

/// The protocols that a client can be printed for, and botocore's names of their versions.
const PROTOCOLS: [(&str, &str); 2] = [
    ("aws.protocols#awsJson1_1", "1.1"),
    ("aws.protocols#awsJson1_0", "1.0"),
];

/// Whether a file is a Smithy model; botocore's have no such key.
pub(super) fn speaks(file: &ModelFile) -> bool {
    let keys = Locator::new(&file.bytes).keys("");
    keys.iter().any(|key| key == "smithy")
}

/// Reads a Smithy model.
pub(super) fn read(file: &ModelFile, faults: &mut Faults) -> Source {
    let Some(model) = parse::<Model>(file, faults) else {
        return Source::default();
    };
    let mut translate = Translate::new(file, &model);
    let source = translate.source(&model);
    faults.add(translate.report);
    source
}

/// The work on one model.
struct Translate<'a> {
    file: &'a ModelFile,
    shapes: HashMap<&'a str, &'a Shape>,
    /// What `apply` says of a shape or member, by its id.
    applied: HashMap<&'a str, &'a Entries<Value>>,
    /// Names without a namespace that several shapes have.
    ambiguous: BTreeSet<&'a str>,
    /// Other names for shapes, by id.
    rename: &'a Entries<String>,
    /// The ids of the shapes that have got a name.
    named: BTreeMap<String, &'a str>,
    /// Those of them that are still to be translated.
    open: Vec<(String, &'a str)>,
    words: Vec<(String, Entries<String>)>,
    /// Whether errors bear the codes that they had under the query protocol.
    query_compatible: bool,
    report: Report,
}

impl<'a> Translate<'a> {
    fn new(file: &'a ModelFile, model: &'a Model) -> Self {
        let mut names = BTreeSet::new();
        let is_shape = |(_, shape): &(&str, &Shape)| shape.kind != "apply";
        let shapes = || model.shapes.iter().filter(is_shape);
        let applied = model.shapes.iter().filter(|entry| !is_shape(entry));
        let service = model.shapes.iter().find(|(_, it)| it.kind == "service");
        Self {
            file,
            ambiguous: shapes()
                .map(|(id, _)| local(id))
                .filter(|name| !names.insert(*name))
                .collect(),
            // Of two entries the first counts; that there are two is told.
            shapes: model
                .shapes
                .iter()
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .filter(is_shape)
                .collect(),
            applied: applied.map(|(id, shape)| (id, &shape.traits)).collect(),
            rename: service.map_or(NO_NAMES, |(_, service)| &service.rename),
            named: BTreeMap::new(),
            open: Vec::new(),
            words: Vec::new(),
            query_compatible: false,
            report: Report::new(&file.name),
        }
    }

    fn source(&mut self, model: &'a Model) -> Source {
        self.file_as_a_whole(model);
        let mut services = model.shapes.iter().filter(|(_, it)| it.kind == "service");
        let Some((service_id, service)) = services.next() else {
            // A shape of an unknown type may be meant to be it.
            if self.report.len() == 0 {
                self.report.fault("shapes", Fault::NoService);
            }
            return Source::default();
        };
        for (other, _) in services.filter(|(other, _)| *other != service_id) {
            let fault = Fault::SecondService(service_id.to_owned());
            self.report.fault(format!("shapes.{other}"), fault);
        }
        let traits = self.traits_of(service_id);
        self.query_compatible = traits.has("aws.protocols#awsQueryCompatible");
        let metadata = self.metadata(service_id, service, &traits);
        let documentation = self.text(&traits, "smithy.api#documentation");
        let rules = self.rules(service_id, &traits);
        let settings = self.get(&traits, "smithy.rules#clientContextParams");
        let defaults = self
            .get(&traits, "smithy.api#paginated")
            .unwrap_or_default();
        let mut operations: BTreeMap<&str, (&str, _)> = BTreeMap::new();
        let mut pagination = Vec::new();
        for (path, id) in self.bound(service_id) {
            let name = local(id);
            if let Some((other, _)) = operations.get(name).filter(|(other, _)| *other != id) {
                let names = [(*other).to_owned(), id.to_owned()];
                self.report.fault(&path, NameFault::SameOperation(names));
                continue;
            }
            match self.operation(id, (service_id, &service.errors)) {
                Some(operation) => drop(operations.insert(name, (id, operation))),
                None => self.report.lose(Item::Operation, name),
            }
            pagination.extend(
                self.paginator(id, &defaults)
                    .map(|it| (name.to_owned(), it)),
            );
        }
        let mut shapes = Vec::new();
        while let Some((name, id)) = self.open.pop() {
            let shape = self.shape(&name, id);
            shapes.push((name, shape));
        }
        let operations = operations.into_iter();
        Source {
            model: Some(botocore::Model {
                client_context_params: settings.unwrap_or_default(),
                metadata,
                documentation,
                operations: operations
                    .map(|(name, (_, operation))| (name.to_owned(), operation))
                    .collect(),
                shapes: shapes.into_iter().collect(),
            }),
            paginators: Paginators {
                pagination: pagination.into_iter().collect(),
            },
            rules,
            words: std::mem::take(&mut self.words)
                .into_iter()
                .collect::<EnumDocs>(),
        }
    }

    /// What can be wrong with any shape, in use or not.
    fn file_as_a_whole(&mut self, model: &'a Model) {
        if !["1", "1.0", "2", "2.0"].contains(&model.smithy.as_str()) {
            let suggestion = Suggestion::OneOf(vec!["1.0".to_owned(), "2.0".to_owned()]);
            let fault = Fault::unknown(Item::Version, &model.smithy, suggestion);
            self.report.fault("smithy", fault);
        }
        super::unique("shapes.", &model.shapes, &mut self.report);
        for (id, shape) in model.shapes.iter() {
            if !id.contains('#') {
                self.report
                    .fault(format!("shapes.{id}"), Fault::NoNamespace);
            }
            shapes::known_type(id, shape, &mut self.report);
        }
    }

    fn metadata(&mut self, id: &str, service: &Shape, traits: &Traits<'a>) -> Metadata {
        let path = format!("shapes.{id}.traits");
        let protocol = PROTOCOLS.iter().find(|(name, _)| traits.has(name));
        if protocol.is_none() {
            let other = traits
                .ids()
                .find(|id| id.starts_with("aws.protocols#") || id.starts_with("smithy.protocols#"));
            let known = PROTOCOLS.map(|(name, _)| (local(name), name));
            let similar = nearest(other.map_or("", local), known.into_iter());
            let fault = match other {
                Some(other) => Fault::UnsupportedProtocols {
                    found: vec![other.to_owned()],
                    similar: similar.map(str::to_owned),
                },
                None => Fault::NoProtocol,
            };
            let at = other.map_or(path.clone(), |other| format!("{path}.{other}"));
            self.report.fault(at, fault);
        }
        let aws: ServiceTrait = self.get(traits, "aws.api#service").unwrap_or_default();
        let sigv4: Option<Sigv4> = self.get(traits, "aws.auth#sigv4");
        if !traits.has("aws.auth#sigv4") {
            let similar = nearest("aws.auth#sigv4", traits.ids().map(|id| (id, id)));
            let fault = Fault::Missing {
                key: "aws.auth#sigv4".to_owned(),
                similar: similar.map(str::to_owned),
            };
            self.report.fault(path, fault);
        }
        let name = local(id);
        let sdk_id = aws.sdk_id.unwrap_or_else(|| name.to_owned());
        let title = self.text(traits, "smithy.api#title");
        let prefix = aws.endpoint_prefix.or(aws.arn_namespace);
        Metadata {
            api_version: Some(service.version.clone().unwrap_or_default()),
            endpoint_prefix: Some(prefix.unwrap_or_else(|| sdk_id.to_lowercase())),
            json_version: Some(protocol.map_or("1.1", |(_, version)| version).to_owned()),
            protocol: Some("json".to_owned()),
            service_full_name: (!title.is_empty()).then_some(title),
            service_id: Some(sdk_id),
            signing_name: sigv4.map(|sigv4| sigv4.name),
            target_prefix: Some(name.to_owned()),
            aws_query_compatible: self.query_compatible.then_some(IgnoredAny),
            ..Metadata::default()
        }
    }

    fn rules(&mut self, id: &str, traits: &Traits<'a>) -> Option<RuleSet> {
        let (set, diagram) = ("smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd");
        if traits.has(diagram) && !traits.has(set) {
            let path = format!("shapes.{id}.traits.{diagram}");
            self.report.fault(path, EndpointFault::DecisionDiagram);
        }
        self.get(traits, set)
    }

    /// The operations of a service and of its resources, each with the place that binds it.
    fn bound(&mut self, service: &'a str) -> Vec<(String, &'a str)> {
        let (mut found, mut seen, mut open) = (Vec::new(), BTreeSet::new(), vec![service]);
        while let Some(owner) = open.pop() {
            for (owner, shape) in self.parts(owner) {
                let path = format!("shapes.{owner}");
                let lists = [
                    ("operations", "operation", &shape.operations),
                    (
                        "collectionOperations",
                        "operation",
                        &shape.collection_operations,
                    ),
                    ("resources", "resource", &shape.resources),
                ];
                let many = lists.into_iter().flat_map(|(key, kind, targets)| {
                    let targets = targets.iter().enumerate();
                    targets.map(move |(i, target)| (format!("{key}[{i}]"), kind, target))
                });
                let lifecycle = [
                    ("create", &shape.create),
                    ("put", &shape.put),
                    ("read", &shape.read),
                    ("update", &shape.update),
                    ("delete", &shape.delete),
                    ("list", &shape.list),
                ];
                let one = lifecycle.into_iter().filter_map(|(key, target)| {
                    Some((key.to_owned(), "operation", target.as_ref()?))
                });
                for (key, kind, target) in many.chain(one) {
                    let path = format!("{path}.{key}.target");
                    let Some(id) = self.expect(target, kind, &path) else {
                        continue;
                    };
                    match kind {
                        _ if !seen.insert(id) => {}
                        "resource" => open.push(id),
                        _ => found.push((path, id)),
                    }
                }
            }
        }
        found
    }

    /// The id of a shape of a kind that is no data.
    fn expect(&mut self, target: &'a Target, kind: &'static str, path: &str) -> Option<&'a str> {
        let id = target.target.as_str();
        let shape = self.find(id, path)?;
        if shape.kind == kind {
            return Some(id);
        }
        let fault = Fault::wrong_type(id, shape.kind.as_str(), Expected::Type(kind));
        self.report.fault(path, fault);
        None
    }

    /// An operation, with the errors that all operations of the service have; none when its input or
    /// output is not there.
    fn operation(
        &mut self,
        id: &'a str,
        common: (&'a str, &'a [Target]),
    ) -> Option<botocore::Operation> {
        let traits = self.traits_of(id);
        let parts = self.parts(id);
        let sound = self.report.len();
        let mut structure = |key: &str, pick: fn(&Shape) -> &Option<Target>| {
            let (owner, target) = parts
                .iter()
                .rev()
                .find_map(|(owner, shape)| Some((owner, pick(shape).as_ref()?)))?;
            if target.target == "smithy.api#Unit" {
                return None;
            }
            self.reference(&target.target, &format!("shapes.{owner}.{key}.target"))
        };
        let input = structure("input", |shape| &shape.input);
        let output = structure("output", |shape| &shape.output);
        let mut errors: Vec<botocore::Member> = Vec::new();
        let is_sound = self.report.len() == sound;
        let own = parts.iter().map(|(id, shape)| (*id, &shape.errors[..]));
        for (owner, targets) in own.chain([common]) {
            for (i, target) in targets.iter().enumerate() {
                let path = format!("shapes.{owner}.errors[{i}].target");
                let error = self.error_reference(&target.target, &path);
                errors
                    .extend(error.filter(|it| errors.iter().all(|other| other.shape != it.shape)));
            }
        }
        let endpoint: Option<smithy::Endpoint> = self.get(&traits, "smithy.api#endpoint");
        let (deprecated, deprecated_message) = self.deprecated(&traits);
        let documentation = self.text(&traits, "smithy.api#documentation");
        let compression = self.get(&traits, "smithy.api#requestCompression");
        let fixed: Option<Entries<_>> = self.get(&traits, "smithy.rules#staticContextParams");
        let found: Option<Entries<_>> = self.get(&traits, "smithy.rules#operationContextParams");
        let discovery = traits.has("aws.api#clientDiscoveredEndpoint");
        let discovery = discovery.then(|| self.get(&traits, "aws.api#clientDiscoveredEndpoint"));
        let unsigned = self.get::<Vec<String>>(&traits, "smithy.api#auth");
        let unsigned = unsigned.is_some_and(|schemes| schemes.is_empty());
        is_sound.then(|| botocore::Operation {
            requestcompression: compression,
            static_context_params: fixed.unwrap_or_default(),
            operation_context_params: found.unwrap_or_default(),
            endpointdiscovery: discovery.flatten(),
            authtype: unsigned.then(|| "none".to_owned()),
            input,
            output,
            errors,
            documentation,
            endpoint: endpoint.map(|it| Endpoint {
                host_prefix: Some(it.host_prefix),
            }),
            deprecated,
            deprecated_message,
        })
    }

    fn error_reference(&mut self, id: &'a str, path: &str) -> Option<botocore::Member> {
        let error = self.reference(id, path)?;
        if self.traits_of(id).has("smithy.api#error") {
            return Some(error);
        }
        let kind = self.shapes.get(id).map(|shape| shape.kind.as_str());
        self.report
            .fault(path, Fault::wrong_type(id, kind, Expected::Error));
        None
    }

    /// How an operation pages; what it does not say itself, the service may.
    fn paginator(&mut self, id: &'a str, defaults: &Paginated) -> Option<Paginator> {
        let traits = self.traits_of(id);
        let own: Paginated = self.get(&traits, "smithy.api#paginated")?;
        let mut token = |own: Option<String>, default: &Option<String>, key: &str| {
            own.or_else(|| default.clone()).or_else(|| {
                let path = format!("shapes.{id}.traits.smithy.api#paginated");
                self.report.fault(path, Fault::missing(key));
                None
            })
        };
        let input_token = token(own.input_token, &defaults.input_token, "inputToken");
        let output_token = token(own.output_token, &defaults.output_token, "outputToken");
        Some(Paginator {
            input_token: OneOrMany::One(input_token?),
            output_token: OneOrMany::One(output_token?),
            result_key: own
                .items
                .or_else(|| defaults.items.clone())
                .map(OneOrMany::One),
            limit_key: own.page_size.or_else(|| defaults.page_size.clone()),
        })
    }
}

static NO_NAMES: &Entries<String> = &Entries::new();

/// A name without its namespace.
fn local(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}
