//! Lists as slices and iterators.

use super::super::names;
use super::{Code, Form, Plan, Value, closure, equate, it_method, method, shape};
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Comparison, Expression, Service, ShapeKind, ValueType};

impl Plan<'_> {
    /// An iterator over the elements of a list.
    pub(super) fn iterator(&mut self, list: &Expression, at: &Value) -> Code {
        match &list.kind {
            Kind::Values(map) => match self.value(map, at) {
                (map, Form::Optional) => {
                    let maps = method(map, "into_iter", vec![]);
                    method(maps, "flat_map", vec![it_method("values")])
                }
                (map, _) => method(map, "values", vec![]),
            },
            Kind::Each(list, each) => {
                let (each, form) = self.element(list, each);
                let adapter = match form {
                    Form::Optional => "filter_map",
                    _ => "map",
                };
                method(self.iterator(list, at), adapter, vec![each])
            }
            Kind::Flatten(list) => match &list.kind {
                Kind::Each(list, each) => {
                    let (each, _) = self.element(list, each);
                    method(self.iterator(list, at), "flat_map", vec![each])
                }
                _ => method(self.iterator(list, at), "flatten", vec![]),
            },
            Kind::Filter(list, keep) => self.filtered("filter", list, keep, at),
            _ => match self.value(list, at) {
                (list, Form::Iterator) => list,
                (list, _) => method(list, "iter", vec![]),
            },
        }
    }

    /// `list.iter().filter(|it| ..)`
    fn filtered(
        &mut self,
        adapter: &str,
        list: &Expression,
        keep: &Expression,
        at: &Value,
    ) -> Code {
        // The closure is given a reference to the element.
        let pattern = match is_scalar(self.service, list) {
            true => "&it",
            false => "it",
        };
        let keep = self.element_condition(list, keep, pattern);
        method(self.iterator(list, at), adapter, vec![keep])
    }

    /// `list.iter().any(|it| ..)`, or `list.contains(..)`
    pub(super) fn any(&mut self, list: &Expression, is: &Expression, at: &Value) -> Code {
        if let Kind::Compare(Comparison::Equal, left, right) = &is.kind
            && left.kind == Kind::Current
        {
            let literal = match self.value(right, at).0 {
                literal @ Code::Variant(..) => Some(literal),
                literal @ (Code::Integer(_) | Code::Boolean(_)) => Some(Code::Ref(literal.into())),
                _ => None,
            };
            if let (Some(literal), (list, Form::Slice)) = (literal, self.value(list, at)) {
                return method(list, "contains", vec![literal]);
            }
        }
        self.quantified("any", list, is, at)
    }

    /// `list.iter().any(|element| element == value)`
    pub(super) fn includes(&mut self, list: &Expression, value: &Expression, at: &Value) -> Code {
        let is_copied = is_copied(self.service, element(list));
        let value = self.value(value, at);
        if is_copied
            && value.1 == Form::Plain
            && let (list, Form::Slice) = self.value(list, at)
        {
            return method(list, "contains", vec![Code::Ref(value.0.into())]);
        }
        // A name other than `it` leaves the `it` of the value in scope.
        let element = match Code::Name("element") {
            it if !gives_references(list) => it,
            it if is_copied => Code::Deref(it.into()),
            it if is_string(self.service, element(list)) => method(it, "as_str", vec![]),
            it => it,
        };
        let is = closure("element", equate("==", (element, Form::Plain), value));
        method(self.iterator(list, at), "any", vec![is])
    }

    /// `list.iter().all(|it| ..)`
    pub(super) fn quantified(
        &mut self,
        adapter: &str,
        list: &Expression,
        is: &Expression,
        at: &Value,
    ) -> Code {
        let is = self.element_condition(list, is, "it");
        method(self.iterator(list, at), adapter, vec![is])
    }

    /// `|it| ..` over the elements of a list, and the form of its value.
    fn element(&mut self, list: &Expression, each: &Expression) -> Value {
        let (each, form) = self.value(each, &(self.it(list), Form::Plain));
        (closure("it", each), form)
    }

    /// `|it| ..`, whether a condition holds for an element.
    pub(super) fn element_condition(
        &mut self,
        list: &Expression,
        is: &Expression,
        pattern: &'static str,
    ) -> Code {
        let (is, _) = self.value(is, &(self.it(list), Form::Plain));
        closure(pattern, is)
    }

    /// The element of a list: numbers and booleans are compared by value.
    fn it(&self, list: &Expression) -> Code {
        let it = Code::Name("it");
        match gives_references(list) && is_copied(self.service, element(list)) {
            true => Code::Deref(it.into()),
            false => it,
        }
    }

    /// An element of a list or map, or a member of a union, as an accessor gives it.
    pub(super) fn picked(&mut self, of: &Expression, at: &Value) -> Value {
        let from = match &of.kind {
            Kind::Index(list, _) | Kind::IndexFromEnd(list, _) => gives_references(list),
            _ => true,
        };
        let picked = self.pick(of, at);
        match (from, &of.ty) {
            (true, ty) => self.as_accessor(picked, ty),
            (false, ValueType::List(_)) => {
                let list = method(picked, "unwrap_or_default", vec![]);
                (list, Form::Slice)
            }
            (false, _) => (picked, Form::Optional),
        }
    }

    /// An element of a list or map, or a member of a union, as an `Option`.
    pub(super) fn pick(&mut self, of: &Expression, at: &Value) -> Code {
        let number = |index: usize| Code::Integer(i64::try_from(index).unwrap_or(i64::MAX));
        match &of.kind {
            Kind::Entry(map, key) => {
                let key = Code::Text(key.clone());
                match self.value(map, at) {
                    (map, Form::Optional) => {
                        let get = method(Code::Name("it"), "get", vec![key]);
                        method(map, "and_then", vec![closure("it", get)])
                    }
                    (map, _) => method(map, "get", vec![key]),
                }
            }
            Kind::Member(union, name) => {
                let access = names::prefixed("as_", &names::variant_name(name).to_string());
                let access =
                    |of: Code| method(Code::Method(of.into(), access, vec![]), "ok", vec![]);
                match self.value(union, at) {
                    (union, Form::Optional) => {
                        let member = closure("it", access(Code::Name("it")));
                        method(union, "and_then", vec![member])
                    }
                    (union, _) => access(union),
                }
            }
            Kind::Index(list, 0) => match &list.kind {
                Kind::Filter(list, keep) => self.filtered("find", list, keep, at),
                _ => match self.value(list, at) {
                    (list, Form::Iterator) => method(list, "next", vec![]),
                    (list, _) => method(list, "first", vec![]),
                },
            },
            Kind::Index(list, index) => match self.value(list, at) {
                (list, Form::Iterator) => method(list, "nth", vec![number(*index)]),
                (list, _) => method(list, "get", vec![number(*index)]),
            },
            Kind::IndexFromEnd(list, 0) => match &list.kind {
                Kind::Filter(list, keep) => self.filtered("rfind", list, keep, at),
                _ => match self.value(list, at) {
                    (list, Form::Iterator) => method(list, "next_back", vec![]),
                    (list, _) => method(list, "last", vec![]),
                },
            },
            Kind::IndexFromEnd(list, index) => {
                let reversed = method(self.iterator(list, at), "rev", vec![]);
                method(reversed, "nth", vec![number(*index)])
            }
            _ => self.value(of, at).0,
        }
    }

    /// An `Option` of a reference, as an accessor gives the value.
    fn as_accessor(&self, value: Code, ty: &ValueType) -> Value {
        if let ValueType::List(_) = ty {
            let slice = method(value, "map", vec![it_method("as_slice")]);
            return (method(slice, "unwrap_or_default", vec![]), Form::Slice);
        }
        let is_string = is_string(self.service, ty);
        let value = match is_copied(self.service, ty) {
            true => method(value, "copied", vec![]),
            false if is_string => method(value, "map", vec![it_method("as_str")]),
            false => value,
        };
        (value, Form::Optional)
    }
}

