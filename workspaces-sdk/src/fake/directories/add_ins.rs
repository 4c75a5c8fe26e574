//! The Amazon Connect add-in of a directory, of which it has at most one.

use super::find;
use crate::fake::page::Page;
use crate::fake::service_error::{ServiceError, code};
use crate::fake::state::State;
use crate::operation::create_connect_client_add_in::{
    CreateConnectClientAddInInput, CreateConnectClientAddInOutput,
};
use crate::operation::delete_connect_client_add_in::{
    DeleteConnectClientAddInInput, DeleteConnectClientAddInOutput,
};
use crate::operation::describe_connect_client_add_ins::{
    DescribeConnectClientAddInsInput, DescribeConnectClientAddInsOutput,
};
use crate::operation::update_connect_client_add_in::{
    UpdateConnectClientAddInInput, UpdateConnectClientAddInOutput,
};
use crate::types::ConnectClientAddIn;

pub(in crate::fake) fn create_add_in(
    state: &mut State,
    input: CreateConnectClientAddInInput,
) -> Result<CreateConnectClientAddInOutput, ServiceError> {
    let directory_id = input.resource_id.unwrap_or_default();
    let id = state.ids.next_uuid();
    let directory = find(state, &directory_id)?;
    if directory.add_in.is_some() {
        let message = format!("Directory {directory_id} already has an add-in.");
        return Err(ServiceError::new(code::RESOURCE_ALREADY_EXISTS, message));
    }
    directory.add_in = Some(
        ConnectClientAddIn::builder()
            .add_in_id(&id)
            .resource_id(directory_id)
            .set_name(input.name)
            .set_url(input.url)
            .build(),
    );
    Ok(CreateConnectClientAddInOutput::builder()
        .add_in_id(id)
        .build())
}

/// Returns the add-in of a directory if it has this identifier.
///
/// # Errors
/// Returns a ResourceNotFoundException if there is no such directory or add-in.
fn find_add_in<'a>(
    state: &'a mut State,
    directory: Option<&str>,
    id: Option<&str>,
) -> Result<&'a mut Option<ConnectClientAddIn>, ServiceError> {
    let add_in = &mut find(state, directory.unwrap_or_default())?.add_in;
    match add_in.as_ref().and_then(ConnectClientAddIn::add_in_id) == id {
        true => Ok(add_in),
        false => Err(ServiceError::not_found("Add-in", id.unwrap_or_default())),
    }
}

pub(in crate::fake) fn update_add_in(
    state: &mut State,
    input: UpdateConnectClientAddInInput,
) -> Result<UpdateConnectClientAddInOutput, ServiceError> {
    let add_in = find_add_in(state, input.resource_id(), input.add_in_id())?;
    if let Some(add_in) = add_in {
        add_in.name = input.name.or(add_in.name.take());
        add_in.url = input.url.or(add_in.url.take());
    }
    Ok(UpdateConnectClientAddInOutput::builder().build())
}

pub(in crate::fake) fn delete_add_in(
    state: &mut State,
    input: DeleteConnectClientAddInInput,
) -> Result<DeleteConnectClientAddInOutput, ServiceError> {
    *find_add_in(state, input.resource_id(), input.add_in_id())? = None;
    Ok(DeleteConnectClientAddInOutput::builder().build())
}

pub(in crate::fake) fn describe_add_ins(
    state: &mut State,
    input: DescribeConnectClientAddInsInput,
) -> Result<DescribeConnectClientAddInsOutput, ServiceError> {
    let directory = find(state, input.resource_id().unwrap_or_default())?;
    let add_ins = directory.add_in.clone().into_iter().collect();
    // There is at most one, so no page has a token.
    let token = input.next_token.as_deref();
    Page::new("DescribeConnectClientAddIns", token, input.max_results)?;
    Ok(DescribeConnectClientAddInsOutput::builder()
        .set_add_ins(Some(add_ins))
        .build())
}
