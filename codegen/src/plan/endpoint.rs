//! Endpoint rules as Rust: every value gets a type, and what can never hold is left out.
//!
//! A parameter that no configuration sets is never there, so rules that need one vanish.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::names;
use crate::diagnostic::{EndpointFault, Fault, Item, Report, Suggestion};
use crate::ir::{self, Outcome, Parameter, RuleFunction, RuleValue, Service};
pub(crate) use functions::PARTITION;
use values::{
    ATTRIBUTES, boolean, boolean_equals, context_value, negated, optional, parameter_value,
    text_equals, text_value,
};

mod functions;
mod values;

/// The rules and what they ask for.
#[derive(Debug)]
pub(crate) struct Endpoints {
    pub(crate) rules: Vec<Rule>,
    pub(crate) partitions: Vec<ir::Partition>,
    /// The functions of the runtime that the rules call.
    pub(crate) functions: BTreeSet<&'static str>,
}

/// A rule: an `if`, or just a block where there are no conditions.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) then: Then,
}

/// A link in the chain of an `if`.
#[derive(Debug)]
pub(crate) enum Condition {
    /// A boolean.
    Holds(Value),
    /// `let Some(name) = value`
    Is(Ident, Value),
}

/// What stands in the block.
#[derive(Debug)]
pub(crate) enum Then {
    Rules(Vec<Rule>),
    Endpoint {
        url: Value,
        signing_name: Option<String>,
        signing_region: Option<Value>,
    },
    Error(Value),
}

/// A value with its type.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    ty: Type,
    /// It is an `Option`.
    pub(crate) optional: bool,
}

/// How a value is written.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Boolean(bool),
    Literal(String),
    /// `format!` with a format and its arguments.
    Format(String, Vec<Value>),
    /// A field of `params`.
    Parameter(Ident),
    /// What the operation says, by its name, or else a default.
    Context(String, ir::ContextType),
    Variable(Ident),
    Field(Box<Value>, Ident),
    /// An element of a field that is a list.
    Element(Box<Value>, Ident, usize),
    /// An element of a list.
    Item(Box<Value>, usize),
    IsSome(Box<Value>),
    Not(Box<Value>),
    Equal(Box<Value>, Box<Value>),
    Partition(Box<Value>),
    ParseArn(Box<Value>),
    ParseUrl(Box<Value>),
    IsValidHostLabel(Box<Value>, bool),
    Substring(Box<Value>, usize, usize, bool),
    UriEncode(Box<Value>),
    /// Never there.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Type {
    Boolean,
    Text,
    Texts,
    Partition,
    Arn,
    Url,
}

/// Where a service is that has no rules: where the configuration says.
fn configured() -> Vec<ir::Rule> {
    let endpoint = RuleValue::Parameter(Parameter::Endpoint);
    let is_set = ir::Condition {
        value: RuleValue::Call(RuleFunction::IsSet, vec![endpoint.clone()]),
        assign: None,
    };
    let found = Outcome::Endpoint {
        url: endpoint,
        signing_name: None,
        signing_region: None,
    };
    let message = "the service has no endpoint rules; set `endpoint_url` on the configuration";
    vec![
        ir::Rule {
            conditions: vec![is_set],
            then: found,
        },
        ir::Rule {
            conditions: Vec::new(),
            then: Outcome::Error(RuleValue::Literal(message.to_owned())),
        },
    ]
}

/// Whether the rules of a service ask for the account.
pub(super) fn asks_for_account(service: &Service) -> bool {
    fn value(of: &RuleValue) -> bool {
        match of {
            RuleValue::Parameter(parameter) => *parameter == Parameter::AccountId,
            RuleValue::Text(values) | RuleValue::Call(_, values) => values.iter().any(value),
            RuleValue::Attribute(of, _) => value(of),
            _ => false,
        }
    }
    fn rule(of: &ir::Rule) -> bool {
        let mut conditions = of.conditions.iter();
        conditions.any(|condition| value(&condition.value))
            || matches!(&of.then, Outcome::Rules(rules) if rules.iter().any(rule))
    }
    service.endpoints.rules.iter().any(rule)
}

pub(super) fn endpoints(service: &Service, report: &mut Report) -> Endpoints {
    let mut planner = Planner {
        scope: Vec::new(),
        path: "rules".to_owned(),
        guards: Vec::new(),
        report,
    };
    let rules = match service.endpoints.rules.as_slice() {
        [] => planner.rules(&configured()),
        rules => planner.rules(rules),
    };
    Endpoints {
        partitions: service.endpoints.partitions.clone(),
        functions: functions::called(&rules),
        rules,
    }
}

