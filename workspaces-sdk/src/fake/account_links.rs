//! Account links, through which an account shares its license for Windows with another one.
//!
//! The account of the offline service can be on both sides of links. The other accounts do nothing by themselves.

use super::account;
use super::page::Page;
use super::saved::saved;
use super::service_error::{ServiceError, code};
use super::state::State;
use super::table::Table;
use crate::operation::accept_account_link_invitation::{
    AcceptAccountLinkInvitationInput, AcceptAccountLinkInvitationOutput,
};
use crate::operation::create_account_link_invitation::{
    CreateAccountLinkInvitationInput, CreateAccountLinkInvitationOutput,
};
use crate::operation::delete_account_link_invitation::{
    DeleteAccountLinkInvitationInput, DeleteAccountLinkInvitationOutput,
};
use crate::operation::get_account_link::{GetAccountLinkInput, GetAccountLinkOutput};
use crate::operation::list_account_links::{ListAccountLinksInput, ListAccountLinksOutput};
use crate::operation::reject_account_link_invitation::{
    RejectAccountLinkInvitationInput, RejectAccountLinkInvitationOutput,
};
use crate::types::AccountLinkStatusEnum::{
    self, Linked, PendingAcceptanceByTargetAccount, Rejected,
};
use crate::types::{AccountLink, DedicatedTenancyAccountType};

/// Links by identifier.
pub(super) type AccountLinks = Table<Link>;

/// A link between this account and another one.
#[derive(Debug)]
pub(super) struct Link {
    /// The account that invited the target.
    pub(super) source: String,
    pub(super) target: String,
    pub(super) status: AccountLinkStatusEnum,
    /// The token of the request that created the link.
    pub(super) created_by: Option<String>,
    /// The token of the request that accepted or rejected the link.
    pub(super) answered_by: Option<String>,
}

saved! {
    Link {
        "Source" => source;
        "Target" => target;
        "Status" => status;
        "CreatedBy" => created_by;
        "AnsweredBy" => answered_by;
    }
}

impl Link {
    fn describe(&self, id: &str) -> AccountLink {
        AccountLink::builder()
            .account_link_id(id)
            .account_link_status(self.status.clone())
            .source_account_id(&self.source)
            .target_account_id(&self.target)
            .build()
    }

    fn is_pending(&self) -> bool {
        self.status == PendingAcceptanceByTargetAccount
    }

    /// Whether the target is linked or invited.
    fn is_open(&self) -> bool {
        self.is_pending() || self.status == Linked
    }
}

/// Returns the account's part in its links, if it has any.
pub(super) fn account_type(state: &State) -> Option<DedicatedTenancyAccountType> {
    let mut linked = state.account_links.values();
    let link = linked.find(|link| link.status == Linked)?;
    Some(if link.source == state.account {
        DedicatedTenancyAccountType::SourceAccount
    } else {
        DedicatedTenancyAccountType::TargetAccount
    })
}

/// Adds an invitation of another account.
pub(super) fn add_invitation(state: &mut State, source: &str) {
    let id = state.ids.next("link-");
    let link = Link {
        source: source.to_owned(),
        target: state.account.clone(),
        status: PendingAcceptanceByTargetAccount,
        created_by: None,
        answered_by: None,
    };
    state.account_links.insert(id, link);
}

/// Accepts or rejects an invitation of this account in place of the target.
///
/// Returns `false` if there is no such invitation.
pub(super) fn answer_as_target(state: &mut State, target: &str, accept: bool) -> bool {
    let mut links = state.account_links.values_mut();
    let Some(link) = links.find(|link| link.target == target && link.is_pending()) else {
        return false;
    };
    link.status = if accept { Linked } else { Rejected };
    true
}

pub(super) fn create(
    state: &mut State,
    input: CreateAccountLinkInvitationInput,
) -> Result<CreateAccountLinkInvitationOutput, ServiceError> {
    let target = input.target_account_id.unwrap_or_default();
    if target == state.account {
        let message = "An account cannot be linked with itself.";
        return Err(ServiceError::new(code::VALIDATION, message));
    }
    account::check_byol_enabled(state)?;
    let mut links = state.account_links.iter();
    let open = links.find(|(_, link)| link.target == target && link.is_open());
    let link = match open {
        Some((id, link)) if link.created_by.is_some() && link.created_by == input.client_token => {
            link.describe(id)
        }
        Some(_) => {
            let message = format!("The account {target} is linked or invited.");
            return Err(ServiceError::new(code::CONFLICT, message));
        }
        None => {
            let id = state.ids.next("link-");
            let link = Link {
                source: state.account.clone(),
                target,
                status: PendingAcceptanceByTargetAccount,
                created_by: input.client_token,
                answered_by: None,
            };
            let output = link.describe(&id);
            state.account_links.insert(id, link);
            output
        }
    };
    Ok(CreateAccountLinkInvitationOutput::builder()
        .account_link(link)
        .build())
}

