//! Expressions over an output as Rust: accessors, `Option`s and iterators.
//!
//! A value that can be null is an `Option`, and an absent list an empty one.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::types::Type;
use super::{member, names};
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Comparison, Expression, Service, Shape, ShapeKind, StringTest, ValueType};
pub(crate) use code::Code;
use code::{binary, closure, is_literal, method, negated, operator};

mod code;
mod list;

/// The form in which a piece of Rust has its value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    /// A value or a reference to one.
    Plain,
    /// An `Option` of that.
    Optional,
    /// A slice.
    Slice,
    /// An iterator.
    Iterator,
}

type Value = (Code, Form);

/// Returns the condition, with the imports that it needs.
pub(super) fn condition(
    service: &Service,
    condition: &Expression,
    imports: &mut BTreeSet<String>,
) -> Code {
    let (code, _) = Plan { service, imports }.value(condition, &output());
    code
}

/// Returns an iterator over the strings of a list, as `&str`.
pub(super) fn strings(service: &Service, list: &Expression) -> Code {
    let mut imports = BTreeSet::new();
    let mut plan = Plan {
        service,
        imports: &mut imports,
    };
    let iterator = plan.iterator(list, &output());
    match list::returns_references(list) {
        true => method(iterator, "map", vec![it_method("as_str")]),
        false => iterator,
    }
}

/// Returns the list, and values of its elements as `Option<&str>`. An element is `it`.
pub(super) fn fields(
    service: &Service,
    list: &Expression,
    fields: &[Option<Expression>; 4],
) -> (Code, [Option<Code>; 4]) {
    let mut imports = BTreeSet::new();
    let mut plan = Plan {
        service,
        imports: &mut imports,
    };
    let it = (Code::Name("it"), Form::Plain);
    let fields = fields.each_ref().map(|field| {
        let value = plan.value(field.as_ref()?, &it);
        Some(match value {
            (value, Form::Optional) => value,
            (value, _) => Code::Some(value.into()),
        })
    });
    (plan.iterator(list, &output()), fields)
}

fn output() -> Value {
    (Code::Name("output"), Form::Plain)
}

struct Plan<'a> {
    service: &'a Service,
    imports: &'a mut BTreeSet<String>,
}

