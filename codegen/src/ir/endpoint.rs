//! How the address of a service is found: its endpoint rule set, and the partitions that it asks for.

use serde::{Deserialize, Serialize};

/// From a configuration to an endpoint: the first rule whose conditions hold decides.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EndpointRules {
    /// The path of the rules in the model's file.
    pub path: String,
    /// The rules in the order in which they are tried.
    pub rules: Vec<Rule>,
    /// The partitions of AWS.
    pub partitions: Vec<Partition>,
}

/// An endpoint rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// What must hold, all of it.
    pub conditions: Vec<Condition>,
    /// Where the rule leads.
    pub then: Outcome,
}

/// Where an endpoint rule leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// To more rules; if none of them holds, there is no endpoint.
    Rules(Vec<Rule>),
    /// To an endpoint.
    Endpoint {
        /// Its URL, a text.
        url: RuleValue,
        /// The name that requests are signed for, where it is not the service's.
        signing_name: Option<String>,
        /// The region that requests are signed for, a text, where it is not the configuration's.
        signing_region: Option<RuleValue>,
    },
    /// To an error with this message, a text.
    Error(RuleValue),
}

/// Something that must hold, or be there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// What is asked.
    pub value: RuleValue,
    /// The name that the value has from here on.
    pub assign: Option<String>,
}

/// A value in an endpoint rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RuleValue {
    /// `true` or `false`.
    Boolean(bool),
    /// A position in a text.
    Integer(usize),
    /// A text of pieces, put together.
    Text(Vec<RuleValue>),
    /// A piece of text as it is.
    Literal(String),
    /// What the configuration says.
    Parameter(Parameter),
    /// What the operation says, by its name.
    Context(String, ContextType),
    /// A value that a condition named.
    Variable(String),
    /// A part of a value: `PartitionResult#dnsSuffix`, `Arn#resourceId[0]`.
    Attribute(Box<RuleValue>, String),
    /// What a function gives.
    Call(RuleFunction, Vec<RuleValue>),
}

/// The types of what an operation says to endpoint rules, and what holds where it says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContextType {
    /// `true` or `false`.
    Boolean(Option<bool>),
    /// A text.
    Text(Option<String>),
    /// Several texts.
    Texts,
}

/// What the configuration says to endpoint rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Parameter {
    /// The region, if one is set.
    Region,
    /// Whether the endpoint must meet FIPS 140.
    UseFips,
    /// Whether the endpoint must have IPv4 and IPv6 addresses.
    UseDualStack,
    /// The URL that the user wants, if any.
    Endpoint,
    /// The account that the credentials belong to, if they tell.
    AccountId,
    /// Whether the host may or must name the account: `preferred`, `disabled` or `required`.
    AccountIdEndpointMode,
    /// Something that no configuration sets: never there.
    Nothing,
}

/// The functions of the rule language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuleFunction {
    /// Whether a value is there.
    IsSet,
    /// Whether a condition does not hold.
    Not,
    /// Whether two booleans are the same.
    BooleanEquals,
    /// Whether two texts are the same.
    StringEquals,
    /// The partition of a region.
    Partition,
    /// The parts of an ARN.
    ParseArn,
    /// The parts of a URL.
    ParseUrl,
    /// Whether a text can be a part of a host name.
    IsValidHostLabel,
    /// A piece of a text.
    Substring,
    /// A text as it may stand in a URL.
    UriEncode,
}

/// A group of regions that share DNS suffixes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partition {
    /// Its name, as `aws-cn`.
    pub id: String,
    /// The suffix of its host names.
    pub dns_suffix: String,
    /// The suffix of its host names that have IPv4 and IPv6 addresses.
    pub dual_stack_dns_suffix: String,
    /// The region that stands for it where a service is global.
    pub implicit_global_region: String,
    /// Whether it has endpoints that meet FIPS 140.
    pub supports_fips: bool,
    /// Whether it has endpoints with IPv4 and IPv6 addresses.
    pub supports_dual_stack: bool,
    /// What the names of its regions start with, before `-south-1` and the like.
    pub region_prefixes: Vec<String>,
    /// The regions it is known to have.
    pub regions: Vec<String>,
}
