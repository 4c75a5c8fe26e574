//! The responses of the service in each scenario, which are the same bytes for every client.

/// The status and body of the response in a scenario.
pub fn response(scenario: &str) -> (u16, String) {
    match scenario.strip_prefix("page-") {
        Some(count) => (200, page(count.parse().unwrap_or(0))),
        None if scenario == "error" => (
            400,
            r#"{"__type":"ResourceNotFoundException","message":"The WorkSpace is not there.","ResourceId":"ws-000000001"}"#.into(),
        ),
        None => (200, "{}".into()),
    }
}

fn page(count: usize) -> String {
    let workspaces: Vec<_> = (0..count).map(workspace).collect();
    format!(
        r#"{{"NextToken":"bmV4dCBwYWdlIG9mIHRoZSBsaXN0","Workspaces":[{}]}}"#,
        workspaces.join(",")
    )
}

/// A WorkSpace with the members that DescribeWorkspaces usually returns.
fn workspace(number: usize) -> String {
    format!(
        concat!(
            r#"{{"BundleId":"wsb-clj85qzj1","ComputerName":"A-{number:08X}","DirectoryId":"d-926722edaf","#,
            r#""DataReplicationSettings":{{"DataReplication":"NO_REPLICATION"}},"IpAddress":"172.16.{high}.{low}","#,
            r#""ModificationStates":[],"RootVolumeEncryptionEnabled":true,"State":"AVAILABLE","#,
            r#""SubnetId":"subnet-0a1b2c3d4e5f60718","UserName":"user{number:06}","UserVolumeEncryptionEnabled":true,"#,
            r#""VolumeEncryptionKey":"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab","#,
            r#""WorkspaceId":"ws-{number:09}","WorkspaceProperties":{{"ComputeTypeName":"STANDARD","#,
            r#""OperatingSystemName":"WINDOWS_SERVER_2022","Protocols":["WSP"],"RootVolumeSizeGib":80,"#,
            r#""RunningMode":"AUTO_STOP","RunningModeAutoStopTimeoutInMinutes":60,"UserVolumeSizeGib":50}}}}"#
        ),
        number = number,
        high = number / 250,
        low = number % 250 + 1,
    )
}
