//! botocore's `service-2.json`, `paginators-1.json` and `waiters-2.json`, field by field.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Entries;

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
    pub(crate) client_context_params: Entries<IgnoredAny>,
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
    pub(crate) target_prefix: Option<String>,
    pub(crate) aws_query_compatible: Option<IgnoredAny>,
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
    pub(crate) authtype: Option<String>,
    pub(crate) requestcompression: Option<Compression>,
    pub(crate) endpointdiscovery: Option<EndpointDiscovery>,
    #[serde(default)]
    pub(crate) static_context_params: Entries<StaticContext>,
    #[serde(default)]
    pub(crate) operation_context_params: Entries<OperationContext>,
}

/// How large requests may be compressed.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Compression {
    #[serde(default)]
    pub(crate) encodings: Vec<String>,
}

/// That the service tells where an operation is to be sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct EndpointDiscovery {
    #[serde(default)]
    pub(crate) required: bool,
}

/// A parameter of endpoint rules that has one value for an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct StaticContext {
    pub(crate) value: serde_json::Value,
}

/// A parameter of endpoint rules whose value a path through the input leads to.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct OperationContext {
    pub(crate) path: String,
}

/// A parameter of endpoint rules whose value is that of a member.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct MemberContext {
    pub(crate) name: String,
}

/// The part of the host that belongs to one operation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Endpoint {
    pub(crate) host_prefix: Option<String>,
}

/// A reference to a shape, with what is said of it in this place.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Member {
    pub(crate) shape: String,
    #[serde(default)]
    pub(crate) documentation: String,
    pub(crate) location_name: Option<String>,
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
    #[serde(default, rename = "enum")]
    pub(crate) values: Vec<String>,
    pub(crate) timestamp_format: Option<String>,
    pub(crate) min: Option<serde_json::Number>,
    pub(crate) max: Option<serde_json::Number>,
    pub(crate) pattern: Option<String>,
    #[serde(default)]
    pub(crate) exception: bool,
    pub(crate) error: Option<ErrorCode>,
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
    pub(crate) deprecated: bool,
    pub(crate) deprecated_message: Option<String>,
}

/// How an error is named on the wire, where that is not the shape's name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct ErrorCode {
    pub(crate) code: Option<String>,
}

/// Whether and why a client may send the request again.
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

/// How one operation pages.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Paginator {
    pub(crate) input_token: OneOrMany,
    pub(crate) output_token: OneOrMany,
    pub(crate) result_key: Option<OneOrMany>,
    pub(crate) limit_key: Option<String>,
}

/// A member's name or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a name or a list of names")]
pub(crate) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// `waiters-2.json`, to which `polls` is added; botocore ignores what it does not know.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Waiters {
    #[serde(default)]
    pub(crate) waiters: Entries<Waiter>,
    /// By operation: how waiters ask it.
    #[serde(default)]
    pub(crate) polls: Entries<Poll>,
}

/// What can be waited for.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Waiter {
    #[serde(default)]
    pub(crate) description: String,
    pub(crate) operation: String,
    pub(crate) delay: u32,
    /// Ours: the longest wait between two polls.
    pub(crate) max_delay: Option<u32>,
    /// Ours: what it means when something that was asked for is not listed.
    pub(crate) absent: Option<String>,
    /// Ours: the operations behind whose calls one waits for it.
    #[serde(default)]
    pub(crate) after: Vec<String>,
    pub(crate) acceptors: Vec<Acceptor>,
}

/// What an answer means for a wait.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Acceptor {
    pub(crate) state: String,
    pub(crate) matcher: String,
    pub(crate) argument: Option<String>,
    pub(crate) expected: serde_json::Value,
}

/// How an operation is asked again and again; ours.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub(crate) struct Poll {
    /// The input's list of what is asked for.
    pub(crate) ids: Option<String>,
    /// The same in the output, an expression.
    pub(crate) listed: Option<String>,
    pub(crate) per_second: Option<u32>,
    pub(crate) burst: Option<u32>,
}

