//! Which operations page, and by which members.

use super::unique;
use crate::diagnostic::{Expected, Fault, Item, Report, Suggestion};
use crate::ir;
use crate::source::botocore::{OneOrMany, Paginator, Paginators};

/// How an operation pages, in the words of either format.
pub(super) struct Pages {
    pub(super) input_token: Named,
    pub(super) output_token: Named,
    pub(super) items: Option<Named>,
    pub(super) page_size: Option<Named>,
}

/// A member, or a path of members as `Page.NextToken`, and where the model names it.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) path: String,
}

/// Gives each operation that `paginators-1.json` names its pagination.
pub(super) fn attach(paginators: &Paginators, service: &mut ir::Service, report: &mut Report) {
    unique("pagination.", &paginators.pagination, report);
    for (name, paginator) in paginators.pagination.iter() {
        let path = format!("pagination.{name}");
        if !service.operations.contains_key(name) {
            let known = service.operations.keys().map(String::as_str);
            let suggestion = Suggestion::similar(name, known);
            report.fault(path, Fault::unknown(Item::Operation, name, suggestion));
            continue;
        }
        // Operations with several tokens can be called page by page.
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

/// Gives an operation its pagination, if it is one that the generator supports.
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
    };
    if let Some(operation) = service.operations.get_mut(name) {
        operation.pagination = Some(pagination);
    }
}

/// The kind at the end of a path through structures; the first member that is not there is reported.
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
fn is_page_size(kind: &ir::ShapeKind) -> bool {
    use ir::ShapeKind::{Byte, Integer, Long, Short, String};
    matches!(kind, Byte | Short | Integer | Long | String)
}

/// `Page.NextToken` as names of members; none for an expression that is more than that.
fn members(expression: &str) -> Option<Vec<String>> {
    let plain =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let names: Vec<String> = expression.split('.').map(str::to_owned).collect();
    names.iter().all(|name| plain(name)).then_some(names)
}
