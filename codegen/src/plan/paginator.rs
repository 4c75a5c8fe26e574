//! The pagination of operations.

use proc_macro2::Ident;
use quote::format_ident;

use super::member;
use super::path::FieldPath;
use super::types::Type;
use crate::ir::{Operation, Pagination, Service};

/// The pagination of an operation.
#[derive(Debug)]
pub(crate) struct Paginator {
    pub(crate) name: Ident,
    /// The type of the tokens.
    pub(crate) token: Type,
    pub(crate) input_token: Ident,
    /// The path from the output to the token of the next page.
    pub(crate) output_token: FieldPath,
    pub(crate) items: Option<PagedItems>,
    /// The output's field that is true if there are more pages, if the token alone does not say so.
    pub(crate) truncated: Option<FieldPath>,
    /// The input's field that limits the size of a page, and its type.
    pub(crate) page_size: Option<(Ident, Type)>,
}

/// The list of items of a paginated operation.
#[derive(Debug)]
pub(crate) struct PagedItems {
    pub(crate) name: Ident,
    /// The path from the output to the list.
    pub(crate) path: FieldPath,
    pub(crate) element: Type,
}

/// Plans the paginator of the operation `name`. Returns `None` if the runtime does not support its pagination.
pub(super) fn paginator(
    service: &Service,
    operation: &Operation,
    pagination: &Pagination,
    name: &str,
) -> Option<Paginator> {
    let (input, output) = (operation.input.as_deref()?, operation.output.as_deref()?);
    let members = service.members(Some(input));
    let member = |name: &str| members.iter().find(|member| member.name == name);
    let input_token = member(&pagination.input_token)?;
    let (output_token, token) = FieldPath::resolve(service, output, &pagination.output_token)?;
    // The runtime only supports tokens that are strings or maps with strings as keys.
    let is_token = match &token {
        Type::String => true,
        Type::Map(key, _) => **key == Type::String,
        _ => false,
    };
    if !is_token || Type::of(service, &input_token.shape) != token {
        return None;
    }
    let items = pagination.items.as_ref().and_then(|items| {
        let (path, ty) = FieldPath::resolve(service, output, items)?;
        match ty {
            Type::Vec(element) => Some(PagedItems {
                name: format_ident!("{name}PaginatorItems"),
                path,
                element: *element,
            }),
            _ => None,
        }
    });
    let truncated = pagination.truncated.as_ref().and_then(|truncated| {
        let path = std::slice::from_ref(truncated);
        let (path, ty) = FieldPath::resolve(service, output, path)?;
        (ty == Type::Bool).then_some(path)
    });
    let page_size = pagination.page_size.as_deref().and_then(member);
    Some(Paginator {
        name: format_ident!("{name}Paginator"),
        token,
        input_token: member::name(service, input, &input_token.name),
        output_token,
        items,
        truncated,
        page_size: page_size.map(|member| {
            (
                member::name(service, input, &member.name),
                Type::of(service, &member.shape),
            )
        }),
    })
}
