//! JMESPath, as far as waiters use it, to expressions whose every member is known to be there.

use jmespath::ast::Ast;
use jmespath::{ErrorReason, Variable};

use crate::diagnostic::did_you_mean;
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Comparison, Expression, Service, ShapeKind, ValueType};
use compare::comparison;

mod compare;

/// The longest text that is parsed: a parser that descends must not descend without end.
const LONGEST: usize = 1000;

/// What is wrong with an expression, and what to do.
pub(super) type Fault = (String, String);

type Lowered = Result<Expression, Fault>;

/// Reads an expression over an output.
///
/// # Errors
/// It is no JMESPath, it uses what waiters have no need of, or it names what is not there.
pub(super) fn expression(text: &str, service: &Service, output: Expression) -> Lowered {
    if text.len() > LONGEST {
        return Err(fault(
            format!("an expression of {} bytes", text.len()),
            format!("at most {LONGEST} are read"),
        ));
    }
    let ast = jmespath::parse(text).map_err(|error| {
        let why = match error.reason {
            ErrorReason::Parse(why) => why,
            reason => reason.to_string(),
        };
        let hint = format!("look at column {} of it", error.column + 1);
        fault(format!("\"{text}\" is no JMESPath: {why}"), hint)
    })?;
    Lower { service }.value(&ast, &output)
}

/// The condition that a value is what an acceptor expects.
///
/// # Errors
/// The value can never be that.
pub(super) fn equals(
    value: Expression,
    expected: &serde_json::Value,
    service: &Service,
) -> Lowered {
    let literal = Variable::try_from(expected).map_err(|_| unsupported("such a value"))?;
    let literal = literal_of(&literal)?;
    Lower { service }.compare(Comparison::Equal, value, literal)
}

/// A value of the type.
pub(super) fn new(kind: Kind, ty: ValueType) -> Expression {
    Expression { kind, ty }
}

/// The value that is looked at.
pub(super) fn current(ty: ValueType) -> Expression {
    new(Kind::Current, ty)
}

fn condition(kind: Kind) -> Expression {
    new(kind, ValueType::Condition)
}

pub(super) fn fault(fault: impl Into<String>, hint: impl Into<String>) -> Fault {
    (fault.into(), hint.into())
}

fn unsupported(what: &str) -> Fault {
    fault(
        format!("{what} has no place in a waiter here"),
        "use members, lists, filters, comparisons, `&&`, `||`, `!`, length() and contains()",
    )
}

struct Lower<'a> {
    service: &'a Service,
}

