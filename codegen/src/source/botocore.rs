//! botocore's `service-2.json` and `paginators-1.json`, field by field.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Entries;
use super::rules::{ClientContext, MemberContext, OperationContext, StaticContext};

/// `service-2.json`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Model {
    pub(crate) metadata: Metadata,
    #[serde(default)]
    pub(crate) documentation: String,
    #[serde(default)]
    pub(crate) operations: Entries<Operation>,
    #[serde(default)]
    pub(crate) shapes: Entries<Shape>,
    #[serde(default)]
    pub(crate) client_context_params: Entries<ClientContext>,
}

/// The service as a whole.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Metadata {
    pub(crate) api_version: Option<String>,
    pub(crate) endpoint_prefix: Option<String>,
    pub(crate) json_version: Option<String>,
    pub(crate) protocol: Option<String>,
    #[serde(default)]
    pub(crate) protocols: Vec<String>,
    pub(crate) service_full_name: Option<String>,
    pub(crate) service_id: Option<String>,
    pub(crate) signing_name: Option<String>,
    pub(crate) signature_version: Option<String>,
    pub(crate) target_prefix: Option<String>,
    pub(crate) aws_query_compatible: Option<IgnoredAny>,
    #[serde(default)]
    pub(crate) auth: Vec<String>,
    pub(crate) xml_namespace: Option<XmlNamespace>,
}

/// An entry of `operations`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Operation {
    pub(crate) input: Option<Member>,
    pub(crate) output: Option<Member>,
    #[serde(default)]
    pub(crate) errors: Vec<Member>,
    #[serde(default)]
    pub(crate) documentation: String,
    pub(crate) endpoint: Option<Endpoint>,
    #[serde(default)]
    pub(crate) deprecated: bool,
    pub(crate) deprecated_message: Option<String>,
    pub(crate) http: Option<Http>,
    pub(crate) authtype: Option<String>,
    pub(crate) auth: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) unsigned_payload: bool,
    #[serde(default)]
    pub(crate) http_checksum_required: bool,
    pub(crate) http_checksum: Option<HttpChecksum>,
    pub(crate) requestcompression: Option<Compression>,
    pub(crate) endpointdiscovery: Option<EndpointDiscovery>,
    #[serde(default)]
    pub(crate) endpointoperation: bool,
    #[serde(default)]
    pub(crate) static_context_params: Entries<StaticContext>,
    #[serde(default)]
    pub(crate) operation_context_params: Entries<OperationContext>,
}

/// The HTTP request of an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Http {
    pub(crate) method: Option<String>,
    pub(crate) request_uri: Option<String>,
    pub(crate) response_code: Option<u16>,
}

/// The checksums of an operation.
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

/// An XML namespace: its URI, or an object with the URI.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a URI or an object with one")]
pub(crate) enum XmlNamespace {
    Uri(String),
    Full { uri: String, prefix: Option<String> },
}

/// The compression of large requests.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Compression {
    #[serde(default)]
    pub(crate) encodings: Vec<String>,
}

/// Endpoint discovery: another operation returns the endpoint of this operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct EndpointDiscovery {
    #[serde(default)]
    pub(crate) required: bool,
}

/// The prefix of the host for an operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Endpoint {
    pub(crate) host_prefix: Option<String>,
}

/// A reference to a shape, with additional properties.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Member {
    pub(crate) shape: String,
    #[serde(default)]
    pub(crate) documentation: String,
    pub(crate) location: Option<String>,
    pub(crate) location_name: Option<String>,
    pub(crate) query_name: Option<String>,
    #[serde(default)]
    pub(crate) flattened: bool,
    #[serde(default)]
    pub(crate) xml_attribute: bool,
    pub(crate) xml_namespace: Option<XmlNamespace>,
    #[serde(default)]
    pub(crate) jsonvalue: bool,
    #[serde(default)]
    pub(crate) eventheader: bool,
    #[serde(default)]
    pub(crate) eventpayload: bool,
    #[serde(default)]
    pub(crate) streaming: bool,
    pub(crate) timestamp_format: Option<String>,
    #[serde(default)]
    pub(crate) idempotency_token: bool,
    #[serde(default)]
    pub(crate) host_label: bool,
    pub(crate) context_param: Option<MemberContext>,
    #[serde(default)]
    pub(crate) deprecated: bool,
    pub(crate) deprecated_message: Option<String>,
}

/// An entry of `shapes`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) documentation: String,
    pub(crate) members: Option<Entries<Member>>,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    pub(crate) member: Option<Member>,
    pub(crate) key: Option<Member>,
    pub(crate) value: Option<Member>,
    pub(crate) payload: Option<String>,
    pub(crate) location_name: Option<String>,
    #[serde(default)]
    pub(crate) flattened: bool,
    pub(crate) xml_namespace: Option<XmlNamespace>,
    #[serde(default)]
    pub(crate) streaming: bool,
    #[serde(default)]
    pub(crate) requires_length: bool,
    #[serde(default)]
    pub(crate) jsonvalue: bool,
    #[serde(default, rename = "enum", deserialize_with = "super::some")]
    pub(crate) values: Option<Vec<String>>,
    pub(crate) timestamp_format: Option<String>,
    pub(crate) min: Option<serde_json::Number>,
    pub(crate) max: Option<serde_json::Number>,
    pub(crate) pattern: Option<String>,
    #[serde(default)]
    pub(crate) exception: bool,
    pub(crate) error: Option<ErrorCode>,
    /// Whether the service causes the error, and not the client.
    #[serde(default)]
    pub(crate) fault: bool,
    pub(crate) retryable: Option<Retryable>,
    #[serde(default)]
    pub(crate) union: bool,
    #[serde(default)]
    pub(crate) document: bool,
    #[serde(default)]
    pub(crate) eventstream: bool,
    #[serde(default)]
    pub(crate) sensitive: bool,
    #[serde(default)]
    pub(crate) sparse: bool,
    #[serde(default)]
    pub(crate) deprecated: bool,
    pub(crate) deprecated_message: Option<String>,
}

/// The code of an error on the wire, if it differs from the name of the shape.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct ErrorCode {
    pub(crate) code: Option<String>,
}

/// The reason why a client may retry a request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Retryable {
    #[serde(default)]
    pub(crate) throttling: bool,
}

/// `paginators-1.json`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Paginators {
    #[serde(default)]
    pub(crate) pagination: Entries<Paginator>,
}

/// The pagination of an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Paginator {
    pub(crate) input_token: OneOrMany,
    pub(crate) output_token: OneOrMany,
    pub(crate) result_key: Option<OneOrMany>,
    pub(crate) limit_key: Option<String>,
}

/// The name of a member, or several names.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a name or a list of names")]
pub(crate) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}
