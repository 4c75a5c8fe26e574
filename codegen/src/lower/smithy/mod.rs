//! Smithy's JSON AST to the IR.
//!
//! Names lose their namespace, the operations of resources become operations of the service, and traits
//! become facts of the IR. [`support`] has the table of traits.

mod member;
mod operation;
mod service;
mod shape;
mod support;
mod traits;
mod waiter;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::ModelFile;
use crate::diagnostic::{Expected, Fault, Faults, Item, NameFault, Report, Suggestion, nearest};
use crate::ir;
use crate::locate::Locator;
use crate::source::smithy::{Model, Shape, Target};
use crate::source::{Entries, parse};
use crate::warning::Warning;

use super::{pagination, unique};

/// Whether a file is a Smithy model, by its content: botocore's have no key `smithy`.
pub(crate) fn is_smithy_model(file: &ModelFile) -> bool {
    let keys = Locator::new(&file.bytes).keys("");
    keys.iter().any(|key| key == "smithy")
}

/// Reads a model, and notes its faults; none where nothing can be said about the rest of it.
pub(super) fn lower(file: &ModelFile, faults: &mut Faults) -> Option<ir::Service> {
    let model: Model = parse(file, faults)?;
    let mut lower = Lower::new(file, &model);
    let service = lower.service(&model);
    faults.add(lower.report);
    service
}

/// The work on one model.
struct Lower<'a> {
    file: &'a ModelFile,
    shapes: HashMap<&'a str, &'a Shape>,
    /// The traits that `apply` adds to a shape or member, by its id.
    applied: HashMap<&'a str, &'a Entries<Value>>,
    /// Names without a namespace that several shapes have.
    ambiguous: BTreeSet<&'a str>,
    /// Other names for shapes, by id.
    rename: &'a Entries<String>,
    /// The ids of the shapes that have a name in the IR.
    named: BTreeMap<ir::ShapeId, &'a str>,
    /// Those of them that are still to be lowered.
    open: Vec<(ir::ShapeId, &'a str)>,
    /// Whether errors have the codes that they had under the query protocol.
    query_compatible: bool,
    /// The operations whose endpoint another operation returns.
    discovered: Vec<String>,
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
            ambiguous: shapes()
                .map(|(id, _)| local(id))
                .filter(|name| !names.insert(*name))
                .collect(),
            // Of two entries the first counts; the second is reported.
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
            query_compatible: false,
            discovered: Vec::new(),
            warnings: BTreeSet::new(),
            report: Report::new(&file.name),
        }
    }

    fn service(&mut self, model: &'a Model) -> Option<ir::Service> {
        self.file_as_a_whole(model);
        let mut services = model.shapes.iter().filter(|(_, it)| it.kind == "service");
        let Some((id, service)) = services.next() else {
            // A shape of an unknown type may be meant to be it.
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
        self.query_compatible = traits.has("aws.protocols#awsQueryCompatible");
        let mut lowered = self.service_traits(id, service, &traits);
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
                None => self.report.lose(Item::Operation, *name),
            }
        }
        while let Some((name, id)) = self.open.pop() {
            let shape = self.shape(id);
            lowered.shapes.insert(name, shape);
        }
        super::shape::complete(&mut lowered.shapes, &mut self.report);
        let defaults = self
            .get(&traits, "smithy.api#paginated")
            .unwrap_or_default();
        for (name, operation) in operations {
            if let Some(pages) = self.pages(operation, &defaults, id) {
                pagination::page(name, &pages, &mut lowered, &mut self.report);
            }
            self.waiters(name, operation, &mut lowered);
        }
        self.rules(id, &traits, &mut lowered);
        let discovered = std::mem::take(&mut self.discovered);
        self.discovery(discovered);
        lowered.warnings.extend(std::mem::take(&mut self.warnings));
        Some(lowered)
    }

    /// Reports what can be wrong with any shape, in use or not.
    fn file_as_a_whole(&mut self, model: &'a Model) {
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
            shape::known_type(id, shape, &mut self.report);
        }
    }

    /// A shape of the model; one that is not there is reported.
    fn find(&mut self, id: &'a str, path: &str) -> Option<&'a Shape> {
        let found = self.shapes.get(id).copied();
        if found.is_none() {
            let known = self.shapes.keys().map(|known| (local(known), *known));
            let own = shape::prelude().map(|known| (local(known), known));
            let suggestion = match nearest(local(id), known.chain(own)) {
                Some(known) => Suggestion::Similar(known.to_owned()),
                None => Suggestion::None,
            };
            self.report
                .fault(path, Fault::unknown(Item::Shape, id, suggestion));
        }
        found
    }

    /// The id of a shape of a type that is not data.
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

static NO_NAMES: &Entries<String> = &Entries::new();

/// A name without its namespace.
fn local(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}
