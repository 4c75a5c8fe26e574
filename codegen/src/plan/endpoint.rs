//! Endpoint rules: every value gets a type, and rules that can never hold are removed.
//!
//! A parameter that no configuration sets is always absent, so rules that require one are removed.

mod functions;
mod parameters;
mod planner;
mod rules;
mod values;

use std::collections::BTreeSet;

use crate::diagnostic::Report;
use crate::ir::{self, Parameter, RuleFunction, RuleValue, Service};
pub(crate) use functions::PARTITION;
pub(crate) use parameters::EndpointParameter;
pub(crate) use rules::{Condition, Kind, Outcome, Rule, Value};

/// The endpoint rules, with everything that they use.
#[derive(Debug)]
pub(crate) struct Endpoints {
    /// The parameters that resolvers of the program get.
    pub(crate) parameters: Vec<EndpointParameter>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) partitions: Vec<ir::Partition>,
    /// The functions of the runtime that the rules call.
    pub(crate) functions: BTreeSet<&'static str>,
}

impl Endpoints {
    /// Whether a rule looks up a partition.
    pub(crate) fn has_partitions(&self) -> bool {
        self.functions.contains(PARTITION)
    }
}

/// Returns the rules of a service without rules: the endpoint is that of the configuration.
fn configured() -> Vec<ir::Rule> {
    let endpoint = RuleValue::Parameter(Parameter::Endpoint);
    let is_set = ir::Condition {
        value: RuleValue::Call(RuleFunction::IsSet, vec![endpoint.clone()]),
        assign: None,
    };
    let found = ir::Outcome::Endpoint(Box::new(ir::RuleEndpoint {
        url: endpoint,
        signing_name: None,
        signing_region: None,
        single_encoding: false,
        headers: Vec::new(),
    }));
    let message = "the service has no endpoint rules; set `endpoint_url` on the configuration";
    vec![
        ir::Rule {
            conditions: vec![is_set],
            then: found,
        },
        ir::Rule {
            conditions: Vec::new(),
            then: ir::Outcome::Error(RuleValue::Literal(message.to_owned())),
        },
    ]
}

/// Whether the rules of a service use the account ID.
pub(super) fn asks_for_account(service: &Service) -> bool {
    fn value(of: &RuleValue) -> bool {
        match of {
            RuleValue::Parameter(parameter) => *parameter == Parameter::AccountId,
            RuleValue::Template(values) | RuleValue::Call(_, values) => values.iter().any(value),
            RuleValue::Attribute(of, _) => value(of),
            _ => false,
        }
    }
    fn rule(of: &ir::Rule) -> bool {
        let mut conditions = of.conditions.iter();
        conditions.any(|condition| value(&condition.value))
            || matches!(&of.then, ir::Outcome::Rules(rules) if rules.iter().any(rule))
    }
    service.endpoints.rules.iter().any(rule)
}

/// Plans the endpoint rules of a service.
pub(super) fn endpoints(service: &Service, report: &mut Report) -> Endpoints {
    let rules = match service.endpoints.rules.as_slice() {
        [] => planner::rules(&configured(), "rules", report),
        rules => planner::rules(rules, &service.endpoints.path, report),
    };
    Endpoints {
        parameters: parameters::parameters(service),
        partitions: service.endpoints.partitions.clone(),
        functions: functions::called(&rules),
        rules,
    }
}
