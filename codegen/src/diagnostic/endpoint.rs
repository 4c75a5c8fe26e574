//! Faults of endpoint rules, of partitions, and of the parameters that operations set.

use std::fmt;

use super::Fault;

/// What is wrong with endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointFault {
    /// A static parameter is neither a string nor a boolean.
    StaticValue,
    /// A path to a parameter's value is not of a supported form.
    Path(String),
    /// The value of a parameter cannot be found in the input.
    Source(String),
    /// A rule does not have exactly one of `rules`, `endpoint` and `error`.
    Outcome,
    /// An endpoint has headers.
    Headers,
    /// An endpoint has no authentication scheme that is supported.
    AuthSchemes,
    /// A function has too few or too many arguments.
    ArgumentCount {
        /// The function.
        function: String,
        /// How many arguments it takes.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// Arguments of a function are of the wrong types.
    ArgumentTypes,
    /// A template or host prefix has an opening brace without a closing one.
    UnclosedBrace,
    /// A host prefix has a closing brace without an opening one.
    UnopenedBrace,
    /// The pattern of a partition's regions is not of the supported form.
    RegionPattern(String),
    /// The rules are given as a decision diagram only.
    DecisionDiagram,
    /// A value is in a place where it has no meaning.
    MisplacedValue,
    /// A string is used that may be absent.
    MaybeAbsent,
}

impl From<EndpointFault> for Fault {
    fn from(fault: EndpointFault) -> Self {
        Self::Endpoint(fault)
    }
}

impl fmt::Display for EndpointFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StaticValue => {
                f.write_str("the value is neither a string nor a boolean")
            }
            Self::Path(path) => write!(
                f,
                "unsupported path \"{path}\"; supported are A.B, keys(A.B), A[*].B and A[*].[B.C, D][]"
            ),
            Self::Source(name) => write!(
                f,
                "the value of the endpoint parameter \"{name}\" is not in the input; it is a boolean, a string or a list of strings there"
            ),
            Self::Outcome => {
                f.write_str("a rule has exactly one of rules, endpoint and error")
            }
            Self::Headers => f.write_str("headers of an endpoint are not supported"),
            Self::AuthSchemes => {
                f.write_str("the endpoint has no supported scheme; requests are signed by sigv4")
            }
            Self::ArgumentCount {
                function,
                expected,
                found,
            } => {
                let s = if *expected == 1 { "" } else { "s" };
                write!(f, "\"{function}\" takes {expected} argument{s}, found {found}")
            }
            Self::ArgumentTypes => {
                f.write_str("a function has arguments of other types than it takes")
            }
            Self::UnclosedBrace => f.write_str("a brace is not closed; write {Name}"),
            Self::UnopenedBrace => f.write_str("a `}` has no `{`; write {Name}"),
            Self::RegionPattern(pattern) => write!(
                f,
                r"unsupported pattern {pattern}; supported are patterns such as ^(us|eu)\-\w+\-\d+$: a prefix, a word and a number"
            ),
            Self::DecisionDiagram => f.write_str(
                "the endpoint rules are a decision diagram; add the trait smithy.rules#endpointRuleSet",
            ),
            Self::MisplacedValue => f.write_str(
                "the value has no meaning here; name a parameter, or a value that a condition assigns",
            ),
            Self::MaybeAbsent => f.write_str(
                "the string may be absent; test it with isSet in a condition before",
            ),
        }
    }
}
