//! Errors of IAM Identity Center.

use super::case::ErrorKind::ProviderError;
use super::case::{CASE, Case, Expected, Reply, STORED_CASE, StoredCase};
use super::sso::{
    EXPIRED, EXPIRED_REFRESHABLE, EXPIRING, FILE, GET, GET_REFRESHED, KEPT_REFRESH_TOKEN, KEYS,
    LEGACY, LEGACY_FILE, OUTAGE, REFRESH, SESSION, VALID,
};

const THROTTLED: Reply = Reply::Error(429, "TooManyRequestsException", "too many requests");

/// Errors of GetRoleCredentials, and what a response lacks.
pub(crate) const CASES: &[StoredCase] = &[
    StoredCase {
        case: Case {
            name: "the token was revoked",
            files: &[SESSION, (FILE, VALID)],
            server: &[(
                GET,
                Reply::Error(401, "UnauthorizedException", "the token has ended"),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: the login has ended; run `aws sso login`: UnauthorizedException: the token has ended",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the role does not exist",
            files: &[SESSION, (FILE, VALID)],
            server: &[(
                GET,
                Reply::Error(404, "ResourceNotFoundException", "no such role"),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: ResourceNotFoundException: no such role",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "access is denied",
            files: &[SESSION, (FILE, VALID)],
            server: &[(GET, Reply::Error(403, "ForbiddenException", "no access"))],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: ForbiddenException: no access",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the request is not valid",
            files: &[SESSION, (FILE, VALID)],
            server: &[(
                GET,
                Reply::Error(400, "InvalidRequestException", "not valid"),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: InvalidRequestException: not valid",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "two requests too many",
            files: &[SESSION, (FILE, VALID)],
            server: &[
                (GET, THROTTLED),
                (GET, THROTTLED),
                (GET, Reply::Keys("ASIA1")),
            ],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "too many requests",
            files: &[SESSION, (FILE, VALID)],
            server: &[(GET, THROTTLED), (GET, THROTTLED), (GET, THROTTLED)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: TooManyRequestsException: too many requests",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "an outage",
            files: &[SESSION, (FILE, VALID)],
            server: &[(GET, OUTAGE), (GET, OUTAGE), (GET, OUTAGE)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: InternalServerException: an outage",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no credentials in the response",
            files: &[SESSION, (FILE, VALID)],
            server: &[(GET, Reply::Body("{}"))],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: unexpected credentials error: the response of GetRoleCredentials has no credentials",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no access key ID in the response",
            files: &[SESSION, (FILE, VALID)],
            server: &[(
                GET,
                Reply::Body(
                    "{\"roleCredentials\":{\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\",\"expiration\":2051319845000}}",
                ),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: unexpected credentials error: the response of GetRoleCredentials has no access key ID",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no secret access key in the response",
            files: &[SESSION, (FILE, VALID)],
            server: &[(
                GET,
                Reply::Body(
                    "{\"roleCredentials\":{\"accessKeyId\":\"ASIA1\",\"sessionToken\":\"SECRET\",\"expiration\":2051319845000}}",
                ),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: unexpected credentials error: the response of GetRoleCredentials has no secret access key",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the response is cut off",
            files: &[SESSION, (FILE, VALID)],
            server: &[(
                GET,
                Reply::Body(
                    "{\"roleCredentials\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SECRET",
                ),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: response error: expected a closing quote, found the end, at byte 67 in roleCredentials.secretAccessKey",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the time of expiration in the response is not valid",
            files: &[SESSION, (FILE, VALID)],
            server: &[(
                GET,
                Reply::Body(
                    "{\"roleCredentials\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\",\"expiration\":\"tomorrow\"}}",
                ),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: response error: expected an integer of 64 bits, found a string, at byte 106 in roleCredentials.expiration",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
];

/// Cases in which this crate differs from the official one: it does not use expired tokens, uses a refreshed token that cannot be
/// stored, does not take a missing time for 1970, requires a session token, keeps
/// the refresh token if the new one is empty, and reads the times of all versions of the AWS CLI.
pub(crate) const DIFFERENT_CASES: &[StoredCase] = &[
    StoredCase {
        case: Case {
            name: "a refresh that fails, and an expired token",
            files: &[SESSION, (FILE, EXPIRED_REFRESHABLE)],
            server: &[(
                REFRESH,
                Reply::Error(
                    400,
                    "InvalidGrantException",
                    "the refresh token was revoked",
                ),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: the login has expired and could not be refreshed; run `aws sso login`: InvalidGrantException: the refresh token was revoked",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refresh without a time of expiration",
            files: &[SESSION, (FILE, EXPIRED_REFRESHABLE)],
            server: &[(REFRESH, Reply::Body("{\"accessToken\":\"SECRET-2\"}"))],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: an error occurred while loading credentials: an error occurred while loading an access token: the login has expired and could not be refreshed; run `aws sso login`: the expiry in the response of CreateToken is not valid",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refresh with an empty refresh token",
            files: &[SESSION, (FILE, EXPIRING)],
            server: &[
                (
                    REFRESH,
                    Reply::Body(
                        "{\"accessToken\":\"SECRET-2\",\"expiresIn\":3600,\"refreshToken\":\"\"}",
                    ),
                ),
                (GET_REFRESHED, Reply::Keys("ASIA1")),
            ],
            expected: KEYS,
            ..CASE
        },
        stored: &[(FILE, KEPT_REFRESH_TOKEN)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refreshed token that cannot be stored",
            files: &[SESSION, (FILE, EXPIRING)],
            server: &[
                (REFRESH, Reply::Keys("2")),
                (
                    "unsigned GET /federation/credentials account_id=111122223333 role_name=reader bearer=SECRET-2",
                    Reply::Keys("ASIA1"),
                ),
            ],
            expected: KEYS,
            ..CASE
        },
        removed: Some("~/.aws/sso/cache"),
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "an expired token of a start URL",
            files: &[LEGACY, (LEGACY_FILE, EXPIRED)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:3): sso_start_url failed: an error occurred while loading credentials: the login has expired; run `aws sso login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no session token in the response",
            files: &[SESSION, (FILE, VALID)],
            server: &[(
                GET,
                Reply::Body(
                    "{\"roleCredentials\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SECRET\",\"expiration\":2051319845000}}",
                ),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: unexpected credentials error: the response of GetRoleCredentials has no session token",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no time of expiration in the response",
            files: &[SESSION, (FILE, VALID)],
            server: &[(
                GET,
                Reply::Body(
                    "{\"roleCredentials\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\"}}",
                ),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): sso_session failed: unexpected credentials error: the response of GetRoleCredentials has no expiration",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a time as early versions of the AWS CLI wrote it",
            files: &[
                SESSION,
                (
                    FILE,
                    "{\"accessToken\": \"SECRET-1\", \"expiresAt\": \"2031-01-01T00:00:00UTC\"}",
                ),
            ],
            server: &[(GET, Reply::Keys("ASIA1"))],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
];
