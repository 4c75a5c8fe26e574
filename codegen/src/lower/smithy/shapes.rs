//! Shapes and their members.

use super::traits::{Part, Traits};
use super::{Translate, local};
use crate::diagnostic::{Expected, Fault, Item, NameFault, Report, Suggestion, nearest};
use crate::source::botocore::{self, ErrorCode};
use crate::source::smithy::{Bounds, EnumDefinition, Member, Retryable, Shape};

/// Smithy's types of data, and what botocore calls them.
const TYPES: &[(&str, &str)] = &[
    ("bigDecimal", "bigDecimal"),
    ("bigInteger", "bigInteger"),
    ("blob", "blob"),
    ("boolean", "boolean"),
    ("byte", "byte"),
    ("document", "structure"),
    ("double", "double"),
    ("enum", "string"),
    ("float", "float"),
    ("intEnum", "integer"),
    ("integer", "integer"),
    ("list", "list"),
    ("long", "long"),
    ("map", "map"),
    ("set", "list"),
    ("short", "short"),
    ("string", "string"),
    ("structure", "structure"),
    ("timestamp", "timestamp"),
    ("union", "structure"),
];

const OTHER_TYPES: &[&str] = &["apply", "operation", "resource", "service"];

/// Smithy's own shapes and their types.
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

const TIMESTAMP_FORMATS: &[(&str, &str)] = &[
    ("date-time", "iso8601"),
    ("epoch-seconds", "unixTimestamp"),
    ("http-date", "rfc822"),
];

fn of<'t>(table: &[(&str, &'t str)], name: &str) -> Option<&'t str> {
    let row = table.iter().find(|(known, _)| *known == name);
    row.map(|(_, theirs)| *theirs)
}

/// Reports a type that Smithy does not have.
pub(super) fn known_type(id: &str, shape: &Shape, report: &mut Report) {
    let types = TYPES.iter().map(|(kind, _)| *kind);
    let types: Vec<_> = types.chain(OTHER_TYPES.iter().copied()).collect();
    if !types.contains(&shape.kind.as_str()) {
        let suggestion = Suggestion::similar(&shape.kind, types);
        let fault = Fault::unknown(Item::Type, &shape.kind, suggestion);
        report.fault(format!("shapes.{id}.type"), fault);
    }
}

