//! Lowers shapes.

use std::collections::HashSet;

use super::traits::{Part, Traits};
use super::{Lower, local};
use crate::diagnostic::{Expected, Fault, Item, NameFault, Report, Suggestion};
use crate::ir::{self, ShapeKind};
use crate::lower::values;
use crate::source::smithy::{Bounds, EnumDefinition, ErrorCode, Member, Retryable, Shape};

/// The types without further properties.
const SIMPLE: &[(&str, ShapeKind)] = &[
    ("bigDecimal", ShapeKind::BigDecimal),
    ("bigInteger", ShapeKind::BigInteger),
    ("blob", ShapeKind::Blob),
    ("boolean", ShapeKind::Boolean),
    ("byte", ShapeKind::Byte),
    ("document", ShapeKind::Document),
    ("double", ShapeKind::Double),
    ("float", ShapeKind::Float),
    ("intEnum", ShapeKind::Integer),
    ("integer", ShapeKind::Integer),
    ("long", ShapeKind::Long),
    ("short", ShapeKind::Short),
];

const COMPOSED: &[&str] = &[
    "enum",
    "list",
    "map",
    "set",
    "string",
    "structure",
    "timestamp",
    "union",
];

/// The types of shapes that are not data types.
const OTHER_TYPES: &[&str] = &["apply", "operation", "resource", "service"];

/// The shapes of Smithy's prelude and their types.
const PRELUDE: &[(&str, &str)] = &[
    ("smithy.api#BigDecimal", "bigDecimal"),
    ("smithy.api#BigInteger", "bigInteger"),
    ("smithy.api#Blob", "blob"),
    ("smithy.api#Boolean", "boolean"),
    ("smithy.api#Byte", "byte"),
    ("smithy.api#Document", "document"),
    ("smithy.api#Double", "double"),
    ("smithy.api#Float", "float"),
    ("smithy.api#Integer", "integer"),
    ("smithy.api#Long", "long"),
    ("smithy.api#PrimitiveBoolean", "boolean"),
    ("smithy.api#PrimitiveByte", "byte"),
    ("smithy.api#PrimitiveDouble", "double"),
    ("smithy.api#PrimitiveFloat", "float"),
    ("smithy.api#PrimitiveInteger", "integer"),
    ("smithy.api#PrimitiveLong", "long"),
    ("smithy.api#PrimitiveShort", "short"),
    ("smithy.api#Short", "short"),
    ("smithy.api#String", "string"),
    ("smithy.api#Timestamp", "timestamp"),
    ("smithy.api#Unit", "structure"),
];

/// Returns the IDs of the shapes of Smithy's prelude.
pub(super) fn prelude() -> impl Iterator<Item = &'static str> {
    PRELUDE.iter().map(|(id, _)| *id)
}

fn prelude_type(id: &str) -> Option<&'static str> {
    let known = PRELUDE.iter().find(|(known, _)| *known == id);
    known.map(|(_, kind)| *kind)
}

/// Reports a type that is not a type of Smithy.
pub(super) fn check_type(id: &str, shape: &Shape, report: &mut Report) {
    let simple = SIMPLE.iter().map(|(kind, _)| *kind);
    let types = simple.chain(COMPOSED.iter().chain(OTHER_TYPES).copied());
    if !types.clone().any(|kind| kind == shape.kind) {
        let suggestion = Suggestion::similar(&shape.kind, types);
        let fault = Fault::unknown(Item::Type, &shape.kind, suggestion);
        report.fault(format!("shapes.{id}.type"), fault);
    }
}

impl<'a> Lower<'a> {
    /// Resolves a reference to a data type, and enqueues the shape for lowering.
    pub(super) fn reference(&mut self, id: &'a str, path: &str) -> Option<ir::ShapeId> {
        let name = match prelude_type(id).filter(|_| !self.shapes.contains_key(id)) {
            Some("structure") => local(id).to_owned(),
            Some(_) => id.to_owned(),
            None => self.name(id, path)?,
        };
        match self.named.get(&name) {
            None => {
                self.named.insert(name.clone(), id);
                self.pending.push((name.clone(), id));
            }
            Some(&other) if other != id => {
                let names = [other.to_owned(), id.to_owned()];
                self.report.fault(path, NameFault::SameShape(names));
            }
            Some(_) => {}
        }
        Some(name)
    }

