//! Environments and profiles, with a server that takes the part of STS.

use std::collections::HashMap;

use aws_credential_types::provider::ProvideCredentials;

use super::data::credentials::case::Case;
use super::data::credentials::server::Server;
use super::data::credentials::{
    describe, environment, process, profile, role_chain, role_chain_errors, web_identity,
};
use super::inputs::{Inputs, Side};
use super::{Outcome, Row};

const HOME: &str = "/home/user";

const TABLES: [(&str, &[Case]); 10] = [
    ("environment", environment::CASES),
    ("profile", profile::CASES),
    ("profile", profile::SSO_CASES),
    ("process", process::CASES),
    ("process", process::LIMITED_CASES),
    ("role chain", role_chain::CASES),
    ("role chain", role_chain_errors::CASES),
    ("role chain", role_chain_errors::DIFFERENT_CASES),
    ("web identity", web_identity::CASES),
    ("web identity", web_identity::PROFILE_CASES),
];

/// aws-config would collect this output until there is no memory left.
const ENDLESS: &str = "output without an end";

pub fn rows() -> Vec<Row> {
    let cases = TABLES
        .into_iter()
        .flat_map(|(source, cases)| cases.iter().map(move |case| (source, case)));
    let cases = cases.filter(|(_, case)| case.name != ENDLESS);
    let rows = cases.map(|(source, case)| Row {
        source,
        name: case.name,
        run: Box::new(move |side| Box::pin(run(case, side))),
    });
    rows.collect()
}

async fn run(case: &'static Case, side: Side) -> Outcome {
    let server = Server::start(case.server).await;
    let files = case.files.iter();
    let files = files.map(|(path, text)| (path.replace('~', HOME), fill(text, &server, HOME)));
    let inputs = Inputs {
        env: variables(case, &server, HOME),
        files: files.collect(),
        region: Some("us-east-1"),
        ..Inputs::default()
    };
    let config = inputs.load(side).await;
    let provider = config.credentials_provider().expect("the default chain");
    let result = provider.provide_credentials().await;
    let description = describe(&result);
    let description = match (&result, description.split_once(':')) {
        (Err(_), Some((kind, _))) => kind.to_owned(),
        _ => description,
    };
    let requests = server.requests();
    Outcome {
        result: description,
        requests: requests
            .iter()
            .map(|request| without_times(request))
            .collect(),
    }
}

/// Returns the environment variables of a case.
pub fn variables(case: &Case, server: &Server, home: &str) -> HashMap<String, String> {
    let defaults = [
        ("HOME", "{home}"),
        ("AWS_ENDPOINT_URL_STS", "{server}"),
        ("AWS_ENDPOINT_URL_SSO", "{server}"),
        ("AWS_ENDPOINT_URL_SSO_OIDC", "{server}"),
        ("AWS_ENDPOINT_URL_SIGNIN", "{server}"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    let mut env = HashMap::new();
    for (name, value) in defaults.iter().chain(case.env) {
        env.insert((*name).to_owned(), fill(value, server, home));
    }
    env.retain(|_, value| value != "-");
    env
}

fn fill(text: &str, server: &Server, home: &str) -> String {
    text.replace("{server}", &server.url())
        .replace("{home}", home)
}

/// Replaces the times in names of sessions, which are numbers with many digits.
fn without_times(request: &str) -> String {
    let mut text = String::new();
    let mut digits = String::new();
    for c in request.chars().chain(['\n']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        // Accounts have 12 digits, milliseconds have 13.
        text += match digits.len() {
            13.. => "*",
            _ => &digits,
        };
        digits.clear();
        text.push(c);
    }
    text.trim_end().to_owned()
}
