//! Sharing of images with other accounts.

use super::{find, find_available};
use crate::fake::page::Page;
use crate::fake::service_error::{ServiceError, code};
use crate::fake::state::State;
use crate::operation::describe_workspace_image_permissions::{
    DescribeWorkspaceImagePermissionsInput, DescribeWorkspaceImagePermissionsOutput,
};
use crate::operation::update_workspace_image_permission::{
    UpdateWorkspaceImagePermissionInput, UpdateWorkspaceImagePermissionOutput,
};
use crate::types::ImagePermission;

pub(in crate::fake) fn describe_permissions(
    state: &mut State,
    input: DescribeWorkspaceImagePermissionsInput,
) -> Result<DescribeWorkspaceImagePermissionsOutput, ServiceError> {
    let id = input.image_id.unwrap_or_default();
    let image = find(state, &id)?;
    let page = Page::new(
        "DescribeWorkspaceImagePermissions",
        input.next_token.as_deref(),
        input.max_results,
    )?;
    let permission = |account: &String| {
        let permission = ImagePermission::builder().shared_account_id(account);
        (account.clone(), permission.build())
    };
    let (found, next) = page.take(
        image
            .shared_with
            .iter()
            .filter(|account| page.after.as_ref().is_none_or(|after| *account > after))
            .map(permission),
    );
    Ok(DescribeWorkspaceImagePermissionsOutput::builder()
        .image_id(id)
        .set_image_permissions(found)
        .set_next_token(next)
        .build())
}

/// Shares an image with an account, or stops sharing it.
pub(in crate::fake) fn update_permission(
    state: &mut State,
    input: UpdateWorkspaceImagePermissionInput,
) -> Result<UpdateWorkspaceImagePermissionOutput, ServiceError> {
    let id = input.image_id.unwrap_or_default();
    find_available(state, &id)?;
    let account = input.shared_account_id.unwrap_or_default();
    let invalid = |message: &str| Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    if account == state.account {
        return invalid("An image cannot be shared with the account that owns it.");
    }
    let Some(image) = state.images.get_mut(&id) else {
        return Err(ServiceError::not_found("Image", &id));
    };
    if input.allow_copy_image == Some(true) {
        image.shared_with.insert(account);
    } else if !image.shared_with.remove(&account) {
        return invalid("The image is not shared with this account.");
    }
    Ok(UpdateWorkspaceImagePermissionOutput::builder().build())
}
