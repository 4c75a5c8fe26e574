//! The parameters that operations pass to endpoint rules.

use proc_macro2::Ident;

use super::path::FieldPath;
use super::types::Type;
use crate::diagnostic::{EndpointFault, Report};
use crate::ir::{self, ContextValue, Service, ShapeKind};

/// The source of a parameter that an operation passes to endpoint rules.
#[derive(Debug)]
pub(crate) enum ContextSource {
    Boolean(bool),
    Text(String),
    /// A field of the input that is a boolean.
    BooleanField(Ident),
    /// A string at the end of a path that starts in the input.
    TextField(FieldPath),
    /// A field of the input that is a list of strings.
    TextsField(Ident),
    /// The keys of a field of the input that is a map.
    Keys(Ident),
    /// The strings at the ends of several paths, which start in each element of a field of the input.
    Each(Ident, Vec<FieldPath>),
}

/// Plans the parameters that an operation passes to endpoint rules, and reports those whose type the
/// rules do not support.
pub(super) fn sources(
    service: &Service,
    operation: &ir::Operation,
    report: &mut Report,
) -> Vec<(String, ContextSource)> {
    let mut sources = Vec::with_capacity(operation.context.len());
    for parameter in &operation.context {
        match source(service, operation, &parameter.value) {
            Some(source) => sources.push((parameter.name.clone(), source)),
            None => report.fault(
                &operation.path,
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
    let input = operation.input.as_deref();
    let from = |members: &[String]| FieldPath::resolve_in_input(service, input?, members);
    // A field of the input itself.
    let field = |members: &[String]| {
        let (path, ty) = from(members)?;
        Some((path.single_field()?.clone(), ty))
    };
    Some(match value {
        ContextValue::Boolean(value) => ContextSource::Boolean(*value),
        ContextValue::Text(value) => ContextSource::Text(value.clone()),
        ContextValue::Member(members) => match from(members)? {
            (path, Type::String) => ContextSource::TextField(path),
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
        ContextValue::Each(members, paths) => {
            let (field, _) = field(members)?;
            let mut inputs = service.members(input).iter();
            let list = inputs.find(|member| Some(&member.name) == members.first())?;
            let ShapeKind::List(element) = &service.shapes.get(&list.shape)?.kind else {
                return None;
            };
            let paths =
                paths.iter().map(
                    |members| match FieldPath::resolve(service, element, members)? {
                        (path, Type::String) => Some(path),
                        _ => None,
                    },
                );
            ContextSource::Each(field, paths.collect::<Option<_>>()?)
        }
    })
}
