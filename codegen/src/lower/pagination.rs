//! Lowers the pagination of operations.

use super::unique;
use crate::diagnostic::{Expected, Fault, Report};
use crate::ir;
use crate::source::botocore::{OneOrMany, Paginator, Paginators};

/// The pagination of an operation in either format.
pub(super) struct Pages {
    pub(super) input_token: Named,
    pub(super) output_token: Named,
    pub(super) items: Option<Named>,
    pub(super) page_size: Option<Named>,
}

/// A member or a path of members such as `Page.NextToken`, and the place where the model names it.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) path: String,
}

/// Lowers the pagination in `paginators-1.json`.
pub(super) fn attach(paginators: &Paginators, service: &mut ir::Service, report: &mut Report) {
    unique("pagination.", &paginators.pagination, report);
    for (name, paginator) in paginators.pagination.iter() {
        let path = format!("pagination.{name}");
        if let Err(fault) = super::operation(service, name, report) {
            report.fault(path, fault);
            continue;
        }
        // Pagination with several tokens is not supported. Users can call the operation for each page.
        if let Some(pages) = pages(paginator, &path) {
            page(name, &pages, service, report);
        }
    }
}

fn pages(paginator: &Paginator, path: &str) -> Option<Pages> {
    let single = |names: &OneOrMany, key: &str| {
        let name = match names {
            OneOrMany::One(name) => name,
            OneOrMany::Many(names) => match names.as_slice() {
                [name] => name,
                _ => return None,
            },
        };
        Some(Named {
            name: name.clone(),
            path: format!("{path}.{key}"),
        })
    };
    Some(Pages {
        input_token: single(&paginator.input_token, "input_token")?,
        output_token: single(&paginator.output_token, "output_token")?,
        items: paginator
            .result_key
            .as_ref()
            .and_then(|names| single(names, "result_key")),
        page_size: paginator.limit_key.as_ref().map(|name| Named {
            name: name.clone(),
            path: format!("{path}.limit_key"),
        }),
    })
}

/// Sets the pagination of an operation, unless it is not supported.
pub(super) fn page(name: &str, pages: &Pages, service: &mut ir::Service, report: &mut Report) {
    let Some(operation) = service.operations.get(name) else {
        return;
    };
    let Some(output_token) = members(&pages.output_token.name) else {
        return;
    };
    let items = pages.items.as_ref();
    let items = items.and_then(|items| Some((items, members(&items.name)?)));
    let (input, output) = (&operation.input, &operation.output);
    let mut check = |from: &Option<ir::ShapeId>, members: &[String], named: &Named| {
        follow(service, from, members, &named.path, report)
    };
    let only = |named: &Named| [named.name.clone()];
    check(input, &only(&pages.input_token), &pages.input_token);
    check(output, &output_token, &pages.output_token);
    if let Some((named, items)) = &items {
        check(output, items, named);
    }
    if let Some(named) = &pages.page_size {
        let kind = check(input, &only(named), named);
        if let Some(kind) = kind.filter(|kind| !is_page_size(kind)) {
            let fault = Fault::wrong_type(&named.name, kind.name(), Expected::PageSize);
            report.fault(&named.path, fault);
        }
    }
    let pagination = ir::Pagination {
        input_token: pages.input_token.name.clone(),
        output_token,
        items: items.map(|(_, items)| items),
        page_size: pages.page_size.as_ref().map(|named| named.name.clone()),
        truncated: None,
    };
    if let Some(operation) = service.operations.get_mut(name) {
        operation.pagination = Some(pagination);
    }
}

/// Sets the pagination of an operation if the model has none and the operation has these members: the token of a page, that of
/// the next page and, if there is one, the size of a page.
pub(super) fn known(service: &mut ir::Service, name: &str, members: &[String]) {
    let (Some(operation), [token, next, size @ ..]) = (service.operations.get(name), members)
    else {
        return;
    };
    let has = |shape: &Option<ir::ShapeId>, member: &String| {
        let members = service.members(shape.as_deref());
        members.iter().any(|it| it.model_name == *member)
    };
    let mut of_input = [token].into_iter().chain(size);
    let is_known = of_input.all(|member| has(&operation.input, member));
    if operation.pagination.is_some() || !is_known || !has(&operation.output, next) {
        return;
    }
    let pagination = ir::Pagination {
        input_token: token.clone(),
        output_token: vec![next.clone()],
        items: None,
        page_size: size.first().cloned(),
        truncated: None,
    };
    if let Some(operation) = service.operations.get_mut(name) {
        operation.pagination = Some(pagination);
    }
}

