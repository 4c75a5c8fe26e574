//! Which values count as true.

use serde_json::Value as Json;

use super::compare::{Family, equal_to};
use super::condition::{condition, is_empty, is_present, not, or};
use super::value::{Operand, Value};
use super::{Lower, Lowered, unsupported};
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Expression, ShapeKind, ValueType};

impl Lower<'_> {
    /// Whether a value counts as true: null, `false` and whatever is empty do not.
    pub(super) fn truth(&mut self, value: Value) -> Lowered<Expression> {
        self.test(value, &mut |lower, value| match value {
            Operand::Of(value) => lower.truth_of(value),
            Operand::Literal(literal) => Ok(condition(Kind::Boolean(match literal {
                Json::Null => false,
                Json::Bool(is) => is,
                Json::Number(_) => true,
                Json::String(text) => !text.is_empty(),
                Json::Array(elements) => !elements.is_empty(),
                Json::Object(members) => !members.is_empty(),
            }))),
        })
    }

    fn truth_of(&self, value: Expression) -> Lowered<Expression> {
        match self.family(&value.ty) {
            Family::Boolean if value.ty == ValueType::Condition => Ok(condition(value.kind)),
            Family::Boolean => Ok(equal_to(value, Kind::Boolean(true))),
            Family::Number | Family::Timestamp => Ok(is_present(&value)),
            Family::String => Ok(not(is_empty(self.string(value)))),
            Family::List => Ok(not(is_empty(value))),
            Family::Opaque(what) => Err(unsupported(&format!("{what} as a condition"))),
            Family::Object => match self.kind(&value.ty) {
                Some(ShapeKind::Map { .. }) => Ok(not(is_empty(value))),
                Some(ShapeKind::Structure(structure))
                    if structure.members.iter().all(|member| !member.required) =>
                {
                    // An object without members counts as false.
                    let members = structure.members.iter().map(|member| {
                        is_present(&Expression {
                            kind: Kind::Member(value.clone().into(), member.name.clone()),
                            ty: self.ty(&member.shape),
                            nullable: true,
                        })
                    });
                    Ok(members.fold(condition(Kind::Boolean(false)), or))
                }
                _ => Ok(is_present(&value)),
            },
        }
    }
}
