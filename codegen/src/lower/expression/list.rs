//! Lists: projections, filters and conditions on elements.

use jmespath::ast::Ast;
use serde_json::Value as Json;

use super::condition::{self, all, and, implies, is_present, non_empty_all};
use super::value::{Operand, Value};
use super::{Lower, Lowered, current};
use crate::diagnostic::{ExpressionFault, UnsupportedExpression as Unsupported};
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Expression, ShapeKind, ValueType};

impl Lower<'_> {
    /// Evaluates `then` for each element of a list.
    pub(super) fn project(&mut self, list: Operand, then: &Ast) -> Lowered {
        let Some(list) = list_of(list)? else {
            return Ok(Json::Null.into());
        };
        let at = Value::from(current(element_of(&list)?));
        if let Ast::Condition {
            predicate, then, ..
        } = then
        {
            let keep = self.for_each(&list, |lower| {
                let keep = lower.value(predicate, &at)?;
                lower.truth(keep)
            })?;
            return self.project(Operand::Of(filter(list, keep)), then);
        }
        let each = self.for_each(&list, |lower| lower.value(then, &at))?;
        let each = match each {
            Value::One(Operand::Of(each)) => each,
            Value::One(Operand::Literal(_)) => {
                return Err(Unsupported::LiteralInProjection.into());
            }
            Value::Choice(_) => return Err(Unsupported::NotNullInProjection.into()),
        };
        if each.kind == Kind::Current {
            return Ok(list.into());
        }
        // An absent list is null, whereas an empty list is not.
        let list = match (&each.ty, is_present(&each)) {
            (ValueType::List(_), present) => filter(list, present),
            _ => list,
        };
        Ok(Value::from(Expression {
            ty: ValueType::List(each.ty.clone().into()),
            nullable: list.nullable,
            kind: Kind::Each(list.into(), each.into()),
        }))
    }

    /// Lowers a part that is evaluated for each element of a list.
    fn for_each<T>(
        &mut self,
        list: &Expression,
        lower: impl FnOnce(&mut Self) -> Lowered<T>,
    ) -> Lowered<T> {
        let (lowered, checks) = self.part(lower);
        for check in checks {
            self.check(all(list.clone(), check));
        }
        lowered
    }

    /// Evaluates `*`: the values of a map.
    pub(super) fn values(&self, map: Operand) -> Lowered {
        match map {
            Operand::Literal(Json::Null) => Ok(Json::Null.into()),
            Operand::Of(map) => match self.kind(&map.ty) {
                Some(ShapeKind::Map { value, .. }) => Ok(Value::from(Expression {
                    ty: ValueType::List(self.ty(value).into()),
                    nullable: map.nullable,
                    kind: Kind::Values(map.into()),
                })),
                _ => Err(Unsupported::ValuesOfOther.into()),
            },
            _ => Err(Unsupported::ValuesOfLiteral.into()),
        }
    }

    /// Returns the condition that `test` holds for at least one element.
    pub(super) fn any(
        &mut self,
        list: Expression,
        test: impl FnOnce(&mut Self, Expression) -> Lowered<Expression>,
    ) -> Lowered<Expression> {
        // The elements of a projection are tested as the elements of the list that is projected.
        let (list, each) = match list.kind {
            Kind::Each(list, each) => (*list, *each),
            _ => {
                let each = current(element_of(&list)?);
                (list, each)
            }
        };
        let present = is_present(&each);
        let test = test(self, each)?;
        Ok(match implies(&test, &present) {
            true => condition::any(list, test),
            false => condition::any(list, and(present, test)),
        })
    }

    /// Returns the condition that the list is not empty and `test` holds for each element.
    pub(super) fn non_empty_all(
        &mut self,
        list: Expression,
        test: impl FnOnce(&mut Self, Expression) -> Lowered<Expression>,
    ) -> Lowered<Expression> {
        let (list, each) = elements(list)?;
        Ok(non_empty_all(list, test(self, each)?))
    }

    /// Returns the condition that `test` holds for each element, if any.
    pub(super) fn all(
        &mut self,
        list: Expression,
        test: impl FnOnce(&mut Self, Expression) -> Lowered<Expression>,
    ) -> Lowered<Expression> {
        let (list, each) = elements(list)?;
        Ok(all(list, test(self, each)?))
    }
}

/// Returns a list and its element. For a projection without nulls, these are the list that is projected and
/// the value of each of its elements.
fn elements(list: Expression) -> Lowered<(Expression, Expression)> {
    match list.kind {
        Kind::Each(list, each) if !each.nullable => Ok((*list, *each)),
        _ => {
            let each = current(element_of(&list)?);
            Ok((list, each))
        }
    }
}

/// Returns the list, or `None` if it is null.
fn list_of(list: Operand) -> Lowered<Option<Expression>> {
    match list {
        Operand::Of(list) => Ok(Some(list)),
        Operand::Literal(Json::Null) => Ok(None),
        _ => Err(Unsupported::ProjectionOfLiteral.into()),
    }
}

/// Returns the type of the elements of a list.
pub(super) fn element_of(list: &Expression) -> Lowered<ValueType> {
    match &list.ty {
        ValueType::List(element) => Ok(*element.clone()),
        other => Err(ExpressionFault::ListExpected(other.clone())),
    }
}

fn filter(list: Expression, keep: Expression) -> Expression {
    match keep.kind {
        Kind::Boolean(true) => list,
        _ => Expression {
            ty: list.ty.clone(),
            nullable: list.nullable,
            kind: Kind::Filter(list.into(), keep.into()),
        },
    }
}

pub(super) fn index(list: Operand, index: i32) -> Lowered {
    let Some(list) = list_of(list)? else {
        return Ok(Json::Null.into());
    };
    let ty = element_of(&list)?;
    if comes_from_map(&list) {
        return Err(Unsupported::IndexOfValues.into());
    }
    let list = Box::new(list);
    // -1 is the last element.
    let position = usize::try_from(if index < 0 { !index } else { index }).unwrap_or_default();
    let kind = match index {
        ..0 => Kind::IndexFromEnd(list, position),
        _ => Kind::Index(list, position),
    };
    Ok(Value::from(Expression {
        kind,
        ty,
        nullable: true,
    }))
}

fn comes_from_map(list: &Expression) -> bool {
    match &list.kind {
        Kind::Values(_) => true,
        Kind::Each(list, _) | Kind::Filter(list, _) | Kind::Flatten(list) => comes_from_map(list),
        _ => false,
    }
}

/// Returns the elements of the lists in a list. A list of other elements remains unchanged.
pub(super) fn flatten(list: Operand) -> Lowered {
    let Some(list) = list_of(list)? else {
        return Ok(Json::Null.into());
    };
    let element = element_of(&list)?;
    if !matches!(element, ValueType::List(_)) {
        return Ok(list.into());
    }
    let nullable = list.nullable;
    // An absent list has no elements, like an empty one.
    let list = match list.kind {
        Kind::Each(inner, each) => match inner.kind {
            Kind::Filter(all, keep) if *keep == is_present(&each) => Expression {
                kind: Kind::Each(all, each),
                ..list
            },
            kind => Expression {
                kind: Kind::Each(Expression { kind, ..*inner }.into(), each),
                ..list
            },
        },
        kind => Expression { kind, ..list },
    };
    Ok(Value::from(Expression {
        kind: Kind::Flatten(list.into()),
        ty: element,
        nullable,
    }))
}
