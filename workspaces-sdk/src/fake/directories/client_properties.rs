//! How the clients of a directory's users behave.

use super::find;
use super::modify::take_over;
use crate::fake::refusal::Refusal;
use crate::fake::state::State;
use crate::operation::describe_client_properties::{
    DescribeClientPropertiesInput, DescribeClientPropertiesOutput,
};
use crate::operation::modify_client_properties::{
    ModifyClientPropertiesInput, ModifyClientPropertiesOutput,
};
use crate::types::{ClientProperties, ClientPropertiesResult, LogUploadEnum, ReconnectEnum};

/// How clients behave until something else is said.
pub(super) fn usual() -> ClientProperties {
    ClientProperties::builder()
        .reconnect_enabled(ReconnectEnum::Enabled)
        .log_upload_enabled(LogUploadEnum::Enabled)
        .build()
}

pub(in crate::fake) fn describe_clients(
    state: &mut State,
    input: DescribeClientPropertiesInput,
) -> Result<DescribeClientPropertiesOutput, Refusal> {
    let mut output = DescribeClientPropertiesOutput::builder();
    for id in input.resource_ids.unwrap_or_default() {
        let clients = find(state, &id)?.clients.clone();
        output = output.client_properties_list(
            ClientPropertiesResult::builder()
                .resource_id(id)
                .client_properties(clients)
                .build(),
        );
    }
    Ok(output.build())
}

pub(in crate::fake) fn modify_clients(
    state: &mut State,
    input: ModifyClientPropertiesInput,
) -> Result<ModifyClientPropertiesOutput, Refusal> {
    let directory = find(state, input.resource_id.as_deref().unwrap_or_default())?;
    if let Some(given) = input.client_properties {
        let kept = &mut directory.clients;
        take_over!(given => kept; reconnect_enabled, log_upload_enabled, client_experience_policy);
    }
    Ok(ModifyClientPropertiesOutput::builder().build())
}
