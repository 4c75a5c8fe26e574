//! Lowers the parameters of endpoint rules that operations and settings of the client set: `contextParam`,
//! `staticContextParams`, `operationContextParams` and `clientContextParams`.

use std::collections::BTreeMap;

use crate::diagnostic::{EndpointFault, Report};
use crate::ir::{ClientParameter, ContextParameter, ContextValue, Operation};
use crate::source::Entries;
use crate::source::rules::{ClientContext, OperationContext, StaticContext};
use crate::warning::{Warning, WarningKind};

/// The sources of the parameters that an operation sets.
pub(super) struct Sources<'a> {
    /// Parameters with constant values.
    pub(super) constants: &'a Entries<StaticContext>,
    pub(super) constants_path: String,
    /// Parameters whose values are at paths in the input.
    pub(super) paths: &'a Entries<OperationContext>,
    pub(super) paths_path: String,
    /// Parameters whose values are members of the input, with the names of these members.
    pub(super) members: Vec<(&'a str, &'a str)>,
}

/// Lowers the parameters that an operation sets.
pub(super) fn parameters(sources: &Sources<'_>, report: &mut Report) -> Vec<ContextParameter> {
    let mut found = Vec::new();
    for (name, parameter) in sources.constants.iter() {
        match constant(&parameter.value) {
            Some(value) => found.push(parameter_of(name, value)),
            None => {
                let path = format!("{}.{name}.value", sources.constants_path);
                report.fault(path, EndpointFault::StaticValue);
            }
        }
    }
    for (name, parameter) in sources.paths.iter() {
        match parse_path(&parameter.path) {
            Some(value) => found.push(parameter_of(name, value)),
            None => {
                let path = format!("{}.{name}.path", sources.paths_path);
                report.fault(path, EndpointFault::Path(parameter.path.clone()));
            }
        }
    }
    found.extend(sources.members.iter().map(|(parameter, member)| {
        parameter_of(parameter, ContextValue::Member(vec![(*member).to_owned()]))
    }));
    found
}

/// Lowers the settings of the client, except those to which all operations give a constant value. Warns about those that are
/// neither booleans nor strings.
pub(super) fn settings(
    parameters: &Entries<ClientContext>,
    operations: &BTreeMap<String, Operation>,
    mut warn: impl FnMut(Warning),
) -> Vec<ClientParameter> {
    let is_fixed = |name: &str| {
        let fixes = |parameter: &ContextParameter| {
            let is_constant = matches!(
                parameter.value,
                ContextValue::Boolean(_) | ContextValue::String(_)
            );
            parameter.name == name && is_constant
        };
        let mut operations = operations.values();
        operations.all(|operation| operation.context.iter().any(fixes))
    };
    let mut found: Vec<ClientParameter> = Vec::new();
    for (name, parameter) in parameters.iter() {
        let kind = parameter.kind.to_ascii_lowercase();
        if is_fixed(name) || found.iter().any(|known| known.name == name) {
            continue;
        }
        if kind != "boolean" && kind != "string" {
            let path = format!("clientContextParams.{name}");
            warn(Warning::new(path, WarningKind::Setting));
            continue;
        }
        found.push(ClientParameter {
            name: name.to_owned(),
            is_boolean: kind == "boolean",
            documentation: parameter.documentation.clone(),
        });
    }
    found
}

fn parameter_of(name: &str, value: ContextValue) -> ContextParameter {
    ContextParameter {
        name: name.to_owned(),
        value,
    }
}

fn constant(value: &serde_json::Value) -> Option<ContextValue> {
    match value {
        serde_json::Value::Bool(value) => Some(ContextValue::Boolean(*value)),
        serde_json::Value::String(value) => Some(ContextValue::String(value.clone())),
        _ => None,
    }
}

/// Parses a path in an input. Only the forms of JMESPath that models use are supported.
fn parse_path(path: &str) -> Option<ContextValue> {
    if let Some(map) = path.strip_prefix("keys(") {
        return members(map.strip_suffix(')')?).map(ContextValue::Keys);
    }
    let Some((list, element)) = path.split_once("[*].") else {
        return members(path).map(ContextValue::Member);
    };
    let paths = match element.strip_prefix('[') {
        Some(several) => several
            .strip_suffix("][]")?
            .split(',')
            .map(|path| members(path.trim()))
            .collect(),
        None => members(element).map(|path| vec![path]),
    };
    Some(ContextValue::Each(members(list)?, paths?))
}

/// Parses `A.B` as names of members.
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
            assert_eq!(parse_path(path), expected, "{path}");
        }
    }
}
