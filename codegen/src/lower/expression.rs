//! JMESPath expressions of waiters, typed by the model.
//!
//! The result is a condition without nulls, operands and errors: `&&` and `||` choose between operands
//! ([`Value::Choice`]) until their result is tested, and an expression that raises an error for some
//! outputs, such as `length()` of an absent list, holds only for the others.

use jmespath::ErrorReason;
use jmespath::ast::{Ast, Comparator};
use serde_json::Value as Json;

use crate::diagnostic::did_you_mean;
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Comparison, Expression, Service, ShapeKind, ValueType};
use crate::warning::WarningKind;
use condition::{and, condition, not, or};
use value::{Operand, Value, not_both_choices};

mod compare;
mod condition;
mod function;
mod list;
mod truth;
mod value;

/// The length in bytes up to which an expression is lowered. It bounds the depth of the recursion and the
/// cost of the simplification; the longest expression of botocore has 206 bytes.
const MAX_LENGTH: usize = 300;

/// The number of `&&` and `||` in an expression, beyond which alternating ones cost too much to simplify.
const MAX_OPERATORS: usize = 8;

/// What is wrong with an expression, and a hint.
pub(super) type Fault = (String, String);

type Lowered<T = Value> = Result<T, Fault>;

/// Which part of the value of an acceptor is compared with the expected value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Matched {
    /// The value itself.
    Value,
    /// All elements of a list that is not empty.
    NonEmptyAll,
    /// All elements of a list, if any.
    All,
    /// At least one element of a list.
    Any,
}

/// The condition for which an acceptor matches an output, and remarks on it.
///
/// # Errors
/// The expression is not valid, or a part of it is not supported.
pub(super) fn acceptor(
    text: &str,
    matched: Matched,
    expected: &Json,
    service: &Service,
    output: Expression,
) -> Lowered<(Expression, Vec<WarningKind>)> {
    let ast = parse(text)?;
    let mut lower = Lower::new(service);
    let value = lower.value(&ast, &output.into())?;
    let expected = Value::from(expected.clone());
    let matches = match matched {
        Matched::Value => lower.equal(value, expected)?,
        _ => lower.test(value, &mut |lower, value| match value {
            Operand::Of(list) if matches!(list.ty, ValueType::List(_)) => {
                let is = |lower: &mut Lower<'_>, element: Expression| {
                    lower.equal(element.into(), expected.clone())
                };
                match matched {
                    Matched::All => lower.all(list, is),
                    Matched::NonEmptyAll => lower.non_empty_all(list, is),
                    Matched::Any | Matched::Value => lower.any(list, is),
                }
            }
            _ => Ok(condition(Kind::Boolean(false))),
        })?,
    };
    let checks = lower.checks.into_iter().rev();
    Ok((
        checks.fold(matches, |matches, check| and(check, matches)),
        lower.remarks,
    ))
}

/// The list that an expression gives.
///
/// # Errors
/// The expression is not valid, a part of it is not supported, or its value is not a list.
pub(super) fn list(text: &str, service: &Service, output: Expression) -> Lowered<Expression> {
    let ast = parse(text)?;
    let mut lower = Lower::new(service);
    match lower.value(&ast, &output.into())? {
        Value::One(Operand::Of(list))
            if matches!(list.ty, ValueType::List(_)) && lower.checks.is_empty() =>
        {
            Ok(list)
        }
        _ => Err(fault(
            format!("the value of \"{text}\" is not a list in every output"),
            "name a list, or project one with `[]`",
        )),
    }
}

fn parse(text: &str) -> Lowered<Ast> {
    if text.len() > MAX_LENGTH {
        return Err(fault(
            format!("the expression has {} bytes", text.len()),
            format!("use at most {MAX_LENGTH}"),
        ));
    }
    jmespath::parse(text).map_err(|error| {
        let why = match error.reason {
            ErrorReason::Parse(why) => why,
            reason => reason.to_string(),
        };
        fault(
            format!("\"{text}\" is not a JMESPath expression: {why}"),
            format!("see column {} of it", error.column + 1),
        )
    })
}

/// The value that an expression starts at.
pub(super) fn current(ty: ValueType) -> Expression {
    of(Kind::Current, ty)
}

