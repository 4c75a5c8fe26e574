//! Conditions, simplified as they are put together.

use super::compare::holds;
use super::of;
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Comparison, Expression, ValueType};

pub(super) fn condition(kind: Kind) -> Expression {
    of(kind, ValueType::Condition)
}

fn constant(is: bool) -> Expression {
    condition(Kind::Boolean(is))
}

pub(super) fn and(left: Expression, right: Expression) -> Expression {
    let left = assume_all(left, &right);
    match (&left.kind, &right.kind) {
        (Kind::Boolean(true), _) | (_, Kind::Boolean(false)) => right,
        (Kind::Boolean(false), _) | (_, Kind::Boolean(true)) => left,
        _ if implies(&left, &right) => left,
        _ if implies(&right, &left) => right,
        _ if implies(&left, &not(right.clone())) => constant(false),
        (Kind::Or(one, left), Kind::Or(same, right)) if one == same => {
            let both = and(*left.clone(), *right.clone());
            or(*one.clone(), both)
        }
        _ => condition(Kind::And(left.into(), right.into())),
    }
}

pub(super) fn or(left: Expression, right: Expression) -> Expression {
    let right = assume(right, &left, false);
    match (&left.kind, &right.kind) {
        (Kind::Boolean(false), _) | (_, Kind::Boolean(true)) => right,
        (Kind::Boolean(true), _) | (_, Kind::Boolean(false)) => left,
        _ if implies(&left, &right) => right,
        _ if implies(&right, &left) => left,
        _ if implies(&not(left.clone()), &right) => constant(true),
        _ => condition(Kind::Or(left.into(), right.into())),
    }
}

pub(super) fn not(is: Expression) -> Expression {
    match is.kind {
        Kind::Boolean(is) => constant(!is),
        Kind::Not(inner) => *inner,
        Kind::Compare(how, left, right)
            if is_equality(how) || !(left.nullable || right.nullable) =>
        {
            condition(Kind::Compare(complement(how), left, right))
        }
        // By De Morgan's laws, where that leaves fewer negations.
        Kind::And(left, right) => match (not(*left.clone()), not(*right.clone())) {
            (one, other) if !(is_negation(&one) && is_negation(&other)) => or(one, other),
            _ => condition(Kind::Not(condition(Kind::And(left, right)).into())),
        },
        Kind::Or(left, right) => match (not(*left.clone()), not(*right.clone())) {
            (one, other) if !(is_negation(&one) && is_negation(&other)) => and(one, other),
            _ => condition(Kind::Not(condition(Kind::Or(left, right)).into())),
        },
        kind => condition(Kind::Not(condition(kind).into())),
    }
}

fn is_negation(is: &Expression) -> bool {
    matches!(is.kind, Kind::Not(_))
}

/// `then` if `is` holds, else `otherwise`.
pub(super) fn choose(is: Expression, then: Expression, otherwise: Expression) -> Expression {
    let then = assume(then, &is, true);
    let otherwise = assume(otherwise, &is, false);
    match (&then.kind, &otherwise.kind) {
        (Kind::Boolean(true), _) => or(is, otherwise),
        (Kind::Boolean(false), _) => and(not(is), otherwise),
        (_, Kind::Boolean(false)) => and(is, then),
        (_, Kind::Boolean(true)) => or(not(is), then),
        _ if then == otherwise => then,
        _ => or(and(is.clone(), then), and(not(is), otherwise)),
    }
}

/// The condition, where it is known whether `known` holds.
fn assume(is: Expression, known: &Expression, holds: bool) -> Expression {
    if is == *known {
        return constant(holds);
    }
    if is == not(known.clone()) {
        return constant(!holds);
    }
    match is.kind {
        Kind::And(left, right) => and(assume(*left, known, holds), assume(*right, known, holds)),
        Kind::Or(left, right) => or(assume(*left, known, holds), assume(*right, known, holds)),
        _ => is,
    }
}

/// The condition, where it is known that `known` holds.
fn assume_all(is: Expression, known: &Expression) -> Expression {
    match (&is.kind, &known.kind) {
        (Kind::Or(..), Kind::And(left, right)) => assume_all(assume_all(is, right), left),
        (Kind::Or(..), _) => assume(is, known, true),
        _ => is,
    }
}

/// Whether a condition is known to hold wherever another one holds.
pub(super) fn implies(is: &Expression, then: &Expression) -> bool {
    if is == then {
        return true;
    }
    match (&is.kind, &then.kind) {
        (Kind::Or(one, other), _) => implies(one, then) && implies(other, then),
        (_, Kind::And(one, other)) => implies(is, one) && implies(is, other),
        (Kind::And(one, other), _) if implies(one, then) || implies(other, then) => true,
        (_, Kind::Or(one, other)) => implies(is, one) || implies(is, other),
        (Kind::All(list, is) | Kind::NonEmptyAll(list, is), Kind::All(same, then))
        | (Kind::NonEmptyAll(list, is), Kind::NonEmptyAll(same, then)) => {
            list == same && implies(is, then)
        }
        (Kind::Compare(how, left, right), Kind::Not(other)) => matches!(
            &other.kind,
            Kind::Compare(other, same, too)
                if complement(*how) == *other && left == same && right == too
        ),
        (_, Kind::IsPresent(value)) => needs(is, value),
        _ => false,
    }
}

