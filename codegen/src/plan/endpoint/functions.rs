//! The functions that planned rules call, and the names that they use.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::rules::{Condition, Kind, Outcome, Rule, Value};
use super::values::boolean;

/// The function that looks up a partition.
pub(crate) const PARTITION: &str = "partition";

/// The names that variables of the rules cannot have: those of the functions, and of the parameter of the function around the
/// rules.
pub(super) const RESERVED: [&str; 10] = [
    "is_valid_host_label",
    "is_virtual_hostable_s3_bucket",
    "nth_from_end",
    "params",
    "parse_arn",
    "parse_url",
    PARTITION,
    "split",
    "substring",
    "uri_encode",
];

/// Returns the names of the runtime's functions that the rules call.
pub(super) fn called(rules: &[Rule]) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut note = |value: &Value| {
        found.extend(match value.kind {
            Kind::Partition(_) => Some(PARTITION),
            Kind::ParseArn(_) => Some("parse_arn"),
            Kind::ParseUrl(_) => Some("parse_url"),
            Kind::UriEncode(_) => Some("uri_encode"),
            Kind::IsValidHostLabel(..) => Some("is_valid_host_label"),
            Kind::IsVirtualHostableS3Bucket(..) => Some("is_virtual_hostable_s3_bucket"),
            Kind::Substring(..) => Some("substring"),
            Kind::Split(..) => Some("split"),
            Kind::Item(_, index) if index < 0 => Some("nth_from_end"),
            _ => None,
        });
    };
    rules.iter().for_each(|rule| rule.visit(&mut note));
    found
}

impl Rule {
    /// Replaces `let Some(name) = value` with `value.is_some()` if nothing uses the name.
    pub(super) fn without_idle_names(mut self) -> Self {
        for i in 0..self.conditions.len() {
            let (before, after) = self.conditions.split_at_mut(i + 1);
            let Some(condition) = before.last_mut() else {
                continue;
            };
            let Condition::Some(name, value) = &*condition else {
                continue;
            };
            let mut used = false;
            let mut note = |value: &Value| used |= value.mentions(name);
            after.iter().for_each(|it| it.value().visit(&mut note));
            self.outcome.visit(&mut note);
            if !used {
                *condition = Condition::Holds(boolean(Kind::IsSome(Box::new(value.clone()))));
            }
        }
        self
    }

    fn visit(&self, f: &mut dyn FnMut(&Value)) {
        for condition in &self.conditions {
            condition.value().visit(f);
        }
        self.outcome.visit(f);
    }
}

impl Condition {
    fn value(&self) -> &Value {
        let (Self::Holds(value) | Self::Some(_, value)) = self;
        value
    }
}

impl Outcome {
    fn visit(&self, f: &mut dyn FnMut(&Value)) {
        match self {
            Self::Rules(rules) => rules.iter().for_each(|rule| rule.visit(f)),
            Self::Endpoint(endpoint) => {
                let headers = endpoint.headers.iter().map(|(_, value)| value);
                let scope = endpoint.signing_name.iter().chain(&endpoint.signing_region);
                let values = [&endpoint.url].into_iter().chain(scope).chain(headers);
                values.for_each(|value| value.visit(f));
            }
            Self::Error(message) => message.visit(f),
        }
    }
}

impl Value {
    /// Whether the value is the variable, or a format that contains it.
    fn mentions(&self, name: &Ident) -> bool {
        match &self.kind {
            Kind::Variable(variable) => variable == name,
            Kind::Format(format, _) => format.contains(&format!("{{{name}}}")),
            _ => false,
        }
    }

    /// Returns the number of values of which this one consists.
    pub(super) fn size(&self) -> usize {
        let mut size = 0;
        self.visit(&mut |_| size += 1);
        size
    }

    /// Calls `f` with the value and all its parts.
    fn visit(&self, f: &mut dyn FnMut(&Value)) {
        f(self);
        match &self.kind {
            Kind::Partition(of)
            | Kind::ParseArn(of)
            | Kind::ParseUrl(of)
            | Kind::UriEncode(of)
            | Kind::IsValidHostLabel(of, _)
            | Kind::IsVirtualHostableS3Bucket(of, _)
            | Kind::Substring(of, ..)
            | Kind::Field(of, _)
            | Kind::Item(of, _)
            | Kind::IsSome(of)
            | Kind::Not(of) => of.visit(f),
            Kind::Equal(left, right) | Kind::Or(left, right) | Kind::Split(left, right, _) => {
                left.visit(f);
                right.visit(f);
            }
            Kind::If(condition, then, otherwise) => {
                condition.visit(f);
                then.visit(f);
                otherwise.visit(f);
            }
            Kind::Format(_, values) => values.iter().for_each(|value| value.visit(f)),
            Kind::Boolean(_)
            | Kind::Literal(_)
            | Kind::Parameter(_)
            | Kind::Context(..)
            | Kind::Variable(_)
            | Kind::Nothing => {}
        }
    }
}
