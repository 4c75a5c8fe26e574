//! Who may connect from where: IP groups, paged by hand, and requests that are sent in a special way.

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

/// All IP groups, asked for page by page.
///
/// # Errors
/// The first page that fails.
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

/// Makes an IP group of rules; returns its id.
///
/// # Errors
/// A refusal.
pub async fn create(client: &Client, name: &str, rules: &[&str]) -> Result<String, Error> {
    let mut request = client.create_ip_group().group_name(name).group_desc("");
    for rule in rules {
        request = request.user_rules(IpRuleItem::builder().ip_rule(*rule).build());
    }
    let output = request.send().await?;
    Ok(output.group_id.unwrap_or_default())
}

/// Describes the account with a header of the program's own.
///
/// # Errors
/// A refusal.
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

/// Why the program does not let a request go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forbidden;

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the program forbids this request")
    }
}

impl StdError for Forbidden {}

/// Describes the IP groups of another region, once, if the endpoint is allowed.
///
/// # Errors
/// A refusal, the service's or the program's.
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
