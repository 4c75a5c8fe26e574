//! Types in serde: exact documents, in JSON and in another format.

use std::fmt::Debug;

use aws_smithy_types::DateTime;
use serde_json::{Value, json};
use workspaces_sdk::fake::Fake;
use workspaces_sdk::operation::create_workspaces::{CreateWorkspacesInput, CreateWorkspacesOutput};
use workspaces_sdk::operation::describe_workspaces::DescribeWorkspacesOutput;
use workspaces_sdk::types::error::ResourceNotFoundException;
use workspaces_sdk::types::{
    CapacityStatus, DataReplicationSettings, ImageSourceIdentifier, Tag, Workspace, WorkspaceState,
    WorkspacesIpGroup,
};

/// Reads a document, writes it again, and compares both documents and both values.
fn round_trip<T>(document: &Value) -> T
where
    T: Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
    let value: T = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&value).unwrap(), document);
    let mut bytes = Vec::new();
    ciborium::into_writer(&value, &mut bytes).unwrap();
    let again: T = ciborium::from_reader(bytes.as_slice()).unwrap();
    assert_eq!(again, value);
    value
}

#[test]
fn documents_have_the_names_of_the_wire() {
    let workspace = json!({
        "WorkspaceId": "ws-1",
        "State": "SOMETHING_NEW",
        "WorkspaceProperties": {"RunningMode": "AUTO_STOP", "RootVolumeSizeGib": 80, "Protocols": ["DCV"]},
        "ModificationStates": [],
        "UserVolumeEncryptionEnabled": false,
        "DataReplicationSettings": {
            "DataReplication": "PRIMARY_AS_SOURCE",
            "RecoverySnapshotTime": "2026-11-26T23:00:00.25Z",
        },
    });
    let value: Workspace = round_trip(&workspace);
    assert_eq!(
        value.state().map(WorkspaceState::as_str),
        Some("SOMETHING_NEW")
    );
    let output: DescribeWorkspacesOutput =
        round_trip(&json!({"Workspaces": [workspace], "NextToken": "t"}));
    assert_eq!(output.workspaces(), [value]);
    let settings: DataReplicationSettings =
        round_trip(&json!({"RecoverySnapshotTime": "1970-01-01T00:00:01Z"}));
    assert_eq!(
        settings.recovery_snapshot_time(),
        Some(&DateTime::from_secs(1))
    );
    round_trip::<WorkspacesIpGroup>(&json!({"userRules": [{"ipRule": "10.0.0.0/8"}]}));
    let source: ImageSourceIdentifier = round_trip(&json!({"Ec2ImageId": "ami-1"}));
    assert!(source.is_ec2_image_id());
    round_trip::<ResourceNotFoundException>(&json!({"message": "m", "ResourceId": "ws-1"}));
    round_trip::<CreateWorkspacesInput>(&json!({"Workspaces": [{
        "DirectoryId": "d-1", "UserName": "ada", "BundleId": "wsb-1", "Tags": [{"Key": "team"}],
    }]}));
    assert_eq!(
        round_trip::<WorkspaceState>(&json!("STOPPED")),
        WorkspaceState::Stopped
    );
    assert_eq!(
        serde_json::to_string(&Workspace::builder().build()).unwrap(),
        "{}"
    );
}

#[test]
fn missing_required_members_are_errors() {
    let error = serde_json::from_str::<Tag>("{\"Value\": \"v\"}").unwrap_err();
    assert_eq!(error.to_string(), "missing field `Key` at line 1 column 14");
    let error = serde_json::from_str::<CapacityStatus>("{\"AvailableUserSessions\": 1}");
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("`DesiredUserSessions`")
    );
    let error = serde_json::from_str::<CreateWorkspacesInput>("{\"Workspaces\": [{}]}");
    assert!(error.unwrap_err().to_string().contains("`DirectoryId`"));
    assert!(serde_json::from_str::<CreateWorkspacesOutput>("{}").is_ok());
}

/// Outputs of the offline service survive, with all members that it sets.
#[tokio::test]
async fn outputs_survive() {
    let client = Fake::builder().fleet("d-1", 3).build().client();
    let output = client.describe_workspaces().send().await.unwrap();
    let document = serde_json::to_value(&output).unwrap();
    let again: DescribeWorkspacesOutput = serde_json::from_value(document).unwrap();
    assert_eq!(again.workspaces(), output.workspaces());
    assert_eq!(again.workspaces().len(), 3);
}
