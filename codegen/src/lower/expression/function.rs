//! Functions.

use jmespath::ast::Ast;
use serde_json::Value as Json;

use super::condition::{condition, counted, is_present, or};
use super::value::{Operand, Value, not_both_choices};
use super::{Lower, Lowered, describe, fault, of, unsupported};
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Expression, ShapeKind, StringTest, ValueType};

impl Lower<'_> {
    pub(super) fn function(&mut self, name: &str, arguments: &[Ast], at: &Value) -> Lowered {
        let arguments = arguments.iter().map(|argument| self.value(argument, at));
        let arguments = arguments.collect::<Lowered<Vec<Value>>>()?;
        match (name, arguments.as_slice()) {
            ("length", [of]) => self.over(of.clone(), &mut Self::length),
            ("contains", [subject, part]) => self.over_both(subject, part, |lower, of, part| {
                lower.contains(of, part).map(Value::from)
            }),
            ("starts_with", [subject, part]) => self.over_both(subject, part, |lower, of, part| {
                let test = lower.string_test(StringTest::StartsWith, of, part);
                test.map(Value::from)
            }),
            ("ends_with", [subject, part]) => self.over_both(subject, part, |lower, of, part| {
                let test = lower.string_test(StringTest::EndsWith, of, part);
                test.map(Value::from)
            }),
            ("not_null", [first, rest @ ..]) => self.not_null(first, rest),
            ("length" | "contains" | "starts_with" | "ends_with" | "not_null", arguments) => {
                Err(fault(
                    format!("{name}() has {} arguments", arguments.len()),
                    "length() takes one, not_null() at least one, the others take two",
                ))
            }
            _ => Err(fault(
                format!("{name}() is not supported in the expression of a waiter"),
                "use length(), contains(), starts_with(), ends_with() or not_null()",
            )),
        }
    }

    fn over_both(
        &mut self,
        left: &Value,
        right: &Value,
        mut then: impl FnMut(&mut Self, Operand, Operand) -> Lowered,
    ) -> Lowered {
        not_both_choices(left, right)?;
        self.over(left.clone(), &mut |lower, left| {
            lower.over(right.clone(), &mut |lower, right| {
                then(lower, left.clone(), right)
            })
        })
    }

    fn length(&mut self, value: Operand) -> Lowered {
        let value = match value {
            Operand::Of(value) => value,
            Operand::Literal(Json::String(text)) => {
                return Ok(Json::from(text.chars().count()).into());
            }
            Operand::Literal(Json::Array(elements)) => {
                return Ok(Json::from(elements.len()).into());
            }
            _ => return Err(unsupported("length() of this literal")),
        };
        let has_length = matches!(value.ty, ValueType::List(_))
            || self.is_string(&value)
            || matches!(self.kind(&value.ty), Some(ShapeKind::Map { .. }));
        if !has_length {
            return Err(unsupported(
                "length() of a value that is not a list, map or string",
            ));
        }
        self.check(is_present(&value));
        let value = counted(self.string(value));
        Ok(Value::from(of(
            Kind::Length(value.into()),
            ValueType::Count,
        )))
    }

    fn contains(&mut self, subject: Operand, part: Operand) -> Lowered<Expression> {
        match (subject, part) {
            (Operand::Of(list), Operand::Literal(part))
                if matches!(list.ty, ValueType::List(_)) =>
            {
                self.check(is_present(&list));
                self.any(list, |lower, element| {
                    lower.equal(element.into(), part.into())
                })
            }
            (Operand::Of(list), Operand::Of(part)) if matches!(list.ty, ValueType::List(_)) => {
                self.check(is_present(&list));
                self.includes(list, part)
            }
            (Operand::Literal(Json::Array(elements)), part) => {
                let part = Value::One(part);
                let never = condition(Kind::Boolean(false));
                elements.into_iter().try_fold(never, |is, element| {
                    let equal = self.equal(part.clone(), element.into())?;
                    Ok(or(is, equal))
                })
            }
            (subject, part) => self.string_test(StringTest::Contains, subject, part),
        }
    }

    fn string_test(
        &mut self,
        test: StringTest,
        subject: Operand,
        part: Operand,
    ) -> Lowered<Expression> {
        if let (Operand::Literal(Json::String(subject)), Operand::Literal(Json::String(part))) =
            (&subject, &part)
        {
            return Ok(condition(Kind::Boolean(match test {
                StringTest::Contains => subject.contains(part),
                StringTest::StartsWith => subject.starts_with(part),
                StringTest::EndsWith => subject.ends_with(part),
            })));
        }
        let (subject, part) = (self.argument(subject)?, self.argument(part)?);
        Ok(condition(Kind::StringTest(
            test,
            subject.into(),
            part.into(),
        )))
    }

    /// An argument that has to be a string, or the evaluation fails.
    fn argument(&mut self, value: Operand) -> Lowered<Expression> {
        match value {
            Operand::Literal(Json::String(text)) => Ok(of(Kind::String(text), ValueType::Literal)),
            Operand::Of(value) if self.is_string(&value) => {
                self.check(is_present(&value));
                Ok(self.string(value))
            }
            Operand::Of(value) => Err(unsupported(&format!(
                "{} as an argument that has to be a string",
                describe(&value.ty)
            ))),
            _ => Err(unsupported(
                "a literal as an argument that has to be a string",
            )),
        }
    }

    /// The first argument that is not null.
    fn not_null(&mut self, first: &Value, rest: &[Value]) -> Lowered {
        let rest = match rest {
            [] => Json::Null.into(),
            [next, rest @ ..] => self.not_null(next, rest)?,
        };
        self.over(first.clone(), &mut |_, first| {
            let present = match &first {
                Operand::Of(first) => is_present(first),
                Operand::Literal(first) => condition(Kind::Boolean(!first.is_null())),
            };
            Ok(Value::choice(present, Value::One(first), rest.clone()))
        })
    }
}
