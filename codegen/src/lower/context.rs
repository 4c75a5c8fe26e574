//! The parameters of endpoint rules that operations set: `contextParam`, `staticContextParams`,
//! `operationContextParams`.

use crate::diagnostic::{EndpointFault, Report};
use crate::ir::{ContextParameter, ContextValue};
use crate::source::Entries;
use crate::source::rules::{OperationContext, StaticContext};

/// Where an operation's parameters have their values.
pub(super) struct Sources<'a> {
    /// Values that are always the same.
    pub(super) fixed: &'a Entries<StaticContext>,
    pub(super) fixed_path: String,
    /// Values at the end of a path through the input.
    pub(super) found: &'a Entries<OperationContext>,
    pub(super) found_path: String,
    /// Parameters and the members of the input that set them.
    pub(super) members: Vec<(&'a str, &'a str)>,
}

/// The parameters that an operation sets.
pub(super) fn parameters(sources: &Sources<'_>, report: &mut Report) -> Vec<ContextParameter> {
    let mut found = Vec::new();
    for (name, parameter) in sources.fixed.iter() {
        match fixed(&parameter.value) {
            Some(value) => found.push(parameter_of(name, value)),
            None => {
                let path = format!("{}.{name}.value", sources.fixed_path);
                report.fault(path, EndpointFault::StaticValue);
            }
        }
    }
    for (name, parameter) in sources.found.iter() {
        match followed(&parameter.path) {
            Some(value) => found.push(parameter_of(name, value)),
            None => {
                let path = format!("{}.{name}.path", sources.found_path);
                report.fault(path, EndpointFault::Path(parameter.path.clone()));
            }
        }
    }
    found.extend(sources.members.iter().map(|(parameter, member)| {
        parameter_of(parameter, ContextValue::Member(vec![(*member).to_owned()]))
    }));
    found
}

fn parameter_of(name: &str, value: ContextValue) -> ContextParameter {
    ContextParameter {
        name: name.to_owned(),
        value,
    }
}

fn fixed(value: &serde_json::Value) -> Option<ContextValue> {
    match value {
        serde_json::Value::Bool(value) => Some(ContextValue::Boolean(*value)),
        serde_json::Value::String(value) => Some(ContextValue::Text(value.clone())),
        _ => None,
    }
}

/// A path through an input: the few forms of JMESPath that models use.
fn followed(path: &str) -> Option<ContextValue> {
    if let Some(map) = path.strip_prefix("keys(") {
        return members(map.strip_suffix(')')?).map(ContextValue::Keys);
    }
    let Some((list, element)) = path.split_once("[*].") else {
        return members(path).map(ContextValue::Member);
    };
    let ways = match element.strip_prefix('[') {
        Some(several) => several
            .strip_suffix("][]")?
            .split(',')
            .map(|way| members(way.trim()))
            .collect(),
        None => members(element).map(|way| vec![way]),
    };
    Some(ContextValue::Each(members(list)?, ways?))
}

/// `A.B` as names.
fn members(path: &str) -> Option<Vec<String>> {
    let plain = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let names = path.split('.');
    names
        .map(|name| plain(name).then(|| name.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let names = |path: &str| path.split('.').map(str::to_owned).collect::<Vec<_>>();
        for (path, expected) in [
            ("A.B", Some(ContextValue::Member(names("A.B")))),
            ("keys(A.B)", Some(ContextValue::Keys(names("A.B")))),
            (
                "A[*].B.C",
                Some(ContextValue::Each(names("A"), vec![names("B.C")])),
            ),
            (
                "A[*].[B.C, D][]",
                Some(ContextValue::Each(
                    names("A"),
                    vec![names("B.C"), names("D")],
                )),
            ),
            ("A[0]", None),
            ("length(A)", None),
            ("A[*].[B", None),
        ] {
            assert_eq!(followed(path), expected, "{path}");
        }
    }
}