impl<'a> Translate<'a> {
    /// A shape of the model; one that is not there is reported.
    pub(super) fn find(&mut self, id: &'a str, path: &str) -> Option<&'a Shape> {
        let found = self.shapes.get(id).copied();
        if found.is_none() {
            let own = PRELUDE.iter().map(|(id, _)| *id);
            let known = self.shapes.keys().copied().chain(own);
            let known = known.map(|known| (local(known), known));
            let suggestion = match nearest(local(id), known) {
                Some(known) => Suggestion::Similar(known.to_owned()),
                None => Suggestion::None,
            };
            self.report
                .fault(path, Fault::unknown(Item::Shape, id, suggestion));
        }
        found
    }

    /// A reference in botocore's words. The shape is put on the list of those to be translated.
    pub(super) fn reference(&mut self, id: &'a str, path: &str) -> Option<botocore::Member> {
        let name = match of(PRELUDE, id).filter(|_| !self.shapes.contains_key(id)) {
            Some("structure") => local(id).to_owned(),
            Some(_) => id.to_owned(),
            None => self.name(id, path)?,
        };
        match self.named.get(&name) {
            None => {
                self.named.insert(name.clone(), id);
                self.open.push((name.clone(), id));
            }
            Some(&other) if other != id => {
                let names = [other.to_owned(), id.to_owned()];
                self.report.fault(path, NameFault::SameShape(names));
            }
            Some(_) => {}
        }
        Some(botocore::Member {
            shape: name,
            ..Default::default()
        })
    }

    /// What botocore would call a shape.
    fn name(&mut self, id: &'a str, path: &str) -> Option<String> {
        let shape = self.find(id, path)?;
        if OTHER_TYPES.contains(&shape.kind.as_str()) {
            let fault = Fault::wrong_type(id, shape.kind.as_str(), Expected::Data);
            self.report.fault(path, fault);
            return None;
        }
        if let Some(name) = crate::lower::find(self.rename, id) {
            return Some(name.clone());
        }
        // What becomes no Rust type of its own needs no name that is its alone.
        let is_type = ["structure", "union", "enum"].contains(&shape.kind.as_str())
            || crate::lower::find(&shape.traits, "smithy.api#enum").is_some();
        let name = match self.ambiguous.contains(local(id)) && !is_type {
            true => id,
            false => local(id),
        };
        Some(name.to_owned())
    }

    /// A shape in botocore's words.
    pub(super) fn shape(&mut self, name: &str, id: &'a str) -> botocore::Shape {
        let Some(shape) = self.shapes.get(id).copied() else {
            let kind = of(PRELUDE, id).unwrap_or("structure");
            return botocore::Shape {
                kind: of(TYPES, kind).unwrap_or(kind).to_owned(),
                document: kind == "document",
                ..Default::default()
            };
        };
        let traits = self.traits_of(id);
        let path = format!("shapes.{id}");
        let bounds: [Option<Bounds>; 2] =
            ["smithy.api#length", "smithy.api#range"].map(|name| self.get(&traits, name));
        let bounds = bounds.into_iter().flatten().next().unwrap_or_default();
        let (deprecated, deprecated_message) = self.deprecated(&traits);
        let mut lowered = botocore::Shape {
            kind: of(TYPES, &shape.kind).unwrap_or("structure").to_owned(),
            documentation: self.text(&traits, "smithy.api#documentation"),
            timestamp_format: self.timestamp_format(&traits, &path),
            min: bounds.min,
            max: bounds.max,
            pattern: self.get(&traits, "smithy.api#pattern"),
            sensitive: traits.has("smithy.api#sensitive"),
            document: shape.kind == "document",
            union: shape.kind == "union",
            deprecated,
            deprecated_message,
            ..Default::default()
        };
        match shape.kind.as_str() {
            "structure" | "union" => {
                self.error(&traits, id, &mut lowered);
                lowered.eventstream = traits.has("smithy.api#streaming");
                let members = self.members(id);
                let is_required = |part: &&Part<'_>| part.traits.has("smithy.api#required");
                let required = members.iter().filter(is_required);
                lowered.required = required.map(|part| part.name.to_owned()).collect();
                let members = members.into_iter();
                let members = members.map(|part| {
                    let member = self.member(part.member, &part.traits, &part.path);
                    (part.name.to_owned(), member)
                });
                lowered.members = Some(members.collect());
            }
            "list" | "set" => lowered.member = self.element(&shape.member, &path, "member"),
            "map" => {
                lowered.key = self.element(&shape.key, &path, "key");
                lowered.value = self.element(&shape.value, &path, "value");
            }
            "enum" => {
                let members = self.members(id);
                let values = members.into_iter().map(|part| {
                    let value = self.get(&part.traits, "smithy.api#enumValue");
                    let words = self.text(&part.traits, "smithy.api#documentation");
                    (value.unwrap_or_else(|| part.name.to_owned()), words)
                });
                let values = values.collect();
                self.values(name, values, &mut lowered);
            }
            "string" => {
                let values: Option<Vec<EnumDefinition>> = self.get(&traits, "smithy.api#enum");
                let values = values.unwrap_or_default().into_iter();
                let values = values.map(|it| (it.value, it.documentation)).collect();
                self.values(name, values, &mut lowered);
            }
            "blob" if traits.has("smithy.api#streaming") => {
                let path = format!("{path}.traits.smithy.api#streaming");
                let fault = Fault::UnsupportedTrait("smithy.api#streaming".to_owned());
                self.report.fault(path, fault);
            }
            _ => {}
        }
        lowered
    }

    fn values(&mut self, name: &str, values: Vec<(String, String)>, lowered: &mut botocore::Shape) {
        lowered.values = values.iter().map(|(value, _)| value.clone()).collect();
        let words = values.into_iter().filter(|(_, words)| !words.is_empty());
        let mut words = words.peekable();
        if words.peek().is_some() {
            self.words.push((name.to_owned(), words.collect()));
        }
    }

    fn error(&mut self, traits: &Traits<'a>, id: &str, lowered: &mut botocore::Shape) {
        let Some(side) = self.get::<String>(traits, "smithy.api#error") else {
            return;
        };
        if !["client", "server"].contains(&side.as_str()) {
            let suggestion = Suggestion::similar(&side, ["client", "server"]);
            let path = format!("shapes.{id}.traits.smithy.api#error");
            self.report
                .fault(path, Fault::unknown(Item::ErrorSide, &side, suggestion));
        }
        let retryable: Option<Retryable> = self.get(traits, "smithy.api#retryable");
        lowered.exception = true;
        // Another name in Rust changes nothing on the wire; a code does so where it is compatible.
        let code: Option<ErrorCode> = match self.query_compatible {
            true => self.get(traits, "aws.protocols#awsQueryError"),
            false => None,
        };
        let named = || ErrorCode {
            code: Some(local(id).to_owned()),
        };
        lowered.error = Some(code.unwrap_or_else(named));
        lowered.retryable = retryable.map(|it| botocore::Retryable {
            throttling: it.throttling,
        });
    }

    fn element(
        &mut self,
        member: &'a Option<Member>,
        path: &str,
        key: &str,
    ) -> Option<botocore::Member> {
        let member = member.as_ref()?;
        let path = format!("{path}.{key}");
        let traits = self.traits_of_element(&path, member);
        Some(self.member(member, &traits, &path))
    }

    fn member(&mut self, member: &'a Member, traits: &Traits<'a>, path: &str) -> botocore::Member {
        let target = format!("{path}.target");
        // A string stands in for what is not there, lest the faults that follow from it be told.
        let reference = self
            .reference(&member.target, &target)
            .or_else(|| self.reference("smithy.api#String", &target))
            .unwrap_or_default();
        let (deprecated, deprecated_message) = self.deprecated(traits);
        botocore::Member {
            documentation: self.text(traits, "smithy.api#documentation"),
            timestamp_format: self.timestamp_format(traits, path),
            idempotency_token: traits.has("smithy.api#idempotencyToken"),
            host_label: traits.has("smithy.api#hostLabel"),
            context_param: self.get(traits, "smithy.rules#contextParam"),
            deprecated,
            deprecated_message,
            ..reference
        }
    }

    fn timestamp_format(&mut self, traits: &Traits<'a>, path: &str) -> Option<String> {
        let format: String = self.get(traits, "smithy.api#timestampFormat")?;
        let theirs = of(TIMESTAMP_FORMATS, &format);
        if theirs.is_none() {
            let known = TIMESTAMP_FORMATS.iter().map(|(name, _)| *name);
            let suggestion = Suggestion::among(&format, known);
            let path = format!("{path}.traits.smithy.api#timestampFormat");
            let fault = Fault::unknown(Item::TimestampFormat, &format, suggestion);
            self.report.fault(path, fault);
        }
        theirs.map(str::to_owned)
    }
}
