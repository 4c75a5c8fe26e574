//! JMESPath expressions of waiters, typed by the model.
//!
//! The result is a condition, which is either true or false for every output. `&&` and `||` choose one of
//! their operands ([`Value::Choice`]) until that operand is tested. An expression whose evaluation fails for
//! some outputs, such as `length()` of an absent list, does not hold for these outputs.

use jmespath::ErrorReason;
use jmespath::ast::{Ast, Comparator};
use serde_json::Value as Json;

use crate::diagnostic::{ExpressionFault, Report, UnsupportedExpression as Unsupported};
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

/// The maximum number of choices between values in an expression: `&&`, `||`, and the arguments of `not_null` after the
/// first. Each can double the size of the condition.
const MAX_CHOICES: usize = 8;

type Lowered<T = Value> = Result<T, ExpressionFault>;

/// The part of the value of an acceptor that is compared with the expected value.
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

/// Returns the condition under which an acceptor matches an output, and warnings about it.
///
/// # Errors
/// The expression is not valid, or a part of it is not supported.
pub(super) fn acceptor(
    expression: &str,
    matched: Matched,
    expected: &Json,
    service: &Service,
    output: Expression,
    report: &mut Report,
) -> Lowered<(Expression, Vec<WarningKind>)> {
    let ast = parse(expression)?;
    let mut lower = Lower::new(service, report);
    let value = lower.value(&ast, &output.into())?;
    let expected = Value::from(expected.clone());
    let matches = match matched {
        Matched::Value => lower.equal(value, expected)?,
        _ => lower.test(value, &mut |lower, value| match value {
            Operand::Of(list) if matches!(list.ty, ValueType::List(_)) => {
                let test = |lower: &mut Lower<'_>, element: Expression| {
                    lower.equal(element.into(), expected.clone())
                };
                match matched {
                    Matched::All => lower.all(list, test),
                    Matched::NonEmptyAll => lower.non_empty_all(list, test),
                    Matched::Any | Matched::Value => lower.any(list, test),
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

/// Lowers an expression whose value is a list.
///
/// # Errors
/// The expression is not valid, a part of it is not supported, or its value is not a list.
pub(super) fn list(
    expression: &str,
    service: &Service,
    output: Expression,
    report: &mut Report,
) -> Lowered<Expression> {
    let ast = parse(expression)?;
    let mut lower = Lower::new(service, report);
    match lower.value(&ast, &output.into())? {
        Value::One(Operand::Of(list))
            if matches!(list.ty, ValueType::List(_)) && lower.checks.is_empty() =>
        {
            Ok(list)
        }
        _ => Err(ExpressionFault::NotAList(expression.to_owned())),
    }
}

/// Lowers an expression whose value is a string or an enum. The result is a string, which can be null.
///
/// # Errors
/// The expression is not valid, a part of it is not supported, or its value is no string.
pub(super) fn string(
    expression: &str,
    service: &Service,
    of: Expression,
    report: &mut Report,
) -> Lowered<Expression> {
    let ast = parse(expression)?;
    let mut lower = Lower::new(service, report);
    match lower.value(&ast, &of.into())? {
        Value::One(Operand::Of(value)) if lower.checks.is_empty() && lower.is_string(&value) => {
            Ok(lower.string(value))
        }
        _ => Err(ExpressionFault::NotAString(expression.to_owned())),
    }
}

fn parse(expression: &str) -> Lowered<Ast> {
    if expression.len() > MAX_LENGTH {
        return Err(ExpressionFault::TooLong {
            bytes: expression.len(),
            max: MAX_LENGTH,
        });
    }
    jmespath::parse(expression).map_err(|error| ExpressionFault::Syntax {
        expression: expression.to_owned(),
        reason: match error.reason {
            ErrorReason::Parse(reason) => reason,
            reason => reason.to_string(),
        },
        column: error.column + 1,
    })
}

/// Returns the value at which an expression starts.
pub(super) fn current(ty: ValueType) -> Expression {
    of(Kind::Current, ty)
}

/// Returns a value that is never null.
fn of(kind: Kind, ty: ValueType) -> Expression {
    Expression {
        kind,
        ty,
        nullable: false,
    }
}

struct Lower<'a> {
    service: &'a Service,
    /// The number of choices between values so far.
    choices: usize,
    /// The conditions that must hold for the evaluation to succeed.
    checks: Vec<Expression>,
    /// Warnings about parts that are valid, but probably not intended.
    remarks: Vec<WarningKind>,
    /// Limits the number of suggestions for unknown names.
    report: &'a mut Report,
}

impl<'a> Lower<'a> {
    fn new(service: &'a Service, report: &'a mut Report) -> Self {
        Self {
            report,
            service,
            choices: 0,
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

    /// Runs `part` and returns the conditions that must hold for it to succeed.
    fn part<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> (T, Vec<Expression>) {
        let outer = std::mem::take(&mut self.checks);
        let result = part(self);
        (result, std::mem::replace(&mut self.checks, outer))
    }

    /// Runs `part`, which is evaluated unless `skipped` holds.
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

    /// Returns the type of the values of a shape.
    fn ty(&self, id: &str) -> ValueType {
        match self.service.shapes.get(id).map(|shape| &shape.kind) {
            Some(ShapeKind::List(element)) => ValueType::List(self.ty(element).into()),
            _ => ValueType::Shape(id.to_owned()),
        }
    }

    /// Evaluates an expression at `at`.
    fn value(&mut self, ast: &Ast, at: &Value) -> Lowered {
        self.choices += match ast {
            Ast::And { .. } | Ast::Or { .. } => 1,
            Ast::Function { name, args, .. } if name == "not_null" => args.len().saturating_sub(1),
            _ => 0,
        };
        if self.choices > MAX_CHOICES {
            return Err(Unsupported::TooManyChoices(MAX_CHOICES).into());
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
                .map_err(|_| Unsupported::Literal.into()),
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
            Ast::Slice { .. } => Err(Unsupported::Slice.into()),
            Ast::MultiHash { .. } => Err(Unsupported::MultiSelectHash.into()),
            Ast::Expref { .. } => Err(Unsupported::Reference.into()),
            Ast::Condition { .. } => Err(Unsupported::FilterWithoutList.into()),
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

    /// Evaluates `[...]`, of literals only.
    fn literal_list(&mut self, elements: &[Ast], at: &Value) -> Lowered {
        let elements = elements
            .iter()
            .map(|element| match self.value(element, at)? {
                Value::One(Operand::Literal(element)) => Ok(element),
                _ => Err(Unsupported::MultiSelectList.into()),
            });
        Ok(Value::from(Json::Array(elements.collect::<Lowered<_>>()?)))
    }

    fn member(&mut self, of: Operand, name: &str) -> Lowered {
        let no_members = |of: ValueType| ExpressionFault::NoMembers {
            member: name.to_owned(),
            of,
        };
        let of = match of {
            Operand::Of(of) => of,
            Operand::Literal(Json::Null) => return Ok(Json::Null.into()),
            _ => return Err(no_members(ValueType::Literal)),
        };
        let ValueType::Shape(id) = &of.ty else {
            return Err(no_members(of.ty));
        };
        let members = match self.kind(&of.ty) {
            Some(ShapeKind::Map { key, value }) => {
                if !matches!(self.kind(&self.ty(key)), Some(ShapeKind::String)) {
                    return Err(Unsupported::EnumKey.into());
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
            return Err(ExpressionFault::UnknownMember {
                shape: id.clone(),
                member: name.to_owned(),
                suggestion: self.report.similar(name, known),
            });
        };
        let in_union = matches!(self.kind(&of.ty), Some(ShapeKind::Union(_)));
        Ok(Value::from(Expression {
            ty: self.ty(&member.shape),
            nullable: of.nullable || in_union || self.service.is_optional(member),
            kind: Kind::Member(of.into(), name.to_owned()),
        }))
    }
}
