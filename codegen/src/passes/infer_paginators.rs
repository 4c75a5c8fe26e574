//! Infers the pagination of operations if the model does not specify it.
//!
//! An operation has pagination if its input and output have a string `NextToken`, and its output has exactly one list.
//! An integer `MaxResults`, `Limit`, `PageSize` or `MaxRecords` in the input limits the size of a page. The names can
//! begin with a lowercase letter. If the model specifies pagination without the list of items, as Smithy models often do,
//! the items are the only list of the output.

use crate::ir::{Member, Operation, Pagination, Service, ShapeKind};

const TOKENS: [&str; 2] = ["NextToken", "nextToken"];
const PAGE_SIZES: [&str; 7] = [
    "MaxResults",
    "Limit",
    "PageSize",
    "MaxRecords",
    "maxResults",
    "limit",
    "pageSize",
];

pub(super) fn run(mut service: Service) -> Service {
    let inferred: Vec<(String, Pagination)> = service
        .operations
        .iter()
        .filter(|(_, operation)| operation.pagination.is_none())
        .filter_map(|(name, operation)| Some((name.clone(), infer(&service, operation)?)))
        .collect();
    let lists: Vec<(String, Option<String>)> = service
        .operations
        .iter()
        .map(|(name, operation)| (name.clone(), only_list(&service, operation)))
        .collect();
    for (name, list) in lists {
        let operation = service.operations.get_mut(&name);
        if let Some(pagination) = operation.and_then(|it| it.pagination.as_mut()) {
            pagination.items = pagination.items.take().or(list.map(|list| vec![list]));
        }
    }
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
    let is_token = |member: &&Member| {
        TOKENS.contains(&member.name.as_str()) && matches!(kind(member), Some(ShapeKind::String))
    };
    let is_size = |member: &&Member| {
        PAGE_SIZES.contains(&member.name.as_str())
            && matches!(kind(member), Some(ShapeKind::Integer))
    };
    let token = input.iter().find(is_token)?;
    let next = output.iter().find(is_token)?;
    let list = only_list(service, operation)?;
    Some(Pagination {
        input_token: token.name.clone(),
        output_token: vec![next.name.clone()],
        items: Some(vec![list]),
        page_size: input.iter().find(is_size).map(|member| member.name.clone()),
        truncated: None,
    })
}

/// Returns the member of the output that is a list, if there is exactly one.
fn only_list(service: &Service, operation: &Operation) -> Option<String> {
    let output = service.shapes.get(operation.output.as_ref()?)?;
    let is_list = |member: &&Member| {
        let shape = service.shapes.get(&member.shape);
        matches!(shape.map(|it| &it.kind), Some(ShapeKind::List(_)))
    };
    let mut lists = output.kind.members().iter().filter(is_list);
    let list = lists.next()?;
    lists.next().is_none().then(|| list.name.clone())
}