struct Planner<'a> {
    /// What has a name here: parameters that are known to be there, and assigned values.
    scope: Vec<(RuleValue, Value)>,
    /// Where in the rule set the work is.
    path: String,
    /// What has to be there for the condition or the outcome at hand, although no condition says so.
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

    /// Does a part of the work that is about what stands there, from here.
    fn below<T>(&mut self, step: &str, work: impl FnOnce(&mut Self) -> T) -> T {
        let here = self.path.len();
        self.path.push_str(step);
        let done = work(self);
        self.path.truncate(here);
        done
    }

    /// The rule, unless it can never hold.
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
                | Condition::Is(
                    _,
                    Value {
                        kind: Kind::Nothing,
                        ..
                    },
                ) => return None,
                condition => conditions.push(condition),
            }
        }
        let then = match &rule.then {
            Outcome::Rules(rules) => {
                let rules = self.below(".rules", |planner| planner.rules(rules));
                // Left by a rule that can never hold.
                self.guards.clear();
                Then::Rules(rules)
            }
            Outcome::Endpoint {
                url,
                signing_name,
                signing_region,
            } => Then::Endpoint {
                url: self.below(".endpoint.url", |planner| planner.text(url))?,
                signing_name: signing_name.clone(),
                signing_region: match signing_region {
                    Some(region) => {
                        Some(self.below(".endpoint.properties.authSchemes", |planner| {
                            planner.text(region)
                        })?)
                    }
                    None => None,
                },
            },
            Outcome::Error(message) => {
                Then::Error(self.below(".error", |planner| planner.text(message))?)
            }
        };
        conditions.append(&mut self.guards);
        Some(Rule { conditions, then }.without_idle_names())
    }

    fn condition(&mut self, condition: &ir::Condition) -> Option<Condition> {
        // That a value is there is said by giving it a name.
        if let RuleValue::Call(RuleFunction::IsSet, arguments) = &condition.value
            && let [source] = arguments.as_slice()
            && let RuleValue::Parameter(_) | RuleValue::Variable(_) | RuleValue::Context(..) =
                source
        {
            let value = self.value(source)?;
            return self.is_set(source, value);
        }
        let value = self.value(&condition.value)?;
        match &condition.assign {
            Some(assign) if value.optional => {
                let name = names::member_name(assign);
                self.name(RuleValue::Variable(assign.clone()), &name, value.ty);
                Some(Condition::Is(name, value))
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

    /// That a value is there, said by giving it a name.
    fn is_set(&mut self, source: &RuleValue, value: Value) -> Option<Condition> {
        Some(match value.kind {
            Kind::Nothing => Condition::Holds(boolean(Kind::Boolean(false))),
            Kind::Parameter(ref name) if value.optional => {
                let name = name.clone();
                self.name(source.clone(), &name, value.ty);
                Condition::Is(name, value)
            }
            Kind::Context(ref name, _) if value.optional => {
                let name = names::member_name(name);
                self.name(source.clone(), &name, value.ty);
                Condition::Is(name, value)
            }
            _ => Condition::Holds(boolean(Kind::Boolean(true))),
        })
    }

    fn name(&mut self, source: RuleValue, name: &Ident, ty: Type) {
        self.scope.push((
            source,
            Value {
                kind: Kind::Variable(name.clone()),
                ty,
                optional: false,
            },
        ));
    }

    fn value(&mut self, value: &RuleValue) -> Option<Value> {
        if let Some((_, named)) = self.scope.iter().rev().find(|(source, _)| source == value) {
            return Some(named.clone());
        }
        Some(match value {
            RuleValue::Boolean(value) => boolean(Kind::Boolean(*value)),
            RuleValue::Literal(text) => text_value(Kind::Literal(text.clone())),
            RuleValue::Text(pieces) => self.format(pieces)?,
            RuleValue::Parameter(parameter) => parameter_value(*parameter),
            RuleValue::Context(name, kind) => context_value(name, kind),
            RuleValue::Attribute(of, attribute) => self.attribute(of, attribute)?,
            RuleValue::Call(function, arguments) => self.call(*function, arguments)?,
            RuleValue::Integer(_) | RuleValue::Variable(_) => {
                return self.wrong(EndpointFault::MisplacedValue);
            }
        })
    }

    fn call(&mut self, function: RuleFunction, arguments: &[RuleValue]) -> Option<Value> {
        use RuleFunction as F;
        Some(match (function, arguments) {
            (F::IsSet, [value]) => match self.value(value)? {
                Value {
                    kind: Kind::Nothing,
                    ..
                } => boolean(Kind::Boolean(false)),
                value if value.optional => boolean(Kind::IsSome(Box::new(value))),
                _ => boolean(Kind::Boolean(true)),
            },
            (F::Not, [value]) => negated(self.typed(value, Type::Boolean)?),
            (F::BooleanEquals, [left, right]) => boolean_equals(
                self.typed(left, Type::Boolean)?,
                self.typed(right, Type::Boolean)?,
            ),
            (F::StringEquals, [left, right]) => text_equals(
                self.typed(left, Type::Text)?,
                self.typed(right, Type::Text)?,
            ),
            (F::Partition, [region]) => optional(
                Type::Partition,
                Kind::Partition(Box::new(self.text(region)?)),
            ),
            (F::ParseArn, [text]) => {
                optional(Type::Arn, Kind::ParseArn(Box::new(self.text(text)?)))
            }
            (F::ParseUrl, [text]) => {
                optional(Type::Url, Kind::ParseUrl(Box::new(self.text(text)?)))
            }
            (F::IsValidHostLabel, [text, RuleValue::Boolean(dots)]) => {
                boolean(Kind::IsValidHostLabel(Box::new(self.text(text)?), *dots))
            }
            (
                F::Substring,
                [
                    text,
                    RuleValue::Integer(start),
                    RuleValue::Integer(stop),
                    RuleValue::Boolean(reverse),
                ],
            ) => optional(
                Type::Text,
                Kind::Substring(Box::new(self.text(text)?), *start, *stop, *reverse),
            ),
            (F::UriEncode, [text]) => text_value(Kind::UriEncode(Box::new(self.text(text)?))),
            _ => return self.wrong_type(),
        })
    }

    fn attribute(&mut self, of: &RuleValue, attribute: &str) -> Option<Value> {
        let of = self.value(of)?;
        if let Kind::Nothing = of.kind {
            return Some(of);
        }
        if let (Type::Texts, Some(index)) = (of.ty, attribute.strip_prefix('[')) {
            let index = index.strip_suffix(']')?.parse().ok()?;
            return Some(optional(Type::Text, Kind::Item(Box::new(of), index)));
        }
        if let Some(index) = attribute
            .strip_prefix("resourceId[")
            .and_then(|rest| rest.strip_suffix(']'))
        {
            let index = index.parse().ok()?;
            let field = names::member_name("resourceId");
            return Some(optional(
                Type::Text,
                Kind::Element(Box::new(of), field, index),
            ));
        }
        let Some((_, _, field, ty)) = ATTRIBUTES
            .iter()
            .find(|(whose, name, _, _)| *whose == of.ty && *name == attribute)
        else {
            let names = ATTRIBUTES.iter().filter(|(whose, ..)| *whose == of.ty);
            let suggestion = Suggestion::among(attribute, names.map(|(_, name, ..)| *name));
            return self.wrong(Fault::unknown(Item::Attribute, attribute, suggestion));
        };
        Some(Value {
            kind: Kind::Field(Box::new(of), names::member_name(field)),
            ty: *ty,
            optional: false,
        })
    }

    /// A text that is there; a rule that asks for one that is not can never be reached.
    fn text(&mut self, source: &RuleValue) -> Option<Value> {
        let value = self.value(source)?;
        if let (Type::Text, true, Kind::Parameter(_) | Kind::Context(..)) =
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
                ty: Type::Text,
                optional: false,
                ..
            } => Some(value),
            _ => self.wrong(EndpointFault::MaybeAbsent),
        }
    }

    fn format(&mut self, pieces: &[RuleValue]) -> Option<Value> {
        let (mut format, mut arguments) = (String::new(), Vec::new());
        for piece in pieces {
            match piece {
                RuleValue::Literal(text) => {
                    format.push_str(&text.replace('{', "{{").replace('}', "}}"))
                }
                piece => {
                    let value = self.text(piece)?;
                    if let Kind::Variable(name) = &value.kind {
                        format.push_str(&format!("{{{name}}}"));
                    } else {
                        format.push_str("{}");
                        arguments.push(value);
                    }
                }
            }
        }
        Some(text_value(Kind::Format(format, arguments)))
    }

    /// A value of a type; what is never there is of any.
    fn typed(&mut self, value: &RuleValue, ty: Type) -> Option<Value> {
        let value = self.value(value)?;
        match value.kind {
            Kind::Nothing => Some(value),
            _ if value.ty == ty => Some(value),
            _ => self.wrong_type(),
        }
    }

    fn wrong_type<T>(&mut self) -> Option<T> {
        self.wrong(EndpointFault::ArgumentTypes)
    }

    fn wrong<T>(&mut self, fault: impl Into<Fault>) -> Option<T> {
        self.report.fault(&self.path, fault);
        None
    }
}
