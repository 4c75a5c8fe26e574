//! Converts Smithy's JSON AST to the IR.
//!
//! Names lose their namespaces, operations of resources become operations of the service, and traits become properties.
//! [`support`] has the tables of supported traits.

mod member;
mod operation;
mod service;
mod shape;
mod support;
mod traits;
mod waiter;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::Value;

use crate::ModelFile;
use crate::diagnostic::{Expected, Fault, Faults, Item, NameFault, Report, Suggestion};
use crate::graph::Components;
use crate::ir::{self, Protocol};
use crate::locate::Locator;
use crate::source::smithy::{Model, Shape, Target};
use crate::source::{Entries, parse};
use crate::warning::Warning;

use super::protocol::Selection;
use super::{pagination, unique};

/// Whether a file is a Smithy model. Unlike botocore's, Smithy models have a key `smithy`.
pub(crate) fn is_smithy_model(file: &ModelFile) -> bool {
    let keys = Locator::new(&file.bytes).keys("");
    keys.iter().any(|key| key == "smithy")
}

/// Converts a model, and collects its faults. Returns `None` if the rest of the model cannot be examined.
pub(super) fn lower(
    file: &ModelFile,
    selection: Option<Selection<'_>>,
    faults: &mut Faults,
) -> Option<ir::Service> {
    let model: Model = parse(file, faults)?;
    let mut lower = Lower::new(file, &model);
    let service = lower.service(&model, selection, faults);
    faults.add(lower.report);
    service
}

/// The state of the conversion of a model.
struct Lower<'a> {
    file: &'a ModelFile,
    /// Finds the values of traits in the file.
    locator: Locator<'a>,
    shapes: HashMap<&'a str, &'a Shape>,
    /// The traits that `apply` adds to shapes and members, by ID.
    applied: HashMap<&'a str, &'a Entries<Value>>,
    /// The names that several shapes in different namespaces have.
    ambiguous: BTreeSet<&'a str>,
    /// The names that the service gives to shapes, by ID.
    rename: &'a Entries<String>,
    /// The IDs of the shapes that have a name in the IR.
    named: BTreeMap<ir::ShapeId, &'a str>,
    /// The paths of the traits that are checked already.
    checked: HashSet<String>,
    /// The shapes that must still be lowered.
    pending: Vec<(ir::ShapeId, &'a str)>,
    /// The protocol of the client.
    protocol: Protocol,
    /// Whether responses contain the error codes of the query protocol.
    query_compatible: bool,
    /// The traits of the service, which include its authentication schemes.
    schemes: HashSet<&'a str>,
    waiters: super::waiter::Names,
    warnings: BTreeSet<Warning>,
    report: Report,
}

impl<'a> Lower<'a> {
    fn new(file: &'a ModelFile, model: &'a Model) -> Self {
        let mut names = BTreeSet::new();
        let is_shape = |(_, shape): &(&str, &Shape)| shape.kind != "apply";
        let shapes = || model.shapes.iter().filter(is_shape);
        let applied = model.shapes.iter().filter(|entry| !is_shape(entry));
        let service = model.shapes.iter().find(|(_, it)| it.kind == "service");
        Self {
            file,
            locator: Locator::new(&file.bytes),
            ambiguous: shapes()
                .map(|(id, _)| local(id))
                .filter(|name| !names.insert(*name))
                .collect(),
            // The first of duplicate entries applies. The others are reported.
            shapes: model
                .shapes
                .iter()
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .filter(is_shape)
                .collect(),
            applied: applied.map(|(id, shape)| (id, &shape.traits)).collect(),
            rename: service.map_or(&NO_NAMES, |(_, service)| &service.rename),
            named: BTreeMap::new(),
            checked: HashSet::new(),
            pending: Vec::new(),
            protocol: Protocol::default(),
            query_compatible: false,
            schemes: HashSet::new(),
            waiters: HashMap::new(),
            warnings: BTreeSet::new(),
            report: Report::new(&file.name),
        }
    }

