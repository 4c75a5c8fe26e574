//! Topics: maps of attributes, attributes of messages, batches and pages.

use aws_sdk_sns::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sns::primitives::Blob;
use aws_sdk_sns::types::{MessageAttributeValue, PublishBatchRequestEntry, Tag};

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_sns);
    let output = client
        .create_topic()
        .name("alerts")
        .attributes("DisplayName", "A & B <c> \"d\" ü")
        .attributes("DeliveryPolicy", "{}")
        .tags(Tag::builder().key("team").value("a b").build()?)
        .send()
        .await?;
    let topic = output.topic_arn().expect("an ARN").to_owned();
    let output = client
        .get_topic_attributes()
        .topic_arn(&topic)
        .send()
        .await?;
    let attributes = output.attributes().expect("attributes");
    assert_eq!(attributes["DisplayName"], "A & B <c> \"d\" ü");
    assert_eq!(attributes["TopicArn"], topic);
    client
        .set_topic_attributes()
        .topic_arn(&topic)
        .attribute_name("DisplayName")
        .attribute_value("  spaces and\nlines  ")
        .send()
        .await?;
    let output = client
        .get_topic_attributes()
        .topic_arn(&topic)
        .send()
        .await?;
    assert_eq!(
        output.attributes().expect("attributes")["DisplayName"],
        "  spaces and\nlines  "
    );

    client
        .tag_resource()
        .resource_arn(&topic)
        .tags(Tag::builder().key("k").value("").build()?)
        .send()
        .await?;
    client
        .untag_resource()
        .resource_arn(&topic)
        .tag_keys("team")
        .tag_keys("none")
        .send()
        .await?;
    let output = client
        .list_tags_for_resource()
        .resource_arn(&topic)
        .send()
        .await?;
    assert_eq!(
        output
            .tags()
            .iter()
            .map(|tag| (tag.key(), tag.value()))
            .collect::<Vec<_>>(),
        [("k", "")]
    );

    let output = client
        .subscribe()
        .topic_arn(&topic)
        .protocol("email")
        .endpoint("ada+alerts@example.com")
        .attributes("FilterPolicy", r#"{"store": ["example"]}"#)
        .return_subscription_arn(true)
        .send()
        .await?;
    let subscription = output.subscription_arn().expect("an ARN").to_owned();
    let output = client
        .list_subscriptions_by_topic()
        .topic_arn(&topic)
        .send()
        .await?;
    assert_eq!(
        output.subscriptions()[0].endpoint(),
        Some("ada+alerts@example.com")
    );
    let output = client
        .get_subscription_attributes()
        .subscription_arn(&subscription)
        .send()
        .await?;
    assert_eq!(
        output.attributes().expect("attributes")["FilterPolicy"],
        r#"{"store": ["example"]}"#
    );

    let text = |value: &str| {
        MessageAttributeValue::builder()
            .data_type("String")
            .string_value(value)
            .build()
    };
    let bytes = MessageAttributeValue::builder()
        .data_type("Binary")
        .binary_value(Blob::new([0, 255, 62, 63]))
        .build()?;
    let output = client
        .publish()
        .topic_arn(&topic)
        .subject("Hello")
        .message("1 + 1 = 2 & more; ü\n")
        .message_attributes("store", text("example")?)
        .message_attributes("bytes", bytes)
        .send()
        .await?;
    assert!(output.message_id().is_some());
    let entry = |id: &str, message: &str| {
        let entry = PublishBatchRequestEntry::builder().id(id).message(message);
        Ok::<_, Box<dyn std::error::Error>>(
            entry
                .message_attributes("store", text("example")?)
                .build()?,
        )
    };
    let output = client
        .publish_batch()
        .topic_arn(&topic)
        .publish_batch_request_entries(entry("1", "first")?)
        .publish_batch_request_entries(entry("2", "second")?)
        .send()
        .await?;
    assert_eq!(
        output
            .successful()
            .iter()
            .map(|entry| entry.id())
            .collect::<Vec<_>>(),
        [Some("1"), Some("2")]
    );
    assert!(output.failed().is_empty());

    // The service returns a hundred topics in a page.
    for number in 0..220 {
        client
            .create_topic()
            .name(format!("page-{number}"))
            .send()
            .await?;
    }
    let mut pages = client.list_topics().into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.topics().len());
    }
    assert_eq!(sizes, [100, 100, 21]);
    let topics = client
        .list_topics()
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await?;
    assert!(
        topics
            .iter()
            .any(|found| found.topic_arn() == Some(topic.as_str()))
    );

    client
        .unsubscribe()
        .subscription_arn(&subscription)
        .send()
        .await?;
    client.delete_topic().topic_arn(&topic).send().await?;
    let error = client
        .get_topic_attributes()
        .topic_arn(&topic)
        .send()
        .await
        .expect_err("it was deleted");
    assert!(
        matches!(&error, SdkError::ServiceError(error) if error.raw().status().as_u16() == 404)
    );
    assert_eq!(error.code(), Some("NotFound"));
    assert!(error.into_service_error().is_not_found_exception());
    let error = client
        .create_topic()
        .name("a b")
        .send()
        .await
        .expect_err("the name is invalid");
    assert_eq!(error.code(), Some("InvalidParameter"));
    assert!(error.message().is_some());
    assert!(error.into_service_error().is_invalid_parameter_exception());
    Ok(())
}
