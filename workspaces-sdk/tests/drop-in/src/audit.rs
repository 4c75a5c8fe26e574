//! Reads requests before they are sent.

use aws_sdk_workspaces::operation::create_tags::builders::{
    CreateTagsFluentBuilder, CreateTagsInputBuilder,
};
use aws_sdk_workspaces::operation::create_tags::{CreateTagsInput, CreateTagsOutput};
use aws_sdk_workspaces::types::builders::TagBuilder;
use aws_sdk_workspaces::{Client, Error};

/// Sets the value of a tag that has none.
pub fn with_default(tag: TagBuilder, default: &str) -> TagBuilder {
    match tag.get_value() {
        Some(_) => tag,
        None => tag.value(default),
    }
}

/// Describes a request in one line.
pub fn line(request: &CreateTagsFluentBuilder) -> String {
    let id = request.get_resource_id().as_deref();
    let count = request.get_tags().as_ref().map_or(0, Vec::len);
    format!("tags for {}: {count}", id.unwrap_or("nothing"))
}

/// Returns the input of a request, or `None` if it has no resource.
///
/// # Errors
/// Returns an error if the input is incomplete.
pub fn input(request: &CreateTagsFluentBuilder) -> Result<Option<CreateTagsInput>, Error> {
    let builder: &CreateTagsInputBuilder = request.as_input();
    if builder.get_resource_id().is_none() {
        return Ok(None);
    }
    Ok(Some(builder.clone().build()?))
}

/// Sends a request for another resource.
///
/// # Errors
/// Returns the error of the call.
pub async fn repeat(
    client: &Client,
    request: &CreateTagsFluentBuilder,
    id: &str,
) -> Result<CreateTagsOutput, Error> {
    let builder = request.as_input().clone().resource_id(id);
    Ok(builder.send_with(client).await?)
}
