//! IP access control groups: from where users may connect.
//!
//! A directory without a group lets its users connect from everywhere.

use std::collections::BTreeMap;

use super::cidr::Cidr;
use super::directories::{self, Directory};
use super::page::Page;
use super::refusal::{Refusal, code, within};
use super::state::State;
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

/// How many groups a Region has, a directory is associated with, and how many rules a group has at most.
const MAX_GROUPS: usize = 100;
const MAX_ASSOCIATED: usize = 25;
const MAX_RULES: usize = 10;

/// Groups by their identifiers.
pub(super) type IpGroups = BTreeMap<String, WorkspacesIpGroup>;

pub(super) fn create(
    state: &mut State,
    input: CreateIpGroupInput,
) -> Result<CreateIpGroupOutput, Refusal> {
    let mut groups = state.ip_groups.values();
    if groups.any(|group| group.group_name == input.group_name) {
        let name = input.group_name.unwrap_or_default();
        let why = format!("There is an IP group named {name} already.");
        return Err(Refusal::new(code::RESOURCE_ALREADY_EXISTS, why));
    }
    within(
        state.ip_groups.len() + 1,
        MAX_GROUPS,
        "A Region has",
        "IP groups",
    )?;
    let rules = with(Vec::new(), input.user_rules.unwrap_or_default())?;
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
) -> Result<DeleteIpGroupOutput, Refusal> {
    let id = input.group_id.unwrap_or_default();
    find(state, &id)?;
    let directories = state.directories.iter();
    let associated = directories.filter(|(_, it)| it.seen.ip_group_ids().contains(&id));
    let associated: Vec<&str> = associated
        .map(|(directory, _)| directory.as_str())
        .collect();
    if !associated.is_empty() {
        let directories = associated.join(", ");
        let why = format!("IP group {id} is associated with directories: {directories}.");
        return Err(Refusal::new(code::RESOURCE_ASSOCIATED, why));
    }
    state.ip_groups.remove(&id);
    state.tags.remove(&id);
    Ok(DeleteIpGroupOutput::builder().build())
}

pub(super) fn describe(
    state: &mut State,
    input: DescribeIpGroupsInput,
) -> Result<DescribeIpGroupsOutput, Refusal> {
    let token = input.next_token.as_deref();
    let page = Page::new("DescribeIpGroups", token, input.max_results)?;
    let ids = input.group_ids.as_deref();
    let (found, next) = page.take(
        page.listed(&state.ip_groups, ids)
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
) -> Result<AuthorizeIpRulesOutput, Refusal> {
    let group = find(state, &input.group_id.unwrap_or_default())?;
    let rules = group.user_rules().to_vec();
    group.user_rules = Some(with(rules, input.user_rules.unwrap_or_default())?);
    Ok(AuthorizeIpRulesOutput::builder().build())
}

pub(super) fn revoke(
    state: &mut State,
    input: RevokeIpRulesInput,
) -> Result<RevokeIpRulesOutput, Refusal> {
    let group = find(state, input.group_id.as_deref().unwrap_or_default())?;
    for range in input.user_rules() {
        is_range(range)?;
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
) -> Result<UpdateRulesOfIpGroupOutput, Refusal> {
    let group = find(state, &input.group_id.unwrap_or_default())?;
    group.user_rules = Some(with(Vec::new(), input.user_rules.unwrap_or_default())?);
    Ok(UpdateRulesOfIpGroupOutput::builder().build())
}

pub(super) fn associate(
    state: &mut State,
    input: AssociateIpGroupsInput,
) -> Result<AssociateIpGroupsOutput, Refusal> {
    let (directory, groups) = both(state, input.directory_id, input.group_ids)?;
    let mut associated = directory.seen.ip_group_ids().to_vec();
    associated.extend(groups);
    associated.sort();
    associated.dedup();
    within(
        associated.len(),
        MAX_ASSOCIATED,
        "A directory has",
        "IP groups",
    )?;
    directory.seen.ip_group_ids = Some(associated);
    Ok(AssociateIpGroupsOutput::builder().build())
}

pub(super) fn disassociate(
    state: &mut State,
    input: DisassociateIpGroupsInput,
) -> Result<DisassociateIpGroupsOutput, Refusal> {
    let (directory, groups) = both(state, input.directory_id, input.group_ids)?;
    let associated = directory.seen.ip_group_ids.get_or_insert_default();
    associated.retain(|group| !groups.contains(group));
    Ok(DisassociateIpGroupsOutput::builder().build())
}

/// A directory and the groups that it is about, all of which are there.
fn both(
    state: &mut State,
    directory: Option<String>,
    groups: Option<Vec<String>>,
) -> Result<(&mut Directory, Vec<String>), Refusal> {
    let id = directory.unwrap_or_default();
    let groups = groups.unwrap_or_default();
    directories::find(state, &id)?;
    for group in &groups {
        find(state, group)?;
    }
    let directory = directories::find(state, &id)?;
    if !directory.is_registered() {
        let why = format!("Directory {id} is not registered.");
        return Err(Refusal::new(code::INVALID_RESOURCE_STATE, why));
    }
    Ok((directory, groups))
}

fn find<'a>(state: &'a mut State, id: &str) -> Result<&'a mut WorkspacesIpGroup, Refusal> {
    let group = state.ip_groups.get_mut(id);
    group.ok_or_else(|| Refusal::not_found("IP group", id))
}

/// The rules with those that are given; one for a range that there is already takes its place.
fn with(mut rules: Vec<IpRuleItem>, given: Vec<IpRuleItem>) -> Result<Vec<IpRuleItem>, Refusal> {
    for rule in given {
        is_range(rule.ip_rule().unwrap_or_default())?;
        rules.retain(|other| other.ip_rule != rule.ip_rule);
        rules.push(rule);
    }
    within(rules.len(), MAX_RULES, "An IP group has", "rules")?;
    Ok(rules)
}

fn is_range(text: &str) -> Result<(), Refusal> {
    if Cidr::parse(text).is_none() {
        let why = format!("The IP rule {text:?} is not a range of addresses in CIDR notation.");
        return Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    }
    Ok(())
}
