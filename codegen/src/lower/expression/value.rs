//! The value of an expression before it is tested.

use serde_json::Value as Json;

use super::condition::{choose, not};
use super::{Lower, Lowered, unsupported};
use crate::ir::Expression;
use crate::ir::ExpressionKind as Kind;

/// What an expression evaluates to.
#[derive(Clone, Debug)]
pub(super) enum Value {
    One(Operand),
    /// One of two values, which may differ in type.
    Choice(Box<Choice>),
}

/// A value of one type.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    /// A value that is computed from the output.
    Of(Expression),
    Literal(Json),
}

#[derive(Clone, Debug)]
pub(super) struct Choice {
    condition: Expression,
    then: Value,
    otherwise: Value,
}

impl Value {
    /// `then` if the condition holds, else `otherwise`.
    pub(super) fn choice(condition: Expression, then: Self, otherwise: Self) -> Self {
        match condition.kind {
            Kind::Boolean(true) => then,
            Kind::Boolean(false) => otherwise,
            _ => Self::Choice(Box::new(Choice {
                condition,
                then,
                otherwise,
            })),
        }
    }
}

impl From<Expression> for Value {
    fn from(value: Expression) -> Self {
        Self::One(Operand::Of(value))
    }
}

impl From<Json> for Value {
    fn from(literal: Json) -> Self {
        Self::One(Operand::Literal(literal))
    }
}

/// Refuses a function or comparison of two choices, whose combinations would be too many.
pub(super) fn not_both_choices(left: &Value, right: &Value) -> Lowered<()> {
    match (left, right) {
        (Value::Choice(_), Value::Choice(_)) => Err(unsupported(
            "a comparison of two values that are both chosen by `&&`, `||` or not_null()",
        )),
        _ => Ok(()),
    }
}

impl Lower<'_> {
    /// What `then` makes of the value, or of each that it may be.
    pub(super) fn over(
        &mut self,
        value: Value,
        then: &mut dyn FnMut(&mut Self, Operand) -> Lowered,
    ) -> Lowered {
        self.each_case(value, then, Value::choice)
    }

    /// The condition that `is` makes of the value, or of each that it may be.
    pub(super) fn test(
        &mut self,
        value: Value,
        is: &mut dyn FnMut(&mut Self, Operand) -> Lowered<Expression>,
    ) -> Lowered<Expression> {
        self.each_case(value, is, choose)
    }

    fn each_case<T>(
        &mut self,
        value: Value,
        case: &mut dyn FnMut(&mut Self, Operand) -> Lowered<T>,
        join: fn(Expression, T, T) -> T,
    ) -> Lowered<T> {
        let choice = match value {
            Value::One(operand) => return case(self, operand),
            Value::Choice(choice) => *choice,
        };
        let skipped = not(choice.condition.clone());
        let then = self.unless(&skipped, |lower| lower.each_case(choice.then, case, join))?;
        let otherwise = self.unless(&choice.condition, |lower| {
            lower.each_case(choice.otherwise, case, join)
        })?;
        Ok(join(choice.condition, then, otherwise))
    }
}
