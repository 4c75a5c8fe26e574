//! Lists the instances of a Region, with static credentials.

use aws_sdk_ec2::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_ec2::{Client, Config, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "program"))
        .build();
    let client = Client::from_conf(config);
    let mut pages = client.describe_instances().into_paginator().send();
    while let Some(page) = pages.next().await {
        for reservation in page?.reservations() {
            for instance in reservation.instances() {
                println!("{:?} {:?}", instance.instance_id(), instance.state());
            }
        }
    }
    Ok(())
}
