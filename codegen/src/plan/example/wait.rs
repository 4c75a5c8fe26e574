//! Which waiter waits for what an operation begins, and for which ids.

use super::super::names;
use super::value::Maker;
use super::{Ids, Setter, Wait};
use crate::ir::{Member, Operation, ShapeKind};

/// The wait behind a call: for what the answer names, else what the call was about.
pub(super) fn wait(maker: &mut Maker<'_>, wire: &str, operation: &Operation) -> Option<Wait> {
    let service = maker.service;
    let mut waiters = service.waiters.iter();
    let (name, waiter) = waiters.find(|(_, waiter)| waiter.after.iter().any(|it| it == wire))?;
    let input = service.operations.get(&waiter.operation)?.input.as_ref()?;
    let list = &service.polls.get(&waiter.operation)?.ids.as_ref()?.input;
    let member = service
        .members(Some(input))
        .iter()
        .find(|it| it.name == *list)?;
    let ShapeKind::List(id) = &service.shapes.get(&member.shape)?.kind else {
        return None;
    };
    let set = names::prefixed("set_", list);
    let setter = names::member_name(list);
    let output = service.members(operation.output.as_deref());
    let given = maker.same(id);
    let mut setters = maker.required(input)?;
    setters.retain(|other| other.name != setter);
    let named = |list: Option<&Member>, field: &Member| Ids {
        set: set.clone(),
        list: list.map(|list| names::member_name(&list.name)),
        field: names::member_name(&field.name),
        optional: !field.required,
    };
    let ids = match (field(output, id), given) {
        (Some(field), _) => Some(named(None, field)),
        (None, Some(value)) => {
            let values = vec![value];
            setters.push(Setter {
                name: setter,
                values,
            });
            None
        }
        (None, None) => Some(output.iter().find_map(|list| {
            let ShapeKind::List(element) = &service.shapes.get(&list.shape)?.kind else {
                return None;
            };
            Some(named(
                Some(list),
                field(service.members(Some(element)), id)?,
            ))
        })?),
    };
    Some(Wait {
        method: names::prefixed("wait_until_", name),
        setters,
        ids,
    })
}

/// The first member of a shape.
fn field<'a>(members: &'a [Member], shape: &str) -> Option<&'a Member> {
    members.iter().find(|member| member.shape == shape)
}
