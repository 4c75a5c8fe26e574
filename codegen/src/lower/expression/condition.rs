//! Conditions, which are simplified as they are composed.

use super::compare::holds;
use super::of;
use crate::ir::ExpressionKind as Kind;
use crate::ir::{Comparison, Expression, ValueType};

pub(super) fn condition(kind: Kind) -> Expression {
    of(kind, ValueType::Condition)
}

fn constant(value: bool) -> Expression {
    condition(Kind::Boolean(value))
}

/// The number of conditions in a conjunction or disjunction up to which it is simplified. The cost of the simplification
/// grows exponentially with it.
const MAX_SIMPLIFIED: usize = 12;

/// Returns the number of conditions that `&&` and `||` connect.
fn size(test: &Expression) -> usize {
    match &test.kind {
        Kind::And(left, right) | Kind::Or(left, right) => size(left) + size(right),
        Kind::Not(test) => size(test),
        _ => 1,
    }
}

/// Whether both operands together are too large to be simplified.
fn is_large(left: &Expression, right: &Expression) -> bool {
    size(left) + size(right) > MAX_SIMPLIFIED
}

pub(super) fn and(left: Expression, right: Expression) -> Expression {
    let is_large = is_large(&left, &right);
    let left = match is_large {
        true => left,
        false => assume_all(left, &right),
    };
    match (&left.kind, &right.kind) {
        (Kind::Boolean(true), _) | (_, Kind::Boolean(false)) => right,
        (Kind::Boolean(false), _) | (_, Kind::Boolean(true)) => left,
        _ if is_large => condition(Kind::And(left.into(), right.into())),
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
    let is_large = is_large(&left, &right);
    let right = match is_large {
        true => right,
        false => assume(right, &left, false),
    };
    match (&left.kind, &right.kind) {
        (Kind::Boolean(false), _) | (_, Kind::Boolean(true)) => right,
        (Kind::Boolean(true), _) | (_, Kind::Boolean(false)) => left,
        _ if is_large => condition(Kind::Or(left.into(), right.into())),
        _ if implies(&left, &right) => right,
        _ if implies(&right, &left) => left,
        _ if implies(&not(left.clone()), &right) => constant(true),
        _ => condition(Kind::Or(left.into(), right.into())),
    }
}

pub(super) fn not(test: Expression) -> Expression {
    match test.kind {
        Kind::Boolean(value) => constant(!value),
        Kind::Not(inner) => *inner,
        Kind::Compare(how, left, right)
            if is_equality(how) || !(left.nullable || right.nullable) =>
        {
            condition(Kind::Compare(complement(how), left, right))
        }
        // De Morgan's laws apply if they reduce the number of negations.
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

fn is_negation(test: &Expression) -> bool {
    matches!(test.kind, Kind::Not(_))
}

/// Returns the condition `then` if `test` holds, and `otherwise` if not.
pub(super) fn choose(test: Expression, then: Expression, otherwise: Expression) -> Expression {
    let then = assume(then, &test, true);
    let otherwise = assume(otherwise, &test, false);
    match (&then.kind, &otherwise.kind) {
        (Kind::Boolean(true), _) => or(test, otherwise),
        (Kind::Boolean(false), _) => and(not(test), otherwise),
        (_, Kind::Boolean(false)) => and(test, then),
        (_, Kind::Boolean(true)) => or(not(test), then),
        _ if then == otherwise => then,
        _ => or(and(test.clone(), then), and(not(test), otherwise)),
    }
}

/// Simplifies a condition, given whether `known` holds.
fn assume(test: Expression, known: &Expression, holds: bool) -> Expression {
    if test == *known {
        return constant(holds);
    }
    if test == not(known.clone()) {
        return constant(!holds);
    }
    match test.kind {
        Kind::And(left, right) => and(assume(*left, known, holds), assume(*right, known, holds)),
        Kind::Or(left, right) => or(assume(*left, known, holds), assume(*right, known, holds)),
        _ => test,
    }
}

/// Simplifies a condition, given that `known` holds.
fn assume_all(test: Expression, known: &Expression) -> Expression {
    match (&test.kind, &known.kind) {
        (Kind::Or(..), Kind::And(left, right)) => assume_all(assume_all(test, right), left),
        (Kind::Or(..), _) => assume(test, known, true),
        _ => test,
    }
}

/// Whether `then` is known to hold if `test` holds.
pub(super) fn implies(test: &Expression, then: &Expression) -> bool {
    if test == then {
        return true;
    }
    match (&test.kind, &then.kind) {
        (Kind::Or(one, other), _) => implies(one, then) && implies(other, then),
        (_, Kind::And(one, other)) => implies(test, one) && implies(test, other),
        (Kind::And(one, other), _) if implies(one, then) || implies(other, then) => true,
        (_, Kind::Or(one, other)) => implies(test, one) || implies(test, other),
        (Kind::All(list, test) | Kind::NonEmptyAll(list, test), Kind::All(same, then))
        | (Kind::NonEmptyAll(list, test), Kind::NonEmptyAll(same, then)) => {
            list == same && implies(test, then)
        }
        (Kind::Compare(how, left, right), Kind::Not(other)) => matches!(
            &other.kind,
            Kind::Compare(other, same, too)
                if complement(*how) == *other && left == same && right == too
        ),
        (_, Kind::IsPresent(value)) => needs(test, value),
        _ => false,
    }
}

/// Whether a condition implies that a value is not null.
fn needs(test: &Expression, value: &Expression) -> bool {
    match &test.kind {
        Kind::IsPresent(of) | Kind::Any(of, _) | Kind::NonEmptyAll(of, _) => comes_from(of, value),
        Kind::Includes(of, part) => comes_from(of, value) || comes_from(part, value),
        Kind::StringTest(_, of, part) => comes_from(of, value) || comes_from(part, value),
        Kind::Not(test) => matches!(&test.kind, Kind::IsEmpty(of) if comes_from(of, value)),
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

/// Whether the comparison of 0 with `other` holds; true if `other` is not known.
fn holds_of_zero(how: Comparison, other: &Expression) -> bool {
    match &other.kind {
        Kind::Integer(other) => holds(how, 0.cmp(other)),
        _ => true,
    }
}

/// Returns the condition that `test` holds for at least one element.
pub(super) fn any(list: Expression, test: Expression) -> Expression {
    match test.kind {
        Kind::Boolean(false) => test,
        Kind::Boolean(true) => not(is_empty(list)),
        _ => condition(Kind::Any(list.into(), test.into())),
    }
}

/// Returns the condition that `test` holds for each element, if any.
pub(super) fn all(list: Expression, test: Expression) -> Expression {
    match test.kind {
        Kind::Boolean(true) => test,
        Kind::Boolean(false) => is_empty(list),
        _ => condition(Kind::All(list.into(), test.into())),
    }
}

/// Returns the condition that the list is not empty and `test` holds for each element.
pub(super) fn non_empty_all(list: Expression, test: Expression) -> Expression {
    match test.kind {
        Kind::Boolean(false) => test,
        Kind::Boolean(true) => not(is_empty(list)),
        _ => condition(Kind::NonEmptyAll(list.into(), test.into())),
    }
}

/// Returns the condition that a list, map or string is empty or absent.
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

/// Whether the negation of a condition is simpler.
fn is_negative(test: &Expression) -> bool {
    match &test.kind {
        Kind::Not(_) | Kind::Compare(Comparison::NotEqual, ..) => true,
        Kind::And(left, right) | Kind::Or(left, right) => is_negative(left) && is_negative(right),
        _ => false,
    }
}

/// Returns a simpler list with the same number of elements, since only nulls drop out of a projection.
pub(super) fn counted(list: Expression) -> Expression {
    match list.kind {
        // A projection to lists has been filtered: all its lists are present.
        Kind::Each(inner, each) if !each.nullable || matches!(each.ty, ValueType::List(_)) => {
            counted(*inner)
        }
        kind => Expression { kind, ..list },
    }
}

/// Returns the condition that a value is not null.
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

/// Returns the negation of a comparison of two numbers.
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
