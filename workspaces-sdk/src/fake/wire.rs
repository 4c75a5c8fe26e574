//! The protocols that the offline service answers: awsJson 1.1, and rpcv2Cbor, which clients with a newer model use.
//!
//! The service itself reads and writes JSON. A message in CBOR is converted.

use aws_smithy_types::{DateTime, Document, Number};
use lean_aws_runtime::codegen::Service as _;
use lean_aws_runtime::codegen::cbor::{self, Encode, Encoder};
use lean_aws_runtime::codegen::{AwsJson1_1, json};

use super::Fake;
use super::service::Response;
use crate::service::ThisService;

/// The members that are timestamps, which JSON does not distinguish from other numbers.
const TIMESTAMPS: &[&str] = &[
    "ConnectionStateCheckTimestamp",
    "Created",
    "CreatedAt",
    "CreationTime",
    "ExpirationTime",
    "LastKnownUserConnectionTimestamp",
    "LastUpdatedTime",
    "RecoverySnapshotTime",
    "SnapshotTime",
    "StartTime",
];

/// The namespace of the names of errors in rpcv2Cbor.
const NAMESPACE: &str = "com.amazonaws.workspaces#";

/// The headers that a response has in addition to the request id: their names and values.
pub(super) type Headers = &'static [(&'static str, &'static str)];

const JSON: Headers = &[("content-type", AwsJson1_1::CONTENT_TYPE)];
const CBOR: Headers = &[
    ("content-type", "application/cbor"),
    ("smithy-protocol", "rpc-v2-cbor"),
];

/// A request: what names its protocol and its operation, and its body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request<'a> {
    pub(super) path: &'a str,
    /// The header `X-Amz-Target` of awsJson.
    pub(super) target: Option<&'a str>,
    /// The header `Smithy-Protocol` of rpcv2Cbor.
    pub(super) protocol: Option<&'a str>,
    pub(super) body: &'a [u8],
}

impl Fake {
    /// Handles a request in the protocol of its headers, which is awsJson unless they name rpcv2Cbor.
    pub(super) fn respond(&self, request: &Request<'_>) -> (Response, Headers) {
        if request.protocol != Some("rpc-v2-cbor") {
            let target = request.target.unwrap_or_default();
            return (self.handle(target, Ok(request.body)), JSON);
        }
        let input = cbor::decode::<Document>(request.body);
        let body = input.map(|input| json::encode(&input));
        let body = body.as_deref().map_err(Clone::clone);
        let mut response = self.handle(&target(request), body);
        let output = json::decode(&response.body).unwrap_or_default();
        response.body = cbor::encode(&Value {
            value: &output,
            member: "",
        });
        (response, CBOR)
    }
}

/// Returns the target of the operation that the end of the path names. A request with a target in a header is malformed.
fn target(request: &Request<'_>) -> String {
    let service = ThisService::METADATA.target_prefix;
    let mut segments = request.path.rsplit('/');
    let mut next = || segments.next().unwrap_or_default();
    let (operation, operations, name, services) = (next(), next(), next(), next());
    let is_service = name == service
        || name
            .strip_suffix(service)
            .is_some_and(|it| it.ends_with('.'));
    match request.target {
        None if is_service && operations == "operation" && services == "service" => {
            format!("{service}.{operation}")
        }
        _ => request.path.to_owned(),
    }
}

/// A value of a response, and the member that it is the value of.
struct Value<'a> {
    value: &'a Document,
    member: &'a str,
}

impl Encode for Value<'_> {
    fn encode(&self, out: &mut Encoder) {
        match self.value {
            Document::Object(members) => {
                let mut object = out.object();
                for (member, value) in members {
                    Value { value, member }.encode(object.name(member));
                }
                object.end();
            }
            Document::Array(elements) => {
                let element = |value| Value { value, member: "" };
                out.list(&elements.iter().map(element).collect::<Vec<_>>());
            }
            Document::Number(number) if TIMESTAMPS.contains(&self.member) => {
                out.timestamp(&date_time(*number));
            }
            Document::String(name) if self.member == "__type" => {
                out.string(&[NAMESPACE, name].concat());
            }
            other => other.encode(out),
        }
    }
}

fn date_time(seconds: Number) -> DateTime {
    match seconds {
        Number::PosInt(seconds) => DateTime::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)),
        Number::NegInt(seconds) => DateTime::from_secs(seconds),
        Number::Float(seconds) => DateTime::from_secs_f64(seconds),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn timestamps_are_known_by_their_names() {
        // Relative to the folder of the package, in which Cargo runs tests.
        let model = "../models/workspaces/2015-04-08/service-2.json";
        let model: serde_json::Value =
            serde_json::from_slice(&std::fs::read(model).unwrap()).unwrap();
        let shapes = model["shapes"].as_object().unwrap();
        let kind = |id: &serde_json::Value| shapes[id.as_str().unwrap()]["type"].as_str().unwrap();
        let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for shape in shapes.values() {
            for (name, member) in shape["members"].as_object().into_iter().flatten() {
                kinds
                    .entry(name)
                    .or_default()
                    .insert(kind(&member["shape"]));
            }
            for place in ["member", "value"] {
                let inner = &shape[place]["shape"];
                assert!(
                    inner.is_null() || kind(inner) != "timestamp",
                    "{inner} in {shape}"
                );
            }
        }
        let timestamps = kinds
            .iter()
            .filter(|(_, kinds)| kinds.contains("timestamp"));
        let timestamps: Vec<_> = timestamps.collect();
        let names: Vec<&str> = timestamps.iter().map(|(name, _)| **name).collect();
        assert_eq!(names, TIMESTAMPS);
        // The name is enough if no member of another type has it.
        assert!(
            timestamps.iter().all(|(_, kinds)| kinds.len() == 1),
            "{timestamps:?}"
        );
    }

    #[test]
    fn the_path_names_the_operation() {
        let target = |path, target| {
            super::target(&Request {
                path,
                target,
                protocol: None,
                body: b"",
            })
        };
        let found = "WorkspacesService.DescribeTags";
        for path in [
            "/service/WorkspacesService/operation/DescribeTags",
            "/v1/service/WorkspacesService/operation/DescribeTags",
            "/service/com.amazonaws.workspaces.WorkspacesService/operation/DescribeTags",
        ] {
            assert_eq!(target(path, None), found);
            assert_eq!(target(path, Some(found)), path);
        }
        for path in [
            "/",
            "",
            "/service/WorkspacesService/operation",
            "/service/OtherWorkspacesService/operation/DescribeTags",
            "/services/WorkspacesService/operation/DescribeTags",
            "/service/WorkspacesService/operations/DescribeTags",
        ] {
            assert_eq!(target(path, None), path);
        }
    }
}
