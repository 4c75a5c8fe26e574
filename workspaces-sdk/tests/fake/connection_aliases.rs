//! Connection aliases: their states, associations and permissions.

use std::time::Duration;

use workspaces_sdk::Client;
use workspaces_sdk::fake::Fake;
use workspaces_sdk::operation::update_connection_alias_permission::builders::UpdateConnectionAliasPermissionFluentBuilder;
use workspaces_sdk::types::{
    AssociationStatus, ConnectionAlias, ConnectionAliasPermission, ConnectionAliasState, Tag,
};

use super::service_errors::assert_service_errors;
use super::{DIRECTORY, seeded};

const HALF_MINUTE: Duration = Duration::from_secs(30);
const OTHER_ACCOUNT: &str = "210987654321";

async fn created(fake: &Fake, name: &str) -> String {
    let call = fake.client().create_connection_alias();
    let call = call.connection_string(name);
    let id = call.send().await.unwrap().alias_id.unwrap();
    fake.advance(HALF_MINUTE);
    id
}

async fn described(client: &Client, id: &str) -> Option<ConnectionAlias> {
    let call = client.describe_connection_aliases().alias_ids(id);
    call.send().await.unwrap().connection_aliases?.pop()
}

fn share(
    client: &Client,
    id: &str,
    account: &str,
    allow: bool,
) -> UpdateConnectionAliasPermissionFluentBuilder {
    let permission = ConnectionAliasPermission::builder()
        .shared_account_id(account)
        .allow_association(allow);
    client
        .update_connection_alias_permission()
        .alias_id(id)
        .connection_alias_permission(permission.build().unwrap())
}

#[tokio::test]
async fn an_alias_is_created_associated_and_deleted() {
    let fake = seeded().build();
    let client = fake.client();
    let create = client
        .create_connection_alias()
        .connection_string("desktop.example.com")
        .tags(Tag::builder().key("team").value("red").build().unwrap());
    let id = create.send().await.unwrap().alias_id.unwrap();
    let alias = described(&client, &id).await.unwrap();
    assert_eq!(alias.state(), Some(&ConnectionAliasState::Creating));
    assert_eq!(alias.owner_account_id(), Some("123456789012"));
    let associate = || {
        client
            .associate_connection_alias()
            .alias_id(&id)
            .resource_id(DIRECTORY)
    };
    let disassociate = || client.disassociate_connection_alias().alias_id(&id);
    let delete = || client.delete_connection_alias().alias_id(&id);
    assert_service_errors! {
        associate() => is_invalid_resource_state_exception;
        share(&client, &id, OTHER_ACCOUNT, true) => is_invalid_resource_state_exception;
        delete() => is_invalid_resource_state_exception;
    }
    fake.advance(HALF_MINUTE);
    assert_service_errors! { disassociate() => is_invalid_resource_state_exception; }
    let identifier = associate().send().await.unwrap().connection_identifier;
    let status = async || {
        let alias = described(&client, &id).await.unwrap();
        alias.associations()[0].association_status().cloned()
    };
    assert_eq!(status().await, Some(AssociationStatus::PendingAssociation));
    fake.advance(HALF_MINUTE);
    let expected = AssociationStatus::AssociatedWithOwnerAccount;
    assert_eq!(status().await, Some(expected));
    let found = client.describe_connection_aliases().resource_id(DIRECTORY);
    let found = found.send().await.unwrap().connection_aliases.unwrap();
    let association = &found[0].associations()[0];
    assert_eq!(association.resource_id(), Some(DIRECTORY));
    assert_eq!(association.connection_identifier, identifier);
    assert_service_errors! {
        associate() => is_resource_associated_exception;
        delete() => is_resource_associated_exception;
    }
    disassociate().send().await.unwrap();
    assert_service_errors! { associate() => is_invalid_resource_state_exception; }
    fake.advance(HALF_MINUTE);
    assert_eq!(status().await, Some(AssociationStatus::NotAssociated));
    let none = client.describe_connection_aliases().resource_id(DIRECTORY);
    assert_eq!(none.send().await.unwrap().connection_aliases(), []);
    let tags = client.describe_tags().resource_id(&id);
    assert_eq!(tags.send().await.unwrap().tag_list().len(), 1);

    delete().send().await.unwrap();
    let alias = described(&client, &id).await.unwrap();
    assert_eq!(alias.state(), Some(&ConnectionAliasState::Deleting));
    fake.advance(HALF_MINUTE);
    assert_eq!(described(&client, &id).await, None);
    assert_service_errors! { delete() => is_resource_not_found_exception; }
    created(&fake, "desktop.example.com").await;
}

#[tokio::test]
async fn an_alias_is_shared_with_one_account() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, "desktop.example.com").await;
    share(&client, &id, OTHER_ACCOUNT, true)
        .send()
        .await
        .unwrap();
    share(&client, &id, OTHER_ACCOUNT, true)
        .send()
        .await
        .unwrap();
    assert_service_errors! {
        share(&client, &id, "111122223333", true) => is_resource_limit_exceeded_exception;
        share(&client, &id, "111122223333", false) => is_invalid_parameter_values_exception;
        share(&client, &id, "123456789012", true) => is_invalid_parameter_values_exception;
        client.delete_connection_alias().alias_id(&id) => is_resource_associated_exception;
    }
    let permissions = || {
        let call = client.describe_connection_alias_permissions();
        call.alias_id(&id).send()
    };
    let found = permissions().await.unwrap();
    let found = found.connection_alias_permissions();
    assert_eq!(found[0].shared_account_id(), OTHER_ACCOUNT);
    assert!(found[0].allow_association());
    share(&client, &id, OTHER_ACCOUNT, false)
        .send()
        .await
        .unwrap();
    let found = permissions().await.unwrap();
    assert_eq!(found.connection_alias_permissions(), []);
    let delete = client.delete_connection_alias().alias_id(&id);
    delete.send().await.unwrap();
}

#[tokio::test]
async fn invalid_requests_fail() {
    let fake = seeded().build();
    let client = fake.client();
    let id = created(&fake, "0.example.com").await;
    for number in 1..20 {
        created(&fake, &format!("{number}.example.com")).await;
    }
    let nothing = "wsca-nothing01";
    let associate = |id: &str, directory: &str| {
        client
            .associate_connection_alias()
            .alias_id(id)
            .resource_id(directory)
    };
    assert_service_errors! {
        client.create_connection_alias().connection_string("0.example.com")
            => is_resource_already_exists_exception;
        client.create_connection_alias().connection_string("20.example.com")
            => is_resource_limit_exceeded_exception;
        associate(&id, "d-9067000000") => is_resource_not_found_exception;
        associate(nothing, DIRECTORY) => is_resource_not_found_exception;
        client.disassociate_connection_alias().alias_id(nothing) => is_resource_not_found_exception;
        client.describe_connection_alias_permissions().alias_id(nothing)
            => is_resource_not_found_exception;
        share(&client, nothing, OTHER_ACCOUNT, true) => is_resource_not_found_exception;
        client.describe_connection_aliases().alias_ids(&id).resource_id(DIRECTORY)
            => is_invalid_parameter_values_exception;
    }
    let mut sizes = Vec::new();
    let mut token = None;
    loop {
        let call = client.describe_connection_aliases().limit(8);
        let page = call.set_next_token(token).send().await.unwrap();
        sizes.push(page.connection_aliases().len());
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [8, 8, 4]);
}
