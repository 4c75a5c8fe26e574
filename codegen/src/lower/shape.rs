//! Shapes and their members.

use std::collections::BTreeMap;

use super::{deprecated, find, pattern, resolve, unique};
use crate::diagnostic::{Expected, Fault, Item, Report, Suggestion};
use crate::ir;
use crate::source::Entries;
use crate::source::botocore::{Member, Model, Shape};

/// The shape types that are a kind by themselves.
const SIMPLE: &[(&str, ir::ShapeKind)] = &[
    ("boolean", ir::ShapeKind::Boolean),
    ("byte", ir::ShapeKind::Byte),
    ("short", ir::ShapeKind::Short),
    ("integer", ir::ShapeKind::Integer),
    ("long", ir::ShapeKind::Long),
    ("float", ir::ShapeKind::Float),
    ("double", ir::ShapeKind::Double),
    ("bigInteger", ir::ShapeKind::BigInteger),
    ("bigDecimal", ir::ShapeKind::BigDecimal),
    ("character", ir::ShapeKind::String),
    ("blob", ir::ShapeKind::Blob),
];

const COMPOSED: &[&str] = &["string", "timestamp", "list", "map", "structure"];

const TIMESTAMP_FORMATS: &[(&str, ir::TimestampFormat)] = &[
    ("unixTimestamp", ir::TimestampFormat::EpochSeconds),
    ("iso8601", ir::TimestampFormat::DateTime),
    ("rfc822", ir::TimestampFormat::HttpDate),
];

pub(super) fn shapes(model: &Model, report: &mut Report) -> BTreeMap<ir::ShapeId, ir::Shape> {
    unique("shapes.", &model.shapes, report);
    let mut lower = Lower { model, report };
    let mut shapes = model
        .shapes
        .iter()
        .map(|(name, shape)| (name.to_owned(), lower.shape(name, shape)))
        .collect();
    endless(&mut shapes, report);
    shapes
}

/// So many lists and maps may stand in one another with no structure between.
const DEEPEST: usize = 32;

/// Reports the lists and maps whose elements lead back to them through lists and maps alone: no
/// structure stands between, so no Rust type could name them. What is reported is made a document.
fn endless(shapes: &mut BTreeMap<ir::ShapeId, ir::Shape>, report: &mut Report) {
    let element = |id: &ir::ShapeId| match &shapes.get(id)?.kind {
        ir::ShapeKind::List(element) | ir::ShapeKind::Map { value: element, .. } => Some(element),
        _ => None,
    };
    let mut broken = Vec::new();
    for id in shapes.keys() {
        let within = std::iter::successors(element(id), |id| element(id));
        let within: Vec<_> = within.take(DEEPEST + 1).collect();
        let circle = within
            .split(|&other| other == id)
            .next()
            .unwrap_or_default();
        let (fault, told) = match () {
            // Told once for a circle, at the first of its shapes.
            () if circle.len() < within.len() => {
                (Fault::ListOfItself, circle.iter().all(|&other| other > id))
            }
            () if within.len() <= DEEPEST => continue,
            () => {
                let last = within.last().and_then(|last| element(last));
                (Fault::ListTooDeep, last.is_none())
            }
        };
        if told {
            report.fault(format!("shapes.{id}"), fault);
        }
        broken.push(id.clone());
    }
    for id in broken {
        if let Some(shape) = shapes.get_mut(&id) {
            shape.kind = ir::ShapeKind::Document;
        }
    }
}

/// Whether an empty text breaks the constraints of a shape.
fn refuses_empty(shape: &Shape) -> bool {
    if shape.kind != "string" || !shape.values.is_empty() {
        return false;
    }
    let min = shape.min.as_ref().and_then(serde_json::Number::as_f64);
    if min.is_some_and(|min| min >= 1.0) {
        return true;
    }
    shape.pattern.as_deref().is_some_and(pattern::refuses_empty)
}

