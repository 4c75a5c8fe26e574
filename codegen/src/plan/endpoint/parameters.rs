//! The parameters of endpoint rules, which the module `config::endpoint` of a crate contains.

use std::collections::HashSet;

use proc_macro2::Ident;

use crate::ir::{ContextType, RuleParameter, Service};
use crate::plan::docs::Doc;
use crate::plan::names;
use crate::plan::reserved::Scope;

/// A parameter of endpoint rules.
#[derive(Debug)]
pub(crate) struct EndpointParameter {
    /// The name in the rules, or the name of the value that all services have, such as `AWS::Region`.
    pub(crate) wire: String,
    /// The accessor, and the method of the builder, such as `use_fips`.
    pub(crate) name: Ident,
    /// The method that sets or clears it, such as `set_use_fips`.
    pub(crate) setter: Ident,
    /// The type, and the value that it has if it is not set.
    pub(crate) kind: ContextType,
    /// Whether it must be set.
    pub(crate) required: bool,
    pub(crate) doc: Doc,
}

/// The parameters of all services: the names of their values and of the parameters in most rules, and the documentation.
const BUILT_INS: [(&str, &str, &str); 6] = [
    ("AWS::Region", "Region", "The Region, such as `eu-west-1`."),
    (
        "AWS::UseDualStack",
        "UseDualStack",
        "Whether the endpoint must have IPv4 and IPv6 addresses.",
    ),
    (
        "AWS::UseFIPS",
        "UseFIPS",
        "Whether the endpoint must comply with FIPS 140.",
    ),
    (
        "SDK::Endpoint",
        "Endpoint",
        "The URL that replaces the endpoint of the service.",
    ),
    (
        "AWS::Auth::AccountId",
        "AccountId",
        "The account of the credentials, if it is known.",
    ),
    (
        "AWS::Auth::AccountIdEndpointMode",
        "AccountIdEndpointMode",
        "Whether the host can or must contain the account: `preferred`, `disabled` or `required`.",
    ),
];

/// Plans the parameters of a service. If several have the same name in Rust, the first one counts.
pub(super) fn parameters(service: &Service) -> Vec<EndpointParameter> {
    let (mut planned, mut taken) = (Vec::new(), HashSet::new());
    let all = match service.endpoints.rules.as_slice() {
        [] => of_all_services(),
        _ => service.endpoints.parameters.clone(),
    };
    for parameter in all.iter().filter(|it| names::is_valid(&it.name)) {
        let found = parameter_of(service, parameter);
        if !taken.contains(&found.name) && !taken.contains(&found.setter) {
            taken.extend([found.name.clone(), found.setter.clone()]);
            planned.push(found);
        }
    }
    planned
}

fn parameter_of(service: &Service, parameter: &RuleParameter) -> EndpointParameter {
    let wire = &parameter.name;
    let name = names::member_name_unless(wire, |scope| scope == Scope::Structure);
    let built_in = BUILT_INS
        .iter()
        .find(|(built_in, _, _)| Some(*built_in) == parameter.built_in.as_deref());
    let default = format!("The parameter `{wire}` of the endpoint rules.");
    let documentation = match built_in {
        Some((_, _, documentation)) => documentation,
        None => parameter.documentation.as_str(),
    };
    EndpointParameter {
        wire: match built_in {
            Some((built_in, _, _)) => (*built_in).to_owned(),
            None => wire.clone(),
        },
        setter: names::prefixed("set_", &names::unraw(&name)),
        name,
        kind: parameter.kind.clone(),
        required: parameter.required,
        doc: Doc::of(service, &[], documentation, &default),
    }
}

/// The parameters of a service without rules: those of most services.
fn of_all_services() -> Vec<RuleParameter> {
    let common = BUILT_INS.iter().take(4);
    let parameters = common.map(|(built_in, name, _)| RuleParameter {
        name: (*name).to_owned(),
        built_in: Some((*built_in).to_owned()),
        kind: match name.starts_with("Use") {
            true => ContextType::Boolean(Some(false)),
            false => ContextType::String(None),
        },
        required: false,
        documentation: String::new(),
    });
    parameters.collect()
}