impl Lower<'_> {
    /// The value of an expression that looks at `at`.
    fn value(&self, ast: &Ast, at: &Expression) -> Lowered {
        match ast {
            Ast::Identity { .. } => Ok(at.clone()),
            Ast::Field { name, .. } => self.member(at, name),
            Ast::Subexpr { lhs, rhs, .. } => self.value(rhs, &self.value(lhs, at)?),
            Ast::Index { idx, .. } => index(at, *idx),
            Ast::Flatten { node, .. } => flatten(self.value(node, at)?),
            Ast::Projection { lhs, rhs, .. } => self.each(self.value(lhs, at)?, rhs),
            Ast::Literal { value, .. } => literal_of(value),
            Ast::Function { name, args, .. } => self.function(name, args, at),
            Ast::Comparison {
                comparator,
                lhs,
                rhs,
                ..
            } => {
                let (left, right) = (self.value(lhs, at)?, self.value(rhs, at)?);
                self.compare(comparison(comparator), left, right)
            }
            Ast::And { lhs, rhs, .. } => {
                let (left, right) = (self.holds(lhs, at)?, self.holds(rhs, at)?);
                Ok(condition(Kind::And(left.into(), right.into())))
            }
            Ast::Or { lhs, rhs, .. } => {
                let (left, right) = (self.holds(lhs, at)?, self.holds(rhs, at)?);
                Ok(condition(Kind::Or(left.into(), right.into())))
            }
            Ast::Not { node, .. } => Ok(not(self.holds(node, at)?)),
            Ast::Slice { .. } => Err(unsupported("a slice")),
            Ast::ObjectValues { .. } => Err(unsupported("`*`")),
            Ast::MultiList { .. } | Ast::MultiHash { .. } => Err(unsupported("a multi-select")),
            Ast::Expref { .. } => Err(unsupported("`&`")),
            Ast::Condition { .. } => Err(unsupported("a filter of nothing")),
        }
    }

    /// Whether what an expression gives counts as true.
    fn holds(&self, ast: &Ast, at: &Expression) -> Lowered {
        let value = self.value(ast, at)?;
        match &value.ty {
            ValueType::Condition => Ok(value),
            ValueType::List(_) => Ok(not(is_empty(value))),
            ValueType::Shape(id) if matches!(self.kind(id), Some(ShapeKind::Boolean)) => {
                self.compare(Comparison::Equal, value, literal(Kind::Boolean(true)))
            }
            _ => Err(fault(
                "neither a condition nor a list stands where one of them is asked for",
                "compare it with something",
            )),
        }
    }

    fn kind(&self, id: &str) -> Option<&ShapeKind> {
        self.service.shapes.get(id).map(|shape| &shape.kind)
    }

    fn member(&self, of: &Expression, name: &str) -> Lowered {
        let ValueType::Shape(id) = &of.ty else {
            return Err(fault(
                format!("\"{name}\" is asked of what has no members"),
                "a list's elements are reached by `[]`",
            ));
        };
        let members = match self.kind(id) {
            Some(ShapeKind::Structure(structure)) => structure.members.as_slice(),
            _ => &[],
        };
        let Some(member) = members.iter().find(|member| member.name == name) else {
            let known = members.iter().map(|member| member.name.as_str());
            return Err(fault(
                format!("no member \"{name}\" of \"{id}\""),
                did_you_mean(name, known, "name a member"),
            ));
        };
        let kind = Kind::Member(of.clone().into(), name.to_owned());
        Ok(new(kind, self.ty(&member.shape)))
    }

    fn ty(&self, id: &str) -> ValueType {
        match self.kind(id) {
            Some(ShapeKind::List(element)) => ValueType::List(self.ty(element).into()),
            _ => ValueType::Shape(id.to_owned()),
        }
    }

    /// What `then` gives for each element of a list.
    fn each(&self, list: Expression, then: &Ast) -> Lowered {
        let element = element_of(&list)?;
        let at = current(element.clone());
        if let Ast::Condition {
            predicate, then, ..
        } = then
        {
            match &element {
                ValueType::Shape(id) if matches!(self.kind(id), Some(ShapeKind::Structure(_))) => {}
                _ => return Err(unsupported("a filter of other things than structures")),
            }
            let keep = self.holds(predicate, &at)?;
            let ty = list.ty.clone();
            return self.each(new(Kind::Filter(list.into(), keep.into()), ty), then);
        }
        let each = self.value(then, &at)?;
        if each.kind == Kind::Current {
            return Ok(list);
        }
        let ty = ValueType::List(each.ty.clone().into());
        Ok(new(Kind::Each(list.into(), each.into()), ty))
    }

    fn function(&self, name: &str, arguments: &[Ast], at: &Expression) -> Lowered {
        match (name, arguments) {
            ("length", [of]) => {
                let list = self.value(of, at)?;
                element_of(&list)?;
                Ok(new(Kind::Length(list.into()), ValueType::Count))
            }
            ("contains", [of, what]) => {
                let (of, what) = (self.value(of, at)?, self.value(what, at)?);
                if what.ty != ValueType::Literal {
                    return Err(unsupported("contains() of what is no literal"));
                }
                match (&of.ty, what.kind) {
                    (ValueType::List(_), what) => any(of, |each| {
                        self.compare(Comparison::Equal, each, literal(what))
                    }),
                    (ValueType::Shape(id), Kind::Text(part))
                        if matches!(self.kind(id), Some(ShapeKind::String)) =>
                    {
                        Ok(condition(Kind::Contains(of.into(), part)))
                    }
                    _ => Err(unsupported("contains() of anything but a list or a text")),
                }
            }
            _ => Err(unsupported(&format!("{name}() of {}", arguments.len()))),
        }
    }
}

