//! Lowers how waiters poll an operation: the limits of its input, and the resources that it lists.

use super::{find, output};
use crate::diagnostic::{Expected, Fault, Report, WaiterFault};
use crate::ir::{
    Container, Expression, Ids, Operation, Poll, Resources, Service, ShapeKind, ValueType,
};
use crate::lower::{expression, member};
use crate::source::waiters as source;

/// Lowers the polling of an operation.
pub(super) fn lower(
    poll: &source::Poll,
    operation: &Operation,
    service: &Service,
    path: &str,
    report: &mut Report,
) -> Poll {
    let ids = match (&poll.ids, &poll.listed) {
        (Some(input), Some(listed)) => {
            let max = max_ids(input, operation, service, report).map_err(|fault| ("ids", fault));
            let listed = listed_ids(listed, operation, service, report);
            let listed = listed.map_err(|fault| ("listed", fault));
            let lowered = max.and_then(|max| {
                Ok(Ids {
                    input: input.clone(),
                    max,
                    listed: listed?,
                })
            });
            lowered
                .map_err(|(key, fault)| report.fault(format!("{path}.{key}"), fault))
                .ok()
        }
        (None, None) => None,
        _ => {
            report.fault(path, WaiterFault::IdsWithoutListed);
            None
        }
    };
    if poll.burst == Some(0) {
        report.fault(format!("{path}.burst"), WaiterFault::NoBurst);
    }
    let resources = poll.resources.as_ref().and_then(|resources| {
        let listed = poll.listed.as_deref().unwrap_or_default();
        lower_resources(resources, listed, operation, service, report)
            .map_err(|(key, fault)| report.fault(format!("{path}.{key}"), fault))
            .ok()
    });
    let members = service.members(operation.input.as_deref());
    let mut check_member = |name: &str, path: String| {
        if let Err(fault) = member(members, name, report) {
            report.fault(path, fault);
        }
    };
    for (name, _) in poll.docs.iter() {
        check_member(name, format!("{path}.docs.{name}"));
    }
    if let Some(within) = &poll.within {
        check_member(&within.member, format!("{path}.within.member"));
        find(
            service,
            &within.operation,
            &format!("{path}.within.operation"),
            report,
        );
    }
    let docs = poll.docs.iter();
    Poll {
        ids,
        per_second: poll.per_second.unwrap_or(0),
        burst: poll.burst.unwrap_or(1),
        resources,
        within: poll.within.as_ref().map(|within| Container {
            member: within.member.clone(),
            operation: within.operation.clone(),
        }),
        docs: docs
            .map(|(name, docs)| (name.to_owned(), docs.clone()))
            .collect(),
    }
}

/// Lowers the resources that an operation lists. An error contains the key with the fault.
fn lower_resources(
    resources: &source::Resources,
    listed: &str,
    operation: &Operation,
    service: &Service,
    report: &mut Report,
) -> Result<Resources, (&'static str, Fault)> {
    let without = || ("resources", WaiterFault::ResourcesWithoutListed.into());
    let (list, id) = listed.rsplit_once("[].").ok_or_else(without)?;
    let lowered = expression::list(list, service, output(operation), report);
    let list = lowered.map_err(|fault| ("listed", fault.into()))?;
    let ValueType::List(element) = list.ty.clone() else {
        return Err(without());
    };
    let mut string = |path: Option<&str>, key| {
        let lowered = path.map(|path| {
            let resource = expression::current(element.as_ref().clone());
            expression::string(path, service, resource, report)
        });
        lowered.transpose().map_err(|fault| (key, fault.into()))
    };
    Ok(Resources {
        name: resources.name.clone(),
        list,
        state_path: resources.state.clone(),
        fields: [
            string(Some(id), "listed")?,
            string(Some(&resources.state), "resources.state")?,
            string(resources.code.as_deref(), "resources.code")?,
            string(resources.message.as_deref(), "resources.message")?,
        ],
    })
}

/// Returns the maximum number of identifiers in a member of the input.
fn max_ids(
    name: &str,
    operation: &Operation,
    service: &Service,
    report: &mut Report,
) -> Result<Option<i64>, Fault> {
    let members = service.members(operation.input.as_deref());
    let member = member(members, name, report)?;
    let list = service.shapes.get(&member.shape);
    let max = |list: &crate::ir::Shape| list.constraints.max.as_ref()?.as_i64();
    match list.map(|list| (&list.kind, max(list))) {
        Some((ShapeKind::List(element), max)) if is_string(element, service) => match max {
            Some(..=0) => Err(WaiterFault::EmptyIds.into()),
            max => Ok(max),
        },
        _ => Err(Fault::wrong_type(
            name,
            list.map(|list| list.kind.name()),
            Expected::ListOfStrings,
        )),
    }
}

/// Lowers the expression for the identifiers in an output.
fn listed_ids(
    expression: &str,
    operation: &Operation,
    service: &Service,
    report: &mut Report,
) -> Result<Expression, Fault> {
    let listed = expression::list(expression, service, output(operation), report);
    let listed = listed.map_err(Fault::from)?;
    match &listed.ty {
        ValueType::List(element) if matches!(element.as_ref(), ValueType::Shape(id) if is_string(id, service)) => {
            Ok(listed)
        }
        _ => Err(Fault::wrong_type(
            expression,
            "list",
            Expected::ListOfStrings,
        )),
    }
}

fn is_string(id: &str, service: &Service) -> bool {
    let shape = service.shapes.get(id);
    shape.is_some_and(|shape| shape.kind == ShapeKind::String)
}