/// Words for enum values, which botocore's format has no place for: `enum-docs.json`, ours.
pub(crate) type EnumDocs = Entries<Entries<String>>;

/// What the interface of the official Rust crate has different from what the model tells: `rust.json`, ours.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Rust {
    /// By enum and value: the name of the value, where it is not formed from the value.
    #[serde(default)]
    pub(crate) variants: Entries<Entries<String>>,
    /// By structure: the required members that may be absent all the same.
    #[serde(default)]
    pub(crate) optional: Entries<Vec<String>>,
    /// Whether the crate answers requests itself, offline, and so needs the constraints on inputs.
    #[serde(default)]
    pub(crate) offline: bool,
    /// What the examples of operations set, where the model cannot tell.
    #[serde(default)]
    pub(crate) examples: Examples,
}

/// What the examples of operations set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
pub(crate) struct Examples {
    /// By shape, or by structure and member as `Tag.Key`: the value; of a list, that of its element.
    pub(crate) values: Entries<String>,
    /// By structure: the members that are set although they are not required.
    pub(crate) members: Entries<Vec<String>>,
}

/// `endpoint-rule-set-1.json`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct RuleSet {
    #[serde(default)]
    pub(crate) parameters: Entries<RuleParameter>,
    pub(crate) rules: Vec<Rule>,
}

/// What a rule set decides by.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct RuleParameter {
    pub(crate) built_in: Option<String>,
    pub(crate) default: Option<serde_json::Value>,
    #[serde(rename = "type")]
    pub(crate) kind: String,
}

/// A rule: what must hold, and then more rules, an endpoint or an error.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Rule {
    #[serde(default)]
    pub(crate) conditions: Vec<Function>,
    pub(crate) rules: Option<Vec<Rule>>,
    pub(crate) endpoint: Option<RuleEndpoint>,
    pub(crate) error: Option<Value>,
}

/// The endpoint that a rule leads to.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct RuleEndpoint {
    pub(crate) url: Value,
    #[serde(default)]
    pub(crate) properties: RuleProperties,
    #[serde(default)]
    pub(crate) headers: Entries<serde_json::Value>,
}

/// What an endpoint says beside its URL.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct RuleProperties {
    #[serde(default)]
    pub(crate) auth_schemes: Vec<RuleAuthScheme>,
}

/// How requests to an endpoint are signed, where not as usual.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct RuleAuthScheme {
    pub(crate) name: String,
    pub(crate) signing_name: Option<String>,
    pub(crate) signing_region: Option<Value>,
}

/// A call of a function of the rule language, whose result may get a name.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Function {
    #[serde(rename = "fn")]
    pub(crate) name: String,
    pub(crate) argv: Vec<Value>,
    pub(crate) assign: Option<String>,
}

/// A value of the rule language.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a string, true, false, a position, {\"ref\": ...} or {\"fn\": ..., \"argv\": [...]}"
)]
pub(crate) enum Value {
    Boolean(bool),
    Integer(usize),
    Template(String),
    Reference {
        #[serde(rename = "ref")]
        name: String,
    },
    Function(Function),
}

/// `partitions.json`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Partitions {
    pub(crate) partitions: Vec<Partition>,
}

/// A group of regions that share DNS suffixes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct Partition {
    pub(crate) id: String,
    pub(crate) region_regex: String,
    #[serde(default)]
    pub(crate) regions: Entries<IgnoredAny>,
    pub(crate) outputs: PartitionOutputs,
}

/// What rules may ask of a partition.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct PartitionOutputs {
    pub(crate) dns_suffix: String,
    pub(crate) dual_stack_dns_suffix: String,
    pub(crate) implicit_global_region: String,
    pub(crate) supports_dual_stack: bool,
    #[serde(rename = "supportsFIPS")]
    pub(crate) supports_fips: bool,
}
