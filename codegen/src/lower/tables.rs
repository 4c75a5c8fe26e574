//! Applies the tables of this project to the service.

use super::{batches, unique};
use crate::diagnostic::{Fault, Item, Report, Suggestion, WaiterFault};
use crate::ir::{self, EnumValue, Service, ShapeKind};
use crate::source::Entries;
use crate::source::tables::{EnumDocs, Examples, Rust};

/// Sets the documentation of enum values.
pub(super) fn enum_docs(docs: &EnumDocs, service: &mut Service, report: &mut Report) {
    each_value(docs, "", service, report, |value, documentation| {
        value.documentation = documentation.to_owned()
    });
}

/// Applies `rust.json`.
pub(super) fn rust(rust: &Rust, service: &mut Service, report: &mut Report) {
    each_value(
        &rust.variants,
        "variants.",
        service,
        report,
        |value, name| value.name = name.to_owned(),
    );
    examples(&rust.examples, service, report);
    batches::attach(&rust.batches, service, report);
    if let Some(rate) = &rust.request_rate {
        if rate.per_second == 0 || rate.burst == 0 {
            report.fault("requestRate", WaiterFault::NoBurst);
        }
        service.request_rate = Some(ir::RequestRate {
            per_second: rate.per_second,
            burst: rate.burst,
            source: rate.source.clone(),
        });
    }
    for (shape, members) in rust.optional.iter() {
        for member in members {
            let found = service.shapes.get_mut(shape).and_then(|shape| {
                shape
                    .kind
                    .members_mut()
                    .iter_mut()
                    .find(|other| other.name == *member)
            });
            match found {
                Some(member) => member.client_optional = true,
                None => report.fault(format!("optional.{shape}"), no_member(shape, member)),
            }
        }
    }
}

/// Applies a table of strings by enum and value.
fn each_value(
    table: &Entries<Entries<String>>,
    path: &str,
    service: &mut Service,
    report: &mut Report,
    apply: impl Fn(&mut EnumValue, &str),
) {
    unique(path, table, report);
    for (name, rows) in table.iter() {
        unique(&format!("{path}{name}."), rows, report);
        let Some(ShapeKind::Enum(values)) =
            service.shapes.get_mut(name).map(|shape| &mut shape.kind)
        else {
            let enums = service
                .shapes
                .iter()
                .filter(|(_, shape)| matches!(shape.kind, ShapeKind::Enum(_)));
            let suggestion = report.similar(name, enums.map(|(name, _)| name.as_str()));
            let fault = Fault::unknown(Item::Enum, name, suggestion);
            report.fault(format!("{path}{name}"), fault);
            continue;
        };
        for (wire, entry) in rows.iter() {
            match values.iter_mut().find(|value| value.value == wire) {
                Some(value) => apply(value, entry),
                None => {
                    let known = values.iter().map(|value| value.value.as_str());
                    let suggestion = report.similar(wire, known);
                    let fault = Fault::unknown(Item::Value, wire, suggestion);
                    report.fault(format!("{path}{name}.{wire}"), fault);
                }
            }
        }
    }
}

fn no_member(shape: &str, member: &str) -> Fault {
    Fault::NoMember {
        shape: shape.to_owned(),
        member: member.to_owned(),
    }
}

/// Checks and sets the values and members in examples.
fn examples(table: &Examples, service: &mut Service, report: &mut Report) {
    unique("examples.values.", &table.values, report);
    unique("examples.members.", &table.members, report);
    let has = |structure: &str, member: &str| {
        let members = service.shapes.get(structure).map(|it| it.kind.members());
        members
            .unwrap_or_default()
            .iter()
            .any(|it| it.name == member)
    };
    let mut found = ir::Examples::default();
    for (name, value) in table.values.iter() {
        let known = match name.split_once('.') {
            Some((structure, member)) => has(structure, member),
            None => service.shapes.contains_key(name),
        };
        if !known {
            let fault = Fault::unknown(Item::ShapeOrMember, name, Suggestion::None);
            report.fault(format!("examples.values.{name}"), fault);
        }
        found.values.insert(name.to_owned(), value.clone());
    }
    for (name, members) in table.members.iter() {
        for member in members.iter().filter(|member| !has(name, member)) {
            report.fault(format!("examples.members.{name}"), no_member(name, member));
        }
        found.members.insert(name.to_owned(), members.clone());
    }
    service.examples = found;
}
