//! Waiters and the expressions of their acceptors.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ShapeId;

/// A waiter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiter {
    /// The documentation, in HTML or Markdown; may be empty.
    pub documentation: String,
    /// The operation that is polled.
    pub operation: String,
    /// The minimum delay between two polls, in seconds.
    pub min_delay: u32,
    /// The maximum delay between two polls, in seconds.
    pub max_delay: u32,
    /// Whether a requested resource that is not listed means success. If not, the wait continues.
    pub absent_is_success: bool,
    /// The operations after which users call this waiter.
    pub after: Vec<String>,
    /// The acceptors; the first that matches a response decides.
    pub acceptors: Vec<Acceptor>,
    /// The states that the acceptors compare, if the polled operation lists resources with a state.
    pub states: Option<States>,
}

/// The goal of a waiter in terms of the states of resources.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct States {
    /// The states of a resource that is there.
    pub goal: Vec<String>,
    /// The states of a resource that cannot get there any more.
    pub failure: Vec<String>,
    /// The codes of errors after which the wait continues.
    pub retried: Vec<String>,
}

/// A kind of response and its meaning for the wait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Acceptor {
    /// The state that the wait enters.
    pub state: AcceptorState,
    /// The condition on the response.
    pub matcher: Matcher,
}

/// The state that a wait enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AcceptorState {
    /// The wait ends successfully.
    Success,
    /// The wait fails, because it cannot succeed any more.
    Failure,
    /// The wait continues.
    Retry,
}

/// The responses that an acceptor matches.
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

/// How waiters poll an operation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Poll {
    /// How to find out which of the requested resources are listed.
    pub ids: Option<Ids>,
    /// The number of requests per second after the first `burst`; 0 for no limit.
    pub per_second: u32,
    /// The number of requests that may be sent at once.
    pub burst: u32,
    /// The resources that the operation lists, if they have states.
    pub resources: Option<Resources>,
    /// What the list can be restricted to.
    pub within: Option<Container>,
    /// By member of the input: its documentation in the builders of waiters.
    pub docs: BTreeMap<String, String>,
}

/// The resources that an operation lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resources {
    /// The plural of what users call them.
    pub name: String,
    /// The list in the output.
    pub list: Expression,
    /// The path of their states, as in the model.
    pub state_path: String,
    /// The identifier, the state, and the code and the message of the error of a resource.
    pub fields: [Option<Expression>; 4],
}

/// A resource that contains others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Container {
    /// The member of the input that identifies it.
    pub member: String,
    /// The operation that lists it.
    pub operation: String,
}

/// The identifiers of the requested resources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ids {
    /// The member of the input that lists them.
    pub input: String,
    /// The largest number of them in one request, if there is a limit.
    pub max: Option<i64>,
    /// The identifiers in the output, a list of strings.
    pub listed: Expression,
}

/// A typed value that is read from an output.
///
/// Expressions do not contain `null`: a comparison with `null` is an [`IsPresent`](ExpressionKind::IsPresent).
/// A condition is either true or false.
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
