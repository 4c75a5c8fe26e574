//! The value of an expression before it is tested.

use serde_json::Value as Json;

use super::condition::{choose, not};
use super::{Lower, Lowered};
use crate::diagnostic::UnsupportedExpression as Unsupported;
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
    /// Returns `then` if the condition holds, and `otherwise` if not.
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

/// Returns an error if both operands are choices, because the number of combinations would be too large.
pub(super) fn not_both_choices(left: &Value, right: &Value) -> Lowered<()> {
    match (left, right) {
        (Value::Choice(_), Value::Choice(_)) => Err(Unsupported::CompareChoices.into()),
        _ => Ok(()),
    }
}

impl Lower<'_> {
    /// Applies `then` to the value, or to each of its alternatives.
    pub(super) fn over(
        &mut self,
        value: Value,
        then: &mut dyn FnMut(&mut Self, Operand) -> Lowered,
    ) -> Lowered {
        self.each_case(value, then, Value::choice)
    }

    /// Returns the condition that `test` derives from the value, or from each of its alternatives.
    pub(super) fn test(
        &mut self,
        value: Value,
        test: &mut dyn FnMut(&mut Self, Operand) -> Lowered<Expression>,
    ) -> Lowered<Expression> {
        self.each_case(value, test, choose)
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
