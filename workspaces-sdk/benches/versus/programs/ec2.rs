//! Restarts the stopped instances of a Region that have a tag, with static credentials.

use aws_sdk_ec2::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_ec2::types::{Filter, Tag};
use aws_sdk_ec2::{Client, Config, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "program"))
        .build();
    let client = Client::from_conf(config);
    let zones = client.describe_availability_zones().send().await?;
    println!("{} zones", zones.availability_zones().len());
    let filter = Filter::builder().name("tag-key").values("restart").build();
    let instances = client.describe_instances().filters(filter);
    let mut pages = instances.into_paginator().send();
    while let Some(page) = pages.next().await {
        for reservation in page?.reservations() {
            for instance in reservation.instances() {
                println!("{:?} {:?}", instance.instance_id(), instance.state());
                let id = instance.instance_id().unwrap_or_default();
                client.stop_instances().instance_ids(id).send().await?;
                client.start_instances().instance_ids(id).send().await?;
                let tag = Tag::builder().key("restarted").value("yes").build();
                client.create_tags().resources(id).tags(tag).send().await?;
            }
        }
    }
    Ok(())
}
