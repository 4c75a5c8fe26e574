//! Pieces of Rust.

use proc_macro2::Ident;
use quote::format_ident;

use super::Type;
use crate::ir::Comparison;

/// A piece of Rust, as it is printed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Code {
    /// `output`, `it`
    Name(&'static str),
    /// `*it`
    Deref(Box<Code>),
    /// `&5`
    Ref(Box<Code>),
    /// `output.workspaces`
    Field(Box<Code>, Ident),
    /// `output.workspaces()`
    Method(Box<Code>, Ident, Vec<Code>),
    /// `all(list, |it| ..)`, a function of the runtime
    Call(&'static str, Vec<Code>),
    /// `|it| it.state()`; the first part is the pattern.
    Closure(&'static str, Box<Code>),
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

pub(super) fn method(of: Code, name: &str, arguments: Vec<Code>) -> Code {
    Code::Method(of.into(), format_ident!("{name}"), arguments)
}

/// A closure; the pattern is `_` if the body does not use it.
pub(super) fn closure(pattern: &'static str, body: Code) -> Code {
    match body {
        Code::Boolean(_) => Code::Closure("_", body.into()),
        _ => Code::Closure(pattern, body.into()),
    }
}

pub(super) fn binary(left: Code, operator: &'static str, right: Code) -> Code {
    Code::Binary(left.into(), operator, right.into())
}

pub(super) fn operator(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

pub(super) fn is_literal(code: &Code) -> bool {
    matches!(
        code,
        Code::Variant(..) | Code::Text(_) | Code::Integer(_) | Code::Float(_) | Code::Boolean(_)
    )
}

/// The opposite of a condition.
pub(super) fn negated(code: Code) -> Code {
    match &code {
        Code::Method(of, name, arguments) => {
            match (name.to_string().as_str(), arguments.as_slice()) {
                ("is_some", []) => method(*of.clone(), "is_none", vec![]),
                ("is_none", []) => method(*of.clone(), "is_some", vec![]),
                ("is_some_and", [Code::Closure(pattern, is)]) => match negated(*is.clone()) {
                    Code::Not(_) => Code::Not(code.into()),
                    is => method(*of.clone(), "is_none_or", vec![closure(pattern, is)]),
                },
                _ => Code::Not(code.into()),
            }
        }
        Code::Binary(left, operator, right) => {
            let opposite = match *operator {
                "==" => "!=",
                "!=" => "==",
                "<" => ">=",
                ">=" => "<",
                ">" => "<=",
                "<=" => ">",
                _ => return Code::Not(code.into()),
            };
            binary(*left.clone(), opposite, *right.clone())
        }
        Code::Not(inner) => *inner.clone(),
        _ => Code::Not(code.into()),
    }
}
