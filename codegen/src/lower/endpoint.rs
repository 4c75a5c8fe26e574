//! Lowers `endpoint-rule-set-1.json` and `partitions.json`.

use std::collections::BTreeSet;

use crate::diagnostic::{EndpointFault, Fault, Item, Report, Suggestion};
use crate::ir::{self, ContextType, Outcome, Parameter, RuleFunction, RuleValue, Service};
use crate::source::Entries;
use crate::source::rules::{
    Function, Partition, Partitions, Rule, RuleAuthScheme, RuleEndpoint, RuleParameter, RuleSet,
    Value,
};
use crate::warning::{Warning, WarningKind};

/// The functions of the rule language, with the numbers of their arguments.
const FUNCTIONS: &[(&str, RuleFunction, usize)] = &[
    ("isSet", RuleFunction::IsSet, 1),
    ("not", RuleFunction::Not, 1),
    ("booleanEquals", RuleFunction::BooleanEquals, 2),
    ("stringEquals", RuleFunction::StringEquals, 2),
    ("aws.partition", RuleFunction::Partition, 1),
    ("aws.parseArn", RuleFunction::ParseArn, 1),
    ("parseURL", RuleFunction::ParseUrl, 1),
    ("isValidHostLabel", RuleFunction::IsValidHostLabel, 2),
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
    let mut lower = Lower {
        parameters: &rules.parameters,
        context: context.map(|parameter| parameter.name.clone()).collect(),
        variables: Vec::new(),
        required: Vec::new(),
        sigv4a: false,
        accepts_sigv4: accepts_sigv4(&rules.rules),
        report,
    };
    let faults_before = lower.report.len();
    let lowered = lower.rules(&rules.rules, path);
    // Invalid rules would cause further faults in later stages.
    if lower.report.len() == faults_before {
        service.endpoints.path = path.to_owned();
        service.endpoints.rules = lowered;
    }
    if lower.sigv4a {
        let kind = match lower.accepts_sigv4 {
            true => WarningKind::Sigv4a,
            false => WarningKind::Sigv4aOnly,
        };
        let warning = Warning::new("endpoint rules", kind);
        service.warnings.push(warning);
    }
    // Parameters that the rules do not have are not sent.
    for operation in service.operations.values_mut() {
        let is_used = |name: &String| rules.parameters.names().any(|known| known == name);
        operation
            .context
            .retain(|parameter| is_used(&parameter.name));
    }
}

/// Lowers the partitions.
pub(super) fn partitions(partitions: &Partitions, service: &mut Service, report: &mut Report) {
    let lower = |(i, partition)| lower_partition(partition, &format!("partitions[{i}]"), report);
    service.endpoints.partitions = partitions
        .partitions
        .iter()
        .enumerate()
        .map(lower)
        .collect();
}

