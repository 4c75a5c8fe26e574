//! Credentials that `aws login` has stored.

use super::case::ErrorKind::ProviderError;
use super::case::{CASE, Case, Expected, Reply, STORED_CASE, StoredCase};

pub(super) const CONFIG: (&str, &str) = (
    "~/.aws/config",
    "[default]\nlogin_session = arn:aws:iam::111122223333:user/ada\n",
);
/// The file of the session.
pub(super) const FILE: &str =
    "~/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json";

/// A private key in the format that `aws login` stores. It was created for these tests.
macro_rules! key {
    () => {
        "-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEIDC788vMonyyZOzWrw8kDs2RcYidegU0erYq/1F4UfavoAoGCCqGSM49\\nAwEHoUQDQgAEUfJ/VUo0KViPIiNkIn50B1ORuTG3pIx6F0wEbeZMp0UoK+rAko+/\\nMPpS2LEOaQFE3Q9F+W0kOfNvFsNeerXa2w==\\n-----END EC PRIVATE KEY-----\\n"
    };
}
/// The same key with escape sequences of line feeds.
macro_rules! escaped_key {
    () => {
        "-----BEGIN EC PRIVATE KEY-----\\\\nMHcCAQEEIDC788vMonyyZOzWrw8kDs2RcYidegU0erYq/1F4UfavoAoGCCqGSM49\\\\nAwEHoUQDQgAEUfJ/VUo0KViPIiNkIn50B1ORuTG3pIx6F0wEbeZMp0UoK+rAko+/\\\\nMPpS2LEOaQFE3Q9F+W0kOfNvFsNeerXa2w==\\\\n-----END EC PRIVATE KEY-----\\\\n"
    };
}
/// A key that starts with a zero, which `aws login` leaves out. It was created for these tests.
macro_rules! short_key {
    () => {
        "-----BEGIN EC PRIVATE KEY-----\\nMHYCAQEEH+hAMijVqaowjdpiawl3EbCL9QgFuhkHVBnZSIXdZ3igCgYIKoZIzj0D\\nAQehRANCAAT7tFMBOFNa2XB6kh+o83A8V+wKEZhMMprRvwoXpP/grY3ddIfAoSq3\\nqQpG7lxW+a5UznweVIeMoPXk85hfeB4f\\n-----END EC PRIVATE KEY-----\\n"
    };
}
/// The first key in one line.
macro_rules! one_line {
    () => {
        "-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEIDC788vMonyyZOzWrw8kDs2RcYidegU0erYq/1F4UfavoAoGCCqGSM49AwEHoUQDQgAEUfJ/VUo0KViPIiNkIn50B1ORuTG3pIx6F0wEbeZMp0UoK+rAko+/MPpS2LEOaQFE3Q9F+W0kOfNvFsNeerXa2w==\\n-----END EC PRIVATE KEY-----\\n"
    };
}
/// A file with this time, refresh token, key, and more members.
macro_rules! login {
    ($expires:literal) => {
        login!("1", $expires, key!(), "")
    };
    ($expires:literal, $key:expr, $more:literal) => {
        login!("1", $expires, $key, $more)
    };
    ($id:literal, $expires:literal, $key:expr, $more:literal) => {
        login!($id, $id, $expires, $key, $more)
    };
    ($id:literal, $refresh:literal, $expires:literal, $key:expr, $more:literal) => {
        concat!(
            "{\"accessToken\":{\"accessKeyId\":\"ASIA", $id, "\",\"secretAccessKey\":\"SECRET-ASIA", $id,
            "\",\"sessionToken\":\"SECRET-TOKEN-ASIA", $id, "\",\"accountId\":\"111122223333\",\"expiresAt\":\"", $expires,
            "\"},\"tokenType\":\"aws_sigv4\",\"refreshToken\":\"SECRET-REFRESH-ASIA", $refresh,
            "\",\"idToken\":\"SECRET.ID.TOKEN\",\"clientId\":\"arn:aws:signin:::devtools/same-device\",\"dpopKey\":\"", $key, "\"", $more, "}"
        )
    };
}
pub(super) const VALID: &str = login!("2030-01-01T00:05:01Z");
/// Credentials that expire within five minutes.
const EXPIRING: &str = login!("2030-01-01T00:05:00Z");
pub(super) const EXPIRED: &str = login!("2030-01-01T00:00:00Z");
/// The login after it was refreshed.
const REFRESHED: &str = login!("2", "2030-01-01T01:00:00Z", key!(), "");
/// The login after it was refreshed without a new refresh token.
const HALF_REFRESHED: &str = login!("2", "1", "2030-01-01T01:00:00Z", key!(), "");
const ESCAPED: &str = login!("2030-01-01T00:00:00Z", escaped_key!(), "");
const SHORT: &str = login!("2030-01-01T00:00:00Z", short_key!(), "");
const SHORT_REFRESHED: &str = login!("2", "2030-01-01T01:00:00Z", short_key!(), "");
const ONE_LINE: &str = login!("2030-01-01T00:00:00Z", one_line!(), "");
const ONE_LINE_REFRESHED: &str = login!("2", "2030-01-01T01:00:00Z", one_line!(), "");
pub(super) const REFRESH: &str = "unsigned POST /v1/token clientId=arn:aws:signin:::devtools/same-device grantType=refresh_token \
                       refreshToken=SECRET-REFRESH-ASIA1 proof";
