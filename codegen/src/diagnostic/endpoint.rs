//! Faults of endpoint rules, partitions, and the parameters that operations set.

use std::fmt;

use super::Fault;

/// A fault of endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointFault {
    /// A static parameter is neither a string nor a boolean.
    StaticValue,
    /// The path to the value of a parameter is not of a supported form.
    Path(String),
    /// The input does not have the value of this parameter.
    Source(String),
    /// A parameter or an assigned value has an invalid name.
    Name(String),
    /// A condition assigns a value with the name of a parameter or of another value.
    AssignedTwice(String),
    /// A rule and those around it assign too many values.
    TooManyVariables {
        /// The maximum number.
        max: usize,
    },
    /// An assigned value consists of too many parts.
    LargeValue {
        /// The maximum number.
        max: usize,
    },
    /// A rule does not have exactly one of `rules`, `endpoint` and `error`.
    Outcome,
    /// An endpoint has no supported authentication scheme.
    AuthSchemes,
    /// A function has too few or too many arguments.
    ArgumentCount {
        /// The function.
        function: String,
        /// The number of arguments that it takes.
        expected: usize,
        /// The number of arguments in the rule.
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
    /// The model has the rules only as a decision diagram.
    DecisionDiagram,
    /// A value is not allowed where it is used.
    MisplacedValue,
    /// A value that may be absent is used without a test.
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
                f.write_str("the value must be a string or a boolean")
            }
            Self::Path(path) => write!(
                f,
                "unsupported path \"{path}\"; the supported forms are A.B, keys(A.B), A[*].B and A[*].[B.C, D][]"
            ),
            Self::Source(name) => write!(
                f,
                "the input has no value for the endpoint parameter \"{name}\"; name a member that is a boolean, a string or a list of strings"
            ),
            Self::Name(name) => write!(
                f,
                "\"{name}\" is not a valid name; use ASCII letters, digits and underscores, beginning with a letter"
            ),
            Self::AssignedTwice(name) => write!(
                f,
                "there is a parameter or value \"{name}\" already; assign another name"
            ),
            Self::TooManyVariables { max } => write!(
                f,
                "the rule and those around it assign more than {max} values; divide the rules"
            ),
            Self::LargeValue { max } => write!(
                f,
                "the assigned value consists of more than {max} parts; simplify it"
            ),
            Self::Outcome => {
                f.write_str("a rule must have exactly one of \"rules\", \"endpoint\" and \"error\"")
            }
            Self::AuthSchemes => {
                f.write_str("the endpoint has no supported authentication scheme; add sigv4")
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
                f.write_str("the arguments of a function are of the wrong types")
            }
            Self::UnclosedBrace => f.write_str("a `{` has no `}`; write {Name}"),
            Self::UnopenedBrace => f.write_str("a `}` has no `{`; write {Name}"),
            Self::RegionPattern(pattern) => write!(
                f,
                r"unsupported pattern {pattern}; write a prefix, a word and a number, as in ^(us|eu)\-\w+\-\d+$"
            ),
            Self::DecisionDiagram => f.write_str(
                "endpoint rules in the form of a decision diagram are not supported; add the trait smithy.rules#endpointRuleSet",
            ),
            Self::MisplacedValue => f.write_str(
                "the value is not allowed here; use a parameter, or a value that a condition assigns",
            ),
            Self::MaybeAbsent => f.write_str(
                "the value may be absent; test it with isSet in an earlier condition",
            ),
        }
    }
}
