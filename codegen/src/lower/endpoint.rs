//! Lowers `endpoint-rule-set-1.json`.

mod names;
mod schemes;

use std::collections::BTreeSet;

use self::names::Variables;
use self::schemes::{Unsupported, accepts_sigv4};
use crate::diagnostic::{EndpointFault, Fault, Item, Report};
use crate::ir::{
    self, ContextType, ContextValue, Outcome, Parameter, RuleFunction, RuleValue, Service,
};
use crate::source::Entries;
use crate::source::rules::{Function, Rule, RuleEndpoint, RuleParameter, RuleSet, Value};
use crate::warning::{Warning, WarningKind};

/// The functions of the rule language, with the numbers of their arguments. `coalesce` takes that number or more.
const FUNCTIONS: &[(&str, RuleFunction, usize)] = &[
    ("isSet", RuleFunction::IsSet, 1),
    ("not", RuleFunction::Not, 1),
    ("booleanEquals", RuleFunction::BooleanEquals, 2),
    ("stringEquals", RuleFunction::StringEquals, 2),
    ("aws.partition", RuleFunction::Partition, 1),
    ("aws.parseArn", RuleFunction::ParseArn, 1),
    ("parseURL", RuleFunction::ParseUrl, 1),
    ("isValidHostLabel", RuleFunction::IsValidHostLabel, 2),
    (
        "aws.isVirtualHostableS3Bucket",
        RuleFunction::IsVirtualHostableS3Bucket,
        2,
    ),
    ("coalesce", RuleFunction::Coalesce, 2),
    ("ite", RuleFunction::Ite, 3),
    ("split", RuleFunction::Split, 3),
    ("substring", RuleFunction::Substring, 4),
    ("uriEncode", RuleFunction::UriEncode, 1),
];

const BUILT_INS: &[(&str, Parameter)] = &[
    ("AWS::Region", Parameter::Region),
    ("AWS::UseFIPS", Parameter::UseFips),
    ("AWS::UseDualStack", Parameter::UseDualStack),
    ("AWS::Auth::AccountId", Parameter::AccountId),
    (
        "AWS::Auth::AccountIdEndpointMode",
        Parameter::AccountIdEndpointMode,
    ),
    ("SDK::Endpoint", Parameter::Endpoint),
];

/// Lowers the rules of `endpoint-rule-set-1.json`.
pub(super) fn rules_file(set: &RuleSet, service: &mut Service, report: &mut Report) {
    rules(set, "rules", service, report);
}

/// Lowers endpoint rules that are at a path in the file.
pub(super) fn rules(rules: &RuleSet, path: &str, service: &mut Service, report: &mut Report) {
    let operations = service.operations.values();
    let context = operations.flat_map(|operation| &operation.context);
    let settings = service.client_parameters.iter().map(|it| it.name.clone());
    let settings: BTreeSet<String> = settings.collect();
    let members: BTreeSet<String> = context.map(|parameter| parameter.name.clone()).collect();
    let section = path.strip_suffix("rules").unwrap_or_default();
    let faults_before = report.len();
    names::check_parameters(&rules.parameters, &format!("{section}parameters."), report);
    let mut lower = Lower {
        parameters: &rules.parameters,
        context: members.union(&settings).cloned().collect(),
        settings,
        optional: optional(service),
        variables: Variables::default(),
        tested: Vec::new(),
        unsupported: BTreeSet::new(),
        accepts_sigv4: accepts_sigv4(&rules.rules),
        report,
    };
    let lowered = lower.rules(&rules.rules, path);
    // Invalid rules would cause further faults in later stages.
    if lower.report.len() == faults_before {
        service.endpoints.path = path.to_owned();
        service.endpoints.rules = lowered;
        service.endpoints.parameters = rules.parameters.iter().map(parameter).collect();
    }
    for kind in lower.unsupported {
        let kind = match lower.accepts_sigv4 {
            true => kind,
            false => WarningKind::Sigv4aOnly,
        };
        service.warnings.push(Warning::new("endpoint rules", kind));
    }
    // Parameters that the rules do not have are not sent.
    let is_used = |name: &str| rules.parameters.get(name).is_some();
    for operation in service.operations.values_mut() {
        operation
            .context
            .retain(|parameter| is_used(&parameter.name));
    }
    for parameter in &service.client_parameters {
        if !is_used(&parameter.name) {
            let path = format!("clientContextParams.{}", parameter.name);
            service
                .warnings
                .push(Warning::new(path, WarningKind::Setting));
        }
    }
    service
        .client_parameters
        .retain(|parameter| is_used(&parameter.name));
}

