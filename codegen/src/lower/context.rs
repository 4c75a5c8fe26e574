//! What operations say to endpoint rules: `contextParam`, `staticContextParams`, `operationContextParams`.

use super::find;
use crate::diagnostic::{EndpointFault, Report};
use crate::ir::{ContextParameter, ContextValue};
use crate::source::botocore::{Model, Operation};

/// The parameters that an operation sets.
pub(super) fn parameters(
    path: &str,
    operation: &Operation,
    model: &Model,
    report: &mut Report,
) -> Vec<ContextParameter> {
    let mut found = Vec::new();
    for (name, parameter) in operation.static_context_params.iter() {
        let value = match &parameter.value {
            serde_json::Value::Bool(value) => ContextValue::Boolean(*value),
            serde_json::Value::String(value) => ContextValue::Text(value.clone()),
            _ => {
                let path = format!("{path}.staticContextParams.{name}.value");
                report.fault(path, EndpointFault::StaticValue);
                continue;
            }
        };
        found.push(parameter_of(name, value));
    }
    for (name, parameter) in operation.operation_context_params.iter() {
        match way(&parameter.path) {
            Some(value) => found.push(parameter_of(name, value)),
            None => {
                let path = format!("{path}.operationContextParams.{name}.path");
                report.fault(path, EndpointFault::Path(parameter.path.clone()));
            }
        }
    }
    let input = operation.input.as_ref();
    let input = input.and_then(|input| find(&model.shapes, &input.shape));
    for (name, member) in input
        .and_then(|input| input.members.as_ref())
        .into_iter()
        .flat_map(|it| it.iter())
    {
        if let Some(parameter) = &member.context_param {
            let name_on_wire = member.location_name.as_deref().unwrap_or(name);
            let value = ContextValue::Member(vec![name_on_wire.to_owned()]);
            found.push(parameter_of(&parameter.name, value));
        }
    }
    found
}

fn parameter_of(name: &str, value: ContextValue) -> ContextParameter {
    ContextParameter {
        name: name.to_owned(),
        value,
    }
}

/// A path through an input: the few forms of JMESPath that models use.
fn way(path: &str) -> Option<ContextValue> {
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
    fn ways() {
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
            assert_eq!(way(path), expected, "{path}");
        }
    }
}
