//! How an operation is called for any number of items.

use proc_macro2::Ident;

use super::member;
use super::types::Type;
use crate::ir::{self, BatchFailures, Operation, Service, ShapeKind};

/// An operation that is called for any number of items.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) max: u32,
    /// The field of the list in the input.
    pub(crate) items: Ident,
    pub(crate) response: BatchResponse,
}

/// The response of the operation. The lists are fields of the output.
#[derive(Debug)]
pub(crate) enum BatchResponse {
    Changes {
        item: Type,
        id: Ident,
        failures: Failures,
    },
    Creates {
        item: Type,
        created: Ident,
        success: Type,
        failures: Failures,
    },
    Lists {
        listed: Ident,
        success: Type,
        id: Ident,
    },
}

/// The list of failures, and the fields of a failure: its identifier or item, the code and the message.
#[derive(Debug)]
pub(crate) struct Failures {
    pub(crate) list: Ident,
    pub(crate) fields: [Ident; 3],
}

pub(super) fn batch(service: &Service, wire: &str, operation: &Operation) -> Option<Batch> {
    let batch = service.batches.get(wire)?;
    let (input, output) = (operation.input.as_deref()?, operation.output.as_deref()?);
    let element = |structure: &str, list: &str| {
        let mut members = service.members(Some(structure)).iter();
        let member = members.find(|member| member.name == list)?;
        match &service.shapes.get(&member.shape)?.kind {
            ShapeKind::List(element) => Some(element),
            _ => None,
        }
    };
    let item = element(input, &batch.items)?;
    let of_output = |list: &str| {
        let ty = Type::of(service, element(output, list)?);
        Some((member::name(service, output, list), ty))
    };
    let failures = |failures: &BatchFailures, id: &str| {
        let failure = element(output, &failures.list)?;
        let fields = [id, &failures.code, &failures.message];
        Some(Failures {
            list: member::name(service, output, &failures.list),
            fields: fields.map(|name| member::name(service, failure, name)),
        })
    };
    let response = match &batch.response {
        ir::BatchResponse::Changes { id, failures: list } => BatchResponse::Changes {
            item: Type::of(service, item),
            id: member::name(service, item, id),
            failures: failures(list, id)?,
        },
        ir::BatchResponse::Creates {
            created,
            item: of_item,
            failures: list,
        } => {
            let (created, success) = of_output(created)?;
            BatchResponse::Creates {
                item: Type::of(service, item),
                created,
                success,
                failures: failures(list, of_item)?,
            }
        }
        ir::BatchResponse::Lists { listed, id } => {
            let resource = element(output, listed)?;
            let (listed, success) = of_output(listed)?;
            BatchResponse::Lists {
                listed,
                success,
                id: member::name(service, resource, id),
            }
        }
    };
    Some(Batch {
        max: batch.max,
        items: member::name(service, input, &batch.items),
        response,
    })
}
