//! Faults of JMESPath expressions in waiters.

use std::fmt;

use super::{Fault, Suggestion, WaiterFault};
use crate::ir::ValueType;

/// What is invalid or unsupported in a JMESPath expression.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExpressionFault {
    /// The expression is not valid JMESPath.
    Syntax {
        /// The expression.
        expression: String,
        /// The message of the parser.
        reason: String,
        /// The column of the error in the expression, from 1.
        column: usize,
    },
    /// The expression is too long.
    TooLong {
        /// The length of the expression in bytes.
        bytes: usize,
        /// The maximum length in bytes.
        max: usize,
    },
    /// An expression whose value must be a list has another value for some outputs.
    NotAList(String),
    /// An expression whose value must be a string has another value.
    NotAString(String),
    /// A projection, index or condition on elements applies to a value of this type.
    ListExpected(ValueType),
    /// A value of this type has no members.
    NoMembers {
        /// The name of the member.
        member: String,
        /// The type of the value.
        of: ValueType,
    },
    /// A structure or union does not have a member.
    UnknownMember {
        /// The structure or union.
        shape: String,
        /// The name of the member.
        member: String,
        /// The member that was probably meant.
        suggestion: Suggestion,
    },
    /// A function is unknown or not supported.
    UnsupportedFunction(String),
    /// A function has too few or too many arguments.
    ArgumentCount {
        /// The function.
        function: String,
        /// The number of arguments that it takes.
        expected: usize,
        /// Whether it takes any number of further arguments.
        variadic: bool,
        /// The number of arguments in the expression.
        found: usize,
    },
    /// A part of the expression is valid, but not supported.
    Unsupported(UnsupportedExpression),
}

/// A part of an expression that is valid JMESPath, but not supported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnsupportedExpression {
    /// `[1:2]`.
    Slice,
    /// `{a: b}`.
    MultiSelectHash,
    /// `[a, b]`, except of literals.
    MultiSelectList,
    /// `&a`.
    Reference,
    /// `[?a]` without a list before it.
    FilterWithoutList,
    /// More choices between values than this number: `&&`, `||`, and arguments of `not_null`.
    TooManyChoices(usize),
    /// A literal that JSON cannot represent.
    Literal,
    /// A key of a map whose keys are enums.
    EnumKey,
    /// `*` after a value that is not a map.
    ValuesOfOther,
    /// `*` after a literal.
    ValuesOfLiteral,
    /// An index into the values of a map.
    IndexOfValues,
    /// A projection that starts at a literal.
    ProjectionOfLiteral,
    /// A literal that each element is projected to.
    LiteralInProjection,
    /// `not_null()` that each element is projected to.
    NotNullInProjection,
    /// `length()` of a literal that is neither a list nor a string.
    LengthOfLiteral,
    /// `length()` of a value that is not a list, map or string.
    LengthOfOther,
    /// `contains()` of a list whose elements are lists, structures or the like.
    ContainsOfComposite,
    /// An argument of this type where a string is expected.
    StringArgument(ValueType),
    /// A comparison of two lists.
    CompareLists,
    /// A comparison of two structures, unions or maps.
    CompareObjects,
    /// A comparison with a literal list or object that is not empty.
    CompareComposite,
    /// A comparison of two values each of which depends on a condition.
    CompareChoices,
    /// A comparison of values whose JSON form the crate does not keep.
    CompareOpaque(Opaque),
    /// A comparison of a value whose JSON form the crate does not keep with a literal.
    CompareOpaqueLiteral(Opaque),
    /// A condition on a value whose JSON form the crate does not keep.
    OpaqueCondition(Opaque),
    /// A condition on a structure with more optional members than this number.
    LargeCondition(usize),
}

/// A type whose values a crate does not keep in their JSON form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Opaque {
    /// Bytes.
    Blob,
    /// Any JSON value.
    Document,
    /// An integer or decimal number of arbitrary precision.
    BigNumber,
}

impl From<ExpressionFault> for Fault {
    fn from(fault: ExpressionFault) -> Self {
        Self::Waiter(WaiterFault::Expression(fault))
    }
}

impl From<UnsupportedExpression> for ExpressionFault {
    fn from(construct: UnsupportedExpression) -> Self {
        Self::Unsupported(construct)
    }
}

