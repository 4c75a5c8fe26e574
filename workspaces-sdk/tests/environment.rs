//! Environment variables, read by the SDK or, on its behalf, by `lean-aws-config` or `aws-config`. The environment of a process
//! must not change while it runs, so each test runs this program again with the environment that it needs.

use std::path::PathBuf;
use std::process::{Command, Output};

use aws_config::BehaviorVersion;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use workspaces_sdk::error::DisplayErrorContext;
use workspaces_sdk::{Client, Config};

/// An HTTP client that prints requests instead of sending them.
#[derive(Debug)]
struct Print;

impl HttpConnector for Print {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        println!("report: {} {}", request.method(), request.uri());
        for (name, value) in request.headers() {
            let (value, _) = value.split_once("Signature=").unwrap_or((value, ""));
            match name {
                "x-amz-date" | "amz-sdk-invocation-id" => println!("report: {name}"),
                _ => println!("report: {name}: {value}"),
            }
        }
        let status = 200.try_into().unwrap();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::empty())))
    }
}

/// The variable that selects the official crate in place of `lean-aws-config`.
const OFFICIAL: &str = "OFFICIAL_AWS_CONFIG";

/// Sends a request with the settings of the environment, and prints the settings and the request.
#[tokio::test]
#[ignore = "fails unless another test runs it with its variables"]
async fn child() {
    let print = http_client_fn(|_, _| SharedHttpConnector::new(Print));
    let version = BehaviorVersion::latest();
    let shared = match std::env::var_os(OFFICIAL) {
        Some(_) => {
            let loader = official_aws_config::defaults(version).http_client(print);
            loader.load().await
        }
        None => {
            aws_config::defaults(version)
                .http_client(print)
                .load()
                .await
        }
    };
    println!("report: {:?}", shared.retry_config());
    println!("report: {:?}", shared.disable_request_compression());
    println!("report: {:?}", shared.request_min_compression_size_bytes());
    println!("report: {:?}", shared.disable_clock_skew_correction());
    println!("report: {:?}", shared.account_id_endpoint_mode());
    let client = Client::from_conf(Config::new(&shared));
    let outcome = client.describe_workspaces().send().await;
    match outcome {
        Ok(_) => println!("report: sent"),
        Err(error) => println!("report: {}", DisplayErrorContext(&error)),
    }
}

/// Runs [`child`] in a process that has these environment variables and those that every process needs.
fn run(variables: &[(&str, &str)]) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "environment::child", "--ignored", "--nocapture"])
        .env_clear()
        .envs([
            ("AWS_ACCESS_KEY_ID", "AKID"),
            ("AWS_SECRET_ACCESS_KEY", "SECRET"),
            ("AWS_REGION", "eu-west-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("HOME", "/nowhere"),
        ])
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// What [`child`] reports.
fn report(variables: &[(&str, &str)]) -> Vec<String> {
    let text = String::from_utf8(run(variables).stdout).unwrap();
    let lines: Vec<_> = text
        .lines()
        .filter_map(|line| Some(line.split_once("report: ")?.1.to_owned()))
        .collect();
    assert!(!lines.is_empty(), "{text}");
    lines
}

/// Each variable has an effect, and none if it is empty. Those of proxies have a test beside their code.
#[test]
fn an_empty_variable_is_unset() {
    // Other variables, the variable, and a value that has an effect.
    type Variable = (&'static str, &'static str);
    #[rustfmt::skip]
    let cases: [(&[Variable], &str, &str); 18] = [
        // Read by the SDK.
        (&[], "AWS_EXECUTION_ENV", "AWS_Lambda_rust"),
        (&[("_X_AMZN_TRACE_ID", "Root=1")], "AWS_LAMBDA_FUNCTION_NAME", "f"),
        (&[("AWS_LAMBDA_FUNCTION_NAME", "f")], "_X_AMZN_TRACE_ID", "Root=1"),
        // Read by `lean-aws-config`.
        (&[], "AWS_ACCOUNT_ID_ENDPOINT_MODE", "required"),
        (&[], "AWS_DISABLE_CLOCK_SKEW_CORRECTION", "true"),
        (&[], "AWS_DISABLE_REQUEST_COMPRESSION", "true"),
        (&[], "AWS_ENDPOINT_URL", "http://a.test"),
        (&[], "AWS_ENDPOINT_URL_WORKSPACES", "http://a.test"),
        (&[("AWS_ENDPOINT_URL", "http://a.test")], "AWS_ENDPOINT_URL_WORKSPACES", "http://b.test"),
        (&[("AWS_ENDPOINT_URL", "http://a.test")], "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
        (&[], "AWS_MAX_ATTEMPTS", "7"),
        (&[], "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "7"),
        (&[], "AWS_RETRY_MODE", "adaptive"),
        (&[], "AWS_SDK_UA_APP_ID", "app"),
        (&[], "AWS_SESSION_TOKEN", "TOKEN"),
        (&[], "AWS_USE_DUALSTACK_ENDPOINT", "true"),
        (&[], "AWS_USE_FIPS_ENDPOINT", "true"),
        (&[], "AWS_REGION", "eu-central-1"),
    ];
    for (given, name, value) in cases {
        let with = |value| report(&[given, &[(name, value)]].concat());
        if name == "AWS_REGION" {
            let last = with("").pop().unwrap();
            assert!(last.contains("no region is set"), "{last}");
        } else {
            assert_eq!(with(""), report(given), "{name}=");
        }
        assert_ne!(with(value), report(given), "{name}={value}");
    }
}

/// The official crate plugs in, and has the same settings.
#[test]
fn aws_config_has_the_same_settings() {
    let variables = [
        ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "required"),
        ("AWS_DISABLE_REQUEST_COMPRESSION", "true"),
        ("AWS_ENDPOINT_URL_WORKSPACES", "http://a.test"),
        ("AWS_MAX_ATTEMPTS", "7"),
        ("AWS_SDK_UA_APP_ID", "app"),
        ("AWS_SESSION_TOKEN", "TOKEN"),
    ];
    let official = [&variables[..], &[(OFFICIAL, "1")]].concat();
    assert_eq!(report(&official), report(&variables));
}

/// All variables are read in one place, where the value of an empty one is discarded.
#[test]
fn one_module_reads_the_environment() {
    let mut folders = vec![PathBuf::from("runtime/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("environment.rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                let reads = source.contains("env::var") || source.contains("Matcher::from_");
                assert!(!reads, "{}", path.display());
            }
        }
    }
}
