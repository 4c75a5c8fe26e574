//! Tags of resources of all kinds.

use workspaces_sdk::Client;
use workspaces_sdk::fake::{BUNDLE_ID, Fake};
use workspaces_sdk::types::{Tag, WorkspaceRequest};

use super::service_errors::assert_service_errors;

const DIRECTORY: &str = "d-906700000a";
const UNREGISTERED: &str = "d-906700000b";

fn client() -> Client {
    Fake::builder()
        .directory(DIRECTORY, ["ada"])
        .unregistered_directory(UNREGISTERED, ["ada"])
        .build()
        .client()
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build().unwrap()
}

async fn tags_of(client: &Client, id: &str) -> Vec<(String, String)> {
    let response = client.describe_tags().resource_id(id).send().await;
    let tags = response.unwrap().tag_list.unwrap().into_iter();
    tags.map(|tag| (tag.key, tag.value.unwrap_or_default()))
        .collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    let pairs = pairs.into_iter();
    pairs
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

#[tokio::test]
async fn tags_are_added_replaced_and_deleted() {
    let client = client();
    let request = WorkspaceRequest::builder()
        .directory_id(DIRECTORY)
        .user_name("ada")
        .bundle_id(BUNDLE_ID)
        .tags(tag("created", "early"))
        .build()
        .unwrap();
    let create = client.create_workspaces().workspaces(request);
    let created = create.send().await.unwrap();
    let workspace = created.pending_requests()[0].workspace_id().unwrap();
    let group = client.create_ip_group().group_name("office");
    let group = group.tags(tag("created", "early")).send().await.unwrap();
    let group = group.group_id().unwrap();
    let initial = pairs([("created", "early")]);
    let rows = [
        (workspace, initial.clone()),
        (group, initial),
        (DIRECTORY, Vec::new()),
    ];
    for (id, before) in rows {
        assert_eq!(tags_of(&client, id).await, before, "{id}");
        let create = client.create_tags().resource_id(id);
        let create = create.tags(tag("created", "late")).tags(tag("team", "a"));
        create.send().await.unwrap();
        let after = pairs([("created", "late"), ("team", "a")]);
        assert_eq!(tags_of(&client, id).await, after, "{id}");
        let delete = client.delete_tags().resource_id(id);
        let delete = delete.tag_keys("team").tag_keys("none");
        delete.send().await.unwrap();
        assert_eq!(
            tags_of(&client, id).await,
            pairs([("created", "late")]),
            "{id}"
        );
    }
}

#[tokio::test]
async fn a_resource_has_at_most_fifty_tags() {
    let client = client();
    let create = || client.create_tags().resource_id(DIRECTORY);
    let fifty = (0..50).map(|number| tag(&format!("key-{number}"), ""));
    let fifty = create().set_tags(Some(fifty.collect()));
    fifty.send().await.unwrap();
    let replaced = create().tags(tag("key-7", "new"));
    replaced.send().await.unwrap();
    assert_service_errors! {
        create().tags(tag("key-50", ""))
            => is_resource_limit_exceeded_exception, "A resource has at most 50 tags.";
    }
    assert_eq!(tags_of(&client, DIRECTORY).await.len(), 50);
}

#[tokio::test]
async fn reserved_keys_and_missing_resources_are_errors() {
    let client = client();
    for id in ["ws-000000000", "wsipg-00000000", UNREGISTERED, "something"] {
        let message = format!("Resource {id} could not be found.");
        assert_service_errors! {
            client.create_tags().resource_id(id).tags(tag("team", "a"))
                => is_resource_not_found_exception, message;
            client.describe_tags().resource_id(id)
                => is_resource_not_found_exception, message;
            client.delete_tags().resource_id(id).tag_keys("team")
                => is_resource_not_found_exception, message;
        }
    }
    for key in ["aws:team", "AWS:team"] {
        let message = format!("The tag key {key} begins with aws:, which is reserved.");
        assert_service_errors! {
            client.create_tags().resource_id(DIRECTORY).tags(tag("team", "a")).tags(tag(key, "a"))
                => is_invalid_parameter_values_exception, message;
            client.delete_tags().resource_id(DIRECTORY).tag_keys(key)
                => is_invalid_parameter_values_exception, message;
            client.create_ip_group().group_name("office").tags(tag(key, "a"))
                => is_invalid_parameter_values_exception, message;
        }
    }
    assert!(tags_of(&client, DIRECTORY).await.is_empty());
    let groups = client.describe_ip_groups().send().await.unwrap();
    assert!(groups.result().is_empty());
}

#[tokio::test]
async fn a_workspace_with_invalid_tags_is_not_created() {
    let client = client();
    let request = WorkspaceRequest::builder()
        .directory_id(DIRECTORY)
        .user_name("ada")
        .bundle_id(BUNDLE_ID)
        .tags(tag("aws:created", "early"))
        .build()
        .unwrap();
    let create = client.create_workspaces().workspaces(request);
    assert_eq!(create.send().await.unwrap().failed_requests().len(), 1);
    let response = client.describe_workspaces().send().await.unwrap();
    assert_eq!(response.workspaces(), []);
}
