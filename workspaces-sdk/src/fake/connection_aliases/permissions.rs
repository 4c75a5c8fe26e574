//! Sharing of connection aliases with another account.

use super::{find, find_created};
use crate::fake::page::Page;
use crate::fake::service_error::{ServiceError, check_quota, code};
use crate::fake::state::State;
use crate::operation::describe_connection_alias_permissions::{
    DescribeConnectionAliasPermissionsInput, DescribeConnectionAliasPermissionsOutput,
};
use crate::operation::update_connection_alias_permission::{
    UpdateConnectionAliasPermissionInput, UpdateConnectionAliasPermissionOutput,
};
use crate::types::ConnectionAliasPermission;

pub(in crate::fake) fn describe_permissions(
    state: &mut State,
    input: DescribeConnectionAliasPermissionsInput,
) -> Result<DescribeConnectionAliasPermissionsOutput, ServiceError> {
    let id = input.alias_id.unwrap_or_default();
    let shared_with = find(state, &id)?.shared_with.clone();
    // An alias is shared with at most one account, so no page has a token.
    Page::new(
        "DescribeConnectionAliasPermissions",
        input.next_token.as_deref(),
        input.max_results,
    )?;
    let permissions = shared_with
        .into_iter()
        .map(|account| ConnectionAliasPermission {
            shared_account_id: account,
            allow_association: true,
        });
    Ok(DescribeConnectionAliasPermissionsOutput::builder()
        .alias_id(id)
        .set_connection_alias_permissions(Some(permissions.collect()))
        .build())
}

/// Shares an alias with an account, or stops sharing it.
pub(in crate::fake) fn update_permission(
    state: &mut State,
    input: UpdateConnectionAliasPermissionInput,
) -> Result<UpdateConnectionAliasPermissionOutput, ServiceError> {
    let id = input.alias_id.unwrap_or_default();
    let owner = state.account.clone();
    let alias = find_created(state, &id)?;
    let invalid = |message: &str| Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    let Some(permission) = input.connection_alias_permission else {
        return invalid("ConnectionAliasPermission is required.");
    };
    let account = permission.shared_account_id;
    if account == owner {
        return invalid("An alias cannot be shared with the account that owns it.");
    }
    let is_shared = alias.shared_with.as_ref() == Some(&account);
    if permission.allow_association {
        let others = usize::from(alias.shared_with.is_some() && !is_shared);
        check_quota(others + 1, 1, "An alias is shared with", "account")?;
        alias.shared_with = Some(account);
    } else if is_shared {
        alias.shared_with = None;
    } else {
        return invalid("The alias is not shared with this account.");
    }
    Ok(UpdateConnectionAliasPermissionOutput::builder().build())
}