impl fmt::Display for ExpressionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax {
                expression,
                reason,
                column,
            } => write!(
                f,
                "\"{expression}\" is not a valid JMESPath expression: {reason}; see column {column} of the expression"
            ),
            Self::TooLong { bytes, max } => write!(
                f,
                "the expression has {bytes} bytes; at most {max} are supported"
            ),
            Self::NotAList(expression) => write!(
                f,
                "the value of \"{expression}\" is not a list in every output; name a list, or project one with `[]`"
            ),
            Self::NotAString(expression) => write!(
                f,
                "the value of \"{expression}\" is not a string in every output; name a member that is a string or an enum"
            ),
            Self::ListExpected(found) => write!(
                f,
                "expected a list, found {}; remove `[]` or name a list",
                describe(found)
            ),
            Self::NoMembers { member, of } => write!(
                f,
                "{} has no member \"{member}\"; access the elements of a list with `[]`",
                describe(of)
            ),
            Self::UnknownMember {
                shape,
                member,
                suggestion: Suggestion::None,
            } => write!(
                f,
                "\"{shape}\" has no member \"{member}\"; name one of its members"
            ),
            Self::UnknownMember {
                shape,
                member,
                suggestion,
            } => write!(f, "\"{shape}\" has no member \"{member}\"{suggestion}"),
            Self::UnsupportedFunction(name) => write!(
                f,
                "the function {name}() is not supported; use length(), contains(), starts_with(), ends_with() or not_null()"
            ),
            Self::ArgumentCount {
                function,
                expected,
                variadic,
                found,
            } => {
                let at_least = if *variadic { "at least " } else { "" };
                let s = if *expected == 1 { "" } else { "s" };
                write!(
                    f,
                    "{function}() takes {at_least}{expected} argument{s}, found {found}"
                )
            }
            Self::Unsupported(construct) => write!(
                f,
                "{construct} is not supported; rewrite it with members, lists, filters, comparisons, `&&`, `||`, `!` and simple functions"
            ),
        }
    }
}

impl fmt::Display for UnsupportedExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Slice => "a slice",
            Self::MultiSelectHash => "a multi-select hash",
            Self::MultiSelectList => "a multi-select list",
            Self::Reference => "an expression reference (`&`)",
            Self::FilterWithoutList => "a filter without a list",
            Self::TooManyChoices(max) => {
                return write!(
                    f,
                    "an expression with more than {max} choices (`&&`, `||`, and arguments of `not_null`)"
                );
            }
            Self::Literal => "this literal",
            Self::EnumKey => "an entry of a map whose keys are enums",
            Self::ValuesOfOther => "`*` of a value that is not a map",
            Self::ValuesOfLiteral => "`*` of a literal",
            Self::IndexOfValues => "an index into the values of a map, which have no order,",
            Self::ProjectionOfLiteral => "a projection of a literal",
            Self::LiteralInProjection => "a literal in a projection",
            Self::NotNullInProjection => "not_null() in a projection",
            Self::LengthOfLiteral => "length() of this literal",
            Self::LengthOfOther => "length() of a value that is not a list, map or string",
            Self::ContainsOfComposite => "contains() of a list whose elements are not scalars",
            Self::StringArgument(found) => {
                return write!(
                    f,
                    "{} as an argument that must be a string",
                    describe(found)
                );
            }
            Self::CompareLists => "a comparison of two lists",
            Self::CompareObjects => "a comparison of two objects",
            Self::CompareComposite => "a comparison with a literal that has elements or members",
            Self::CompareChoices => {
                "a comparison of two values that both depend on `&&`, `||` or not_null()"
            }
            Self::CompareOpaque(of) => return write!(f, "a comparison of {of}"),
            Self::CompareOpaqueLiteral(of) => {
                return write!(f, "a comparison of {of} with a literal");
            }
            Self::OpaqueCondition(of) => return write!(f, "{of} as a condition"),
            Self::LargeCondition(max) => {
                return write!(
                    f,
                    "a structure of more than {max} optional members as a condition"
                );
            }
        })
    }
}

impl fmt::Display for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Blob => "a blob",
            Self::Document => "a document",
            Self::BigNumber => "a number of arbitrary precision",
        })
    }
}

fn describe(ty: &ValueType) -> String {
    match ty {
        ValueType::Shape(id) => return format!("\"{id}\""),
        ValueType::List(_) => "a list",
        ValueType::Count | ValueType::Number => "a number",
        ValueType::Condition => "a condition",
        ValueType::Literal => "a literal",
        ValueType::String => "a string",
    }
    .to_owned()
}
