//! `paginators-1.json`: which operations page, and by which members.

use super::unique;
use crate::diagnostic::{Expected, Fault, Item, Report, Suggestion};
use crate::ir;
use crate::source::botocore::{OneOrMany, Paginator, Paginators};

/// Gives each operation that the file names its pagination.
pub(super) fn attach(paginators: &Paginators, service: &mut ir::Service, report: &mut Report) {
    unique("pagination.", &paginators.pagination, report);
    for (name, paginator) in paginators.pagination.iter() {
        let path = format!("pagination.{name}");
        let Some(operation) = service.operations.get(name) else {
            let known = service.operations.keys().map(String::as_str);
            let suggestion = Suggestion::similar(name, known);
            report.fault(path, Fault::unknown(Item::Operation, name, suggestion));
            continue;
        };
        // Several tokens or results at once are something no awsJson service of one list has; such an
        // operation can be called page by page all the same.
        let Some(pagination) = lower(paginator) else {
            continue;
        };
        let (input, output) = (&operation.input, &operation.output);
        let mut check = |from: &Option<ir::ShapeId>, way: &[String], key: &str| {
            follow(service, from, way, &format!("{path}.{key}"), report)
        };
        check(
            input,
            std::slice::from_ref(&pagination.input_token),
            "input_token",
        );
        check(output, &pagination.output_token, "output_token");
        if let Some(items) = &pagination.items {
            check(output, items, "result_key");
        }
        if let Some(page_size) = &pagination.page_size {
            let kind = check(input, std::slice::from_ref(page_size), "limit_key");
            if let Some(kind) = kind.filter(|kind| !bounds(kind)) {
                let fault = Fault::wrong_type(page_size, kind.name(), Expected::PageSize);
                report.fault(format!("{path}.limit_key"), fault);
            }
        }
        if let Some(operation) = service.operations.get_mut(name) {
            operation.pagination = Some(pagination);
        }
    }
}

/// What stands at the end of a way through structures; reports the first member that is not there.
fn follow<'a>(
    service: &'a ir::Service,
    from: &Option<ir::ShapeId>,
    way: &[String],
    path: &str,
    report: &mut Report,
) -> Option<&'a ir::ShapeKind> {
    let mut shape = from.as_ref().and_then(|id| service.shapes.get(id));
    for name in way {
        let members = match shape.map(|shape| &shape.kind) {
            Some(ir::ShapeKind::Structure(structure)) => structure.members.as_slice(),
            _ => &[],
        };
        let Some(member) = members.iter().find(|member| member.name == *name) else {
            let known = members.iter().map(|member| member.name.as_str());
            let suggestion = Suggestion::among(name, known);
            report.fault(path, Fault::unknown(Item::Member, name, suggestion));
            return None;
        };
        shape = service.shapes.get(&member.shape);
    }
    shape.map(|shape| &shape.kind)
}

/// Whether a member of the kind can bound a page; some services write the number as a string.
fn bounds(kind: &ir::ShapeKind) -> bool {
    use ir::ShapeKind::{Byte, Integer, Long, Short, String};
    matches!(kind, Byte | Short | Integer | Long | String)
}

fn lower(paginator: &Paginator) -> Option<ir::Pagination> {
    Some(ir::Pagination {
        input_token: single(&paginator.input_token)?.to_owned(),
        output_token: way(single(&paginator.output_token)?)?,
        items: paginator.result_key.as_ref().and_then(single).and_then(way),
        page_size: paginator.limit_key.clone(),
    })
}

fn single(names: &OneOrMany) -> Option<&str> {
    match names {
        OneOrMany::One(name) => Some(name),
        OneOrMany::Many(names) => match names.as_slice() {
            [name] => Some(name),
            _ => None,
        },
    }
}

/// `Page.NextToken` as a way of members; none for an expression that is more than that.
fn way(expression: &str) -> Option<Vec<String>> {
    let plain =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let way: Vec<String> = expression.split('.').map(str::to_owned).collect();
    way.iter().all(|name| plain(name)).then_some(way)
}
