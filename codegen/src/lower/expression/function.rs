//! Functions.

use jmespath::ast::Ast;
use serde_json::Value as Json;

use super::condition::{condition, counted, is_present, or};
use super::value::Value;
use super::{Lower, Lowered, describe, fault, of, unsupported};
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Expression, ShapeKind, StringTest, ValueType};

impl Lower<'_> {
    pub(super) fn function(&mut self, name: &str, arguments: &[Ast], at: &Value) -> Lowered {
        let arguments = arguments.iter().map(|argument| self.value(argument, at));
        let arguments = arguments.collect::<Lowered<Vec<Value>>>()?;
        match (name, arguments.as_slice()) {
            ("length", [of]) => self.over(of.clone(), Self::length),
            ("contains", [subject, part]) => self.over_both(subject, part, |lower, of, part| {
                lower.contains(of, part).map(Value::Of)
            }),
            ("starts_with", [subject, part]) => self.over_both(subject, part, |lower, of, part| {
                let test = lower.string_test(StringTest::StartsWith, of, part);
                test.map(Value::Of)
            }),
            ("ends_with", [subject, part]) => self.over_both(subject, part, |lower, of, part| {
                let test = lower.string_test(StringTest::EndsWith, of, part);
                test.map(Value::Of)
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
        mut then: impl FnMut(&mut Self, Value, Value) -> Lowered,
    ) -> Lowered {
        self.over(left.clone(), |lower, left| {
            lower.over(right.clone(), |lower, right| {
                then(lower, left.clone(), right)
            })
        })
    }

    fn length(&mut self, value: Value) -> Lowered {
        let value = match value {
            Value::Of(value) => value,
            Value::Literal(Json::String(text)) => {
                return Ok(Value::Literal(text.chars().count().into()));
            }
            Value::Literal(Json::Array(elements)) => {
                return Ok(Value::Literal(elements.len().into()));
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
        Ok(Value::Of(of(Kind::Length(value.into()), ValueType::Count)))
    }

    fn contains(&mut self, subject: Value, part: Value) -> Lowered<Expression> {
        match (subject, part) {
            (Value::Of(list), Value::Literal(part)) if matches!(list.ty, ValueType::List(_)) => {
                self.check(is_present(&list));
                self.any(list, |lower, element| {
                    lower.equal(Value::Of(element), Value::Literal(part))
                })
            }
            (Value::Of(list), Value::Of(part)) if matches!(list.ty, ValueType::List(_)) => {
                self.check(is_present(&list));
                self.includes(list, part)
            }
            (Value::Literal(Json::Array(elements)), part) => {
                let never = condition(Kind::Boolean(false));
                elements.into_iter().try_fold(never, |is, element| {
                    let equal = self.equal(part.clone(), Value::Literal(element))?;
                    Ok(or(is, equal))
                })
            }
            (subject, part) => self.string_test(StringTest::Contains, subject, part),
        }
    }

    fn string_test(
        &mut self,
        test: StringTest,
        subject: Value,
        part: Value,
    ) -> Lowered<Expression> {
        if let (Value::Literal(Json::String(subject)), Value::Literal(Json::String(part))) =
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
    fn argument(&mut self, value: Value) -> Lowered<Expression> {
        match value {
            Value::Literal(Json::String(text)) => Ok(of(Kind::String(text), ValueType::Literal)),
            Value::Of(value) if self.is_string(&value) => {
                self.check(is_present(&value));
                Ok(self.string(value))
            }
            Value::Of(value) => Err(unsupported(&format!(
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
            [] => Value::Literal(Json::Null),
            [next, rest @ ..] => self.not_null(next, rest)?,
        };
        self.over(first.clone(), |_, first| {
            let present = match &first {
                Value::Of(first) => is_present(first),
                Value::Literal(first) => condition(Kind::Boolean(!first.is_null())),
                Value::Choice(_) => return Err(unsupported("a choice of choices")),
            };
            Ok(Value::choice(present, first, rest.clone()))
        })
    }
}
