//! Account links: invitations on both sides, and what a link changes.

use workspaces_sdk::Client;
use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::{
    AccountLinkStatusEnum as Status, DedicatedTenancyAccountType, DedicatedTenancySupportResultEnum,
};

use super::byol_enabled;
use super::service_errors::assert_service_errors;

const OTHER: &str = "210987654321";
const THIRD: &str = "111122223333";

async fn invite(client: &Client, account: &str) -> String {
    let call = client
        .create_account_link_invitation()
        .target_account_id(account);
    let link = call.send().await.unwrap().account_link.unwrap();
    assert_eq!(
        link.account_link_status(),
        Some(&Status::PendingAcceptanceByTargetAccount)
    );
    assert_eq!(link.source_account_id(), Some("123456789012"));
    link.account_link_id.unwrap()
}

async fn statuses(client: &Client, filter: &[Status]) -> Vec<Status> {
    let call = client.list_account_links();
    let call = match filter {
        [] => call,
        filter => call.set_link_status_filter(Some(filter.to_vec())),
    };
    let found = call.send().await.unwrap().account_links.unwrap();
    let statuses = found.into_iter().map(|link| link.account_link_status);
    statuses.map(Option::unwrap).collect()
}

#[tokio::test]
async fn another_account_accepts_or_rejects_an_invitation() {
    let (fake, client) = byol_enabled().await;
    let first = invite(&client, OTHER).await;
    invite(&client, THIRD).await;
    let again = || {
        client
            .create_account_link_invitation()
            .target_account_id(OTHER)
    };
    assert_service_errors! { again() => is_conflict_exception; }
    assert!(fake.answer_account_link(OTHER, true));
    assert!(fake.answer_account_link(THIRD, false));
    assert!(!fake.answer_account_link(THIRD, true));
    assert_eq!(
        statuses(&client, &[]).await,
        [Status::Linked, Status::Rejected]
    );
    assert_eq!(statuses(&client, &[Status::Linked]).await, [Status::Linked]);
    let account = client.describe_account().send().await.unwrap();
    assert_eq!(
        account.dedicated_tenancy_account_type(),
        Some(&DedicatedTenancyAccountType::SourceAccount)
    );
    assert_service_errors! {
        again() => is_conflict_exception;
        client.delete_account_link_invitation().link_id(&first) => is_conflict_exception;
    }
    invite(&client, THIRD).await;
}

#[tokio::test]
async fn an_invitation_is_withdrawn() {
    let (_, client) = byol_enabled().await;
    let id = invite(&client, OTHER).await;
    let get = || client.get_account_link().link_id(&id);
    get().send().await.unwrap();
    let delete = || client.delete_account_link_invitation().link_id(&id);
    let deleted = delete().send().await.unwrap().account_link.unwrap();
    assert_eq!(deleted.account_link_id(), Some(id.as_str()));
    assert_service_errors! {
        get() => is_resource_not_found_exception;
        delete() => is_resource_not_found_exception;
    }
}

#[tokio::test]
async fn an_invitation_of_another_account_is_accepted_or_rejected() {
    let fake = Fake::builder()
        .account_link_invitation(OTHER)
        .account_link_invitation(THIRD)
        .build();
    let client = fake.client();
    let links = client.list_account_links().max_results(1).send();
    let links = links.await.unwrap();
    assert!(links.next_token().is_some());
    let id = links.account_links()[0].account_link_id().unwrap();
    let by_account = client.get_account_link().linked_account_id(THIRD).send();
    let third = by_account.await.unwrap().account_link.unwrap();
    let third = third.account_link_id().unwrap();
    let accept = |id: &str, token: &str| {
        client
            .accept_account_link_invitation()
            .link_id(id)
            .client_token(token)
    };
    let reject = |id: &str| client.reject_account_link_invitation().link_id(id);
    assert_service_errors! {
        client.delete_account_link_invitation().link_id(id) => is_access_denied_exception;
    }
    for _ in 0..2 {
        let link = accept(id, "one").send().await.unwrap().account_link;
        assert_eq!(link.unwrap().account_link_status(), Some(&Status::Linked));
    }
    assert_service_errors! {
        accept(id, "two") => is_conflict_exception;
        accept(third, "one") => is_conflict_exception;
    }
    let rejected = reject(third).send().await.unwrap().account_link.unwrap();
    assert_eq!(rejected.account_link_status(), Some(&Status::Rejected));
    assert_service_errors! { reject(third) => is_conflict_exception; }
    let account = client.describe_account().send().await.unwrap();
    assert_eq!(
        account.dedicated_tenancy_account_type(),
        Some(&DedicatedTenancyAccountType::TargetAccount)
    );
    assert_eq!(
        account.dedicated_tenancy_support(),
        Some(&DedicatedTenancySupportResultEnum::Enabled)
    );
}

#[tokio::test]
async fn invalid_requests_fail() {
    let (_, client) = byol_enabled().await;
    let id = invite(&client, OTHER).await;
    let create = |account: &str| {
        client
            .create_account_link_invitation()
            .target_account_id(account)
    };
    let nothing = "link-nothing01";
    let token = create(THIRD).client_token("once");
    let one = token.clone().send().await.unwrap().account_link;
    let two = token.send().await.unwrap().account_link;
    assert_eq!(one, two);
    let disabled = Fake::new().client();
    assert_service_errors! {
        create("123456789012") => is_validation_exception;
        create(THIRD).client_token("twice") => is_conflict_exception;
        disabled.create_account_link_invitation().target_account_id(OTHER)
            => is_access_denied_exception;
        client.accept_account_link_invitation().link_id(&id) => is_access_denied_exception;
        client.reject_account_link_invitation().link_id(&id) => is_access_denied_exception;
        client.accept_account_link_invitation().link_id(nothing) => is_resource_not_found_exception;
        client.reject_account_link_invitation().link_id(nothing) => is_resource_not_found_exception;
        client.get_account_link().link_id(nothing) => is_resource_not_found_exception;
        client.get_account_link().linked_account_id("999999999999")
            => is_resource_not_found_exception;
        client.get_account_link() => is_validation_exception;
        client.get_account_link().link_id(&id).linked_account_id(OTHER) => is_validation_exception;
    }
}
