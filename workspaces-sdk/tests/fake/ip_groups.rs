//! IP access control groups: their rules, and their associations with directories.

use workspaces_sdk::Client;
use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::{IpRuleItem, Tag, WorkspacesIpGroup};

use super::service_errors::assert_service_errors;

const DIRECTORY: &str = "d-906700000a";
const OTHER: &str = "d-906700000b";
const UNREGISTERED: &str = "d-906700000c";
const UNKNOWN: &str = "wsipg-unknown00";

fn client() -> Client {
    Fake::builder()
        .directory(DIRECTORY, ["ada"])
        .directory(OTHER, ["grace"])
        .unregistered_directory(UNREGISTERED, ["ada"])
        .build()
        .client()
}

fn rule(range: &str) -> IpRuleItem {
    IpRuleItem::builder().ip_rule(range).build()
}

/// Returns `count` rules for different ranges.
fn rules(count: usize) -> Option<Vec<IpRuleItem>> {
    Some(
        (0..count)
            .map(|it| rule(&format!("10.0.{it}.0/24")))
            .collect(),
    )
}

async fn create(client: &Client, name: &str) -> String {
    let response = client.create_ip_group().group_name(name).send().await;
    response.unwrap().group_id.unwrap()
}

async fn group(client: &Client, id: &str) -> WorkspacesIpGroup {
    let response = client.describe_ip_groups().group_ids(id).send().await;
    response.unwrap().result.unwrap().remove(0)
}

async fn ranges(client: &Client, id: &str) -> Vec<String> {
    let rules = group(client, id).await.user_rules.unwrap().into_iter();
    rules.filter_map(|rule| rule.ip_rule).collect()
}

async fn associated(client: &Client, directory: &str) -> Vec<String> {
    let call = client.describe_workspace_directories();
    let response = call.directory_ids(directory).send().await.unwrap();
    response.directories()[0].ip_group_ids().to_vec()
}

#[tokio::test]
async fn rules_are_added_replaced_and_revoked() {
    let client = client();
    let response = client
        .create_ip_group()
        .group_name("office")
        .group_desc("Offices")
        .user_rules(rule("203.0.113.0/24"))
        .tags(Tag::builder().key("team").build().unwrap())
        .send()
        .await
        .unwrap();
    let id = response.group_id().unwrap();
    assert!(id.starts_with("wsipg-"), "{id}");
    let description = group(&client, id).await;
    assert_eq!(description.group_name(), Some("office"));
    assert_eq!(description.group_desc(), Some("Offices"));
    let tags = client.describe_tags().resource_id(id).send().await.unwrap();
    assert_eq!(tags.tag_list()[0].key, "team");

    let authorize = || client.authorize_ip_rules().group_id(id);
    let add = authorize().user_rules(rule("198.51.100.7/32"));
    add.send().await.unwrap();
    assert_eq!(
        ranges(&client, id).await,
        ["203.0.113.0/24", "198.51.100.7/32"]
    );
    let replacement = IpRuleItem::builder()
        .ip_rule("203.0.113.0/24")
        .rule_desc("Seattle");
    let replace = authorize().user_rules(replacement.build());
    replace.send().await.unwrap();
    assert_eq!(
        ranges(&client, id).await,
        ["198.51.100.7/32", "203.0.113.0/24"]
    );
    let description = group(&client, id).await;
    assert_eq!(description.user_rules()[1].rule_desc(), Some("Seattle"));

    let revoke = client.revoke_ip_rules().group_id(id);
    let revoke = revoke
        .user_rules("198.51.100.7/32")
        .user_rules("10.0.0.0/8");
    revoke.send().await.unwrap();
    assert_eq!(ranges(&client, id).await, ["203.0.113.0/24"]);

    let update = client.update_rules_of_ip_group().group_id(id);
    let update = update.user_rules(rule("192.0.2.0/24"));
    update.send().await.unwrap();
    assert_eq!(ranges(&client, id).await, ["192.0.2.0/24"]);
}

#[tokio::test]
async fn groups_are_associated_disassociated_and_deleted() {
    let client = client();
    let (one, two) = (create(&client, "one").await, create(&client, "two").await);
    assert!(associated(&client, DIRECTORY).await.is_empty());
    let associate = client.associate_ip_groups().directory_id(DIRECTORY);
    let associate = associate.group_ids(&one).group_ids(&two).group_ids(&one);
    associate.send().await.unwrap();
    assert_eq!(
        associated(&client, DIRECTORY).await,
        [one.clone(), two.clone()]
    );
    assert!(associated(&client, OTHER).await.is_empty());
    let disassociate = client.disassociate_ip_groups().directory_id(DIRECTORY);
    disassociate.group_ids(&one).send().await.unwrap();
    assert_eq!(associated(&client, DIRECTORY).await, [two]);
    let delete = client.delete_ip_group().group_id(&one);
    delete.send().await.unwrap();
    let response = client.describe_ip_groups().group_ids(one).send().await;
    assert!(response.unwrap().result().is_empty());
}

