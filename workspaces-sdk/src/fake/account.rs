//! The account: whether it may bring its own licences for Windows.
//!
//! Every account of the offline service is one that could; it does once it has asked to.

use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;

use super::cidr::Cidr;
use super::page::Page;
use super::refusal::{Refusal, code};
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
    AccountModification, DedicatedTenancyModificationStateEnum as ModificationState,
    DedicatedTenancySupportResultEnum as Support,
};

/// How long it takes to enable an account.
const ENABLING: Duration = Duration::from_secs(10 * 60);

/// Where the management network can be, and how many bits its ranges have in common.
const MANAGEMENT: &[&str] = &[
    "10.0.0.0/8",
    "100.64.0.0/10",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "198.18.0.0/15",
];
const MANAGEMENT_PREFIX: u32 = 16;

/// How many ranges a page has unless the request says otherwise.
const RANGES: i32 = 5;

/// What an account asked for that brings licences.
#[derive(Clone, Debug)]
pub(super) struct Licences {
    asked: SystemTime,
    /// The range of the management network.
    range: String,
}

/// Whether the account may bring licences by now.
pub(super) fn brings_licences(state: &State) -> bool {
    enabled(state).is_some()
}

fn enabled(state: &State) -> Option<&Licences> {
    let licences = state.licences.as_ref();
    licences.filter(|licences| {
        let passed = state.now.duration_since(licences.asked);
        passed.is_ok_and(|passed| passed >= ENABLING)
    })
}

pub(super) fn describe(
    state: &mut State,
    _: DescribeAccountInput,
) -> Result<DescribeAccountOutput, Refusal> {
    let licences = enabled(state);
    Ok(DescribeAccountOutput::builder()
        .dedicated_tenancy_support(licences.map_or(Support::Disabled, |_| Support::Enabled))
        .set_dedicated_tenancy_management_cidr_range(licences.map(|it| it.range.clone()))
        .build())
}

pub(super) fn modify(
    state: &mut State,
    input: ModifyAccountInput,
) -> Result<ModifyAccountOutput, Refusal> {
    let (Some(_), Some(range)) = (
        input.dedicated_tenancy_support,
        input.dedicated_tenancy_management_cidr_range,
    ) else {
        let why = "Give both DedicatedTenancySupport and DedicatedTenancyManagementCidrRange.";
        return Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    };
    if state.licences.is_some() {
        let why = "The account is enabled to bring licences, or about to be.";
        return Err(Refusal::new(code::INVALID_RESOURCE_STATE, why));
    }
    if !available().any(|it| Some(it) == Cidr::parse(&range)) {
        let why = format!("The range {range} is not available for the management network.");
        return Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    }
    let asked = state.now;
    state.licences = Some(Licences { asked, range });
    Ok(ModifyAccountOutput::builder().build())
}

pub(super) fn modifications(
    state: &mut State,
    input: DescribeAccountModificationsInput,
) -> Result<DescribeAccountModificationsOutput, Refusal> {
    // There is one at most, so no token is ever given.
    Page::new(
        "DescribeAccountModifications",
        input.next_token.as_deref(),
        None,
    )?;
    let done = match enabled(state) {
        Some(_) => ModificationState::Completed,
        None => ModificationState::Pending,
    };
    let modification = |licences: &Licences| {
        AccountModification::builder()
            .modification_state(done)
            .dedicated_tenancy_support(Support::Enabled)
            .dedicated_tenancy_management_cidr_range(&licences.range)
            .start_time(DateTime::from(licences.asked))
            .build()
    };
    let all = state.licences.as_ref().map(modification);
    Ok(DescribeAccountModificationsOutput::builder()
        .set_account_modifications(Some(all.into_iter().collect()))
        .build())
}

pub(super) fn management_ranges(
    _: &mut State,
    input: ListAvailableManagementCidrRangesInput,
) -> Result<ListAvailableManagementCidrRangesOutput, Refusal> {
    let page = Page::new(
        "ListAvailableManagementCidrRanges",
        input.next_token.as_deref(),
        input.max_results.or(Some(RANGES)),
    )?;
    let text = input.management_cidr_range_constraint.unwrap_or_default();
    let Some(within) = Cidr::parse(&text) else {
        let why = format!("The range {text:?} is not in CIDR notation.");
        return Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    };
    let after = page.after.as_deref();
    let (found, next) = page.take(
        available()
            .enumerate()
            .filter(|(_, range)| within.contains(*range))
            .map(|(number, range)| (format!("{number:05}"), range.to_string()))
            .filter(|(key, _)| after.is_none_or(|after| key.as_str() > after)),
    );
    Ok(ListAvailableManagementCidrRangesOutput::builder()
        .set_management_cidr_ranges(found)
        .set_next_token(next)
        .build())
}

/// The ranges that a management network can have.
fn available() -> impl Iterator<Item = Cidr> {
    let networks = MANAGEMENT.iter().filter_map(|network| Cidr::parse(network));
    networks.flat_map(|network| network.split(MANAGEMENT_PREFIX))
}