const KEYS: Expected = Expected::Credentials(
    "ASIA1 SECRET-ASIA1 SECRET-TOKEN-ASIA1 of 111122223333 until 2030-01-01T00:05:01Z",
);
const SOON: Expected = Expected::Credentials(
    "ASIA1 SECRET-ASIA1 SECRET-TOKEN-ASIA1 of 111122223333 until 2030-01-01T00:05:00Z",
);
const REFRESHED_KEYS: Expected = Expected::Credentials(
    "ASIA2 SECRET-ASIA2 SECRET-TOKEN-ASIA2 of 111122223333 until 2030-01-01T01:00:00Z",
);
const NO_CREDENTIALS: Expected = Expected::Error(
    ProviderError,
    "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: the response has no credentials",
);
pub(super) const OUTAGE: Reply = Reply::Error(500, "server_error", "an outage");
const THROTTLED: Reply = Reply::Error(429, "rate_exceeded", "too many requests");

/// A profile names the session.
pub(crate) const CASES: &[StoredCase] = &[
    StoredCase {
        case: Case {
            name: "valid credentials",
            files: &[CONFIG, (FILE, VALID)],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "credentials that expire soon",
            files: &[CONFIG, (FILE, EXPIRING)],
            server: &[(REFRESH, Reply::Keys("ASIA2"))],
            expected: REFRESHED_KEYS,
            ..CASE
        },
        stored: &[(FILE, REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "expired credentials",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(REFRESH, Reply::Keys("ASIA2"))],
            expected: REFRESHED_KEYS,
            ..CASE
        },
        stored: &[(FILE, REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "an outage at first, with a new proof for each request",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[
                (REFRESH, OUTAGE),
                (REFRESH, OUTAGE),
                (REFRESH, Reply::Keys("ASIA2")),
            ],
            expected: REFRESHED_KEYS,
            ..CASE
        },
        stored: &[(FILE, REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the key is not a key",
            files: &[CONFIG, (FILE, login!("2030-01-01T00:00:00Z", "SECRET", ""))],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: `dpopKey` of the login is not a private key of P-256 with its public key",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the key has another format",
            files: &[
                CONFIG,
                (
                    FILE,
                    login!(
                        "2030-01-01T00:00:00Z",
                        "-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMLvzy8yifLJk7Nav\\n-----END PRIVATE KEY-----\\n",
                        ""
                    ),
                ),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: `dpopKey` of the login is not a private key of P-256 with its public key",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "valid credentials do not need the key",
            files: &[CONFIG, (FILE, login!("2030-01-01T00:05:01Z", "SECRET", ""))],
            expected: KEYS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the key has escape sequences of line feeds",
            files: &[CONFIG, (FILE, ESCAPED)],
            server: &[(REFRESH, Reply::Keys("ASIA2"))],
            expected: REFRESHED_KEYS,
            ..CASE
        },
        stored: &[(FILE, REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the key has 31 bytes",
            files: &[CONFIG, (FILE, SHORT)],
            server: &[(REFRESH, Reply::Keys("ASIA2"))],
            expected: REFRESHED_KEYS,
            ..CASE
        },
        stored: &[(FILE, SHORT_REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the time of expiration is not valid",
            files: &[CONFIG, (FILE, login!("tomorrow"))],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: unexpected credentials error: `accessToken.expiresAt` in {home}/.aws/login/cache/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json is not a time such as 2025-11-19T04:05:45Z; run `aws login`",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a variable names the folder",
            env: &[("AWS_LOGIN_CACHE_DIRECTORY", "{home}/logins")],
            files: &[
                CONFIG,
                (
                    "~/logins/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json",
                    EXPIRING,
                ),
            ],
            server: &[(REFRESH, Reply::Keys("ASIA2"))],
            expected: REFRESHED_KEYS,
        },
        stored: &[(
            "~/logins/8a94dcaf071ee6a78db9a6b90e40b539573c9c8ef33a82541e6d9d2ceda11e00.json",
            REFRESHED,
        )],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "refreshed credentials that cannot be stored",
            files: &[CONFIG, (FILE, EXPIRING)],
            server: &[(REFRESH, Reply::Keys("ASIA2"))],
            expected: REFRESHED_KEYS,
            ..CASE
        },
        removed: Some("~/.aws/login"),
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a role with the source profile",
            files: &[
                (
                    "~/.aws/config",
                    "[default]\nrole_arn = arn:a\nrole_session_name = session\nsource_profile = base\n[profile base]\nlogin_session = arn:aws:iam::111122223333:user/ada\n",
                ),
                (FILE, VALID),
            ],
            server: &[(
                "ASIA1 +SECRET-TOKEN-ASIA1 AssumeRole RoleArn=arn:a RoleSessionName=session",
                Reply::Keys("ASIA2"),
            )],
            expected: Expected::Credentials(
                "ASIA2 SECRET-ASIA2 SECRET-TOKEN-ASIA2 of 111122223333 until 2035-01-02T03:04:05Z",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
];

/// Cases in which this crate differs from the official one: it uses credentials until they expire, repeats requests that are too many, accepts
/// keys with long lines, keeps members that it does not know and the refresh token if there is no new one, and does not return empty keys.
pub(crate) const DIFFERENT_CASES: &[StoredCase] = &[
    StoredCase {
        case: Case {
            name: "the key is one line",
            files: &[CONFIG, (FILE, ONE_LINE)],
            server: &[(REFRESH, Reply::Keys("ASIA2"))],
            expected: REFRESHED_KEYS,
            ..CASE
        },
        stored: &[(FILE, ONE_LINE_REFRESHED)],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "too many requests",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[
                (REFRESH, THROTTLED),
                (REFRESH, THROTTLED),
                (REFRESH, THROTTLED),
            ],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: TooManyRequestsError: too many requests",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "a refresh that fails, and credentials that expire soon",
            files: &[CONFIG, (FILE, EXPIRING)],
            server: &[(REFRESH, Reply::Error(401, "TOKEN_EXPIRED", "denied"))],
            expected: SOON,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "other members stay in the file",
            files: &[
                CONFIG,
                (
                    FILE,
                    login!(
                        "2030-01-01T00:00:00Z",
                        key!(),
                        ",\"signInRegion\":\"eu-west-1\",\"other\":[1,null,{\"a\":\"b\"}]"
                    ),
                ),
            ],
            server: &[(REFRESH, Reply::Keys("ASIA2"))],
            expected: REFRESHED_KEYS,
            ..CASE
        },
        stored: &[(
            FILE,
            login!(
                "2",
                "2030-01-01T01:00:00Z",
                key!(),
                ",\"signInRegion\":\"eu-west-1\",\"other\":[1,null,{\"a\":\"b\"}]"
            ),
        )],
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no credentials in the response",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(
                REFRESH,
                Reply::Body(
                    "{\"tokenType\":\"aws_sigv4\",\"expiresIn\":3600,\"refreshToken\":\"SECRET\"}",
                ),
            )],
            expected: NO_CREDENTIALS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "the response is empty",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(REFRESH, Reply::Body("{}"))],
            expected: NO_CREDENTIALS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no secret in the response",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(
                REFRESH,
                Reply::Body("{\"accessToken\":{\"accessKeyId\":\"ASIA2\"},\"expiresIn\":3600}"),
            )],
            expected: NO_CREDENTIALS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no session token in the response",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(
                REFRESH,
                Reply::Body(
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA2\",\"secretAccessKey\":\"SECRET\"},\"expiresIn\":3600,\"refreshToken\":\"SECRET\"}",
                ),
            )],
            expected: NO_CREDENTIALS,
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no time of expiration in the response",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(
                REFRESH,
                Reply::Body(
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA2\",\"secretAccessKey\":\"SECRET\",\"sessionToken\":\"SECRET\"},\"refreshToken\":\"SECRET\"}",
                ),
            )],
            expected: Expected::Error(
                ProviderError,
                "profile \"default\" (~/.aws/config:2): login_session failed: an error occurred while loading credentials: the login has expired and could not be refreshed; run `aws login`: the expiry in the response is not valid",
            ),
            ..CASE
        },
        ..STORED_CASE
    },
    StoredCase {
        case: Case {
            name: "no refresh token in the response",
            files: &[CONFIG, (FILE, EXPIRED)],
            server: &[(
                REFRESH,
                Reply::Body(
                    "{\"accessToken\":{\"accessKeyId\":\"ASIA2\",\"secretAccessKey\":\"SECRET-ASIA2\",\"sessionToken\":\"SECRET-TOKEN-ASIA2\"},\"expiresIn\":3600}",
                ),
            )],
            expected: REFRESHED_KEYS,
            ..CASE
        },
        stored: &[(FILE, HALF_REFRESHED)],
        ..STORED_CASE
    },
];
