//! Plausible values for members, derived from their shapes.

use super::call::{Built, Setter, Value};
use crate::ir::{Member, Service, Shape, ShapeId, ShapeKind};
use crate::plan::types::Type;
use crate::plan::{member, names, sample};

/// The maximum number of values in an example.
const MAX_VALUES: usize = 60;

/// Generates the values of an example.
pub(super) struct ValueGenerator<'a> {
    pub(super) service: &'a Service,
    /// The shapes that contain the current value.
    open: Vec<&'a str>,
    /// The number of values that can still be generated.
    left: usize,
    /// The strings generated so far and their shapes.
    strings: Vec<(&'a str, String)>,
}

impl<'a> ValueGenerator<'a> {
    pub(super) fn new(service: &'a Service) -> Self {
        Self {
            service,
            open: Vec::new(),
            left: MAX_VALUES,
            strings: Vec::new(),
        }
    }

    /// Returns the setters of a structure's members that are required or in the table of examples, or else of the
    /// first member that can be set.
    pub(super) fn setters(&mut self, id: &'a str) -> Option<Vec<Setter>> {
        let setters = self.required(id)?;
        if !setters.is_empty() {
            return Some(setters);
        }
        let members = self.service.members(Some(id)).iter();
        let mut usual = members.filter(|it| !it.idempotency_token && it.deprecated.is_none());
        Some(
            usual
                .find_map(|member| self.setter(id, member))
                .into_iter()
                .collect(),
        )
    }

    /// Returns the setters of a structure's members that are required or in the table of examples.
    pub(super) fn required(&mut self, id: &'a str) -> Option<Vec<Setter>> {
        let also = self.service.examples.members.get(id);
        let is_set = |member: &&Member| {
            let also = also.is_some_and(|names| names.contains(&member.name));
            also || (member.required && !member.idempotency_token)
        };
        let members = self.service.members(Some(id)).iter().filter(is_set);
        members.map(|member| self.setter(id, member)).collect()
    }

    /// Returns the call that sets a member; a list gets an element, a map an entry.
    pub(super) fn setter(&mut self, structure: &str, member: &'a Member) -> Option<Setter> {
        let given = self.given(structure, member);
        let name = &member.name;
        let set = member::setter(self.service, structure, name);
        // An empty list or map is only set if it is required.
        let empty = |value| {
            let values = vec![Value::Some(Box::new(value))];
            member.required.then_some(Setter { name: set, values })
        };
        let values = match &self.service.shapes.get(&member.shape)?.kind {
            ShapeKind::List(element) => match self.value(element, given, singular(name), false) {
                Some(value) => vec![value],
                None => return empty(Value::List(None)),
            },
            ShapeKind::Map { key, value } => match self.entry(key, value, given, false) {
                Some((key, value)) => vec![key, value],
                None => return empty(Value::Map(None)),
            },
            _ => vec![self.value(&member.shape, given, name, false)?],
        };
        Some(Setter {
            name: member::name(self.service, structure, name),
            values,
        })
    }

