//! Customizations of responses: errors without a body, dates that can be anything, and outputs without a root element.

use crate::ir::{
    Deprecated, EndpointDiscovery, ErrorInfo, Location, Member, Service, Shape, ShapeKind,
    Structure, TimestampFormat,
};

/// The name and the code of the error that `HEAD` requests receive for a resource that does not exist.
const NOT_FOUND: &str = "NotFound";

/// Gives operations the error [`NOT_FOUND`] in place of those of the model: a response to a `HEAD` request has no body with
/// another code.
pub(super) fn not_found(service: &mut Service, operations: &[String]) {
    for name in operations {
        let Some(operation) = service.operations.get_mut(name) else {
            continue;
        };
        operation.errors = vec![NOT_FOUND.to_owned()];
        let path = operation.path.clone();
        add_error(service, NOT_FOUND, path, "The resource does not exist.");
    }
}

/// Gives the operations whose endpoint can be discovered an error for endpoints that are no longer valid.
pub(super) fn discovery_error(service: &mut Service, error: &str) {
    let operations = service.operations.values_mut();
    let discovered = operations.filter(|it| it.endpoint_discovery != EndpointDiscovery::None);
    let mut paths = Vec::new();
    for operation in discovered {
        if !operation.errors.iter().any(|id| id == error) {
            operation.errors.push(error.to_owned());
        }
        paths.push(operation.path.clone());
    }
    if let Some(path) = paths.into_iter().next() {
        add_error(service, error, path, "The endpoint is no longer valid.");
    }
}

/// Adds the shape of an error without members, unless the model has it.
fn add_error(service: &mut Service, id: &str, path: String, documentation: &str) {
    let error = Structure {
        members: Vec::new(),
        error: Some(ErrorInfo {
            code: id.to_owned(),
            query_code: None,
            retryable: None,
        }),
    };
    service.shapes.entry(id.to_owned()).or_insert(Shape {
        path,
        documentation: documentation.to_owned(),
        ..Shape::new(ShapeKind::Structure(error))
    });
}

/// Makes the only member of outputs the root element of the response.
pub(super) fn unwrapped(service: &mut Service, operations: &[String]) {
    for name in operations {
        let operation = service.operations.get(name);
        let output = operation.and_then(|operation| operation.output.as_ref());
        let shape = output.and_then(|id| service.shapes.get_mut(id));
        for member in shape.into_iter().flat_map(|shape| shape.kind.members_mut()) {
            member.binding.location = Location::RootElement;
        }
    }
}

/// Makes strings timestamps. In outputs, a header that is not a valid one is ignored, and a second member has the string.
pub(super) fn lenient_dates(service: &mut Service, shapes: &[String]) {
    for id in shapes {
        if let Some(shape) = service.shapes.get_mut(id) {
            shape.kind = ShapeKind::Timestamp(Some(TimestampFormat::HttpDate));
            let text = Shape {
                path: shape.path.clone(),
                ..Shape::new(ShapeKind::String)
            };
            service.shapes.insert(format!("{id}String"), text);
        }
        let outputs = service.operations.values();
        let outputs: Vec<String> = outputs.filter_map(|it| it.output.clone()).collect();
        for output in outputs {
            let shape = service.shapes.get_mut(&output).map(|shape| &mut shape.kind);
            let Some(ShapeKind::Structure(structure)) = shape else {
                continue;
            };
            let date = structure.members.iter().position(|member| {
                member.shape == *id && matches!(member.binding.location, Location::Header(_))
            });
            if let Some(at) = date {
                with_text(&mut structure.members, at);
            }
        }
    }
}

/// Adds the member with the string after that with the date.
fn with_text(members: &mut Vec<Member>, at: usize) {
    let Some(date) = members.get_mut(at).filter(|date| !date.lenient) else {
        return;
    };
    date.lenient = true;
    let text = Member {
        name: format!("{}String", date.name),
        model_name: format!("{}String", date.model_name),
        shape: format!("{}String", date.shape),
        lenient: false,
        ..date.clone()
    };
    date.deprecated = Some(Deprecated(format!(
        "It is not set if the service returns anything but a date. Use `{}`.",
        text.model_name
    )));
    members.retain(|member| member.name != text.name);
    let after = members.iter().position(|member| member.lenient);
    members.insert(after.map_or(members.len(), |date| date + 1), text);
}
