//! The waiter that follows an operation, and the IDs that it waits for.

use super::call::{Ids, Setter, Wait};
use super::value::ValueGenerator;
use crate::ir::{self, Member, Operation, Service, ShapeKind};
use crate::plan::{member, names};

/// Plans the wait after a call: for the IDs in the response, or else for those of the request.
pub(super) fn wait(
    generator: &mut ValueGenerator<'_>,
    wire: &str,
    operation: &Operation,
) -> Option<Wait> {
    let service = generator.service;
    let mut waiters = service.waiters.iter();
    let (name, waiter) = waiters.find(|(_, waiter)| waiter.after.iter().any(|it| it == wire))?;
    let input = service.operations.get(&waiter.operation)?.input.as_ref()?;
    let list = &service.polls.get(&waiter.operation)?.ids.as_ref()?.input;
    let mut members = service.members(Some(input)).iter();
    let shape = &members.find(|it| it.name == *list)?.shape;
    let ShapeKind::List(id) = &service.shapes.get(shape)?.kind else {
        return None;
    };
    let set = member::setter(service, input, list);
    let setter = member::name(service, input, list);
    let output_id = operation.output.as_deref().unwrap_or_default();
    let output = service.members(Some(output_id));
    let given = generator.generated_string(id);
    let mut setters = generator.required(input)?;
    setters.retain(|other| other.name != setter);
    let named = |list: Option<&Member>, structure: &str, field: &Member| Ids {
        set: set.clone(),
        push: setter.clone(),
        list: list.map(|list| member::name(service, output_id, &list.name)),
        field: member::name(service, structure, &field.name),
        optional: service.is_optional(field),
    };
    let ids = match (field(output, id), given) {
        (Some(field), _) => Some(named(None, output_id, field)),
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
            let field = field(service.members(Some(element)), id)?;
            Some(named(Some(list), element, field))
        })?),
    };
    Some(Wait {
        method: names::prefixed("wait_until_", name),
        setters,
        ids,
    })
}

/// Plans the call of a waiter in its documentation: with an identifier to wait for, and the required members.
pub(in crate::plan) fn waiting(service: &Service, name: &str, waiter: &ir::Waiter) -> Option<Wait> {
    let mut generator = ValueGenerator::new(service);
    let operation = service.operations.get(&waiter.operation)?;
    let mut setters = Vec::new();
    if let Some(input) = &operation.input {
        setters = generator.required(input)?;
        let poll = service.polls.get(&waiter.operation);
        if let Some(ids) = poll.and_then(|poll| poll.ids.as_ref())
            && let mut members = service.members(Some(input)).iter()
            && let Some(member) = members.find(|member| member.name == ids.input)
            && !member.required
        {
            setters.push(generator.setter(input, member)?);
        }
    }
    Some(Wait {
        method: names::prefixed("wait_until_", name),
        setters,
        ids: None,
    })
}

/// Returns the first member of a shape.
fn field<'a>(members: &'a [Member], shape: &str) -> Option<&'a Member> {
    members.iter().find(|member| member.shape == shape)
}