/// Whether an iterator over the list gives references to what the list holds, not what accessors give.
pub(super) fn gives_references(list: &Expression) -> bool {
    match &list.kind {
        Kind::Each(..) => false,
        Kind::Filter(list, _) => gives_references(list),
        _ => true,
    }
}

fn element(list: &Expression) -> &ValueType {
    match &list.ty {
        ValueType::List(element) => element,
        other => other,
    }
}

/// Whether the elements are compared themselves, not members of theirs.
fn is_scalar(service: &Service, list: &Expression) -> bool {
    use ShapeKind::{List, Map, Structure, Union};
    match element(list) {
        ValueType::List(_) => false,
        ty => !shape(service, ty).is_some_and(|shape| {
            matches!(shape.kind, List(_) | Map { .. } | Structure(_) | Union(_))
        }),
    }
}

fn is_string(service: &Service, ty: &ValueType) -> bool {
    shape(service, ty).is_some_and(|shape| shape.kind == ShapeKind::String)
}

/// Whether values of the type are numbers or booleans, which accessors copy.
fn is_copied(service: &Service, ty: &ValueType) -> bool {
    use ShapeKind::{Boolean, Byte, Double, Float, Integer, Long, Short};
    shape(service, ty).is_some_and(|shape| {
        matches!(
            shape.kind,
            Boolean | Byte | Double | Float | Integer | Long | Short
        )
    })
}
