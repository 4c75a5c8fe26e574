//! Tokens of IAM Identity Center.

use super::case::ErrorKind::{InvalidConfiguration, NotLoaded, ProviderError};
use super::case::{CASE, Case, Expected, Reply, STORED_CASE, StoredCase};
use super::sso::{
    CONFIG, EXPIRED, EXPIRING, FILE, LEGACY, LEGACY_FILE, REFRESH, REFRESHED, SESSION, VALID,
};

/// A profile names the session.
pub(crate) const CASES: &[StoredCase] = &[
    StoredCase {
        case: Case {
            name: "a valid token",
            files: &[
                (
                    CONFIG,
                    "[default]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
                ),
                (FILE, VALID),
            ],
            expected: Expected::Credentials("SECRET-1 until 2030-01-01T00:05:01Z"),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a profile that also has a role",
            files: &[SESSION, (FILE, VALID)],
            expected: Expected::Credentials("SECRET-1 until 2030-01-01T00:05:01Z"),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a token that expires soon",
            files: &[
                (
                    CONFIG,
                    "[default]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
                ),
                (FILE, EXPIRING),
            ],
            server: &[(REFRESH, Reply::Keys("2"))],
            expected: Expected::Credentials("SECRET-2 until 2030-01-01T01:00:00Z"),
            ..CASE
        },
        stored: &[(FILE, REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refresh that fails, and a token that expires soon",
            files: &[
                (
                    CONFIG,
                    "[default]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
                ),
                (FILE, EXPIRING),
            ],
            server: &[(
                REFRESH,
                Reply::Error(
                    400,
                    "InvalidGrantException",
                    "the refresh token was revoked",
                ),
            )],
            expected: Expected::Credentials("SECRET-1 until 2030-01-01T00:05:00Z"),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "an expired token",
            files: &[
                (
                    CONFIG,
                    "[default]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
                ),
                (FILE, EXPIRED),
            ],
            expected: Expected::Error(ProviderError, "the login has expired; run `aws sso login`"),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no file of the session",
            files: &[(
                CONFIG,
                "[default]\nsso_session = corp\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n",
            )],
            expected: Expected::Error(
                ProviderError,
                "{home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json does not exist; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "another source",
            files: &[(
                CONFIG,
                "[default]\naws_access_key_id = AKID\naws_secret_access_key = SECRET\n",
            )],
            expected: Expected::Error(
                NotLoaded,
                "the profile has neither sso_session nor sso_start_url",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a session that is not defined",
            files: &[(CONFIG, "[default]\nsso_session = corp\n")],
            expected: Expected::Error(
                InvalidConfiguration,
                "profile \"default\" (~/.aws/config:2): sso_session \"corp\" is not defined in ~/.aws/config: ~/.aws/credentials does not exist",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
];

/// A case in which this crate returns an error, and the official one panics: a token needs a session.
pub(crate) const DIFFERENT_CASES: &[StoredCase] = &[StoredCase {
    case: Case {
        name: "a start URL without a session",
        files: &[LEGACY, (LEGACY_FILE, VALID)],
        expected: Expected::Error(
            InvalidConfiguration,
            "profile \"default\" (~/.aws/config:3): a token needs a session; set sso_session to the name of an [sso-session] section",
        ),
        ..CASE
    },
    ..STORED_CASE
}];