impl Plan<'_> {
    fn value(&mut self, of: &Expression, at: &Value) -> Value {
        match &of.kind {
            Kind::Current => at.clone(),
            Kind::Member(inner, _) if is_union(self.service, inner) => self.picked(of, at),
            Kind::Member(inner, name) => self.member(inner, name, at),
            Kind::Entry(..) | Kind::Index(..) | Kind::IndexFromEnd(..) => self.picked(of, at),
            Kind::Values(..) | Kind::Each(..) | Kind::Flatten(_) | Kind::Filter(..) => {
                (self.iterator(of, at), Form::Iterator)
            }
            Kind::Any(list, is) => plain(self.any(list, is, at)),
            Kind::Includes(list, value) => plain(self.includes(list, value, at)),
            Kind::All(list, is) => plain(self.quantified("all", list, is, at)),
            Kind::NonEmptyAll(list, is) => {
                let is = self.element_condition(list, is, "it");
                let (list, _) = self.value(list, at);
                plain(self.helper("all", vec![list, is]))
            }
            Kind::IsEmpty(of) => plain(self.is_empty(of, at)),
            Kind::IsPresent(of) => plain(self.is_present(of, at)),
            Kind::Length(of) => plain(self.length(of, at)),
            Kind::StringTest(test, subject, part) => {
                let name = match test {
                    StringTest::Contains => "contains",
                    StringTest::StartsWith => "starts_with",
                    StringTest::EndsWith => "ends_with",
                };
                let (subject, part) = (self.value(subject, at), self.value(part, at));
                let test = |subject, part| method(subject, name, vec![part]);
                plain(if_present(subject, part, test))
            }
            Kind::Compare(how, left, right) => plain(self.compare(*how, left, right, at)),
            Kind::And(left, right) => plain(self.binary("&&", left, right, at)),
            Kind::Or(left, right) => plain(self.binary("||", left, right, at)),
            Kind::Not(inner) => plain(self.not(inner, at)),
            Kind::EnumString(of) => match self.value(of, at) {
                (of, Form::Optional) => {
                    (method(of, "map", vec![it_method("as_str")]), Form::Optional)
                }
                (of, form) => (method(of, "as_str", vec![]), form),
            },
            Kind::Widened(of) => match self.value(of, at) {
                (of, Form::Optional) => {
                    self.import("number");
                    let widened = method(of, "map", vec![Code::Name("number")]);
                    (widened, Form::Optional)
                }
                (of, form) => (self.helper("number", vec![of]), form),
            },
            Kind::String(string) => plain(Code::String(string.clone())),
            Kind::EnumValue(id, value) => plain(self.variant(id, value)),
            Kind::Integer(integer) => plain(Code::Integer(*integer)),
            Kind::Float(float) => plain(Code::Float(*float)),
            Kind::Boolean(is) => plain(Code::Boolean(*is)),
        }
    }

    /// Returns a call of a function of the runtime.
    fn helper(&mut self, name: &'static str, arguments: Vec<Code>) -> Code {
        self.import(name);
        Code::Call(name, arguments)
    }

    /// Imports a function of the runtime.
    fn import(&mut self, name: &str) {
        self.imports
            .insert(format!("lean_aws_runtime::codegen::{name}"));
    }

    /// `of.name()`, with `map` or `and_then` if `of` is an `Option`.
    fn member(&mut self, of: &Expression, name: &str, at: &Value) -> Value {
        let owner = shape(self.service, &of.ty);
        let member = owner.and_then(|owner| owner.kind.members().iter().find(|it| it.name == name));
        let is_list = member
            .and_then(|member| self.service.shapes.get(&member.shape))
            .is_some_and(|shape| matches!(shape.kind, ShapeKind::List(_)));
        let form_of_member = match member {
            _ if is_list => Form::Slice,
            Some(member) if !self.service.is_optional(member) => Form::Plain,
            _ => Form::Optional,
        };
        let accessor_name = self.field(of, name);
        let accessor = |of| Code::Method(Box::new(of), accessor_name, vec![]);
        let (of, form) = self.value(of, at);
        if form != Form::Optional {
            return (accessor(of), form_of_member);
        }
        let of_it = vec![closure("it", accessor(Code::Name("it")))];
        match form_of_member {
            Form::Optional => (method(of, "and_then", of_it), form_of_member),
            Form::Slice => {
                let list = method(of, "map", of_it);
                (method(list, "unwrap_or_default", vec![]), form_of_member)
            }
            _ => (method(of, "map", of_it), Form::Optional),
        }
    }

    fn is_empty(&mut self, of: &Expression, at: &Value) -> Code {
        let is_map = is_map(self.service, of);
        match self.value(of, at) {
            (list, Form::Iterator) => method(method(list, "next", vec![]), "is_none", vec![]),
            (map, Form::Optional) if is_map => {
                method(map, "is_none_or", vec![it_method("is_empty")])
            }
            (string, Form::Optional) => method(
                method(string, "unwrap_or_default", vec![]),
                "is_empty",
                vec![],
            ),
            (of, _) => method(of, "is_empty", vec![]),
        }
    }

    fn length(&mut self, of: &Expression, at: &Value) -> Code {
        let is_map = is_map(self.service, of);
        let is_list = matches!(of.ty, ValueType::List(_));
        match self.value(of, at) {
            (list, Form::Iterator) => method(list, "count", vec![]),
            (map, Form::Optional) if is_map => {
                method(map, "map_or", vec![Code::Integer(0), it_method("len")])
            }
            (of, _) if is_map || is_list => method(of, "len", vec![]),
            (string, form) => {
                let string = match form {
                    Form::Optional => method(string, "unwrap_or_default", vec![]),
                    _ => string,
                };
                method(method(string, "chars", vec![]), "count", vec![])
            }
        }
    }

    fn is_present(&mut self, of: &Expression, at: &Value) -> Code {
        let is_some = |of| method(of, "is_some", vec![]);
        let is_list = matches!(of.ty, ValueType::List(_));
        match &of.kind {
            Kind::Member(inner, name) if self.is_required(inner, name) => {
                self.is_present(inner, at)
            }
            Kind::Index(list, 0) | Kind::IndexFromEnd(list, 0) => negated(self.is_empty(list, at)),
            Kind::Member(inner, name) if is_list && !is_union(self.service, inner) => {
                // The accessor of a list returns an empty slice if the list is absent.
                let name = self.field(inner, name);
                let field = |of| is_some(Code::Field(Box::new(of), name));
                match self.value(inner, at) {
                    (inner, Form::Optional) => {
                        let present = closure("it", field(Code::Name("it")));
                        method(inner, "is_some_and", vec![present])
                    }
                    (inner, _) => field(inner),
                }
            }
            _ if is_list => is_some(self.pick(of, at)),
            _ => is_some(self.value(of, at).0),
        }
    }

    /// Returns the name of a member's field and accessor.
    fn field(&self, of: &Expression, name: &str) -> Ident {
        let owner = match &of.ty {
            ValueType::Shape(id) => id.as_str(),
            _ => "",
        };
        member::name(self.service, owner, name)
    }

    /// Whether a structure always has the member.
    fn is_required(&self, of: &Expression, name: &str) -> bool {
        !is_union(self.service, of)
            && shape(self.service, &of.ty).is_some_and(|owner| {
                let mut members = owner.kind.members().iter();
                members.any(|member| member.name == name && !self.service.is_optional(member))
            })
    }

    fn not(&mut self, is: &Expression, at: &Value) -> Code {
        if let Kind::IsEmpty(map) = &is.kind
            && is_map(self.service, map)
            && let (map, Form::Optional) = self.value(map, at)
        {
            let has_entries = Code::Not(method(Code::Name("it"), "is_empty", vec![]).into());
            return method(map, "is_some_and", vec![closure("it", has_entries)]);
        }
        negated(self.value(is, at).0)
    }

    fn compare(
        &mut self,
        how: Comparison,
        left: &Expression,
        right: &Expression,
        at: &Value,
    ) -> Code {
        let operator = operator(how);
        let (left, right) = (self.value(left, at), self.value(right, at));
        let equality = matches!(how, Comparison::Equal | Comparison::NotEqual);
        if !equality {
            return if_present(left, right, |left, right| binary(left, operator, right));
        }
        equate(operator, left, right)
    }

    fn binary(
        &mut self,
        operator: &'static str,
        left: &Expression,
        right: &Expression,
        at: &Value,
    ) -> Code {
        binary(self.value(left, at).0, operator, self.value(right, at).0)
    }

    fn variant(&mut self, id: &str, value: &str) -> Code {
        let values = match self.service.shapes.get(id).map(|shape| &shape.kind) {
            Some(ShapeKind::Enum(values)) => values.as_slice(),
            _ => &[],
        };
        let name = values
            .iter()
            .find(|known| known.value == value)
            .map_or(value, |known| &known.name);
        let ty = Type::of(self.service, &id.to_owned());
        ty.imports(self.imports);
        Code::Variant(ty, names::variant_name(name))
    }
}

