//! Calls of functions, and attributes of what they return.

use super::super::rules::{Kind, Type, Value};
use super::super::values::{
    ATTRIBUTES, boolean, boolean_equals, either, is_nothing, negated, optional, or, string_equals,
    string_value,
};
use super::Planner;
use crate::diagnostic::{EndpointFault, Fault, Item, Suggestion};
use crate::ir::{RuleFunction, RuleValue};
use crate::plan::names;

impl Planner<'_> {
    /// Plans the call of a function.
    pub(super) fn call(
        &mut self,
        function: RuleFunction,
        arguments: &[RuleValue],
    ) -> Option<Value> {
        use RuleFunction as F;
        Some(match (function, arguments) {
            (F::IsSet, [value]) => match self.value(value)? {
                Value {
                    kind: Kind::Nothing,
                    ..
                } => boolean(Kind::Boolean(false)),
                value if value.optional => boolean(Kind::IsSome(Box::new(value))),
                _ => boolean(Kind::Boolean(true)),
            },
            (F::Not, [value]) => negated(self.typed(value, Type::Boolean)?),
            (F::BooleanEquals, [left, right]) => boolean_equals(
                self.typed(left, Type::Boolean)?,
                self.typed(right, Type::Boolean)?,
            ),
            (F::StringEquals, [left, right]) => string_equals(
                self.typed(left, Type::String)?,
                self.typed(right, Type::String)?,
            ),
            (F::Partition, [region]) => optional(
                Type::Partition,
                Kind::Partition(Box::new(self.string(region)?)),
            ),
            (F::ParseArn, [string]) => {
                optional(Type::Arn, Kind::ParseArn(Box::new(self.string(string)?)))
            }
            (F::ParseUrl, [string]) => {
                optional(Type::Url, Kind::ParseUrl(Box::new(self.string(string)?)))
            }
            (F::IsValidHostLabel, [string, RuleValue::Boolean(dots)]) => boolean(
                Kind::IsValidHostLabel(Box::new(self.string(string)?), *dots),
            ),
            (
                F::Substring,
                [
                    string,
                    RuleValue::Integer(start),
                    RuleValue::Integer(stop),
                    RuleValue::Boolean(reverse),
                ],
            ) => optional(
                Type::String,
                Kind::Substring(Box::new(self.string(string)?), *start, *stop, *reverse),
            ),
            (F::IsVirtualHostableS3Bucket, [string, RuleValue::Boolean(dots)]) => boolean(
                Kind::IsVirtualHostableS3Bucket(Box::new(self.string(string)?), *dots),
            ),
            (F::Coalesce, [first, rest @ ..]) => {
                let mut value = self.value(first)?;
                for next in rest {
                    let next = self.value(next)?;
                    if value.ty != next.ty && !is_nothing(&value) && !is_nothing(&next) {
                        return self.wrong_type();
                    }
                    value = or(value, next);
                }
                value
            }
            (F::Ite, [condition, then, otherwise]) => {
                let condition = self.typed(condition, Type::Boolean)?;
                let (then, otherwise) = (self.value(then)?, self.value(otherwise)?);
                let is_open = is_nothing(&then) || is_nothing(&otherwise);
                if condition.optional || then.ty != otherwise.ty && !is_open {
                    return self.wrong_type();
                }
                either(condition, then, otherwise)
            }
            (F::Split, [string, separator, RuleValue::Integer(limit)]) => {
                let string = Box::new(self.string(string)?);
                let separator = Box::new(self.string(separator)?);
                Value {
                    kind: Kind::Split(string, separator, *limit),
                    ty: Type::Parts,
                    optional: false,
                }
            }
            (F::UriEncode, [string]) => {
                string_value(Kind::UriEncode(Box::new(self.string(string)?)))
            }
            _ => return self.wrong_type(),
        })
    }

    /// Plans an attribute of a value, such as `name`, or `resourceId[0]`, an element of a list.
    pub(super) fn attribute(&mut self, of: &RuleValue, attribute: &str) -> Option<Value> {
        let of = self.value(of)?;
        if is_nothing(&of) {
            return Some(of);
        }
        if of.optional {
            return self.wrong(EndpointFault::MaybeAbsent);
        }
        if let Some((list, index)) = attribute.rsplit_once('[') {
            let list = match list {
                "" => of,
                list => self.field(of, list)?,
            };
            let index = index.strip_suffix(']').and_then(|index| index.parse().ok());
            return match (list.ty, index) {
                (Type::Strings | Type::Parts, Some(index)) => {
                    Some(optional(Type::String, Kind::Item(Box::new(list), index)))
                }
                _ => self.wrong_type(),
            };
        }
        self.field(of, attribute)
    }

    fn field(&mut self, of: Value, attribute: &str) -> Option<Value> {
        let Some((_, _, field, ty)) = ATTRIBUTES
            .iter()
            .find(|(whose, name, _, _)| *whose == of.ty && *name == attribute)
        else {
            let names = ATTRIBUTES.iter().filter(|(whose, ..)| *whose == of.ty);
            let suggestion = Suggestion::among(attribute, names.map(|(_, name, ..)| *name));
            return self.wrong(Fault::unknown(Item::Attribute, attribute, suggestion));
        };
        Some(Value {
            kind: Kind::Field(Box::new(of), names::member_name(field)),
            ty: *ty,
            optional: false,
        })
    }

    /// Plans a value of the given type. An absent value has any type.
    fn typed(&mut self, value: &RuleValue, ty: Type) -> Option<Value> {
        let value = self.value(value)?;
        match value.kind {
            Kind::Nothing => Some(value),
            _ if value.ty == ty => Some(value),
            _ => self.wrong_type(),
        }
    }
}