/// Whether a condition can hold only if a value is not null.
fn needs(is: &Expression, value: &Expression) -> bool {
    match &is.kind {
        Kind::IsPresent(of) | Kind::Any(of, _) | Kind::NonEmptyAll(of, _) => comes_from(of, value),
        Kind::Includes(of, part) => comes_from(of, value) || comes_from(part, value),
        Kind::StringTest(_, of, part) => comes_from(of, value) || comes_from(part, value),
        Kind::Not(is) => matches!(&is.kind, Kind::IsEmpty(of) if comes_from(of, value)),
        Kind::Compare(how, left, right) => match (&left.kind, how) {
            (Kind::Length(of), _) => !holds_of_zero(*how, right) && comes_from(of, value),
            (_, Comparison::NotEqual) => false,
            (_, Comparison::Equal) => !right.nullable && comes_from(left, value),
            _ => comes_from(left, value) || comes_from(right, value),
        },
        _ => false,
    }
}

/// Whether `of` is null or empty if `value` is null.
fn comes_from(of: &Expression, value: &Expression) -> bool {
    of == value
        || match &of.kind {
            Kind::Member(inner, _)
            | Kind::Entry(inner, _)
            | Kind::Values(inner)
            | Kind::Index(inner, _)
            | Kind::IndexFromEnd(inner, _)
            | Kind::Each(inner, _)
            | Kind::Flatten(inner)
            | Kind::Filter(inner, _)
            | Kind::EnumString(inner)
            | Kind::Widened(inner) => comes_from(inner, value),
            _ => false,
        }
}

/// Whether 0 compares with the other side in this way, as far as it is known.
fn holds_of_zero(how: Comparison, other: &Expression) -> bool {
    match &other.kind {
        Kind::Integer(other) => holds(how, 0.cmp(other)),
        _ => true,
    }
}

/// Whether the condition holds for at least one element.
pub(super) fn any(list: Expression, is: Expression) -> Expression {
    match is.kind {
        Kind::Boolean(false) => is,
        Kind::Boolean(true) => not(is_empty(list)),
        _ => condition(Kind::Any(list.into(), is.into())),
    }
}

/// Whether the condition holds for each element, if any.
pub(super) fn all(list: Expression, is: Expression) -> Expression {
    match is.kind {
        Kind::Boolean(true) => is,
        Kind::Boolean(false) => is_empty(list),
        _ => condition(Kind::All(list.into(), is.into())),
    }
}

/// Whether there are elements and the condition holds for each.
pub(super) fn non_empty_all(list: Expression, is: Expression) -> Expression {
    match is.kind {
        Kind::Boolean(false) => is,
        Kind::Boolean(true) => not(is_empty(list)),
        _ => condition(Kind::NonEmptyAll(list.into(), is.into())),
    }
}

/// Whether a list, map or string is empty or absent.
pub(super) fn is_empty(of: Expression) -> Expression {
    match of.kind {
        Kind::Filter(list, keep) if is_negative(&keep) => all(*list, not(*keep)),
        Kind::Filter(list, keep) => not(any(*list, *keep)),
        kind => {
            let counted = counted(Expression { kind, ..of });
            match counted.kind {
                Kind::Filter(..) => is_empty(counted),
                _ => condition(Kind::IsEmpty(counted.into())),
            }
        }
    }
}

/// Whether the opposite of a condition reads better.
fn is_negative(is: &Expression) -> bool {
    match &is.kind {
        Kind::Not(_) | Kind::Compare(Comparison::NotEqual, ..) => true,
        Kind::And(left, right) | Kind::Or(left, right) => is_negative(left) && is_negative(right),
        _ => false,
    }
}

/// A list with as many elements: only nulls drop out of a projection.
pub(super) fn counted(list: Expression) -> Expression {
    match list.kind {
        // A projection of lists is one of those that are present.
        Kind::Each(inner, each) if !each.nullable || matches!(each.ty, ValueType::List(_)) => {
            counted(*inner)
        }
        kind => Expression { kind, ..list },
    }
}

/// Whether the value is not null.
pub(super) fn is_present(value: &Expression) -> Expression {
    match &value.kind {
        _ if !value.nullable => constant(true),
        Kind::Compare(_, left, right) => and(is_present(left), is_present(right)),
        Kind::Each(of, _)
        | Kind::Flatten(of)
        | Kind::Filter(of, _)
        | Kind::Values(of)
        | Kind::EnumString(of)
        | Kind::Widened(of) => is_present(of),
        Kind::Index(list, 0) | Kind::IndexFromEnd(list, 0) => not(is_empty(*list.clone())),
        _ => condition(Kind::IsPresent(value.clone().into())),
    }
}

fn is_equality(how: Comparison) -> bool {
    matches!(how, Comparison::Equal | Comparison::NotEqual)
}

/// The comparison that holds of two numbers where the other one does not.
pub(super) fn complement(how: Comparison) -> Comparison {
    match how {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}
