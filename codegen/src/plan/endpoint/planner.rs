//! Translates the rules of a model, and evaluates the parts whose values are known in advance.

mod calls;

use proc_macro2::Ident;

use super::functions::RESERVED;
use super::rules::{Condition, Endpoint, Kind, Outcome, Rule, Type, Value};
use super::values::{boolean, context_value, parameter_value, string_value};
use crate::diagnostic::{EndpointFault, Fault, Report};
use crate::ir::{self, RuleFunction, RuleValue};
use crate::plan::names;

/// The maximum number of parts of an assigned value that has no variable: it is printed wherever it is used.
const MAX_SIZE: usize = 128;

/// Plans the rules, except those that can never hold.
pub(super) fn rules(rules: &[ir::Rule], path: &str, report: &mut Report) -> Vec<Rule> {
    let mut planner = Planner {
        scope: Vec::new(),
        path: path.to_owned(),
        guards: Vec::new(),
        report,
    };
    planner.rules(rules)
}

struct Planner<'a> {
    /// The values that have a name: parameters that are known to be set, and assigned values.
    scope: Vec<(RuleValue, Value)>,
    /// The current position in the rule set.
    path: String,
    /// Conditions that the current condition or outcome needs, although the model does not have them.
    guards: Vec<Condition>,
    report: &'a mut Report,
}