struct Lower<'a> {
    model: &'a Model,
    report: &'a mut Report,
}

impl Lower<'_> {
    fn shape(&mut self, name: &str, shape: &Shape) -> ir::Shape {
        ir::Shape {
            documentation: shape.documentation.clone(),
            kind: self.kind(name, shape),
            sensitive: shape.sensitive || self.has_sensitive_keys(shape),
            nonempty: refuses_empty(shape),
            constraints: ir::Constraints {
                min: shape.min.clone(),
                max: shape.max.clone(),
                pattern: shape.pattern.clone(),
            },
            can_lack: false,
            deprecated: deprecated(shape.deprecated, &shape.deprecated_message),
            direction: ir::Direction::default(),
            event_stream: shape.eventstream,
        }
    }

    fn kind(&mut self, name: &str, shape: &Shape) -> ir::ShapeKind {
        let path = format!("shapes.{name}");
        if let Some((_, kind)) = SIMPLE.iter().find(|(kind, _)| *kind == shape.kind) {
            return kind.clone();
        }
        match shape.kind.as_str() {
            "string" if shape.values.is_empty() => ir::ShapeKind::String,
            "string" => ir::ShapeKind::Enum(self.values(&path, &shape.values)),
            "timestamp" => ir::ShapeKind::Timestamp(
                self.timestamp_format(&path, &shape.timestamp_format)
                    .unwrap_or(ir::TimestampFormat::EpochSeconds),
            ),
            "list" => self
                .element(&path, "member", &shape.member)
                .map_or(ir::ShapeKind::Document, ir::ShapeKind::List),
            "map" => {
                let key = self.map_key(&path, &shape.key);
                let value = self.element(&path, "value", &shape.value);
                match key.zip(value) {
                    Some((key, value)) => ir::ShapeKind::Map { key, value },
                    None => ir::ShapeKind::Document,
                }
            }
            "structure" if shape.document => ir::ShapeKind::Document,
            "structure" => self.structure(&path, name, shape),
            other => {
                let known = SIMPLE
                    .iter()
                    .map(|(kind, _)| *kind)
                    .chain(COMPOSED.iter().copied());
                let known: Vec<_> = known.collect();
                let suggestion = Suggestion::among(other, known);
                let fault = Fault::unknown(Item::Type, other, suggestion);
                self.report.fault(format!("{path}.type"), fault);
                ir::ShapeKind::Document
            }
        }
    }

    fn values(&mut self, path: &str, values: &[String]) -> Vec<ir::EnumValue> {
        let mut lowered: Vec<ir::EnumValue> = Vec::with_capacity(values.len());
        for value in values {
            if lowered.iter().any(|other| other.value == *value) {
                let fault = Fault::DuplicateValue(value.clone());
                self.report.fault(format!("{path}.enum"), fault);
                continue;
            }
            lowered.push(ir::EnumValue {
                name: value.clone(),
                value: value.clone(),
                documentation: String::new(),
            });
        }
        lowered
    }

    /// The shape of a list's members or a map's values.
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
        let path = format!("{path}.{place}");
        let shape = find(&self.model.shapes, &reference.shape);
        let format = reference
            .timestamp_format
            .as_ref()
            .or_else(|| shape?.timestamp_format.as_ref());
        // What lists and maps are made of is encoded by its type alone, which knows one format.
        if format.is_some_and(|format| format != "unixTimestamp") {
            let path = format!("{path}.timestampFormat");
            self.report.fault(path, Fault::TimestampOfElement);
        }
        resolve(reference, &format!("{path}.shape"), self.model, self.report)
    }

    fn has_sensitive_keys(&self, map: &Shape) -> bool {
        let key = map.key.as_ref();
        key.and_then(|key| find(&self.model.shapes, &key.shape))
            .is_some_and(|key| key.sensitive)
    }

    fn map_key(&mut self, path: &str, key: &Option<Member>) -> Option<ir::ShapeId> {
        let id = self.element(path, "key", key)?;
        let key = find(&self.model.shapes, &id);
        if let Some(key) = key.filter(|shape| shape.kind != "string") {
            let fault = Fault::wrong_type(&id, key.kind.as_str(), Expected::MapKey);
            self.report.fault(format!("{path}.key.shape"), fault);
        }
        Some(id)
    }

    fn structure(&mut self, path: &str, name: &str, shape: &Shape) -> ir::ShapeKind {
        let none = Entries::default();
        let source = shape.members.as_ref().unwrap_or(&none);
        unique(&format!("{path}.members."), source, self.report);
        for (i, required) in shape.required.iter().enumerate() {
            if find(source, required).is_none() {
                let suggestion = Suggestion::similar(required, source.names());
                let fault = Fault::unknown(Item::Member, required, suggestion);
                self.report.fault(format!("{path}.required[{i}]"), fault);
            }
        }
        let members = source
            .iter()
            .filter_map(|(name, member)| self.member(path, name, member, shape))
            .collect();
        if shape.union || shape.eventstream {
            return ir::ShapeKind::Union(members);
        }
        let code = shape.error.as_ref().and_then(|error| error.code.clone());
        let (code, query_code) = match code {
            Some(code) if self.model.metadata.aws_query_compatible.is_some() => {
                (name.to_owned(), Some(code).filter(|code| code != name))
            }
            code => (code.unwrap_or_else(|| name.to_owned()), None),
        };
        let error = shape.exception.then(|| ir::ErrorInfo {
            code,
            query_code,
            retryable: shape
                .retryable
                .as_ref()
                .map(|retryable| match retryable.throttling {
                    true => ir::Retryable::Throttling,
                    false => ir::Retryable::Transient,
                }),
        });
        ir::ShapeKind::Structure(ir::Structure { members, error })
    }

    fn member(
        &mut self,
        path: &str,
        name: &str,
        member: &Member,
        shape: &Shape,
    ) -> Option<ir::Member> {
        let path = format!("{path}.members.{name}");
        let timestamp_format = self.timestamp_format(&path, &member.timestamp_format);
        let target = resolve(member, &format!("{path}.shape"), self.model, self.report);
        let Some(target) = target else {
            let name = member.location_name.as_deref().unwrap_or(name);
            self.report.lose(Item::Member, name);
            return None;
        };
        let is_text = |shape: &Shape| shape.kind == "string" && shape.values.is_empty();
        let other = find(&self.model.shapes, &target).filter(|shape| !is_text(shape));
        if let Some(other) = other.filter(|_| member.idempotency_token) {
            let fault = Fault::wrong_type(&target, other.kind.as_str(), Expected::IdempotencyToken);
            self.report.fault(format!("{path}.idempotencyToken"), fault);
        }
        Some(ir::Member {
            name: member
                .location_name
                .clone()
                .unwrap_or_else(|| name.to_owned()),
            shape: target,
            documentation: member.documentation.clone(),
            required: shape.required.iter().any(|required| required == name),
            boxed: false,
            idempotency_token: member.idempotency_token,
            host_label: member.host_label,
            timestamp_format,
            deprecated: deprecated(member.deprecated, &member.deprecated_message),
        })
    }

    fn timestamp_format(
        &mut self,
        path: &str,
        format: &Option<String>,
    ) -> Option<ir::TimestampFormat> {
        let format = format.as_deref()?;
        let found = TIMESTAMP_FORMATS
            .iter()
            .find(|(name, _)| *name == format)
            .map(|(_, format)| *format);
        if found.is_none() {
            let known = TIMESTAMP_FORMATS.iter().map(|(name, _)| *name);
            let suggestion = Suggestion::among(format, known);
            let fault = Fault::unknown(Item::TimestampFormat, format, suggestion);
            self.report.fault(format!("{path}.timestampFormat"), fault);
        }
        found
    }
}
