//! Connection aliases: the domain names through which users reach the directories of several Regions.

use std::time::Duration;

use super::page::Page;
use super::saved::saved;
use super::service_error::{ServiceError, check_quota, code};
use super::state::{Event, State};
use super::{directories, tags};
use crate::fake::table::Table;
use crate::operation::associate_connection_alias::{
    AssociateConnectionAliasInput, AssociateConnectionAliasOutput,
};
use crate::operation::create_connection_alias::{
    CreateConnectionAliasInput, CreateConnectionAliasOutput,
};
use crate::operation::delete_connection_alias::{
    DeleteConnectionAliasInput, DeleteConnectionAliasOutput,
};
use crate::operation::describe_connection_aliases::{
    DescribeConnectionAliasesInput, DescribeConnectionAliasesOutput,
};
use crate::operation::disassociate_connection_alias::{
    DisassociateConnectionAliasInput, DisassociateConnectionAliasOutput,
};
use crate::types::AssociationStatus::{
    self, AssociatedWithOwnerAccount, NotAssociated, PendingAssociation, PendingDisassociation,
};
use crate::types::ConnectionAliasState::{self, Created, Creating, Deleting};
use crate::types::{ConnectionAlias, ConnectionAliasAssociation};

mod permissions;

pub(super) use permissions::{describe_permissions, update_permission};

/// The maximum number of aliases of an account in a Region.
const MAX_ALIASES: usize = 20;

/// The duration of each transitional state. That creation and deletion end well within 30 seconds was observed.
const TRANSITION_TIME: Duration = Duration::from_secs(15);

/// Aliases by identifier.
pub(super) type ConnectionAliases = Table<Alias>;

/// A connection alias.
#[derive(Debug)]
pub(super) struct Alias {
    /// The domain name.
    pub(super) connection_string: String,
    pub(super) state: ConnectionAliasState,
    pub(super) association: AssociationStatus,
    /// The directory that the alias is associated with.
    pub(super) directory: Option<String>,
    /// What the record of the domain name contains while the alias is associated.
    pub(super) identifier: Option<String>,
    /// The account that the alias is shared with.
    pub(super) shared_with: Option<String>,
}

saved! {
    Alias {
        "ConnectionString" => connection_string;
        "State" => state;
        "Association" => association;
        "Directory" => directory;
        "Identifier" => identifier;
        "SharedWith" => shared_with;
    }
}

impl Alias {
    fn describe(&self, id: &str, account: &str) -> ConnectionAlias {
        let association = ConnectionAliasAssociation::builder()
            .association_status(self.association.clone())
            .set_associated_account_id(self.directory.as_ref().map(|_| account.to_owned()))
            .set_resource_id(self.directory.clone())
            .set_connection_identifier(self.identifier.clone());
        ConnectionAlias::builder()
            .connection_string(&self.connection_string)
            .alias_id(id)
            .state(self.state.clone())
            .owner_account_id(account)
            .associations(association.build())
            .build()
    }

    fn dissociate(&mut self) {
        self.association = NotAssociated;
        self.directory = None;
        self.identifier = None;
    }
}

/// Finds an alias.
///
/// # Errors
/// Returns a ResourceNotFoundException if no alias has this ID.
fn find<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Alias, ServiceError> {
    let alias = state.connection_aliases.get_mut(id);
    alias.ok_or(ServiceError::not_found("Connection alias", id))
}

/// Finds an alias that is CREATED.
///
/// # Errors
/// Returns a ResourceNotFoundException or an InvalidResourceStateException.
fn find_created<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Alias, ServiceError> {
    let alias = find(state, id)?;
    if alias.state == Created {
        return Ok(alias);
    }
    Err(invalid_state(id, alias.state.as_str()))
}

fn invalid_state(id: &str, state: &str) -> ServiceError {
    let message = format!("The connection alias {id} is {state}.");
    ServiceError::new(code::INVALID_RESOURCE_STATE, message)
}

fn associated(id: &str, with: &str) -> ServiceError {
    let message = format!("The connection alias {id} is {with}.");
    ServiceError::new(code::RESOURCE_ASSOCIATED, message).with_resource(id)
}

/// Schedules the end of a transitional state.
fn schedule(state: &mut State, operation: &str, id: &str) {
    state.schedule_change(operation, &[id], TRANSITION_TIME, |_| {
        Event::ConnectionAlias(id.to_owned())
    });
}

/// Ends the transitional state of an alias, of which it has at most one at a time.
pub(super) fn apply_event(state: &mut State, id: &str) {
    let Some(alias) = state.connection_aliases.get_mut(id) else {
        return;
    };
    match (&alias.state, &alias.association) {
        (Creating, _) => alias.state = Created,
        (Deleting, _) => {
            state.connection_aliases.remove(id);
            state.tags.remove(id);
        }
        (_, PendingAssociation) => alias.association = AssociatedWithOwnerAccount,
        (_, PendingDisassociation) => alias.dissociate(),
        _ => {}
    }
}

