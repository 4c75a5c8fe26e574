//! Serves the offline service on the loopback interface, for any SDK or command-line tool.
//! `cargo xtask serve` runs this example; `cargo xtask serve --help` describes the options.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use workspaces_sdk::fake::{BUNDLE_ID, Call, Clock, Fake, Fault};
use workspaces_sdk::primitives::{DateTime, DateTimeFormat};

const REGISTERED: &str = "d-906700000a";
const UNREGISTERED: &str = "d-906700000b";
const POOLS: &str = "wsd-90670000c";
const INVITING: &str = "111111111111";
const PRIMARY: &str = "ws-primary01";
const PRIMARY_USER: &str = "ada";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  because {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Box<dyn std::error::Error>> {
    let options = Options::parse(std::env::args().skip(1))?;
    let [port, speed, fleet, rate, burst] = options.numbers.map(|(_, value, _)| value);
    let mut builder = Fake::builder()
        .clock(Clock::faster(speed))
        .directory(REGISTERED, &options.users)
        .unregistered_directory(UNREGISTERED, &options.users)
        .directory(POOLS, &options.users)
        .fleet(REGISTERED, fleet as usize)
        .byol_eligible(true)
        .account_link_invitation(INVITING)
        .account_link_invitation("222222222222")
        .primary_workspace("us-west-2", PRIMARY, PRIMARY_USER)
        .pool_users([PRIMARY_USER])
        .on_call(log);
    if rate > 0 {
        builder = builder.rate(rate, burst);
    }
    let goes_on = options.state.as_ref().is_some_and(|path| path.exists());
    let fake = match &options.state {
        Some(path) => builder.open(path)?,
        None => builder.build(),
    };
    for fault in options.faults {
        fake.inject(fault);
    }
    let port = u16::try_from(port).map_err(|_| format!("{port} is not a valid port"))?;
    let server = fake.serve(("127.0.0.1", port)).await;
    let server = server.map_err(|error| {
        format!("cannot listen on port {port}: {error}; `--port` chooses another one")
    })?;
    let url = server.url();
    let users = match options.users.as_slice() {
        _ if goes_on => "the users in the state file".to_owned(),
        [] => "any user name".to_owned(),
        users => format!("the users {}", users.join(", ")),
    };
    let end = match &options.state {
        Some(path) => format!(
            "The state is in the file {}, from which the next service goes on. Ctrl-C stops the service.",
            path.display()
        ),
        None => "Ctrl-C stops the service and discards its state.".to_owned(),
    };
    println!(
        r#"An offline Amazon WorkSpaces listens on {url}; its clock runs {speed} times as fast as real time.

  directories  {REGISTERED} (registered) and {UNREGISTERED} (not registered), which accept {users};
               {POOLS} for pools, to which the user {PRIMARY_USER} connects
  bundles      {BUNDLE_ID}, and all that describe-workspace-bundles --owner AMAZON lists
  elsewhere    the accounts {INVITING} and 222222222222, which have invited this account to an account link, and {PRIMARY} in us-west-2 of the user {PRIMARY_USER}

Run these commands in another terminal. Any credentials work.

  export AWS_ENDPOINT_URL_WORKSPACES={url}
  export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any

Then clients connect to the service:

  AWS CLI      aws workspaces describe-workspaces
  boto3        boto3.client("workspaces").describe_workspaces()
  Rust         Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await)

{end}"#
    );
    server.wait().await;
    Ok(())
}

/// The options that have numbers: their names, values and bounds.
type Numbers = [(&'static str, u32, RangeInclusive<u32>); 5];

struct Options {
    numbers: Numbers,
    /// The users of the directories, or none for any user name.
    users: Vec<String>,
    faults: Vec<Fault>,
    state: Option<PathBuf>,
}

impl Options {
    fn parse(
        mut arguments: impl Iterator<Item = String>,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let mut options = Self {
            numbers: [
                ("--port", 8080, 0..=65_535),
                ("--speed", 60, 1..=100_000),
                ("--fleet", 0, 0..=100_000),
                ("--rate", 0, 0..=1_000_000),
                ("--burst", 5, 1..=1_000_000),
            ],
            users: Vec::new(),
            faults: Vec::new(),
            state: None,
        };
        while let Some(option) = arguments.next() {
            let mut numbers = options.numbers.iter_mut();
            let number = numbers.find(|(name, ..)| *name == option);
            let argument = arguments.next();
            match (option.as_str(), number, argument) {
                (_, Some((_, value, range)), argument) => {
                    let (min, max) = (range.start(), range.end());
                    let expected = format!("{option} requires a number from {min} to {max}");
                    let argument = argument.ok_or(expected.clone())?;
                    let number = argument.parse().ok().filter(|it| range.contains(it));
                    *value = number.ok_or(format!("{expected}, not {argument:?}"))?;
                }
                ("--users", _, Some(users)) => {
                    let users = users.split(',').filter(|user| !user.is_empty());
                    options.users = users.map(str::to_owned).collect();
                }
                ("--fault", _, Some(fault)) => options.faults.push(fault.parse()?),
                ("--state", _, Some(path)) => options.state = Some(path.into()),
                ("--users" | "--fault" | "--state", _, None) => {
                    return Err(format!("{option} requires a value").into());
                }
                _ => {
                    let known = "the options are --port, --speed, --fleet, --rate, --burst, --users, --fault and --state";
                    return Err(format!("unknown option {option}; {known}").into());
                }
            }
        }
        Ok(options)
    }
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
