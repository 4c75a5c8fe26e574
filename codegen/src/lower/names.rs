//! Checks the names of a model, and those in its messages: each is visible and short enough for the name of a file.
//!
//! Documentation, enum values, patterns and other data can have any characters, which are escaped where they are printed.
//! Invisible characters in a name are a mistake or an attack: what people read would not be what the program has.

use crate::diagnostic::{NameFault, Report};
use crate::ir::{Location, Service, Shape, ShapeKind, Structure, XmlNamespace};
use crate::visible::is_visible;

/// The maximum length of a name in bytes. Most file systems allow 255 bytes for a file, whose name has a `_` before each
/// word. The longest name in the models of AWS has 155 bytes.
const MAX: usize = 200;

/// The maximum length of the name of a file, without its extension.
const MAX_FILE: usize = 250;

/// Checks the names of operations, shapes, members and errors.
pub(super) fn check(service: &Service, report: &mut Report) {
    for (name, operation) in &service.operations {
        check_name(&operation.path, name, report);
    }
    for (id, shape) in &service.shapes {
        check_name(&shape.path, id, report);
        check_shape(shape, report);
    }
}

fn check_shape(shape: &Shape, report: &mut Report) {
    for member in shape.kind.members() {
        check_name(&member.path, &member.model_name, report);
        check_name(&member.path, &member.name, report);
        let binding = &member.binding;
        let renamed = [&binding.json_name, &binding.xml_name, &binding.query_name];
        let bound = match &binding.location {
            Location::Header(name)
            | Location::PrefixHeaders(name)
            | Location::Query(name)
            | Location::Label(name) => Some(name),
            _ => None,
        };
        let namespace = namespace_names(&binding.xml_namespace);
        for name in renamed.into_iter().flatten().chain(bound).chain(namespace) {
            check_name(&member.path, name, report);
        }
    }
    let xml = &shape.xml;
    let names = [&xml.name, &xml.element, &xml.key, &xml.value].into_iter();
    let namespaces = [&xml.namespace, &xml.element_namespace, &xml.key_namespace].into_iter();
    for name in names.flatten().chain(namespaces.flat_map(namespace_names)) {
        check_name(&shape.path, name, report);
    }
    match &shape.kind {
        ShapeKind::Structure(Structure {
            error: Some(error), ..
        }) => {
            check_name(&shape.path, &error.code, report);
            let query_code = error.query_code.as_deref().unwrap_or_default();
            check_name(&shape.path, query_code, report);
        }
        ShapeKind::Enum(values) => {
            // A value without a name has itself as its name.
            for value in values.iter().filter(|it| it.name != it.value) {
                check_name(&value.path, &value.name, report);
            }
        }
        _ => {}
    }
}

/// The prefix and the URI of a namespace.
pub(super) fn namespace_names(namespace: &Option<XmlNamespace>) -> impl Iterator<Item = &String> {
    let names = namespace.iter().map(|it| (it.prefix.as_ref(), &it.uri));
    names.flat_map(|(prefix, uri)| prefix.into_iter().chain([uri]))
}

/// Reports a name that is invisible in part or too long, and returns whether it is neither.
pub(super) fn check_name(path: &str, name: &str, report: &mut Report) -> bool {
    let words = name.chars().filter(char::is_ascii_uppercase).count();
    if let Some(character) = name.chars().find(|c| !is_visible(*c)) {
        let name = name.to_owned();
        report.fault(path, NameFault::Invisible { name, character });
        false
    } else if name.len() > MAX || name.len() + words > MAX_FILE {
        let name = name.to_owned();
        report.fault(path, NameFault::TooLong { name, max: MAX });
        false
    } else {
        true
    }
}
