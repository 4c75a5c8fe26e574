//! `paginators-1.json`: which operations page, and by which members.

use crate::diagnostic::{Report, did_you_mean};
use crate::ir;
use crate::source::botocore::{OneOrMany, Paginator, Paginators};

/// Gives each operation that the file names its pagination.
pub(super) fn attach(paginators: &Paginators, service: &mut ir::Service, report: &mut Report) {
    for name in paginators.pagination.duplicates() {
        report.fault(
            format!("pagination.{name}"),
            "stands twice",
            "remove one of them",
        );
    }
    for (name, paginator) in paginators.pagination.iter() {
        let path = format!("pagination.{name}");
        let Some(operation) = service.operations.get(name) else {
            let known = service.operations.keys().map(String::as_str);
            report.fault(
                path,
                format!("no operation \"{name}\""),
                did_you_mean(name, known, "remove the entry"),
            );
            continue;
        };
        // Several tokens or results at once are something no awsJson service of one list has; such an
        // operation can be called page by page all the same.
        let Some(pagination) = lower(paginator) else {
            continue;
        };
        let members = |id: &Option<ir::ShapeId>| {
            let shape = id.as_ref().and_then(|id| service.shapes.get(id));
            shape.map(|shape| shape.kind.members()).unwrap_or_default()
        };
        let (input, output) = (members(&operation.input), members(&operation.output));
        let mut check = |members: &[ir::Member], name: &str, key: &str| {
            if !members.iter().any(|member| member.name == name) {
                let hint = did_you_mean(
                    name,
                    members.iter().map(|member| member.name.as_str()),
                    "name a member",
                );
                report.fault(
                    format!("{path}.{key}"),
                    format!("no member \"{name}\""),
                    hint,
                );
            }
        };
        check(input, &pagination.input_token, "input_token");
        if let Some(page_size) = &pagination.page_size {
            check(input, page_size, "limit_key");
        }
        if let Some(first) = pagination.output_token.first() {
            check(output, first, "output_token");
        }
        if let Some(first) = pagination.items.as_ref().and_then(|items| items.first()) {
            check(output, first, "result_key");
        }
        if let Some(operation) = service.operations.get_mut(name) {
            operation.pagination = Some(pagination);
        }
    }
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