/// The type of a list's elements.
///
/// # Errors
/// It is no list.
pub(super) fn element_of(list: &Expression) -> Result<ValueType, Fault> {
    match &list.ty {
        ValueType::List(element) => Ok(*element.clone()),
        _ => Err(fault(
            "a list is asked for and something else is there",
            "leave out `[]`, or name a list",
        )),
    }
}

fn index(list: &Expression, index: i32) -> Lowered {
    let element = element_of(list)?;
    let list = Box::new(list.clone());
    match (index, usize::try_from(index)) {
        (_, Ok(index)) => Ok(new(Kind::Index(list, index), element)),
        (-1, _) => Ok(new(Kind::Last(list), element)),
        _ => Err(unsupported("a position from the end, other than -1,")),
    }
}

/// The elements of the lists in a list; a list of other things stays as it is.
fn flatten(list: Expression) -> Lowered {
    let element = element_of(&list)?;
    Ok(match element {
        ValueType::List(_) => new(Kind::Flatten(list.into()), element),
        _ => list,
    })
}

fn literal(kind: Kind) -> Expression {
    new(kind, ValueType::Literal)
}

fn literal_of(value: &Variable) -> Lowered {
    let kind = match value {
        Variable::String(text) => Kind::Text(text.clone()),
        Variable::Bool(is) => Kind::Boolean(*is),
        Variable::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => Kind::Integer(integer),
            (None, Some(float)) => Kind::Float(float),
            (None, None) => return Err(unsupported("such a number")),
        },
        _ => return Err(unsupported("a literal that is no text, number or boolean")),
    };
    Ok(literal(kind))
}

fn not(of: Expression) -> Expression {
    match of.kind {
        Kind::Not(inner) => *inner,
        Kind::Compare(Comparison::Equal, left, right) => {
            condition(Kind::Compare(Comparison::NotEqual, left, right))
        }
        Kind::Compare(Comparison::NotEqual, left, right) => {
            condition(Kind::Compare(Comparison::Equal, left, right))
        }
        kind => condition(Kind::Not(condition(kind).into())),
    }
}

/// Whether a list has no elements, said the way a person would.
fn is_empty(list: Expression) -> Expression {
    match list.kind {
        Kind::Filter(list, keep) => match keep.kind {
            Kind::Not(_) | Kind::Compare(Comparison::NotEqual, ..) => {
                condition(Kind::NoneBut(list, not(*keep).into()))
            }
            _ => not(condition(Kind::Any(list, keep))),
        },
        kind => condition(Kind::IsEmpty(new(kind, list.ty).into())),
    }
}

/// A list and the condition on what the list holds, put as one on its elements.
fn split(
    list: Expression,
    is: impl FnOnce(Expression) -> Lowered,
) -> Result<(Box<Expression>, Box<Expression>), Fault> {
    let element = element_of(&list)?;
    let (list, each) = match list.kind {
        Kind::Each(list, each) => (list, *each),
        kind => (new(kind, list.ty).into(), current(element)),
    };
    Ok((list, is(each)?.into()))
}

/// Whether `is` holds for some element.
pub(super) fn any(list: Expression, is: impl FnOnce(Expression) -> Lowered) -> Lowered {
    let (list, is) = split(list, is)?;
    Ok(condition(Kind::Any(list, is)))
}

/// Whether `is` holds for all elements; whether there must be one is `or_empty`'s to say.
pub(super) fn all(
    list: Expression,
    or_empty: bool,
    is: impl FnOnce(Expression) -> Lowered,
) -> Lowered {
    let (list, is) = split(list, is)?;
    Ok(condition(match or_empty {
        true => Kind::NoneBut(list, is),
        false => Kind::All(list, is),
    }))
}