/// `left == right`
fn equate(operator: &'static str, left: Value, right: Value) -> Code {
    match (left, right) {
        ((left, Form::Optional), (right, Form::Plain)) => {
            binary(left, operator, Code::Some(right.into()))
        }
        ((left, Form::Plain), (right, Form::Optional)) => {
            binary(Code::Some(left.into()), operator, right)
        }
        // A boolean that is never absent is the condition.
        ((left, _), (Code::Boolean(is), _)) if is == (operator == "==") => left,
        ((left, _), (Code::Boolean(_), _)) => Code::Not(left.into()),
        ((left, _), (right, _)) => binary(left, operator, right),
    }
}

/// `test` of two values, which is false if one is absent.
fn if_present(left: Value, right: Value, test: impl FnOnce(Code, Code) -> Code) -> Code {
    // A name other than `it` leaves the `it` of the other side in scope.
    let name = |other: &Code, name| if is_literal(other) { "it" } else { name };
    match (left, right) {
        ((left, Form::Optional), (right, Form::Optional)) => {
            let both = test(Code::Name("left"), Code::Name("right"));
            let both = closure("(left, right)", both);
            method(method(left, "zip", vec![right]), "is_some_and", vec![both])
        }
        ((left, Form::Optional), (right, _)) => {
            let name = name(&right, "left");
            let is = closure(name, test(Code::Name(name), right));
            method(left, "is_some_and", vec![is])
        }
        ((left, _), (right, Form::Optional)) => {
            let name = name(&left, "right");
            let is = closure(name, test(left, Code::Name(name)));
            method(right, "is_some_and", vec![is])
        }
        ((left, _), (right, _)) => test(left, right),
    }
}

fn plain(code: Code) -> Value {
    (code, Form::Plain)
}

/// `|it| it.name()`
fn it_method(name: &str) -> Code {
    closure("it", method(Code::Name("it"), name, vec![]))
}

fn shape<'a>(service: &'a Service, ty: &ValueType) -> Option<&'a Shape> {
    match ty {
        ValueType::Shape(id) => service.shapes.get(id),
        _ => None,
    }
}

fn is_map(service: &Service, of: &Expression) -> bool {
    shape(service, &of.ty).is_some_and(|shape| matches!(shape.kind, ShapeKind::Map { .. }))
}

fn is_union(service: &Service, of: &Expression) -> bool {
    shape(service, &of.ty).is_some_and(|shape| matches!(shape.kind, ShapeKind::Union(_)))
}
