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

/// A value that is read off an output; every member that it names is there, of a fitting type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Expression {
    /// How it is read.
    pub kind: ExpressionKind,
    /// What it is.
    pub ty: ValueType,
}

/// The type of an expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueType {
    /// A value of the model, which is no list.
    Shape(ShapeId),
    /// Several values.
    List(Box<ValueType>),
    /// How many there are of something.
    Count,
    /// Whether something holds.
    Condition,
    /// A value that stands in the expression itself.
    Literal,
}

/// How a value is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ExpressionKind {
    /// What is looked at: the output, or an element where each of a list is looked at.
    Current,
    /// A member of a structure.
    Member(Box<Expression>, String),
    /// The element with this number, from 0.
    Index(Box<Expression>, usize),
    /// The last element.
    Last(Box<Expression>),
    /// A value of each element of a list, where it is there.
    Each(Box<Expression>, Box<Expression>),
    /// The elements of all lists of a list.
    Flatten(Box<Expression>),
    /// The elements for which a condition holds.
    Filter(Box<Expression>, Box<Expression>),
    /// Whether a condition holds for some element.
    Any(Box<Expression>, Box<Expression>),
    /// Whether a condition holds for all elements, of which there must be one.
    All(Box<Expression>, Box<Expression>),
    /// Whether a condition holds for all elements, if there are any.
    NoneBut(Box<Expression>, Box<Expression>),
    /// Whether a list has no elements.
    IsEmpty(Box<Expression>),
    /// How many elements a list has.
    Length(Box<Expression>),
    /// Whether a text contains another.
    Contains(Box<Expression>, String),
    /// How two values compare.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// Whether both hold.
    And(Box<Expression>, Box<Expression>),
    /// Whether at least one holds.
    Or(Box<Expression>, Box<Expression>),
    /// Whether it does not hold.
    Not(Box<Expression>),
    /// A text.
    Text(String),
    /// A value of the enum that it is compared with, as on the wire.
    EnumValue(ShapeId, String),
    /// An integer.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
}

/// A way to compare.
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
