//! The memory that streams take, of whatever size. It is measured for the whole process, with the server in it.

use streams::primitives::ByteStream;

mod server;
use server::{Act, Server, response};

/// The maximum growth of the resident memory, in KiB.
const LIMIT: u64 = 16 << 10;

/// The maximum resident memory of this process so far, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let size: u64 = std::env::var("STREAM_BYTES").map_or(256 << 20, |size| size.parse().unwrap());
    let server = Server::new(vec![
        Act::Flood(1),
        Act::Flood(size),
        Act::Respond(response(201, "", "")),
    ]);
    let client = server.client();
    let download = || client.get_job_output().vault_name("v").send();
    download().await.unwrap().body.collect().await.unwrap();

    let before = peak();
    let mut body = download().await.unwrap().body;
    let mut len = 0;
    while let Some(part) = body.try_next().await.unwrap() {
        len += part.len() as u64;
    }
    assert_eq!(len, size);
    let downloaded = peak();
    println!(
        "{size} bytes down: {downloaded} KiB at most, {} more than before",
        downloaded - before
    );
    assert!(downloaded - before < LIMIT);

    // A file without content takes no room on the disk.
    let path = std::env::temp_dir().join(format!("streams-{}", std::process::id()));
    std::fs::File::create(&path).unwrap().set_len(size).unwrap();
    let file = ByteStream::from_path(&path).await.unwrap();
    client
        .upload_archive()
        .vault_name("v")
        .body(file)
        .send()
        .await
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(server.received().last().unwrap().len, size);
    let uploaded = peak();
    println!(
        "{size} bytes up: {uploaded} KiB at most, {} more than before",
        uploaded - downloaded
    );
    assert!(uploaded - before < LIMIT);
}
