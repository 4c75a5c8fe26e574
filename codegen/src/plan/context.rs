//! What operations say to endpoint rules.

use proc_macro2::Ident;

use super::operation::{Way, way};
use super::types::Type;
use crate::diagnostic::{EndpointFault, Report};
use crate::ir::{self, ContextValue, Service, ShapeKind};

/// Where an operation finds the value of a parameter of endpoint rules.
#[derive(Debug)]
pub(crate) enum ContextSource {
    Boolean(bool),
    Text(String),
    /// A field of the input that is a boolean.
    BooleanField(Ident),
    /// A text, by fields from the input on, and whether each is an `Option`.
    TextField(Way),
    /// A field of the input that is a list of texts.
    TextsField(Ident),
    /// The keys of a field of the input that is a map.
    Keys(Ident),
    /// The texts that several ways lead to in each element of a field of the input.
    Each(Ident, Vec<Way>),
}

/// What the operation says to endpoint rules; what has no type that they know is a fault.
pub(super) fn sources(
    service: &Service,
    wire: &str,
    operation: &ir::Operation,
    report: &mut Report,
) -> Vec<(String, ContextSource)> {
    let mut sources = Vec::with_capacity(operation.context.len());
    for parameter in &operation.context {
        match source(service, operation, &parameter.value) {
            Some(source) => sources.push((parameter.name.clone(), source)),
            None => report.fault(
                format!("operations.{wire}"),
                EndpointFault::Source(parameter.name.clone()),
            ),
        }
    }
    sources
}

fn source(
    service: &Service,
    operation: &ir::Operation,
    value: &ContextValue,
) -> Option<ContextSource> {
    let from = |members: &[String]| {
        let (mut way, ty) = way(service, operation.input.as_ref()?, members)?;
        // Every member of an input is an `Option`.
        way.first_mut()?.1 = true;
        Some((way, ty))
    };
    // A field of the input itself.
    let field = |members: &[String]| match from(members)? {
        (way, ty) if way.len() == 1 => Some((way.into_iter().next()?.0, ty)),
        _ => None,
    };
    Some(match value {
        ContextValue::Boolean(value) => ContextSource::Boolean(*value),
        ContextValue::Text(value) => ContextSource::Text(value.clone()),
        ContextValue::Member(members) => match from(members)? {
            (way, Type::String) => ContextSource::TextField(way),
            (_, Type::Bool) => ContextSource::BooleanField(field(members)?.0),
            (_, Type::Vec(element)) if *element == Type::String => {
                ContextSource::TextsField(field(members)?.0)
            }
            _ => return None,
        },
        ContextValue::Keys(members) => match field(members)? {
            (field, Type::Map(key, _)) if *key == Type::String => ContextSource::Keys(field),
            _ => return None,
        },
        ContextValue::Each(members, ways) => {
            let (field, _) = field(members)?;
            let list = service
                .shapes
                .get(operation.input.as_ref()?)?
                .kind
                .members();
            let list = list
                .iter()
                .find(|member| Some(&member.name) == members.first())?;
            let ShapeKind::List(element) = &service.shapes.get(&list.shape)?.kind else {
                return None;
            };
            let ways = ways
                .iter()
                .map(|members| match way(service, element, members)? {
                    (way, Type::String) => Some(way),
                    _ => None,
                });
            ContextSource::Each(field, ways.collect::<Option<_>>()?)
        }
    })
}
