//! Errors: structures with a message, an error code and metadata.

use super::binding::FieldLocation;
use super::docs::Doc;
use super::structure::{self, Field, SetterKind, Structure};
use super::types::{Type, is_taken};
use super::{http, member, names};
use crate::diagnostic::{Expected, Fault, NameFault, Report, Scope};
use crate::ir::{self, ErrorInfo, Retryable, Service, Shape, ShapeKind};
use crate::markup::code;

/// A structure that is an error.
#[derive(Debug)]
pub(crate) struct ErrorStructure {
    pub(crate) structure: Structure,
    pub(crate) code: String,
    /// The reason why clients may retry, if they may.
    pub(crate) retryable: Option<Retryable>,
    pub(crate) summary: Doc,
}

/// The names under which services send the message of an error.
const MESSAGES: [&str; 3] = ["message", "Message", "errorMessage"];

/// Plans the errors of the service.
pub(super) fn errors(service: &Service, report: &mut Report) -> Vec<ErrorStructure> {
    let errors = service.shapes.iter();
    let errors = errors.filter_map(|(id, shape)| match &shape.kind {
        ShapeKind::Structure(ir::Structure {
            error: Some(error), ..
        }) => Some(error_structure(service, id, shape, error, report)),
        _ => None,
    });
    errors.collect()
}

fn error_structure(
    service: &Service,
    id: &str,
    shape: &Shape,
    error: &ErrorInfo,
    report: &mut Report,
) -> ErrorStructure {
    let mut structure = structure::nested(service, id, shape, report);
    if is_taken(service, &structure.name) {
        let fault = NameFault::Taken {
            rust: structure.name.to_string(),
            scope: Scope::OperationError,
        };
        report.fault(&shape.path, fault);
    }
    if !structure.fields.iter().any(is_message) {
        structure.fields.insert(0, message(service, id));
        structure::check_setters(service, id, &structure.fields, report);
    }
    // The message is never deprecated. The decoder accepts each of its usual names that no
    // other member has.
    let named: Vec<String> = structure.fields.iter().map(|it| it.wire.clone()).collect();
    if let Some(message) = structure.fields.iter_mut().find(|it| is_message(it)) {
        message.deprecated = None;
        message.aliases = MESSAGES
            .into_iter()
            .filter(|name| !named.iter().any(|wire| wire == name))
            .collect();
        if message.ty != Type::String {
            let fault = Fault::wrong_type(&message.wire, None, Expected::Message);
            report.fault(service.member_path(id, &message.model_name), fault);
        }
    }
    http::check_fields(service, &structure, report);
    ErrorStructure {
        structure,
        code: error
            .query_code
            .clone()
            .unwrap_or_else(|| error.code.clone()),
        retryable: error.retryable,
        summary: Doc::summary_of(
            service,
            &[id],
            &shape.documentation,
            &format!("The error {}.", code(&error.code)),
        ),
    }
}

/// Returns the message of an error that has none in the model.
fn message(service: &Service, id: &str) -> Field {
    let doc = Doc::new("The message of the error.", "");
    Field {
        wire: "message".to_owned(),
        form_name: None,
        model_name: "message".to_owned(),
        layout: None,
        location: FieldLocation::Body,
        aliases: Vec::new(),
        name: names::member_name("message"),
        setter: member::setter(service, id, "message"),
        getter: member::getter(service, id, "message"),
        setter_kind: SetterKind::of(&Type::String),
        summary: doc.clone(),
        doc,
        ty: Type::String,
        optional: true,
        fallback: None,
        required: false,
        idempotency_token: false,
        default: None,
        trimmed_prefixes: Vec::new(),
        timestamp: None,
        sensitive: false,
        deprecated: None,
    }
}

fn is_message(field: &Field) -> bool {
    field.name == "message"
}
