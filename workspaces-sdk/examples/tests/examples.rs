//! The examples run without an account and do what the README describes.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that cannot continue fails"
)]

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use lean_aws_runtime::codegen::json;
use workspaces_sdk::primitives::Document;

/// The command for an example: the binary that `cargo test` has built, or `cargo run` if only some tests are built.
fn example(name: &str) -> Command {
    let tests = std::env::current_exe().unwrap();
    let built = tests.ancestors().nth(2).unwrap().join("examples");
    let path = built.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if path.exists() {
        return Command::new(path);
    }
    let mut cargo = cargo_run(name);
    cargo.arg("--");
    cargo
}

fn cargo_run(name: &str) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap());
    cargo.args(["run", "--quiet", "--example", name]);
    cargo
}

fn output(name: &str, arguments: &[&str]) -> String {
    let output = example(name).args(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn first_call_lists_the_workspaces() {
    let printed = output("first_call", &[]);
    let states: Vec<&str> = printed
        .lines()
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    assert_eq!(states, ["AVAILABLE"; 3]);
}

/// The README shows what this example prints.
#[test]
fn maintenance_window_puts_the_workspace_back() {
    let printed = output("maintenance_window", &[]);
    let readme = include_str!("../../../README.md");
    assert!(readme.contains(printed.trim_end()), "{printed}");
    let end = "the second window failed: the disk is full";
    assert!(printed.trim_end().ends_with(end), "{printed}");
}

#[test]
fn ip_access_control_leaves_nothing_behind() {
    let printed = output("ip_access_control", &[]);
    let words: Vec<&str> = printed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let rules = ["192.0.2.0/24", "198.51.100.0/24"];
    let [first, second] = rules;
    assert_eq!(
        words,
        ["created", "associated", first, second, "kept", "deleted"],
        "{printed}"
    );
}

#[test]
fn nightly_stops_the_workspaces_that_nobody_uses() {
    let printed = output("nightly", &[]);
    let (numbers, stopped) = printed.split_once('\n').unwrap();
    assert_eq!(
        numbers,
        "60 WorkSpaces, 60 of them running, 20 of those unused"
    );
    assert_eq!(stopped.lines().count(), 20);
    assert!(
        stopped.lines().all(|line| line.starts_with("stopped ws-")),
        "{printed}"
    );
}

#[test]
fn onboarding_says_who_gets_a_workspace_and_who_does_not() {
    let printed = output("onboarding", &["ada", "grace"]);
    let lines: Vec<&str> = printed.lines().collect();
    assert!(lines[0].starts_with("ada      gets ws-"), "{printed}");
    assert!(lines[1].starts_with("grace    gets ws-"), "{printed}");
    assert_eq!(lines[2], "all users have a WorkSpace");

    let output = example("onboarding")
        .args(["ada", "nobody"])
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert!(
        printed.starts_with("nobody   an item failed (ResourceNotFound.User: "),
        "{printed}"
    );
    assert!(printed.contains("\nada      gets ws-"), "{printed}");
}

/// The examples show how little a job needs.
#[test]
fn jobs_have_at_most_60_lines() {
    for source in [
        include_str!("../nightly.rs"),
        include_str!("../onboarding.rs"),
    ] {
        assert!(source.lines().count() <= 60);
    }
}

#[test]
fn inventory_lists_a_fleet_of_any_size() {
    let printed = output("inventory", &["1234"]);
    assert!(printed.ends_with("    1234 AVAILABLE\n    1234 in all\n"));
    assert_eq!(printed.lines().count(), 1 + 1234 + 3);
}

/// Makes a call without the feature that a client needs for it. Returns the body of the response.
fn call(url: &str, operation: &str, input: &str) -> HashMap<String, Document> {
    let mut connection = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    let length = input.len();
    let request = format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\
         content-type: application/x-amz-json-1.1\r\nx-amz-target: WorkspacesService.{operation}\r\n\r\n{input}"
    );
    connection.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    connection.read_to_string(&mut response).unwrap();
    let (_, body) = response.split_once("\r\n\r\n").unwrap();
    json::decode(body.as_bytes()).unwrap()
}

#[test]
fn serve_responds_to_and_logs_each_call() {
    let mut server = example("serve")
        .args(["--port", "0", "--fleet", "2"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut printed = BufReader::new(server.stdout.take().unwrap()).lines();
    let exported = exported(printed.by_ref().map_while(Result::ok));
    let names: Vec<&str> = exported.iter().map(|(name, _)| name.as_str()).collect();
    // boto3 and version 1 of the AWS CLI ignore AWS_REGION.
    assert_eq!(
        names,
        [
            "AWS_ENDPOINT_URL_WORKSPACES",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY"
        ]
    );
    let url = &exported[0].1;

    let output = call(url, "DescribeWorkspaces", "{}");
    assert_eq!(output["Workspaces"].as_array().unwrap().len(), 2);

    let logged = printed.map_while(Result::ok);
    let logged = logged
        .into_iter()
        .find(|line| line.contains("DescribeWorkspaces"));
    assert!(logged.unwrap().contains("Z  200  DescribeWorkspaces"));
    server.kill().unwrap();
    server.wait().unwrap();
}

/// Returns the variables that the first `export` lines set.
fn exported(lines: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let mut lines = lines.skip_while(|line| !line.contains("  export "));
    let lines = lines.by_ref().take_while(|line| line.contains("  export "));
    let lines: Vec<String> = lines.collect();
    let words = lines.iter().flat_map(|line| line.split_whitespace());
    let pairs = words.filter_map(|word| word.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[cfg(not(feature = "aws"))]
#[test]
fn an_example_names_the_feature_that_it_needs() {
    let output = example("first_call").arg("--aws").output().unwrap();
    assert!(!output.status.success());
    let expected =
        "error: --aws needs the feature `aws`; run the example with `--features aws -- --aws`\n";
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
}

/// Runs with `cargo test -p workspaces-examples --features aws`.
#[cfg(feature = "aws")]
#[tokio::test(flavor = "current_thread")]
async fn an_example_uses_the_account_in_the_environment() {
    let fake = workspaces_sdk::fake::Fake::builder()
        .directory("d-906700000a", [""; 0])
        .fleet("d-906700000a", 7)
        .build();
    let server = fake.serve("127.0.0.1:0").await.unwrap();
    // The binary beside this test may be one without the feature.
    let mut example = cargo_run("first_call");
    example
        .args(["--features", "aws", "--", "--aws"])
        .env("AWS_ENDPOINT_URL_WORKSPACES", server.url())
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "any")
        .env("AWS_SECRET_ACCESS_KEY", "any");
    let output = tokio::task::spawn_blocking(move || example.output());
    let output = output.await.unwrap().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(output.stdout.iter().filter(|it| **it == b'\n').count(), 7);
}

#[test]
fn serve_reports_invalid_options() {
    for (arguments, message) in [
        (
            ["--port", "x"],
            "error: --port requires a number from 0 to 65535, not \"x\"\n",
        ),
        (
            ["--port", "70000"],
            "error: --port requires a number from 0 to 65535, not \"70000\"\n",
        ),
        (
            ["--speed", "0"],
            "error: --speed requires a number from 1 to 100000, not \"0\"\n",
        ),
        (
            ["--fleet", "100001"],
            "error: --fleet requires a number from 0 to 100000, not \"100001\"\n",
        ),
        (
            ["--rate", "-1"],
            "error: --rate requires a number from 0 to 1000000, not \"-1\"\n",
        ),
        (
            ["--fault", "throtle"],
            "error: unknown fault \"throtle\"; did you mean throttle?; the faults are access-denied, delay, end-in-error, \
             fail-item, server-error, stuck, throttle\n",
        ),
        (
            ["--prot", "1"],
            "error: unknown option --prot; the options are --port, --speed, --fleet, --rate, --burst, --users, --fault and \
             --state\n",
        ),
    ] {
        let output = example("serve").args(arguments).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), message);
        assert!(!output.status.success());
    }
}

/// A server with a state file goes on where the one before it stopped, with its users and faults.
#[test]
fn serve_keeps_its_state_in_a_file() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("served-state");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("state.json");
    let file = path.to_str().unwrap();
    let mut groups_of_rounds = Vec::new();
    for round in 0..2 {
        let mut server = example("serve")
            .args([
                "--port",
                "0",
                "--fleet",
                "2",
                "--users",
                "ada,grace",
                "--state",
                file,
            ])
            .args([
                "--fault",
                "throttle,on=DescribeTags,times=1",
                "--rate",
                "1000",
            ])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut printed = BufReader::new(server.stdout.take().unwrap()).lines();
        let lines: Vec<String> = printed
            .by_ref()
            .map_while(Result::ok)
            .take_while(|line| !line.contains("Ctrl-C"))
            .collect();
        let users = ["the users ada, grace", "the users in the state file"][round];
        assert!(lines.iter().any(|line| line.contains(users)), "{lines:?}");
        let url = &exported(lines.iter().cloned())[0].1;
        let tags = call(url, "DescribeTags", r#"{"ResourceId":"d-906700000a"}"#);
        assert_eq!(tags["__type"].as_string(), Some("ThrottlingException"));
        let group = format!(r#"{{"GroupName":"group-{round}"}}"#);
        let created = call(url, "CreateIpGroup", &group);
        assert!(created["GroupId"].as_string().is_some(), "{created:?}");
        let groups = call(url, "DescribeIpGroups", "{}");
        groups_of_rounds.push(groups["Result"].as_array().unwrap().len());
        server.kill().unwrap();
        server.wait().unwrap();
    }
    assert_eq!(groups_of_rounds, [1, 2]);
    std::fs::write(&path, "{").unwrap();
    let output = example("serve")
        .args(["--port", "0", "--state", file])
        .output()
        .unwrap();
    assert!(!output.status.success());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        errors.starts_with(&format!("error: the state file {file} is invalid")),
        "{errors}"
    );
    assert!(errors.contains("at byte 1"), "{errors}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "{");
}