struct Lower<'a> {
    parameters: &'a Entries<RuleParameter>,
    /// The parameters that operations set.
    context: BTreeSet<String>,
    /// Whether an endpoint requires SigV4a signatures.
    sigv4a: bool,
    /// Whether an endpoint does not.
    accepts_sigv4: bool,
    variables: Vec<String>,
    /// The parameters of the operation that the conditions of the current rule require.
    required: Vec<String>,
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
        let (outer, required) = (self.variables.len(), self.required.len());
        let mut conditions = Vec::with_capacity(rule.conditions.len());
        for (i, condition) in rule.conditions.iter().enumerate() {
            let value = self.function(condition, &format!("{path}.conditions[{i}]"));
            self.variables.extend(condition.assign.clone());
            if let RuleValue::Call(RuleFunction::IsSet, arguments) = &value
                && let [RuleValue::Context(name, _)] = arguments.as_slice()
            {
                self.required.push(name.clone());
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
        self.required.truncate(required);
        ir::Rule { conditions, then }
    }

    fn endpoint(&mut self, endpoint: &RuleEndpoint, path: &str) -> Outcome {
        if endpoint.headers.names().next().is_some() {
            let path = format!("{path}.headers");
            self.report.fault(path, EndpointFault::Headers);
        }
        let scheme = endpoint
            .properties
            .auth_schemes
            .iter()
            .find(|scheme| scheme.name == "sigv4");
        if requires_sigv4a(endpoint) {
            self.sigv4a = true;
            return Outcome::Error(RuleValue::Literal(self.needs_sigv4a()));
        }
        if scheme.is_none() && !endpoint.properties.auth_schemes.is_empty() {
            let path = format!("{path}.properties.authSchemes");
            self.report.fault(path, EndpointFault::AuthSchemes);
        }
        let region = scheme.and_then(|scheme| scheme.signing_region.as_ref());
        Outcome::Endpoint {
            url: self.value(&endpoint.url, &format!("{path}.url")),
            signing_name: scheme.and_then(|scheme| scheme.signing_name.clone()),
            signing_region: region
                .map(|region| self.value(region, &format!("{path}.properties.authSchemes"))),
        }
    }

    /// Returns the error of an endpoint that requires SigV4a, with the parameters of the operation that lead to it.
    fn needs_sigv4a(&self) -> String {
        let names: Vec<String> = (self.required.iter())
            .map(|name| format!("`{name}`"))
            .collect();
        let remedy = match names.as_slice() {
            [_, ..] if self.accepts_sigv4 => format!("do not set {}", names.join(" and ")),
            _ => "use a client that does".to_owned(),
        };
        format!(
            "the endpoint requires SigV4a signatures, which this crate does not support; {remedy}"
        )
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
            let suggestion = Suggestion::similar(&function.name, names);
            let fault = Fault::unknown(Item::Function, &function.name, suggestion);
            self.report.fault(format!("{path}.fn"), fault);
            return RuleValue::Boolean(false);
        };
        if function.argv.len() != *count {
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
        if self.variables.iter().any(|variable| variable == name) {
            return RuleValue::Variable(name.to_owned());
        }
        let Some((_, parameter)) = self.parameters.iter().find(|(known, _)| *known == name) else {
            let known = self
                .parameters
                .names()
                .chain(self.variables.iter().map(String::as_str));
            let suggestion = Suggestion::similar(name, known);
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
            (None, default) if self.context.contains(name) => {
                let kind = parameter.kind.to_ascii_lowercase();
                let kind = match kind.as_str() {
                    "boolean" => ContextType::Boolean(default.as_ref().and_then(|it| it.as_bool())),
                    "stringarray" => ContextType::Strings,
                    _ => ContextType::String(
                        default
                            .as_ref()
                            .and_then(|it| it.as_str())
                            .map(str::to_owned),
                    ),
                };
                RuleValue::Context(name.to_owned(), kind)
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

/// Whether any rule results in an endpoint that does not require SigV4a signatures.
fn accepts_sigv4(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| {
        let endpoint = rule.endpoint.as_ref();
        endpoint.is_some_and(|endpoint| !requires_sigv4a(endpoint))
            || accepts_sigv4(rule.rules.as_deref().unwrap_or_default())
    })
}

fn requires_sigv4a(endpoint: &RuleEndpoint) -> bool {
    let has = |name| {
        let mut schemes = endpoint.properties.auth_schemes.iter();
        schemes.any(|scheme: &RuleAuthScheme| scheme.name == name)
    };
    has("sigv4a") && !has("sigv4")
}

fn lower_partition(partition: &Partition, path: &str, report: &mut Report) -> ir::Partition {
    let outputs = &partition.outputs;
    let region_prefixes = prefixes(&partition.region_regex).unwrap_or_else(|| {
        let fault = EndpointFault::RegionPattern(partition.region_regex.clone());
        report.fault(format!("{path}.regionRegex"), fault);
        Vec::new()
    });
    ir::Partition {
        id: partition.id.clone(),
        dns_suffix: outputs.dns_suffix.clone(),
        dual_stack_dns_suffix: outputs.dual_stack_dns_suffix.clone(),
        implicit_global_region: outputs.implicit_global_region.clone(),
        supports_fips: outputs.supports_fips,
        supports_dual_stack: outputs.supports_dual_stack,
        region_prefixes,
        regions: partition.regions.names().map(str::to_owned).collect(),
    }
}

/// Returns the prefixes that a region pattern allows: `us` and `eu` for `^(us|eu)\-\w+\-\d+$`.
///
/// All existing patterns have this form. The runtime compares prefixes and needs no regular expression engine.
fn prefixes(pattern: &str) -> Option<Vec<String>> {
    let body = pattern
        .strip_prefix('^')?
        .strip_suffix(r"\-\w+\-\d+$")?
        .replace(r"\-", "-");
    let (before, choices, after) = match body.split_once('(') {
        Some((before, rest)) => {
            let (choices, after) = rest.split_once(')')?;
            (before, choices, after)
        }
        None => (body.as_str(), "", ""),
    };
    let is_plain = |prefix: &str| {
        prefix
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let prefixes: Vec<String> = choices
        .split('|')
        .map(|choice| format!("{before}{choice}{after}"))
        .collect();
    prefixes
        .iter()
        .all(|prefix| is_plain(prefix))
        .then_some(prefixes)
}

#[cfg(test)]
mod tests {
    use super::prefixes;

    #[test]
    fn region_patterns() {
        for (pattern, expected) in [
            (r"^(us|eu)\-\w+\-\d+$", Some(vec!["us", "eu"])),
            (r"^cn\-\w+\-\d+$", Some(vec!["cn"])),
            (r"^us\-gov\-\w+\-\d+$", Some(vec!["us-gov"])),
            (r"^eusc\-(de)\-\w+\-\d+$", Some(vec!["eusc-de"])),
            (r"^us-\w+$", None),
            (r"^[a-z]\-\w+\-\d+$", None),
            (r"us\-\w+\-\d+", None),
        ] {
            assert_eq!(
                prefixes(pattern),
                expected.map(|it| it.into_iter().map(str::to_owned).collect()),
                "{pattern}"
            );
        }
    }
}