/// A value that is never null.
fn of(kind: Kind, ty: ValueType) -> Expression {
    Expression {
        kind,
        ty,
        nullable: false,
    }
}

pub(super) fn fault(fault: impl Into<String>, hint: impl Into<String>) -> Fault {
    (fault.into(), hint.into())
}

fn unsupported(construct: &str) -> Fault {
    fault(
        format!("{construct} is not supported in the expression of a waiter"),
        "use members, lists, filters, comparisons, `&&`, `||`, `!` and simple functions",
    )
}

struct Lower<'a> {
    service: &'a Service,
    /// The number of `&&` and `||` so far.
    operators: usize,
    /// The conditions without which the evaluation fails.
    checks: Vec<Expression>,
    /// What is legal, but probably not meant.
    remarks: Vec<WarningKind>,
}

impl<'a> Lower<'a> {
    fn new(service: &'a Service) -> Self {
        Self {
            service,
            operators: 0,
            checks: Vec::new(),
            remarks: Vec::new(),
        }
    }

    fn remark(&mut self, remark: WarningKind) {
        self.remarks.push(remark);
    }

    fn check(&mut self, check: Expression) {
        if check.kind != Kind::Boolean(true) && !self.checks.contains(&check) {
            self.checks.push(check);
        }
    }

    /// Runs `part` and gives the conditions without which that part fails.
    fn part<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> (T, Vec<Expression>) {
        let outer = std::mem::take(&mut self.checks);
        let result = part(self);
        (result, std::mem::replace(&mut self.checks, outer))
    }

    /// Runs a part that is evaluated unless `skipped` holds.
    fn unless<T>(
        &mut self,
        skipped: &Expression,
        part: impl FnOnce(&mut Self) -> Lowered<T>,
    ) -> Lowered<T> {
        let (result, checks) = self.part(part);
        for check in checks {
            self.check(or(skipped.clone(), check));
        }
        result
    }

