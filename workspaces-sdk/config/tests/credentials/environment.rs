//! Credentials in environment variables.

use super::case::ErrorKind::NotLoaded;
use super::case::{CASE, Case, Expected};

const ID: (&str, &str) = ("AWS_ACCESS_KEY_ID", "AKID");
const KEY: (&str, &str) = ("AWS_SECRET_ACCESS_KEY", "SECRET");

const NO_ID: Expected = Expected::Error(NotLoaded, "AWS_ACCESS_KEY_ID is not set");
const NO_KEY: Expected = Expected::Error(NotLoaded, "AWS_SECRET_ACCESS_KEY is not set");

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "no keys",
        expected: NO_ID,
        ..CASE
    },
    Case {
        name: "keys",
        env: &[ID, KEY],
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "keys, a token and an account",
        env: &[
            ID,
            KEY,
            ("AWS_SESSION_TOKEN", "SECRET-TOKEN"),
            ("AWS_ACCOUNT_ID", "111122223333"),
        ],
        expected: Expected::Credentials("AKID SECRET SECRET-TOKEN of 111122223333"),
        ..CASE
    },
    Case {
        name: "only an ID",
        env: &[ID],
        expected: NO_KEY,
        ..CASE
    },
    Case {
        name: "only a secret",
        env: &[KEY],
        expected: NO_ID,
        ..CASE
    },
    Case {
        name: "a token without keys",
        env: &[("AWS_SESSION_TOKEN", "SECRET-TOKEN")],
        expected: NO_ID,
        ..CASE
    },
    Case {
        name: "an empty ID",
        env: &[("AWS_ACCESS_KEY_ID", ""), KEY],
        expected: NO_ID,
        ..CASE
    },
    Case {
        name: "a blank ID",
        env: &[("AWS_ACCESS_KEY_ID", " \t"), KEY],
        expected: NO_ID,
        ..CASE
    },
    Case {
        name: "an empty secret",
        env: &[ID, ("AWS_SECRET_ACCESS_KEY", "")],
        expected: NO_KEY,
        ..CASE
    },
    Case {
        name: "a blank secret",
        env: &[ID, ("AWS_SECRET_ACCESS_KEY", "  ")],
        expected: NO_KEY,
        ..CASE
    },
    Case {
        name: "the second name of the secret",
        env: &[ID, ("SECRET_ACCESS_KEY", "SECRET-second")],
        expected: Expected::Credentials("AKID SECRET-second"),
        ..CASE
    },
    Case {
        name: "both names of the secret",
        env: &[ID, KEY, ("SECRET_ACCESS_KEY", "SECRET-second")],
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "a blank secret and its second name",
        env: &[
            ID,
            ("AWS_SECRET_ACCESS_KEY", " "),
            ("SECRET_ACCESS_KEY", "SECRET-second"),
        ],
        expected: Expected::Credentials("AKID SECRET-second"),
        ..CASE
    },
    Case {
        name: "spaces around keys are a part of them",
        env: &[
            ("AWS_ACCESS_KEY_ID", " AKID"),
            ("AWS_SECRET_ACCESS_KEY", "SECRET "),
        ],
        expected: Expected::Credentials(" AKID SECRET "),
        ..CASE
    },
    Case {
        name: "spaces around a token and an account are ignored",
        env: &[
            ID,
            KEY,
            ("AWS_SESSION_TOKEN", " SECRET-TOKEN "),
            ("AWS_ACCOUNT_ID", "111122223333\n"),
        ],
        expected: Expected::Credentials("AKID SECRET SECRET-TOKEN of 111122223333"),
        ..CASE
    },
    Case {
        name: "a blank token and a blank account",
        env: &[ID, KEY, ("AWS_SESSION_TOKEN", " "), ("AWS_ACCOUNT_ID", "")],
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "an account is not checked",
        env: &[ID, KEY, ("AWS_ACCOUNT_ID", "team a")],
        expected: Expected::Credentials("AKID SECRET of team a"),
        ..CASE
    },
    Case {
        name: "keys come before a profile",
        env: &[ID, KEY],
        files: &[(
            "~/.aws/credentials",
            "[default]\naws_access_key_id = UNUSED\naws_secret_access_key = SECRET-unused\n",
        )],
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "keys come before a profile that is not valid",
        env: &[ID, KEY],
        files: &[("~/.aws/config", "not a profile\n")],
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
    Case {
        name: "keys come before all other variables",
        env: &[
            ID,
            KEY,
            ("AWS_WEB_IDENTITY_TOKEN_FILE", "{home}/token"),
            ("AWS_ROLE_ARN", "arn:a"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "{server}/c"),
        ],
        expected: Expected::Credentials("AKID SECRET"),
        ..CASE
    },
];
