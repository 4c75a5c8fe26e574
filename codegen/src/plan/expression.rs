//! Expressions over an output as Rust: accessors, `Option`s and iterators.
//!
//! A value of the model may be absent, so most are `Option`s; a list that is absent is an empty one.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::names;
use super::types::Type;
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Comparison, Expression, Service, Shape, ShapeKind, ValueType};

/// A piece of Rust, as it is printed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Code {
    /// `output`, `it`
    Name(&'static str),
    /// `*it`
    Deref(Box<Code>),
    /// `output.workspaces()`
    Method(Box<Code>, Ident, Vec<Code>),
    /// `all(list, |it| ..)`, a function of the runtime
    All(Box<Code>, Box<Code>),
    /// `|it| it.state()`
    Closure(Box<Code>),
    /// `left == right`
    Binary(Box<Code>, &'static str, Box<Code>),
    /// `!(..)`
    Not(Box<Code>),
    /// `Some(..)`
    Some(Box<Code>),
    /// `&State::Available`
    Variant(Type, Ident),
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
}

/// What a piece of Rust gives.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    /// A value or a reference to one.
    Plain,
    /// An `Option` of that.
    Optional,
    /// A slice.
    Slice,
    /// An iterator over references.
    Iterator,
}

type Value = (Code, Form);

/// The condition, with the imports that it needs.
pub(super) fn condition(
    service: &Service,
    condition: &Expression,
    imports: &mut BTreeSet<String>,
) -> Code {
    let (code, _) = Plan { service, imports }.value(condition, &output());
    code
}

