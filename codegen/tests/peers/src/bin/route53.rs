//! Hosted zones and their records, with IDs as responses have them.

use aws_sdk_route53::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_route53::operation::RequestId;
use aws_sdk_route53::types::{
    Change, ChangeAction, ChangeBatch, ChangeStatus, HealthCheckConfig, HealthCheckType,
    HostedZoneConfig, ResourceRecord, ResourceRecordSet, RrType, Tag, TagResourceType,
};

/// The number of records that the program adds, more than fit on a page.
const RECORDS: usize = 230;

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_route53);
    let output = client
        .create_hosted_zone()
        .name("example.com.")
        .caller_reference("first & \"only\"")
        .hosted_zone_config(
            HostedZoneConfig::builder()
                .comment("a <b> & 'c'\n\u{e9}")
                .private_zone(false)
                .build(),
        )
        .send()
        .await?;
    let zone = output.hosted_zone().expect("a zone");
    let id = zone.id().to_owned();
    assert!(id.starts_with("/hostedzone/"), "{id}");
    assert_eq!(zone.name(), "example.com.");
    let config = zone.config().expect("a configuration");
    assert_eq!(config.comment(), Some("a <b> & 'c'\n\u{e9}"));
    assert!(output.location().contains("hostedzone"));

    // Clients send IDs without their prefix.
    let output = client.get_hosted_zone().id(&id).send().await?;
    assert_eq!(output.hosted_zone().map(|it| it.id()), Some(&*id));
    assert!(
        !output
            .delegation_set()
            .expect("servers")
            .name_servers()
            .is_empty()
    );

    for first in (0..RECORDS).step_by(100) {
        let changes = (first..RECORDS.min(first + 100)).map(change);
        let batch = ChangeBatch::builder()
            .set_changes(Some(changes.collect::<Result<_, _>>()?))
            .build()?;
        let output = client
            .change_resource_record_sets()
            .hosted_zone_id(&id)
            .change_batch(batch)
            .send()
            .await?;
        let info = output.change_info().expect("a change");
        assert_eq!(*info.status(), ChangeStatus::Insync);
        let output = client.get_change().id(info.id()).send().await?;
        assert!(output.change_info().is_some());
    }

    // Pages of records: the next page starts with the name and the type that the response names.
    let (mut names, mut pages) = (Vec::new(), 0);
    let (mut name, mut kind) = (None, None);
    loop {
        let output = client
            .list_resource_record_sets()
            .hosted_zone_id(&id)
            .max_items(100)
            .set_start_record_name(name)
            .set_start_record_type(kind)
            .send()
            .await?;
        pages += 1;
        names.extend(
            output
                .resource_record_sets()
                .iter()
                .map(|it| it.name().to_owned()),
        );
        if !output.is_truncated() {
            break;
        }
        name = output.next_record_name().map(str::to_owned);
        kind = output.next_record_type().cloned();
    }
    let records = names.iter().filter(|name| name.starts_with('r'));
    assert_eq!((records.count(), pages), (RECORDS, 3));

    let output = client
        .list_resource_record_sets()
        .hosted_zone_id(&id)
        .start_record_name("r007.example.com.")
        .start_record_type(RrType::A)
        .max_items(1)
        .send()
        .await?;
    let [record] = output.resource_record_sets() else {
        panic!("{output:?}");
    };
    assert_eq!(record.ttl(), Some(60));
    let values: Vec<&str> = record
        .resource_records()
        .iter()
        .map(|it| it.value())
        .collect();
    assert_eq!(values, ["10.0.0.7", "10.0.1.7"]);

    // The paginator of zones.
    for number in 0..3 {
        client
            .create_hosted_zone()
            .name(format!("z{number}.example.org"))
            .caller_reference(format!("zone {number}"))
            .send()
            .await?;
    }
    let mut zones = client
        .list_hosted_zones()
        .into_paginator()
        .page_size(2)
        .items()
        .send();
    let mut found = 0;
    while let Some(zone) = zones.next().await {
        assert!(!zone?.id().is_empty());
        found += 1;
    }
    assert_eq!(found, 4);

    client
        .change_tags_for_resource()
        .resource_type(TagResourceType::Hostedzone)
        .resource_id(id.trim_start_matches("/hostedzone/"))
        .add_tags(Tag::builder().key("a b").value("c&d=\u{e9}").build())
        .send()
        .await?;
    let output = client
        .list_tags_for_resource()
        .resource_type(TagResourceType::Hostedzone)
        .resource_id(id.trim_start_matches("/hostedzone/"))
        .send()
        .await?;
    let tags = output.resource_tag_set().expect("tags").tags();
    assert_eq!(tags.first().and_then(Tag::value), Some("c&d=\u{e9}"));

    let output = client
        .create_health_check()
        .caller_reference("check")
        .health_check_config(
            HealthCheckConfig::builder()
                .r#type(HealthCheckType::Http)
                .ip_address("10.0.0.25")
                .port(80)
                .resource_path("/a?b=<c>")
                .request_interval(10)
                .failure_threshold(2)
                .build()?,
        )
        .send()
        .await?;
    let check = output.health_check().expect("a check");
    let config = check.health_check_config().expect("a configuration");
    assert_eq!(
        (config.port(), config.resource_path()),
        (Some(80), Some("/a?b=<c>"))
    );

    let error = client
        .get_hosted_zone()
        .id("ZNONE")
        .send()
        .await
        .expect_err("no such zone");
    assert_eq!(error.code(), Some("NoSuchHostedZone"));
    match &error {
        SdkError::ServiceError(context) => {
            assert!(context.err().is_no_such_hosted_zone(), "{error:?}");
            assert_eq!(context.raw().status().as_u16(), 404);
        }
        _ => panic!("{error:?}"),
    }
    assert!(error.message().is_some_and(|it| !it.is_empty()));
    let _ = error.request_id();

    let error = client
        .delete_hosted_zone()
        .id(&id)
        .send()
        .await
        .expect_err("it has records");
    assert!(
        error.into_service_error().is_hosted_zone_not_empty(),
        "the zone has records"
    );
    Ok(())
}

fn change(number: usize) -> Result<Change, Box<dyn std::error::Error>> {
    let value = |part: usize| {
        ResourceRecord::builder()
            .value(format!("10.0.{part}.{number}"))
            .build()
    };
    let record = ResourceRecordSet::builder()
        .name(format!("r{number:03}.example.com."))
        .r#type(RrType::A)
        .ttl(60)
        .resource_records(value(0)?)
        .resource_records(value(1)?)
        .build()?;
    let change = Change::builder()
        .action(ChangeAction::Create)
        .resource_record_set(record)
        .build()?;
    Ok(change)
}