    /// Returns the value in the table of examples for a member or, failing that, for its shape.
    fn given(&self, id: &str, member: &Member) -> Option<&'a String> {
        let values = &self.service.examples.values;
        let row = values.get(&format!("{id}.{}", member.name));
        row.or_else(|| values.get(&member.shape))
    }

    fn entry(
        &mut self,
        key: &'a ShapeId,
        value: &'a ShapeId,
        given: Option<&String>,
        owned: bool,
    ) -> Option<(Value, Value)> {
        let key = self.value(key, None, "key", owned)?;
        Some((key, self.value(value, given, "value", owned)?))
    }

    /// Returns a value of a shape: the given one if it is valid. The name of the member distinguishes strings whose
    /// shape has no pattern.
    fn value(
        &mut self,
        id: &'a ShapeId,
        given: Option<&String>,
        name: &str,
        owned: bool,
    ) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        let shape = self.service.shapes.get(id)?;
        let given = given.or_else(|| self.service.examples.values.get(id));
        let ty = || Type::of(self.service, id);
        Some(match &shape.kind {
            ShapeKind::Boolean => Value::Boolean(given.is_none_or(|given| given != "false")),
            ShapeKind::Byte => integer(shape, given, i8::MAX.into()),
            ShapeKind::Short => integer(shape, given, i16::MAX.into()),
            ShapeKind::Integer => integer(shape, given, i32::MAX.into()),
            ShapeKind::Long => integer(shape, given, i64::MAX),
            ShapeKind::Float | ShapeKind::Double => {
                let given = given.and_then(|given| given.parse().ok());
                let given = given.filter(|number: &f64| number.is_finite());
                Value::Float(given.unwrap_or_else(|| sample::number(&shape.constraints)))
            }
            ShapeKind::String => {
                let string = given
                    .cloned()
                    .unwrap_or_else(|| sample::string(&shape.constraints, name));
                self.strings.push((id, string.clone()));
                if owned {
                    Value::Owned(string)
                } else {
                    Value::String(string)
                }
            }
            ShapeKind::Enum(values) => {
                let value = values.iter().find(|value| Some(&value.value) == given);
                let value = value.or_else(|| values.first())?;
                Value::Variant(ty(), names::variant_name(&value.name), None)
            }
            ShapeKind::Blob if shape.streaming => Value::Smithy(ty(), "ByteStream"),
            ShapeKind::Blob => Value::Smithy(ty(), "Blob"),
            ShapeKind::Timestamp(_) => Value::Smithy(ty(), "DateTime"),
            ShapeKind::Document => Value::Smithy(ty(), "Document"),
            ShapeKind::BigInteger => Value::Smithy(ty(), "BigInteger"),
            ShapeKind::BigDecimal => Value::Smithy(ty(), "BigDecimal"),
            ShapeKind::List(element) => {
                let element = self.value(element, given, singular(name), true);
                Value::List(element.map(Box::new))
            }
            ShapeKind::Map { key, value } => {
                Value::Map(self.entry(key, value, given, true).map(Box::new))
            }
            ShapeKind::Structure(_) => self.inside(id, |generator| generator.built(id, shape))?,
            ShapeKind::Union(members) => {
                let choice =
                    |generator: &mut Self| members.iter().find_map(|it| generator.choice(id, it));
                self.inside(id, choice)?
            }
        })
    }

    /// Generates a value inside a shape. Returns `None` if the shape contains itself.
    fn inside(
        &mut self,
        id: &'a str,
        make: impl FnOnce(&mut Self) -> Option<Value>,
    ) -> Option<Value> {
        if self.open.contains(&id) {
            return None;
        }
        self.open.push(id);
        let value = make(self);
        self.open.pop();
        value
    }

    fn built(&mut self, id: &'a ShapeId, shape: &Shape) -> Option<Value> {
        let service = self.service;
        let must =
            |member: &Member| !service.is_optional(member) && service.default_of(member).is_none();
        Some(Value::Built(Built {
            ty: Type::of(self.service, id),
            name: names::module_name(id),
            setters: self.setters(id)?,
            fallible: shape.kind.members().iter().any(must),
        }))
    }

    fn choice(&mut self, union: &'a ShapeId, member: &'a Member) -> Option<Value> {
        let given = self.given(union, member);
        let value = self.value(&member.shape, given, &member.name, true)?;
        let value = if member.boxed {
            Value::Boxed(Box::new(value))
        } else {
            value
        };
        let variant = names::variant_name(&member.name);
        Some(Value::Variant(
            Type::of(self.service, union),
            variant,
            Some(Box::new(value)),
        ))
    }

    /// Returns the string that has been generated for a shape.
    pub(super) fn generated_string(&self, id: &str) -> Option<Value> {
        let (_, string) = self.strings.iter().find(|(shape, _)| *shape == id)?;
        Some(Value::String(string.clone()))
    }
}

fn integer(shape: &Shape, given: Option<&String>, most: i64) -> Value {
    let given = given.and_then(|given| given.parse().ok());
    let number = given.unwrap_or_else(|| sample::integer(&shape.constraints));
    Value::Integer(number.clamp(-most, most))
}

/// `WorkspaceIds` -> `WorkspaceId`
pub(super) fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(one) if !one.ends_with(['e', 's', 'u', 'i']) => one,
        Some(one) if one.ends_with('e') && !one.ends_with("se") && !one.ends_with("ie") => one,
        _ => name,
    }
}