impl Planner<'_> {
    fn rules(&mut self, rules: &[ir::Rule]) -> Vec<Rule> {
        let mut planned = Vec::with_capacity(rules.len());
        for (i, rule) in rules.iter().enumerate() {
            let outer = self.scope.len();
            let rule = self.below(&format!("[{i}]"), |planner| planner.rule(rule));
            self.scope.truncate(outer);
            planned.extend(rule);
        }
        planned
    }

    /// Runs `work` with `step` appended to the position.
    fn below<T>(&mut self, step: &str, work: impl FnOnce(&mut Self) -> T) -> T {
        let here = self.path.len();
        self.path.push_str(step);
        let done = work(self);
        self.path.truncate(here);
        done
    }

    /// Plans a rule. Returns `None` if it can never hold.
    fn rule(&mut self, rule: &ir::Rule) -> Option<Rule> {
        let mut conditions = Vec::with_capacity(rule.conditions.len());
        self.guards.clear();
        for (i, condition) in rule.conditions.iter().enumerate() {
            let step = format!(".conditions[{i}]");
            let condition = self.below(&step, |planner| planner.condition(condition))?;
            conditions.append(&mut self.guards);
            match condition {
                Condition::Holds(Value {
                    kind: Kind::Boolean(true),
                    ..
                }) => {}
                Condition::Holds(Value {
                    kind: Kind::Boolean(false) | Kind::Nothing,
                    ..
                })
                | Condition::Some(
                    _,
                    Value {
                        kind: Kind::Nothing,
                        ..
                    },
                ) => return None,
                condition => conditions.push(condition),
            }
        }
        let outcome = match &rule.then {
            ir::Outcome::Rules(rules) => {
                let rules = self.below(".rules", |planner| planner.rules(rules));
                // A rule that can never hold can leave some of them.
                self.guards.clear();
                Outcome::Rules(rules)
            }
            ir::Outcome::Endpoint(endpoint) => self.endpoint(endpoint)?,
            ir::Outcome::Error(message) => {
                Outcome::Error(self.below(".error", |planner| planner.string(message))?)
            }
        };
        conditions.append(&mut self.guards);
        Some(
            Rule {
                conditions,
                outcome,
            }
            .without_idle_names(),
        )
    }

    fn endpoint(&mut self, endpoint: &ir::RuleEndpoint) -> Option<Outcome> {
        let url = self.below(".endpoint.url", |planner| planner.string(&endpoint.url))?;
        let mut of_scheme = |value: &Option<RuleValue>| match value {
            Some(value) => {
                let path = ".endpoint.properties.authSchemes";
                self.below(path, |planner| planner.string(value)).map(Some)
            }
            None => Some(None),
        };
        let signing_name = of_scheme(&endpoint.signing_name)?;
        let signing_region = of_scheme(&endpoint.signing_region)?;
        let mut headers = Vec::with_capacity(endpoint.headers.len());
        for (name, value) in &endpoint.headers {
            let value = self.below(".endpoint.headers", |planner| planner.string(value))?;
            headers.push((name.clone(), value));
        }
        Some(Outcome::Endpoint(Box::new(Endpoint {
            url,
            signing_name,
            signing_region,
            single_encoding: endpoint.single_encoding,
            headers,
        })))
    }

    fn condition(&mut self, condition: &ir::Condition) -> Option<Condition> {
        // `if let Some(name)` tests for a value and names it.
        if let RuleValue::Call(RuleFunction::IsSet, arguments) = &condition.value
            && let [source] = arguments.as_slice()
            && let RuleValue::Parameter(_) | RuleValue::Variable(_) | RuleValue::Context(..) =
                source
        {
            let value = self.value(source)?;
            return self.is_set(source, value);
        }
        let value = self.value(&condition.value)?;
        if value.optional && value.is_owned() {
            return self.wrong_type();
        }
        match &condition.assign {
            Some(assign) if value.optional => {
                let name = self.name(RuleValue::Variable(assign.clone()), assign, value.ty);
                Some(Condition::Some(name, value))
            }
            Some(_) if value.size() > MAX_SIZE => {
                self.wrong(EndpointFault::LargeValue { max: MAX_SIZE })
            }
            Some(assign) => {
                self.scope
                    .push((RuleValue::Variable(assign.clone()), value));
                Some(Condition::Holds(boolean(Kind::Boolean(true))))
            }
            None if value.optional => {
                Some(Condition::Holds(boolean(Kind::IsSome(Box::new(value)))))
            }
            None if value.ty == Type::Boolean => Some(Condition::Holds(value)),
            None => Some(Condition::Holds(boolean(Kind::Boolean(true)))),
        }
    }

    /// Returns the condition that a value is set, which also names it.
    fn is_set(&mut self, source: &RuleValue, value: Value) -> Option<Condition> {
        Some(match value.kind {
            Kind::Nothing => Condition::Holds(boolean(Kind::Boolean(false))),
            Kind::Parameter(ref name) if value.optional => {
                let name = self.name(source.clone(), &name.to_string(), value.ty);
                Condition::Some(name, value)
            }
            Kind::Context(ref name, _) if value.optional => {
                let name = self.name(source.clone(), name, value.ty);
                Condition::Some(name, value)
            }
            _ => Condition::Holds(boolean(Kind::Boolean(true))),
        })
    }

    /// Adds a value that has a name, and returns the name. It is unique in the scope.
    fn name(&mut self, source: RuleValue, wire: &str, ty: Type) -> Ident {
        let is_in_scope = |name: &str| {
            let values = self.scope.iter().map(|(_, value)| &value.kind);
            let mut variables = values.filter_map(|kind| match kind {
                Kind::Variable(name) => Some(name),
                _ => None,
            });
            variables.any(|variable| variable == name)
        };
        let name = names::variable_name(wire, |name| RESERVED.contains(&name) || is_in_scope(name));
        self.scope.push((
            source,
            Value {
                kind: Kind::Variable(name.clone()),
                ty,
                optional: false,
            },
        ));
        name
    }

    fn value(&mut self, value: &RuleValue) -> Option<Value> {
        if let Some((_, named)) = self.scope.iter().rev().find(|(source, _)| source == value) {
            return Some(named.clone());
        }
        Some(match value {
            RuleValue::Boolean(value) => boolean(Kind::Boolean(*value)),
            RuleValue::Literal(literal) => string_value(Kind::Literal(literal.clone())),
            RuleValue::Template(parts) => self.format(parts)?,
            RuleValue::Parameter(parameter) => parameter_value(*parameter),
            RuleValue::Context(name, kind) => context_value(name, kind),
            RuleValue::Attribute(of, attribute) => self.attribute(of, attribute)?,
            RuleValue::Call(function, arguments) => self.call(*function, arguments)?,
            RuleValue::Integer(_) | RuleValue::Variable(_) => {
                return self.wrong(EndpointFault::MisplacedValue);
            }
        })
    }

    /// Plans a string that is not an `Option`. A rule that uses an absent string can never hold.
    fn string(&mut self, source: &RuleValue) -> Option<Value> {
        let value = self.value(source)?;
        if let (Type::String, true, Kind::Parameter(_) | Kind::Context(..)) =
            (value.ty, value.optional, &value.kind)
        {
            let guard = self.is_set(source, value)?;
            self.guards.push(guard);
            return self.value(source);
        }
        match value {
            Value {
                kind: Kind::Nothing,
                ..
            } => None,
            Value {
                ty: Type::String,
                optional: false,
                ..
            } => Some(value),
            _ => self.wrong(EndpointFault::MaybeAbsent),
        }
    }

    fn format(&mut self, parts: &[RuleValue]) -> Option<Value> {
        let (mut format, mut arguments) = (String::new(), Vec::new());
        for part in parts {
            match part {
                RuleValue::Literal(literal) => {
                    format.push_str(&literal.replace('{', "{{").replace('}', "}}"))
                }
                part => {
                    let value = self.string(part)?;
                    if let Kind::Variable(name) = &value.kind {
                        format.push_str(&format!("{{{name}}}"));
                    } else {
                        format.push_str("{}");
                        arguments.push(value);
                    }
                }
            }
        }
        Some(string_value(Kind::Format(format, arguments)))
    }

    fn wrong_type<T>(&mut self) -> Option<T> {
        self.wrong(EndpointFault::ArgumentTypes)
    }

    fn wrong<T>(&mut self, fault: impl Into<Fault>) -> Option<T> {
        self.report.fault(&self.path, fault);
        None
    }
}
