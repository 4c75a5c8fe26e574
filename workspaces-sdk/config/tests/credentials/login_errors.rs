//! Errors of credentials that `aws login` has stored.

use super::case::ErrorKind::ProviderError;
use super::case::{CASE, Case, Expected, Reply, STORED_CASE, StoredCase};
use super::login::{CONFIG, EXPIRED, FILE, OUTAGE, REFRESH, VALID};

/// A profile names the session.
pub(crate) const CASES: &[StoredCase] = &[
    StoredCase {
        case: Case {
            name: "the session has ended",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(REFRESH, Reply::Error(401, "TOKEN_EXPIRED", "denied"))],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: the session of the login has ended: AccessDeniedException: denied",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the password was changed",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(
                REFRESH,
                Reply::Error(401, "USER_CREDENTIALS_CHANGED", "denied"),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: the password was changed after the login: AccessDeniedException: denied",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a permission is missing",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(
                REFRESH,
                Reply::Error(401, "INSUFFICIENT_PERMISSIONS", "denied"),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: the identity lacks the permission signin:CreateOAuth2Token: AccessDeniedException: denied",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "access is denied for another reason",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(REFRESH, Reply::Error(401, "AUTHCODE_EXPIRED", "denied"))],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: AccessDeniedException: denied",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the request is not valid",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(REFRESH, Reply::Error(400, "INVALID_REQUEST", "denied"))],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: ValidationException: denied",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "an outage",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(REFRESH, OUTAGE), (REFRESH, OUTAGE), (REFRESH, OUTAGE)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: InternalServerException: an outage",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no login",
            files: &[CONFIG],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: unexpected credentials error: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json does not exist; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the file is not JSON",
            files: &[CONFIG, (FILE, "SECRET")],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: unexpected credentials error: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json does not contain a JSON object; run `aws login`: expected an object, found another character, at byte 0",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the file is cut off",
            files: &[
                CONFIG,
                (
                    FILE,
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SEC",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: unexpected credentials error: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json does not contain a JSON object; run `aws login`: expected a closing quote, found the end, at byte 60",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no `accessToken` in the file",
            files: &[
                CONFIG,
                (
                    FILE,
                    "{\"refreshToken\":\"SECRET\",\"clientId\":\"client\",\"dpopKey\":\"SECRET\"}",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: the credentials provider was not properly configured: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json has no `accessToken.expiresAt`; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no `accessKeyId` in the file",
            files: &[
                CONFIG,
                (
                    FILE,
                    "{\"accessToken\":{\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\",\"accountId\":\"111122223333\",\"expiresAt\":\"2031-01-01T00:00:00Z\"},\"refreshToken\":\"SECRET\",\"clientId\":\"client\",\"dpopKey\":\"SECRET\"}",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: the credentials provider was not properly configured: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json has no `accessToken.accessKeyId`; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no `accountId` in the file",
            files: &[
                CONFIG,
                (
                    FILE,
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\",\"expiresAt\":\"2031-01-01T00:00:00Z\"},\"refreshToken\":\"SECRET\",\"clientId\":\"client\",\"dpopKey\":\"SECRET\"}",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: the credentials provider was not properly configured: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json has no `accessToken.accountId`; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no `expiresAt` in the file",
            files: &[
                CONFIG,
                (
                    FILE,
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\",\"accountId\":\"111122223333\"},\"refreshToken\":\"SECRET\",\"clientId\":\"client\",\"dpopKey\":\"SECRET\"}",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: the credentials provider was not properly configured: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json has no `accessToken.expiresAt`; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no `refreshToken` in the file",
            files: &[
                CONFIG,
                (
                    FILE,
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\",\"accountId\":\"111122223333\",\"expiresAt\":\"2031-01-01T00:00:00Z\"},\"clientId\":\"client\",\"dpopKey\":\"SECRET\"}",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: the credentials provider was not properly configured: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json has no `refreshToken`; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no `clientId` in the file",
            files: &[
                CONFIG,
                (
                    FILE,
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\",\"accountId\":\"111122223333\",\"expiresAt\":\"2031-01-01T00:00:00Z\"},\"refreshToken\":\"SECRET\",\"dpopKey\":\"SECRET\"}",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: the credentials provider was not properly configured: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json has no `clientId`; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no `dpopKey` in the file",
            files: &[
                CONFIG,
                (
                    FILE,
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\",\"accountId\":\"111122223333\",\"expiresAt\":\"2031-01-01T00:00:00Z\"},\"refreshToken\":\"SECRET\",\"clientId\":\"client\"}",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: the credentials provider was not properly configured: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json has no `dpopKey`; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the credentials are not an object",
            files: &[
                CONFIG,
                (
                    FILE,
                    "{\"accessToken\":\"SECRET\",\"refreshToken\":\"SECRET\",\"clientId\":\"client\",\"dpopKey\":\"SECRET\"}",
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: the credentials provider was not properly configured: {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json has no `accessToken.expiresAt`; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the file is not in the folder of the variable",
            env: &[("AWS_LOGIN_CACHE_DIRECTORY", "{home}/logins")],
            files: &[CONFIG, (FILE, VALID)],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: unexpected credentials error: {home}/logins/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json does not exist; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the response is cut off",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(
                REFRESH,
                Reply::Body(
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA2\",\"secretAccessKey\":\"SECRET",
                ),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: response error: expected a closing quote, found the end, at byte 63 in accessToken.secretAccessKey",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
];
