//! Lowers members of structures and unions.

use serde_json::Value;

use super::Lower;
use super::traits::{Part, Traits};
use crate::diagnostic::{Expected, Fault};
use crate::ir::{self, Binding, EventPlace, Location, TimestampFormat};
use crate::lower::values;
use crate::source::smithy::Member;

const TIMESTAMP_FORMATS: [(&str, TimestampFormat); 3] = [
    ("date-time", TimestampFormat::DateTime),
    ("epoch-seconds", TimestampFormat::EpochSeconds),
    ("http-date", TimestampFormat::HttpDate),
];

impl<'a> Lower<'a> {
    /// Lowers the members of a structure or union.
    pub(super) fn lowered_members(&mut self, id: &'a str) -> Vec<ir::Member> {
        let parts = self.members(id).into_iter();
        parts.map(|part| self.member(&part)).collect()
    }

    fn member(&mut self, part: &Part<'a>) -> ir::Member {
        let (traits, path) = (&part.traits, &part.path);
        let shape = self.target(part.member, path).unwrap_or_default();
        let idempotency_token = traits.has("smithy.api#idempotencyToken");
        let target = part.member.target.as_str();
        if idempotency_token {
            self.check_token(target, format!("{path}.traits.smithy.api#idempotencyToken"));
        }
        let default = self.default(traits, target);
        ir::Member {
            name: part.name.to_owned(),
            model_name: part.name.to_owned(),
            binding: self.binding(part),
            shape,
            documentation: self.string_trait(traits, "smithy.api#documentation"),
            required: traits.has("smithy.api#required"),
            client_optional: traits.has("smithy.api#clientOptional"),
            default: default.filter(|value| !value.is_null()),
            added_default: traits.has("smithy.api#addedDefault"),
            client_default: None,
            trimmed_prefixes: Vec::new(),
            lenient: false,
            boxed: false,
            idempotency_token,
            host_label: traits.has("smithy.api#hostLabel"),
            timestamp_format: self.timestamp_format(traits, path),
            deprecated: self.deprecated(traits),
            path: path.clone(),
        }
    }

    /// Reports an idempotency token that is not a string, which includes enums.
    fn check_token(&mut self, target: &'a str, path: String) {
        let is_enum =
            self.shapes.contains_key(target) && self.traits_of(target).has("smithy.api#enum");
        let kind = if is_enum {
            "enum"
        } else {
            self.type_of(target)
        };
        if kind != "string" {
            let fault = Fault::wrong_type(target, kind, Expected::IdempotencyToken);
            self.report.fault(path, fault);
        }
    }

    /// Returns the default value in the traits of a shape or member, and checks it for the type of the shape `target`.
    pub(super) fn default(&mut self, traits: &Traits<'a>, target: &str) -> Option<Value> {
        let (path, value) = traits.find("smithy.api#default")?;
        // A member without the default of its shape has the default null.
        if !value.is_null() {
            let kind = self.type_of(target).to_owned();
            values::check_default(&path, &kind, value, &mut self.report);
        }
        Some(value.clone())
    }

    /// Resolves the target of a member. An unknown target is replaced by a string, so that it causes no further
    /// faults.
    pub(super) fn target(&mut self, member: &'a Member, path: &str) -> Option<ir::ShapeId> {
        let path = format!("{path}.target");
        self.reference(&member.target, &path)
            .or_else(|| self.reference("smithy.api#String", &path))
    }

    fn binding(&mut self, part: &Part<'a>) -> Binding {
        let traits = &part.traits;
        let target = part.member.target.as_str();
        let media_type: Option<String> = match self.shapes.contains_key(target) {
            true => {
                let of_target = self.traits_of(target);
                self.get(&of_target, "smithy.api#mediaType")
            }
            false => None,
        };
        Binding {
            location: self.location(part),
            json_name: self.get(traits, "smithy.api#jsonName"),
            xml_name: self.get(traits, "smithy.api#xmlName"),
            xml_attribute: traits.has("smithy.api#xmlAttribute"),
            flattened: traits.has("smithy.api#xmlFlattened"),
            xml_namespace: self
                .get(traits, "smithy.api#xmlNamespace")
                .map(super::service::xml_namespace),
            query_name: self.get(traits, "aws.protocols#ec2QueryName"),
            media_type,
            event: match () {
                () if traits.has("smithy.api#eventHeader") => Some(EventPlace::Header),
                () if traits.has("smithy.api#eventPayload") => Some(EventPlace::Payload),
                () => None,
            },
        }
    }

    fn location(&mut self, part: &Part<'a>) -> Location {
        let traits = &part.traits;
        if let Some(name) = self.get(traits, "smithy.api#httpHeader") {
            return Location::Header(name);
        }
        if let Some(prefix) = self.get(traits, "smithy.api#httpPrefixHeaders") {
            return Location::PrefixHeaders(prefix);
        }
        if let Some(name) = self.get(traits, "smithy.api#httpQuery") {
            return Location::Query(name);
        }
        match () {
            () if traits.has("smithy.api#httpQueryParams") => Location::QueryParams,
            () if traits.has("smithy.api#httpLabel") => Location::Label(part.name.to_owned()),
            () if traits.has("smithy.api#httpPayload") => Location::Payload,
            () if traits.has("smithy.api#httpResponseCode") => Location::StatusCode,
            () => Location::Body,
        }
    }

    pub(super) fn timestamp_format(
        &mut self,
        traits: &Traits<'a>,
        path: &str,
    ) -> Option<TimestampFormat> {
        let format: String = self.get(traits, "smithy.api#timestampFormat")?;
        let path = format!("{path}.traits.smithy.api#timestampFormat");
        values::timestamp_format(path, &format, TIMESTAMP_FORMATS, &mut self.report)
    }
}
