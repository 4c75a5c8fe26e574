//! Serves the offline service on the loopback interface, for any SDK or command-line tool.
//! `cargo xtask serve` runs this example.
//!
//! Options:
//!
//! - `--port N`: the port to listen on, or 0 for a free port. The default is 8080.
//! - `--speed N`: the speed of the service's clock relative to real time, from 1 to 100,000. The default is 60.
//! - `--fleet N`: the initial number of WorkSpaces, up to 100,000. The default is 0.

use std::process::ExitCode;
use std::time::SystemTime;

use workspaces_sdk::fake::{BUNDLE_ID, Call, Clock, Fake};
use workspaces_sdk::primitives::{DateTime, DateTimeFormat};

const REGISTERED: &str = "d-906700000a";
const UNREGISTERED: &str = "d-906700000b";
const POOLS: &str = "wsd-90670000c";
const INVITING: &str = "111111111111";
const PRIMARY: &str = "ws-primary01";

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
        .directory(POOLS, [""; 0])
        .fleet(REGISTERED, fleet as usize)
        .byol_eligible(true)
        .account_link_invitation(INVITING)
        .account_link_invitation("222222222222")
        .primary_workspace("us-west-2", PRIMARY, "ada")
        .pool_users(["ada"])
        .on_call(log)
        .build();
    let port = u16::try_from(port).map_err(|_| format!("{port} is not a valid port"))?;
    let server = fake.serve(("127.0.0.1", port)).await;
    let server = server.map_err(|error| format!("cannot listen on port {port}: {error}"))?;
    let url = server.url();
    println!(
        r#"An offline Amazon WorkSpaces listens on {url}; its clock runs {speed} times as fast as real time.

  directories  {REGISTERED} (registered) and {UNREGISTERED} (not registered), which accept any user name;
               {POOLS} for pools, to which the user ada connects
  bundles      {BUNDLE_ID}, and all that describe-workspace-bundles --owner AMAZON lists
  elsewhere    the accounts {INVITING} and 222222222222, which invite to a link, and {PRIMARY} in us-west-2 of the user ada

Run these commands in another terminal. Any credentials work.

  export AWS_ENDPOINT_URL_WORKSPACES={url}
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any

Then clients connect to the service:

  AWS CLI      aws workspaces describe-workspaces
  boto3        boto3.client("workspaces").describe_workspaces()
  Rust         Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await)

Ctrl-C stops the service and discards its state."#
    );
    server.wait().await;
    Ok(())
}

/// Parses the values of `--port`, `--speed` and `--fleet`.
fn options() -> Result<[u32; 3], Box<dyn std::error::Error>> {
    let mut options = [
        ("--port", 8080, 0..=65_535),
        ("--speed", 60, 1..=100_000),
        ("--fleet", 0, 0..=100_000),
    ];
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        let found = options.iter_mut().find(|(name, ..)| *name == option);
        let Some((_, value, range)) = found else {
            let known = "the options are --port, --speed and --fleet";
            return Err(format!("unknown option {option}; {known}").into());
        };
        let argument = arguments.next();
        let (min, max) = (range.start(), range.end());
        let expected = format!("{option} requires a number from {min} to {max}");
        let argument = argument.ok_or(expected.clone())?;
        let number = argument.parse().ok().filter(|it| range.contains(it));
        *value = number.ok_or(format!("{expected}, not {argument:?}"))?;
    }
    Ok(options.map(|(_, value, _)| value))
}

/// Prints a call, such as `2026-01-01T00:00:00Z  200  CreateWorkspaces`.
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
