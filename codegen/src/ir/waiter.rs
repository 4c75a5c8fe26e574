//! Waiters, and the expressions by which they judge an output.

use serde::{Deserialize, Serialize};

use super::ShapeId;

/// Something that can be waited for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiter {
    /// What it waits for, in Markdown; may be empty.
    pub documentation: String,
    /// The operation that is asked.
    pub operation: String,
    /// The shortest wait between two polls, in seconds.
    pub min_delay: u32,
    /// The longest wait between two polls, in seconds.
    pub max_delay: u32,
    /// Whether what was asked for and is not listed counts as a success; otherwise it may yet come.
    pub absent_is_success: bool,
    /// The operations behind whose calls one waits for it.
    pub after: Vec<String>,
    /// What answers mean, in this order: the first that matches decides.
    pub acceptors: Vec<Acceptor>,
}

/// A kind of answer, and what it means for the wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acceptor {
    /// What the answer means.
    pub state: AcceptorState,
    /// Which answers these are.
    pub matcher: Matcher,
}

/// What an answer means for a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AcceptorState {
    /// What was waited for is there.
    Success,
    /// It will never be there.
    Failure,
    /// It may yet come.
    Retry,
}

/// Which answers an acceptor is for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Matcher {
    /// Outputs for which the condition holds.
    Output(Expression),
    /// Every output.
    AnyOutput,
    /// Errors of the service with this code.
    Error(String),
    /// Every error of the service.
    AnyError,
    /// Errors with this HTTP status.
    Status(u16),
}

/// How an operation is asked again and again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Poll {
    /// How what was asked for is told from what is listed.
    pub ids: Option<Ids>,
    /// How many requests are sent in a second, beyond the first `burst`; 0 for no limit.
    pub per_second: u32,
    /// How many requests are sent at once.
    pub burst: u32,
}

/// What an operation is asked for, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ids {
    /// The member of the input that is a list of them.
    pub input: String,
    /// How many of them one request may hold, if there is a limit.
    pub max: Option<i64>,
    /// Those in the output, a list of strings.
    pub listed: Expression,
}

/// A typed value that is read from an output.
///
/// Expressions hold no `null` of their own: a comparison with `null` is an [`IsPresent`](ExpressionKind::IsPresent),
/// and a condition is either true or false.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expression {
    /// How the value is computed.
    pub kind: ExpressionKind,
    /// The type of the value.
    pub ty: ValueType,
    /// Whether the value can be null, because a member on its path can be absent.
    pub nullable: bool,
}

/// The type of an expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueType {
    /// A value of the model, other than a list.
    Shape(ShapeId),
    /// A list.
    List(Box<ValueType>),
    /// The number of elements or characters.
    Count,
    /// A condition.
    Condition,
    /// A literal.
    Literal,
    /// The string of an enum.
    String,
    /// A number, widened to be compared with one of another type.
    Number,
}

/// How a value is computed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ExpressionKind {
    /// The output, or the element where a condition or value is computed for each element of a list.
    Current,
    /// A member of a structure or union.
    Member(Box<Expression>, String),
    /// The value of a key of a map.
    Entry(Box<Expression>, String),
    /// The values of a map.
    Values(Box<Expression>),
    /// The element at this index.
    Index(Box<Expression>, usize),
    /// The element at this index from the end; the last one is at 0.
    IndexFromEnd(Box<Expression>, usize),
    /// A value of each element of a list, without nulls.
    Each(Box<Expression>, Box<Expression>),
    /// The elements of all lists of a list.
    Flatten(Box<Expression>),
    /// The elements for which a condition holds.
    Filter(Box<Expression>, Box<Expression>),
    /// Whether a condition holds for at least one element.
    Any(Box<Expression>, Box<Expression>),
    /// Whether a list contains a value.
    Includes(Box<Expression>, Box<Expression>),
    /// Whether a list has elements and a condition holds for each.
    NonEmptyAll(Box<Expression>, Box<Expression>),
    /// Whether a condition holds for each element, if any.
    All(Box<Expression>, Box<Expression>),
    /// Whether a list, map or string is empty or absent.
    IsEmpty(Box<Expression>),
    /// Whether a value is not null.
    IsPresent(Box<Expression>),
    /// The number of elements of a list or map, or of characters of a string; 0 if it is absent.
    Length(Box<Expression>),
    /// Whether a string passes a test against another; false if one is absent.
    StringTest(StringTest, Box<Expression>, Box<Expression>),
    /// How two values compare. Nulls are equal to each other and neither less nor greater than anything.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// Whether both conditions hold.
    And(Box<Expression>, Box<Expression>),
    /// Whether at least one condition holds.
    Or(Box<Expression>, Box<Expression>),
    /// Whether the condition does not hold.
    Not(Box<Expression>),
    /// The string of an enum.
    EnumString(Box<Expression>),
    /// A number, widened to be compared with one of another type.
    Widened(Box<Expression>),
    /// A string.
    String(String),
    /// A value of the enum that it is compared with, as on the wire.
    EnumValue(ShapeId, String),
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
}

/// A test of one string against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StringTest {
    /// `contains()`
    Contains,
    /// `starts_with()`
    StartsWith,
    /// `ends_with()`
    EndsWith,
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}
