//! The values of endpoint rules: their attributes, and expressions that are simplified where possible.

use super::rules::{Kind, Type, Value};
use crate::ir::{self, Parameter};
use crate::plan::names;

/// The attributes of values: the type of the value, the name in rules, the name of the field, its type.
pub(super) const ATTRIBUTES: &[(Type, &str, &str, Type)] = &[
    (Type::Partition, "name", "name", Type::String),
    (Type::Partition, "dnsSuffix", "dns_suffix", Type::String),
    (
        Type::Partition,
        "dualStackDnsSuffix",
        "dual_stack_dns_suffix",
        Type::String,
    ),
    (
        Type::Partition,
        "implicitGlobalRegion",
        "implicit_global_region",
        Type::String,
    ),
    (
        Type::Partition,
        "supportsFIPS",
        "supports_fips",
        Type::Boolean,
    ),
    (
        Type::Partition,
        "supportsDualStack",
        "supports_dual_stack",
        Type::Boolean,
    ),
    (Type::Arn, "partition", "partition", Type::String),
    (Type::Arn, "service", "service", Type::String),
    (Type::Arn, "region", "region", Type::String),
    (Type::Arn, "accountId", "account_id", Type::String),
    (Type::Arn, "resourceId", "resource_id", Type::Parts),
    (Type::Url, "scheme", "scheme", Type::String),
    (Type::Url, "authority", "authority", Type::String),
    (Type::Url, "path", "path", Type::String),
    (Type::Url, "normalizedPath", "normalized_path", Type::String),
    (Type::Url, "isIp", "is_ip", Type::Boolean),
];

pub(super) fn boolean(kind: Kind) -> Value {
    Value {
        kind,
        ty: Type::Boolean,
        optional: false,
    }
}

pub(super) fn string_value(kind: Kind) -> Value {
    Value {
        kind,
        ty: Type::String,
        optional: false,
    }
}

pub(super) fn optional(ty: Type, kind: Kind) -> Value {
    Value {
        kind,
        ty,
        optional: true,
    }
}

/// Whether a value is always absent. It has any type.
pub(super) fn is_nothing(value: &Value) -> bool {
    matches!(value.kind, Kind::Nothing)
}

pub(super) fn parameter_value(parameter: Parameter) -> Value {
    let field = |name| Kind::Parameter(names::member_name(name));
    match parameter {
        Parameter::Region => optional(Type::String, field("region")),
        Parameter::Endpoint => optional(Type::String, field("endpoint")),
        Parameter::UseFips => boolean(field("use_fips")),
        Parameter::UseDualStack => boolean(field("use_dual_stack")),
        Parameter::AccountId => optional(Type::String, field("account_id")),
        Parameter::AccountIdEndpointMode => {
            optional(Type::String, field("account_id_endpoint_mode"))
        }
        Parameter::Nothing => optional(Type::String, Kind::Nothing),
    }
}

pub(super) fn context_value(name: &str, kind: &ir::ContextType) -> Value {
    let (ty, optional) = match kind {
        ir::ContextType::Boolean(default) => (Type::Boolean, default.is_none()),
        ir::ContextType::String(default) => (Type::String, default.is_none()),
        ir::ContextType::Strings => (Type::Strings, true),
    };
    Value {
        kind: Kind::Context(name.to_owned(), kind.clone()),
        ty,
        optional,
    }
}

pub(super) fn negated(value: Value) -> Value {
    match value.kind {
        Kind::Boolean(value) => boolean(Kind::Boolean(!value)),
        Kind::Nothing => boolean(Kind::Boolean(true)),
        Kind::Not(inner) => *inner,
        _ => boolean(Kind::Not(Box::new(value))),
    }
}

pub(super) fn boolean_equals(left: Value, right: Value) -> Value {
    match (&left.kind, &right.kind) {
        (Kind::Nothing, _) | (_, Kind::Nothing) => boolean(Kind::Boolean(false)),
        (Kind::Boolean(left), Kind::Boolean(right)) => boolean(Kind::Boolean(left == right)),
        _ if left.optional || right.optional => {
            boolean(Kind::Equal(Box::new(left), Box::new(right)))
        }
        (Kind::Boolean(true), _) => right,
        (_, Kind::Boolean(true)) => left,
        (Kind::Boolean(false), _) => negated(right),
        (_, Kind::Boolean(false)) => negated(left),
        _ => boolean(Kind::Equal(Box::new(left), Box::new(right))),
    }
}

/// Returns the first value, or the second if the first is absent.
pub(super) fn or(first: Value, second: Value) -> Value {
    match (&first.kind, &second.kind) {
        (Kind::Nothing, _) => second,
        (_, Kind::Nothing) => first,
        _ if !first.optional => first,
        _ => Value {
            ty: first.ty,
            optional: second.optional,
            kind: Kind::Or(Box::new(first), Box::new(second)),
        },
    }
}

/// Returns the second value if the first holds, otherwise the third.
pub(super) fn either(condition: Value, then: Value, otherwise: Value) -> Value {
    match condition.kind {
        Kind::Boolean(true) => then,
        Kind::Boolean(false) | Kind::Nothing => otherwise,
        _ => Value {
            ty: match then.kind {
                Kind::Nothing => otherwise.ty,
                _ => then.ty,
            },
            optional: then.optional || otherwise.optional,
            kind: Kind::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
        },
    }
}

pub(super) fn string_equals(left: Value, right: Value) -> Value {
    match (&left.kind, &right.kind) {
        (Kind::Nothing, _) | (_, Kind::Nothing) => boolean(Kind::Boolean(false)),
        (Kind::Literal(left), Kind::Literal(right)) => boolean(Kind::Boolean(left == right)),
        _ => boolean(Kind::Equal(Box::new(left), Box::new(right))),
    }
}
