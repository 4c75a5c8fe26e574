//! Files of IAM Identity Center without a token that can be used.

use super::case::ErrorKind::ProviderError;
use super::case::{CASE, Case, Expected, STORED_CASE, StoredCase};
use super::sso::{
    BOTH_EXPIRED, EXPIRED, FILE, LEGACY, LEGACY_FILE, REGISTRATION_INVALID, SESSION, VALID,
};

/// A profile names the account, the role, and the session or the start URL.
pub(crate) const CASES: &[StoredCase] = &[
    StoredCase {
        case: Case {
            name: "an expired token that cannot be refreshed",
            files: &[SESSION, (FILE, EXPIRED)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: the login has expired; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "an expired registration and an expired token",
            files: &[SESSION, (FILE, BOTH_EXPIRED)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: the login has expired; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the time of the registration is not valid",
            files: &[SESSION, (FILE, REGISTRATION_INVALID)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: `registrationExpiresAt` in {home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json is not a time such as 2019-11-14T04:05:45Z; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no file",
            files: &[SESSION],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: {home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json does not exist; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the file of the start URL does not count",
            files: &[SESSION, (LEGACY_FILE, VALID)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: {home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json does not exist; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the file is not JSON",
            files: &[SESSION, (FILE, "SECRET")],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: {home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json does not contain a JSON object; run `aws sso login`: expected an object, found another character, at byte 0",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the file is cut off",
            files: &[SESSION, (FILE, "{\"accessToken\": \"SECRET-1\"")],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: {home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json does not contain a JSON object; run `aws sso login`: expected `,` or `}`, found the end, at byte 26",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "more text after the object",
            files: &[
                SESSION,
                (
                    FILE,
                    "{\"accessToken\": \"SECRET-1\", \"expiresAt\": \"2031-01-01T00:00:00Z\"} SECRET",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: {home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json does not contain a JSON object; run `aws sso login`: expected the end, found another character, at byte 65",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no access token",
            files: &[SESSION, (FILE, "{\"expiresAt\": \"2031-01-01T00:00:00Z\"}")],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: {home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json has no `accessToken`; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no time of expiration",
            files: &[SESSION, (FILE, "{\"accessToken\": \"SECRET-1\"}")],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: {home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json has no `expiresAt`; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the time of expiration is not valid",
            files: &[
                SESSION,
                (
                    FILE,
                    "{\"accessToken\": \"SECRET-1\", \"expiresAt\": \"2031-01-01\"}",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: `expiresAt` in {home}/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json is not a time such as 2019-11-14T04:05:45Z; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no file of the start URL",
            files: &[LEGACY, (FILE, VALID)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:3): sso_start_url failed: an error occurred while loading credentials: {home}/.aws/sso/cache/a51746d4aa793ae07b25e90c3a5db96fc7832bd7.json does not exist; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
];
