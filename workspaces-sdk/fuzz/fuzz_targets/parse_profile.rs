//! Parses any config and credentials file.
//!
//! Nothing panics. Every property is on the line that its place gives. Errors and `Debug` output contain no value. The sections that
//! were found, written to a file, are found again. The memory is proportional to the size of the files.
//!
//! The input is the config file, a zero byte, and the credentials file, which can be missing.

#![no_main]

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use aws_types::os_shim_internal::{Env, Fs};
use lean_aws_config::profile::profile_file::ProfileFiles;
use lean_aws_config::profile::{ProfileFileLoadError, ProfileSet, Property, load};
use libfuzzer_sys::fuzz_target;

/// The number of bytes that are allocated at most for a byte of a file, and for no file at all.
///
/// The shortest section, `[]`, needs the most.
const BYTES: [u64; 2] = [2_000, 20_000];

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let (config, credentials) = (parts.next(), parts.next());
    let files = [config, credentials].map(Option::unwrap_or_default);
    let mut result = None;
    let allocations = allocation_counter::measure(|| result = Some(parse(files)));
    let bound = BYTES[0] * data.len() as u64 + BYTES[1];
    assert!(allocations.bytes_max < bound, "{allocations:?}");
    match result.expect("a result") {
        Ok(set) => check(&set, files),
        Err(error) => check_error(&error, files),
    }
});

/// Parses the default files.
fn parse(files: [&[u8]; 2]) -> Result<ProfileSet, ProfileFileLoadError> {
    let [config, credentials] = files.map(<[u8]>::to_vec);
    let fs = HashMap::from([
        ("/home/.aws/config".into(), config),
        ("/home/.aws/credentials".into(), credentials),
    ]);
    let env = Env::from_slice(&[("HOME", "/home")]);
    let default = ProfileFiles::default();
    let fs = Fs::from_raw_map(fs);
    let load = pin!(load(&fs, &env, &default, None));
    match load.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("it waits for nothing"),
    }
}

fn check(set: &ProfileSet, files: [&[u8]; 2]) {
    // Lines that end with CR LF can have another CR as part of the value.
    let mut config = String::new();
    let mut credentials = String::new();
    for name in set.profiles() {
        let profile = set.get_profile(name).expect("a profile");
        write!(credentials, "[{name}]\r\n").expect("a string");
        for property in profile.properties() {
            check_place(property, files);
            write_property(&mut credentials, property);
        }
    }
    // White space other than spaces and tabs makes an empty name, which only a profile can have in this form.
    let named = |name: &&str| !name.is_empty();
    for name in set.sso_sessions().filter(named) {
        let session = set.sso_session(name).expect("a session");
        write!(config, "[sso-session {name}]\r\n").expect("a string");
        for property in session.properties() {
            check_place(property, files);
            write_property(&mut config, property);
        }
    }
    let again = parse([config.as_bytes(), credentials.as_bytes()]);
    let again = again.unwrap_or_else(|error| panic!("{error:?}: {config:?} {credentials:?}"));
    for name in set.profiles() {
        assert_eq!(set.get_profile(name), again.get_profile(name));
    }
    for name in set.sso_sessions().filter(named) {
        assert_eq!(set.sso_session(name), again.sso_session(name));
    }
    assert_eq!(set.profiles().count(), again.profiles().count());
    let _ = set.missing_profile("dev").to_string();
    let _ = set.missing_sso_session("corp").to_string();
}

fn write_property(file: &mut String, property: &Property) {
    let mut lines = property.value().split('\n');
    let first = lines.next().expect("a line");
    write!(file, "{}={first}\r\n", property.key()).expect("a string");
    for line in lines {
        write!(file, " {line}\r\n").expect("a string");
    }
    let secret = format!("{:?}", property.value());
    if secret.len() > 30 {
        assert!(!format!("{property:?}").contains(&secret));
    }
}

/// Returns the line at a place.
fn line<'a>(place: &str, files: [&'a [u8]; 2]) -> &'a str {
    let (file, number) = place.rsplit_once(':').expect("a line");
    let file = match file {
        "~/.aws/config" => files[0],
        "~/.aws/credentials" => files[1],
        _ => panic!("{place}"),
    };
    let file = str::from_utf8(file).expect("a valid file");
    let number: usize = number.parse().expect("the number of a line");
    file.lines().nth(number - 1).expect("a line of the file")
}

fn check_place(property: &Property, files: [&[u8]; 2]) {
    let line = line(&property.place().to_string(), files);
    let (name, value) = line.split_once('=').expect("a property");
    let name = name.trim_matches([' ', '\t']);
    assert_eq!(name.to_ascii_lowercase(), property.key());
    let first = property.value().split('\n').next().expect("a line");
    assert!(value.trim_matches([' ', '\t']).starts_with(first));
}

fn check_error(error: &ProfileFileLoadError, files: [&[u8]; 2]) {
    let ProfileFileLoadError::ParseError(error) = error else {
        panic!("{error:?}");
    };
    assert!(error.source().is_none());
    let message = error.to_string();
    let line = line(&error.place().to_string(), files);
    let line = line.trim();
    // Short lines can be part of any message.
    if line.len() > 20 {
        assert!(!message.contains(line) && !format!("{error:?}").contains(line));
    }
}
