//! Instances: started, described by filters and pages, tagged, awaited and terminated.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_ec2::client::Waiters;
use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ec2::primitives::Blob;
use aws_sdk_ec2::types::{
    BlockDeviceMapping, EbsBlockDevice, Filter, InstanceStateName, InstanceType, IpPermission,
    IpRange, Placement, ResourceType, Tag, TagSpecification, VolumeType,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_ec2);
    let output = client.describe_images().owners("amazon").send().await?;
    let image = output
        .images()
        .iter()
        .find_map(|it| it.image_id())
        .expect("an image");

    let output = client
        .create_security_group()
        .group_name("a group")
        .description("for <tests> & \"more\"")
        .send()
        .await?;
    let group = output.group_id().expect("an ID").to_owned();
    client
        .authorize_security_group_ingress()
        .group_id(&group)
        .ip_permissions(
            IpPermission::builder()
                .ip_protocol("tcp")
                .from_port(22)
                .to_port(443)
                .ip_ranges(
                    IpRange::builder()
                        .cidr_ip("10.0.0.0/8")
                        .description("all, of it")
                        .build(),
                )
                .ip_ranges(IpRange::builder().cidr_ip("192.168.0.0/16").build())
                .build(),
        )
        .send()
        .await?;
    let output = client
        .describe_security_groups()
        .group_ids(&group)
        .send()
        .await?;
    let [found] = output.security_groups() else {
        panic!("{output:?}");
    };
    assert_eq!(found.description(), Some("for <tests> & \"more\""));
    let [permission] = found.ip_permissions() else {
        panic!("{found:?}");
    };
    assert_eq!(
        (permission.from_port(), permission.to_port()),
        (Some(22), Some(443))
    );
    let ranges: Vec<_> = permission
        .ip_ranges()
        .iter()
        .filter_map(|it| it.cidr_ip())
        .collect();
    assert_eq!(ranges, ["10.0.0.0/8", "192.168.0.0/16"]);

    let output = client
        .run_instances()
        .image_id(image)
        .instance_type(InstanceType::T3Micro)
        .min_count(7)
        .max_count(7)
        .security_group_ids(&group)
        .placement(Placement::builder().availability_zone("us-east-1b").build())
        .user_data("ZWNobyBoZWxsbw==")
        .block_device_mappings(
            BlockDeviceMapping::builder()
                .device_name("/dev/sda1")
                .ebs(
                    EbsBlockDevice::builder()
                        .volume_size(12)
                        .volume_type(VolumeType::Gp3)
                        .delete_on_termination(true)
                        .build(),
                )
                .build(),
        )
        .tag_specifications(
            TagSpecification::builder()
                .resource_type(ResourceType::Instance)
                .tags(Tag::builder().key("Name").value("a&b=c \u{e9}").build())
                .tags(Tag::builder().key("Team").value("one").build())
                .build(),
        )
        .send()
        .await?;
    assert!(
        output
            .reservation_id()
            .is_some_and(|it| it.starts_with("r-"))
    );
    let started = output.instances();
    assert_eq!(started.len(), 7);
    for instance in started {
        assert_eq!(instance.instance_type(), Some(&InstanceType::T3Micro));
        assert_eq!(
            instance.placement().and_then(|it| it.availability_zone()),
            Some("us-east-1b")
        );
        assert!(
            instance
                .launch_time()
                .is_some_and(|it| it.secs() > 1_600_000_000)
        );
        assert!(
            instance
                .security_groups()
                .iter()
                .any(|it| it.group_id() == Some(&group))
        );
    }
    let ids: Vec<String> = started
        .iter()
        .filter_map(|it| it.instance_id())
        .map(str::to_owned)
        .collect();

    client
        .wait_until_instance_running()
        .set_instance_ids(Some(ids.clone()))
        .wait(Duration::from_secs(60))
        .await?;

    let output = client
        .describe_instances()
        .filters(
            Filter::builder()
                .name("tag:Name")
                .values("a&b=c \u{e9}")
                .values("other")
                .build(),
        )
        .filters(
            Filter::builder()
                .name("instance-state-name")
                .values("running")
                .build(),
        )
        .send()
        .await?;
    let found: Vec<_> = output
        .reservations()
        .iter()
        .flat_map(|it| it.instances())
        .collect();
    assert_eq!(found.len(), 7);
    let output = client
        .describe_instances()
        .filters(Filter::builder().name("tag:Name").values("other").build())
        .send()
        .await?;
    assert!(output.reservations().is_empty());

    // Pages of reservations.
    for _ in 0..6 {
        client
            .run_instances()
            .image_id(image)
            .min_count(1)
            .max_count(1)
            .send()
            .await?;
    }
    let mut pages = client
        .describe_instances()
        .max_results(5)
        .into_paginator()
        .send();
    let (mut seen, mut count) = (BTreeSet::new(), 0);
    while let Some(page) = pages.next().await {
        let page = page?;
        let instances = page.reservations().iter().flat_map(|it| it.instances());
        seen.extend(
            instances
                .filter_map(|it| it.instance_id())
                .map(str::to_owned),
        );
        count += 1;
    }
    assert_eq!((seen.len(), count), (13, 2));

    client
        .create_tags()
        .set_resources(Some(ids[..2].to_vec()))
        .tags(Tag::builder().key("Stage").value("").build())
        .send()
        .await?;
    let mut tags = client
        .describe_tags()
        .filters(Filter::builder().name("key").values("Stage").build())
        .into_paginator()
        .items()
        .send();
    let mut tagged = BTreeSet::new();
    while let Some(tag) = tags.next().await {
        let tag = tag?;
        assert_eq!((tag.key(), tag.value()), (Some("Stage"), Some("")));
        assert_eq!(tag.resource_type(), Some(&ResourceType::Instance));
        tagged.extend(tag.resource_id().map(str::to_owned));
    }
    assert_eq!(tagged, ids[..2].iter().cloned().collect());

    let output = client
        .import_key_pair()
        .key_name("key")
        .public_key_material(Blob::new(
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmhTR/Yv0bVjzHwHqL6gVXVDgkAcWxeOLzVxJrBUXrQ a",
        ))
        .send()
        .await?;
    assert_eq!(output.key_name(), Some("key"));

    let output = client
        .terminate_instances()
        .set_instance_ids(Some(ids.clone()))
        .send()
        .await?;
    assert_eq!(output.terminating_instances().len(), 7);
    for change in output.terminating_instances() {
        let before = change.previous_state().and_then(|it| it.name());
        assert_eq!(before, Some(&InstanceStateName::Running));
        assert!(change.current_state().is_some_and(|it| it.code().is_some()));
    }
    client
        .wait_until_instance_terminated()
        .set_instance_ids(Some(ids))
        .wait(Duration::from_secs(60))
        .await?;

    let error = client
        .describe_instances()
        .instance_ids("i-0123456789abcdef0")
        .send()
        .await
        .expect_err("no such instance");
    assert_eq!(error.code(), Some("InvalidInstanceID.NotFound"));
    assert!(
        error
            .message()
            .is_some_and(|it| it.contains("i-0123456789abcdef0"))
    );
    assert!(
        matches!(&error, SdkError::ServiceError(error) if error.raw().status().as_u16() == 400)
    );
    Ok(())
}
