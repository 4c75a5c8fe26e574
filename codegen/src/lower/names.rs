//! Checks the names of a model: each is visible and short enough for the name of a file.
//!
//! Documentation, enum values, patterns and other data can have any characters, which are escaped where they are printed.
//! Invisible characters in a name are a mistake or an attack: what people read would not be what the program has.

use crate::diagnostic::{NameFault, Report};
use crate::ir::{Service, Shape, ShapeKind, Structure};
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
        for name in renamed.into_iter().flatten() {
            check_name(&member.path, name, report);
        }
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
