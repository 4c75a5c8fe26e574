//! Runs the tables of environments and profiles, and compares the documentation with the code.

#[path = "../../tests/settings/mod.rs"]
pub(crate) mod cases;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use aws_types::os_shim_internal::{Env, Fs};

use self::cases::{CONFIG, Case, DEFAULTS, VARIABLES, clients, describe, endpoints, regions};
use crate::BehaviorVersion;

#[tokio::test]
async fn settings_of_environments_and_profiles() {
    let mut failures = String::new();
    for case in [regions::CASES, endpoints::CASES, clients::CASES].concat() {
        let found = load(case).await;
        let expected = DEFAULTS.iter().chain(case.expected);
        let expected: BTreeMap<_, _> = expected
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        if found != expected {
            failures += &format!(
                "\n{}:\n   found {found:?}\nexpected {expected:?}",
                case.name
            );
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

async fn load(case: Case) -> BTreeMap<String, String> {
    let files = match case.config {
        "" => Vec::new(),
        config => vec![(CONFIG, config)],
    };
    let config = crate::defaults(BehaviorVersion::latest())
        .env(Env::from_slice(&[&VARIABLES[..], case.env].concat()))
        .fs(Fs::from_slice(&files))
        .load()
        .await;
    describe(&config)
}

/// The names in a text that begin with `AWS_` and follow `before`.
fn names<'a>(text: &'a str, before: &str) -> BTreeSet<&'a str> {
    let rest = text
        .match_indices(before)
        .map(|(start, _)| &text[start + before.len()..]);
    let ends = |c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    let names = rest.map(|rest| rest.split(ends).next().unwrap_or_default());
    names.filter(|name| name.starts_with("AWS_")).collect()
}

/// The code of a folder without that of tests.
fn code(folder: &Path) -> String {
    let mut code = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.is_dir() {
            code += &self::code(&path);
        } else if !name.ends_with("tests") {
            let text = std::fs::read_to_string(&path).unwrap();
            code += text.split("\nmod tests {").next().unwrap();
        }
    }
    code
}

#[test]
fn the_documentation_lists_all_variables_and_properties() {
    let documentation = include_str!("../settings.md");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let code = code(&source);
    let mut listed = names(documentation, "`");
    // What these two begin with is read by the clients, with the name of their service.
    assert!(listed.remove("AWS_ENDPOINT_URL_") && listed.remove("AWS_BEARER_TOKEN_"));
    for other in [
        "AWS_ENDPOINT_URL_SSO_OIDC",
        "AWS_BEARER_TOKEN_BEDROCK",
        "AWS_CA_BUNDLE",
    ] {
        assert!(listed.remove(other), "{other}");
    }
    assert_eq!(listed, names(&code, "\""));
    let settings = include_str!("../settings.rs");
    let properties = settings
        .match_indices("property: \"")
        .map(|(start, before)| settings[start + before.len()..].split('"').next().unwrap());
    for property in properties.filter(|it| !it.is_empty() && *it != "sdk-ua-app-id") {
        assert!(
            documentation.contains(&format!("| `{property}` |")),
            "{property}"
        );
    }
}
