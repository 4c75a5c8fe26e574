//! Requests to S3: objects of 1 KB in memory, and of 64 MB by stream.

use std::io::Read;

use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::{Client, Config};
use measure::Job;

mod measure;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let job = Job::from_arguments();
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "versus"))
        .retry_config(RetryConfig::standard())
        .endpoint_url(&job.url)
        .force_path_style(true);
    let client = Client::from_conf(config.build());
    let (verb, size) = job.scenario.split_once('-').expect("a verb and a size");
    let size: usize = size.parse().expect("a number of bytes");
    match verb {
        "get" => job.run(move || get(client.clone(), size)).await,
        "put" => job.run(move || put(client.clone(), size)).await,
        "upload" => {
            let path = std::env::temp_dir().join(format!("versus-{}", std::process::id()));
            let mut file = std::fs::File::create(&path).expect("a file");
            let mut content = std::io::repeat(b'x').take(size as u64);
            std::io::copy(&mut content, &mut file).expect("a file");
            let file = path.clone();
            job.run(move || upload(client.clone(), file.clone())).await;
            std::fs::remove_file(path).expect("a file");
        }
        _ => panic!("no such scenario"),
    }
}

async fn get(client: Client, size: usize) {
    let call = client
        .get_object()
        .bucket("bucket")
        .key(format!("{size}/object"));
    let mut body = call.send().await.expect("an output").body;
    let mut received = 0;
    while let Some(bytes) = body.next().await {
        received += bytes.expect("bytes").len();
    }
    assert_eq!(received, size);
}

async fn put(client: Client, size: usize) {
    let body = ByteStream::from(vec![b'x'; size]);
    let call = client
        .put_object()
        .bucket("bucket")
        .key(format!("{size}/object"));
    call.body(body).send().await.expect("an output");
}

async fn upload(client: Client, path: std::path::PathBuf) {
    let body = ByteStream::from_path(path).await.expect("a file");
    let call = client.put_object().bucket("bucket").key("object");
    call.body(body).send().await.expect("an output");
}