    fn kind(&self, ty: &ValueType) -> Option<&'a ShapeKind> {
        match ty {
            ValueType::Shape(id) => self.service.shapes.get(id).map(|shape| &shape.kind),
            _ => None,
        }
    }

    /// The type of the values of a shape.
    fn ty(&self, id: &str) -> ValueType {
        match self.service.shapes.get(id).map(|shape| &shape.kind) {
            Some(ShapeKind::List(element)) => ValueType::List(self.ty(element).into()),
            _ => ValueType::Shape(id.to_owned()),
        }
    }

    /// The value of an expression at `at`.
    fn value(&mut self, ast: &Ast, at: &Value) -> Lowered {
        self.operators += usize::from(matches!(ast, Ast::And { .. } | Ast::Or { .. }));
        if self.operators > MAX_OPERATORS {
            return Err(unsupported(&format!(
                "an expression with more than {MAX_OPERATORS} `&&` and `||`"
            )));
        }
        match ast {
            Ast::Identity { .. } => Ok(at.clone()),
            Ast::Field { name, .. } => {
                self.over(at.clone(), &mut |lower, of| lower.member(of, name))
            }
            Ast::Subexpr { lhs, rhs, .. } => {
                let left = self.value(lhs, at)?;
                self.value(rhs, &left)
            }
            Ast::Index { idx, .. } => self.over(at.clone(), &mut |_, list| list::index(list, *idx)),
            Ast::Flatten { node, .. } => {
                let list = self.value(node, at)?;
                self.over(list, &mut |_, list| list::flatten(list))
            }
            Ast::ObjectValues { node, .. } => {
                let map = self.value(node, at)?;
                self.over(map, &mut |lower, map| lower.values(map))
            }
            Ast::Projection { lhs, rhs, .. } => {
                let list = self.value(lhs, at)?;
                self.over(list, &mut |lower, list| lower.project(list, rhs))
            }
            Ast::Literal { value, .. } => serde_json::to_value(value.as_ref())
                .map(Value::from)
                .map_err(|_| unsupported("this literal")),
            Ast::MultiList { elements, .. } => self.literal_list(elements, at),
            Ast::Function { name, args, .. } => self.function(name, args, at),
            Ast::Comparison {
                comparator,
                lhs,
                rhs,
                ..
            } => {
                let (left, right) = (self.value(lhs, at)?, self.value(rhs, at)?);
                self.compare(comparator, left, right)
            }
            Ast::And { lhs, rhs, .. } => {
                let left = self.value(lhs, at)?;
                let holds = self.truth(left.clone())?;
                let right = self.unless(&not(holds.clone()), |lower| lower.value(rhs, at))?;
                Ok(Value::choice(holds, right, left))
            }
            Ast::Or { lhs, rhs, .. } => {
                let left = self.value(lhs, at)?;
                let holds = self.truth(left.clone())?;
                let right = self.unless(&holds, |lower| lower.value(rhs, at))?;
                Ok(Value::choice(holds, left, right))
            }
            Ast::Not { node, .. } => {
                let value = self.value(node, at)?;
                Ok(not(self.truth(value)?).into())
            }
            Ast::Slice { .. } => Err(unsupported("a slice")),
            Ast::MultiHash { .. } => Err(unsupported("a multi-select hash")),
            Ast::Expref { .. } => Err(unsupported("an expression reference (`&`)")),
            Ast::Condition { .. } => Err(unsupported("a filter without a list")),
        }
    }

    fn compare(&mut self, comparator: &Comparator, left: Value, right: Value) -> Lowered {
        let how = match comparator {
            Comparator::Equal => return self.equal(left, right).map(Value::from),
            Comparator::NotEqual => return Ok(not(self.equal(left, right)?).into()),
            Comparator::LessThan => Comparison::Less,
            Comparator::LessThanEqual => Comparison::LessOrEqual,
            Comparator::GreaterThan => Comparison::Greater,
            Comparator::GreaterThanEqual => Comparison::GreaterOrEqual,
        };
        not_both_choices(&left, &right)?;
        self.over(left, &mut |lower, left| {
            lower.over(right.clone(), &mut |lower, right| {
                Ok(lower.order(how, left.clone(), right))
            })
        })
    }

    /// `[...]`, of literals only.
    fn literal_list(&mut self, elements: &[Ast], at: &Value) -> Lowered {
        let elements = elements
            .iter()
            .map(|element| match self.value(element, at)? {
                Value::One(Operand::Literal(element)) => Ok(element),
                _ => Err(unsupported("a multi-select list")),
            });
        Ok(Value::from(Json::Array(elements.collect::<Lowered<_>>()?)))
    }

    fn member(&self, of: Operand, name: &str) -> Lowered {
        let no_members = |what: &str| {
            fault(
                format!("\"{name}\" is a member of {what}"),
                "elements of a list are reached with `[]`",
            )
        };
        let of = match of {
            Operand::Of(of) => of,
            Operand::Literal(Json::Null) => return Ok(Json::Null.into()),
            _ => return Err(no_members("a literal")),
        };
        let ValueType::Shape(id) = &of.ty else {
            return Err(no_members(&describe(&of.ty)));
        };
        let members = match self.kind(&of.ty) {
            Some(ShapeKind::Map { key, value }) => {
                if !matches!(self.kind(&self.ty(key)), Some(ShapeKind::String)) {
                    return Err(unsupported("an entry of a map whose keys are enums"));
                }
                return Ok(Value::from(Expression {
                    ty: self.ty(value),
                    kind: Kind::Entry(of.into(), name.to_owned()),
                    nullable: true,
                }));
            }
            Some(kind) => kind.members(),
            None => &[],
        };
        let Some(member) = members.iter().find(|member| member.name == name) else {
            let known = members.iter().map(|member| member.name.as_str());
            return Err(fault(
                format!("\"{id}\" has no member \"{name}\""),
                did_you_mean(name, known, "name a member"),
            ));
        };
        let in_union = matches!(self.kind(&of.ty), Some(ShapeKind::Union(_)));
        Ok(Value::from(Expression {
            ty: self.ty(&member.shape),
            nullable: of.nullable || in_union || self.service.is_optional(member),
            kind: Kind::Member(of.into(), name.to_owned()),
        }))
    }
}

/// The type, as messages name it.
fn describe(ty: &ValueType) -> String {
    match ty {
        ValueType::Shape(id) => return format!("\"{id}\""),
        ValueType::List(_) => "a list",
        ValueType::Count | ValueType::Number => "a number",
        ValueType::Condition => "a condition",
        ValueType::Literal => "a literal",
        ValueType::String => "a string",
    }
    .to_owned()
}
