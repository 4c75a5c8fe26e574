//! Lowers the table of operations that are called for any number of items.

use crate::diagnostic::{BatchFault, Expected, Fault, Report};
use crate::ir::{
    Batch, BatchFailures, BatchResponse, Member, Operation, Service, Shape, ShapeKind,
};
use crate::source::Entries;
use crate::source::tables as source;

use super::unique;

/// A fault, and the key of the row that has it.
type Lowered<T> = Result<T, (&'static str, Fault)>;

/// Lowers the table `batches` of `rust.json`.
pub(super) fn attach(table: &Entries<source::Batch>, service: &mut Service, report: &mut Report) {
    unique("batches.", table, report);
    for (name, row) in table.iter() {
        let path = format!("batches.{name}");
        let operation = super::operation(service, name, report).map_err(|fault| ("", fault));
        match operation.and_then(|operation| batch(row, operation, service, report)) {
            Ok(batch) => _ = service.batches.insert(name.to_owned(), batch),
            Err(("", fault)) => report.fault(path, fault),
            Err((key, fault)) => report.fault(format!("{path}.{key}"), fault),
        }
    }
}

fn batch(
    row: &source::Batch,
    operation: &Operation,
    service: &Service,
    report: &mut Report,
) -> Lowered<Batch> {
    let input = operation.input.as_deref();
    let (list, item) = elements(service, input, "items", &row.items, report)?;
    let max = list.constraints.max.as_ref().and_then(|max| max.as_u64());
    let max = max
        .and_then(|max| u32::try_from(max).ok())
        .filter(|max| *max > 0);
    let max = max.ok_or(("items", BatchFault::Unbounded.into()))?;
    let output = operation.output.as_deref();
    let failures = |row: &source::Batch, report: &mut Report| {
        let given = (
            row.failed.as_deref(),
            row.code.as_deref(),
            row.message.as_deref(),
        );
        let (Some(list), Some(code), Some(message)) = given else {
            return Err(("", BatchFault::Kind.into()));
        };
        let (_, failure) = elements(service, output, "failed", list, report)?;
        string(service, failure, "code", code, report)?;
        string(service, failure, "message", message, report)?;
        let failures = BatchFailures {
            list: list.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
        };
        Ok((failures, failure))
    };
    let given = (
        row.succeeded.as_deref(),
        row.id.as_deref(),
        row.failed_item.as_deref(),
    );
    let response = match given {
        (None, Some(id), None) => {
            let (failures, failure) = failures(row, report)?;
            string(service, failure, "id", id, report)?;
            string(service, item, "id", id, report)?;
            if service.members(Some(item)).len() > 1 {
                return Err(("id", BatchFault::OtherMembers(item.to_owned()).into()));
            }
            BatchResponse::Changes {
                id: id.to_owned(),
                failures,
            }
        }
        (Some(created), None, Some(of_item)) => {
            elements(service, output, "succeeded", created, report)?;
            let (failures, failure) = failures(row, report)?;
            let member = member(service, Some(failure), "failedItem", of_item, report)?;
            if member.shape != item {
                return Err(("failedItem", BatchFault::NoItem(item.to_owned()).into()));
            }
            BatchResponse::Creates {
                created: created.to_owned(),
                item: of_item.to_owned(),
                failures,
            }
        }
        (Some(listed), Some(id), None) if row.failed.is_none() => {
            if kind(service, item) != Some(&ShapeKind::String) {
                let found = kind(service, item).map(ShapeKind::name);
                return Err((
                    "items",
                    Fault::wrong_type(&row.items, found, Expected::ListOfStrings),
                ));
            }
            let (_, resource) = elements(service, output, "succeeded", listed, report)?;
            string(service, resource, "id", id, report)?;
            BatchResponse::Lists {
                listed: listed.to_owned(),
                id: id.to_owned(),
            }
        }
        _ => return Err(("", BatchFault::Kind.into())),
    };
    Ok(Batch {
        items: row.items.clone(),
        max,
        response,
    })
}

fn kind<'a>(service: &'a Service, id: &str) -> Option<&'a ShapeKind> {
    service.shapes.get(id).map(|shape| &shape.kind)
}

/// Returns a member of a structure.
fn member<'a>(
    service: &'a Service,
    structure: Option<&str>,
    key: &'static str,
    name: &str,
    report: &mut Report,
) -> Lowered<&'a Member> {
    super::member(service.members(structure), name, report).map_err(|fault| (key, fault))
}

/// Returns a member that is a list, and the shape of its elements.
fn elements<'a>(
    service: &'a Service,
    structure: Option<&str>,
    key: &'static str,
    name: &str,
    report: &mut Report,
) -> Lowered<(&'a Shape, &'a str)> {
    let member = member(service, structure, key, name, report)?;
    match service.shapes.get(&member.shape) {
        Some(list) if let ShapeKind::List(element) = &list.kind => Ok((list, element)),
        other => {
            let found = other.map(|shape| shape.kind.name());
            Err((key, Fault::wrong_type(name, found, Expected::List)))
        }
    }
}

/// Checks that a member of a structure is a string.
fn string(
    service: &Service,
    structure: &str,
    key: &'static str,
    name: &str,
    report: &mut Report,
) -> Lowered<()> {
    let member = member(service, Some(structure), key, name, report)?;
    match kind(service, &member.shape) {
        Some(ShapeKind::String) => Ok(()),
        other => {
            let found = other.map(ShapeKind::name);
            Err((
                key,
                Fault::wrong_type(name, found, Expected::Type("string")),
            ))
        }
    }
}
