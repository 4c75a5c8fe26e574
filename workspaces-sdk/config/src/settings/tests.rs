//! Runs the tables of environments and profiles.

#[path = "../../tests/settings/mod.rs"]
pub(crate) mod cases;

use std::collections::BTreeMap;

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
