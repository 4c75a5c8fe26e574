//! `endpoint-rule-set-1.json` and `partitions.json`, and the parameters of rules that operations set.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Entries;

/// A parameter of endpoint rules that has a constant value for an operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct StaticContext {
    pub(crate) value: serde_json::Value,
}

/// A parameter of endpoint rules whose value is at a path in the input.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct OperationContext {
    pub(crate) path: String,
}

/// A parameter of endpoint rules that is a setting of the client.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct ClientContext {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) documentation: String,
}

/// A parameter of endpoint rules whose value is a member of the input.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct MemberContext {
    pub(crate) name: String,
}

/// `endpoint-rule-set-1.json`.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct RuleSet {
    #[serde(default)]
    pub(crate) parameters: Entries<RuleParameter>,
    pub(crate) rules: Vec<Rule>,
}

/// A parameter of a rule set.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct RuleParameter {
    pub(crate) built_in: Option<String>,
    pub(crate) default: Option<serde_json::Value>,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) documentation: String,
}

/// A rule: conditions, and nested rules, an endpoint or an error for the case that all of them hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Rule {
    #[serde(default)]
    pub(crate) conditions: Vec<Function>,
    pub(crate) rules: Option<Vec<Rule>>,
    pub(crate) endpoint: Option<RuleEndpoint>,
    pub(crate) error: Option<Value>,
}

/// The endpoint that results from a rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct RuleEndpoint {
    pub(crate) url: Value,
    #[serde(default)]
    pub(crate) properties: RuleProperties,
    #[serde(default)]
    pub(crate) headers: Entries<Vec<Value>>,
}

/// The properties of an endpoint.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct RuleProperties {
    #[serde(default)]
    pub(crate) auth_schemes: Vec<RuleAuthScheme>,
}

/// An authentication scheme of an endpoint.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(crate) struct RuleAuthScheme {
    pub(crate) name: String,
    pub(crate) signing_name: Option<Value>,
    pub(crate) signing_region: Option<Value>,
    #[serde(default)]
    pub(crate) disable_double_encoding: bool,
}

/// A call of a function of the rule language. The result can be assigned to a name.
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

/// The attributes of a partition that rules can use.
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
