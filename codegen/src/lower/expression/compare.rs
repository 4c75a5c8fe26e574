//! Equality and order of values.
//!
//! Values of different types are legal and never equal, unless both are null.

use std::cmp::Ordering;

use serde_json::{Number, Value as Json};

use super::condition::{and, choose, complement, condition, is_empty, is_present, not};
use super::list::element_of;
use super::value::{Operand, Value, not_both_choices};
use super::{Lower, Lowered, current, of};
use crate::diagnostic::{Opaque, UnsupportedExpression as Unsupported};
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Comparison, Expression, ShapeKind, ValueType};
use crate::warning::WarningKind;

/// A group of types whose values can be equal to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Family {
    Boolean,
    Number,
    String,
    Timestamp,
    List,
    /// Structures, unions and maps.
    Object,
    /// Values that the crate does not keep in their JSON form.
    Opaque(Opaque),
}

impl Lower<'_> {
    pub(super) fn family(&self, ty: &ValueType) -> Family {
        match ty {
            ValueType::Condition => Family::Boolean,
            ValueType::Count | ValueType::Number => Family::Number,
            ValueType::String | ValueType::Literal => Family::String,
            ValueType::List(_) => Family::List,
            ValueType::Shape(_) => match self.kind(ty) {
                Some(ShapeKind::Boolean) => Family::Boolean,
                Some(ShapeKind::String | ShapeKind::Enum(_)) => Family::String,
                Some(ShapeKind::Timestamp(_)) => Family::Timestamp,
                Some(ShapeKind::Blob) => Family::Opaque(Opaque::Blob),
                Some(ShapeKind::Document) => Family::Opaque(Opaque::Document),
                Some(ShapeKind::BigInteger | ShapeKind::BigDecimal) => {
                    Family::Opaque(Opaque::BigNumber)
                }
                Some(
                    ShapeKind::Byte
                    | ShapeKind::Short
                    | ShapeKind::Integer
                    | ShapeKind::Long
                    | ShapeKind::Float
                    | ShapeKind::Double,
                ) => Family::Number,
                // An operation without output has an empty output.
                _ => Family::Object,
            },
        }
    }

    /// Returns the condition that two values are equal.
    pub(super) fn equal(&mut self, left: Value, right: Value) -> Lowered<Expression> {
        not_both_choices(&left, &right)?;
        self.test(left, &mut |lower, left| {
            lower.test(
                right.clone(),
                &mut |lower, right| match (left.clone(), right) {
                    (Operand::Of(left), Operand::Of(right)) => lower.equal_values(left, right),
                    (Operand::Of(value), Operand::Literal(literal))
                    | (Operand::Literal(literal), Operand::Of(value)) => {
                        lower.equal_literal(value, &literal)
                    }
                    (Operand::Literal(left), Operand::Literal(right)) => {
                        Ok(condition(Kind::Boolean(same_json(&left, &right))))
                    }
                },
            )
        })
    }

    fn equal_literal(&mut self, value: Expression, literal: &Json) -> Lowered<Expression> {
        let family = self.family(&value.ty);
        match (family, literal) {
            (_, Json::Null) => Ok(not(is_present(&value))),
            (Family::Boolean, Json::Bool(is)) if value.ty == ValueType::Condition => {
                Ok(match (value.kind, is) {
                    (kind, true) => condition(kind),
                    // An ordering comparison with null is null, not false.
                    (Kind::Compare(how, left, right), false) => {
                        condition(Kind::Compare(complement(how), left, right))
                    }
                    (kind, false) => not(condition(kind)),
                })
            }
            (Family::Boolean, Json::Bool(is)) => Ok(equal_to(value, Kind::Boolean(*is))),
            (Family::String, Json::String(string)) => Ok(self.equal_string(value, string)),
            (Family::Number, Json::Number(number)) => {
                Ok(self.with_number(Comparison::Equal, value, number))
            }
            (Family::List, Json::Array(elements)) if elements.is_empty() => {
                Ok(and(is_present(&value), is_empty(value)))
            }
            (Family::List, Json::Array(_)) | (Family::Object, Json::Object(_)) => {
                Err(Unsupported::CompareComposite.into())
            }
            (Family::Opaque(what), _) => Err(Unsupported::CompareOpaqueLiteral(what).into()),
            _ => Ok(condition(Kind::Boolean(false))),
        }
    }

    fn equal_string(&mut self, value: Expression, string: &str) -> Expression {
        if string.is_empty() && !value.nullable {
            return is_empty(self.string(value));
        }
        let ValueType::Shape(id) = &value.ty else {
            return equal_to(value, Kind::String(string.to_owned()));
        };
        match self.kind(&value.ty) {
            Some(ShapeKind::Enum(values)) => {
                if values.iter().any(|known| known.value == string) {
                    let literal = Kind::EnumValue(id.clone(), string.to_owned());
                    return equal_to(value, literal);
                }
                let known = values.iter().map(|value| value.value.as_str());
                let suggestion = self.report.similar(string, known);
                self.remark(WarningKind::UnknownValue {
                    shape: id.clone(),
                    value: string.to_owned(),
                    suggestion,
                });
                equal_to(self.string(value), Kind::String(string.to_owned()))
            }
            _ => equal_to(value, Kind::String(string.to_owned())),
        }
    }

    fn equal_values(&mut self, left: Expression, right: Expression) -> Lowered<Expression> {
        if right.ty == ValueType::Condition && left.ty != ValueType::Condition {
            return self.equal_values(right, left);
        }
        if left.ty == ValueType::Condition && left.nullable {
            // An ordering comparison with null is null, not false.
            let present = is_present(&left);
            let equal = self.equal_values(condition(left.kind), right.clone())?;
            return Ok(choose(present, equal, not(is_present(&right))));
        }
        let families = (self.family(&left.ty), self.family(&right.ty));
        let (left, right) = match families {
            (Family::Opaque(what), other) | (other, Family::Opaque(what))
                if other == Family::Opaque(what) || left.ty == right.ty =>
            {
                return Err(Unsupported::CompareOpaque(what).into());
            }
            (one, other) if one != other => {
                return Ok(and(not(is_present(&left)), not(is_present(&right))));
            }
            (Family::List, _) => return Err(Unsupported::CompareLists.into()),
            (Family::Object, _) => return Err(Unsupported::CompareObjects.into()),
            (Family::String, _) if left.ty != right.ty => (self.string(left), self.string(right)),
            (Family::Number, _) => self.numbers(left, right),
            _ => (left, right),
        };
        Ok(compare(Comparison::Equal, left, right))
    }

    /// Returns the condition that a list contains a value.
    pub(super) fn includes(&self, list: Expression, value: Expression) -> Lowered<Expression> {
        let element = current(element_of(&list)?);
        let (element, value) = match (self.family(&element.ty), self.family(&value.ty)) {
            (Family::List | Family::Object | Family::Opaque(_), _) => {
                return Err(Unsupported::ContainsOfComposite.into());
            }
            (one, other) if one != other => return Ok(condition(Kind::Boolean(false))),
            (Family::String, _) if element.ty != value.ty => {
                (self.string(element), self.string(value))
            }
            (Family::Number, _) => self.numbers(element, value),
            _ => (element, value),
        };
        let list = match element.kind {
            Kind::Current => list,
            _ => Expression {
                ty: ValueType::List(element.ty.clone().into()),
                nullable: list.nullable,
                kind: Kind::Each(list.into(), element.into()),
            },
        };
        Ok(condition(Kind::Includes(list.into(), value.into())))
    }

    /// Compares the order of two values. The result is null unless both are numbers.
    pub(super) fn order(&self, how: Comparison, left: Operand, right: Operand) -> Value {
        match (left, right) {
            (Operand::Literal(Json::Number(left)), Operand::Literal(Json::Number(right))) => {
                let order = left.as_f64().partial_cmp(&right.as_f64());
                let holds = order.is_some_and(|order| holds(how, order));
                condition(Kind::Boolean(holds)).into()
            }
            (Operand::Literal(number), Operand::Of(value)) => {
                self.order(flipped(how), Operand::Of(value), Operand::Literal(number))
            }
            (Operand::Of(value), Operand::Literal(Json::Number(number)))
                if self.family(&value.ty) == Family::Number =>
            {
                self.with_number(how, value, &number).into()
            }
            (Operand::Of(left), Operand::Of(right))
                if self.family(&left.ty) == Family::Number
                    && self.family(&right.ty) == Family::Number =>
            {
                let (left, right) = self.numbers(left, right);
                Value::from(Expression {
                    nullable: left.nullable || right.nullable,
                    ..compare(how, left, right)
                })
            }
            _ => Json::Null.into(),
        }
    }

    /// Compares a number with a literal, which is converted to the type of the number.
    fn with_number(&self, how: Comparison, value: Expression, number: &Number) -> Expression {
        let is_float = matches!(
            self.kind(&value.ty),
            Some(ShapeKind::Float | ShapeKind::Double)
        );
        let float = number.as_f64().unwrap_or_default();
        if is_float || value.ty == ValueType::Number {
            return ordered(how, value, Kind::Float(float));
        }
        // An integer compares with a fraction as with the next integer.
        let whole = match how {
            Comparison::Greater | Comparison::LessOrEqual => float.floor(),
            Comparison::Less | Comparison::GreaterOrEqual => float.ceil(),
            Comparison::Equal | Comparison::NotEqual if float.fract() != 0.0 => {
                return condition(Kind::Boolean(false));
            }
            Comparison::Equal | Comparison::NotEqual => float,
        };
        let (min, max) = self.range(&value.ty);
        let exact = number.as_i64().map(i128::from);
        let integer = exact.unwrap_or(whole as i128);
        let outside = match how {
            Comparison::Equal | Comparison::NotEqual => Some(false),
            Comparison::Less | Comparison::LessOrEqual => Some(integer > max),
            Comparison::Greater | Comparison::GreaterOrEqual => Some(integer < min),
        };
        match (i64::try_from(integer), outside) {
            (Ok(integer), _) if (min..=max).contains(&i128::from(integer)) => {
                match (value.kind, how, integer) {
                    (Kind::Length(of), Comparison::Equal | Comparison::LessOrEqual, 0)
                    | (Kind::Length(of), Comparison::Less, 1) => is_empty(*of),
                    (Kind::Length(of), Comparison::Greater, 0)
                    | (Kind::Length(of), Comparison::GreaterOrEqual, 1) => not(is_empty(*of)),
                    (Kind::Length(_), Comparison::Less, 0) => condition(Kind::Boolean(false)),
                    (Kind::Length(_), Comparison::GreaterOrEqual, 0) => {
                        condition(Kind::Boolean(true))
                    }
                    (kind, ..) => {
                        ordered(how, Expression { kind, ..value }, Kind::Integer(integer))
                    }
                }
            }
            (_, Some(true)) => is_present(&value),
            _ => condition(Kind::Boolean(false)),
        }
    }

    /// Returns the minimum and maximum of an integer type.
    fn range(&self, ty: &ValueType) -> (i128, i128) {
        match self.kind(ty) {
            Some(ShapeKind::Byte) => (i8::MIN.into(), i8::MAX.into()),
            Some(ShapeKind::Short) => (i16::MIN.into(), i16::MAX.into()),
            Some(ShapeKind::Integer) => (i32::MIN.into(), i32::MAX.into()),
            Some(_) => (i64::MIN.into(), i64::MAX.into()),
            None => (0, u32::MAX.into()),
        }
    }

    /// Converts two numbers to a common type.
    fn numbers(&self, left: Expression, right: Expression) -> (Expression, Expression) {
        let same = match (self.kind(&left.ty), self.kind(&right.ty)) {
            (None, None) => left.ty == right.ty,
            (left, right) => left == right,
        };
        let widened = |number: Expression| Expression {
            nullable: number.nullable,
            kind: Kind::Widened(number.into()),
            ty: ValueType::Number,
        };
        match same {
            true => (left, right),
            false => (widened(left), widened(right)),
        }
    }

    /// Converts a value of the string family to a string.
    pub(super) fn string(&self, value: Expression) -> Expression {
        match self.kind(&value.ty) {
            Some(ShapeKind::Enum(_)) => Expression {
                nullable: value.nullable,
                kind: Kind::EnumString(value.into()),
                ty: ValueType::String,
            },
            _ => value,
        }
    }

    pub(super) fn is_string(&self, value: &Expression) -> bool {
        self.family(&value.ty) == Family::String
    }
}

fn compare(how: Comparison, left: Expression, right: Expression) -> Expression {
    condition(Kind::Compare(how, left.into(), right.into()))
}

pub(super) fn equal_to(value: Expression, literal: Kind) -> Expression {
    compare(Comparison::Equal, value, of(literal, ValueType::Literal))
}

/// Compares a value with a number. An ordering comparison is null if the value is null.
fn ordered(how: Comparison, value: Expression, number: Kind) -> Expression {
    let is_order = !matches!(how, Comparison::Equal | Comparison::NotEqual);
    Expression {
        nullable: is_order && value.nullable,
        ..compare(how, value, of(number, ValueType::Literal))
    }
}

pub(super) fn holds(how: Comparison, order: Ordering) -> bool {
    match how {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    }
}

/// Whether two literals are equal; `1.0` equals `1`.
fn same_json(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => left.as_f64() == right.as_f64(),
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same_json(left, right))
        }
        _ => left == right,
    }
}

/// Returns the comparison with swapped operands.
fn flipped(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}
