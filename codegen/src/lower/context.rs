//! Lowers the parameters of endpoint rules that operations and settings of the client set: `contextParam`,
//! `staticContextParams`, `operationContextParams` and `clientContextParams`.

use std::collections::{BTreeMap, HashMap, HashSet};

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
    // The number of operations that give a constant value to each parameter.
    let mut fixed: HashMap<&str, usize> = HashMap::new();
    for operation in operations.values() {
        let is_constant = |value: &ContextValue| {
            matches!(value, ContextValue::Boolean(_) | ContextValue::String(_))
        };
        let constants = operation.context.iter().filter(|it| is_constant(&it.value));
        let names: HashSet<&str> = constants.map(|it| it.name.as_str()).collect();
        for name in names {
            *fixed.entry(name).or_default() += 1;
        }
    }
    let is_fixed = |name| fixed.get(name).copied().unwrap_or_default() == operations.len();
    let mut found: Vec<ClientParameter> = Vec::new();
    let mut known = HashSet::new();
    for (name, parameter) in parameters.iter() {
        let kind = parameter.kind.to_ascii_lowercase();
        if is_fixed(name) || !known.insert(name) {
            continue;
        }
        if kind != "boolean" && kind != "string" {
            let path = format!("clientContextParams.{name}");
            warn(Warning::new(path, WarningKind::SettingType));
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
    fn settings_are_strings_or_booleans() {
        let text = r#"{"Host": {"type": "string"}, "Hosts": {"type": "stringArray"}}"#;
        let parameters = serde_json::from_str(text).unwrap();
        let operations = BTreeMap::from([("Call".to_owned(), Operation::default())]);
        let mut warnings = Vec::new();
        let settings = settings(&parameters, &operations, |it| warnings.push(it.to_string()));
        let names: Vec<String> = settings.into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["Host"]);
        assert_eq!(
            warnings,
            [
                "clientContextParams.Hosts: left out, because settings that are neither strings nor booleans are not supported"
            ]
        );
    }

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