#[tokio::test]
async fn missing_groups_and_directories_are_errors_except_in_descriptions() {
    let client = client();
    let known = create(&client, "known").await;
    let response = client.describe_ip_groups().group_ids(UNKNOWN).send().await;
    assert!(response.unwrap().result().is_empty());
    let no_group = "IP group wsipg-unknown00 could not be found.";
    let no_directory = "Directory d-906700000c could not be found.";
    assert_service_errors! {
        client.delete_ip_group().group_id(UNKNOWN)
            => is_resource_not_found_exception, no_group;
        client.authorize_ip_rules().group_id(UNKNOWN).user_rules(rule("10.0.0.0/8"))
            => is_resource_not_found_exception, no_group;
        client.revoke_ip_rules().group_id(UNKNOWN).user_rules("10.0.0.0/8")
            => is_resource_not_found_exception, no_group;
        client.update_rules_of_ip_group().group_id(UNKNOWN).user_rules(rule("10.0.0.0/8"))
            => is_resource_not_found_exception, no_group;
        client.associate_ip_groups().directory_id(DIRECTORY).group_ids(&known).group_ids(UNKNOWN)
            => is_resource_not_found_exception, no_group;
        client.disassociate_ip_groups().directory_id(DIRECTORY).group_ids(UNKNOWN)
            => is_resource_not_found_exception, no_group;
        client.associate_ip_groups().directory_id(UNREGISTERED).group_ids(&known)
            => is_resource_not_found_exception, no_directory;
        client.disassociate_ip_groups().directory_id(UNREGISTERED).group_ids(&known)
            => is_resource_not_found_exception, no_directory;
    }
    assert!(associated(&client, DIRECTORY).await.is_empty());
}

#[tokio::test]
async fn quotas_apply() {
    let client = client();
    let mut groups = Vec::new();
    for number in 0..100 {
        groups.push(create(&client, &format!("group-{number}")).await);
    }
    let full = &groups[0];
    let update = client.update_rules_of_ip_group().group_id(full);
    update.set_user_rules(rules(10)).send().await.unwrap();
    let associate = |groups: &[String]| {
        let call = client.associate_ip_groups().directory_id(DIRECTORY);
        call.set_group_ids(Some(groups.to_vec()))
    };
    associate(&groups[..25]).send().await.unwrap();
    let too_many_rules = "An IP group has at most 10 rules.";
    assert_service_errors! {
        client.create_ip_group().group_name("more")
            => is_resource_limit_exceeded_exception, "A Region has at most 100 IP groups.";
        client.authorize_ip_rules().group_id(full).user_rules(rule("192.0.2.0/24"))
            => is_resource_limit_exceeded_exception, too_many_rules;
        client.update_rules_of_ip_group().group_id(full).set_user_rules(rules(11))
            => is_resource_limit_exceeded_exception, too_many_rules;
        associate(&groups[25..26])
            => is_resource_limit_exceeded_exception, "A directory has at most 25 IP groups.";
    }
    assert_eq!(ranges(&client, full).await.len(), 10);
    assert_eq!(associated(&client, DIRECTORY).await.len(), 25);
    let delete = client.delete_ip_group().group_id(&groups[99]);
    delete.send().await.unwrap();
    assert_service_errors! {
        client.create_ip_group().group_name("more").set_user_rules(rules(11))
            => is_resource_limit_exceeded_exception, too_many_rules;
    }
    create(&client, "more").await;
}

#[tokio::test]
async fn conflicting_requests_fail() {
    let client = client();
    let id = create(&client, "office").await;
    for directory in [DIRECTORY, OTHER] {
        let associate = client.associate_ip_groups().directory_id(directory);
        associate.group_ids(&id).send().await.unwrap();
    }
    let register = client.register_workspace_directory();
    register.directory_id(UNREGISTERED).send().await.unwrap();
    let not_registered = "Directory d-906700000c is not registered.";
    assert_service_errors! {
        client.create_ip_group().group_name("office")
            => is_resource_already_exists_exception, "An IP group named office already exists.";
        client.delete_ip_group().group_id(&id)
            => is_resource_associated_exception,
            format!("IP group {id} is associated with directories: {DIRECTORY}, {OTHER}.");
        client.associate_ip_groups().directory_id(UNREGISTERED).group_ids(&id)
            => is_invalid_resource_state_exception, not_registered;
        client.disassociate_ip_groups().directory_id(UNREGISTERED).group_ids(&id)
            => is_invalid_resource_state_exception, not_registered;
    }
}

#[tokio::test]
async fn invalid_ranges_fail() {
    let client = client();
    let id = create(&client, "office").await;
    for range in ["203.0.113.7", "203.0.113.0/33", "203.0.113/24", "office"] {
        let message =
            format!("The IP rule {range:?} is not a range of addresses in CIDR notation.");
        assert_service_errors! {
            client.create_ip_group().group_name("other").user_rules(rule(range))
                => is_invalid_parameter_values_exception, message;
            client.authorize_ip_rules().group_id(&id).user_rules(rule(range))
                => is_invalid_parameter_values_exception, message;
            client.update_rules_of_ip_group().group_id(&id).user_rules(rule(range))
                => is_invalid_parameter_values_exception, message;
            client.revoke_ip_rules().group_id(&id).user_rules(range)
                => is_invalid_parameter_values_exception, message;
        }
    }
    let response = client.describe_ip_groups().send().await.unwrap();
    assert_eq!(response.result().len(), 1);
}

#[tokio::test]
async fn groups_are_paginated() {
    let client = client();
    for number in 0..30 {
        create(&client, &format!("group-{number}")).await;
    }
    let describe = || client.describe_ip_groups();
    let first = describe().send().await.unwrap();
    let second = describe().next_token(first.next_token().unwrap());
    let second = second.send().await.unwrap();
    assert_eq!((first.result().len(), second.result().len()), (25, 5));
    assert_eq!(second.next_token(), None);
    assert_eq!(second.result()[4].group_name(), Some("group-29"));
    let small = describe().max_results(3).send().await.unwrap();
    assert_eq!(small.result().len(), 3);
}
