//! Finds the operations that page although no file says so.
//!
//! Such an operation takes and gives a string `NextToken` and gives exactly one list. A member
//! `MaxResults` or `Limit` of the input, an integer, bounds the page.

use crate::ir::{Member, Operation, Pagination, Service, ShapeKind};

const TOKEN: &str = "NextToken";
const PAGE_SIZE: [&str; 2] = ["MaxResults", "Limit"];

pub(super) fn run(mut service: Service) -> Service {
    let inferred: Vec<(String, Pagination)> = service
        .operations
        .iter()
        .filter(|(_, operation)| operation.pagination.is_none())
        .filter_map(|(name, operation)| Some((name.clone(), infer(&service, operation)?)))
        .collect();
    for (name, pagination) in inferred {
        if let Some(operation) = service.operations.get_mut(&name) {
            operation.pagination = Some(pagination);
        }
    }
    service
}

fn infer(service: &Service, operation: &Operation) -> Option<Pagination> {
    let input = service
        .shapes
        .get(operation.input.as_ref()?)?
        .kind
        .members();
    let output = service
        .shapes
        .get(operation.output.as_ref()?)?
        .kind
        .members();
    let kind = |member: &Member| service.shapes.get(&member.shape).map(|shape| &shape.kind);
    let is_token =
        |member: &&Member| member.name == TOKEN && matches!(kind(member), Some(ShapeKind::String));
    let is_size = |member: &&Member| {
        PAGE_SIZE.contains(&member.name.as_str())
            && matches!(kind(member), Some(ShapeKind::Integer))
    };
    let token = input.iter().find(is_token)?;
    output.iter().find(is_token)?;
    let mut lists = output
        .iter()
        .filter(|member| matches!(kind(member), Some(ShapeKind::List(_))));
    let list = lists.next()?;
    if lists.next().is_some() {
        return None;
    }
    Some(Pagination {
        input_token: token.name.clone(),
        output_token: vec![TOKEN.to_owned()],
        items: Some(vec![list.name.clone()]),
        page_size: input.iter().find(is_size).map(|member| member.name.clone()),
    })
}
