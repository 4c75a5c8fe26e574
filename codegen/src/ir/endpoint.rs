//! Endpoint rules, and the partitions that they use.

use serde::{Deserialize, Serialize};

/// The rules that determine the endpoint of a request. The first rule whose conditions hold applies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EndpointRules {
    /// The path of the rules in the file of the model.
    pub path: String,
    /// The parameters.
    pub parameters: Vec<RuleParameter>,
    /// The rules in the order of evaluation.
    pub rules: Vec<Rule>,
    /// The partitions of AWS.
    pub partitions: Vec<Partition>,
}

/// A parameter of endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleParameter {
    /// The name, such as `UseFIPS`.
    pub name: String,
    /// The name of the value that all services have, such as `AWS::UseFIPS`.
    pub built_in: Option<String>,
    /// The type, and the value that the parameter has if it is not set.
    pub kind: ContextType,
    /// Whether it must have a value.
    pub required: bool,
    /// The documentation, in HTML or Markdown; may be empty.
    pub documentation: String,
}

/// An endpoint rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The conditions, all of which must hold.
    pub conditions: Vec<Condition>,
    /// The outcome if all conditions hold.
    pub then: Outcome,
}

/// The outcome of an endpoint rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// Nested rules. If none of them applies, no endpoint exists.
    Rules(Vec<Rule>),
    /// An endpoint.
    Endpoint(Box<RuleEndpoint>),
    /// An error with this message, a string.
    Error(RuleValue),
}

/// An endpoint that results from a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleEndpoint {
    /// The URL, a string.
    pub url: RuleValue,
    /// The service name for signatures, a string, if it differs from that of the service.
    pub signing_name: Option<RuleValue>,
    /// The region for signatures, a string, if it differs from that of the configuration.
    pub signing_region: Option<RuleValue>,
    /// Whether signatures cover the path as it is sent, instead of encoding it once more.
    pub single_encoding: bool,
    /// The headers of requests: their names and values, which are strings.
    pub headers: Vec<(String, RuleValue)>,
}

/// A condition: a value that must be true, or present.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The value.
    pub value: RuleValue,
    /// The name of the variable that the value is assigned to.
    pub assign: Option<String>,
}

/// A value in an endpoint rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RuleValue {
    /// `true` or `false`.
    Boolean(bool),
    /// An index into a string, or a number of parts.
    Integer(usize),
    /// A string that is concatenated from these parts.
    Template(Vec<RuleValue>),
    /// A string literal.
    Literal(String),
    /// A parameter that the configuration sets.
    Parameter(Parameter),
    /// A parameter that operations or the settings of the service set, and its type.
    Context(String, ContextType),
    /// A variable that a condition assigns.
    Variable(String),
    /// An attribute of a value, such as `PartitionResult#dnsSuffix` or `Arn#resourceId[0]`.
    Attribute(Box<RuleValue>, String),
    /// The result of a function.
    Call(RuleFunction, Vec<RuleValue>),
}

/// The type of a parameter that operations or the settings of the service set, and its default value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContextType {
    /// A boolean.
    Boolean(Option<bool>),
    /// A string.
    String(Option<String>),
    /// A list of strings.
    Strings,
}

/// A parameter of endpoint rules that is a setting of the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientParameter {
    /// The name, such as `ForcePathStyle`.
    pub name: String,
    /// Whether it is a boolean. Otherwise it is a string.
    pub is_boolean: bool,
    /// The documentation, in HTML or Markdown; may be empty.
    pub documentation: String,
}

/// A parameter of endpoint rules that the configuration sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Parameter {
    /// The region, if it is set.
    Region,
    /// Whether the endpoint must meet FIPS 140.
    UseFips,
    /// Whether the endpoint must have IPv4 and IPv6 addresses.
    UseDualStack,
    /// The URL that the user sets, if any.
    Endpoint,
    /// The account ID of the credentials, if they contain it.
    AccountId,
    /// Whether the host can or must contain the account ID: `preferred`, `disabled` or `required`.
    AccountIdEndpointMode,
    /// A parameter that the configuration does not support and that is never present.
    Nothing,
}

/// A function of the rule language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuleFunction {
    /// Whether a value is present.
    IsSet,
    /// Whether a condition does not hold.
    Not,
    /// Whether two booleans are equal.
    BooleanEquals,
    /// Whether two strings are equal.
    StringEquals,
    /// The partition of a region.
    Partition,
    /// The parts of an ARN.
    ParseArn,
    /// The parts of a URL.
    ParseUrl,
    /// Whether a string is a valid label of a host name.
    IsValidHostLabel,
    /// Whether a string is the name of a bucket that can be a part of a host name.
    IsVirtualHostableS3Bucket,
    /// The first value that is present.
    Coalesce,
    /// The second or the third value, depending on the first.
    Ite,
    /// The parts of a string between separators.
    Split,
    /// A substring.
    Substring,
    /// A string with percent-encoding.
    UriEncode,
}

/// A group of regions that share DNS suffixes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partition {
    /// The name, such as `aws-cn`.
    pub id: String,
    /// The suffix of host names.
    pub dns_suffix: String,
    /// The suffix of host names that have IPv4 and IPv6 addresses.
    pub dual_stack_dns_suffix: String,
    /// The region for signatures of services that are global in the partition.
    pub implicit_global_region: String,
    /// Whether the partition has endpoints that meet FIPS 140.
    pub supports_fips: bool,
    /// Whether the partition has endpoints with IPv4 and IPv6 addresses.
    pub supports_dual_stack: bool,
    /// The prefixes of the names of regions, before a suffix such as `-south-1`.
    pub region_prefixes: Vec<String>,
    /// The known regions.
    pub regions: Vec<String>,
}
