//! Lists: projections, filters and conditions on elements.

use jmespath::ast::Ast;
use serde_json::Value as Json;

use super::condition::{self, all, and, implies, is_present, non_empty_all};
use super::value::{Operand, Value};
use super::{Lower, Lowered, current, describe, fault, unsupported};
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Expression, ShapeKind, ValueType};

impl Lower<'_> {
    /// What `then` gives for each element of a list.
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
                return Err(unsupported("a literal in a projection"));
            }
            Value::Choice(_) => return Err(unsupported("not_null() in a projection")),
        };
        if each.kind == Kind::Current {
            return Ok(list.into());
        }
        // An absent list is a null, and an empty one is not.
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

    /// Lowers what is evaluated for each element of a list.
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

    /// `*`: the values of a map.
    pub(super) fn values(&self, map: Operand) -> Lowered {
        match map {
            Operand::Literal(Json::Null) => Ok(Json::Null.into()),
            Operand::Of(map) => match self.kind(&map.ty) {
                Some(ShapeKind::Map { value, .. }) => Ok(Value::from(Expression {
                    ty: ValueType::List(self.ty(value).into()),
                    nullable: map.nullable,
                    kind: Kind::Values(map.into()),
                })),
                _ => Err(unsupported("`*` of a value that is not a map")),
            },
            _ => Err(unsupported("`*` of a literal")),
        }
    }

    /// Whether `is` holds for at least one element.
    pub(super) fn any(
        &mut self,
        list: Expression,
        is: impl FnOnce(&mut Self, Expression) -> Lowered<Expression>,
    ) -> Lowered<Expression> {
        // In place of the elements of a projection, those of the list that is projected are looked at.
        let (list, each) = match list.kind {
            Kind::Each(list, each) => (*list, *each),
            _ => {
                let each = current(element_of(&list)?);
                (list, each)
            }
        };
        let present = is_present(&each);
        let is = is(self, each)?;
        Ok(match implies(&is, &present) {
            true => condition::any(list, is),
            false => condition::any(list, and(present, is)),
        })
    }

    /// Whether there are elements and `is` holds for each.
    pub(super) fn non_empty_all(
        &mut self,
        list: Expression,
        is: impl FnOnce(&mut Self, Expression) -> Lowered<Expression>,
    ) -> Lowered<Expression> {
        let (list, each) = elements(list)?;
        Ok(non_empty_all(list, is(self, each)?))
    }

    /// Whether `is` holds for each element, if any.
    pub(super) fn all(
        &mut self,
        list: Expression,
        is: impl FnOnce(&mut Self, Expression) -> Lowered<Expression>,
    ) -> Lowered<Expression> {
        let (list, each) = elements(list)?;
        Ok(all(list, is(self, each)?))
    }
}

/// A list and its element; in place of a projection without nulls, the list that is projected.
fn elements(list: Expression) -> Lowered<(Expression, Expression)> {
    match list.kind {
        Kind::Each(list, each) if !each.nullable => Ok((*list, *each)),
        _ => {
            let each = current(element_of(&list)?);
            Ok((list, each))
        }
    }
}

/// The list, unless it is null.
fn list_of(list: Operand) -> Lowered<Option<Expression>> {
    match list {
        Operand::Of(list) => Ok(Some(list)),
        Operand::Literal(Json::Null) => Ok(None),
        _ => Err(unsupported("a projection of a literal")),
    }
}

/// The type of the elements of a list.
pub(super) fn element_of(list: &Expression) -> Lowered<ValueType> {
    match &list.ty {
        ValueType::List(element) => Ok(*element.clone()),
        other => Err(fault(
            format!("{} stands in place of a list", describe(other)),
            "remove `[]`, or name a list",
        )),
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
        return Err(unsupported(
            "an index into the values of a map, which have no order,",
        ));
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

/// The elements of the lists in a list; a list of other elements stays as it is.
pub(super) fn flatten(list: Operand) -> Lowered {
    let Some(list) = list_of(list)? else {
        return Ok(Json::Null.into());
    };
    let element = element_of(&list)?;
    if !matches!(element, ValueType::List(_)) {
        return Ok(list.into());
    }
    let nullable = list.nullable;
    // Neither absent nor empty lists have elements.
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
