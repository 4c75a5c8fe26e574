//! Smithy's JSON AST, field by field.

use serde::Deserialize;
use serde_json::Value;

use super::Entries;

/// A file of the AST.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Model {
    pub(crate) smithy: String,
    pub(crate) shapes: Entries<Shape>,
}

/// An entry of `shapes`: a type, an operation, a resource, the service, or traits for another shape.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) traits: Entries<Value>,
    #[serde(default)]
    pub(crate) mixins: Vec<Target>,

    #[serde(default)]
    pub(crate) members: Entries<Member>,
    pub(crate) member: Option<Member>,
    pub(crate) key: Option<Member>,
    pub(crate) value: Option<Member>,

    pub(crate) input: Option<Target>,
    pub(crate) output: Option<Target>,
    #[serde(default)]
    pub(crate) errors: Vec<Target>,

    pub(crate) version: Option<String>,
    #[serde(default)]
    pub(crate) rename: Entries<String>,
    #[serde(default)]
    pub(crate) operations: Vec<Target>,
    #[serde(default)]
    pub(crate) resources: Vec<Target>,

    pub(crate) create: Option<Target>,
    pub(crate) put: Option<Target>,
    pub(crate) read: Option<Target>,
    pub(crate) update: Option<Target>,
    pub(crate) delete: Option<Target>,
    pub(crate) list: Option<Target>,
    #[serde(default)]
    pub(crate) collection_operations: Vec<Target>,
}

/// A reference to a shape, with additional traits.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Member {
    pub(crate) target: String,
    #[serde(default)]
    pub(crate) traits: Entries<Value>,
}

/// A reference to a shape.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Target {
    pub(crate) target: String,
}

/// `aws.api#service`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct ServiceTrait {
    pub(crate) sdk_id: Option<String>,
    pub(crate) arn_namespace: Option<String>,
    pub(crate) endpoint_prefix: Option<String>,
}

/// `aws.auth#sigv4`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Sigv4 {
    pub(crate) name: String,
}

/// `smithy.api#paginated`, of a service or an operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Paginated {
    pub(crate) input_token: Option<String>,
    pub(crate) output_token: Option<String>,
    pub(crate) items: Option<String>,
    pub(crate) page_size: Option<String>,
}

/// `smithy.api#endpoint`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Endpoint {
    pub(crate) host_prefix: String,
}

/// `smithy.api#deprecated`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Deprecated {
    pub(crate) message: Option<String>,
}

/// An element of `smithy.api#enum`, on a string.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct EnumDefinition {
    pub(crate) value: String,
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) documentation: String,
}

/// `smithy.api#length` and `smithy.api#range`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Bounds {
    pub(crate) min: Option<serde_json::Number>,
    pub(crate) max: Option<serde_json::Number>,
}

/// `smithy.api#retryable`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Retryable {
    #[serde(default)]
    pub(crate) throttling: bool,
}

/// `aws.protocols#awsQueryError`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct ErrorCode {
    pub(crate) code: String,
}

/// `smithy.api#http`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Http {
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) code: Option<u16>,
}

/// `aws.protocols#httpChecksum`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct HttpChecksum {
    #[serde(default)]
    pub(crate) request_checksum_required: bool,
    pub(crate) request_algorithm_member: Option<String>,
    pub(crate) request_validation_mode_member: Option<String>,
    #[serde(default)]
    pub(crate) response_algorithms: Vec<String>,
}

/// `smithy.api#requestCompression`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct RequestCompression {
    #[serde(default)]
    pub(crate) encodings: Vec<String>,
}

/// `aws.api#clientDiscoveredEndpoint`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Discovery {
    #[serde(default)]
    pub(crate) required: bool,
}

/// `aws.api#clientEndpointDiscovery`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct EndpointOperation {
    pub(crate) operation: String,
}

/// `smithy.api#xmlNamespace`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct XmlNamespace {
    pub(crate) uri: String,
    pub(crate) prefix: Option<String>,
}

/// An entry of `smithy.waiters#waitable`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Waitable {
    #[serde(default)]
    pub(crate) documentation: String,
    pub(crate) acceptors: Vec<Acceptor>,
    pub(crate) min_delay: Option<u32>,
    pub(crate) max_delay: Option<u32>,
}

/// The meaning of a response for a waiter.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Acceptor {
    pub(crate) state: String,
    pub(crate) matcher: Matcher,
}

/// The condition of an acceptor on a response.
///
/// It has exactly one key.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub(crate) struct Matcher {
    pub(crate) success: Option<bool>,
    pub(crate) error_type: Option<String>,
    pub(crate) output: Option<OutputMatcher>,
    pub(crate) input_output: Option<serde::de::IgnoredAny>,
}

/// The comparison of a value of the output.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct OutputMatcher {
    pub(crate) path: String,
    pub(crate) expected: String,
    pub(crate) comparator: Comparator,
}

/// A kind of comparison.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) enum Comparator {
    #[serde(rename = "stringEquals")]
    String,
    #[serde(rename = "booleanEquals")]
    Boolean,
    #[serde(rename = "allStringEquals")]
    AllStrings,
    #[serde(rename = "anyStringEquals")]
    AnyString,
}
