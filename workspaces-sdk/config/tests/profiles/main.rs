//! The shared files: where they are, their syntax, and their faults.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

mod errors;
mod files;
mod secrets;
mod services;
mod size;
mod syntax;

use aws_types::os_shim_internal::{Env, Fs};
use lean_aws_config::profile::profile_file::ProfileFiles;
use lean_aws_config::profile::{ProfileFileLoadError, ProfileSet, Property, load};

const CONFIG: &str = "/home/user/.aws/config";
const CREDENTIALS: &str = "/home/user/.aws/credentials";

/// Loads the default files of the user.
async fn load_files(config: &str, credentials: &str) -> Result<ProfileSet, ProfileFileLoadError> {
    let fs = Fs::from_slice(&[(CONFIG, config), (CREDENTIALS, credentials)]);
    let env = Env::from_slice(&[("HOME", "/home/user")]);
    load(&fs, &env, &ProfileFiles::default(), None).await
}

/// Lists all properties of profiles and SSO sessions with their places, sorted.
fn dump(set: &ProfileSet) -> Vec<String> {
    let mut lines = Vec::new();
    for name in set.profiles() {
        let profile = set.get_profile(name).unwrap();
        assert_eq!(profile.name(), name);
        lines.push(format!("[{name}]"));
        lines.extend(profile.properties().map(|p| describe(name, p)));
    }
    for name in set.sso_sessions() {
        let session = set.sso_session(name).unwrap();
        assert_eq!(session.name(), name);
        let name = format!("sso-session {name}");
        lines.push(format!("[{name}]"));
        lines.extend(session.properties().map(|p| describe(&name, p)));
    }
    lines.sort();
    lines
}

fn describe(section: &str, property: &Property) -> String {
    let (key, value) = (property.key(), property.value());
    let place = property.place().to_string();
    let place = place.replace("~/.aws/", "");
    format!("[{section}] {key} = {value:?} at {place}")
}