struct Lower<'a> {
    parameters: &'a Entries<RuleParameter>,
    /// The parameters that operations or the settings of the service set.
    context: BTreeSet<String>,
    /// The parameters that settings of the service set.
    settings: BTreeSet<String>,
    /// The parameters that operations set, except those that an operation cannot omit.
    optional: BTreeSet<String>,
    /// The warnings about the authentication schemes of endpoints.
    unsupported: BTreeSet<WarningKind>,
    /// Whether an endpoint accepts SigV4 signatures.
    accepts_sigv4: bool,
    variables: Variables,
    /// The optional parameters of the operation that the conditions of the current rule require.
    tested: Vec<String>,
    report: &'a mut Report,
}

impl Lower<'_> {
    fn rules(&mut self, rules: &[Rule], path: &str) -> Vec<ir::Rule> {
        rules
            .iter()
            .enumerate()
            .map(|(i, rule)| self.rule(rule, &format!("{path}[{i}]")))
            .collect()
    }

    fn rule(&mut self, rule: &Rule, path: &str) -> ir::Rule {
        let (outer, tested) = (self.variables.len(), self.tested.len());
        let mut conditions = Vec::with_capacity(rule.conditions.len());
        for (i, condition) in rule.conditions.iter().enumerate() {
            let value = self.function(condition, &format!("{path}.conditions[{i}]"));
            if let Some(name) = &condition.assign
                && let Err(fault) = self.variables.assign(name, self.parameters)
            {
                let path = format!("{path}.conditions[{i}].assign");
                self.report.fault(path, fault);
            }
            if let RuleValue::Call(RuleFunction::IsSet, arguments) = &value
                && let [RuleValue::Context(name, _)] = arguments.as_slice()
                && self.optional.contains(name)
            {
                self.tested.push(name.clone());
            }
            conditions.push(ir::Condition {
                value,
                assign: condition.assign.clone(),
            });
        }
        let then = match (&rule.rules, &rule.endpoint, &rule.error) {
            (Some(rules), None, None) => {
                Outcome::Rules(self.rules(rules, &format!("{path}.rules")))
            }
            (None, Some(endpoint), None) => self.endpoint(endpoint, &format!("{path}.endpoint")),
            (None, None, Some(error)) => {
                Outcome::Error(self.value(error, &format!("{path}.error")))
            }
            _ => {
                self.report.fault(path, EndpointFault::Outcome);
                Outcome::Rules(Vec::new())
            }
        };
        self.variables.truncate(outer);
        self.tested.truncate(tested);
        ir::Rule { conditions, then }
    }

    fn endpoint(&mut self, endpoint: &RuleEndpoint, path: &str) -> Outcome {
        let schemes = &endpoint.properties.auth_schemes;
        let scheme = schemes.iter().find(|scheme| scheme.name == "sigv4");
        if scheme.is_none() && !schemes.is_empty() {
            let Some(unsupported) = Unsupported::among(schemes) else {
                let path = format!("{path}.properties.authSchemes");
                self.report.fault(path, EndpointFault::AuthSchemes);
                return Outcome::Rules(Vec::new());
            };
            self.unsupported.insert(unsupported.warning.clone());
            return Outcome::Error(RuleValue::Literal(unsupported.error(self)));
        }
        let mut of_scheme = |value: Option<&Value>, key: &str| {
            value.map(|value| self.value(value, &format!("{path}.properties.authSchemes.{key}")))
        };
        let signing_name = of_scheme(
            scheme.and_then(|it| it.signing_name.as_ref()),
            "signingName",
        );
        let signing_region = of_scheme(
            scheme.and_then(|it| it.signing_region.as_ref()),
            "signingRegion",
        );
        let headers = endpoint
            .headers
            .iter()
            .flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
        let headers = headers.map(|(name, value)| {
            (
                name.to_owned(),
                self.value(value, &format!("{path}.headers.{name}")),
            )
        });
        Outcome::Endpoint(Box::new(ir::RuleEndpoint {
            headers: headers.collect(),
            url: self.value(&endpoint.url, &format!("{path}.url")),
            signing_name,
            signing_region,
            single_encoding: scheme.is_some_and(|scheme| scheme.disable_double_encoding),
        }))
    }

    fn value(&mut self, value: &Value, path: &str) -> RuleValue {
        match value {
            Value::Boolean(value) => RuleValue::Boolean(*value),
            Value::Integer(value) => RuleValue::Integer(*value),
            Value::Template(template) => self.template(template, path),
            Value::Reference { name } => self.reference(name, path),
            Value::Function(function) => self.function(function, path),
        }
    }

    fn function(&mut self, function: &Function, path: &str) -> RuleValue {
        if let ("getAttr", [value, Value::Template(attribute)]) =
            (function.name.as_str(), function.argv.as_slice())
        {
            let value = self.value(value, &format!("{path}.argv[0]"));
            return RuleValue::Attribute(Box::new(value), attribute.clone());
        }
        let Some((_, known, count)) = FUNCTIONS.iter().find(|(name, _, _)| *name == function.name)
        else {
            let names = FUNCTIONS.iter().map(|(name, _, _)| *name);
            let suggestion = self.report.similar(&function.name, names);
            let fault = Fault::unknown(Item::Function, &function.name, suggestion);
            self.report.fault(format!("{path}.fn"), fault);
            return RuleValue::Boolean(false);
        };
        let is_variadic = *known == RuleFunction::Coalesce && function.argv.len() > *count;
        if function.argv.len() != *count && !is_variadic {
            let fault = EndpointFault::ArgumentCount {
                function: function.name.clone(),
                expected: *count,
                found: function.argv.len(),
            };
            self.report.fault(format!("{path}.argv"), fault);
        }
        let arguments = function.argv.iter().enumerate();
        let arguments = arguments
            .map(|(i, value)| self.value(value, &format!("{path}.argv[{i}]")))
            .collect();
        RuleValue::Call(*known, arguments)
    }

    fn reference(&mut self, name: &str, path: &str) -> RuleValue {
        if self.variables.contains(name) {
            return RuleValue::Variable(name.to_owned());
        }
        let Some(parameter) = self.parameters.get(name) else {
            let known = self.parameters.names().chain(self.variables.names());
            let suggestion = self.report.similar(name, known);
            self.report
                .fault(path, Fault::unknown(Item::Parameter, name, suggestion));
            return RuleValue::Boolean(false);
        };
        let built_in = |name: &str| {
            BUILT_INS
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, known)| *known)
        };
        match (
            parameter.built_in.as_deref().and_then(built_in),
            &parameter.default,
        ) {
            (Some(known), _) => RuleValue::Parameter(known),
            (None, _) if self.context.contains(name) => {
                RuleValue::Context(name.to_owned(), type_of(parameter))
            }
            (None, Some(serde_json::Value::Bool(default))) => RuleValue::Boolean(*default),
            (None, Some(serde_json::Value::String(default))) => RuleValue::Literal(default.clone()),
            (None, _) => RuleValue::Parameter(Parameter::Nothing),
        }
    }

    /// Parses a template such as `https://service.{Region}.{PartitionResult#dnsSuffix}`.
    fn template(&mut self, template: &str, path: &str) -> RuleValue {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((inner, after)) = after.split_once('}') else {
                self.report.fault(path, EndpointFault::UnclosedBrace);
                return RuleValue::Literal(template.to_owned());
            };
            if !before.is_empty() {
                parts.push(RuleValue::Literal(before.to_owned()));
            }
            parts.push(match inner.split_once('#') {
                Some((name, attribute)) => {
                    RuleValue::Attribute(Box::new(self.reference(name, path)), attribute.to_owned())
                }
                None => self.reference(inner, path),
            });
            rest = after;
        }
        if parts.is_empty() {
            return RuleValue::Literal(rest.to_owned());
        }
        if !rest.is_empty() {
            parts.push(RuleValue::Literal(rest.to_owned()));
        }
        match parts.as_slice() {
            [part] => part.clone(),
            _ => RuleValue::Template(parts),
        }
    }
}

