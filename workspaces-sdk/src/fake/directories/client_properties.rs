//! The client properties of directories.

use super::find;
use super::modify::update;
use crate::fake::service_error::ServiceError;
use crate::fake::state::State;
use crate::operation::describe_client_properties::{
    DescribeClientPropertiesInput, DescribeClientPropertiesOutput,
};
use crate::operation::modify_client_properties::{
    ModifyClientPropertiesInput, ModifyClientPropertiesOutput,
};
use crate::types::{ClientProperties, ClientPropertiesResult, LogUploadEnum, ReconnectEnum};

/// Returns the default client properties.
pub(super) fn default_client_properties() -> ClientProperties {
    ClientProperties::builder()
        .reconnect_enabled(ReconnectEnum::Enabled)
        .log_upload_enabled(LogUploadEnum::Enabled)
        .build()
}

pub(in crate::fake) fn describe_client_properties(
    state: &mut State,
    input: DescribeClientPropertiesInput,
) -> Result<DescribeClientPropertiesOutput, ServiceError> {
    let mut output = DescribeClientPropertiesOutput::builder();
    for id in input.resource_ids.unwrap_or_default() {
        let properties = find(state, &id)?.client_properties.clone();
        output = output.client_properties_list(
            ClientPropertiesResult::builder()
                .resource_id(id)
                .client_properties(properties)
                .build(),
        );
    }
    Ok(output.build())
}

pub(in crate::fake) fn modify_client_properties(
    state: &mut State,
    input: ModifyClientPropertiesInput,
) -> Result<ModifyClientPropertiesOutput, ServiceError> {
    let directory = find(state, input.resource_id.as_deref().unwrap_or_default())?;
    if let Some(changes) = input.client_properties {
        let current = &mut directory.client_properties;
        update!(current, changes; reconnect_enabled, log_upload_enabled, client_experience_policy);
    }
    Ok(ModifyClientPropertiesOutput::builder().build())
}
