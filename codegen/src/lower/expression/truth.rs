//! The values that JMESPath treats as true.

use serde_json::Value as Json;

use super::compare::{Family, equal_to};
use super::condition::{condition, is_empty, is_present, not, or};
use super::value::{Operand, Value};
use super::{Lower, Lowered};
use crate::diagnostic::UnsupportedExpression as Unsupported;
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Expression, ShapeKind, ValueType};

/// The maximum number of members of a structure that is a condition: it is true if one of its members is present.
const MAX_MEMBERS: usize = 64;

impl Lower<'_> {
    /// Returns the condition that a value is true. Null, `false` and empty values are false.
    pub(super) fn truth(&mut self, value: Value) -> Lowered<Expression> {
        self.test(value, &mut |lower, value| match value {
            Operand::Of(value) => lower.truth_of(value),
            Operand::Literal(literal) => Ok(condition(Kind::Boolean(match literal {
                Json::Null => false,
                Json::Bool(is) => is,
                Json::Number(_) => true,
                Json::String(string) => !string.is_empty(),
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
            Family::Opaque(what) => Err(Unsupported::OpaqueCondition(what).into()),
            Family::Object => match self.kind(&value.ty) {
                Some(ShapeKind::Map { .. }) => Ok(not(is_empty(value))),
                Some(ShapeKind::Structure(structure))
                    if structure.members.iter().all(|member| !member.required) =>
                {
                    if structure.members.len() > MAX_MEMBERS {
                        return Err(Unsupported::LargeCondition(MAX_MEMBERS).into());
                    }
                    // An object without members is false.
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