    fn service(
        &mut self,
        model: &'a Model,
        selection: Option<Selection<'_>>,
        faults: &mut Faults,
    ) -> Option<ir::Service> {
        self.check_shapes(model);
        let mut services = model.shapes.iter().filter(|(_, it)| it.kind == "service");
        let Some((id, service)) = services.next() else {
            // A shape of an unknown type can be the service.
            if self.report.len() == 0 {
                self.report.fault("shapes", Fault::NoService);
            }
            return None;
        };
        for (other, _) in services.filter(|(other, _)| *other != id) {
            let fault = Fault::SecondService(id.to_owned());
            self.report.fault(format!("shapes.{other}"), fault);
        }
        let traits = self.traits_of(id);
        let protocols = self.choose_protocol(id, &traits, selection, faults);
        self.query_compatible =
            self.protocol.has_target() && traits.has("aws.protocols#awsQueryCompatible");
        let mut lowered = self.service_traits(id, service, &traits);
        lowered.protocols = protocols;
        let mut operations = BTreeMap::new();
        for (path, id) in self.bound(id) {
            let name = local(id);
            match operations.get(name) {
                Some(&other) if other != id => {
                    let names = [other, id].map(str::to_owned);
                    self.report.fault(&path, NameFault::SameOperation(names));
                }
                Some(_) => {}
                None => drop(operations.insert(name, id)),
            }
        }
        if operations.is_empty() {
            self.report.fault("shapes", Fault::NoOperations);
        }
        for (name, operation) in &operations {
            match self.operation(operation, (id, &service.errors)) {
                Some(operation) => drop(lowered.operations.insert((*name).to_owned(), operation)),
                None => self.report.omit(Item::Operation, *name),
            }
        }
        if lowered.auth.is_empty() {
            let operations = lowered.operations.values_mut();
            for operation in operations.filter(|operation| operation.auth.is_none()) {
                operation.unsigned = true;
                operation.optional_auth = false;
            }
        }
        while let Some((name, id)) = self.pending.pop() {
            let shape = self.shape(id);
            lowered.shapes.insert(name, shape);
        }
        super::shape::complete(&mut lowered.shapes, self.protocol, &mut self.report);
        let defaults = self
            .get(&traits, "smithy.api#paginated")
            .unwrap_or_default();
        lowered.discovery = self.discovery(id, &traits, &operations);
        for (name, operation) in operations {
            if let Some(pages) = self.pages(operation, &defaults, id) {
                pagination::page(name, &pages, &mut lowered, &mut self.report);
            }
            self.waiters(name, operation, &mut lowered);
        }
        self.rules(id, &traits, &mut lowered);
        lowered.warnings.extend(std::mem::take(&mut self.warnings));
        Some(lowered)
    }

    /// Reports faults of the file and of all shapes, including unused ones.
    fn check_shapes(&mut self, model: &'a Model) {
        if !["1", "1.0", "2", "2.0"].contains(&model.smithy.as_str()) {
            let suggestion = Suggestion::OneOf(vec!["1.0".to_owned(), "2.0".to_owned()]);
            let fault = Fault::unknown(Item::Version, &model.smithy, suggestion);
            self.report.fault("smithy", fault);
        }
        unique("shapes.", &model.shapes, &mut self.report);
        for (id, shape) in model.shapes.iter() {
            if !id.contains('#') {
                self.report
                    .fault(format!("shapes.{id}"), Fault::NoNamespace);
            }
            shape::check_type(id, shape, &mut self.report);
        }
        self.check_mixins(model);
    }

    /// Reports the shapes that are mixed into themselves.
    fn check_mixins(&mut self, model: &'a Model) {
        let ids: Vec<&str> = model.shapes.names().collect();
        let numbers: HashMap<&str, usize> = ids.iter().copied().zip(0..).collect();
        let edges = model.shapes.iter().map(|(_, shape)| {
            let mixins = shape.mixins.iter();
            let mixins = mixins.filter_map(|it| numbers.get(it.target.as_str()).copied());
            mixins.collect()
        });
        let edges: Vec<Vec<usize>> = edges.collect();
        let components = Components::new(&edges);
        for nodes in &components.nodes {
            // A cycle is reported once, at the first of its shapes.
            let first = nodes.iter().copied().min().unwrap_or_default();
            let mut mixins = edges.get(first).into_iter().flatten();
            if mixins.any(|mixin| components.is_on_cycle(first, *mixin)) {
                let id = ids.get(first).copied().unwrap_or_default();
                self.report
                    .fault(format!("shapes.{id}.mixins"), Fault::MixinOfItself);
            }
        }
    }

    /// Returns a shape of the model, or reports that it does not exist.
    fn find(&mut self, id: &'a str, path: &str) -> Option<&'a Shape> {
        let found = self.shapes.get(id).copied();
        if found.is_none() {
            let known = self.shapes.keys().map(|known| (local(known), *known));
            let prelude = shape::prelude().map(|known| (local(known), known));
            let suggestion = self.report.nearest(local(id), known.chain(prelude));
            self.report
                .fault(path, Fault::unknown(Item::Shape, id, suggestion));
        }
        found
    }

    /// Returns the ID of a target, or reports that it is not of the type `kind`.
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
}

static NO_NAMES: Entries<String> = Entries::new();

/// Returns the name of an ID, without its namespace.
fn local(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}
