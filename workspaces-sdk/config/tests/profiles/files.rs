use std::collections::HashMap;
use std::error::Error;
use std::ffi::OsString;

use aws_types::os_shim_internal::{Env, Fs};
use lean_aws_config::profile::profile_file::ProfileFileKind::{Config, Credentials};
use lean_aws_config::profile::profile_file::ProfileFiles;
use lean_aws_config::profile::{ProfileFileLoadError, ProfileSet, load};

use crate::{CONFIG, CREDENTIALS};

const HOME: (&str, &str) = ("HOME", "/home/user");

async fn load_default(fs: &Fs, env: &[(&str, &str)]) -> ProfileSet {
    load(fs, &Env::from_slice(env), &ProfileFiles::default(), None)
        .await
        .unwrap()
}

/// Describes a property by its value and place.
fn find(set: &ProfileSet, name: &str) -> Option<String> {
    let property = set.property(name)?;
    Some(format!("{} at {}", property.value(), property.place()))
}

#[cfg(unix)]
#[tokio::test]
async fn the_environment_gives_the_places() {
    // Each file has one property.
    let paths = [
        (CONFIG, "config"),
        (CREDENTIALS, "credentials"),
        ("/other/config", "other"),
        ("/home/user/x/credentials", "x"),
        ("~name/config", "user"),
        (".aws/config", "relative"),
        ("~/.aws/config", "tilde"),
        ("", "empty"),
    ];
    let files = paths.map(|(path, name)| (path.to_owned(), format!("[default]\n{name} = 1")));
    let fs = Fs::from_map(files.into());
    let config = "config at ~/.aws/config:2";
    let credentials = "credentials at ~/.aws/credentials:2";
    for (env, expected) in [
        (&[HOME][..], &[config, credentials][..]),
        (&[("USERPROFILE", "/home/user")], &[]),
        (&[], &[]),
        (&[("HOME", "")], &[]),
        (
            &[HOME, ("AWS_CONFIG_FILE", "/other/config")],
            &[credentials, "other at /other/config:2"],
        ),
        (
            &[HOME, ("AWS_SHARED_CREDENTIALS_FILE", "~/x/credentials")],
            &[config, "x at ~/x/credentials:2"],
        ),
        (
            &[HOME, ("AWS_SHARED_CREDENTIALS_FILE", "~/x//./credentials")],
            &[config, "x at ~/x//./credentials:2"],
        ),
        // Only the home directory of the user has a short form.
        (
            &[("AWS_CONFIG_FILE", "~name/config")],
            &["user at ~name/config:2"],
        ),
        (&[("AWS_CONFIG_FILE", "~/.aws/config")], &[]),
        (
            &[("AWS_CONFIG_FILE", "/other/config")],
            &["other at /other/config:2"],
        ),
        (
            &[HOME, ("AWS_CONFIG_FILE", "")],
            &[credentials, "empty at :2"],
        ),
    ] {
        let set = load_default(&fs, env).await;
        let names = paths.iter().map(|(_, name)| set.property(name));
        let found: Vec<_> = names
            .flatten()
            .map(|property| format!("{} at {}", property.key(), property.place()))
            .collect();
        assert_eq!(found, expected, "{env:?}");
    }
}

#[tokio::test]
async fn the_profile_is_selected_in_code_or_by_the_environment() {
    let fs = Fs::from_slice(&[(
        CONFIG,
        "[default]\na = 1\n[profile dev]\na = 2\n[profile prod]\na = 3",
    )]);
    for (env, name, selected, expected) in [
        (None, None, "default", Some("1")),
        (Some("dev"), None, "dev", Some("2")),
        (Some("dev"), Some("prod"), "prod", Some("3")),
        (None, Some("prod"), "prod", Some("3")),
        (Some("missing"), None, "missing", None),
        (Some("Dev"), None, "Dev", None),
        (Some(""), None, "", None),
    ] {
        let env: Vec<_> = [HOME]
            .into_iter()
            .chain(env.map(|name| ("AWS_PROFILE", name)))
            .collect();
        let env = Env::from_slice(&env);
        let files = ProfileFiles::default();
        let set = load(&fs, &env, &files, name.map(Into::into)).await.unwrap();
        assert_eq!(set.selected_profile(), selected);
        assert_eq!(set.get("a"), expected, "{selected}");
        assert!(!set.is_empty());
    }
    assert_eq!(ProfileSet::default().selected_profile(), "default");
    assert!(ProfileSet::default().is_empty());
}

