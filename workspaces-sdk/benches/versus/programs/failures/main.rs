//! Makes every call of [`calls`] under every fault of [`faults`], and prints a line for each: the call, the fault, the kind of
//! the error, its code, the number of attempts, and the number of requests that the server received.
//!
//! A fault that consists of environment variables needs a process of its own, in which this program runs again with the name
//! of the fault and the ports of the servers as its arguments.

use std::env;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_workspaces::Client;
use aws_sdk_workspaces::config::{
    AsyncSleep, BehaviorVersion, Credentials, Region, SharedAsyncSleep, Sleep,
};
use aws_sdk_workspaces::error::{ProvideErrorMetadata, SdkError};

use calls::{CALLS, Call};
use faults::{Fault, Ports, faults};
use server::Requests;

mod calls;
mod faults;
mod server;

/// The longest delay between attempts. Timeouts are longer.
const BACKOFF: Duration = Duration::from_millis(20);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = env::args().skip(1);
    if let Some(name) = arguments.next() {
        let ports = Ports::from_arguments(arguments);
        let faults = faults();
        let number = faults.iter().position(|fault| fault.name == name);
        for line in lines(number.expect("a fault"), &faults, &ports).await {
            println!("{line}");
        }
        return;
    }
    let requests = Requests::default();
    let faults = faults();
    let ports = Ports::open(&faults, &requests).await;
    for (number, fault) in faults.iter().enumerate() {
        let lines = match fault.environment {
            [] => lines(number, &faults, &ports).await,
            _ => lines_of_process(fault, &ports).await,
        };
        for line in lines {
            let call = CALLS
                .iter()
                .position(|call| line.starts_with(&format!("{}|", call.name)));
            let path = call.map(|call| path(number, call)).unwrap_or_default();
            println!("{line}|{}", requests.count(&path));
        }
    }
}

/// Makes all calls under a fault, at once.
async fn lines(number: usize, faults: &[Fault], ports: &Ports) -> Vec<String> {
    let mut tasks = Vec::new();
    for (call, Call { name, .. }) in CALLS.iter().enumerate() {
        let (fault, path, ports) = (faults[number].clone(), path(number, call), ports.clone());
        let run = async move { run(call, &path, &fault, &ports).await };
        tasks.push((name, tokio::spawn(run)));
    }
    let mut lines = Vec::new();
    for (name, task) in tasks {
        let outcome = task.await.unwrap_or_else(|_| "panic||".to_owned());
        lines.push(format!("{name}|{}|{outcome}", faults[number].name));
    }
    lines
}

/// Does the same in a process with the environment variables of the fault.
async fn lines_of_process(fault: &Fault, ports: &Ports) -> Vec<String> {
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.arg(fault.name).args(ports.to_arguments());
    for (name, value) in fault.environment {
        command.env(name, ports.fill_in(value));
    }
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.expect("no panic").expect("this program runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(str::to_owned).collect()
}

/// The path by which the server recognizes a call under a fault.
fn path(fault: usize, call: usize) -> String {
    format!("{fault}/{call}")
}

/// Makes a call under a fault.
async fn run(call: usize, path: &str, fault: &Fault, ports: &Ports) -> String {
    let call = &CALLS[call];
    let delays = Arc::new(AtomicUsize::new(0));
    let config = aws_sdk_workspaces::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(format!("http://127.0.0.1:{}/{path}", ports.get("http")))
        // No other call uses the retry quota of this Region.
        .region(Region::new(path.replace('/', "-") + "-x"))
        .retry_config(
            (call.retries)()
                .with_initial_backoff(BACKOFF / 2)
                .with_max_backoff(BACKOFF),
        )
        .sleep_impl(SharedAsyncSleep::new(ShortDelays(delays.clone())));
    let config = match fault.has_credentials {
        true => {
            config.credentials_provider(Credentials::new("AKID", "SECRET", None, None, "failures"))
        }
        false => config,
    };
    let config = (fault.settings)((call.settings)(config), ports);
    let outcome = (call.send)(Client::from_conf(config.build())).await;
    let attempts = delays.load(Ordering::Relaxed) + 1;
    format!("{outcome}|{attempts}")
}

/// Sleeps, except for the delays between attempts, which it counts.
#[derive(Debug)]
struct ShortDelays(Arc<AtomicUsize>);

impl AsyncSleep for ShortDelays {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration > BACKOFF {
            return Sleep::new(tokio::time::sleep(duration));
        }
        self.0.fetch_add(1, Ordering::Relaxed);
        Sleep::new(tokio::time::sleep(Duration::ZERO))
    }
}

/// The kind and the code of the outcome of a call.
fn outcome<T, E: ProvideErrorMetadata>(outcome: Result<T, SdkError<E>>) -> String {
    let error = match outcome {
        Ok(_) => return "success|".to_owned(),
        Err(error) => error,
    };
    let kind = match &error {
        SdkError::ConstructionFailure(_) => "construction",
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(failure) if failure.is_io() => "dispatch: io",
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "dispatch: timeout",
        SdkError::DispatchFailure(failure) if failure.is_user() => "dispatch: user",
        SdkError::DispatchFailure(failure) if failure.is_other() => "dispatch: other",
        SdkError::ResponseError(_) => "response",
        SdkError::ServiceError(_) => "service",
        _ => "unknown",
    };
    format!("{kind}|{}", error.code().unwrap_or_default())
}
