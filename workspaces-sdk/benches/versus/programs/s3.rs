//! Copies the objects of a bucket to another one, with static credentials.

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_s3::error::BoxError;
use aws_sdk_s3::{Client, Config};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "program"))
        .build();
    let client = Client::from_conf(config);
    let mut pages = client
        .list_objects_v2()
        .bucket("from")
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        for key in page?.contents().iter().filter_map(|object| object.key()) {
            let object = client.get_object().bucket("from").key(key).send().await?;
            let put = client.put_object().bucket("to").key(key).body(object.body);
            println!("{key} {:?}", put.send().await?.e_tag());
        }
    }
    Ok(())
}
