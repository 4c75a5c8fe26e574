//! Tags of resources.

use super::refusal::{Refusal, code, within};
use super::state::State;
use crate::operation::create_tags::{CreateTagsInput, CreateTagsOutput};
use crate::operation::delete_tags::{DeleteTagsInput, DeleteTagsOutput};
use crate::operation::describe_tags::{DescribeTagsInput, DescribeTagsOutput};
use crate::types::Tag;

/// How many tags a resource can have.
const MAX_TAGS: usize = 50;

/// What the keys of tags begin with, in any case, that belong to AWS.
const RESERVED: &str = "aws:";

/// Gives a resource tags; one whose key it has already takes the new value.
///
/// # Errors
/// InvalidParameterValuesException and ResourceLimitExceededException; then nothing is changed.
pub(super) fn add(state: &mut State, resource: &str, given: &[Tag]) -> Result<(), Refusal> {
    let mut tags = state.tags.get(resource).cloned().unwrap_or_default();
    for tag in given {
        is_free(&tag.key)?;
        tags.retain(|other| other.key != tag.key);
        tags.push(tag.clone());
    }
    within(tags.len(), MAX_TAGS, "A resource has", "tags")?;
    state.tags.insert(resource.to_owned(), tags);
    Ok(())
}

pub(super) fn create(
    state: &mut State,
    input: CreateTagsInput,
) -> Result<CreateTagsOutput, Refusal> {
    let id = existing(state, input.resource_id)?;
    add(state, &id, &input.tags.unwrap_or_default())?;
    Ok(CreateTagsOutput::builder().build())
}

pub(super) fn describe(
    state: &mut State,
    input: DescribeTagsInput,
) -> Result<DescribeTagsOutput, Refusal> {
    let id = existing(state, input.resource_id)?;
    let tags = state.tags.get(&id).cloned().unwrap_or_default();
    Ok(DescribeTagsOutput::builder()
        .set_tag_list(Some(tags))
        .build())
}

/// Deletes tags; keys that the resource does not have are none of its business.
pub(super) fn delete(
    state: &mut State,
    input: DeleteTagsInput,
) -> Result<DeleteTagsOutput, Refusal> {
    let id = existing(state, input.resource_id)?;
    let keys = input.tag_keys.unwrap_or_default();
    for key in &keys {
        is_free(key)?;
    }
    if let Some(tags) = state.tags.get_mut(&id) {
        tags.retain(|tag| !keys.contains(&tag.key));
    }
    Ok(DeleteTagsOutput::builder().build())
}

fn existing(state: &State, id: Option<String>) -> Result<String, Refusal> {
    let id = id.unwrap_or_default();
    if state.exists(&id) {
        return Ok(id);
    }
    Err(Refusal::not_found("Resource", &id))
}

fn is_free(key: &str) -> Result<(), Refusal> {
    let start = key.get(..RESERVED.len());
    if start.is_some_and(|start| start.eq_ignore_ascii_case(RESERVED)) {
        let why = format!("The tag key {key} begins with {RESERVED}, which is reserved.");
        return Err(Refusal::new(code::INVALID_PARAMETER_VALUES, why));
    }
    Ok(())
}