/// An iterator over the texts of a list, as `&str`.
pub(super) fn texts(service: &Service, list: &Expression) -> Code {
    let mut imports = BTreeSet::new();
    let mut plan = Plan {
        service,
        imports: &mut imports,
    };
    if matches!(list.kind, Kind::Each(..)) {
        return plan.value(list, &output()).0;
    }
    let iterator = plan.iterator(list, &output());
    let text = method(Code::Name("it"), "as_str", vec![]);
    method(iterator, "map", vec![Code::Closure(text.into())])
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
            Kind::Member(inner, name) => {
                let structure = inner.ty.clone();
                let inner = self.value(inner, at);
                self.member(inner, &structure, name)
            }
            Kind::Index(list, 0) => self.pick(list, at, "first", "next", vec![]),
            Kind::Index(list, index) => {
                let index = i64::try_from(*index).unwrap_or(i64::MAX);
                self.pick(list, at, "get", "nth", vec![Code::Integer(index)])
            }
            Kind::Last(list) => self.pick(list, at, "last", "last", vec![]),
            Kind::Each(list, each) => {
                let list = self.iterator(list, at);
                let (each, form) = self.element(each);
                let adapter = match form {
                    Form::Optional => "filter_map",
                    _ => "map",
                };
                (method(list, adapter, vec![each]), Form::Iterator)
            }
            Kind::Flatten(list) => (self.flatten(list, at), Form::Iterator),
            Kind::Filter(list, keep) => {
                let list = self.iterator(list, at);
                let keep = self.closure(keep, false);
                (method(list, "filter", vec![keep]), Form::Iterator)
            }
            Kind::Any(list, is) => {
                let is = self.closure(is, is_copied(self.service, list));
                plain(method(self.iterator(list, at), "any", vec![is]))
            }
            Kind::NoneBut(list, is) => {
                let is = self.closure(is, is_copied(self.service, list));
                plain(method(self.iterator(list, at), "all", vec![is]))
            }
            Kind::All(list, is) => {
                let is = self.closure(is, is_copied(self.service, list));
                let (list, _) = self.value(list, at);
                self.imports
                    .insert("crate::runtime::waiter::all".to_owned());
                plain(Code::All(list.into(), is.into()))
            }
            Kind::IsEmpty(list) => match self.value(list, at) {
                (list, Form::Iterator) => {
                    plain(method(method(list, "next", vec![]), "is_none", vec![]))
                }
                (list, _) => plain(method(list, "is_empty", vec![])),
            },
            Kind::Length(list) => match self.value(list, at) {
                (list, Form::Iterator) => plain(method(list, "count", vec![])),
                (list, _) => plain(method(list, "len", vec![])),
            },
            Kind::Contains(text, part) => {
                let contains = |text| method(text, "contains", vec![Code::Text(part.clone())]);
                match self.value(text, at) {
                    (text, Form::Optional) => {
                        let contains = Code::Closure(contains(Code::Name("it")).into());
                        plain(method(text, "is_some_and", vec![contains]))
                    }
                    (text, _) => plain(contains(text)),
                }
            }
            Kind::Compare(how, left, right) => plain(self.compare(*how, left, right, at)),
            Kind::And(left, right) => plain(self.binary("&&", left, right, at)),
            Kind::Or(left, right) => plain(self.binary("||", left, right, at)),
            Kind::Not(inner) => plain(Code::Not(self.value(inner, at).0.into())),
            Kind::Text(text) => plain(Code::Text(text.clone())),
            Kind::EnumValue(id, value) => plain(self.variant(id, value)),
            Kind::Integer(integer) => plain(Code::Integer(*integer)),
            Kind::Float(float) => plain(Code::Float(*float)),
            Kind::Boolean(is) => plain(Code::Boolean(*is)),
        }
    }

    /// `of.name()`, by way of `map` or `and_then` where `of` is an `Option`.
    fn member(&self, (of, form): Value, structure: &ValueType, name: &str) -> Value {
        let member = shape(self.service, structure)
            .and_then(|shape| shape.kind.members().iter().find(|it| it.name == name));
        let is_list = member
            .and_then(|member| self.service.shapes.get(&member.shape))
            .is_some_and(|shape| matches!(shape.kind, ShapeKind::List(_)));
        let gives = match member {
            _ if is_list => Form::Slice,
            Some(member) if !member.optional => Form::Plain,
            _ => Form::Optional,
        };
        let accessor = |of| Code::Method(Box::new(of), names::member_name(name), vec![]);
        if form != Form::Optional {
            return (accessor(of), gives);
        }
        let closure = vec![Code::Closure(accessor(Code::Name("it")).into())];
        match gives {
            Form::Optional => (method(of, "and_then", closure), gives),
            Form::Slice => {
                let list = method(of, "map", closure);
                (method(list, "unwrap_or_default", vec![]), gives)
            }
            _ => (method(of, "map", closure), Form::Optional),
        }
    }

    /// One element of a list, as an accessor would give it.
    fn pick(
        &mut self,
        list: &Expression,
        at: &Value,
        of_slice: &str,
        of_iterator: &str,
        arguments: Vec<Code>,
    ) -> Value {
        let copied = is_copied(self.service, list);
        let picked = match self.value(list, at) {
            (list, Form::Iterator) => method(list, of_iterator, arguments),
            (list, _) => method(list, of_slice, arguments),
        };
        let by_value = matches!(list.kind, Kind::Each(..));
        let picked = match &list.ty {
            _ if by_value => picked,
            _ if copied => method(picked, "copied", vec![]),
            ValueType::List(element) if is_text(self.service, element) => {
                let text = method(Code::Name("it"), "as_str", vec![]);
                method(picked, "map", vec![Code::Closure(text.into())])
            }
            _ => picked,
        };
        (picked, Form::Optional)
    }

    fn iterator(&mut self, list: &Expression, at: &Value) -> Code {
        match self.value(list, at) {
            (list, Form::Iterator) => list,
            (list, _) => method(list, "iter", vec![]),
        }
    }

    fn flatten(&mut self, list: &Expression, at: &Value) -> Code {
        match &list.kind {
            Kind::Each(list, each) => {
                let list = self.iterator(list, at);
                let (each, _) = self.element(each);
                method(list, "flat_map", vec![each])
            }
            _ => method(self.iterator(list, at), "flatten", vec![]),
        }
    }

    /// `|it| ..` over the elements of a list; the form is that of its value.
    fn element(&mut self, each: &Expression) -> Value {
        let (each, form) = self.value(each, &(Code::Name("it"), Form::Plain));
        (Code::Closure(each.into()), form)
    }

    /// `|it| ..` that tells whether something holds; `copied` where `it` is a reference to a number.
    fn closure(&mut self, is: &Expression, copied: bool) -> Code {
        let it = match copied {
            true => Code::Deref(Code::Name("it").into()),
            false => Code::Name("it"),
        };
        let (is, _) = self.value(is, &(it, Form::Plain));
        Code::Closure(is.into())
    }

    fn compare(
        &mut self,
        how: Comparison,
        left: &Expression,
        right: &Expression,
        at: &Value,
    ) -> Code {
        let operator = operator(how);
        let ((left, left_form), (right, right_form)) =
            (self.value(left, at), self.value(right, at));
        let equality = matches!(how, Comparison::Equal | Comparison::NotEqual);
        match (left_form, right_form) {
            (Form::Optional, Form::Plain) if !equality => {
                let is = binary(Code::Name("it"), operator, right);
                method(left, "is_some_and", vec![Code::Closure(is.into())])
            }
            (Form::Optional, Form::Plain) => binary(left, operator, Code::Some(right.into())),
            (Form::Plain, Form::Optional) => binary(Code::Some(left.into()), operator, right),
            _ => match (right, equality) {
                // A boolean that is always there says it all.
                (Code::Boolean(is), true) if is == (how == Comparison::Equal) => left,
                (Code::Boolean(_), true) => Code::Not(left.into()),
                (right, _) => binary(left, operator, right),
            },
        }
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

fn plain(code: Code) -> Value {
    (code, Form::Plain)
}

fn method(of: Code, name: &str, arguments: Vec<Code>) -> Code {
    let name = quote::format_ident!("{name}");
    Code::Method(of.into(), name, arguments)
}

fn binary(left: Code, operator: &'static str, right: Code) -> Code {
    Code::Binary(left.into(), operator, right.into())
}

fn operator(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

fn shape<'a>(service: &'a Service, ty: &ValueType) -> Option<&'a Shape> {
    match ty {
        ValueType::Shape(id) => service.shapes.get(id),
        _ => None,
    }
}

fn is_text(service: &Service, ty: &ValueType) -> bool {
    shape(service, ty).is_some_and(|shape| shape.kind == ShapeKind::String)
}

/// Whether the elements of a list are numbers or booleans, which are compared by value.
fn is_copied(service: &Service, list: &Expression) -> bool {
    use ShapeKind::{Boolean, Byte, Double, Float, Integer, Long, Short};
    let ValueType::List(element) = &list.ty else {
        return false;
    };
    shape(service, element).is_some_and(|shape| {
        matches!(
            shape.kind,
            Boolean | Byte | Double | Float | Integer | Long | Short
        )
    })
}
