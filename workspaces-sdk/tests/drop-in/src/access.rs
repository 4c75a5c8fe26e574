//! IP groups, with pagination by hand, and customized requests.

use std::error::Error as StdError;
use std::fmt;

use aws_sdk_workspaces::config::http::{HttpRequest, HttpResponse};
use aws_sdk_workspaces::config::retry::RetryConfig;
use aws_sdk_workspaces::config::{Builder, Region};
use aws_sdk_workspaces::error::SdkError;
use aws_sdk_workspaces::operation::describe_ip_groups::{
    DescribeIpGroupsError, DescribeIpGroupsOutput,
};
use aws_sdk_workspaces::types::{IpRuleItem, WorkspacesIpGroup};
use aws_sdk_workspaces::{Client, Error};

/// Lists all IP groups, page by page.
///
/// # Errors
/// Returns the error of the first page that fails.
pub async fn groups(
    client: &Client,
) -> Result<Vec<WorkspacesIpGroup>, SdkError<DescribeIpGroupsError, HttpResponse>> {
    let mut groups = Vec::new();
    let mut next = None;
    let request = client.describe_ip_groups().max_results(2);
    loop {
        let page: DescribeIpGroupsOutput = request.clone().set_next_token(next).send().await?;
        next = page.next_token().map(str::to_owned);
        groups.extend_from_slice(page.result());
        if next.is_none() {
            return Ok(groups);
        }
    }
}

/// Creates an IP group with rules, and returns its ID.
///
/// # Errors
/// Returns the error of the call.
pub async fn create(client: &Client, name: &str, rules: &[&str]) -> Result<String, Error> {
    let mut request = client.create_ip_group().group_name(name).group_desc("");
    for rule in rules {
        request = request.user_rules(IpRuleItem::builder().ip_rule(*rule).build());
    }
    let output = request.send().await?;
    Ok(output.group_id.unwrap_or_default())
}

/// Describes the account, with a custom header.
///
/// # Errors
/// Returns the error of the call.
pub async fn tenancy(client: &Client, ticket: &'static str) -> Result<Option<String>, Error> {
    let output = client
        .describe_account()
        .customize()
        .mutate_request(move |request| {
            request.headers_mut().insert("x-ticket", ticket);
        })
        .send()
        .await?;
    Ok(output.dedicated_tenancy_support().map(ToString::to_string))
}

/// The error of a request that the program does not allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forbidden;

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the program forbids this request")
    }
}

impl StdError for Forbidden {}

/// Describes the IP groups of another Region without retries, if the endpoint is allowed.
///
/// # Errors
/// Returns the error of the service, or [`Forbidden`] as the source of a dispatch failure.
pub async fn groups_elsewhere(
    client: &Client,
    region: &'static str,
    allowed: impl Fn(&str) -> bool + Send + Sync + 'static,
) -> Result<DescribeIpGroupsOutput, SdkError<DescribeIpGroupsError>> {
    let elsewhere = Builder::new()
        .region(Region::from_static(region))
        .retry_config(RetryConfig::disabled());
    client
        .describe_ip_groups()
        .customize()
        .config_override(elsewhere)
        .map_request(move |request: HttpRequest| {
            if allowed(request.uri()) {
                Ok(request)
            } else {
                Err(Forbidden)
            }
        })
        .send()
        .await
}
