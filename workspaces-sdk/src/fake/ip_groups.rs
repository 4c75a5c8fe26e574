//! IP access control groups, which limit the addresses that users can connect from.
//!
//! The users of a directory without a group can connect from any address.

use super::cidr::Cidr;
use super::directories::{self, Directory};
use super::page::Page;
use super::service_error::{ServiceError, check_quota, code};
use super::state::State;
use super::table::Table;
use super::tags;
use crate::operation::associate_ip_groups::{AssociateIpGroupsInput, AssociateIpGroupsOutput};
use crate::operation::authorize_ip_rules::{AuthorizeIpRulesInput, AuthorizeIpRulesOutput};
use crate::operation::create_ip_group::{CreateIpGroupInput, CreateIpGroupOutput};
use crate::operation::delete_ip_group::{DeleteIpGroupInput, DeleteIpGroupOutput};
use crate::operation::describe_ip_groups::{DescribeIpGroupsInput, DescribeIpGroupsOutput};
use crate::operation::disassociate_ip_groups::{
    DisassociateIpGroupsInput, DisassociateIpGroupsOutput,
};
use crate::operation::revoke_ip_rules::{RevokeIpRulesInput, RevokeIpRulesOutput};
use crate::operation::update_rules_of_ip_group::{
    UpdateRulesOfIpGroupInput, UpdateRulesOfIpGroupOutput,
};
use crate::types::{IpRuleItem, WorkspacesIpGroup};

/// The maximum number of groups in a Region.
const MAX_GROUPS: usize = 100;

/// The maximum number of groups that a directory is associated with.
const MAX_ASSOCIATED: usize = 25;

/// The maximum number of rules in a group.
const MAX_RULES: usize = 10;

/// IP groups by identifier.
pub(super) type IpGroups = Table<WorkspacesIpGroup>;

pub(super) fn create(
    state: &mut State,
    input: CreateIpGroupInput,
) -> Result<CreateIpGroupOutput, ServiceError> {
    let mut groups = state.ip_groups.values();
    if groups.any(|group| group.group_name == input.group_name) {
        let name = input.group_name.unwrap_or_default();
        let message = format!("An IP group named {name} already exists.");
        return Err(ServiceError::new(code::RESOURCE_ALREADY_EXISTS, message));
    }
    check_quota(
        state.ip_groups.len() + 1,
        MAX_GROUPS,
        "A Region has",
        "IP groups",
    )?;
    let rules = merge_rules(Vec::new(), input.user_rules.unwrap_or_default())?;
    let id = state.ids.next("wsipg-");
    tags::add(state, &id, &input.tags.unwrap_or_default())?;
    let group = WorkspacesIpGroup::builder()
        .group_id(&id)
        .set_group_name(input.group_name)
        .set_group_desc(input.group_desc)
        .set_user_rules(Some(rules))
        .build();
    state.ip_groups.insert(id.clone(), group);
    Ok(CreateIpGroupOutput::builder().group_id(id).build())
}

pub(super) fn delete(
    state: &mut State,
    input: DeleteIpGroupInput,
) -> Result<DeleteIpGroupOutput, ServiceError> {
    let id = input.group_id.unwrap_or_default();
    find(state, &id)?;
    let directories = state.directories.iter();
    let associated = directories.filter(|(_, it)| it.description.ip_group_ids().contains(&id));
    let associated: Vec<&str> = associated
        .map(|(directory, _)| directory.as_str())
        .collect();
    if !associated.is_empty() {
        let directories = associated.join(", ");
        let message = format!("IP group {id} is associated with directories: {directories}.");
        return Err(ServiceError::new(code::RESOURCE_ASSOCIATED, message));
    }
    state.ip_groups.remove(&id);
    state.tags.remove(&id);
    Ok(DeleteIpGroupOutput::builder().build())
}

pub(super) fn describe(
    state: &mut State,
    input: DescribeIpGroupsInput,
) -> Result<DescribeIpGroupsOutput, ServiceError> {
    let token = input.next_token.as_deref();
    let page = Page::new("DescribeIpGroups", token, input.max_results)?;
    let ids = input.group_ids.as_deref();
    let (found, next) = page.take(
        page.select(&state.ip_groups, ids)
            .map(|(id, group)| (id.to_owned(), group.clone())),
    );
    Ok(DescribeIpGroupsOutput::builder()
        .set_result(found)
        .set_next_token(next)
        .build())
}