    /// Returns the name of a shape in the IR.
    fn name(&mut self, id: &'a str, path: &str) -> Option<ir::ShapeId> {
        let shape = self.find(id, path)?;
        if OTHER_TYPES.contains(&shape.kind.as_str()) {
            let fault = Fault::wrong_type(id, shape.kind.as_str(), Expected::Data);
            self.report.fault(path, fault);
            return None;
        }
        if let Some(name) = crate::lower::find(self.rename, id) {
            return Some(name.clone());
        }
        // Only shapes that become Rust types need a name without a namespace.
        let is_type = ["structure", "union", "enum"].contains(&shape.kind.as_str())
            || crate::lower::find(&shape.traits, "smithy.api#enum").is_some();
        let name = match self.ambiguous.contains(local(id)) && !is_type {
            true => id,
            false => local(id),
        };
        Some(name.to_owned())
    }

    /// Returns the type of a shape of the model or of the prelude.
    pub(super) fn type_of(&self, id: &str) -> &str {
        match self.shapes.get(id) {
            Some(shape) => &shape.kind,
            None => prelude_type(id).unwrap_or("structure"),
        }
    }

    pub(super) fn shape(&mut self, id: &'a str) -> ir::Shape {
        let traits = self.traits_of(id);
        let path = format!("shapes.{id}");
        let bounds_ids = ["smithy.api#length", "smithy.api#range"];
        let all_bounds: [Option<Bounds>; 2] = bounds_ids.map(|name| self.get(&traits, name));
        let kind = self.kind(id, &path, &traits);
        for (id, bounds) in bounds_ids.into_iter().zip(&all_bounds) {
            if let Some(Bounds { min, max }) = bounds {
                let path = format!("{path}.traits.{id}");
                values::check_bounds(&path, &kind, [min, max], &mut self.report);
            }
        }
        let bounds = all_bounds.into_iter().flatten().next().unwrap_or_default();
        let constraints = ir::Constraints {
            min: bounds.min,
            max: bounds.max,
            pattern: self.get(&traits, "smithy.api#pattern"),
        };
        self.default(&traits, id);
        let shape = self.shapes.get(id).copied();
        let is_streaming = traits.has("smithy.api#streaming");
        ir::Shape {
            documentation: self.string_trait(&traits, "smithy.api#documentation"),
            sensitive: traits.has("smithy.api#sensitive"),
            sparse: traits.has("smithy.api#sparse"),
            streaming: is_streaming && kind == ShapeKind::Blob,
            requires_length: traits.has("smithy.api#requiresLength"),
            media_type: self.get(&traits, "smithy.api#mediaType"),
            element_format: self.element_format(shape, &path),
            xml: self.xml(&traits, shape, &path),
            constraints,
            deprecated: self.deprecated(&traits),
            direction: ir::Direction::default(),
            event_stream: is_streaming && matches!(kind, ShapeKind::Union(_)),
            kind,
            path,
        }
    }