fn parameter((name, parameter): (&str, &RuleParameter)) -> ir::RuleParameter {
    ir::RuleParameter {
        name: name.to_owned(),
        built_in: parameter.built_in.clone(),
        kind: type_of(parameter),
        required: parameter.required,
        documentation: parameter.documentation.clone(),
    }
}

/// Returns the type of a parameter, and its default value.
fn type_of(parameter: &RuleParameter) -> ContextType {
    let default = parameter.default.as_ref();
    match parameter.kind.to_ascii_lowercase().as_str() {
        "boolean" => ContextType::Boolean(default.and_then(serde_json::Value::as_bool)),
        "stringarray" => ContextType::Strings,
        _ => {
            let default = default.and_then(serde_json::Value::as_str);
            ContextType::String(default.map(str::to_owned))
        }
    }
}

/// Returns the parameters that operations set, except those that are a required member in all of these operations.
fn optional(service: &Service) -> BTreeSet<String> {
    let mut optional = BTreeSet::new();
    for operation in service.operations.values() {
        let members = service.members(operation.input.as_deref());
        let is_required = |value: &ContextValue| match value {
            ContextValue::Member(path) => members
                .iter()
                .any(|member| path.first() == Some(&member.name) && member.required),
            _ => false,
        };
        let parameters = operation.context.iter();
        let parameters = parameters.filter(|it| !is_required(&it.value));
        optional.extend(parameters.map(|it| it.name.clone()));
    }
    optional
}
