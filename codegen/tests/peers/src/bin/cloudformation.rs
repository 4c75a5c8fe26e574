//! Stacks: templates, parameters, change sets, waiters and errors.

use std::time::Duration;

use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::client::Waiters;
use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cloudformation::types::{
    Capability, ChangeSetType, Parameter, ResourceStatus, StackStatus, Tag,
};

const TEMPLATE: &str = r#"{
  "Description": "A topic & a queue",
  "Parameters": {"Name": {"Type": "String", "Default": "none"}},
  "Resources": {
    "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Ref": "Name"}}},
    "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "Name"}}}
  },
  "Outputs": {"Topic": {"Value": {"Ref": "Topic"}, "Export": {"Name": "the-topic"}}}
}"#;
const WAIT: Duration = Duration::from_secs(10);

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_cloudformation);
    let output = client
        .validate_template()
        .template_body(TEMPLATE)
        .send()
        .await?;
    assert_eq!(output.description(), Some("A topic & a queue"));

    let parameter = |name: &str| {
        Parameter::builder()
            .parameter_key("Name")
            .parameter_value(name)
            .build()
    };
    let output = client
        .create_stack()
        .stack_name("web")
        .template_body(TEMPLATE)
        .parameters(parameter("web"))
        .capabilities(Capability::CapabilityIam)
        .capabilities(Capability::CapabilityNamedIam)
        .tags(Tag::builder().key("team").value("a b").build())
        .timeout_in_minutes(5)
        .send()
        .await?;
    let id = output.stack_id().expect("an ID").to_owned();
    let stacks = client
        .wait_until_stack_create_complete()
        .stack_name("web")
        .wait(WAIT)
        .await?
        .into_result()?;
    let stack = &stacks.stacks()[0];
    assert_eq!(
        (stack.stack_name(), stack.stack_id()),
        (Some("web"), Some(id.as_str()))
    );
    assert_eq!(stack.stack_status(), Some(&StackStatus::CreateComplete));
    assert_eq!(stack.description(), Some("A topic & a queue"));
    assert_eq!(stack.parameters()[0].parameter_value(), Some("web"));
    assert_eq!(stack.tags()[0].value(), Some("a b"));
    assert_eq!(
        stack.outputs()[0].output_value(),
        Some("arn:aws:sns:us-east-1:123456789012:web")
    );
    assert!(
        stack
            .creation_time()
            .is_some_and(|time| time.secs() > 1_600_000_000)
    );

    let output = client
        .list_stack_resources()
        .stack_name("web")
        .send()
        .await?;
    assert_eq!(output.stack_resource_summaries().len(), 2);
    assert_eq!(
        output.stack_resource_summaries()[0].resource_status(),
        Some(&ResourceStatus::CreateComplete)
    );
    let output = client
        .describe_stack_resource()
        .stack_name("web")
        .logical_resource_id("Topic")
        .send()
        .await?;
    let resource = output.stack_resource_detail().expect("a resource");
    assert_eq!(resource.resource_type(), Some("AWS::SNS::Topic"));
    let output = client.get_template().stack_name("web").send().await?;
    let template: serde_json::Value =
        serde_json::from_str(output.template_body().expect("a template"))?;
    assert_eq!(template["Description"], "A topic & a queue");
    let output = client.list_exports().send().await?;
    assert_eq!(output.exports()[0].name(), Some("the-topic"));

    client
        .update_stack()
        .stack_name("web")
        .use_previous_template(true)
        .parameters(parameter("web2"))
        .send()
        .await?;
    client
        .wait_until_stack_update_complete()
        .stack_name("web")
        .wait(WAIT)
        .await?;
    change_set(&client).await?;
    pages(&client).await?;
    errors(&client).await?;

    client.delete_stack().stack_name("web").send().await?;
    client
        .wait_until_stack_delete_complete()
        .stack_name(&id)
        .wait(WAIT)
        .await?;
    let output = client
        .list_stacks()
        .stack_status_filter(StackStatus::DeleteComplete)
        .send()
        .await?;
    assert!(
        output
            .stack_summaries()
            .iter()
            .any(|stack| stack.stack_id() == Some(id.as_str()))
    );
    Ok(())
}

async fn change_set(client: &Client) -> peers::Result {
    let output = client
        .create_change_set()
        .stack_name("later")
        .change_set_name("first")
        .change_set_type(ChangeSetType::Create)
        .template_body(TEMPLATE)
        .send()
        .await?;
    let id = output.id().expect("an ID").to_owned();
    client
        .wait_until_change_set_create_complete()
        .change_set_name(&id)
        .stack_name("later")
        .wait(WAIT)
        .await?;
    let output = client
        .describe_change_set()
        .change_set_name(&id)
        .send()
        .await?;
    assert_eq!(output.changes().len(), 2);
    client
        .execute_change_set()
        .change_set_name(&id)
        .send()
        .await?;
    client
        .wait_until_stack_create_complete()
        .stack_name("later")
        .wait(WAIT)
        .await?;
    Ok(())
}

/// The mock returns fifty stacks in a page.
async fn pages(client: &Client) -> peers::Result {
    let template = r#"{"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}"#;
    for number in 0..101 {
        client
            .create_stack()
            .stack_name(format!("page-{number}"))
            .template_body(template)
            .send()
            .await?;
    }
    let mut pages = client.describe_stacks().into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.stacks().len());
    }
    assert_eq!(sizes, [50, 50, 3]);
    let stacks = client
        .describe_stacks()
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await?;
    assert_eq!(stacks.len(), 103);
    Ok(())
}

async fn errors(client: &Client) -> peers::Result {
    let error = client
        .describe_stacks()
        .stack_name("none")
        .send()
        .await
        .expect_err("it does not exist");
    assert!(
        matches!(&error, SdkError::ServiceError(error) if error.raw().status().as_u16() == 400)
    );
    assert_eq!(error.code(), Some("ValidationError"));
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("none"))
    );
    let error = client
        .create_stack()
        .stack_name("web")
        .template_body(TEMPLATE)
        .send()
        .await
        .expect_err("it exists");
    assert_eq!(error.code(), Some("AlreadyExistsException"));
    assert!(error.into_service_error().is_already_exists_exception());
    // A waiter fails as soon as its goal cannot be reached.
    let waited = client
        .wait_until_stack_create_complete()
        .stack_name("none")
        .wait(WAIT)
        .await;
    assert!(waited.is_err(), "{waited:?}");
    Ok(())
}
