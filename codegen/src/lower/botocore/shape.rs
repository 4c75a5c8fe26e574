//! Lowers shapes.

use std::collections::{BTreeMap, HashSet};

use super::member::{self, timestamp_format};
use super::{resolve, xml_namespace};
use crate::diagnostic::{Expected, Fault, Item, Report, Suggestion};
use crate::ir::{self, Protocol, ShapeKind, TimestampFormat};
use crate::lower::customizations::{self, Customizations};
use crate::lower::presence::{self, Presence};
use crate::lower::variants::{self, Variants};
use crate::lower::{deprecated, find, shape as shared, unique, values};
use crate::source::Entries;
use crate::source::botocore::{Member, Model, Shape};

/// The types without further properties.
const SIMPLE: &[(&str, ShapeKind)] = &[
    ("boolean", ShapeKind::Boolean),
    ("byte", ShapeKind::Byte),
    ("short", ShapeKind::Short),
    ("integer", ShapeKind::Integer),
    ("long", ShapeKind::Long),
    ("float", ShapeKind::Float),
    ("double", ShapeKind::Double),
    ("bigInteger", ShapeKind::BigInteger),
    ("bigDecimal", ShapeKind::BigDecimal),
    ("character", ShapeKind::String),
    ("blob", ShapeKind::Blob),
];

const COMPOSED: &[&str] = &["string", "timestamp", "list", "map", "structure"];

pub(super) fn shapes(
    model: &Model,
    protocol: Protocol,
    report: &mut Report,
) -> BTreeMap<ir::ShapeId, ir::Shape> {
    unique("shapes.", &model.shapes, report);
    let service = model.metadata.service_id.as_deref().unwrap_or_default();
    let mut lower = Lower {
        model,
        protocol,
        report,
        customizations: customizations::of_service(service),
        presence: presence::of_service(service),
        variants: variants::of_service(service),
    };
    let mut shapes = model
        .shapes
        .iter()
        .map(|(name, shape)| (name.to_owned(), lower.shape(name, shape)))
        .collect();
    root_elements(&mut shapes, model);
    streams(&mut shapes, model);
    shared::complete(&mut shapes, protocol, report);
    shapes
}

/// Marks the blobs that are streamed according to the members that refer to them.
fn streams(shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>, model: &Model) {
    let structures = model.shapes.iter();
    let members = structures.flat_map(|(_, shape)| shape.members.iter().flat_map(Entries::iter));
    for (_, member) in members.filter(|(_, member)| member.streaming) {
        if let Some(shape) = shapes.get_mut(&member.shape) {
            shape.streaming = true;
        }
    }
}

/// Adds the names and namespaces of root elements, which the operations give to their inputs and outputs.
fn root_elements(shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>, model: &Model) {
    let operations = model.operations.iter();
    let ends = operations.flat_map(|(_, operation)| [&operation.input, &operation.output]);
    for end in ends.flatten() {
        let Some(shape) = shapes.get_mut(&end.shape) else {
            continue;
        };
        if let Some(name) = &end.location_name {
            shape.xml.name = Some(name.clone());
        }
        if let Some(namespace) = xml_namespace(&end.xml_namespace) {
            shape.xml.namespace = Some(namespace);
        }
    }
}

struct Lower<'a> {
    model: &'a Model,
    protocol: Protocol,
    report: &'a mut Report,
    customizations: Customizations,
    presence: Presence,
    variants: Variants,
}

