//! The value of an expression before it is tested.

use serde_json::Value as Json;

use super::condition::{choose, condition};
use super::{Lower, Lowered, unsupported};
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Expression, ValueType};

/// What an expression evaluates to.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A value that is computed from the output.
    Of(Expression),
    Literal(Json),
    /// One of two values, which may differ in type.
    Choice(Box<Choice>),
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

impl Lower<'_> {
    /// What `then` makes of the value, or of each value that it may be.
    pub(super) fn over(
        &mut self,
        value: Value,
        mut then: impl FnMut(&mut Self, Value) -> Lowered,
    ) -> Lowered {
        self.over_each(value, &mut then)
    }

    fn over_each(
        &mut self,
        value: Value,
        f: &mut dyn FnMut(&mut Self, Value) -> Lowered,
    ) -> Lowered {
        match value {
            Value::Choice(choice) => {
                let Choice {
                    condition,
                    then,
                    otherwise,
                } = *choice;
                let skipped = super::not(condition.clone());
                let then = self.unless(&skipped, |lower| lower.over_each(then, f))?;
                let otherwise = self.unless(&condition, |lower| lower.over_each(otherwise, f))?;
                Ok(Value::choice(condition, then, otherwise))
            }
            value => f(self, value),
        }
    }

    /// The condition that `is` makes of the value, or of each value that it may be.
    pub(super) fn test(
        &mut self,
        value: Value,
        mut is: impl FnMut(&mut Self, Value) -> Lowered<Expression>,
    ) -> Lowered<Expression> {
        let value = self.over(value, |lower, value| is(lower, value).map(Value::Of))?;
        collapse(value)
    }
}

fn collapse(value: Value) -> Lowered<Expression> {
    match value {
        Value::Of(is) if is.ty == ValueType::Condition => Ok(is),
        Value::Choice(choice) => {
            let Choice {
                condition,
                then,
                otherwise,
            } = *choice;
            Ok(choose(condition, collapse(then)?, collapse(otherwise)?))
        }
        Value::Literal(Json::Bool(is)) => Ok(condition(Kind::Boolean(is))),
        Value::Of(_) | Value::Literal(_) => Err(unsupported("a value in place of a condition")),
    }
}