pub(super) fn authorize(
    state: &mut State,
    input: AuthorizeIpRulesInput,
) -> Result<AuthorizeIpRulesOutput, ServiceError> {
    let group = find(state, &input.group_id.unwrap_or_default())?;
    let rules = group.user_rules().to_vec();
    group.user_rules = Some(merge_rules(rules, input.user_rules.unwrap_or_default())?);
    Ok(AuthorizeIpRulesOutput::builder().build())
}

pub(super) fn revoke(
    state: &mut State,
    input: RevokeIpRulesInput,
) -> Result<RevokeIpRulesOutput, ServiceError> {
    let group = find(state, input.group_id.as_deref().unwrap_or_default())?;
    for range in input.user_rules() {
        check_range(range)?;
    }
    let rules = group.user_rules.get_or_insert_default();
    rules.retain(|rule| {
        let range = rule.ip_rule.as_ref();
        !range.is_some_and(|range| input.user_rules().contains(range))
    });
    Ok(RevokeIpRulesOutput::builder().build())
}

pub(super) fn update(
    state: &mut State,
    input: UpdateRulesOfIpGroupInput,
) -> Result<UpdateRulesOfIpGroupOutput, ServiceError> {
    let group = find(state, &input.group_id.unwrap_or_default())?;
    group.user_rules = Some(merge_rules(
        Vec::new(),
        input.user_rules.unwrap_or_default(),
    )?);
    Ok(UpdateRulesOfIpGroupOutput::builder().build())
}

pub(super) fn associate(
    state: &mut State,
    input: AssociateIpGroupsInput,
) -> Result<AssociateIpGroupsOutput, ServiceError> {
    let (directory, groups) =
        find_directory_and_groups(state, input.directory_id, input.group_ids)?;
    let mut associated = directory.description.ip_group_ids().to_vec();
    associated.extend(groups);
    associated.sort();
    associated.dedup();
    check_quota(
        associated.len(),
        MAX_ASSOCIATED,
        "A directory has",
        "IP groups",
    )?;
    directory.description.ip_group_ids = Some(associated);
    Ok(AssociateIpGroupsOutput::builder().build())
}

pub(super) fn disassociate(
    state: &mut State,
    input: DisassociateIpGroupsInput,
) -> Result<DisassociateIpGroupsOutput, ServiceError> {
    let (directory, groups) =
        find_directory_and_groups(state, input.directory_id, input.group_ids)?;
    let associated = directory.description.ip_group_ids.get_or_insert_default();
    associated.retain(|group| !groups.contains(group));
    Ok(DisassociateIpGroupsOutput::builder().build())
}

/// Finds a registered directory, and checks that all groups exist.
///
/// # Errors
/// Returns a ResourceNotFoundException or an InvalidResourceStateException.
fn find_directory_and_groups(
    state: &mut State,
    directory: Option<String>,
    groups: Option<Vec<String>>,
) -> Result<(&mut Directory, Vec<String>), ServiceError> {
    let id = directory.unwrap_or_default();
    let groups = groups.unwrap_or_default();
    directories::find(state, &id)?;
    for group in &groups {
        find(state, group)?;
    }
    let directory = directories::find(state, &id)?;
    if !directory.is_registered() {
        let message = format!("Directory {id} is not registered.");
        return Err(ServiceError::new(code::INVALID_RESOURCE_STATE, message));
    }
    Ok((directory, groups))
}

fn find<'a>(state: &'a mut State, id: &str) -> Result<&'a mut WorkspacesIpGroup, ServiceError> {
    let group = state.ip_groups.get_mut(id);
    group.ok_or_else(|| ServiceError::not_found("IP group", id))
}

/// Merges `new_rules` into `rules`. A new rule replaces an existing rule for the same range.
fn merge_rules(
    mut rules: Vec<IpRuleItem>,
    new_rules: Vec<IpRuleItem>,
) -> Result<Vec<IpRuleItem>, ServiceError> {
    for rule in new_rules {
        check_range(rule.ip_rule().unwrap_or_default())?;
        rules.retain(|other| other.ip_rule != rule.ip_rule);
        rules.push(rule);
        // At once, so that a long list takes no long time.
        check_quota(rules.len(), MAX_RULES, "An IP group has", "rules")?;
    }
    Ok(rules)
}

fn check_range(range: &str) -> Result<(), ServiceError> {
    if Cidr::parse(range).is_none() {
        let message =
            format!("The IP rule {range:?} is not a range of addresses in CIDR notation.");
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    Ok(())
}