/// The side of a link that an operation requires the account to be on.
#[derive(Clone, Copy)]
enum Side {
    Source,
    Target,
}

/// Finds a pending link for an operation on a side of it.
///
/// # Errors
/// Returns a ResourceNotFoundException, an AccessDeniedException or a ConflictException.
fn find_pending<'a>(
    state: &'a mut State,
    id: &str,
    side: Side,
) -> Result<&'a mut Link, ServiceError> {
    let Some(link) = state.account_links.get_mut(id) else {
        return Err(ServiceError::not_found("Account link", id));
    };
    let account = match side {
        Side::Source => &link.source,
        Side::Target => &link.target,
    };
    if *account != state.account {
        let message = format!("Only the account {account} can do this with the link {id}.");
        return Err(ServiceError::new(code::ACCESS_DENIED, message));
    }
    if !link.is_pending() {
        let message = format!("The link {id} is {}.", link.status);
        return Err(ServiceError::new(code::CONFLICT, message));
    }
    Ok(link)
}

/// Accepts or rejects an invitation. A repeated request with the same token has the same response.
fn answer(
    state: &mut State,
    id: Option<String>,
    token: Option<String>,
    status: AccountLinkStatusEnum,
) -> Result<AccountLink, ServiceError> {
    let id = id.unwrap_or_default();
    if let Some(link) = state.account_links.get(&id)
        && link.status == status
        && link.answered_by.is_some()
        && link.answered_by == token
    {
        return Ok(link.describe(&id));
    }
    let is_linked = |link: &Link| link.target == state.account && link.status == Linked;
    let is_second = status == Linked && state.account_links.values().any(is_linked);
    let link = find_pending(state, &id, Side::Target)?;
    if is_second {
        let message = "The account is already linked with another account.";
        return Err(ServiceError::new(code::CONFLICT, message));
    }
    link.status = status;
    link.answered_by = token;
    Ok(link.describe(&id))
}

pub(super) fn accept(
    state: &mut State,
    input: AcceptAccountLinkInvitationInput,
) -> Result<AcceptAccountLinkInvitationOutput, ServiceError> {
    let link = answer(state, input.link_id, input.client_token, Linked)?;
    Ok(AcceptAccountLinkInvitationOutput::builder()
        .account_link(link)
        .build())
}

pub(super) fn reject(
    state: &mut State,
    input: RejectAccountLinkInvitationInput,
) -> Result<RejectAccountLinkInvitationOutput, ServiceError> {
    let link = answer(state, input.link_id, input.client_token, Rejected)?;
    Ok(RejectAccountLinkInvitationOutput::builder()
        .account_link(link)
        .build())
}

pub(super) fn delete(
    state: &mut State,
    input: DeleteAccountLinkInvitationInput,
) -> Result<DeleteAccountLinkInvitationOutput, ServiceError> {
    let id = input.link_id.unwrap_or_default();
    let link = find_pending(state, &id, Side::Source)?.describe(&id);
    state.account_links.remove(&id);
    Ok(DeleteAccountLinkInvitationOutput::builder()
        .account_link(link)
        .build())
}

pub(super) fn get(
    state: &mut State,
    input: GetAccountLinkInput,
) -> Result<GetAccountLinkOutput, ServiceError> {
    let links = &state.account_links;
    let (wanted, found) = match (input.link_id, input.linked_account_id) {
        (Some(id), None) => {
            let found = links.get(&id).map(|link| link.describe(&id));
            (id, found)
        }
        (None, Some(other)) => {
            // The latest link of several, as identifiers increase.
            let mut links = links.iter().rev();
            let found = links.find(|(_, link)| link.source == other || link.target == other);
            (other, found.map(|(id, link)| link.describe(id)))
        }
        _ => {
            let message = "Exactly one of LinkId and LinkedAccountId is required.";
            return Err(ServiceError::new(code::VALIDATION, message));
        }
    };
    let link = found.ok_or(ServiceError::not_found("Account link", &wanted))?;
    Ok(GetAccountLinkOutput::builder().account_link(link).build())
}

pub(super) fn list(
    state: &mut State,
    input: ListAccountLinksInput,
) -> Result<ListAccountLinksOutput, ServiceError> {
    let token = input.next_token.as_deref();
    let page = Page::new("ListAccountLinks", token, input.max_results)?;
    let statuses = input.link_status_filter();
    let (found, next) = page.take(
        page.select(&state.account_links, None)
            .filter(|(_, link)| statuses.is_empty() || statuses.contains(&link.status))
            .map(|(id, link)| (id.to_owned(), link.describe(id))),
    );
    Ok(ListAccountLinksOutput::builder()
        .set_account_links(found)
        .set_next_token(next)
        .build())
}
