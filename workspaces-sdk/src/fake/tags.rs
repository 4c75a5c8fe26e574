//! Tags of resources.

use super::service_error::{ServiceError, check_quota, code};
use super::state::State;
use crate::operation::create_tags::{CreateTagsInput, CreateTagsOutput};
use crate::operation::delete_tags::{DeleteTagsInput, DeleteTagsOutput};
use crate::operation::describe_tags::{DescribeTagsInput, DescribeTagsOutput};
use crate::types::Tag;

/// The maximum number of tags of a resource.
const MAX_TAGS: usize = 50;

/// The prefix of tag keys that are reserved for AWS, regardless of case.
const RESERVED_PREFIX: &str = "aws:";

/// Adds tags to a resource. A tag replaces an existing tag with the same key.
///
/// # Errors
/// Returns an InvalidParameterValuesException or a ResourceLimitExceededException, without changing any
/// tag.
pub(super) fn add(state: &mut State, resource: &str, new_tags: &[Tag]) -> Result<(), ServiceError> {
    let mut tags = state.tags.get(resource).cloned().unwrap_or_default();
    for tag in new_tags {
        check_key(&tag.key)?;
        tags.retain(|other| other.key != tag.key);
        tags.push(tag.clone());
        // At once, so that a long list takes no long time.
        check_quota(tags.len(), MAX_TAGS, "A resource has", "tags")?;
    }
    state.tags.insert(resource.to_owned(), tags);
    Ok(())
}

pub(super) fn create(
    state: &mut State,
    input: CreateTagsInput,
) -> Result<CreateTagsOutput, ServiceError> {
    let id = check_exists(state, input.resource_id)?;
    add(state, &id, &input.tags.unwrap_or_default())?;
    Ok(CreateTagsOutput::builder().build())
}

pub(super) fn describe(
    state: &mut State,
    input: DescribeTagsInput,
) -> Result<DescribeTagsOutput, ServiceError> {
    let id = check_exists(state, input.resource_id)?;
    let tags = state.tags.get(&id).cloned().unwrap_or_default();
    Ok(DescribeTagsOutput::builder()
        .set_tag_list(Some(tags))
        .build())
}

/// Deletes tags. Keys that the resource does not have are ignored.
pub(super) fn delete(
    state: &mut State,
    input: DeleteTagsInput,
) -> Result<DeleteTagsOutput, ServiceError> {
    let id = check_exists(state, input.resource_id)?;
    let keys = input.tag_keys.unwrap_or_default();
    for key in &keys {
        check_key(key)?;
    }
    if let Some(tags) = state.tags.get_mut(&id) {
        tags.retain(|tag| !keys.contains(&tag.key));
    }
    Ok(DeleteTagsOutput::builder().build())
}

fn check_exists(state: &State, id: Option<String>) -> Result<String, ServiceError> {
    let id = id.unwrap_or_default();
    if state.exists(&id) {
        return Ok(id);
    }
    Err(ServiceError::not_found("Resource", &id))
}

fn check_key(key: &str) -> Result<(), ServiceError> {
    let prefix = key.get(..RESERVED_PREFIX.len());
    if prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(RESERVED_PREFIX)) {
        let message =
            format!("The tag key {key} begins with {RESERVED_PREFIX}, which is reserved.");
        return Err(ServiceError::new(code::INVALID_PARAMETER_VALUES, message));
    }
    Ok(())
}