    fn kind(&mut self, id: &'a str, path: &str, traits: &Traits<'a>) -> ShapeKind {
        let shape = self.shapes.get(id).copied();
        let kind = shape.map_or_else(|| prelude_type(id), |shape| Some(shape.kind.as_str()));
        let kind = kind.unwrap_or("structure");
        if kind == "intEnum" {
            self.check_integers(id);
        }
        if let Some((_, kind)) = SIMPLE.iter().find(|(known, _)| *known == kind) {
            return kind.clone();
        }
        let Some(shape) = shape else {
            return match kind {
                "string" => ShapeKind::String,
                "timestamp" => ShapeKind::Timestamp(None),
                _ => ShapeKind::Structure(ir::Structure::default()),
            };
        };
        match kind {
            "string" => self.string(path, traits),
            "timestamp" => ShapeKind::Timestamp(self.timestamp_format(traits, path)),
            "enum" => self.enumeration(id),
            "list" | "set" => self
                .element(&shape.member, path, "member")
                .map_or(ShapeKind::Document, ShapeKind::List),
            "map" => {
                let key = self.map_key(&shape.key, path);
                let value = self.element(&shape.value, path, "value");
                match key.zip(value) {
                    Some((key, value)) => ShapeKind::Map { key, value },
                    None => ShapeKind::Document,
                }
            }
            "union" => ShapeKind::Union(self.lowered_members(id)),
            _ => ShapeKind::Structure(ir::Structure {
                members: self.lowered_members(id),
                error: self.error(traits, id),
            }),
        }
    }

    /// Lowers a string, which is an enum if it has the trait `enum`.
    fn string(&mut self, path: &str, traits: &Traits<'a>) -> ShapeKind {
        let id = "smithy.api#enum";
        let values: Option<Vec<EnumDefinition>> = self.get(traits, id);
        let Some(values) = values else {
            return ShapeKind::String;
        };
        if values.is_empty() {
            self.report
                .fault(format!("{path}.traits.{id}"), Fault::Empty);
            return ShapeKind::String;
        }
        let values = values.into_iter().enumerate();
        let values = values.map(|(i, definition)| ir::EnumValue {
            path: format!("{path}.traits.{id}[{i}]"),
            name: definition.name.unwrap_or_else(|| definition.value.clone()),
            value: definition.value,
            documentation: definition.documentation,
        });
        ShapeKind::Enum(self.distinct(values.collect()))
    }

    fn enumeration(&mut self, id: &'a str) -> ShapeKind {
        let mut values = Vec::new();
        for part in self.members(id) {
            self.check_unit(&part);
            let value: Option<String> = self.get(&part.traits, "smithy.api#enumValue");
            values.push(ir::EnumValue {
                name: part.name.to_owned(),
                value: value.unwrap_or_else(|| part.name.to_owned()),
                documentation: self.string_trait(&part.traits, "smithy.api#documentation"),
                path: part.path,
            });
        }
        ShapeKind::Enum(self.distinct(values))
    }

    /// Reports the members of an enum of integers without a value, and those with the value of another one.
    fn check_integers(&mut self, id: &'a str) {
        let mut values = HashSet::new();
        for part in self.members(id) {
            self.check_unit(&part);
            let value: Option<i32> = self.get(&part.traits, "smithy.api#enumValue");
            if !part.traits.has("smithy.api#enumValue") {
                let fault = Fault::missing("smithy.api#enumValue");
                self.report.fault(&part.path, fault);
            }
            if let Some(value) = value.filter(|value| !values.insert(*value)) {
                let fault = Fault::DuplicateValue(value.to_string());
                self.report.fault(&part.path, fault);
            }
        }
    }

    /// Reports a member of an enum whose target is not `Unit`.
    fn check_unit(&mut self, part: &Part<'a>) {
        let (target, path) = (part.member.target.as_str(), format!("{}.target", part.path));
        if target != "smithy.api#Unit"
            && (prelude_type(target).is_some() || self.find(target, &path).is_some())
        {
            let fault = Fault::wrong_type(target, self.type_of(target), Expected::Unit);
            self.report.fault(path, fault);
        }
    }

    /// Removes and reports duplicate values.
    fn distinct(&mut self, values: Vec<ir::EnumValue>) -> Vec<ir::EnumValue> {
        let mut known = HashSet::new();
        let mut distinct = Vec::with_capacity(values.len());
        for value in values {
            match known.insert(value.value.clone()) {
                true => distinct.push(value),
                false => {
                    let fault = Fault::DuplicateValue(value.value);
                    self.report.fault(value.path, fault);
                }
            }
        }
        distinct
    }

