//! Comparisons: both sides must be of one type, and a literal a value of the other side's.

use jmespath::ast::Comparator;

use super::{Lower, Lowered, condition, fault, is_empty, literal, not, unsupported};
use crate::diagnostic::did_you_mean;
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Comparison, Expression, ShapeKind, ValueType};

impl Lower<'_> {
    pub(super) fn compare(&self, how: Comparison, left: Expression, right: Expression) -> Lowered {
        if left.ty == ValueType::Literal && right.ty != ValueType::Literal {
            return self.compare(flipped(how), right, left);
        }
        let equality = matches!(how, Comparison::Equal | Comparison::NotEqual);
        let right = self.fitting(right, &left)?;
        match (&left.ty, &right.kind) {
            (ValueType::Condition, Kind::Boolean(is)) if equality => {
                let same = *is == (how == Comparison::Equal);
                return Ok(if same { left } else { not(left) });
            }
            (ValueType::Count, Kind::Integer(0)) => match (how, left.kind) {
                (Comparison::Equal, Kind::Length(list)) => return Ok(is_empty(*list)),
                (Comparison::Greater | Comparison::NotEqual, Kind::Length(list)) => {
                    return Ok(not(is_empty(*list)));
                }
                _ => return Err(fault("a length is never below 0", "compare it with more")),
            },
            _ => {}
        }
        let orderable =
            right.ty == ValueType::Count || matches!(right.kind, Kind::Integer(_) | Kind::Float(_));
        if !equality && !orderable {
            return Err(unsupported("an order of other things than numbers"));
        }
        Ok(condition(Kind::Compare(how, left.into(), right.into())))
    }

    /// What is compared with `left`, as something of its type.
    fn fitting(&self, right: Expression, left: &Expression) -> Lowered {
        let id = match &left.ty {
            ValueType::Condition if matches!(right.kind, Kind::Boolean(_)) => return Ok(right),
            ValueType::Count if matches!(right.kind, Kind::Integer(0..)) => return Ok(right),
            ValueType::Count if right.ty == ValueType::Count => return Ok(right),
            ValueType::Shape(id) => id,
            ValueType::List(_) => {
                let hint = "look at its elements, by pathAll, pathAny or contains()";
                return Err(fault("a list is compared", hint));
            }
            _ => {
                let hint = "a length is compared with a number from 0, a condition with a boolean";
                return Err(fault("values of different types are compared", hint));
            }
        };
        let kind = self.kind(id);
        if right.ty == left.ty && kind.is_some_and(is_scalar) {
            return Ok(right);
        }
        let fits = match (kind, &right.kind) {
            (Some(ShapeKind::Enum(values)), Kind::Text(text)) => {
                if values.iter().any(|value| value.value == *text) {
                    return Ok(literal(Kind::EnumValue(id.clone(), text.clone())));
                }
                let known = values.iter().map(|value| value.value.as_str());
                return Err(fault(
                    format!("no value \"{text}\" of \"{id}\""),
                    did_you_mean(text, known, "name a value"),
                ));
            }
            (Some(ShapeKind::Float | ShapeKind::Double), Kind::Integer(integer)) => {
                return Ok(literal(Kind::Float(*integer as f64)));
            }
            (Some(ShapeKind::Float | ShapeKind::Double), Kind::Float(_))
            | (Some(ShapeKind::String), Kind::Text(_))
            | (Some(ShapeKind::Boolean), Kind::Boolean(_)) => true,
            (Some(kind), Kind::Integer(integer)) => holds_integer(kind, *integer),
            _ => false,
        };
        if !fits {
            let hint = "compare it with a value of its type";
            return Err(fault(format!("a \"{id}\" is never that"), hint));
        }
        Ok(right)
    }
}

/// Whether values of the kind are compared as they are.
fn is_scalar(kind: &ShapeKind) -> bool {
    use ShapeKind::{Boolean, Byte, Double, Enum, Float, Integer, Long, Short, String};
    matches!(
        kind,
        Boolean | Byte | Double | Enum(_) | Float | Integer | Long | Short | String
    )
}

fn holds_integer(kind: &ShapeKind, integer: i64) -> bool {
    match kind {
        ShapeKind::Byte => i8::try_from(integer).is_ok(),
        ShapeKind::Short => i16::try_from(integer).is_ok(),
        ShapeKind::Integer => i32::try_from(integer).is_ok(),
        ShapeKind::Long => true,
        _ => false,
    }
}

pub(super) fn comparison(comparator: &Comparator) -> Comparison {
    match comparator {
        Comparator::Equal => Comparison::Equal,
        Comparator::NotEqual => Comparison::NotEqual,
        Comparator::LessThan => Comparison::Less,
        Comparator::LessThanEqual => Comparison::LessOrEqual,
        Comparator::GreaterThan => Comparison::Greater,
        Comparator::GreaterThanEqual => Comparison::GreaterOrEqual,
    }
}

/// How the right side compares with the left.
fn flipped(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}