#[tokio::test]
async fn default_files_that_cannot_be_used_count_as_empty() {
    let directory = env!("CARGO_MANIFEST_DIR");
    for (config, expected) in [
        (None, "~/.aws/config does not exist"),
        (
            Some(&b"[default]\n[profile dev]\na = \xFF\n"[..]),
            "~/.aws/config is ignored, as line 3 is not UTF-8",
        ),
        (
            Some(b"\xFF\xFE[\0d\0e\0v\0]\0"),
            "~/.aws/config is ignored, as it is UTF-16: save it as UTF-8",
        ),
    ] {
        let mut files =
            HashMap::from([(OsString::from(CREDENTIALS), b"[default]\na = 1".to_vec())]);
        files.extend(config.map(|text| (OsString::from(CONFIG), text.to_vec())));
        let set = load_default(&Fs::from_raw_map(files), &[HOME]).await;
        assert_eq!(set.get("a"), Some("1"));
        assert_eq!(
            set.missing_profile("dev").to_string(),
            format!("profile \"dev\" is not defined in ~/.aws/credentials: {expected}")
        );
    }
    let env = [("AWS_CONFIG_FILE", directory), HOME];
    let set = load_default(&Fs::real(), &env).await;
    let message = set.missing_profile("dev").to_string();
    let expected = format!("profile \"dev\" is not defined: {directory} cannot be read: ");
    assert!(message.starts_with(&expected), "{message}");
    let set = load_default(&Fs::from_slice(&[]), &[]).await;
    assert_eq!(
        set.missing_sso_session("corp").to_string(),
        "SSO session \"corp\" is not defined: \
         ~/.aws/config has no place: the home directory is unknown, as HOME is not set, \
         ~/.aws/credentials has no place: the home directory is unknown, as HOME is not set"
    );
}

#[tokio::test]
async fn added_files_override_each_other_in_order() {
    let fs = Fs::from_slice(&[
        (CONFIG, "[default]\na = 1\nb = 1\nc = 1\nd = 1"),
        (CREDENTIALS, "[default]\nb = 2\nc = 2\nd = 2"),
        ("/more", "[default]\nc = 3\nd = 3"),
    ]);
    let env = Env::from_slice(&[HOME]);
    let files = ProfileFiles::builder()
        .with_file(Credentials, "/more")
        .with_contents(Config, "[profile default]\nd = 4")
        .include_default_credentials_file(true)
        .include_default_config_file(true);
    let set = load(&fs, &env, &files.clone().build(), None).await.unwrap();
    let found = ["a", "b", "c", "d"].map(|name| find(&set, name).unwrap());
    assert_eq!(
        found,
        [
            "1 at ~/.aws/config:2",
            "2 at ~/.aws/credentials:2",
            "3 at /more:2",
            "4 at <config file given in code>:2"
        ]
    );
    let files = files
        .include_default_credentials_file(false)
        .include_default_config_file(false);
    let set = load(&fs, &env, &files.build(), None).await.unwrap();
    assert_eq!(find(&set, "a"), None);
    assert_eq!(find(&set, "c").unwrap(), "3 at /more:2");
    let none = ProfileFiles::builder().build();
    assert!(load(&fs, &env, &none, None).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_added_file_must_exist() {
    let env = Env::from_slice(&[HOME]);
    // The other file is invalid, but files are read before they are parsed.
    let files = ProfileFiles::builder()
        .with_contents(Config, "invalid")
        .with_file(Config, "~/missing")
        .build();
    let error = load(&Fs::from_slice(&[]), &env, &files, None)
        .await
        .unwrap_err();
    assert!(matches!(&error, ProfileFileLoadError::CouldNotReadFile(_)));
    assert_eq!(
        error.to_string(),
        "could not read ~/missing, which was added with ProfileFiles::builder().with_file()"
    );
    let source = error.source().unwrap();
    let source = source.downcast_ref::<std::io::Error>().unwrap();
    assert_eq!(source.kind(), std::io::ErrorKind::NotFound);
}
