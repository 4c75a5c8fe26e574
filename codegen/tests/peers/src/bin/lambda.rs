//! Functions: code from memory, versions, tags, pages, invocations and errors.

use std::io::Write;
use std::time::Duration;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::client::Waiters;
use aws_sdk_lambda::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::{
    Architecture, Environment, FunctionCode, InvocationType, LayerVersionContentInput, Runtime,
    State,
};
use zip::write::SimpleFileOptions;

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_lambda);
    let role = peers::client!(aws_sdk_iam)
        .create_role()
        .role_name("lambda")
        .assume_role_policy_document("{}")
        .send()
        .await?;
    let role = role.role().expect("a role").arn().to_owned();
    let code = archive()?;

    let created = create(&client, "main", &role, &code).await?;
    assert_eq!(created.function_name(), Some("main"));
    assert_eq!(created.role(), Some(role.as_str()));
    assert_eq!(created.runtime(), Some(&Runtime::Python313));
    assert_eq!(created.code_size(), code.len() as i64);
    assert_eq!(created.architectures(), [Architecture::Arm64]);
    let environment = created
        .environment()
        .and_then(|environment| environment.variables())
        .expect("variables");
    assert_eq!(environment["NAME"], "a b/ü&=");
    assert_eq!(
        (created.timeout(), created.memory_size()),
        (Some(30), Some(256))
    );
    let arn = created.function_arn().expect("an ARN").to_owned();

    // Waiters whose goals are reached, and one whose function does not exist.
    let wait = Duration::from_secs(10);
    client
        .wait_until_function_exists()
        .function_name("main")
        .wait(wait)
        .await?;
    let active = client
        .wait_until_function_active_v2()
        .function_name("main")
        .wait(wait)
        .await?;
    let active = active.into_result()?;
    assert_eq!(
        active
            .configuration()
            .and_then(|configuration| configuration.state()),
        Some(&State::Active)
    );

    let output = client.get_function().function_name(&arn).send().await?;
    assert_eq!(
        output
            .configuration()
            .and_then(|configuration| configuration.description()),
        Some("says \"hello\"")
    );
    assert!(
        output
            .code()
            .and_then(|code| code.location())
            .is_some_and(|location| location.starts_with("http"))
    );
    assert_eq!(output.tags().expect("tags")["team"], "a/b c");

    // The mock echoes the payload. A dry run has a status of its own, and no payload.
    let payload = Blob::new(r#"{"a": "ü"}"#);
    let output = client
        .invoke()
        .function_name("main")
        .payload(payload.clone())
        .send()
        .await?;
    assert_eq!(output.payload(), Some(&payload));
    assert_eq!((output.status_code(), output.function_error()), (200, None));
    let output = client
        .invoke()
        .function_name("main")
        .invocation_type(InvocationType::DryRun)
        .send()
        .await?;
    assert_eq!(output.status_code(), 204);

    let output = client
        .update_function_configuration()
        .function_name("main")
        .environment(Environment::builder().variables("OTHER", "1").build())
        .timeout(31)
        .send()
        .await?;
    assert_eq!(output.timeout(), Some(31));
    let output = client
        .publish_version()
        .function_name("main")
        .description("first")
        .send()
        .await?;
    assert_eq!(output.version(), Some("1"));
    let output = client
        .create_alias()
        .function_name("main")
        .name("live")
        .function_version("1")
        .send()
        .await?;
    assert!(
        output
            .alias_arn()
            .is_some_and(|arn| arn.ends_with(":main:live"))
    );
    let output = client
        .list_versions_by_function()
        .function_name("main")
        .send()
        .await?;
    assert_eq!(output.versions().len(), 2);

    client
        .add_permission()
        .function_name("main")
        .statement_id("s1")
        .action("lambda:InvokeFunction")
        .principal("sns.amazonaws.com")
        .source_arn("arn:aws:sns:us-east-1:123456789012:topic")
        .send()
        .await?;
    let policy = client.get_policy().function_name("main").send().await?;
    let policy: serde_json::Value = serde_json::from_str(policy.policy().expect("a policy"))?;
    assert_eq!(policy["Statement"][0]["Sid"], "s1");
    client
        .remove_permission()
        .function_name("main")
        .statement_id("s1")
        .send()
        .await?;

    client
        .put_function_concurrency()
        .function_name("main")
        .reserved_concurrent_executions(7)
        .send()
        .await?;
    let output = client
        .get_function_concurrency()
        .function_name("main")
        .send()
        .await?;
    assert_eq!(output.reserved_concurrent_executions(), Some(7));
    client
        .delete_function_concurrency()
        .function_name("main")
        .send()
        .await?;

    // The ARN is a label of the path; the keys are a list in the query.
    client
        .tag_resource()
        .resource(&arn)
        .tags("k 1", "v/1")
        .tags("k2", "")
        .send()
        .await?;
    client
        .untag_resource()
        .resource(&arn)
        .tag_keys("team")
        .tag_keys("k2")
        .send()
        .await?;
    let output = client.list_tags().resource(&arn).send().await?;
    assert_eq!(
        output.tags().expect("tags").clone(),
        [("k 1".to_owned(), "v/1".to_owned())].into()
    );

    let layer = client
        .publish_layer_version()
        .layer_name("layer")
        .content(
            LayerVersionContentInput::builder()
                .zip_file(Blob::new(code.clone()))
                .build(),
        )
        .compatible_runtimes(Runtime::Python313)
        .send()
        .await?;
    assert_eq!(layer.version(), 1);
    assert_eq!(layer.compatible_runtimes(), [Runtime::Python313]);

    // Five functions in pages of two.
    for name in ["f1", "f2", "f3", "f4"] {
        create(&client, name, &role, &code).await?;
    }
    let mut pages = client.list_functions().into_paginator().page_size(2).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.functions().len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    let functions = client
        .list_functions()
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await?;
    assert_eq!(functions.len(), 5);

    let output = client.delete_function().function_name("f4").send().await?;
    assert_eq!(output.status_code(), 204);
    let error = client
        .get_function()
        .function_name("f4")
        .send()
        .await
        .expect_err("it was deleted");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    assert!(
        error
            .message()
            .is_some_and(|message| message.contains("f4"))
    );
    assert!(
        matches!(&error, SdkError::ServiceError(error) if error.raw().status().as_u16() == 404)
    );
    assert!(error.into_service_error().is_resource_not_found_exception());
    let error = create(&client, "main", &role, &code)
        .await
        .expect_err("it exists");
    assert!(
        error
            .as_service_error()
            .is_some_and(|error| error.is_resource_conflict_exception()),
        "{error:?}"
    );
    // An empty label never becomes a request for another resource.
    let error = client
        .get_function()
        .function_name("")
        .send()
        .await
        .expect_err("the name is empty");
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    Ok(())
}

async fn create(
    client: &Client,
    name: &str,
    role: &str,
    code: &[u8],
) -> Result<
    aws_sdk_lambda::operation::create_function::CreateFunctionOutput,
    SdkError<aws_sdk_lambda::operation::create_function::CreateFunctionError>,
> {
    client
        .create_function()
        .function_name(name)
        .runtime(Runtime::Python313)
        .handler("main.handler")
        .role(role)
        .description("says \"hello\"")
        .timeout(30)
        .memory_size(256)
        .architectures(Architecture::Arm64)
        .environment(Environment::builder().variables("NAME", "a b/ü&=").build())
        .tags("team", "a/b c")
        .code(FunctionCode::builder().zip_file(Blob::new(code)).build())
        .send()
        .await
}

/// Returns a zip archive with one file.
fn archive() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("main.py", options)?;
    archive.write_all(b"def handler(event, context):\n    return event\n")?;
    Ok(archive.finish()?.into_inner())
}
