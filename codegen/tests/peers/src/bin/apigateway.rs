//! APIs: resources, methods, deployments, patches, pages, and documents that are the whole body.

use aws_sdk_apigateway::Client;
use aws_sdk_apigateway::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_apigateway::primitives::Blob;
use aws_sdk_apigateway::types::{
    ApiKeySourceType, EndpointConfiguration, EndpointType, IntegrationType, Op, PatchOperation,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> peers::Result {
    let client = peers::client!(aws_sdk_apigateway);
    let output = client
        .create_rest_api()
        .name("shop")
        .description("a \"shop\" & more")
        .binary_media_types("image/png")
        .binary_media_types("*/*")
        .api_key_source(ApiKeySourceType::Header)
        .minimum_compression_size(0)
        .endpoint_configuration(
            EndpointConfiguration::builder()
                .types(EndpointType::Regional)
                .build(),
        )
        .tags("team", "a b")
        .send()
        .await?;
    let api = output.id().expect("an ID").to_owned();
    assert_eq!(output.name(), Some("shop"));
    assert_eq!(output.description(), Some("a \"shop\" & more"));
    assert_eq!(output.api_key_source(), Some(&ApiKeySourceType::Header));
    assert_eq!(output.minimum_compression_size(), Some(0));
    assert_eq!(output.tags().expect("tags")["team"], "a b");
    let types = output
        .endpoint_configuration()
        .expect("a configuration")
        .types();
    assert_eq!(types, [EndpointType::Regional]);
    assert!(
        output
            .created_date()
            .is_some_and(|time| time.secs() > 1_600_000_000)
    );

    resources(&client, &api).await?;
    let patch = |op, path: &str, value: &str| {
        PatchOperation::builder()
            .op(op)
            .path(path)
            .value(value)
            .build()
    };
    let output = client
        .update_rest_api()
        .rest_api_id(&api)
        .patch_operations(patch(Op::Replace, "/name", "store"))
        .patch_operations(patch(Op::Replace, "/description", "ü"))
        .send()
        .await?;
    assert_eq!(
        (output.name(), output.description()),
        (Some("store"), Some("ü"))
    );

    let deployment = client
        .create_deployment()
        .rest_api_id(&api)
        .stage_name("test")
        .description("first")
        .variables("host", "example.com/a?b=c")
        .send()
        .await?;
    let deployment = deployment.id().expect("an ID").to_owned();
    let output = client
        .get_deployment()
        .rest_api_id(&api)
        .deployment_id(&deployment)
        .send()
        .await?;
    assert_eq!(output.description(), Some("first"));
    let output = client
        .get_stage()
        .rest_api_id(&api)
        .stage_name("test")
        .send()
        .await?;
    assert_eq!(output.deployment_id(), Some(deployment.as_str()));
    assert_eq!(
        output.variables().expect("variables")["host"],
        "example.com/a?b=c"
    );
    let output = client
        .update_stage()
        .rest_api_id(&api)
        .stage_name("test")
        .patch_operations(patch(Op::Replace, "/*/*/throttling/burstLimit", "7"))
        .patch_operations(patch(Op::Replace, "/*/*/logging/loglevel", "INFO"))
        .send()
        .await?;
    let settings = &output.method_settings().expect("settings")["*/*"];
    assert_eq!(
        (settings.throttling_burst_limit(), settings.logging_level()),
        (7, Some("INFO"))
    );

    // The ARN, with its slashes, is a label of the path.
    let arn = format!("arn:aws:apigateway:us-east-1::/restapis/{api}/stages/test");
    client
        .tag_resource()
        .resource_arn(&arn)
        .tags("k 1", "v/1")
        .tags("k2", "")
        .send()
        .await?;
    client
        .untag_resource()
        .resource_arn(&arn)
        .tag_keys("k2")
        .tag_keys("none")
        .send()
        .await?;
    let output = client.get_tags().resource_arn(&arn).send().await?;
    assert_eq!(
        output.tags().expect("tags").clone(),
        [("k 1".to_owned(), "v/1".to_owned())].into()
    );

    documents(&client, &api).await?;
    pages(&client).await?;

    client.delete_rest_api().rest_api_id(&api).send().await?;
    let error = client
        .get_rest_api()
        .rest_api_id(&api)
        .send()
        .await
        .expect_err("it was deleted");
    assert!(
        matches!(&error, SdkError::ServiceError(error) if error.raw().status().as_u16() == 404)
    );
    assert_eq!(error.code(), Some("NotFoundException"));
    assert!(error.message().is_some());
    assert!(error.into_service_error().is_not_found_exception());
    let error = client
        .get_rest_api()
        .send()
        .await
        .expect_err("there is no ID");
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    Ok(())
}

async fn resources(client: &Client, api: &str) -> peers::Result {
    let output = client
        .get_resources()
        .rest_api_id(api)
        .embed("methods")
        .send()
        .await?;
    assert_eq!(output.items()[0].path(), Some("/"));
    let root = output.items()[0].id().expect("an ID");
    let output = client
        .create_resource()
        .rest_api_id(api)
        .parent_id(root)
        .path_part("{item+}")
        .send()
        .await?;
    assert_eq!(output.path(), Some("/{item+}"));
    let error = client
        .create_resource()
        .rest_api_id(api)
        .parent_id(root)
        .path_part("a/b")
        .send()
        .await;
    let error = error.expect_err("a part has no slash");
    assert_eq!(error.code(), Some("BadRequestException"));
    assert!(error.into_service_error().is_bad_request_exception());
    let id = output.id().expect("an ID");
    let method = client
        .put_method()
        .rest_api_id(api)
        .resource_id(id)
        .http_method("GET")
        .authorization_type("NONE")
        .api_key_required(true)
        .request_parameters("method.request.querystring.q", true)
        .request_models("application/json", "Empty")
        .send()
        .await?;
    assert_eq!(
        (method.http_method(), method.api_key_required()),
        (Some("GET"), Some(true))
    );
    assert_eq!(
        method
            .request_parameters()
            .map(|map| map["method.request.querystring.q"]),
        Some(true)
    );
    client
        .put_method_response()
        .rest_api_id(api)
        .resource_id(id)
        .http_method("GET")
        .status_code("200")
        .send()
        .await?;
    let integration = client
        .put_integration()
        .rest_api_id(api)
        .resource_id(id)
        .http_method("GET")
        .r#type(IntegrationType::Http)
        .integration_http_method("POST")
        .uri("https://example.com/{item}?q=1")
        .request_templates("application/json", "{\"a\": $input.json('$')}")
        .send()
        .await?;
    assert_eq!(integration.r#type(), Some(&IntegrationType::Http));
    assert_eq!(integration.uri(), Some("https://example.com/{item}?q=1"));
    assert_eq!(
        integration.request_templates().expect("templates")["application/json"],
        "{\"a\": $input.json('$')}"
    );
    client
        .put_integration_response()
        .rest_api_id(api)
        .resource_id(id)
        .http_method("GET")
        .status_code("200")
        .selection_pattern("")
        .send()
        .await?;
    let output = client
        .get_method()
        .rest_api_id(api)
        .resource_id(id)
        .http_method("GET")
        .send()
        .await?;
    let responses = output
        .method_integration()
        .and_then(|integration| integration.integration_responses());
    assert!(responses.is_some_and(|responses| responses.contains_key("200")));
    Ok(())
}

/// The body of the response and of the request is a blob.
async fn documents(client: &Client, api: &str) -> peers::Result {
    let output = client
        .get_export()
        .rest_api_id(api)
        .stage_name("test")
        .export_type("swagger")
        .parameters("extensions", "integrations")
        .accepts("application/json")
        .send()
        .await?;
    assert_eq!(output.content_type(), Some("application/octet-stream"));
    assert!(
        output
            .content_disposition()
            .is_some_and(|value| value.starts_with("attachment; "))
    );
    let body: serde_json::Value = serde_json::from_slice(output.body().expect("a body").as_ref())?;
    assert_eq!(body["info"]["title"], "store");

    let document = serde_json::json!({"openapi": "3.0.0", "info": {"title": "imported", "description": "", "version": "1"}, "paths": {}});
    let output = client
        .import_rest_api()
        .fail_on_warnings(true)
        .parameters("endpointConfigurationTypes", "REGIONAL")
        .body(Blob::new(document.to_string()))
        .send()
        .await?;
    assert_eq!(output.name(), Some("imported"));
    client
        .delete_rest_api()
        .rest_api_id(output.id().expect("an ID"))
        .send()
        .await?;
    Ok(())
}

async fn pages(client: &Client) -> peers::Result {
    for number in 0..4 {
        client
            .create_rest_api()
            .name(format!("page-{number}"))
            .send()
            .await?;
    }
    let mut pages = client.get_rest_apis().into_paginator().page_size(2).send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sizes.push(page.items().len());
    }
    assert_eq!(sizes, [2, 2, 1]);
    let apis = client
        .get_rest_apis()
        .into_paginator()
        .items()
        .send()
        .collect::<Result<Vec<_>, _>>()
        .await?;
    assert_eq!(apis.len(), 5);
    Ok(())
}
