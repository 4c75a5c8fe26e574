//! The account: whether it can bring its own license (BYOL) for Windows.
//!
//! Amazon permits this to an account, which `ModifyAccount` then enables. A link with another account enables it, too.

use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;

use super::account_links;
use super::cidr::Cidr;
use super::page::Page;
use super::saved::saved;
use super::service_error::{ServiceError, code};
use super::state::State;
use crate::operation::describe_account::{DescribeAccountInput, DescribeAccountOutput};
use crate::operation::describe_account_modifications::{
    DescribeAccountModificationsInput, DescribeAccountModificationsOutput,
};
use crate::operation::list_available_management_cidr_ranges::{
    ListAvailableManagementCidrRangesInput, ListAvailableManagementCidrRangesOutput,
};
use crate::operation::modify_account::{ModifyAccountInput, ModifyAccountOutput};
use crate::types::{
    AccountModification, DedicatedTenancyAccountType as AccountType,
    DedicatedTenancyModificationStateEnum as ModificationState,
    DedicatedTenancySupportResultEnum as Support,
};

/// The time that it takes to enable an account.
const ENABLING_TIME: Duration = Duration::from_secs(10 * 60);

/// The networks that contain the ranges for the management network.
const MANAGEMENT_NETWORKS: &[&str] = &[
    "10.0.0.0/8",
    "100.64.0.0/10",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "198.18.0.0/15",
];

/// The prefix length of a range for the management network.
const MANAGEMENT_PREFIX: u32 = 16;

/// The default number of ranges on a page.
const DEFAULT_PAGE_SIZE: i32 = 5;

/// The request that enabled the account to bring its own license.
#[derive(Clone, Debug)]
pub(super) struct Byol {
    requested_at: SystemTime,
    /// The CIDR range of the management network.
    range: String,
}

saved! {
    Byol {
        "RequestedAt" => requested_at;
        "Range" => range;
    }
}

/// Whether the account is enabled to bring its own license.
pub(super) fn is_byol_enabled(state: &State) -> bool {
    let is_target = account_links::account_type(state) == Some(AccountType::TargetAccount);
    is_target || enabled_byol(state).is_some()
}

/// Checks that the account is enabled to bring its own license.
///
/// # Errors
/// Returns an AccessDeniedException if it is not.
pub(super) fn check_byol_enabled(state: &State) -> Result<(), ServiceError> {
    if is_byol_enabled(state) {
        return Ok(());
    }
    let message = "The account is not enabled to bring its own license.";
    Err(ServiceError::new(code::ACCESS_DENIED, message))
}

/// Checks that Amazon permits the account to bring its own license.
///
/// # Errors
/// Returns an AccessDeniedException if it does not.
fn check_eligible(state: &State) -> Result<(), ServiceError> {
    if state.byol_eligible {
        return Ok(());
    }
    let message = "The account is not permitted to bring its own license.";
    Err(ServiceError::new(code::ACCESS_DENIED, message))
}

fn enabled_byol(state: &State) -> Option<&Byol> {
    let byol = state.byol.as_ref();
    byol.filter(|byol| {
        let passed = state.now.duration_since(byol.requested_at);
        passed.is_ok_and(|passed| passed >= ENABLING_TIME)
    })
}

pub(super) fn describe(
    state: &mut State,
    _: DescribeAccountInput,
) -> Result<DescribeAccountOutput, ServiceError> {
    let byol = enabled_byol(state);
    let support = match is_byol_enabled(state) {
        true => Support::Enabled,
        false => Support::Disabled,
    };
    Ok(DescribeAccountOutput::builder()
        .dedicated_tenancy_support(support)
        .set_dedicated_tenancy_account_type(account_links::account_type(state))
        .set_dedicated_tenancy_management_cidr_range(byol.map(|it| it.range.clone()))
        .build())
}

pub(super) fn modify(
    state: &mut State,
    input: ModifyAccountInput,
) -> Result<ModifyAccountOutput, ServiceError> {
    check_eligible(state)?;
    let (Some(_), Some(range)) = (
        input.dedicated_tenancy_support,
        input.dedicated_tenancy_management_cidr_range,
    ) else {
        let message =
            "DedicatedTenancySupport and DedicatedTenancyManagementCidrRange are both required.";
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    };
    if state.byol.is_some() {
        let message =
            "The account is already enabled to bring its own license, or is being enabled.";
        return Err(ServiceError::new(code::INVALID_RESOURCE_STATE, message));
    }
    if !available_ranges().any(|it| Some(it) == Cidr::parse(&range)) {
        let message = format!("The range {range} is not available for the management network.");
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    state.byol = Some(Byol {
        requested_at: state.now,
        range,
    });
    Ok(ModifyAccountOutput::builder().build())
}

pub(super) fn describe_modifications(
    state: &mut State,
    input: DescribeAccountModificationsInput,
) -> Result<DescribeAccountModificationsOutput, ServiceError> {
    // There is at most one modification, so no page has a token.
    Page::new(
        "DescribeAccountModifications",
        input.next_token.as_deref(),
        None,
    )?;
    let modification_state = match enabled_byol(state) {
        Some(_) => ModificationState::Completed,
        None => ModificationState::Pending,
    };
    let modification = |byol: &Byol| {
        AccountModification::builder()
            .modification_state(modification_state)
            .dedicated_tenancy_support(Support::Enabled)
            .dedicated_tenancy_management_cidr_range(&byol.range)
            .start_time(DateTime::from(byol.requested_at))
            .build()
    };
    let all = state.byol.as_ref().map(modification);
    Ok(DescribeAccountModificationsOutput::builder()
        .set_account_modifications(Some(all.into_iter().collect()))
        .build())
}

pub(super) fn list_management_ranges(
    state: &mut State,
    input: ListAvailableManagementCidrRangesInput,
) -> Result<ListAvailableManagementCidrRangesOutput, ServiceError> {
    check_eligible(state)?;
    let page = Page::new(
        "ListAvailableManagementCidrRanges",
        input.next_token.as_deref(),
        input.max_results.or(Some(DEFAULT_PAGE_SIZE)),
    )?;
    let constraint = input.management_cidr_range_constraint.unwrap_or_default();
    let Some(network) = Cidr::parse(&constraint) else {
        let message = format!("The range {constraint:?} is not in CIDR notation.");
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    };
    let after = page.after.as_deref();
    let (found, next) = page.take(
        available_ranges()
            .enumerate()
            .filter(|(_, range)| network.contains(*range))
            .map(|(number, range)| (format!("{number:05}"), range.to_string()))
            .filter(|(key, _)| after.is_none_or(|after| key.as_str() > after)),
    );
    Ok(ListAvailableManagementCidrRangesOutput::builder()
        .set_management_cidr_ranges(found)
        .set_next_token(next)
        .build())
}

/// Returns the ranges that are available for the management network.
fn available_ranges() -> impl Iterator<Item = Cidr> {
    let networks = MANAGEMENT_NETWORKS
        .iter()
        .filter_map(|network| Cidr::parse(network));
    networks.flat_map(|network| network.split(MANAGEMENT_PREFIX))
}