    fn error(&mut self, traits: &Traits<'a>, id: &str) -> Option<ir::ErrorInfo> {
        let side: String = self.get(traits, "smithy.api#error")?;
        if !["client", "server"].contains(&side.as_str()) {
            let suggestion = Suggestion::similar(&side, ["client", "server"]);
            let path = format!("shapes.{id}.traits.smithy.api#error");
            self.report
                .fault(path, Fault::unknown(Item::ErrorSide, &side, suggestion));
        }
        let retryable: Option<Retryable> = self.get(traits, "smithy.api#retryable");
        // The code of the query protocol applies to this protocol, and to services that are compatible with it.
        let is_query = self.protocol == ir::Protocol::Query;
        let query: Option<ErrorCode> = match self.query_compatible || is_query {
            true => self.get(traits, "aws.protocols#awsQueryError"),
            false => None,
        };
        let (name, query) = (local(id).to_owned(), query.map(|it| it.code));
        let (code, query_code) = match query {
            Some(code) if is_query => (code, None),
            query => (name.clone(), query.filter(|other| *other != name)),
        };
        Some(ir::ErrorInfo {
            code,
            query_code,
            retryable: retryable.map(|it| match (it.throttling, side == "server") {
                (true, _) => ir::Retryable::Throttling,
                (false, true) => ir::Retryable::Server,
                (false, false) => ir::Retryable::Client,
            }),
        })
    }

    fn map_key(&mut self, key: &'a Option<Member>, path: &str) -> Option<ir::ShapeId> {
        let id = self.element(key, path, "key")?;
        let target = key.as_ref()?.target.as_str();
        let kind = self.type_of(target);
        if !["string", "enum"].contains(&kind) {
            let fault = Fault::wrong_type(target, kind, Expected::MapKey);
            self.report.fault(format!("{path}.key.target"), fault);
            return None;
        }
        Some(id)
    }

    /// Lowers the member of a list, or the key or value of a map.
    fn element(
        &mut self,
        member: &'a Option<Member>,
        path: &str,
        key: &str,
    ) -> Option<ir::ShapeId> {
        let Some(member) = member else {
            self.report.fault(path, Fault::missing(key));
            return None;
        };
        self.target(member, &format!("{path}.{key}"))
    }

    /// Returns the format of timestamps in a list or a map.
    fn element_format(
        &mut self,
        shape: Option<&'a Shape>,
        path: &str,
    ) -> Option<ir::TimestampFormat> {
        let parts = [("member", &shape?.member), ("value", &shape?.value)];
        let mut formats = parts.into_iter().filter_map(|(key, element)| {
            let path = format!("{path}.{key}");
            let traits = self.traits_of_element(&path, element.as_ref()?);
            self.timestamp_format(&traits, &path)
        });
        formats.next()
    }

    fn xml(&mut self, traits: &Traits<'a>, shape: Option<&'a Shape>, path: &str) -> ir::XmlShape {
        let mut part = |member: fn(&Shape) -> &Option<Member>, key: &str| {
            let Some(member) = shape.and_then(|shape| member(shape).as_ref()) else {
                return (None, None);
            };
            let traits = self.traits_of_element(&format!("{path}.{key}"), member);
            let namespace = self.get(&traits, "smithy.api#xmlNamespace");
            (
                self.get(&traits, "smithy.api#xmlName"),
                namespace.map(super::service::xml_namespace),
            )
        };
        let (element, element_namespace) = part(|shape| &shape.member, "member");
        let (key, key_namespace) = part(|shape| &shape.key, "key");
        let (value, value_namespace) = part(|shape| &shape.value, "value");
        ir::XmlShape {
            element,
            key,
            value,
            element_namespace: element_namespace.or(value_namespace),
            key_namespace,
            name: self.get(traits, "smithy.api#xmlName"),
            namespace: self
                .get(traits, "smithy.api#xmlNamespace")
                .map(super::service::xml_namespace),
            flattened: traits.has("smithy.api#xmlFlattened"),
        }
    }
}
