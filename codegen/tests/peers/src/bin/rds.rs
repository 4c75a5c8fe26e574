//! Databases: lists whose items have names of their own, filters, tags, pages, waiters and errors.

use std::time::Duration;

use aws_sdk_rds::Client;
use aws_sdk_rds::client::Waiters;
use aws_sdk_rds::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_rds::types::{ApplyMethod, Filter, Parameter, Tag};

const WAIT: Duration = Duration::from_secs(10);

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_rds);
    let output = create(&client, "main").await?;
    let instance = output.db_instance().expect("an instance");
    assert_eq!(instance.db_instance_identifier(), Some("main"));
    assert_eq!(
        (instance.allocated_storage(), instance.multi_az()),
        (Some(20), Some(true))
    );
    assert_eq!(
        instance.enabled_cloudwatch_logs_exports(),
        ["postgresql", "upgrade"]
    );
    let arn = instance.db_instance_arn().expect("an ARN").to_owned();

    let waited = client
        .wait_until_db_instance_available()
        .db_instance_identifier("main")
        .wait(WAIT)
        .await?;
    let waited = waited.into_result()?;
    let instance = &waited.db_instances()[0];
    assert_eq!(instance.db_instance_status(), Some("available"));
    assert_eq!(
        instance.endpoint().and_then(|endpoint| endpoint.port()),
        Some(5432)
    );
    assert_eq!(
        instance.vpc_security_groups()[0].vpc_security_group_id(),
        Some("sg-123456")
    );
    assert!(
        instance
            .instance_create_time()
            .is_some_and(|time| time.secs() > 1_600_000_000)
    );

    let output = client
        .modify_db_instance()
        .db_instance_identifier("main")
        .allocated_storage(30)
        .apply_immediately(true)
        .send()
        .await?;
    assert_eq!(
        output
            .db_instance()
            .and_then(|instance| instance.allocated_storage()),
        Some(30)
    );

    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build();
    client
        .add_tags_to_resource()
        .resource_name(&arn)
        .tags(tag("k", "a&b"))
        .tags(tag("gone", "1"))
        .send()
        .await?;
    client
        .remove_tags_from_resource()
        .resource_name(&arn)
        .tag_keys("gone")
        .tag_keys("team")
        .send()
        .await?;
    let output = client
        .list_tags_for_resource()
        .resource_name(&arn)
        .send()
        .await?;
    assert_eq!(
        output
            .tag_list()
            .iter()
            .map(|tag| (tag.key(), tag.value()))
            .collect::<Vec<_>>(),
        [(Some("k"), Some("a&b"))]
    );

    let output = client
        .create_db_snapshot()
        .db_instance_identifier("main")
        .db_snapshot_identifier("first")
        .send()
        .await?;
    assert_eq!(
        output
            .db_snapshot()
            .and_then(|snapshot| snapshot.db_instance_identifier()),
        Some("main")
    );
    client
        .wait_until_db_snapshot_available()
        .db_snapshot_identifier("first")
        .wait(WAIT)
        .await?;
    parameters(&client).await?;
    pages(&client).await?;
    errors(&client).await
}

async fn create(
    client: &Client,
    name: &str,
) -> Result<
    aws_sdk_rds::operation::create_db_instance::CreateDbInstanceOutput,
    SdkError<aws_sdk_rds::operation::create_db_instance::CreateDBInstanceError>,
> {
    client
        .create_db_instance()
        .db_instance_identifier(name)
        .db_instance_class("db.m5.large")
        .engine("postgres")
        .allocated_storage(20)
        .multi_az(true)
        .master_username("root")
        .master_user_password("p&ss=w+rd %")
        .vpc_security_group_ids("sg-123456")
        .enable_cloudwatch_logs_exports("postgresql")
        .enable_cloudwatch_logs_exports("upgrade")
        .tags(Tag::builder().key("team").value("a b").build())
        .send()
        .await
}

async fn parameters(client: &Client) -> peers::Result {
    client
        .create_db_parameter_group()
        .db_parameter_group_name("group")
        .db_parameter_group_family("postgres16")
        .description("a group")
        .send()
        .await?;
    let parameter = Parameter::builder()
        .parameter_name("max_connections")
        .parameter_value("100")
        .apply_method(ApplyMethod::PendingReboot)
        .build();
    let output = client
        .modify_db_parameter_group()
        .db_parameter_group_name("group")
        .parameters(parameter)
        .send()
        .await?;
    assert_eq!(output.db_parameter_group_name(), Some("group"));
    let output = client
        .describe_db_parameters()
        .db_parameter_group_name("group")
        .send()
        .await?;
    assert_eq!(output.parameters()[0].parameter_value(), Some("100"));
    assert_eq!(
        output.parameters()[0].apply_method(),
        Some(&ApplyMethod::PendingReboot)
    );
    Ok(())
}

/// 49 instances in pages of 20, the least that the service allows.
async fn pages(client: &Client) -> peers::Result {
    for number in 1..49 {
        create(client, &format!("page-{number}")).await?;
    }
    let mut pages = client
        .describe_db_instances()
        .into_paginator()
        .page_size(20)
        .send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.db_instances().len());
    }
    assert_eq!(sizes, [20, 20, 9]);
    let filter = |name: &str, values: &[&str]| {
        let filter = Filter::builder().name(name);
        values
            .iter()
            .fold(filter, |filter, value| filter.values(*value))
            .build()
    };
    let found = client
        .describe_db_instances()
        .filters(filter("db-instance-id", &["page-1", "page-2", "none"]))
        .filters(filter("engine", &["postgres"]))
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await?;
    assert_eq!(found.len(), 2);
    Ok(())
}

async fn errors(client: &Client) -> peers::Result {
    let error = create(client, "main").await.expect_err("it exists");
    assert_eq!(error.code(), Some("DBInstanceAlreadyExists"));
    assert!(
        error
            .into_service_error()
            .is_db_instance_already_exists_fault()
    );
    let delete = |name: &str| {
        client
            .delete_db_instance()
            .db_instance_identifier(name)
            .skip_final_snapshot(true)
            .send()
    };
    let output = delete("page-1").await?;
    assert_eq!(
        output
            .db_instance()
            .and_then(|instance| instance.db_instance_identifier()),
        Some("page-1")
    );
    client
        .wait_until_db_instance_deleted()
        .db_instance_identifier("page-1")
        .wait(WAIT)
        .await?;
    let error = delete("page-1").await.expect_err("it was deleted");
    assert!(
        matches!(&error, SdkError::ServiceError(error) if error.raw().status().as_u16() == 404)
    );
    assert_eq!(error.code(), Some("DBInstanceNotFound"));
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("page-1"))
    );
    assert!(error.into_service_error().is_db_instance_not_found_fault());
    Ok(())
}