/// Sets the member of the output that is true if there are more pages, if the operation has pages and this member.
pub(super) fn truncated(service: &mut ir::Service, name: &str, member: &str) {
    let output = service
        .operations
        .get(name)
        .and_then(|it| it.output.clone());
    let mut members = service.members(output.as_deref()).iter();
    let flag = members.find(|it| it.model_name == member);
    let shape = flag.and_then(|flag| service.shapes.get(&flag.shape));
    let is_flag = shape.is_some_and(|shape| matches!(shape.kind, ir::ShapeKind::Boolean));
    if is_flag
        && let Some(operation) = service.operations.get_mut(name)
        && let Some(pagination) = &mut operation.pagination
    {
        pagination.truncated = Some(member.to_owned());
    }
}

/// Returns the kind of the member at a path through structures, or reports the first unknown member.
fn follow<'a>(
    service: &'a ir::Service,
    from: &Option<ir::ShapeId>,
    names: &[String],
    path: &str,
    report: &mut Report,
) -> Option<&'a ir::ShapeKind> {
    let mut shape = from.as_ref().and_then(|id| service.shapes.get(id));
    for name in names {
        let members = match shape.map(|shape| &shape.kind) {
            Some(ir::ShapeKind::Structure(structure)) => structure.members.as_slice(),
            _ => &[],
        };
        let member = super::member(members, name, report);
        let member = member.map_err(|fault| report.fault(path, fault)).ok()?;
        shape = service.shapes.get(&member.shape);
    }
    shape.map(|shape| &shape.kind)
}

/// Whether a member of this kind can limit the size of a page. Some services encode the number as a string.
fn is_page_size(kind: &ir::ShapeKind) -> bool {
    use ir::ShapeKind::{Byte, Integer, Long, Short, String};
    matches!(kind, Byte | Short | Integer | Long | String)
}

/// Parses a path of members such as `Page.NextToken`. Returns `None` for other expressions.
fn members(expression: &str) -> Option<Vec<String>> {
    let is_plain =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let names: Vec<String> = expression.split('.').map(str::to_owned).collect();
    names.iter().all(|name| is_plain(name)).then_some(names)
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_pagination_needs_its_members() {
        let text = |members: &str| {
            format!(
                r#"{{"metadata": {{"apiVersion": "1", "endpointPrefix": "a", "protocol": "json", "jsonVersion": "1.1",
                    "targetPrefix": "A", "serviceId": "Secrets Manager"}},
                "operations": {{"BatchGetSecretValue": {{"input": {{"shape": "In"}}, "output": {{"shape": "Out"}}}}}},
                "shapes": {{"S": {{"type": "string"}}, "I": {{"type": "integer"}}, "L": {{"type": "list", "member": {{"shape": "S"}}}},
                    "In": {{"type": "structure", "members": {{{members}}}}},
                    "Out": {{"type": "structure", "members": {{"NextToken": {{"shape": "S"}}, "Errors": {{"shape": "L"}},
                        "SecretValues": {{"shape": "L"}}}}}}}}}}"#
            )
        };
        let token = r#""NextToken": {"shape": "S"}"#;
        let size = r#""MaxResults": {"shape": "I"}"#;
        for (members, expected) in [
            (format!("{token}, {size}"), Some("MaxResults")),
            (token.to_owned(), None),
            (size.to_owned(), None),
        ] {
            let file = crate::ModelFile {
                name: "model.json".to_owned(),
                bytes: text(&members).into_bytes(),
            };
            let mut faults = crate::diagnostic::Faults::default();
            let service = crate::lower::lower(&crate::ModelFiles::new(file), None, &mut faults);
            assert!(faults.is_empty(), "{faults:?}");
            let operation = &service.unwrap().operations["BatchGetSecretValue"];
            let found = operation.pagination.as_ref();
            let found = found.map(|it| it.page_size.as_deref().unwrap());
            assert_eq!(found, expected, "{members}");
        }
    }
}
