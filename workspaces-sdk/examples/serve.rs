//! The offline service on loopback, for any SDK or command line; `cargo xtask serve` runs it.
//!
//! Options: `--port N` (8080; 0 takes a free one), `--speed N` (60: a minute there is a second
//! here), `--fleet N` (WorkSpaces that are there at the beginning).

use std::process::ExitCode;
use std::time::SystemTime;

use workspaces_sdk::fake::{BUNDLE_ID, Call, Clock, Fake};
use workspaces_sdk::primitives::{DateTime, DateTimeFormat};

const REGISTERED: &str = "d-906700000a";
const UNREGISTERED: &str = "d-906700000b";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Box<dyn std::error::Error>> {
    let [port, speed, fleet] = options()?;
    let fake = Fake::builder()
        .clock(Clock::faster(speed))
        .directory(REGISTERED, [""; 0])
        .unregistered_directory(UNREGISTERED, [""; 0])
        .fleet(REGISTERED, fleet as usize)
        .on_call(log)
        .build();
    let port = u16::try_from(port).map_err(|_| format!("there is no port {port}"))?;
    let server = fake.serve(("127.0.0.1", port)).await;
    let server = server.map_err(|error| format!("cannot listen at port {port}: {error}"))?;
    let url = server.url();
    println!(
        r#"An offline Amazon WorkSpaces answers at {url}; {speed} seconds there are one here.

  directories  {REGISTERED} (registered), {UNREGISTERED} (not yet), with every user you name
  bundle       {BUNDLE_ID}, and what describe-workspace-bundles --owner AMAZON lists

Point a client there; any credentials will do:

  all SDKs     export AWS_ENDPOINT_URL_WORKSPACES={url}
               export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any
  AWS CLI      aws workspaces describe-workspaces --endpoint-url {url}
  boto3        boto3.client("workspaces", endpoint_url="{url}")
  this crate   Config::builder().endpoint_url("{url}")

Ctrl-C ends it, and all that is in it."#
    );
    server.wait().await;
    Ok(())
}

/// What stands behind `--port`, `--speed` and `--fleet`.
fn options() -> Result<[u32; 3], Box<dyn std::error::Error>> {
    let mut options = [("--port", 8080), ("--speed", 60), ("--fleet", 0)];
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let Some((_, value)) = options.iter_mut().find(|(name, _)| *name == word) else {
            let known = "there are --port, --speed and --fleet";
            return Err(format!("unknown option {word}; {known}").into());
        };
        let text = words.next().ok_or(format!("{word} needs a number"))?;
        let number = text.parse();
        *value = number.map_err(|_| format!("{word} needs a number, not {text:?}"))?;
    }
    Ok(options.map(|(_, value)| value))
}

/// `2026-01-01T00:00:00Z  200  CreateWorkspaces`
fn log(call: &Call) {
    let seconds = call.at.duration_since(SystemTime::UNIX_EPOCH);
    let at = DateTime::from_secs(seconds.map_or(0, |it| it.as_secs() as i64));
    let at = at.fmt(DateTimeFormat::DateTime).unwrap_or_default();
    let error = call.error.as_ref().map(|error| format!("  {error}"));
    println!(
        "{at}  {}  {}{}",
        call.status,
        call.operation,
        error.unwrap_or_default()
    );
}
