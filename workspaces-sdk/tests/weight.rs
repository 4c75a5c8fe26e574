//! Upper bounds for the cost of a request and the size of the crate. Each is a little above the measured value.
//! A change that raises one gives its reason here.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use tokio::runtime::{Builder, Runtime};
use workspaces_sdk::config::{Credentials, Region};
use workspaces_sdk::types::TargetWorkspaceState;
use workspaces_sdk::{Client, Config};

/// Allocations of a request without a network: ModifyWorkspaceState, whose response is empty, and
/// DescribeWorkspaces with a response of 25 WorkSpaces. Of the first, two thirds are headers and the signature,
/// which the interfaces require as separate strings; in the second, each WorkSpace has 5 strings.
const ALLOCATIONS: [(Call, u64); 2] = [(Call::Modify, 41), (Call::Describe, 170)];

/// Instructions of the same requests on x86-64, in a build without optimizations, and 5% more for other
/// compilers.
const INSTRUCTIONS: [(Call, u64); 2] = [(Call::Modify, 486_000), (Call::Describe, 1_450_000)];

/// Lines of generated source: a fifth of the official crate's 157,000.
const GENERATED_LINES: usize = 31_400;

/// Crates in the dependency tree on Linux, including this one. The official crate has 122, and every user builds
/// each of them. One of them is the runtime.
#[cfg(target_os = "linux")]
const CRATES: usize = 67;

#[derive(Clone, Copy, Debug)]
enum Call {
    Modify,
    Describe,
}

impl Call {
    /// The call that [`instructions`] names in an environment variable.
    fn from_name(name: &str) -> Self {
        match name {
            "Modify" => Self::Modify,
            "Describe" => Self::Describe,
            name => panic!("there is no call {name:?}"),
        }
    }

    fn response(self) -> String {
        let workspace = |number| {
            format!(
                r#"{{"WorkspaceId":"ws-{number:09}","DirectoryId":"d-926722edaf","UserName":"user","State":"AVAILABLE","BundleId":"wsb-clj85qzj1","ComputerName":"A-1"}}"#
            )
        };
        match self {
            Self::Modify => "{}".to_owned(),
            Self::Describe => {
                let workspaces: Vec<_> = (0..25).map(workspace).collect();
                format!(r#"{{"Workspaces":[{}]}}"#, workspaces.join(","))
            }
        }
    }

    async fn make(self, client: &Client) {
        match self {
            Self::Modify => {
                let call = client.modify_workspace_state().workspace_id("ws-000000001");
                let call = call.workspace_state(TargetWorkspaceState::AdminMaintenance);
                call.send().await.unwrap();
            }
            Self::Describe => {
                let output = client.describe_workspaces().send().await.unwrap();
                assert_eq!(output.workspaces().len(), 25);
            }
        }
    }
}

/// Returns the same response for every request.
#[derive(Debug)]
struct Canned(String);

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let body = SdkBody::from(self.0.as_str());
        HttpConnectorFuture::ready(Ok(HttpResponse::new(200.try_into().unwrap(), body)))
    }
}

/// A client that has made the call once, and the runtime for more of them.
fn client(call: Call) -> (Runtime, Client) {
    let connector = SharedHttpConnector::new(Canned(call.response()));
    let config = Config::builder()
        .behavior_version_latest()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .http_client(http_client_fn(move |_, _| connector.clone()));
    let client = Client::from_conf(config.build());
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(call.make(&client));
    (runtime, client)
}

#[test]
fn allocations_of_a_request() {
    assert_bounds(&ALLOCATIONS, |call| {
        let (runtime, client) = client(call);
        allocation_counter::measure(|| runtime.block_on(call.make(&client))).count_total
    });
}

/// Runs itself under valgrind. `CALLS` contains the name and the number of the calls to make. Every call is checked.
#[test]
#[ignore = "needs valgrind"]
fn instructions_of_a_request() {
    if let Ok(calls) = env::var("CALLS") {
        let (call, count) = calls.split_once(' ').expect("a name and a number");
        let call = Call::from_name(call);
        let (runtime, client) = client(call);
        for _ in 0..count.parse().unwrap() {
            runtime.block_on(call.make(&client));
        }
        return;
    }
    assert_bounds(&INSTRUCTIONS, |call| {
        (instructions(call, 40) - instructions(call, 20)) / 20
    });
}

/// Fails if a call costs more than its bound. Also fails if it costs less than half of it, because then the measurement failed
/// or the bound is out of date.
fn assert_bounds(bounds: &[(Call, u64)], measure: impl Fn(Call) -> u64) {
    let measured: Vec<_> = bounds.iter().map(|(call, _)| measure(*call)).collect();
    let kept = |((_, bound), it): (&(Call, u64), &u64)| (bound / 2..=*bound).contains(it);
    assert!(
        bounds.iter().zip(&measured).all(kept),
        "{measured:?} instead of {bounds:?}"
    );
    println!("{measured:?} within {bounds:?}");
}

/// The instructions of a process that makes `count` calls.
fn instructions(call: Call, count: usize) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe().unwrap())
        .args(["--exact", "instructions_of_a_request", "--ignored"])
        .arg("--test-threads=1")
        .env("CALLS", format!("{call:?} {count}"))
        .output()
        .expect("valgrind");
    assert!(output.status.success(), "{output:?}");
    let report = String::from_utf8_lossy(&output.stderr);
    let line = report.lines().find(|line| line.contains("Collected :"));
    let count = line
        .and_then(|line| line.split(' ').next_back())
        .expect("a count");
    count.parse().unwrap()
}

#[test]
fn lines_of_generated_source() {
    // Cargo runs tests in the folder of the package.
    let lines = lines_under(Path::new("src/generated"));
    assert!(lines <= GENERATED_LINES, "{lines}");
}

fn lines_under(folder: &Path) -> usize {
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    paths
        .map(|path| match path.is_dir() {
            true => lines_under(&path),
            false => fs::read_to_string(path).unwrap().lines().count(),
        })
        .sum()
}

#[test]
#[cfg(target_os = "linux")]
fn crates_in_the_tree() {
    let crates = tree(&["--edges", "normal"]);
    assert!(crates.len() <= CRATES, "{}: {crates:#?}", crates.len());
    // These have everything that this project replaces.
    for heavy in ["aws-smithy-runtime v", "aws-runtime v", "aws-config v"] {
        assert!(
            !crates.iter().any(|name| name.starts_with(heavy)),
            "{heavy}"
        );
    }
}

/// Only TLS needs a C compiler, which build scripts run through the crate `cc`.
#[test]
fn a_c_compiler_is_needed_for_tls_only() {
    let needs_compiler = |options: &[&str]| {
        let options = [&["--edges", "normal,build"], options].concat();
        tree(&options).iter().any(|name| name.starts_with("cc v"))
    };
    assert!(needs_compiler(&[]));
    assert!(!needs_compiler(&["--no-default-features"]));
    assert!(!needs_compiler(&[
        "--no-default-features",
        "--features",
        "fake,test-util"
    ]));
}

/// The crates in the dependency tree.
fn tree(options: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env::var_os("CARGO").unwrap())
        .args(["tree", "--package", "workspaces-sdk"])
        .args(options)
        .args(["--prefix", "none", "--offline", "--locked"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let tree = String::from_utf8(output.stdout).unwrap();
    let crates = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    crates.map(str::to_owned).collect()
}
