//! The lifecycle of an IP access control group, from its creation to its deletion.
//!
//! `cargo run --example ip_access_control` uses an offline service. `--features aws -- --aws d-...`
//! uses a directory of your AWS account.

mod common;

use workspaces_sdk::fake::Fake;
use workspaces_sdk::types::IpRuleItem;
use workspaces_sdk::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (arguments, on_aws) = common::arguments();
    let directory = match (arguments.first(), on_aws) {
        (Some(directory), _) => directory.as_str(),
        (None, false) => "d-906700000a",
        (None, true) => {
            return Err("--aws requires the identifier of a directory: --aws d-...".into());
        }
    };
    let fake = Fake::builder().directory(directory, [""; 0]).build();
    let client = common::client(&fake, on_aws).await;

    let rule = |cidr: &str, description: &str| {
        let rule = IpRuleItem::builder().ip_rule(cidr);
        rule.rule_desc(description).build()
    };
    let group = client
        .create_ip_group()
        .group_name("example-offices")
        .group_desc("Offices of the company")
        .user_rules(rule("192.0.2.0/24", "Berlin"))
        .send()
        .await?;
    let group = group
        .group_id()
        .ok_or("the response has no group identifier")?;
    println!("created     {group}");

    // Delete the group even if an error occurs.
    let outcome = use_group(&client, group, directory, rule("198.51.100.0/24", "Lyon")).await;
    let detached = client
        .disassociate_ip_groups()
        .directory_id(directory)
        .group_ids(group)
        .send()
        .await;
    client.delete_ip_group().group_id(group).send().await?;
    println!("deleted     {group}");
    outcome?;
    detached?;
    Ok(())
}

async fn use_group(
    client: &Client,
    group: &str,
    directory: &str,
    rule: IpRuleItem,
) -> Result<(), Error> {
    let call = client.authorize_ip_rules().group_id(group);
    call.user_rules(rule).send().await?;
    let call = client.associate_ip_groups().directory_id(directory);
    call.group_ids(group).send().await?;
    println!("associated  {directory} now accepts connections only from");

    let call = client.describe_ip_groups().group_ids(group);
    for group in call.send().await?.result() {
        for rule in group.user_rules() {
            println!(
                "            {:<18} {}",
                rule.ip_rule().unwrap_or("-"),
                rule.rule_desc().unwrap_or_default()
            );
        }
    }

    // A group that is associated with a directory cannot be deleted.
    let call = client.delete_ip_group().group_id(group);
    if let Err(error) = call.send().await {
        let error = error.into_service_error();
        if !error.is_resource_associated_exception() {
            return Err(error.into());
        }
        println!("kept        {error}");
    }
    Ok(())
}