/// Ends the associations with a directory that is deregistered.
pub(super) fn remove_directory(state: &mut State, directory: &str) {
    let aliases = state.connection_aliases.values_mut();
    for alias in aliases.filter(|alias| alias.directory.as_deref() == Some(directory)) {
        alias.dissociate();
    }
}

pub(super) fn create(
    state: &mut State,
    input: CreateConnectionAliasInput,
) -> Result<CreateConnectionAliasOutput, ServiceError> {
    let connection_string = input.connection_string.unwrap_or_default();
    let mut aliases = state.connection_aliases.values();
    if aliases.any(|alias| alias.connection_string == connection_string) {
        let message = format!("The connection string {connection_string} is in use.");
        return Err(ServiceError::new(code::RESOURCE_ALREADY_EXISTS, message));
    }
    check_quota(
        state.connection_aliases.len() + 1,
        MAX_ALIASES,
        "A Region has",
        "connection aliases",
    )?;
    let id = state.ids.next("wsca-");
    tags::add(state, &id, &input.tags.unwrap_or_default())?;
    let alias = Alias {
        connection_string,
        state: Creating,
        association: NotAssociated,
        directory: None,
        identifier: None,
        shared_with: None,
    };
    state.connection_aliases.insert(id.clone(), alias);
    schedule(state, "CreateConnectionAlias", &id);
    Ok(CreateConnectionAliasOutput::builder().alias_id(id).build())
}

pub(super) fn delete(
    state: &mut State,
    input: DeleteConnectionAliasInput,
) -> Result<DeleteConnectionAliasOutput, ServiceError> {
    let id = input.alias_id.unwrap_or_default();
    let alias = find_created(state, &id)?;
    if alias.association != NotAssociated {
        return Err(associated(&id, "associated with a directory"));
    }
    if alias.shared_with.is_some() {
        return Err(associated(&id, "shared with another account"));
    }
    alias.state = Deleting;
    schedule(state, "DeleteConnectionAlias", &id);
    Ok(DeleteConnectionAliasOutput::builder().build())
}

pub(super) fn describe(
    state: &mut State,
    input: DescribeConnectionAliasesInput,
) -> Result<DescribeConnectionAliasesOutput, ServiceError> {
    if input.alias_ids.is_some() && input.resource_id.is_some() {
        let message = "AliasIds and ResourceId are mutually exclusive.";
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    let token = input.next_token.as_deref();
    let page = Page::new("DescribeConnectionAliases", token, input.limit)?;
    let directory = input.resource_id.as_ref();
    let account = state.account.as_str();
    let (found, next) = page.take(
        page.select(&state.connection_aliases, input.alias_ids.as_deref())
            .filter(|(_, alias)| directory.is_none() || alias.directory.as_ref() == directory)
            .map(|(id, alias)| (id.to_owned(), alias.describe(id, account))),
    );
    Ok(DescribeConnectionAliasesOutput::builder()
        .set_connection_aliases(found)
        .set_next_token(next)
        .build())
}

pub(super) fn associate(
    state: &mut State,
    input: AssociateConnectionAliasInput,
) -> Result<AssociateConnectionAliasOutput, ServiceError> {
    let id = input.alias_id.unwrap_or_default();
    let directory = input.resource_id.unwrap_or_default();
    let association = find_created(state, &id)?.association.clone();
    match association {
        NotAssociated => {}
        PendingDisassociation => return Err(invalid_state(&id, association.as_str())),
        _ => return Err(associated(&id, "associated with a directory")),
    }
    directories::find(state, &directory)?;
    let identifier = state.ids.next("").to_uppercase();
    let alias = find(state, &id)?;
    alias.association = PendingAssociation;
    alias.directory = Some(directory);
    alias.identifier = Some(identifier.clone());
    schedule(state, "AssociateConnectionAlias", &id);
    Ok(AssociateConnectionAliasOutput::builder()
        .connection_identifier(identifier)
        .build())
}

pub(super) fn disassociate(
    state: &mut State,
    input: DisassociateConnectionAliasInput,
) -> Result<DisassociateConnectionAliasOutput, ServiceError> {
    let id = input.alias_id.unwrap_or_default();
    let alias = find_created(state, &id)?;
    if alias.association != AssociatedWithOwnerAccount {
        return Err(invalid_state(&id, alias.association.as_str()));
    }
    alias.association = PendingDisassociation;
    schedule(state, "DisassociateConnectionAlias", &id);
    Ok(DisassociateConnectionAliasOutput::builder().build())
}