impl Lower<'_> {
    fn shape(&mut self, name: &str, shape: &Shape) -> ir::Shape {
        let path = format!("shapes.{name}");
        let constraints = ir::Constraints {
            min: shape.min.clone(),
            max: shape.max.clone(),
            pattern: shape.pattern.clone(),
        };
        let kind = self.kind(&path, name, shape);
        values::check_bounds(&path, &kind, [&shape.min, &shape.max], self.report);
        let names = |member: &Option<Member>| member.as_ref()?.location_name.clone();
        let namespace = |member: &Option<Member>| xml_namespace(&member.as_ref()?.xml_namespace);
        ir::Shape {
            documentation: shape.documentation.clone(),
            sensitive: shape.sensitive,
            sparse: shape.sparse || self.presence.is_sparse(name),
            streaming: shape.streaming,
            requires_length: shape.requires_length,
            media_type: shape.jsonvalue.then(|| member::JSON.to_owned()),
            element_format: self.element_format(&path, shape),
            xml: ir::XmlShape {
                name: shape.location_name.clone(),
                namespace: xml_namespace(&shape.xml_namespace),
                flattened: shape.flattened,
                element: names(&shape.member),
                key: names(&shape.key),
                value: names(&shape.value),
                element_namespace: namespace(&shape.member).or(namespace(&shape.value)),
                key_namespace: namespace(&shape.key),
            },
            constraints,
            deprecated: deprecated(shape.deprecated, &shape.deprecated_message),
            direction: ir::Direction::default(),
            event_stream: shape.eventstream,
            kind,
            path,
        }
    }

    fn kind(&mut self, path: &str, name: &str, shape: &Shape) -> ShapeKind {
        let known = self.customizations.kinds.get(name);
        let kind = known.unwrap_or(&shape.kind).clone();
        if let Some((_, kind)) = SIMPLE.iter().find(|(known, _)| *known == kind) {
            return kind.clone();
        }
        match kind.as_str() {
            "string" => match &shape.values {
                None => ShapeKind::String,
                Some(values) if values.is_empty() => {
                    self.report.fault(format!("{path}.enum"), Fault::Empty);
                    ShapeKind::String
                }
                Some(values) => ShapeKind::Enum(self.values(path, name, values)),
            },
            "timestamp" => {
                let format = timestamp_format(path, &shape.timestamp_format, self.report);
                ShapeKind::Timestamp(format)
            }
            "list" => self
                .element(path, "member", &shape.member)
                .map_or(ShapeKind::Document, ShapeKind::List),
            "map" => {
                let key = self.map_key(path, &shape.key);
                let value = self.element(path, "value", &shape.value);
                match key.zip(value) {
                    Some((key, value)) => ShapeKind::Map { key, value },
                    None => ShapeKind::Document,
                }
            }
            "structure" if shape.document => ShapeKind::Document,
            "structure" => self.structure(path, name, shape),
            other => {
                let known = SIMPLE.iter().map(|(kind, _)| *kind);
                let known: Vec<_> = known.chain(COMPOSED.iter().copied()).collect();
                let suggestion = Suggestion::among(other, known);
                let fault = Fault::unknown(Item::Type, other, suggestion);
                self.report.fault(format!("{path}.type"), fault);
                ShapeKind::Document
            }
        }
    }

    fn values(&mut self, path: &str, id: &str, values: &[String]) -> Vec<ir::EnumValue> {
        let mut known = HashSet::new();
        let mut lowered: Vec<ir::EnumValue> = Vec::with_capacity(values.len());
        for (i, value) in values.iter().enumerate() {
            if !known.insert(value) {
                let fault = Fault::DuplicateValue(value.clone());
                self.report.fault(format!("{path}.enum"), fault);
                continue;
            }
            lowered.push(ir::EnumValue {
                path: format!("{path}.enum[{i}]"),
                name: self.variants.name(id, value),
                value: value.clone(),
                documentation: String::new(),
            });
        }
        lowered
    }

    /// Lowers the member of a list, or the key or value of a map.
    fn element(
        &mut self,
        path: &str,
        place: &str,
        reference: &Option<Member>,
    ) -> Option<ir::ShapeId> {
        let Some(reference) = reference else {
            self.report.fault(path, Fault::missing(place));
            return None;
        };
        let path = format!("{path}.{place}.shape");
        resolve(reference, &path, self.model, self.report)
    }

    /// Returns the format of timestamps in a list or a map.
    fn element_format(&mut self, path: &str, shape: &Shape) -> Option<TimestampFormat> {
        let parts = [("member", &shape.member), ("value", &shape.value)];
        let mut formats = parts.into_iter().filter_map(|(place, element)| {
            let format = &element.as_ref()?.timestamp_format;
            timestamp_format(&format!("{path}.{place}"), format, self.report)
        });
        formats.next()
    }

    fn map_key(&mut self, path: &str, key: &Option<Member>) -> Option<ir::ShapeId> {
        let id = self.element(path, "key", key)?;
        let shape = find(&self.model.shapes, &id);
        if let Some(shape) = shape.filter(|shape| shape.kind != "string") {
            let fault = Fault::wrong_type(&id, shape.kind.as_str(), Expected::MapKey);
            self.report.fault(format!("{path}.key.shape"), fault);
            return None;
        }
        Some(id)
    }

    fn structure(&mut self, path: &str, name: &str, shape: &Shape) -> ShapeKind {
        let empty = Entries::default();
        let source = shape.members.as_ref().unwrap_or(&empty);
        unique(&format!("{path}.members."), source, self.report);
        for (i, required) in shape.required.iter().enumerate() {
            if find(source, required).is_none() {
                let suggestion = self.report.similar(required, source.names());
                let fault = Fault::unknown(Item::Member, required, suggestion);
                self.report.fault(format!("{path}.required[{i}]"), fault);
            }
        }
        let required: HashSet<&str> = shape.required.iter().map(String::as_str).collect();
        let members = source.iter().filter_map(|(member_name, member)| {
            let path = format!("{path}.members.{member_name}");
            let is_required = required.contains(member_name);
            let model = (self.model, self.protocol);
            let mut member =
                member::lower(&path, (member_name, member), shape, model, self.report)?;
            member.required = is_required;
            let target = self.customizations.targets.get(member_name);
            if let Some(target) = target.filter(|id| find(&self.model.shapes, id).is_some()) {
                member.shape.clone_from(target);
            }
            let target = find(&self.model.shapes, &member.shape);
            let kind = target.map(|shape| shape.kind.as_str()).unwrap_or_default();
            self.presence.apply_to(name, &mut member, kind);
            Some(member)
        });
        let members = members.collect();
        let is_union = shape.union || self.customizations.unions.iter().any(|it| it == name);
        if is_union || shape.eventstream {
            return ShapeKind::Union(members);
        }
        let error = self.error(name, shape);
        ShapeKind::Structure(ir::Structure { members, error })
    }

    fn error(&self, name: &str, shape: &Shape) -> Option<ir::ErrorInfo> {
        let code = shape.error.as_ref().and_then(|error| error.code.clone());
        let is_compatible = self.model.metadata.aws_query_compatible.is_some();
        let (code, query_code) = match code {
            Some(code) if is_compatible && self.protocol.has_target() => {
                (name.to_owned(), Some(code).filter(|code| code != name))
            }
            code => (code.unwrap_or_else(|| name.to_owned()), None),
        };
        let retryable = shape.retryable.as_ref();
        shape.exception.then(|| ir::ErrorInfo {
            code,
            query_code,
            retryable: retryable.map(|it| match (it.throttling, shape.fault) {
                (true, _) => ir::Retryable::Throttling,
                (false, true) => ir::Retryable::Server,
                (false, false) => ir::Retryable::Client,
            }),
        })
    }
}
